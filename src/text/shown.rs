//! Text of others as it is shown: what would command a terminal, or turn or end a line, is spelt out.

use std::borrow::Cow;
use std::fmt;

use crate::language::{is_command, spell};

/// True for a text of nothing but ASCII that is seen: it commands nothing, and cannot mislead by its script.
pub(crate) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// A text of others within a line: it can neither end the line nor command whoever shows it.
pub(crate) fn shown(text: &str) -> Cow<'_, str> {
    if is_plain(text) || !text.contains(is_command) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_command(letter) { spell(letter, &mut shown) } else { shown.push(letter) }
    }
    Cow::Owned(shown)
}

/// Words that are a line of their own, whatever stands in them.
pub(crate) fn one_line(words: fmt::Arguments<'_>) -> String {
    let words = words.to_string();
    let mut line = shown(&words).into_owned();
    line.push('\n');
    line
}

/// A line like one of `format!`, with its end: what it is made of cannot end it sooner.
macro_rules! line {
    ($($words:tt)*) => { $crate::text::one_line(format_args!($($words)*)) };
}

pub(crate) use line;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_spelt_out_and_words_stay() {
        assert_eq!(shown("a\n::error::b\r\t\u{1b}[31m\u{9b}\u{7f}"), "a\\n::error::b\\r\\t\\u{1b}[31m\\u{9b}\\u{7f}");
        assert_eq!(
            shown("\u{202e}\u{2066}\u{200f}\u{61c}\u{2028}\u{feff}"),
            "\\u{202e}\\u{2066}\\u{200f}\\u{61c}\\u{2028}\\u{feff}"
        );
        for plain in ["", "Zoë Ωmega → 你好 👩\u{200d}💻", "C:\\new", "▲ ● ░"] {
            assert!(matches!(shown(plain), Cow::Borrowed(same) if same == plain), "{plain}");
        }
    }
}
