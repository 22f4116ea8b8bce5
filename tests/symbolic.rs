//! The decision diagrams against enumeration of every world.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use prescope::language::ast::{Comparison, Relation};
use prescope::model::{Condition, ConditionId, Containers, Id, Model, Network, Reading, Subject, Truth, Value, What};
use prescope::project::Project;
use prescope::symbolic::{NODES, Space, Terms, Undecided, Variable};
use proptest::prelude::*;

use crate::tries::config;

/// A space of these conditions, in which no value is given.
fn over<C>(conditions: C) -> Terms<C, [(Reading, Value); 0]> {
    Terms { conditions, values: [] }
}

const POLICY: &str = "\
category state { mood: calm | cross }
container nobody(0) { publishes state }
container some(1) visible { publishes state }
container all(2) visible { publishes state }
attributes user { flag: bool = false, colour: red | green | blue = green, low: 0..6 = 3, high: 2..9 = 2, word: text = \"a\" }
settings Policy at global { On: bool = true }
feature words for viewer of owner { allow \"some\" when viewer.word == \"a\" or viewer.word == \"b\", otherwise unavailable }
feature kin for viewer of owner { allow \"some\" when viewer in group staff, otherwise unavailable }
";
const DIRECTORY: &str = "organization: { domains: [contoso.com] }\nsites: { North: {}, South: {} }\ngroups: { staff: [a@contoso.com] }\n\
                         users: { a@contoso.com: {} }\n";

fn model() -> Model {
    let project = Project::builder().policy("p.prescope", POLICY).directory("d.yaml", DIRECTORY).build();
    assert!(!project.has_errors(), "{:?}", project.diagnostics());
    project.model().clone()
}

/// A condition before it is taken in.
#[derive(Clone, Debug)]
enum Tree {
    Leaf(Condition),
    Not(Box<Tree>),
    All(Vec<Tree>),
    Any(Vec<Tree>),
}

impl Tree {
    fn intern(&self, model: &mut Model) -> ConditionId {
        let condition = match self {
            Tree::Leaf(leaf) => leaf.clone(),
            Tree::Not(of) => Condition::Not(of.intern(model)),
            Tree::All(of) => Condition::All(of.iter().map(|tree| tree.intern(model)).collect()),
            Tree::Any(of) => Condition::Any(of.iter().map(|tree| tree.intern(model)).collect()),
        };
        model.conditions.intern(condition)
    }
}

fn reading(model: &Model, whose: Subject, name: &str) -> Reading {
    let parameter = |name: &str| model.parameters.iter().find(|(_, it)| it.declared.name == name).map(|(id, _)| id);
    let what = match name {
        "network" => What::Network,
        "site" => What::Site,
        "mood" => What::Presence(model.fields.ids().next().unwrap()),
        name => What::Parameter(parameter(name).unwrap()),
    };
    Reading { whose, what }
}

fn subject() -> impl Strategy<Value = Subject> {
    prop_oneof![3 => Just(Subject::Viewer), 1 => Just(Subject::Owner)]
}

fn order() -> impl Strategy<Value = Comparison> {
    use Comparison::{AtLeast, AtMost, Equal, Greater, Less, NotEqual};
    prop::sample::select(vec![Equal, NotEqual, Less, AtMost, Greater, AtLeast])
}

fn leaf(model: &Model) -> impl Strategy<Value = Tree> + use<> {
    let read = {
        let model = model.clone();
        move |of, name: &str| reading(&model, of, name)
    };
    let (r1, r2, r3, r4) = (read.clone(), read.clone(), read.clone(), read.clone());
    let (r5, r6) = (read.clone(), read);
    let group = model.groups.ids().next().unwrap();
    let small = prop::sample::select(vec![("flag", 2), ("colour", 3), ("On", 2), ("mood", 2), ("network", 4)]);
    prop_oneof![
        (subject(), small, 0..4i64).prop_map(move |(of, (name, count), value)| {
            Condition::Compare(r1(of, name), Comparison::Equal, Value(value % count))
        }),
        (subject(), prop::sample::select(vec!["low", "high"]), order(), -1..11i64)
            .prop_map(move |(of, name, order, value)| Condition::Compare(r2(of, name), order, Value(value))),
        (subject(), prop::collection::btree_set(0..2i64, 1..3))
            .prop_map(move |(of, values)| Condition::OneOf(r3(of, "word"), values.into_iter().map(Value).collect())),
        (subject(), 0..2i64)
            .prop_map(move |(of, site)| { Condition::Compare(r5(of, "site"), Comparison::Equal, Value(site)) }),
        (subject(), any::<bool>(), subject()).prop_map(move |(a, same, b)| {
            let comparison = if same { Comparison::Equal } else { Comparison::NotEqual };
            Condition::CompareReadings(r6(a, "site"), comparison, r6(b, "site"))
        }),
        (subject(), order(), subject(), any::<bool>()).prop_map(move |(a, order, b, words)| match words {
            true => Condition::CompareReadings(r4(a, "word"), Comparison::Equal, r4(b, "word")),
            false => Condition::CompareReadings(r4(a, "low"), order, r4(b, "high")),
        }),
        (0..8u64).prop_map(|bits| Condition::InContainer(Subject::Viewer, Containers(bits))),
        subject().prop_map(move |of| Condition::InGroup(of, group)),
        any::<bool>().prop_map(|contact| {
            Condition::Is(Subject::Viewer, if contact { Relation::Contact } else { Relation::Delegate })
        }),
        any::<bool>().prop_map(Condition::Constant),
    ]
    .prop_map(Tree::Leaf)
}

fn tree(model: &Model) -> impl Strategy<Value = Tree> + use<> {
    leaf(model).prop_recursive(3, 5, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|of| Tree::Not(Box::new(of))),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Tree::All),
            prop::collection::vec(inner, 1..3).prop_map(Tree::Any),
        ]
    })
}

