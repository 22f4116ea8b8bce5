//! Comparisons of small sets against an evaluator of its own, which is asked on both sides in many worlds: those with
//! little out of the ordinary, and others that chance chooses. What differs is told, where it is so, and nothing else
//! is told; the plainest world has no more out of the ordinary than any that was found.

use std::collections::{BTreeMap, BTreeSet};

use prescope::diff::{Direction, Seen, Side};
use prescope::language::ast::Shape;
use prescope::model::{FieldId, Model, Organisation, Subject, Value as Code};
use prescope::project::Project;
use prescope::symbolic::{Asked, NODES, Question, Settings, Space, Variable};
use prescope::worlds::{Aspect, Change, Decided, Everywhere, Region, Rest, State, Verified, compare};
use proptest::prelude::*;
use proptest::test_runner::{TestError, TestRunner};

use crate::oracle::evaluate::{Answer, Mode, decide_on, network, standing};
use crate::oracle::settle::manifest;
use crate::oracle::tape::Tape;
use crate::oracle::world::{Value, Viewer, World};
use crate::oracle::write::{Layout, sources};
use crate::prove::small::{Facts, OWNER, people, set};
use crate::tries::{at_least, slow_config};

/// So many worlds that chance chooses.
const CHOSEN: usize = 150;

fn project(world: &World, layout: Layout) -> Project {
    let files = sources(world, layout);
    Project::builder().policies(files.policies).directories(files.directories).build()
}

/// The set with some parts of another, as far as they fit.
fn mixed(base: &World, other: &World, tape: &mut Tape<'_>) -> World {
    let parts: [fn(&mut World, &World); 7] = [
        |world, other| world.containers.clone_from(&other.containers),
        |world, other| world.manifests.clone_from(&other.manifests),
        |world, other| world.memberships.clone_from(&other.memberships),
        |world, other| world.guards.clone_from(&other.guards),
        |world, other| world.categories.clone_from(&other.categories),
        |world, other| world.per_viewer = other.per_viewer,
        |world, other| world.attributes.clone_from(&other.attributes),
    ];
    let mut mixed = base.clone();
    for part in parts {
        let mut next = mixed.clone();
        if tape.chance(45) {
            part(&mut next, other);
        }
        if !project(&next, Layout::default()).has_errors() {
            mixed = next;
        }
    }
    mixed
}

/// What chance knows of the second set: names that the first does not have.
fn renamed(mut world: World, tape: &mut Tape<'_>) -> World {
    if tape.chance(30) {
        world
            .attributes
            .push(crate::oracle::world::Parameter { name: "trusted".to_owned(), ..world.attributes[0].clone() });
    }
    world
}

/// The worlds of a set: those in which one thing at most is out of the ordinary, and some that chance chooses.
fn chosen(space: &Space<'_>, tape: &mut Tape<'_>) -> Vec<(Facts, usize)> {
    let variables: Vec<Variable> = space.variables().collect();
    let ordinary: Facts = variables.iter().map(|it| (*it, space.values(*it)[0])).collect();
    let mut all = vec![(ordinary.clone(), 0)];
    for variable in &variables {
        for value in &space.values(*variable)[1..] {
            let mut facts = ordinary.clone();
            facts.insert(*variable, *value);
            all.push((facts, 1));
        }
    }
    for _ in 0..CHOSEN {
        let mut facts = ordinary.clone();
        for variable in &variables {
            if tape.chance(18) {
                facts.insert(*variable, tape.pick(space.values(*variable)));
            }
        }
        let departures = facts.iter().filter(|(variable, value)| ordinary[variable] != **value).count();
        all.push((facts, departures));
    }
    all
}

/// A set with the people of another: entries in containers that it does not have are nobody's.
fn with_people(set: &World, of: &World, at_first: usize) -> World {
    let mut world = World {
        domains: of.domains.clone(),
        partners: of.partners.clone(),
        public_cloud: of.public_cloud.clone(),
        groups: of.groups.clone(),
        users: of.users.clone(),
        ..set.clone()
    };
    world.policies.extend(of.policies.iter().skip(at_first).cloned());
    for user in &mut world.users {
        for (_, entries) in user
            .memberships
            .iter_mut()
            .flatten()
            .filter(|(name, _)| !world.containers.iter().any(|it| it.name == *name && it.id != 0))
        {
            entries.clear();
        }
        user.attributes.retain(|(name, _)| world.attributes.iter().any(|it| it.name == *name));
    }
    world
}

