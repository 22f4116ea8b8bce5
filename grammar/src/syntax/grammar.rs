//! The grammar, compiled.

use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "prescope.pest"]
pub(super) struct Grammar;

#[cfg(test)]
#[allow(clippy::disallowed_methods, reason = "the grammar is compared with files of the repository")]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use pest::Parser as _;

    use super::{Grammar, Rule};
    use crate::syntax::ast;

    /// Parts of names and texts: they only stand in rules that make one pair of the whole.
    const PARTS: &[&str] = &["word", "quoted", "plain", "rest_of_line", "address", "domain", "domain_label"];

    fn grammar() -> String {
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("prescope.pest")).unwrap()
    }

    /// Rules that never make a pair: silent ones, those only looked ahead to, those that read a part once more, and
    /// parts.
    fn makes_no_pair(name: &str, grammar: &str) -> bool {
        name.ends_with("_probe")
            || PARTS.contains(&name)
            || matches!(name, "item_start" | "line_start" | "feature_entry_start" | "container_entry_start")
            || grammar.lines().any(|line| {
                line.split_once('=').is_some_and(|(rule, body)| rule.trim() == name && body.trim().starts_with("_{"))
            })
    }

    #[test]
    fn every_rule_occurs_in_a_fixture() {
        let grammar = grammar();
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/syntax");
        let mut seen = BTreeSet::new();
        for folder in ["good", "bad"] {
            for entry in std::fs::read_dir(fixtures.join(folder)).unwrap() {
                let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
                let pairs = Grammar::parse(Rule::file, &text).unwrap();
                seen.extend(pairs.flatten().map(|pair| pair.as_rule()));
            }
        }
        let missing: Vec<_> = Rule::all_rules()
            .iter()
            .filter(|one| !seen.contains(one) && !makes_no_pair(&format!("{one:?}"), &grammar))
            .collect();
        assert!(missing.is_empty(), "no fixture has {missing:?}");
    }

    #[test]
    fn closed_sets_of_words_are_those_of_the_grammar() {
        let grammar = grammar();
        let sets = [
            ("attribute_role", ast::Role::WORDS),
            ("effect", ast::Effect::WORDS),
            ("flag", ast::ContainerFlag::WORDS),
            ("outcome", ast::Otherwise::WORDS),
            ("quantifier", ast::Quantifier::WORDS),
            ("relation", ast::Relation::WORDS),
            ("resolution", ast::Resolution::WORDS),
            ("subject_kind", ast::SubjectKind::WORDS),
        ];
        for (rule, words) in sets {
            let definition = grammar.lines().find(|line| line.split_once(" =").is_some_and(|it| it.0.trim() == rule));
            let body = definition.unwrap_or_else(|| panic!("there is no rule `{rule}` on one line"));
            let written: Vec<&str> = body.split('"').skip(1).step_by(2).collect();
            assert_eq!(written, words, "{rule}");
        }
    }

    #[test]
    fn the_words_that_start_an_item_are_those_of_the_grammar() {
        let grammar = grammar();
        for word in super::super::ITEM_WORDS {
            assert!(grammar.contains(&format!("\"{word}\" ~ !idc")), "{word}");
            assert!(
                grammar.split("item_start = @{").nth(1).unwrap().split('}').next().unwrap().contains(word),
                "{word}"
            );
        }
    }
}
