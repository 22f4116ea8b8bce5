//! "As if": what holds under an assumption is what holds in the world where it is so.

use proptest::prelude::*;

use super::condition::setting;
use super::generate::{value, worlds};
use super::subject::{MODES, Question, Subject, answers};
use super::tape::Tape;
use super::world::*;
use super::write_condition::bare;
use crate::tries::config;
use prescope::resolve::Assumption;

/// Something that can be assumed of a person.
#[derive(Clone, Debug)]
enum What {
    Attribute(Name, Value),
    Setting {
        class: Name,
        parameter: Name,
        value: Value,
    },
    Presence(Name, Name, Value),
    /// Of owners only.
    Mode(Name),
}

impl What {
    fn any(world: &World, tape: &mut Tape<'_>) -> What {
        match tape.below(7) {
            0 | 1 => {
                let attribute = tape.pick(&world.attributes);
                // A text may be one that the set says nowhere else.
                let new = attribute.kind == ValueType::Text && tape.chance(40);
                let value = if new { Value::Text("new".to_owned()) } else { value(tape, &attribute.kind) };
                What::Attribute(attribute.name, value)
            }
            2..=4 => {
                let class = tape.pick(&world.settings);
                let parameter = tape.pick(&class.parameters);
                What::Setting { class: class.name, parameter: parameter.name, value: value(tape, &parameter.kind) }
            }
            5 => {
                let state = &world.categories[0];
                let field = &state.fields[0];
                What::Presence(state.name.clone(), field.name.clone(), Value::Word(tape.pick(&field.values)))
            }
            _ => What::Mode(tape.pick(&world.manifests).name),
        }
    }

    /// `of.WHAT=value`, as people type it.
    fn text(&self, of: &str, by_class: bool) -> String {
        match self {
            What::Attribute(name, value) => format!("{of}.{name}={}", bare(value)),
            What::Setting { class, parameter, value } if by_class => {
                format!("{of}.{class}.{parameter}={}", bare(value))
            }
            What::Setting { parameter, value, .. } => format!("{of}.{parameter}={}", bare(value)),
            What::Presence(category, field, value) => format!("{of}.{category}.{field}={}", bare(value)),
            What::Mode(manifest) => format!("{of}.mode={manifest}"),
        }
    }

    /// The world in which it is so of the user.
    fn come_true(&self, world: &World, address: &str) -> World {
        let mut world = world.clone();
        match self {
            What::Attribute(name, value) => {
                let user = user(&mut world, address);
                user.attributes.retain(|(set, _)| set != name);
                user.attributes.push((name.clone(), value.clone()));
            }
            What::Presence(category, field, value) => {
                let user = user(&mut world, address);
                user.presence.retain(|(c, f, _)| c != category || f != field);
                user.presence.push((category.clone(), field.clone(), value.clone()));
            }
            What::Setting { class, parameter, value } => set(&mut world, address, class, parameter, value),
            What::Mode(name) => {
                // The others apply to nobody; the last one has no condition anyway.
                let (_, conditional) = world.manifests.split_last_mut().expect("a manifest");
                for manifest in conditional {
                    manifest.when = Some(Condition::Constant(manifest.name == *name));
                }
            }
        }
        world
    }
}

fn user<'a>(world: &'a mut World, address: &str) -> &'a mut User {
    world.users.iter_mut().find(|user| user.address == address).expect("a user")
}