type World = BTreeMap<Variable, i64>;

const NOWHERE: i64 = Value::NOWHERE.0;

/// What a condition asks of a world, with every value it can have.
fn variables(model: &Model, id: ConditionId, found: &mut BTreeMap<Variable, Vec<i64>>) {
    let mut read = |reading: Reading| {
        let kind = match reading.what {
            What::Network if reading.whose == Subject::Owner => vec![0],
            What::Network => (0..4).collect(),
            What::Presence(_) => vec![0, 1],
            What::Site => vec![NOWHERE, 0, 1, 2, 3], // two sites and two others
            _ => match &model.kind_of(reading.what) {
                prescope::model::ValueType::Bool => vec![0, 1],
                prescope::model::ValueType::Enumeration(values) => (0..values.len() as i64).collect(),
                prescope::model::ValueType::Range(low, high) => (*low..=*high).collect(),
                _ => vec![-3, -2, 0, 1], // two literals and two others
            },
        };
        found.insert(Variable::Reading(reading), kind);
        let network = Reading { whose: reading.whose, what: What::Network };
        let networks = if reading.whose == Subject::Owner { vec![0] } else { (0..4).collect() };
        found.insert(Variable::Reading(network), networks);
    };
    match model.conditions.get(id).clone() {
        Condition::Constant(_) => {}
        Condition::Not(of) => variables(model, of, found),
        Condition::All(of) | Condition::Any(of) => of.iter().for_each(|of| variables(model, *of, found)),
        Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => read(reading),
        Condition::CompareReadings(left, _, right) => {
            read(left);
            read(right);
        }
        Condition::InContainer(of, _) => _ = found.insert(Variable::Level(of), vec![0, 1, 2]),
        Condition::InGroup(of, group) => _ = found.insert(Variable::Group(of, group), vec![0, 1]),
        Condition::Is(of, relation) => {
            found.insert(Variable::Listed(of, relation == Relation::Delegate), vec![0, 1]);
        }
    }
}

fn truth(model: &Model, id: ConditionId, world: &World) -> Truth {
    let value = |reading: Reading| {
        let network = world.get(&Variable::Reading(Reading { whose: reading.whose, what: What::Network }));
        let inside = network.is_none_or(|network| *network == Network::SameEnterprise.value().0);
        (matches!(reading.what, What::Network | What::Site) || inside).then(|| world[&Variable::Reading(reading)])
    };
    let compare = |left: i64, comparison, right: i64| match comparison {
        Comparison::Equal => left == right,
        Comparison::NotEqual => left != right,
        Comparison::Less => left < right,
        Comparison::AtMost => left <= right,
        Comparison::Greater => left > right,
        Comparison::AtLeast => left >= right,
    };
    match model.conditions.get(id) {
        Condition::Constant(truth) => Truth::from(*truth),
        Condition::Not(of) => !truth(model, *of, world),
        Condition::All(of) => of.iter().map(|of| truth(model, *of, world)).min().unwrap_or(Truth::True),
        Condition::Any(of) => of.iter().map(|of| truth(model, *of, world)).max().unwrap_or(Truth::False),
        Condition::Compare(reading, comparison, against) => {
            value(*reading).map_or(Truth::Unknown, |value| Truth::from(compare(value, *comparison, against.0)))
        }
        Condition::OneOf(reading, values) => {
            value(*reading).map_or(Truth::Unknown, |value| Truth::from(values.contains(&Value(value))))
        }
        // Who is nowhere is not where somebody else is nowhere.
        Condition::CompareReadings(left @ Reading { what: What::Site, .. }, comparison, right) => {
            let (left, right) = (world[&Variable::Reading(*left)], world[&Variable::Reading(*right)]);
            let together = left == right && left != NOWHERE;
            Truth::from(together == (*comparison == Comparison::Equal))
        }
        Condition::CompareReadings(left, comparison, right) => match (value(*left), value(*right)) {
            (Some(left), Some(right)) => Truth::from(compare(left, *comparison, right)),
            _ => Truth::Unknown,
        },
        Condition::InContainer(of, containers) => {
            Truth::from(containers.iter().any(|container| container.index() as i64 == world[&Variable::Level(*of)]))
        }
        Condition::InGroup(of, group) => Truth::from(world[&Variable::Group(*of, *group)] == 1),
        Condition::Is(of, relation) => Truth::from(world[&Variable::Listed(*of, *relation == Relation::Delegate)] == 1),
    }
}

