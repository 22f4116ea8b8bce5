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
