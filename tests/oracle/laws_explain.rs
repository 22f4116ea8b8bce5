//! Explanations: they decide nothing else than deciding does, and every sentence says something and stands somewhere.

use prescope::resolve::{Assumption, Explanation, RuleSet, See, decide, decide_field, explain};
use proptest::prelude::*;

use super::evaluate::Mode;
use super::generate::worlds;
use super::laws_assume::any_assumption;
use super::settling::viewers;
use super::subject::{MODES, Subject, name};
use super::world::*;
use crate::tries::config;

/// The sentences are well made.
fn reads_well(subject: &Subject, told: &Explanation) -> Result<(), TestCaseError> {
    let sources = subject.project.sources();
    prop_assert!(!told.sentences.is_empty());
    let mut depth = 0;
    for sentence in &told.sentences {
        prop_assert!(!sentence.text.trim().is_empty(), "{sentence:?}");
        prop_assert!(!sentence.step.is_empty());
        // Each lies at most one deeper than the one before it.
        prop_assert!(sentence.depth <= depth + 1, "{:#?}", told.sentences);
        depth = sentence.depth;
        if let Some(span) = sentence.at {
            prop_assert!(sources.files().any(|(file, _)| file == span.file), "{sentence:?}");
            let text = sources.text(span.file);
            // Only the place of an empty text (`""` in the directory) is empty itself.
            let slice = text.get(span.start as usize..span.end as usize);
            prop_assert!(
                slice.is_some_and(|slice| !slice.is_empty() || sentence.text.contains("\"\"")),
                "{sentence:?}"
            );
        }
    }
    Ok(())
}

fn explains(subject: &Subject, rules: &RuleSet, question: &See) -> Result<(), TestCaseError> {
    let told = explain(rules, question);
    let fields: Vec<_> = question.fields(rules.model()).collect();
    prop_assert_eq!(told.decisions.iter().map(|(field, _)| *field).collect::<Vec<_>>(), fields);
    for (field, decision) in &told.decisions {
        prop_assert_eq!(*decision, decide_field(rules, question.viewer(), question.owner(), *field));
    }
    prop_assert_eq!(told.decisions.first().map(|(_, decision)| *decision), Some(decide(rules, question)));
    reads_well(subject, &told)
}

fn everything_is_explained(subject: &Subject, rules: &RuleSet, world: &World) -> Result<(), TestCaseError> {
    for (number, viewer) in viewers(world).iter().enumerate() {
        for owner in &world.users {
            for category in &world.categories {
                let whole = rules.see(name(viewer), &owner.address, &category.name, None).expect("names known");
                explains(subject, rules, &whole)?;
                // One field by itself is told in other words; one of them will do.
                let field = &category.fields[number % category.fields.len()].name;
                let one = rules.see(name(viewer), &owner.address, &category.name, Some(field)).expect("names known");
                explains(subject, rules, &one)?;
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn an_explanation_decides_what_deciding_does(world in worlds()) {
        let subject = Subject::of(&world);
        for mode in MODES {
            everything_is_explained(&subject, subject.rules(mode), &world)?;
        }
    }

    #[test]
    fn an_explanation_under_an_assumption_too(world in worlds(), choices in proptest::collection::vec(any::<u8>(), 8)) {
        let subject = Subject::of(&world);
        let rules = subject.rules(Mode::InForce);
        let assumption = Assumption::typed(rules.model(), &any_assumption(&world, &choices)).expect("names known");
        everything_is_explained(&subject, &rules.assuming(&[assumption]), &world)?;
    }
}
