//! Why answers change: what is told gives the old answer back when it is put back, and no part of it does.

use std::collections::BTreeSet;
use std::sync::Arc;

use prescope::diff::{Answered, Diff, Item, Present, Side, Structure, Viewer};
use prescope::graph::RuleGraph;
use prescope::project::Project;
use prescope::resolve::{Answer, Entries, RuleSet, Somebody, decide_field, people};
use proptest::prelude::*;

use super::edit::edited;
use super::generate::worlds;
use super::tape::Tape;
use super::world::World;
use super::write::{Layout, sources};
use crate::tries::config;

fn project(world: &World) -> Project {
    let sources = sources(world, Layout::default());
    Project::builder().policies(sources.policies).directories(sources.directories).build()
}

/// The answer as a set gives it.
fn seen(graph: &Arc<RuleGraph>, asked: &Answered) -> String {
    let rules = RuleSet::new(Arc::clone(graph), Entries::InForce);
    let model = rules.model();
    let owner = people::owner(&rules, asked.owner.as_str()).expect("a user of both sets");
    let viewer = match &asked.viewer {
        Viewer::Known(address) => Somebody::with_address(model, address),
        Viewer::Open(everybody) => everybody.somebody(model),
    };
    match model.fields.ids().find(|field| model.field_name(*field) == asked.field) {
        None => "hidden".to_owned(),
        Some(field) => match decide_field(&rules, viewer, owner, field).answer {
            Answer::Hidden => "hidden".to_owned(),
            Answer::Visible => "visible".to_owned(),
            Answer::Altered(value) => match &model.fields[field].kind {
                Some(kind) => model.value_name(kind, value),
                None => format!("{value:?}"),
            },
        },
    }
}

/// Every answer that changes, of the first viewers.
fn changed(base: &RuleSet, head: &RuleSet) -> Vec<Answered> {
    let diff = Diff::between(base, head);
    let effect = diff.effect();
    let model = base.model();
    let mut all = Vec::new();
    for (owners, shifts) in &effect.presence.alike {
        for (owner, shift) in owners.iter().flat_map(|owner| shifts.iter().map(move |shift| (owner, shift))) {
            let known = shift.people.iter().cloned().map(Viewer::Known);
            let open = shift.rest.iter().map(|rest| Viewer::Open(rest.everybody.clone()));
            for viewer in known.chain(open).take(3) {
                for change in shift.changes.iter() {
                    all.push(Answered {
                        viewer: viewer.clone(),
                        owner: model.people[model.users[*owner].person].address.clone(),
                        field: format!("{}.{}", change.category, change.field),
                    });
                }
            }
        }
    }
    all
}

fn parts(set: &BTreeSet<Item>) -> Vec<BTreeSet<Item>> {
    let items: Vec<&Item> = set.iter().collect();
    let chosen =
        |bits: usize| (0..).zip(&items).filter(move |(at, _)| bits >> at & 1 == 1).map(|(_, it)| (*it).clone());
    (0..(1usize << items.len()) - 1).map(|bits| chosen(bits).collect()).collect()
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn causes_give_the_old_answer_back_and_no_part_of_them_does(
        world in worlds(), donor in worlds(), tape in prop::collection::vec(any::<u8>(), 0..=200)
    ) {
        let mut tape = Tape::new(&tape);
        let other = edited(&world, &donor, &mut tape);
        let (base, head) = (project(&world), project(&other));
        prop_assume!(!base.has_errors() && !head.has_errors());
        let structure = Structure::between(base.set(), head.set());
        let rules = [&base, &head].map(|project| project.rules(Entries::InForce).expect("no errors"));
        let before = base.set().graph.as_ref().expect("no errors");
        for asked in changed(&rules[0], &rules[1]).into_iter().step_by(5).take(6) {
            let causes = structure.causes(&asked, Entries::InForce);
            let old = seen(before, &asked);
            prop_assert!(!causes.sets.is_empty(), "{asked:?}");
            let given_back = |items: &BTreeSet<Item>| {
                let hybrid = structure.hybrid(Side::Head, items, &Present::Everybody);
                hybrid.is_ok_and(|graph| seen(&graph, &asked) == old)
            };
            for set in &causes.sets {
                prop_assert!(set.is_subset(&structure.items()));
                prop_assert!(given_back(set), "{asked:?} {set:#?}");
                for part in parts(set) {
                    prop_assert!(!given_back(&part), "{asked:?} {set:#?}: {part:#?} is enough");
                }
            }
            // Nothing else gives it back by itself.
            if !causes.has_more {
                for item in structure.items() {
                    let alone = BTreeSet::from([item]);
                    prop_assert_eq!(given_back(&alone), causes.sets.contains(&alone), "{:?} {:?}", asked, alone);
                }
            }
        }
    }
}
