//! What differs between two sets as they are declared, and the sets between them: told as somebody reads it, named so
//! that causes can be spoken of, and put back one by one.

mod features;
mod meaning;
mod order;
mod told;
mod unfit;

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::Arc;

use prescope::Set;
use prescope::diff::{Diff, Difference, Item, Meaning, Present, Side, Structure};
use prescope::graph::RuleGraph;
use prescope::project::Project;
use prescope::resolve::{Entries, RuleSet};

use crate::given;

/// A policy and a directory, without errors.
fn project(policy: &str, directory: &str) -> Project {
    let project = given::set(policy, directory);
    let errors: Vec<_> = project.diagnostics().iter().filter(|found| found.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    project
}

/// A difference as it might be printed.
fn text(difference: &Difference) -> String {
    let sign = match difference.only {
        Some(Side::Base) => "-",
        Some(Side::Head) => "+",
        None => "~",
    };
    let mut text = format!("{sign} {} {}", difference.thing.word(), difference.name);
    let place = difference.places.iter().rev().flatten().next();
    place.iter().for_each(|place| write!(text, "  {}:{}", place.path, place.start.line).unwrap());
    for part in &difference.parts {
        write!(text, "\n    [{}]", part.item).unwrap();
        for (side, says) in [("was", &part.says[0]), ("is", &part.says[1])] {
            says.iter().for_each(|says| write!(text, "\n      {side} {says}").unwrap());
        }
        match part.meaning {
            Some(Meaning::Same) => text.push_str("\n      rewritten, same meaning"),
            Some(Meaning::Undecided) => text.push_str("\n      rewritten, undecided whether it means the same"),
            Some(Meaning::Other) | None => {}
        }
    }
    text + "\n"
}

pub(crate) fn texts(structure: &Structure<'_>) -> String {
    structure.differences.iter().map(text).collect()
}

fn names(structure: &Structure<'_>) -> Vec<String> {
    structure.items().iter().map(Item::to_string).collect()
}

pub(crate) fn graph(set: &Set) -> &Arc<RuleGraph> {
    set.graph.as_ref().expect("no errors")
}

/// Whether two sets decide alike, of recorded entries and of those in force.
pub(crate) fn alike(one: &Arc<RuleGraph>, other: &Arc<RuleGraph>) -> bool {
    [Entries::Recorded, Entries::InForce].into_iter().all(|entries| {
        let [one, other] = [one, other].map(|graph| RuleSet::new(Arc::clone(graph), entries));
        Diff::between(&one, &other).is_empty()
    })
}

/// With nothing put back a side is what it is; with everything, it is the other side.
pub(crate) fn ends_at_both_sides(sets: [&Set; 2]) {
    joins(&Structure::between(sets[0], sets[1]), sets);
}

/// The same of how two sets were compared.
pub(crate) fn joins(structure: &Structure<'_>, [base, head]: [&Set; 2]) {
    let (nothing, all) = (BTreeSet::new(), structure.items());
    for (side, items, meant) in
        [(Side::Base, &nothing, base), (Side::Base, &all, head), (Side::Head, &nothing, head), (Side::Head, &all, base)]
    {
        let hybrid = structure.hybrid(side, items, &Present::Everybody);
        let hybrid = hybrid.unwrap_or_else(|unfit| panic!("{side:?}: {unfit}"));
        assert!(alike(&hybrid, graph(meant)), "{side:?} with {} items\n{}", items.len(), texts(structure));
    }
}
