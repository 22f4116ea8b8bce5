//! Counts with the word for what is counted.

/// "1 test", "3 tests", "2 categories".
pub(crate) fn counted(count: usize, word: &str) -> String {
    if count == 1 {
        return format!("1 {word}");
    }
    match word.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{count} {stem}ies"),
        _ => format!("{count} {word}s"),
    }
}

#[cfg(test)]
mod tests {
    use super::counted;

    #[test]
    fn a_count_has_its_word_in_the_right_number() {
        let told = [0, 1, 2].map(|count| ["test", "category", "day"].map(|word| counted(count, word)).join(", "));
        assert_eq!(
            told,
            ["0 tests, 0 categories, 0 days", "1 test, 1 category, 1 day", "2 tests, 2 categories, 2 days"]
        );
    }
}
