//! `who`, the classes of viewers and the matrices: complete, counted, and the same as asking one by one.

use std::collections::{BTreeMap, BTreeSet};

use prescope::model::UserId;
use prescope::resolve::{
    self, Assumption, ClassOf, Gets, Known, Open, RuleSet, Somebody, decide_field, level_of, matrix_of_owner,
    matrix_of_viewer, people, who,
};
use proptest::prelude::*;

use super::condition::network_name;
use super::evaluate::{Class, known_people, network, representatives};
use super::generate::worlds;
use super::laws_assume::any_assumption;
use super::settling::viewers;
use super::subject::{MODES, Subject, address, addresses, somebody, stranger};
use super::world::*;
use crate::tries::config;

/// Known people who are asked about: all but the owner.
fn others(world: &World, owner: &str) -> BTreeSet<Name> {
    known_people(world).into_iter().filter(|person| person != owner).collect()
}

/// What an answer says somebody gets is what they get when asked by themselves.
fn gets_what_is_decided(rules: &RuleSet, owner: UserId, viewer: Somebody, gets: &Gets) -> Result<(), TestCaseError> {
    for (field, answer) in &gets.fields {
        let decided = decide_field(rules, viewer, owner, *field);
        prop_assert_eq!(*answer, decided.answer);
        prop_assert_eq!(gets.container, decided.container);
        prop_assert_eq!(gets.matched, decided.matched);
    }
    Ok(())
}

fn sorted(rules: &RuleSet, known: &[Known]) -> bool {
    let key = |known: &Known| (std::cmp::Reverse(known.gets.container), address(rules, known.person));
    known.is_sorted_by_key(key)
}

/// The open class that somebody unknown falls into: with domains matched exactly, whoever is below a named domain is
/// from elsewhere.
fn class_of<'a>(classes: &'a BTreeMap<Class, &Open>, class: &Class) -> &'a Open {
    match (classes.get(class), class) {
        (Some(open), _) => open,
        (None, Class::Below(_)) => classes[&Class::Elsewhere],
        (None, class) => panic!("{class:?} is not told"),
    }
}

fn who_agrees(world: &World, rules: &RuleSet) -> Result<(), TestCaseError> {
    for user in &world.users {
        let owner = people::owner(rules, &user.address).expect("a user");
        for category in &world.categories {
            let fields = category.fields.iter().map(|field| Some(field.name.as_str()));
            for field in fields.chain([None]) {
                let question = rules.see("anonymous", &user.address, &category.name, field).expect("names known");
                let told = who(rules, &question);
                // Everybody once.
                let mut people: Vec<Name> = told.unseeing.iter().map(|person| address(rules, *person)).collect();
                prop_assert!(people.is_sorted());
                people.extend(told.known.iter().chain(&told.altered).map(|known| address(rules, known.person)));
                prop_assert_eq!(people.len(), others(world, &user.address).len());
                prop_assert_eq!(people.into_iter().collect::<BTreeSet<_>>(), others(world, &user.address));
                prop_assert!(sorted(rules, &told.known) && sorted(rules, &told.altered));
                // With what they get.
                for known in told.known.iter().chain(&told.altered) {
                    let viewer = Somebody::known(rules.model(), known.person);
                    gets_what_is_decided(rules, owner, viewer, &known.gets)?;
                }
                prop_assert!(told.known.iter().all(|known| known.gets.sees()));
                prop_assert!(told.altered.iter().all(|known| !known.gets.sees() && known.gets.gets_anything()));
                for person in &told.unseeing {
                    let viewer = Somebody::known(rules.model(), *person);
                    for field in question.fields(rules.model()) {
                        let decided = decide_field(rules, viewer, owner, field);
                        prop_assert_eq!(decided.answer, resolve::Answer::Hidden);
                    }
                }
                open_agrees(world, rules, owner, &told.open)?;
            }
        }
    }
    Ok(())
}

