//! What words look like: letters of several scripts are drawn alike, and some characters are not drawn at all.

use unicode_security::{GeneralSecurityProfile, RestrictionLevel, RestrictionLevelDetection, skeleton};

use crate::language::is_command;

/// A letter that a reader takes for another one, or does not expect in its word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Odd {
    /// The letter.
    pub(crate) letter: char,
    /// The ASCII letter or digit it looks like.
    pub(crate) like: Option<char>,
    /// Its word mixes scripts that no language mixes; otherwise the letter is one that Unicode keeps out of names.
    pub(crate) mixes: bool,
}

/// What all texts have in common that look like this one, in whatever case.
pub(crate) fn looks(text: &str) -> String {
    skeleton(&text.to_lowercase()).collect()
}

/// The first odd letter in the words of a text.
pub(crate) fn odd(text: &str) -> Option<Odd> {
    text.split(|letter: char| !letter.is_alphanumeric()).find_map(odd_in_word)
}

fn odd_in_word(word: &str) -> Option<Odd> {
    if word.is_ascii() {
        return None;
    }
    let allowed: String = word.chars().filter(|letter| letter.identifier_allowed()).collect();
    let mixes = !allowed.check_restriction_level(RestrictionLevel::HighlyRestrictive);
    let foreign = || word.chars().filter(|letter| !letter.is_ascii() && letter.is_alphabetic());
    let misread = foreign().filter(|letter| mixes || !letter.identifier_allowed()).find_map(|letter| {
        let like = Some(ascii_like(letter)?);
        Some(Odd { letter, like, mixes })
    });
    misread.or_else(|| foreign().next().filter(|_| mixes).map(|letter| Odd { letter, like: None, mixes }))
}

/// A text as a reader takes it who expects ASCII, and its letters that only look like ASCII, each with the one it looks
/// like. None if it has no such letters.
pub(crate) fn taken_for_ascii(text: &str) -> Option<(String, Vec<(char, char)>)> {
    let mut disguised: Vec<(char, char)> = Vec::new();
    let mut read = |letter: char| {
        let like = if letter.is_ascii() { None } else { ascii_like(letter) };
        disguised.extend(like.map(|like| (letter, like)).filter(|pair| !disguised.contains(pair)));
        like.unwrap_or(letter)
    };
    let taken: String = text.chars().map(&mut read).collect();
    (!disguised.is_empty()).then_some((taken, disguised))
}

/// The ASCII letter or digit that a letter looks like.
fn ascii_like(letter: char) -> Option<char> {
    let mut like = skeleton(letter.encode_utf8(&mut [0; 4])).collect::<Vec<char>>().into_iter();
    let first = like.next().filter(char::is_ascii_alphanumeric)?;
    like.next().is_none().then_some(first)
}

/// The characters of a text that nobody sees, with their places: what commands, joins or fills without being drawn.
/// Line ends and tabs lay a text out; joiners and selectors belong to scripts and emoji, and hide behind ASCII letters
/// only.
pub(crate) fn hidden(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut before = ' ';
    text.char_indices().filter(move |(at, letter)| {
        let joins = matches!(letter, '\u{200c}' | '\u{200d}') && before.is_ascii_alphanumeric();
        let fills = matches!(letter,
            '\u{ad}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}'
            | '\u{206a}'..='\u{206f}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
        before = *letter;
        let behind = text.get(at + letter.len_utf8()..).unwrap_or_default();
        let lays_out = matches!(letter, '\n' | '\t') || *letter == '\r' && behind.starts_with('\n');
        joins || fills || is_command(*letter) && !lays_out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_odd_that_mix_scripts_as_no_language_does() {
        let told = |text| odd(text).map(|odd| (odd.letter, odd.like, odd.mixes));
        assert_eq!(told("k\u{456}m"), Some(('\u{456}', Some('i'), true)));
        assert_eq!(told("anna\u{44f}"), Some(('\u{44f}', None, true)));
        assert_eq!(told("the \u{394}t"), Some(('\u{394}', None, true)));
        assert_eq!(told("\u{ff4b}im"), Some(('\u{ff4b}', Some('k'), false)));
        for fine in [
            "kim",
            "M\u{fc}ller na\u{ef}ve",
            "\u{438}\u{432}\u{430}\u{43d}-ivan",
            "\u{65e5}\u{672c}\u{8a9e}\u{3067}\u{3059}",
            "T\u{6771}\u{4eac}",
            "5\u{b5}m",
            "\u{1f469}\u{200d}\u{1f4bb}",
        ] {
            assert_eq!(told(fine), None, "{fine}");
        }
    }

    #[test]
    fn what_looks_alike_has_the_same_looks() {
        assert_eq!(looks("\u{441}\u{43e}\u{440}\u{435}"), looks("COPE"));
        assert_eq!(looks("mu\u{308}ller"), looks("m\u{fc}ller"));
        assert_ne!(looks("m\u{fc}ller"), looks("muller"));
    }

    #[test]
    fn disguised_letters_are_told_once_each() {
        let (i, o) = ('\u{456}', '\u{43e}');
        assert_eq!(
            taken_for_ascii(&format!("k{i}m{i}n{o}\u{fc}")),
            Some(("kimino\u{fc}".to_owned(), vec![(i, 'i'), (o, 'o')]))
        );
        assert_eq!(taken_for_ascii("m\u{fc}ller"), None);
    }

    #[test]
    fn what_is_not_drawn_is_hidden_and_layout_is_not() {
        let found = |text| hidden(text).map(|(_, letter)| letter).collect::<String>();
        assert_eq!(found("a\u{200b}b\u{202e}c\u{200d}d\re"), "\u{200b}\u{202e}\u{200d}\r");
        assert_eq!(
            found("a\tb\r\nc \u{1f469}\u{200d}\u{1f4bb} \u{645}\u{6cc}\u{200c}\u{62e}\u{648}\u{627}\u{647}\u{645}"),
            ""
        );
    }
}
