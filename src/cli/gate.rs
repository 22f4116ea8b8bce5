//! The last step before a text is written: what data brought along, and would command a terminal or a build service, is
//! spelt out. That data stays within its line is the business of who renders it (`text::shown`).

use std::borrow::Cow;

use crate::language::{is_command, spell};

/// What a text may hold besides words and line ends, because it is our own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Own {
    /// Nothing else.
    Lines,
    /// Line ends of two characters, as tables have them.
    Table,
    /// Colours.
    Colours,
    /// Lines that are commands to a build service; `report::github` escapes what is data in them.
    Commands,
}

/// A text as it may be written.
pub(super) fn pass(text: &str, own: Own) -> Cow<'_, str> {
    if is_harmless(text) {
        return Cow::Borrowed(text);
    }
    let mut passed = String::with_capacity(text.len() + text.len() / 8);
    for line in text.split_inclusive('\n') {
        let colon = if own == Own::Commands { None } else { command(line) };
        let mut colours_to = 0;
        for (at, letter) in line.char_indices() {
            let behind = line.get(at + letter.len_utf8()..).unwrap_or_default();
            if own == Own::Colours && letter == '\u{1b}' && at >= colours_to {
                colours_to = at + colour(behind);
            }
            let ends = letter == '\n' || own == Own::Table && letter == '\r' && behind == "\n";
            let is_own = at < colours_to || ends;
            let acts = is_command(letter) || colon == Some(at) || letter == '#' && marks(line, at);
            if acts && !is_own { spell(letter, &mut passed) } else { passed.push(letter) }
        }
    }
    Cow::Owned(passed)
}

/// True where nothing has to be looked at letter by letter: almost always.
fn is_harmless(text: &str) -> bool {
    let plain = |byte: u8| (b' '..=b'~').contains(&byte) || byte == b'\n';
    let quiet = text.bytes().all(plain) || !text.contains(|letter| letter != '\n' && is_command(letter));
    quiet && !text.contains("##") && text.split('\n').all(|line| command(line).is_none())
}

/// Where a line begins a command of GitHub's (`::error::`), which looks behind the blanks; None if it begins none.
fn command(line: &str) -> Option<usize> {
    let said = line.trim_start_matches(|letter: char| letter.is_whitespace() || is_command(letter));
    said.starts_with("::").then_some(line.len() - said.len())
}

/// True for the second `#` of a command in its older form (`##[error]`, `##vso[…]`), which may stand anywhere in a
/// line.
fn marks(line: &str, at: usize) -> bool {
    let behind = line.get(at + 1..).unwrap_or_default().trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
    line.get(..at).is_some_and(|before| before.ends_with('#')) && behind.starts_with('[')
}

/// How long a change of colour is that begins with an escape character; 0 if what follows is none.
fn colour(behind: &str) -> usize {
    let Some(numbers) = behind.strip_prefix('[') else { return 0 };
    let end = numbers.trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == ';');
    if end.starts_with('m') { behind.len() - end.len() + "\u{1b}m".len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_commands_is_spelt_out() {
        let lines = |text: &str| pass(text, Own::Lines).into_owned();
        assert_eq!(lines("a :: b\n  note: x\r\nZoë → 你\n"), "a :: b\n  note: x\\r\nZoë → 你\n");
        assert_eq!(lines("a\u{1b}[31mb\tc\rd\u{9b}e\u{202e}"), "a\\u{1b}[31mb\\tc\\rd\\u{9b}e\\u{202e}");
        assert_eq!(lines("a\n::error::b\n \u{a0}\t::c"), "a\n\\u{3a}:error::b\n \u{a0}\\t\\u{3a}:c");
        assert_eq!(lines("\u{feff}::error::b"), "\\u{feff}\\u{3a}:error::b");
        assert_eq!(
            lines("a ##[error]b ##vso[x] ###[y] ## [z] #[w]"),
            "a #\\u{23}[error]b #\\u{23}vso[x] ##\\u{23}[y] ## [z] #[w]"
        );
    }

    #[test]
    fn our_own_line_ends_colours_and_commands_pass() {
        assert_eq!(pass("a,b\r\nc\rd,\te\r\n", Own::Table), "a,b\r\nc\\rd,\\te\r\n");
        let coloured = "\u{1b}[38;5;1mred\u{1b}[0m \u{1b}]0;title\u{7} \u{1b}[2J";
        assert_eq!(pass(coloured, Own::Colours), "\u{1b}[38;5;1mred\u{1b}[0m \\u{1b}]0;title\\u{7} \\u{1b}[2J");
        assert_eq!(pass("::error title=a::b\u{1b}\n", Own::Commands), "::error title=a::b\\u{1b}\n");
    }
}
