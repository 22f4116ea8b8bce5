//! Characters that do something instead of standing for something, and how they are spelt where a message names them.

use std::fmt::Write;

/// True for a character that does something instead of standing for something: controls (C0, DEL, C1), marks that turn
/// the direction of a text, separators of lines and paragraphs, the byte order mark, and two that no XML can hold.
pub fn is_command(letter: char) -> bool {
    letter.is_control()
        || turns(letter)
        || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}')
}

/// True for a mark that turns the direction of a text, so that it reads otherwise than it is.
fn turns(letter: char) -> bool {
    matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Spells a character out, as Rust does.
pub fn spell(letter: char, into: &mut String) {
    match letter {
        '\n' => into.push_str("\\n"),
        '\r' => into.push_str("\\r"),
        '\t' => into.push_str("\\t"),
        // Writing into a string cannot fail.
        _ => _ = write!(into, "\\u{{{:x}}}", u32::from(letter)),
    }
}
