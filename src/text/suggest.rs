//! The nearest name, for "did you mean".

/// The candidate that a misspelt name most likely means, if any is near enough: at most a third of its letters differ
/// (two swapped letters count as one), or only the case does. Of equally near ones the one that begins alike for
/// longer, then the first in alphabetical order.
/// The sides of an `@` are measured each by itself, so that what they share at one side makes no strangers alike.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .filter_map(|candidate| {
            let folded = candidate.to_lowercase();
            let alike = wanted.chars().zip(folded.chars()).take_while(|(a, b)| a == b).count();
            distance(&wanted, &folded).map(|distance| (distance, std::cmp::Reverse(alike), candidate))
        })
        .min()
        .map(|(.., candidate)| candidate)
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

/// Guesses what unknown names were meant to be, as long as that is bearable: many unknown names among many known ones are
/// no slips of the pen but a missing file, and comparing all with all would take hours.
#[derive(Clone, Debug, Default)]
pub struct Guesses {
    /// How many names have been compared.
    compared: usize,
}

impl Guesses {
    /// How many names are compared; the candidates of the guess that exceeds it are the last ones.
    pub const LIMIT: usize = 1_000_000;

    /// The candidate that a misspelt name most likely means; None too once there were enough guesses.
    pub fn nearest<'a>(&mut self, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
        if self.compared >= Guesses::LIMIT {
            return None;
        }
        nearest(name, candidates.into_iter().inspect(|_| self.compared += 1))
    }

    /// How many names have been compared so far.
    pub fn compared(&self) -> usize {
        self.compared
    }
}

/// How far two names are from each other; None if that is too far.
fn distance(wanted: &str, candidate: &str) -> Option<usize> {
    if let (Some((local, domain)), Some((other_local, other_domain))) =
        (wanted.split_once('@'), candidate.split_once('@'))
    {
        return Some(distance(local, other_local)? + distance(domain, other_domain)?);
    }
    let length = wanted.chars().count();
    let reach = (length.max(3) / 3).min(4);
    if length.abs_diff(candidate.chars().count()) > reach {
        return None; // names of such different lengths differ in more letters; measuring long ones would take long
    }
    let distance = strsim::osa_distance(wanted, candidate);
    (distance <= reach).then_some(distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_found_and_a_stranger_is_not() {
        let names = ["colleagues", "external", "workgroup"];
        assert_eq!(nearest("coleagues", names), Some("colleagues"));
        assert_eq!(nearest("Workgroup", names), Some("workgroup"));
        assert_eq!(nearest("blocked", names), None);
        assert_eq!(nearest("ana", ["ada", "anna"]), Some("anna"));
    }

    #[test]
    fn a_slip_is_what_the_distance_of_one_is() {
        let words: Vec<String> = (0..4_usize.pow(5))
            .map(|number| {
                (0..5).filter_map(|at| ["", "a", "b", "ü"].get(number / 4_usize.pow(at) % 4)).copied().collect()
            })
            .collect();
        let mut slips = 0;
        for (word, other) in words.iter().flat_map(|word| words.iter().map(move |other| (word, other))) {
            assert_eq!(is_slip(word, other), strsim::osa_distance(word, other) == 1, "{word} {other}");
            slips += usize::from(is_slip(word, other));
        }
        assert!(slips > 10_000, "{slips}");
    }

    #[test]
    fn guessing_ends() {
        let strangers = std::iter::repeat_n("somebody whose name is much longer", Guesses::LIMIT / 10 - 1);
        let mut guesses = Guesses::default();
        let mut guess = || guesses.nearest("ana", strangers.clone().chain(["anna"])).is_some();
        let guessed = (0..20).filter(|_| guess()).count();
        assert_eq!((guessed, guesses.compared()), (10, Guesses::LIMIT));
    }

    #[test]
    fn people_of_one_domain_are_not_alike_for_it() {
        let names = ["anna@contoso.com", "dan@contoso.com"];
        assert_eq!(nearest("ana@contoso.com", names), Some("anna@contoso.com"));
        assert_eq!(nearest("anna@cotnoso.com", names), Some("anna@contoso.com"));
        assert_eq!(nearest("bob@contoso.com", names), None);
    }
}
