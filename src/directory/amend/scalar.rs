//! Single values and keys as text.

use super::super::Scalar;

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Quotes {
    /// Without quotes, where YAML allows that.
    Plain,
    Single,
    Double,
}

impl Quotes {
    pub(super) fn from(quote: Option<char>) -> Quotes {
        match quote {
            Some('\'') => Quotes::Single,
            Some(_) => Quotes::Double,
            None => Quotes::Plain,
        }
    }
}

/// A text in these quotes, or in double ones where it would be something else.
pub(super) fn text(text: &str, quotes: Quotes) -> String {
    match quotes {
        Quotes::Plain if is_plain(text) => text.to_owned(),
        Quotes::Single if !text.chars().any(char::is_control) => format!("'{}'", text.replace('\'', "''")),
        _ => {
            let mut quoted = String::from("\"");
            for letter in text.chars() {
                match letter {
                    '"' | '\\' => quoted.extend(['\\', letter]),
                    // Breaks of lines and the mark that begins a file would not come back from between quotes.
                    _ if letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                        quoted.push_str(&format!("\\U{:08x}", u32::from(letter)));
                    }
                    _ => quoted.push(letter),
                }
            }
            quoted + "\""
        }
    }
}

/// A key: without quotes where that is possible.
pub(super) fn key(name: &str) -> String {
    text(name, Quotes::Plain)
}

/// A value, a text in these quotes.
pub(super) fn scalar(value: &Scalar, quotes: Quotes) -> String {
    match value {
        Scalar::Bool(value) => value.to_string(),
        Scalar::Integer(value) => value.to_string(),
        Scalar::Blank => "~".to_owned(),
        Scalar::Text(value) => text(value, quotes),
    }
}

/// Whether YAML reads a text without quotes as that text, in a list in brackets too. Says no more often than it must.
fn is_plain(text: &str) -> bool {
    let inner =
        |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.' | '@' | ':' | '-' | '+' | '/' | ' ');
    let outer = |letter: Option<char>| letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_');
    outer(text.chars().next())
        && outer(text.chars().next_back())
        && text.chars().all(inner)
        && !text.contains(": ")
        && text.parse::<f64>().is_err()
        && !matches!(text.to_ascii_lowercase().as_str(), "true" | "false" | "null" | "yes" | "no" | "on" | "off")
}
