//! Names that are one slip of the pen from another, found without comparing all with all.

use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;

/// Names longer than this are nobody's, and have too many forms.
const LONGEST: usize = 64;

/// Names by their forms: the name itself, and what is left of it without one of its letters. Of two names of which one
/// becomes the other by a slip, at least one form is the same.
///
/// A name belongs to a scope, such as a domain, and is alike those of its scope only.
#[derive(Clone, Debug)]
pub(crate) struct Slips<I> {
    hasher: RandomState,
    /// Sorted by the hash of the form.
    forms: Vec<(u32, I)>,
}

impl<I: Copy + Ord> Slips<I> {
    /// The names with their scopes.
    pub(crate) fn new<'t>(names: impl IntoIterator<Item = (I, usize, &'t str)>) -> Slips<I> {
        // Others choose the names, so the hash is another in each process.
        let hasher = RandomState::default();
        let mut forms: Vec<(u32, I)> = Vec::new();
        for (id, scope, name) in names {
            each_form(&hasher, scope, name, |form| forms.push((form, id)));
        }
        forms.sort_unstable();
        Slips { hasher, forms }
    }

    /// Those that are one slip away, sorted; the name itself is not. The function says which name something has.
    pub(crate) fn near<'t>(&self, scope: usize, name: &str, name_of: impl Fn(I) -> (usize, &'t str)) -> Vec<I> {
        let mut near: Vec<I> = Vec::new();
        each_form(&self.hasher, scope, name, |form| {
            let start = self.forms.partition_point(|(other, _)| *other < form);
            let alike = self.forms.iter().skip(start).take_while(|(other, _)| *other == form);
            near.extend(alike.map(|(_, id)| *id));
        });
        near.sort_unstable();
        near.dedup();
        near.retain(|id| {
            let (of, other) = name_of(*id);
            of == scope && is_slip(name, other)
        });
        near
    }
}

fn each_form(hasher: &RandomState, scope: usize, name: &str, mut take: impl FnMut(u32)) {
    if name.len() > LONGEST {
        return;
    }
    let hash = |form: &str| {
        let mut hasher = hasher.build_hasher();
        hasher.write_usize(scope);
        hasher.write(form.as_bytes());
        hasher.finish() as u32
    };
    take(hash(name));
    let mut form = String::with_capacity(name.len());
    for (at, letter) in name.char_indices() {
        form.clear();
        form.push_str(name.get(..at).unwrap_or_default());
        form.push_str(name.get(at + letter.len_utf8()..).unwrap_or_default());
        take(hash(&form));
    }
}

/// True if a name is another one with one letter more, less or other, or with two neighbours swapped.
pub(crate) fn is_slip(name: &str, other: &str) -> bool {
    // What both begin and end with is no part of a slip, and a slip is no longer than two letters.
    let begin = alike(name.chars(), other.chars());
    let (name, other) = (name.get(begin..).unwrap_or_default(), other.get(begin..).unwrap_or_default());
    let end = alike(name.chars().rev(), other.chars().rev());
    let rest = |text: &str| -> [Option<char>; 3] {
        let mut letters = text.get(..text.len() - end).unwrap_or_default().chars();
        [letters.next(), letters.next(), letters.next()]
    };
    match (rest(name), rest(other)) {
        ([None, ..], [None, ..]) => false,
        ([_, None, _], [_, None, _]) => true,
        ([Some(a), Some(b), None], [Some(c), Some(d), None]) => (a, b) == (d, c),
        _ => false,
    }
}

/// How many bytes the letters take that come first in both.
fn alike(letters: impl Iterator<Item = char>, others: impl Iterator<Item = char>) -> usize {
    letters.zip(others).take_while(|(letter, other)| letter == other).map(|(letter, _)| letter.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_slip_is_what_the_distance_of_one_is() {
        let words: BTreeSet<String> = (0..4_usize.pow(5))
            .map(|number| {
                (0..5).filter_map(|at| ["", "a", "b", "ü"].get(number / 4_usize.pow(at) % 4)).copied().collect()
            })
            .collect();
        let mut slips = 0;
        for (word, other) in words.iter().flat_map(|word| words.iter().map(move |other| (word, other))) {
            assert_eq!(is_slip(word, other), strsim::osa_distance(word, other) == 1, "{word} {other}");
            slips += usize::from(is_slip(word, other));
        }
        assert!(slips > 6_000, "{slips}");
    }

    /// All words of up to four letters out of three.
    fn words() -> Vec<String> {
        let mut words = vec![String::new()];
        let mut from = 0;
        for _ in 0..4 {
            let longest = words.len();
            for index in from..longest {
                words.extend(["a", "b", "ü"].map(|letter| format!("{}{letter}", words[index])));
            }
            from = longest;
        }
        words
    }

    #[test]
    fn those_found_are_those_that_comparing_all_with_all_finds() {
        let words = words();
        let scope = |index: usize| index % 2;
        let slips = Slips::new(words.iter().enumerate().map(|(index, word)| (index, scope(index), word.as_str())));
        let mut found = 0;
        for word in &words {
            let near = slips.near(1, word, |index| (scope(index), words[index].as_str()));
            let all = words.iter().enumerate();
            let expected: Vec<usize> = all
                .filter(|(index, other)| scope(*index) == 1 && is_slip(word, other))
                .map(|(index, _)| index)
                .collect();
            assert_eq!(near, expected, "{word}");
            found += near.len();
        }
        assert!(found > 500, "{found}");
    }

    #[test]
    fn what_nobody_is_called_is_like_nothing() {
        let long = "a".repeat(LONGEST + 1);
        let slips = Slips::new([(0, 0, long.as_str())]);
        assert_eq!(slips.near(0, &long[1..], |_| (0, long.as_str())), [0; 0]);
    }
}