fn seen(world: &World, viewer: &Viewer, field: &str) -> (Seen, String) {
    let category = &world.categories[0];
    if !category.fields.iter().any(|it| it.name == field) {
        return (Seen::Hidden, String::new());
    }
    let (answer, container) =
        decide_on(world, &standing(world, Mode::InForce, OWNER), viewer, OWNER, &category.name, field);
    let seen = match answer {
        Answer::Hidden => Seen::Hidden,
        Answer::Visible => Seen::Visible,
        Answer::Altered(Value::Word(word)) => Seen::Altered(word),
        Answer::Altered(other) => panic!("{other:?}"),
    };
    (seen, container.unwrap_or_else(|| "none".to_owned()))
}

/// Two people of one world on both sides.
struct Met {
    sides: [World; 2],
    viewer: Viewer,
    /// What readings have, by name.
    values: BTreeMap<String, String>,
    lists: [bool; 2],
}

impl Met {
    fn new(sides: [&World; 2], side: usize, model: &Model, facts: &Facts) -> Option<Met> {
        let (of, viewer) = people(sides[side], model, facts, 1)?;
        let shared = sides[side].policies.len();
        let other = with_people(sides[1 - side], &of, shared);
        let mut values = BTreeMap::new();
        let mut lists = [false; 2];
        for (variable, code) in facts {
            match variable {
                Variable::Reading(reading) => {
                    let value = model.value_name(&model.kind_of(reading.what), *code);
                    values.insert(model.reading_name(*reading), value);
                }
                Variable::Listed(Subject::Viewer, delegate) => lists[usize::from(*delegate)] = *code == Code::TRUE,
                _ => {}
            }
        }
        values.insert("viewer.network".to_owned(), format!("{:?}", network(&of, &viewer)).to_lowercase());
        let sides = if side == 0 { [of, other] } else { [other, of] };
        Some(Met { sides, viewer, values, lists })
    }

    /// Whether it is in a region; None if that depends on something that only diagrams know.
    fn is_in(&self, region: &Region, field: &str) -> Option<bool> {
        let mut is_in = true;
        for term in region {
            let side = |side: &Option<Side>| side.map_or(0, Side::index);
            let value = match &term.aspect {
                Aspect::Mode(of) => {
                    let mode = manifest(&self.sides[side(of)], OWNER).map(|it| it.name.clone());
                    mode.unwrap_or_else(|| "none".to_owned())
                }
                Aspect::Answering(of) => {
                    let world = &self.sides[side(of)];
                    if !world.categories[0].fields.iter().any(|it| it.name == field) {
                        return None;
                    }
                    seen(world, &self.viewer, field).1
                }
                Aspect::List => match self.lists {
                    [_, true] => "delegate".to_owned(),
                    [true, _] => "contact".to_owned(),
                    _ => "neither contact nor delegate".to_owned(),
                },
                Aspect::Reading(name) => match self.values.get(name) {
                    Some(value) => value.replace('_', ""),
                    // The other side alone reads it.
                    None => return None,
                },
                Aspect::Fact => return None,
            };
            is_in &= term.values.iter().any(|it| *it == value || it.replace('_', "") == value);
        }
        Some(is_in)
    }
}

fn changes(everywhere: &Everywhere) -> BTreeSet<Change> {
    everywhere.rows.iter().flat_map(|row| row.changes.iter().cloned()).collect()
}

