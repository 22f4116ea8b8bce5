//! Sets so small that every world of theirs can be asked: one category, one or two containers with entries, and what a
//! generator makes of conditions, manifests and memberships. And a world as such a set with two people.

use std::collections::BTreeMap;

use prescope::language::ast::DomainMatch;
use prescope::model::{DomainId, Id, Model, Network as From, ParameterOf, Reading, Subject, Value as Code, What};
use prescope::symbolic::{EntryType, Variable, Whereabouts};

use crate::oracle::evaluate::network;
use crate::oracle::generate_policy::{
    Asking, condition, containers, domains_by_network, guards, manifests, memberships,
};
use crate::oracle::tape::Tape;
use crate::oracle::world::*;
use crate::oracle::write::{Layout, sources};
use crate::oracle::write_condition::{literal, text};

/// A clause in the words of the oracle.
pub(crate) struct Clause {
    pub(crate) always: bool,
    pub(crate) claim: Claim,
    /// What is seen; None is the whole category.
    pub(crate) field: Option<Name>,
    pub(crate) when: Option<Condition>,
    pub(crate) unless: Option<Condition>,
}

/// How much a clause says that the viewer sees, or in which container it says they are.
pub(crate) enum Claim {
    All,
    Some,
    Nothing,
    As(Value),
    In(Condition),
}

/// What each thing is in a world.
pub(crate) type Facts = BTreeMap<Variable, Code>;

pub(crate) const OWNER: &str = "owner@contoso.com";

fn name(text: &str) -> Name {
    text.to_owned()
}

/// A set without people.
pub(crate) fn set(tape: &mut Tape<'_>) -> World {
    let mut world = World {
        per_viewer: tape.chance(35),
        domains: ["contoso.com", "emea.contoso.com", "plain.example"].map(name).into(),
        partners: ["fabrikam.com", "west.fabrikam.com", "partner.example"].map(name).into(),
        public_cloud: ["live.com", "cloud.example"].map(name).into(),
        sites: vec![Site { name: name("Oslo"), pools: Vec::new() }],
        groups: vec![Group { name: name("staff"), ..Group::default() }],
        ..World::default()
    };
    let values = ["available", "busy"].map(name);
    let typed = Field { name: name("availability"), values: values.into(), added: false };
    let free = Field { name: name("device"), values: Vec::new(), added: tape.chance(30) };
    let fields = if tape.chance(60) { vec![typed, free] } else { vec![typed] };
    world.categories = vec![Category { name: name("state"), fields }];
    let parameter =
        |name: &str| Parameter { name: name.to_owned(), kind: ValueType::Bool, default: Value::Bool(false) };
    world.attributes = vec![parameter("shares")];
    let scopes = vec![ScopeKind::Global, ScopeKind::Tag];
    world.settings = vec![Class { name: name("Privacy"), scopes, parameters: vec![parameter("Enable")] }];
    containers(&mut world, tape);
    world.containers.truncate(if tape.chance(50) { 3 } else { 2 });
    if let Some(last) = world.containers.last_mut() {
        last.blocking = true;
    }
    if tape.chance(20) {
        // No container answers when no entry matches.
        world.containers.iter_mut().for_each(|container| container.id += 1);
    }
    manifests(&mut world, tape);
    memberships(&mut world, tape);
    world.memberships.truncate(1);
    guards(&mut world, tape);
    world.guards.truncate(1);
    world.by_suffix = tape.chance(50);
    domains_by_network(&mut world, tape);
    world
}

/// A clause about the set.
pub(crate) fn clause(world: &World, tape: &mut Tape<'_>) -> Clause {
    let category = &world.categories[0];
    let (claim, field) = match tape.below(7) {
        0 | 1 => (Claim::All, Some(tape.pick(&category.fields).name)),
        2 => (Claim::All, None),
        3 => (Claim::Some, None),
        4 => (Claim::Nothing, tape.maybe(50, |tape| tape.pick(&category.fields).name)),
        5 => (Claim::In(in_container(world, tape)), None),
        _ => (Claim::As(Value::Word(tape.pick(&category.fields[0].values))), Some(category.fields[0].name.clone())),
    };
    let mut asked = |percent| tape.maybe(percent, |tape| condition(world, tape, Asking::Both, 1));
    let (when, unless) = (asked(70), asked(30));
    Clause { always: tape.chance(40), claim, field, when, unless }
}

fn in_container(world: &World, tape: &mut Tape<'_>) -> Condition {
    let container = Place::Container(tape.pick(&world.containers).name);
    Condition::InContainer { negated: tape.chance(30), place: tape.pick(&[container, Place::Blocking, Place::Visible]) }
}