/// Gives the user alone this value, by a policy object granted to nobody else: at `tag` where it is the most specific
/// scope of the class, else at `network_site`, where the user then is by himself.
fn set(world: &mut World, address: &str, class: &str, parameter: &str, value: &Value) {
    let declared = world.settings.iter_mut().find(|declared| declared.name == class).expect("a class");
    if !declared.scopes.contains(&ScopeKind::Tag) {
        declared.scopes.push(ScopeKind::Tag);
    }
    let declared = declared.clone();
    let effective = |p: &Parameter| setting(world, address, class, &p.name).expect("known of users");
    let values = declared.parameters.iter().map(|p| {
        let value = if p.name == parameter { value.clone() } else { effective(p) };
        (p.name.clone(), value)
    });
    let values = values.collect();
    let kind = *declared.scopes.last().expect("a scope");
    let alone = "Alone".to_owned();
    if kind == ScopeKind::Tag {
        let granted = &mut user(world, address).granted;
        granted.retain(|(granted, _)| granted != class);
        granted.push((class.to_owned(), alone.clone()));
    } else if let Some(before) = user(world, address).network_site.replace(alone.clone()) {
        // What applied to the user at the network site of before goes on to apply.
        let of_others = |policy: &&Policy| {
            policy.class != class && policy.scope.kind == ScopeKind::NetworkSite && policy.scope.name == before
        };
        let kept: Vec<Policy> = world.policies.iter().filter(of_others).cloned().collect();
        world.policies.extend(
            kept.into_iter()
                .map(|policy| Policy { scope: Scope { kind: ScopeKind::NetworkSite, name: alone.clone() }, ..policy }),
        );
    }
    world.policies.push(Policy { class: class.to_owned(), scope: Scope { kind, name: alone }, like: None, values });
}

/// Some assumption about a role or a user.
pub fn any_assumption(world: &World, choices: &[u8]) -> String {
    let tape = &mut Tape::new(choices);
    let of = match tape.below(4) {
        0 | 1 => tape.pick(&world.users).address,
        2 => "owner".to_owned(),
        _ => "viewer".to_owned(),
    };
    match What::any(world, tape) {
        // Modes and presence are those of owners.
        what @ (What::Mode(_) | What::Presence(..)) if of == "viewer" => what.text("owner", false),
        what => what.text(&of, tape.chance(50)),
    }
}

/// The answers under an assumption beside those of the world in which it is so.
fn compare(
    world: &World,
    assumption: &str,
    so: &World,
    among: impl Fn(&Question) -> bool,
) -> Result<(), TestCaseError> {
    let (subject, so) = (Subject::of(world), Subject::of(so));
    for mode in MODES {
        let rules = subject.rules(mode);
        let assumed = Assumption::typed(rules.model(), assumption).expect("names known");
        let mut assuming = answers(&rules.assuming(&[assumed]), world, mode);
        let mut being_so = answers(so.rules(mode), world, mode);
        assuming.retain(|question, _| among(question));
        being_so.retain(|question, _| among(question));
        prop_assert_eq!(assuming, being_so, "{:?} {}", mode, assumption);
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn what_is_assumed_of_the_owner_answers_as_if_it_were_so(
        world in worlds(), choices in proptest::collection::vec(any::<u8>(), 8)
    ) {
        let tape = &mut Tape::new(&choices);
        let owner = tape.pick(&world.users).address;
        let what = What::any(&world, tape);
        let so = what.come_true(&world, &owner);
        compare(&world, &what.text("owner", tape.chance(50)), &so, |(_, _, asked, ..)| *asked == owner)?;
    }

    #[test]
    fn what_is_assumed_of_the_viewer_answers_as_if_it_were_so(
        world in worlds(), choices in proptest::collection::vec(any::<u8>(), 8)
    ) {
        let tape = &mut Tape::new(&choices);
        let viewer = tape.pick(&world.users).address;
        let what = What::any(&world, tape);
        // Rules read attributes and settings of viewers, and no more.
        prop_assume!(matches!(what, What::Attribute(..) | What::Setting { .. }));
        let so = what.come_true(&world, &viewer);
        compare(&world, &what.text("viewer", tape.chance(50)), &so, |(_, asking, asked, ..)| {
            *asking == Viewer::Person(viewer.clone()) && *asked != viewer
        })?;
    }

    #[test]
    fn what_is_assumed_of_a_person_answers_as_if_it_were_so_whoever_asks(
        world in worlds(), choices in proptest::collection::vec(any::<u8>(), 8)
    ) {
        let tape = &mut Tape::new(&choices);
        let person = tape.pick(&world.users).address;
        let what = What::any(&world, tape);
        let so = what.come_true(&world, &person);
        // A manifest comes true for all owners at once.
        let of_all = matches!(what, What::Mode(_));
        compare(&world, &what.text(&person, tape.chance(50)), &so, |(_, _, asked, ..)| !of_all || *asked == person)?;
    }
}
