//! What differs as it is declared, and what lies between: a set with all items put back is the other set, and what is
//! not told as a difference makes none.

use std::collections::BTreeSet;
use std::sync::Arc;

use prescope::Set;
use prescope::diff::{Item, Present, Side, Structure};
use prescope::directory::Address;
use prescope::graph::RuleGraph;
use prescope::language::format;
use prescope::project::Project;
use prescope::resolve::{Entries, RuleSet, Somebody, decide_field, people};
use proptest::prelude::*;

use super::edit::edited;
use super::generate::worlds;
use super::tape::Tape;
use super::world::World;
use super::write::{Layout, Sources, sources};
use crate::structure::{alike, ends_at_both_sides, graph};
use crate::tries::config;

pub(super) fn project(sources: Sources) -> Project {
    let project = Project::builder().policies(sources.policies).directories(sources.directories).build();
    assert!(!project.has_errors(), "{:#?}", project.diagnostics());
    project
}

/// The files in the one layout.
fn laid_out(mut files: Sources) -> Sources {
    for (path, text) in &mut files.policies {
        let mut read = prescope::language::Sources::default();
        let file = read.add(path.clone(), text.clone());
        let parsed = prescope::language::parse(file, read.text(file));
        *text = format(&parsed, read.text(file)).expect("no errors");
    }
    files
}

/// The world with what its containers publish said in an `extend` each.
fn split(world: &World) -> World {
    let mut split = world.clone();
    for container in &mut split.containers {
        let own = std::mem::take(&mut container.own);
        container.extended.insert(0, own);
    }
    split
}

/// Every field that somebody sees of an owner, and which container answers.
fn seen(graph: &Arc<RuleGraph>, [owner, viewer]: [&Address; 2]) -> Vec<String> {
    let rules = RuleSet::new(Arc::clone(graph), Entries::InForce);
    let model = rules.model();
    let Ok(owner) = people::owner(&rules, owner.as_str()) else { return Vec::new() };
    let viewer = Somebody::with_address(model, viewer);
    let answer = |field| {
        let decision = decide_field(&rules, viewer, owner, field);
        let container = decision.container.map(|container| &model.containers[container].declared.name);
        format!("{} {:?} {container:?}", model.field_name(field), decision.answer)
    };
    let mut answers: Vec<String> = model.fields.ids().map(answer).collect();
    answers.sort();
    answers
}

/// Everything that holds of two sets and the sets between them.
fn holds([base, head]: [&Set; 2], tape: &mut Tape<'_>) -> Result<(), TestCaseError> {
    let structure = Structure::between(base, head);
    let all = structure.items();
    let everybody = Present::Everybody;
    prop_assert_eq!(structure.is_empty(), all.is_empty());
    if structure.is_empty() {
        prop_assert!(alike(graph(base), graph(head)), "nothing differs that is declared, and answers do");
    }
    ends_at_both_sides([base, head]);
    // Some of them: few people in such a set are answered as among everybody.
    let some: BTreeSet<Item> = all.iter().filter(|_| tape.chance(50)).cloned().collect();
    let side = tape.pick(&Side::BOTH);
    let person = |tape: &mut Tape<'_>| {
        let model = &[base, head][tape.below(2)].model;
        let addresses: Vec<Address> = model.people.values().map(|person| person.address.clone()).collect();
        tape.pick(&addresses)
    };
    let user = |set: &Set, tape: &mut Tape<'_>| {
        let users: Vec<Address> =
            set.model.users.values().map(|user| set.model.people[user.person].address.clone()).collect();
        tape.pick(&users)
    };
    let pair = [user([base, head][side.index()], tape), person(tape)];
    let theirs = structure.items_about(&pair);
    let answers = [&all, &theirs].map(|items| {
        let hybrid = structure.hybrid(side, items, &Present::These(&pair)).expect("all of theirs fit");
        seen(&hybrid, [&pair[0], &pair[1]])
    });
    prop_assert_eq!(&answers[0], &answers[1], "{:?} {:#?}", pair, theirs);
    if let Ok(whole) = structure.hybrid(side, &some, &everybody) {
        let few = structure.hybrid(side, &some, &Present::These(&pair));
        let few = few.map_err(|unfit| TestCaseError::fail(format!("{unfit}")))?;
        let [owner, viewer] = &pair;
        prop_assert_eq!(seen(&few, [owner, viewer]), seen(&whole, [owner, viewer]), "{:?} {:#?}", pair, some);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn what_is_laid_out_otherwise_is_the_same(world in worlds(), seed in 1_u64.., files in 1_usize..4) {
        let plain = project(sources(&world, Layout::default()));
        for other in [
            sources(&world, Layout { files, seed }),
            laid_out(sources(&world, Layout { files, seed })),
            sources(&split(&world), Layout { files, seed: 0 }),
        ] {
            let other = project(other);
            let structure = Structure::between(plain.set(), other.set());
            prop_assert!(structure.is_empty(), "{:#?}", structure.differences);
        }
    }

    #[test]
    fn what_is_put_back_is_as_it_was(
        world in worlds(), other in worlds(), choices in proptest::collection::vec(any::<u8>(), 40)
    ) {
        let mut tape = Tape::new(&choices);
        let edited = edited(&world, &other, &mut tape);
        let [base, head, unlike] = [&world, &edited, &other].map(|world| project(sources(world, Layout::default())));
        holds([base.set(), head.set()], &mut tape)?;
        holds([base.set(), unlike.set()], &mut tape)?;
    }
}