/// The clause as an invariant writes it.
pub(crate) fn written(world: &World, clause: &Clause) -> String {
    let field = clause.field.as_ref().map(|field| format!(".{field}")).unwrap_or_default();
    let target = format!("{}{field}", world.categories[0].name);
    let claim = match &clause.claim {
        Claim::All => format!("viewer sees {target}"),
        Claim::Some => format!("viewer sees some of {target}"),
        Claim::Nothing => format!("viewer does not see {target}"),
        Claim::As(value) => format!("viewer sees {target} as {}", literal(value)),
        Claim::In(condition) => text(condition),
    };
    let part = |word: &str, condition: &Option<Condition>| {
        condition.as_ref().map(|condition| format!(" {word} {}", text(condition))).unwrap_or_default()
    };
    let quantifier = if clause.always { "always" } else { "never" };
    format!("    {quantifier} {claim}{}{}\n", part("when", &clause.when), part("unless", &clause.unless))
}

/// The files of a set, with an invariant of these clauses.
pub(crate) fn files(world: &World, clauses: &[Clause]) -> (String, String) {
    let files = sources(world, Layout::default());
    let written: String = clauses.iter().map(|clause| written(world, clause)).collect();
    let policy = format!("{}\ninvariant \"claimed\" {{\n{written}}}\n", files.policies[0].1);
    (policy, files.directories[0].1.clone())
}

/// The domains that match a viewer, the longest name first, and from which on policies give them names.
struct Chain {
    names: Vec<Name>,
    named_from: usize,
}

/// The domains of a viewer who may have so many that no policy names, one after the other; none if what is said of the
/// person and of their domain does not go together.
fn chain(model: &Model, facts: &Facts, unnamed: usize) -> Option<Chain> {
    let whereabouts = facts.get(&Variable::Domain).map_or(Whereabouts::Elsewhere, |code| Whereabouts::of_value(*code));
    let person = facts.get(&Variable::Named).and_then(|code| usize::try_from(code.0).ok());
    let by_suffix = model.matching == DomainMatch::BySuffix;
    let upward = |of: &str| -> Vec<Name> {
        let up = of.match_indices('.').map(|(at, _)| of[at + 1..].to_owned());
        std::iter::once(name(of)).chain(up.filter(|_| by_suffix)).collect()
    };
    let own = |id: DomainId| model.domains[id].name.to_string();
    if let Some(person) = person {
        let address = model.people[Id::from_index(person)].address.to_string();
        let names = upward(address.rsplit_once('@')?.1);
        let is_named = |name: &Name| granted(model).map(own).any(|granted| granted == *name);
        let there = match names.iter().position(is_named) {
            Some(0) => matches!(whereabouts, Whereabouts::At(domain) if own(domain) == names[0]),
            Some(at) => matches!(whereabouts, Whereabouts::Below(domain) if own(domain) == names[at]),
            None => whereabouts == Whereabouts::Elsewhere,
        };
        return there.then_some(Chain { names, named_from: 0 });
    }
    let (named_from, named) = match whereabouts {
        Whereabouts::At(domain) => (0, upward(&own(domain))),
        Whereabouts::Below(domain) => (unnamed, upward(&own(domain))),
        Whereabouts::Elsewhere => (unnamed, Vec::new()),
    };
    let end: Vec<Name> = named.first().cloned().into_iter().collect();
    let invented = |first: usize| {
        let labels = (first..named_from).map(|number| format!("label{number}")).chain(end.clone());
        labels.collect::<Vec<_>>().join(".")
    };
    Some(Chain { names: (0..named_from).map(invented).chain(named.clone()).collect(), named_from })
}

