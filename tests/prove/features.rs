//! Features by the diagrams against decisions: for the people and meetings of random directories, what follows is what
//! is decided.

use prescope::language::ast::Shape;
use prescope::model::{ConditionId, FeatureId, Organisation, Value};
use prescope::project::Project;
use prescope::resolve::{self, Cast, Entries, RuleSet, Somebody, alone, decide_use, disclosures, people};
use prescope::symbolic::{Asked, Block, Deciding, NODES, Outcomes, Question, Settings, Space, Worlds};
use proptest::prelude::*;

use super::chain::Chain;
use super::facts::{Pair, is_named};
use crate::oracle::generate_policy::{Asking, condition};
use crate::oracle::settling::viewers;
use crate::oracle::subject::name;
use crate::oracle::tape::Tape;
use crate::oracle::world::{Condition, Name, Reading, World};
use crate::oracle::worlds;
use crate::oracle::write::{Layout, sources};
use crate::oracle::write_condition::text;
use crate::tries::slow_config;

pub(crate) const SHAPES: [(Shape, &str); 4] = [
    (Shape::User, "user"),
    (Shape::Viewer, "viewer of owner"),
    (Shape::Participant, "participant of meeting"),
    (Shape::Party, "party with peer"),
];
const ROLES: [&str; 3] = ["attendee", "presenter", "organizer"];

/// What a condition reads can be read of the people of every shape.
fn is_common(condition: &Condition) -> bool {
    let common = |reading: &Reading| !matches!(reading, Reading::Presence(..) | Reading::Mode);
    match condition {
        Condition::Constant(_) | Condition::InGroup { .. } => true,
        Condition::Not(of) => is_common(of),
        Condition::And(parts) | Condition::Or(parts) => parts.iter().all(is_common),
        Condition::Holds(reading) | Condition::Compare(reading, ..) | Condition::OneOf { reading, .. } => {
            common(reading)
        }
        Condition::CompareReadings(left, _, right) => common(left) && common(right),
        Condition::InContainer { .. } | Condition::Is { .. } => false,
    }
}

/// A condition about the people of a shape.
pub(super) fn asked_of(world: &World, tape: &mut Tape<'_>, shape: Shape) -> String {
    let asking = if shape == Shape::User { Asking::Owner } else { Asking::Both };
    let made = condition(world, tape, asking, 2);
    if shape == Shape::Viewer {
        return text(&made);
    }
    let common = if is_common(&made) { text(&made) } else { "true".to_owned() };
    let [asker, other] = match shape {
        Shape::User | Shape::Viewer => ["viewer", "user"],
        Shape::Participant => ["participant", "organizer"],
        Shape::Party => ["party", "peer"],
    };
    let common = common.replace("viewer", asker).replace("owner", other);
    match tape.below(4) {
        1 if shape == Shape::Participant => format!("({common}) and participant.role == {}", tape.pick(&ROLES)),
        2 if shape == Shape::Participant => format!("({common}) or meeting.recorded"),
        _ => common,
    }
}

/// Two features of each shape, of which the second may require the first.
pub(crate) fn features(world: &World, tape: &mut Tape<'_>) -> String {
    let mut policy = "attributes participant { role: attendee | presenter | organizer = attendee }\n\
                      attributes meeting { recorded: bool = false }\n\
                      data content { slides, notes }\nrecipient vendor \"Vendor\" external\n"
        .to_owned();
    for (number, (shape, words)) in SHAPES.into_iter().enumerate() {
        for nth in 0..2 {
            policy += &format!("feature f{number}_{nth} for {words} {{\n");
            if nth == 1 && tape.chance(60) {
                policy += &format!("    requires f{number}_0\n");
            }
            let open = tape.chance(40);
            for rule in 0..tape.between(1, 3) {
                // Beside `otherwise available` nothing needs to be allowed.
                let effect = if open { "deny" } else { tape.pick(&["allow", "deny"]) };
                let word = tape.pick(&["when", "unless"]);
                policy += &format!("    {effect} \"rule {rule}\" {word} {}\n", asked_of(world, tape, shape));
            }
            policy += &format!("    otherwise {}\n", if open { "available" } else { "unavailable" });
            let item = tape.pick(&["content", "content.slides", "content.notes"]);
            policy += &format!("    discloses {item} to vendor when {}\n}}\n", asked_of(world, tape, shape));
        }
    }
    policy
}

/// A meeting of each user.
pub(crate) fn meetings(world: &World, tape: &mut Tape<'_>) -> String {
    let meeting = |(number, user): (usize, &crate::oracle::world::User)| {
        let recorded = if tape.chance(50) { "\n    attributes: { recorded: true }" } else { "" };
        format!("  m{number}:\n    organizer: {}{recorded}\n", user.address)
    };
    let meetings: String = world.users.iter().enumerate().map(meeting).collect();
    format!("meetings:\n{meetings}")
}

/// The features of a shape by the diagrams.
struct Diagrams<'m> {
    outcomes: Outcomes<'m>,
    shape: Shape,
    /// Where each is available, and where it discloses something.
    features: Vec<(FeatureId, Worlds, Worlds)>,
}

