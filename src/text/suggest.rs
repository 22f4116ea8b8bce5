//! The nearest name, for "did you mean".

/// The candidate that a misspelt name most likely means, if any is near enough: at most a third of its letters differ
/// (two swapped letters count as one), or only the case does. Of equally near ones the first in alphabetical order.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    let reach = (wanted.chars().count().max(3) / 3).min(4);
    candidates
        .into_iter()
        .filter(|candidate| *candidate != name)
        .map(|candidate| (strsim::osa_distance(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= reach)
        .min()
        .map(|(_, candidate)| candidate)
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
    }
}