fn law([one, other, random]: [&[u8]; 3], found: &mut u32) -> Result<(), TestCaseError> {
    let (base, other) = (set(&mut Tape::new(one)), set(&mut Tape::new(other)));
    let mut tape = Tape::new(random);
    let other = World { by_suffix: base.by_suffix, ..other };
    let head = renamed(mixed(&base, &other, &mut tape), &mut tape);
    let projects = [&base, &head].map(|it| project(it, Layout::default()));
    prop_assume!(projects.iter().all(|it| !it.has_errors()));
    let sets = projects.each_ref().map(Project::set);
    let policies = [&base, &head].map(|it| sources(it, Layout::default()).policies[0].1.clone());
    let told = compare(sets, NODES).unwrap().map_err(|it| TestCaseError::fail(format!("{it:?}\n{policies:?}")))?;
    prop_assert!(told.undecided.is_empty() && told.uncompared.is_empty(), "{:?}\n{:?}", told.uncompared, policies);

    // The other way round, gains are losses.
    let back = compare([sets[1], sets[0]], NODES).unwrap().unwrap();
    let swapped = |it: Change| Change { before: it.after, after: it.before, ..it };
    prop_assert_eq!(changes(&told), changes(&back).into_iter().map(swapped).collect::<BTreeSet<Change>>());
    // Nothing differs from itself, in whatever order it is written.
    let shuffled = project(&head, Layout { files: 2, seed: 7 });
    let again = compare([sets[1], shuffled.set()], NODES).unwrap().unwrap();
    prop_assert!(again.is_empty(), "{again:#?}\n{}", policies[1]);

    let names: BTreeSet<String> =
        [&base, &head].iter().flat_map(|it| it.categories[0].fields.iter().map(|field| field.name.clone())).collect();
    for row in &told.rows {
        let located = row.located.as_ref().unwrap();
        prop_assert_eq!(located.world.verified, Verified::Yes, "{:#?}\n{:#?}", row, policies);
        prop_assert_eq!(row.shape, Shape::Viewer);
        prop_assert!(row.changes.iter().all(|it| it.direction() == row.direction));
    }
    for side in [0, 1] {
        let (set, mut tape) = (sets[side], Tape::new(random));
        let (model, graph) = (&*set.model, set.graph.as_deref().unwrap());
        let question =
            Question { graph, shape: Shape::Viewer, organisation: Organisation::Directory, settings: Settings::Any };
        let fields: Vec<FieldId> = model.fields.ids().collect();
        let asked = Asked { fields, conditions: Vec::new(), level: true };
        let space = Space::for_question(question, &asked, NODES).unwrap();
        // Longer chains than one domain are asked of the diagrams of `prove`.
        for (facts, departures) in chosen(&space, &mut tape) {
            let Some(met) = Met::new([&base, &head], side, model, &facts) else { continue };
            for field in &names {
                let [(before, _), (after, _)] = [0, 1].map(|side: usize| seen(&met.sides[side], &met.viewer, field));
                let category = base.categories[0].name.clone();
                let decided = Decided::Sees { category, field: field.clone() };
                let change =
                    Change { decided: decided.clone(), before: State::Seen(before), after: State::Seen(after) };
                let differs = change.before != change.after;
                *found += u32::from(differs);
                let rows = told.rows.iter().filter(|row| row.changes.contains(&change));
                let mut is_somewhere = false;
                for row in rows {
                    let located = row.located.as_ref().unwrap();
                    let least = located.world.facts.len();
                    prop_assert!(least <= departures, "{least} > {departures}: {facts:?} {policies:?}");
                    let is_in = |region: &Region| met.is_in(region, field).unwrap_or(true);
                    is_somewhere |= located.rest == Rest::More || located.regions.iter().any(is_in);
                }
                prop_assert!(!differs || is_somewhere, "{change:?} in {facts:?}\n{policies:#?}\n{told:#?}");
                // A region of another change of it does not have this world.
                for row in &told.rows {
                    let others = row.changes.iter().filter(|it| it.decided == decided && **it != change);
                    for other in others {
                        let regions = &row.located.as_ref().unwrap().regions;
                        let is_in = regions.iter().any(|region| met.is_in(region, field) == Some(true));
                        prop_assert!(!is_in, "{other:?}, not {change:?}, in {facts:?}\n{policies:#?}\n{told:#?}");
                    }
                }
            }
        }
    }
    Ok(())
}

#[test]
fn what_differs_in_every_world_is_what_an_evaluator_of_its_own_finds() {
    let mut found = 0;
    let tape = || prop::collection::vec(any::<u8>(), 100..=300);
    let inputs = (tape(), tape(), prop::collection::vec(any::<u8>(), 4_000));
    // Tapes are long, and shrinking one takes many comparisons.
    let config = ProptestConfig { max_shrink_iters: 60, ..slow_config(192) };
    let mut runner = TestRunner::new(config);
    let found_of = std::cell::RefCell::new(&mut found);
    let result = runner.run(&inputs, |(one, other, random)| law([&one, &other, &random], &mut found_of.borrow_mut()));
    if let Err(TestError::Fail(why, _)) = result {
        panic!("{why}");
    }
    assert!(found >= at_least(2_000), "{found} differences are too few to mean anything");
}

/// The direction of a change is that of its outcomes.
#[test]
fn more_is_a_gain() {
    let change = |before, after| Change {
        decided: Decided::Uses("chat".to_owned()),
        before: State::Seen(before),
        after: State::Seen(after),
    };
    let altered = |word: &str| Seen::Altered(word.to_owned());
    assert_eq!(change(Seen::Hidden, altered("busy")).direction(), Direction::Gains);
    assert_eq!(change(Seen::Visible, altered("busy")).direction(), Direction::Loses);
    assert_eq!(change(altered("free"), altered("busy")).direction(), Direction::Differs);
}