impl<'m> Diagrams<'m> {
    fn new(question: Question<'m>) -> Diagrams<'m> {
        let model = question.graph.model();
        let features: Vec<FeatureId> =
            model.features.iter().filter(|(_, it)| it.shape == question.shape).map(|(id, _)| id).collect();
        let deciding = Deciding::new(model);
        let of = |feature: &FeatureId| deciding.set(deciding.number(Block::Feature(*feature))).to_vec();
        let line = |feature: &FeatureId| -> ConditionId { model.features[*feature].discloses[0].when };
        let conditions = features.iter().flat_map(of).chain(features.iter().map(line)).collect();
        let asked = Asked { fields: Vec::new(), conditions, ..Asked::default() };
        let mut outcomes = Outcomes::new(model, Space::for_question(question, &asked, NODES).unwrap());
        let features = features.into_iter().map(|id| {
            let available = outcomes.available(Block::Feature(id)).unwrap();
            let happens = outcomes.space.unless_false(line(&id)).unwrap();
            let discloses = outcomes.space.both(&available, &happens).unwrap();
            (id, available, discloses)
        });
        let features = features.collect();
        Diagrams { shape: question.shape, outcomes, features }
    }

    /// Compares with what is decided of these people.
    fn agree(&self, world: &World, rules: &RuleSet, cast: Cast, names: [&str; 2]) -> Result<(), TestCaseError> {
        let network_site = |address: &str| -> Option<Name> {
            world.users.iter().find(|user| user.address == address).and_then(|user| user.network_site.clone())
        };
        let space = &self.outcomes.space;
        let named = cast.asker.person.is_some_and(|person| is_named(rules.model(), person));
        let chain = cast.other.user.filter(|_| self.shape == Shape::Viewer);
        let chain = chain.map(|owner| Chain::new(rules, space, owner, names[0], named));
        let pair = Pair { rules, space, cast, chain, network_sites: names.map(network_site) };
        let value = |variable| pair.value(variable);
        prop_assert!(space.has(&space.all(), value), "no world is like that of {names:?}");
        for (id, available, discloses) in &self.features {
            let decided = decide_use(rules, *id, &cast).available;
            let feature = &rules.model().features[*id].declared.name;
            prop_assert_eq!(space.has(available, value), decided, "{:?} {}", names, feature);
            // Where there is nobody else, what is asked of one person is asked of this world alone.
            if self.shape == Shape::User {
                let (user, feature) = (Some(cast.asker), Some(*id));
                let revealed = disclosures(rules, resolve::Asked { user, feature, ..resolve::Asked::default() });
                prop_assert_eq!(space.has(discloses, value), !revealed.is_empty(), "{:?}", names);
            }
        }
        Ok(())
    }
}

/// Everybody who can ask, each with their name.
pub(crate) fn everybody(world: &World, rules: &RuleSet) -> Vec<(String, Somebody)> {
    let somebody = |name: &str| people::viewer(rules, name).unwrap().somebody;
    viewers(world).iter().map(|viewer| (name(viewer).to_owned(), somebody(name(viewer)))).collect()
}

fn law(world: &World, tape: &[u8]) -> Result<(), TestCaseError> {
    let mut tape = Tape::new(tape);
    let mut files = sources(world, Layout::default());
    files.policies.push(("features.prescope".to_owned(), features(world, &mut tape)));
    files.directories.push(("meetings.yaml".to_owned(), meetings(world, &mut tape)));
    let project = Project::builder().policies(files.policies.clone()).directories(files.directories.clone()).build();
    let errors: Vec<_> = project.diagnostics().iter().filter(|found| found.is_error()).collect();
    prop_assert!(errors.is_empty(), "{errors:#?}\n{files:?}");
    let rules = project.rules(Entries::InForce).unwrap();
    let all = everybody(world, &rules);
    let users: Vec<_> = all.iter().filter(|(_, somebody)| somebody.user.is_some()).collect();
    for settings in [Settings::Any, Settings::OfObjects] {
        let (graph, organisation) = (rules.graph(), Organisation::Directory);
        let diagrams = |shape| Diagrams::new(Question { graph, shape, organisation, settings });
        let (alone_ones, views) = (diagrams(Shape::User), diagrams(Shape::Viewer));
        let (meetings, parties) = (diagrams(Shape::Participant), diagrams(Shape::Party));
        for (asker, somebody) in &all {
            if somebody.inside() {
                alone_ones.agree(world, &rules, alone(*somebody), [asker, asker])?;
            }
            for (owner, user) in users.iter().filter(|(owner, _)| owner != asker) {
                views.agree(world, &rules, Cast::view(*somebody, *user), [asker, owner])?;
            }
            for (peer, other) in all.iter().filter(|(peer, _)| peer != asker) {
                parties.agree(world, &rules, Cast::view(*somebody, *other), [asker, peer])?;
            }
            let model = rules.model();
            for ((meeting, of), role) in model.meetings.iter().zip([0, 1, 2].into_iter().cycle()) {
                let address = model.people[model.users[of.organizer].person].address.to_string();
                let cast = Cast::in_meeting(model, meeting, *somebody, Some(Value(role)));
                meetings.agree(world, &rules, cast, [asker, &address])?;
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(slow_config(128))]

    #[test]
    fn what_is_available_follows(world in worlds(), tape in prop::collection::vec(any::<u8>(), 0..=200)) {
        law(&world, &tape)?;
    }
}
