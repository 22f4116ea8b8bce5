//! The diagrams against decisions: in the world of two people of a random directory, what follows is what is decided.

use prescope::language::ast::{Relation, Shape};
use prescope::model::{Condition, ConditionId, Containers, FieldId, Organisation, Truth, UserId, Value, ValueType};
use prescope::resolve::{Answer, Cast, Entries, RuleSet, Somebody, decide_field, people};
use prescope::symbolic::{Asked, NODES, Question, Settings, Space, Worlds};
use proptest::prelude::*;

use super::chain::Chain;
use super::facts::{Pair, is_named};
use crate::oracle::generate_policy::domains_by_network;
use crate::oracle::settling::viewers;
use crate::oracle::subject::name;
use crate::oracle::tape::Tape;
use crate::oracle::world::{Name, World};
use crate::oracle::{Subject as Set, worlds};
use crate::tries::slow_config;

/// What the diagrams say of everything that a set decides.
struct Diagrams<'m> {
    space: Space<'m>,
    /// Of each field where it comes to what; where none of them, it is hidden.
    fields: Vec<(FieldId, Vec<(Answer, Worlds)>)>,
    /// Where each condition holds that asks for levels and contacts.
    conditions: Vec<(&'m Condition, Worlds)>,
}

impl<'m> Diagrams<'m> {
    fn new(question: Question<'m>) -> Diagrams<'m> {
        let model = question.graph.model();
        let asks = |condition: &Condition| {
            matches!(condition, Condition::InContainer(..) | Condition::Is(_, Relation::Contact))
        };
        let asked: Vec<(ConditionId, &Condition)> =
            model.conditions.iter().filter(|(_, condition)| asks(condition)).collect();
        let conditions = asked.iter().map(|(id, _)| *id).collect();
        let asked_of_it = Asked { fields: model.fields.ids().collect(), conditions, ..Asked::default() };
        let mut space = Space::for_question(question, &asked_of_it, NODES).unwrap();
        let fields = model.fields.iter().map(|(id, field)| {
            let values = match &field.kind {
                Some(ValueType::Enumeration(values)) => values.len(),
                _ => 0,
            };
            let altered = (0..values as i64).map(Value);
            let altered = altered.map(|value| (Answer::Altered(value), space.altered(id, value).unwrap()));
            let mut answers: Vec<_> = altered.collect();
            answers.push((Answer::Visible, space.visible(id).unwrap()));
            (id, answers)
        });
        let fields = fields.collect();
        let holding = |(id, condition)| (condition, space.holding(id, Truth::True).unwrap());
        let conditions = asked.into_iter().map(holding).collect();
        Diagrams { space, fields, conditions }
    }

    /// Compares with what is decided of two people.
    fn agree(&self, world: &World, rules: &RuleSet, (owner, viewer): (&Name, &Name)) -> Result<(), TestCaseError> {
        let network_site = |address: &Name| {
            world.users.iter().find(|user| user.address == *address).and_then(|user| user.network_site.clone())
        };
        let somebody = people::viewer(rules, viewer).unwrap().somebody;
        let is_named = somebody.person.is_some_and(|person| is_named(rules.model(), person));
        let user = people::owner(rules, owner).unwrap();
        let pair = Pair {
            rules,
            space: &self.space,
            cast: Cast::view(somebody, Somebody::user(rules.model(), user)),
            chain: Some(Chain::new(rules, &self.space, user, viewer, is_named)),
            network_sites: [network_site(viewer), network_site(owner)],
        };
        let value = |variable| pair.value(variable);
        prop_assert!(self.space.has(&self.space.all(), value), "no world is like that of {owner} and {viewer}");
        for (condition, worlds) in &self.conditions {
            let decided = decided(rules, (somebody, user), condition);
            prop_assert_eq!(self.space.has(worlds, value), decided, "{} {} {:?}", owner, viewer, condition);
        }
        for (id, answers) in &self.fields {
            let mut told =
                answers.iter().filter(|(_, worlds)| self.space.has(worlds, value)).map(|(answer, _)| *answer);
            let (first, second) = (told.next().unwrap_or(Answer::Hidden), told.next());
            prop_assert_eq!(second, None, "a field comes to one thing");
            let answer = decide_field(rules, somebody, user, *id).answer;
            prop_assert_eq!(first, answer, "{} {} {}", owner, viewer, rules.model().field_name(*id));
        }
        Ok(())
    }
}

/// Whether a condition that asks for a level or a contact holds.
fn decided(rules: &RuleSet, (viewer, owner): (Somebody, UserId), condition: &Condition) -> bool {
    let standing = rules.standing(owner);
    match condition {
        Condition::InContainer(_, containers) => {
            let found = standing.answering(rules.model(), viewer, Containers(u64::MAX));
            let level = found.map(|(_, container)| container).or_else(|| rules.model().fallback());
            level.is_some_and(|level| containers.has(level))
        }
        _ => viewer.person.is_some_and(|viewer| standing.is_contact(viewer)),
    }
}

proptest! {
    #![proptest_config(slow_config(64))]

    #[test]
    fn what_follows_is_what_is_decided(
        mut world in worlds(), tape in prop::collection::vec(any::<u8>(), 0..=40)
    ) {
        domains_by_network(&mut world, &mut Tape::new(&tape));
        let set = Set::of(&world);
        let rules = set.project.rules(Entries::InForce).unwrap();
        for settings in [Settings::Any, Settings::OfObjects] {
            let (graph, organisation) = (rules.graph(), Organisation::Directory);
            let diagrams = Diagrams::new(Question { graph, shape: Shape::Viewer, organisation, settings });
            for user in &world.users {
                for viewer in viewers(&world) {
                    let viewer = name(&viewer).to_owned();
                    if viewer != user.address {
                        diagrams.agree(&world, &rules, (&user.address, &viewer))?;
                    }
                }
            }
        }
    }
}