/// Every open class answers as a fresh address of it does, and every fresh address has a class.
fn open_agrees(world: &World, rules: &RuleSet, owner: UserId, open: &[Open]) -> Result<(), TestCaseError> {
    let classes: BTreeMap<Class, &Open> = open.iter().map(|open| (stranger(rules, open.class).0, open)).collect();
    prop_assert_eq!(classes.len(), open.len());
    for (class, viewer) in representatives(world) {
        let told = class_of(&classes, &class);
        prop_assert_eq!(told.network.name(), network_name(network(world, &viewer)), "{:?}", class);
        gets_what_is_decided(rules, owner, somebody(rules, &viewer), &told.gets)?;
    }
    for open in open {
        let ClassOf::Domain(domain) = open.class else { continue };
        // Everybody at the domain whom the set knows is answered by name.
        let at = format!("@{}", rules.model().domains[domain].name);
        let known = known_people(world).into_iter().filter(|person| person.ends_with(&at)).collect();
        prop_assert_eq!(addresses(rules, &open.except_people), known);
    }
    Ok(())
}

fn matrix_agrees(world: &World, rules: &RuleSet) -> Result<(), TestCaseError> {
    let model = rules.model();
    for user in &world.users {
        let owner = people::owner(rules, &user.address).expect("a user");
        let matrix = matrix_of_owner(rules, owner);
        prop_assert_eq!(matrix.fields.len(), model.fields.len());
        let (mut people, mut classes) = (Vec::new(), Vec::<ClassOf>::new());
        for (level, cells) in &matrix.rows {
            let known = level.people.iter().map(|person| Somebody::known(model, *person));
            let fresh = level.classes.iter().map(|class| somebody(rules, &stranger(rules, *class).1));
            for viewer in known.chain(fresh) {
                prop_assert_eq!(level.container, level_of(rules, viewer, owner));
                prop_assert_eq!(cells.len(), matrix.fields.len());
                for (cell, field) in cells.iter().zip(&matrix.fields) {
                    let decided = decide_field(rules, viewer, owner, *field);
                    prop_assert_eq!(cell.field, *field);
                    prop_assert_eq!(cell.decision.answer, decided.answer);
                    prop_assert_eq!(cell.decision.container, decided.container, "{}", model.field_name(*field));
                }
            }
            people.extend(level.people.iter().map(|person| address(rules, *person)));
            classes.extend(&level.classes);
        }
        // Everybody and every class once.
        prop_assert_eq!(people.len(), others(world, &user.address).len());
        prop_assert_eq!(people.into_iter().collect::<BTreeSet<_>>(), others(world, &user.address));
        let all: Vec<ClassOf> = people::classes(rules, owner).into_iter().map(|class| class.who).collect();
        let mut open: Vec<ClassOf> = all.into_iter().filter(|class| !matches!(class, ClassOf::Person(_))).collect();
        open.sort_unstable();
        classes.sort_unstable();
        prop_assert_eq!(classes, open);
    }
    for viewer in viewers(world) {
        let viewer = somebody(rules, &viewer);
        let owners: Vec<UserId> = model.users.ids().collect();
        let matrix = matrix_of_viewer(rules, viewer, &owners);
        prop_assert_eq!(matrix.rows.iter().map(|(owner, _)| *owner).collect::<Vec<_>>(), owners);
        for (owner, cells) in &matrix.rows {
            for cell in cells {
                prop_assert_eq!(cell.decision, decide_field(rules, viewer, *owner, cell.field));
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn who_sees_is_whoever_is_told_so_one_by_one(world in worlds()) {
        let subject = Subject::of(&world);
        for mode in MODES {
            who_agrees(&world, subject.rules(mode))?;
        }
    }

    #[test]
    fn who_sees_agrees_under_an_assumption_too(world in worlds(), choices in proptest::collection::vec(any::<u8>(), 8)) {
        let subject = Subject::of(&world);
        let rules = subject.rules(MODES[0]);
        let assumption = Assumption::typed(rules.model(), &any_assumption(&world, &choices)).expect("names known");
        let assuming = rules.assuming(&[assumption]);
        who_agrees(&world, &assuming)?;
        matrix_agrees(&world, &assuming)?;
    }

    #[test]
    fn the_matrix_has_everybody_once_with_what_they_get(world in worlds()) {
        let subject = Subject::of(&world);
        for mode in MODES {
            matrix_agrees(&world, subject.rules(mode))?;
        }
    }
}