fn worlds(all: &BTreeMap<Variable, Vec<i64>>) -> Vec<World> {
    let mut worlds = vec![World::new()];
    for (variable, values) in all {
        worlds = worlds
            .iter()
            .flat_map(|world| {
                values.iter().map(|value| {
                    let mut world = world.clone();
                    world.insert(*variable, *value);
                    world
                })
            })
            .collect();
    }
    worlds.retain(possible);
    worlds
}

/// Nobody outside has a site.
fn possible(world: &World) -> bool {
    world.iter().all(|(variable, value)| match variable {
        Variable::Reading(Reading { whose, what: What::Site }) => {
            let network = world[&Variable::Reading(Reading { whose: *whose, what: What::Network })];
            *value == NOWHERE || network == Network::SameEnterprise.value().0
        }
        _ => true,
    })
}

fn two_trees() -> impl Strategy<Value = (Tree, Tree)> {
    let model = model();
    (tree(&model), tree(&model))
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn diagrams_agree_with_enumeration((first, second) in two_trees()) {
        let mut model = model();
        let (a, b) = (first.intern(&mut model), second.intern(&mut model));
        let mut asked = BTreeMap::new();
        variables(&model, a, &mut asked);
        variables(&model, b, &mut asked);
        prop_assume!(asked.values().map(Vec::len).product::<usize>() <= 40_000);
        let worlds = worlds(&asked);
        let truths: Vec<(Truth, Truth)> =
            worlds.iter().map(|world| (truth(&model, a, world), truth(&model, b, world))).collect();
        let mut space = Space::new(&model, &[], over([a, b]), NODES).unwrap();
        for wanted in [Truth::True, Truth::False, Truth::Unknown] {
            let exists = truths.iter().any(|(a, _)| *a == wanted);
            prop_assert_eq!(!space.holding(a, wanted).unwrap().is_empty(), exists, "{:?}", wanted);
        }
        let implies = truths.iter().all(|(a, b)| *a != Truth::True || *b == Truth::True);
        prop_assert_eq!(space.implies(a, b), Ok(implies));
        prop_assert_eq!(space.equivalent(a, b), Ok(truths.iter().all(|(a, b)| a == b)));
        prop_assert_eq!(space.satisfiable(a), Ok(truths.iter().any(|(a, _)| *a == Truth::True)));
        match space.witness(a).unwrap() {
            Some(world) => {
                let facts: World = world.facts.iter().map(|fact| (fact.variable, fact.value.0)).collect();
                prop_assert_eq!(truth(&model, a, &facts), Truth::True);
            }
            None => prop_assert!(truths.iter().all(|(a, _)| *a != Truth::True)),
        }
        // Independence: the truth never changes with one reading alone.
        let holding = space.holding(a, Truth::True).unwrap();
        for variable in asked.keys() {
            let Variable::Reading(reading @ Reading { what: What::Parameter(_), .. }) = variable else { continue };
            let mut seen: BTreeMap<World, bool> = BTreeMap::new();
            let mut independent = true;
            for (world, (a, _)) in worlds.iter().zip(&truths) {
                let mut rest = world.clone();
                rest.remove(variable);
                let holds = *a == Truth::True;
                independent &= *seen.entry(rest).or_insert(holds) == holds;
            }
            prop_assert_eq!(space.is_independent_of(&holding, *reading), Ok(independent));
        }
    }
}

#[test]
fn a_limit_that_is_too_low_leaves_the_question_undecided() {
    let mut model = model();
    let low = reading(&model, Subject::Viewer, "low");
    let high = reading(&model, Subject::Owner, "high");
    let below = model.conditions.intern(Condition::CompareReadings(low, Comparison::Less, high));
    let asked = Space::new(&model, &[], over([below]), 8).and_then(|mut space| space.satisfiable(below));
    assert_eq!(asked, Err(Undecided));
}