/// The set with an owner and a viewer of whom these facts are so, with so many domains that no policy names; none if
/// there can be no such people.
pub(crate) fn people(base: &World, model: &Model, facts: &Facts, unnamed: usize) -> Option<(World, Viewer)> {
    let chain = chain(model, facts, unnamed)?;
    let network = facts[&Variable::Reading(Reading { whose: Subject::Viewer, what: What::Network })];
    let from = |code: Code| From::ALL.into_iter().find(|from| from.value() == code);
    let viewers_network = from(network)?;
    let inside = viewers_network == From::SameEnterprise;
    let anonymous = facts[&Variable::Anonymous] == Code::TRUE;
    let narrow = |variable: &Variable| match variable {
        Variable::Listed(..) => true,
        Variable::Group(whose, _) => *whose == Subject::Viewer,
        Variable::Entry(of, _) => !matches!(of, EntryType::Everyone | EntryType::Network | EntryType::OtherNetwork(_)),
        _ => false,
    };
    let has_domain = facts.iter().any(|(variable, code)| match variable {
        Variable::Named | Variable::Domain | Variable::NetworkAbove(_) => code.0 != -1,
        _ => false,
    });
    let is_matched = facts.iter().any(|(variable, code)| *code == Code::TRUE && narrow(variable));
    if anonymous && (viewers_network != From::Other || has_domain || is_matched) {
        return None;
    }
    let mut world = base.clone();
    for (number, domain) in chain.names.iter().enumerate() {
        let own = facts.get(&Variable::NetworkAbove(number)).and_then(|code| from(*code));
        if number < chain.named_from {
            list(&mut world, domain, own.unwrap_or(viewers_network));
        } else if own.is_some() {
            return None; // the directory says what it is
        }
    }
    let person = facts.get(&Variable::Named).and_then(|code| usize::try_from(code.0).ok());
    let address = match person {
        Some(person) => model.people[Id::from_index(person)].address.to_string(),
        None => format!("viewer@{}", chain.names[0]),
    };
    if !anonymous && own_network(network) != listed_network(&world, &address) {
        return None;
    }
    let mut owner = User { address: name(OWNER), ..User::default() };
    let mut viewer = User { address: address.clone(), ..User::default() };
    for (variable, code) in facts {
        let holds = *code == Code::TRUE;
        match variable {
            Variable::Reading(reading) => {
                let of = if reading.whose == Subject::Owner { &mut owner } else { &mut viewer };
                let inside = inside || reading.whose == Subject::Owner;
                let possible = match reading.what {
                    What::Network => reading.whose == Subject::Viewer || *code == From::SameEnterprise.value(),
                    What::Site => inside || *code == Code::NOWHERE,
                    _ => true,
                };
                if !possible {
                    return None;
                }
                read(&mut world, model, of, *reading, *code);
            }
            Variable::Group(whose, group) if holds => {
                let person = if *whose == Subject::Owner { name(OWNER) } else { address.clone() };
                let group = &model.groups[*group].name;
                world.groups.iter_mut().find(|it| it.name == *group)?.people.push(person);
            }
            Variable::Listed(_, delegate) if holds => {
                let list = if *delegate { &mut owner.delegates } else { &mut owner.contacts };
                list.get_or_insert_default().push(address.clone());
            }
            Variable::Entry(of, container) if holds => {
                let entry = match of {
                    EntryType::Everyone => Entry::Everyone,
                    EntryType::Authenticated => Entry::Authenticated,
                    EntryType::Network => Entry::Network(own_network(network)?),
                    EntryType::OtherNetwork(other) if *other == viewers_network => return None,
                    EntryType::OtherNetwork(other) => Entry::Network(own_network(other.value())?),
                    EntryType::Domain(number) => Entry::Domain(chain.names.get(*number)?.clone()),
                    EntryType::Person => Entry::User(address.clone()),
                };
                let container = model.containers[*container].declared.name.clone();
                owner.memberships.get_or_insert_default().push((container, vec![entry]));
            }
            // What the network of a domain is said to be twice is said once.
            Variable::NetworkAbove(number)
                if from(*code).is_some() && (*code == network || *number >= chain.names.len()) =>
            {
                return None;
            }
            _ => {}
        }
    }
    world.users = vec![owner];
    world.users.extend((inside && !anonymous).then_some(viewer));
    Some((world, if anonymous { Viewer::Anonymous } else { Viewer::Person(address) }))
}

/// Puts a domain where it is of a network.
fn list(world: &mut World, domain: &Name, network: From) {
    let list = match network {
        From::SameEnterprise => &mut world.domains,
        From::PublicCloud => &mut world.public_cloud,
        From::Federated => &mut world.partners,
        From::Other => return,
    };
    list.push(domain.clone());
}

/// The network that entries can be for of somebody; none is for `other`.
fn listed_network(world: &World, address: &Name) -> Option<Network> {
    Some(network(world, &Viewer::Person(address.clone()))).filter(|network| *network != Network::Other)
}

/// No entry is for the network `other`.
fn own_network(network: Code) -> Option<Network> {
    match network.0 {
        0 => Some(Network::SameEnterprise),
        1 => Some(Network::PublicCloud),
        2 => Some(Network::Federated),
        _ => None,
    }
}

/// The domains that memberships name.
fn granted(model: &Model) -> impl Iterator<Item = DomainId> {
    let grants = model.memberships.values().flat_map(|membership| &membership.grants);
    grants.filter_map(|(_, entry, _)| match entry {
        prescope::model::Entry::Domain(domain) => Some(*domain),
        _ => None,
    })
}

/// Gives somebody the value that a code stands for.
fn read(world: &mut World, model: &Model, of: &mut User, reading: Reading, code: Code) {
    match reading.what {
        What::Parameter(id) => {
            let parameter = &model.parameters[id];
            let (name, value) = (parameter.declared.name.clone(), Value::Bool(code == Code::TRUE));
            match parameter.belongs_to {
                ParameterOf::Attribute(_) => of.attributes.push((name, value)),
                ParameterOf::Setting(_) => {
                    // Each has an object of their own.
                    let tag = if of.address == OWNER { "One" } else { "Other" };
                    let scope = Scope { kind: ScopeKind::Tag, name: tag.to_owned() };
                    let class = world.settings[0].name.clone();
                    of.granted.push((class.clone(), tag.to_owned()));
                    world.policies.push(Policy { class, scope, like: None, values: vec![(name, value)] });
                }
            }
        }
        What::Presence(field) => {
            let field = &model.fields[field].declared.name;
            let category = &world.categories[0];
            let values = &category.fields[0].values;
            of.presence.push((category.name.clone(), field.clone(), Value::Word(values[code.0 as usize].clone())));
        }
        What::Site => of.site = usize::try_from(code.0).ok().map(|site| world.sites[site].name.clone()),
        What::Network | What::Mode => {}
    }
}
