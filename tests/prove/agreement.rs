//! The diagrams against decisions: in the world of two people of a random directory, what follows is what is decided.

use prescope::language::ast::{DomainMatch, Relation};
use prescope::model::{Condition, Containers, Id, Organisation, Subject, Truth};
use prescope::resolve::{Answer, Entries, RuleSet, decide_field, people};
use prescope::symbolic::{NODES, Question, Space, Worlds};
use proptest::prelude::*;

use super::facts::Pair;
use crate::oracle::settling::{fields, viewers};
use crate::oracle::subject::{field, somebody};
use crate::oracle::{Subject as Set, worlds};
use crate::tries::config;

use prescope::language::ast::Shape;

/// What the diagrams say of a field.
struct Seen {
    visible: Worlds,
    altered: Vec<(Answer, Worlds)>,
}

/// What two people come to, decided one by one.
fn decided(rules: &RuleSet, pair: &Pair<'_>, condition: &Condition) -> bool {
    let standing = rules.standing(pair.owner);
    let level = || {
        let found = standing.answering(rules.model(), pair.viewer, Containers(u64::MAX));
        found.map(|(_, container)| container).or_else(|| rules.model().fallback())
    };
    match condition {
        Condition::InContainer(_, containers) => level().is_some_and(|level| containers.has(level)),
        Condition::Is(_, Relation::Contact) => pair.viewer.person.is_some_and(|viewer| standing.is_contact(viewer)),
        _ => panic!("{condition:?}"),
    }
}

proptest! {
    #![proptest_config(config(512))]

    #[test]
    fn what_follows_is_what_is_decided(mut world in worlds()) {
        world.by_suffix = false;
        let set = Set::of(&world);
        let rules = set.project.rules(Entries::InForce).unwrap();
        let graph = rules.graph();
        // Every level, and whether somebody is a contact, besides what guards and `shows` read.
        let mut model = rules.model().clone();
        prop_assert_eq!(model.matching, DomainMatch::Exactly);
        let mut asked = Vec::new();
        for container in model.containers.ids() {
            asked.push(Condition::InContainer(Subject::Viewer, Containers::only(container)));
        }
        asked.push(Condition::Is(Subject::Viewer, Relation::Contact));
        let asked: Vec<_> = asked.into_iter().filter_map(|condition| {
            let before = model.conditions.iter().len();
            let id = model.conditions.intern(condition.clone());
            // Only what some rule asks has a place in the space of the set's own conditions.
            (id.index() < before).then_some((id, condition))
        }).collect();
        let question = Question { graph, shape: Shape::Viewer, organisation: Organisation::Directory };
        let names = fields(&world);
        let ids: Vec<_> = names.iter().map(|(category, name)| field(&rules, category, name)).collect();
        let conditions = ids.iter().flat_map(|id| question.deciding(*id)).chain(asked.iter().map(|(id, _)| *id));
        let mut space = Space::for_question(question, conditions.collect::<Vec<_>>(), NODES).unwrap();
        let seen: Vec<Seen> = ids.iter().map(|id| {
            let kind = rules.model().fields[*id].kind.clone();
            let values = match kind { Some(prescope::model::ValueType::Enumeration(values)) => values.len(), _ => 0 };
            let altered = (0..values as i64).map(prescope::model::Value);
            Seen {
                visible: space.visible(*id).unwrap(),
                altered: altered.map(|value| (Answer::Altered(value), space.altered(*id, value).unwrap())).collect(),
            }
        }).collect();
        let held: Vec<_> = asked.iter().map(|(id, condition)| {
            (condition, space.holding(*id, Truth::True).unwrap())
        }).collect();
        for user in &world.users {
            let owner = people::owner(&rules, &user.address).unwrap();
            for viewer in viewers(&world) {
                let viewer = somebody(&rules, &viewer);
                if viewer.user == Some(owner) {
                    continue;
                }
                let pair = Pair { rules: &rules, space: &space, viewer, owner };
                let value = |variable| pair.value(variable);
                prop_assert!(space.has(&space.all(), value), "no world is like {} and {:?}", user.address, viewer);
                for (condition, worlds) in &held {
                    prop_assert_eq!(
                        space.has(worlds, value), decided(&rules, &pair, condition),
                        "{} {:?} {:?}", user.address, viewer, condition
                    );
                }
                for ((id, name), seen) in ids.iter().zip(&names).zip(&seen) {
                    let answer = decide_field(&rules, viewer, owner, *id).answer;
                    let told = match seen.altered.iter().find(|(_, worlds)| space.has(worlds, value)) {
                        Some((altered, _)) => *altered,
                        None if space.has(&seen.visible, value) => Answer::Visible,
                        None => Answer::Hidden,
                    };
                    prop_assert_eq!(told, answer, "{} {:?} {:?}", user.address, viewer, name);
                }
            }
        }
    }
}