#[test]
fn a_witness_departs_from_the_ordinary_no_more_than_it_must() {
    let mut model = model();
    let colour = reading(&model, Subject::Viewer, "colour");
    let flag = reading(&model, Subject::Viewer, "flag");
    let red = model.conditions.intern(Condition::Compare(colour, Comparison::Equal, Value(0)));
    let on = model.conditions.intern(Condition::Compare(flag, Comparison::Equal, Value::TRUE));
    let either = model.conditions.intern(Condition::Any([red, on].into()));
    let mut space = Space::new(&model, &[], over([either]), NODES).unwrap();
    let world = space.witness(either).unwrap().expect("it can hold");
    assert_eq!(world.departures().count(), 1);
    assert_eq!(world.value(Variable::Reading(Reading { whose: Subject::Viewer, what: What::Network })), Some(Value(0)));
}

#[test]
fn two_people_without_a_site_are_not_at_one_site() {
    let mut model = model();
    let [viewer, owner] = [Subject::Viewer, Subject::Owner].map(|whose| Reading { whose, what: What::Site });
    let at = |model: &mut Model, of: Reading, site: Value| {
        model.conditions.intern(Condition::Compare(of, Comparison::Equal, site))
    };
    let nowhere = at(&mut model, viewer, Value::NOWHERE);
    let somewhere = model.conditions.negation(nowhere);
    let named: Box<[ConditionId]> = [at(&mut model, viewer, Value(0)), at(&mut model, viewer, Value(1))].into();
    let named = model.conditions.intern(Condition::Any(named));
    let same = model.conditions.intern(Condition::CompareReadings(viewer, Comparison::Equal, owner));
    let mut space = Space::new(&model, &[], over([somewhere, named, same]), NODES).unwrap();
    assert_eq!(space.implies(same, somewhere), Ok(true), "where the two are, there is a site");
    assert_eq!(space.implies(same, named), Ok(false), "which need not be one that the directory names");
}

/// The first manifest whose condition holds is the mode, and there is no world in which it is another.
#[test]
fn the_mode_is_what_the_conditions_of_manifests_make_it() {
    let policy = format!(
        "{POLICY}manifest closed when owner.flag and owner.low > 1 {{ }}\nmanifest quiet when owner.flag {{ }}\n\
         manifest closed2 before closed when owner.colour == red {{ }}\nmanifest open {{ }}\n"
    )
    .replace("manifest closed when", "manifest closed before quiet when");
    let project = Project::builder().policy("p.prescope", policy).directory("d.yaml", DIRECTORY).build();
    assert!(!project.has_errors(), "{:?}", project.diagnostics());
    let rules = project.rules(prescope::resolve::Entries::InForce).unwrap();
    let order = rules.graph().manifest_order();
    let mut model = project.model().clone();
    let mode = Reading { whose: Subject::Owner, what: What::Mode };
    let names: Vec<String> = order.iter().map(|id| model.manifests[*id].declared.name.clone()).collect();
    assert_eq!(names, ["closed2", "closed", "quiet", "open"]);
    let is: Vec<ConditionId> = order
        .iter()
        .map(|id| model.conditions.intern(Condition::Compare(mode, Comparison::Equal, Value::manifest(*id))))
        .collect();
    let [flag, colour, low] = ["flag", "colour", "low"].map(|name| reading(&model, Subject::Owner, name));
    let asked = BTreeMap::from([flag, colour, low].map(|of| (Variable::Reading(of), (0..7).collect::<Vec<i64>>())));
    let mut space = Space::new(&model, order, over(is.clone()), NODES).unwrap();
    for world in worlds(&asked) {
        let value = |of: Reading| world[&Variable::Reading(of)];
        if value(flag) > 1 || value(colour) > 2 {
            continue;
        }
        let expected = match (value(flag) == 1, value(colour) == 0, value(low) > 1) {
            (_, true, _) => 0,
            (true, _, true) => 1,
            (true, _, false) => 2,
            (false, ..) => 3,
        };
        let given = [flag, colour, low].map(|of| {
            // Of the numbers only 1 and 2 are told apart; the ordinary one is 3.
            let value = if of == low { if value(of) > 1 { 3 } else { 1 } } else { value(of) };
            (of, Value(value))
        });
        assert!(!space.given(&space.all(), given).unwrap().is_empty());
        for (at, condition) in is.iter().enumerate() {
            let holds = space.holding(*condition, Truth::True).unwrap();
            let outside = space.except(&space.all(), &holds).unwrap();
            let here = space.given(&outside, given).unwrap();
            assert_eq!(here.is_empty(), at == expected, "{world:?}: {}", names[at]);
        }
    }
}
