//! The words of an enumeration, and which of them somebody means.

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::Value;

/// As many words are looked through faster than an index.
const LOOKED_THROUGH: usize = 16;

/// The words of an enumeration, each once; a [`Value`] is the place of one.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Words {
    words: Vec<String>,
    /// Their places, by word without case, then with it. Made when the first of many words is looked for.
    #[serde(skip)]
    sorted: OnceLock<Box<[usize]>>,
}

impl Words {
    /// Adds words at the end.
    pub(crate) fn extend(&mut self, words: impl IntoIterator<Item = String>) {
        self.words.extend(words);
        self.sorted = OnceLock::new();
    }

    /// The value that a word means. The vendor's are spelt with and without capitals, so case decides only where two
    /// values differ by nothing else.
    pub fn find(&self, word: &str) -> Option<Value> {
        let place = if self.words.len() <= LOOKED_THROUGH { self.look_for(word) } else { self.look_up(word) };
        place.map(|place| Value(place as i64))
    }

    fn look_for(&self, word: &str) -> Option<usize> {
        let folded = || {
            let mut alike = self.words.iter().enumerate().filter(|(_, other)| other.eq_ignore_ascii_case(word));
            alike.next().map(|(place, _)| place).filter(|_| alike.next().is_none())
        };
        self.words.iter().position(|other| other == word).or_else(folded)
    }

    fn look_up(&self, word: &str) -> Option<usize> {
        let words = &self.words;
        let sorted = self.sorted.get_or_init(|| {
            let mut places: Box<[usize]> = (0..words.len()).collect();
            places.sort_unstable_by(|left, right| in_order(&words[*left], &words[*right]));
            places
        });
        if let Ok(at) = sorted.binary_search_by(|place| in_order(&words[*place], word)) {
            return sorted.get(at).copied();
        }
        let first = sorted.partition_point(|place| without_case(&words[*place], word).is_lt());
        let mut alike = sorted.iter().skip(first).copied();
        let mut next = || alike.next().filter(|place| words[*place].eq_ignore_ascii_case(word));
        next().filter(|_| next().is_none())
    }
}

fn without_case(left: &str, right: &str) -> Ordering {
    let folded = |byte: u8| byte.to_ascii_lowercase();
    left.bytes().map(folded).cmp(right.bytes().map(folded))
}

fn in_order(left: &str, right: &str) -> Ordering {
    without_case(left, right).then_with(|| left.cmp(right))
}

impl FromIterator<String> for Words {
    fn from_iter<I: IntoIterator<Item = String>>(words: I) -> Words {
        Words { words: words.into_iter().collect(), sorted: OnceLock::new() }
    }
}

impl Deref for Words {
    type Target = [String];
    fn deref(&self) -> &[String] {
        &self.words
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Words) -> bool {
        self.words == other.words
    }
}

impl Eq for Words {}

impl Hash for Words {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.words.hash(state);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The place of a word among some, and among the same and many others.
    fn places(words: &[&str], word: &str) -> [Option<Value>; 2] {
        let others = (0..LOOKED_THROUGH).map(|other| format!("m{other}"));
        let words = words.iter().map(|word| (*word).to_owned());
        [words.clone().collect::<Words>(), words.chain(others).collect()].map(|words| words.find(word))
    }

    #[test]
    fn case_decides_only_where_nothing_else_does() {
        let words = ["zebra", "Off", "on", "ON", "off2"];
        for (word, place) in
            [("off", Some(1)), ("Off", Some(1)), ("on", Some(2)), ("ON", Some(3)), ("On", None), ("zebr", None)]
        {
            assert_eq!(places(&words, word), [place.map(Value); 2], "{word}");
        }
    }

    #[test]
    fn what_is_added_is_found() {
        let mut words: Words = (0..100).map(|word| format!("w{word}")).collect();
        assert_eq!(words.find("w100"), None);
        words.extend(["w100".to_owned()]);
        assert_eq!(words.find("W100"), Some(Value(100)));
    }
}
