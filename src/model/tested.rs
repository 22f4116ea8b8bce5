//! Whether a test is about somebody: an address of the organisation that nobody has, a group that is nobody's, a site
//! that is nearly a known one, or a fact that another one undoes makes it prove nothing.

mod facts;
mod mentions;

use indexmap::IndexMap;

use super::{Alike, Doubt, DoubtKind, Model};
use crate::diagnostic::code;
use crate::directory::{Address, Domain};
use crate::language::ast::{Name, Test};
use crate::language::{Diagnostic, Span};
use crate::model::alike::{Guests, did_you_mean};
use crate::text::written::is_plain_address;

pub(super) use facts::repeated;
use mentions::Mentions;

/// How many places of one address are shown.
const SHOWN: usize = 3;

/// Where the organisation of a test comes from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Organisation {
    /// From the directory of the model: somebody new is brought by `given person`.
    Directory,
    /// There is no directory: the people are those whom the facts of the test name, and the domains those of whoever
    /// has to be a user.
    Invented,
}

/// Somebody, a group or a site that a test names and that is not there, or seems not to be.
#[derive(Clone, Debug)]
pub struct Stranger {
    /// What is wrong or doubtful.
    pub found: Diagnostic,
    /// Everywhere the test names it.
    pub places: Vec<Span>,
}

/// What is wrong or doubtful about the people, groups and sites that a test names. The model is that of everything but
/// the test.
pub fn strangers(model: &Model, alike: &Alike, test: &Test, organisation: Organisation) -> Vec<Stranger> {
    let mentions = Mentions::new(test);
    let guests = guests(&mentions, organisation);
    let mut found = people(model, alike, &mentions, &guests);
    let others = domains(model, alike, &mentions, &guests).into_iter().chain(groups(model, &mentions));
    let others = others.chain(sites(model, &mentions));
    found.extend(others.map(|found| Stranger { places: found.span().into_iter().collect(), found }));
    found
}

/// The people that the test brings.
fn guests(mentions: &Mentions<'_>, organisation: Organisation) -> Guests {
    let mut guests = Guests::default();
    let addresses =
        |names: &[&Name]| -> Vec<Address> { names.iter().filter_map(|name| Address::parse(&name.it)).collect() };
    guests.people.extend(addresses(&mentions.new));
    guests.domains.extend(mentions.own.iter().filter_map(|name| Domain::parse(&name.it)));
    if organisation == Organisation::Invented {
        guests.domains.extend(addresses(&mentions.users).iter().map(Address::domain));
        guests.people.extend(addresses(&mentions.in_facts));
    }
    guests
}

/// Each address that is doubtful, once, with all of its places.
fn people(model: &Model, alike: &Alike, mentions: &Mentions<'_>, guests: &Guests) -> Vec<Stranger> {
    let mut places: IndexMap<Address, Vec<Span>> = IndexMap::new();
    for name in mentions.people() {
        if let Some(address) = Address::parse(&name.it) {
            places.entry(address).or_default().push(name.span);
        }
    }
    let doubts = places.into_iter().filter_map(|(address, places)| {
        let found = stranger(&alike.doubt_among(model, &address, guests)?, &places);
        Some(Stranger { found, places })
    });
    doubts.collect()
}

fn stranger(doubt: &Doubt, places: &[Span]) -> Diagnostic {
    let nobody = doubt.kind == DoubtKind::Nobody;
    let code = if nobody { code::UNKNOWN_PERSON } else { code::DOUBTFUL_ADDRESS };
    let new = format!("`given person {}`", doubt.address);
    let help = match (doubt.guess(), nobody) {
        (Some(guess), _) => format!("{guess} if somebody else is meant, write {new}"),
        (None, _) => format!("correct the address, or bring somebody new with {new}"),
    };
    let mut diagnostic = Diagnostic::new(code, doubt.message()).help(help);
    let more = places.len().saturating_sub(SHOWN);
    for (index, at) in places.iter().take(SHOWN).enumerate() {
        diagnostic = diagnostic.at(
            *at,
            match index {
                0 => String::new(),
                _ if more > 0 && index + 1 == SHOWN => format!("here too, and {more} more times"),
                _ => "here too".to_owned(),
            },
        );
    }
    // A stranger may be meant, so that only what is wrong anyway is mended. Rare letters would need quotes.
    match doubt.only().filter(|only| nobody && is_plain_address(only)) {
        Some(only) => diagnostic.fix_all(format!("write `{only}`"), places, only),
        None => diagnostic,
    }
}

/// Domains of entries, which nobody may be at.
fn domains(model: &Model, alike: &Alike, mentions: &Mentions<'_>, guests: &Guests) -> Vec<Diagnostic> {
    let doubtful = |name: &&Name| {
        let domain = Domain::parse(&name.it)?;
        let guess = did_you_mean(&alike.domains_near(model, &domain, guests))?;
        let message = format!("nobody is known at `{domain}`");
        Some(Diagnostic::new(code::DOUBTFUL_ADDRESS, message).at(name.span, "").help(guess))
    };
    mentions.domains.iter().filter_map(doubtful).collect()
}

/// Sites that the set does not have, where one that it has may be meant.
fn sites(model: &Model, mentions: &Mentions<'_>) -> Vec<Diagnostic> {
    let doubtful = |name: &&Name| {
        let names = &model.names.sites;
        let near = names.guess(&name.it).filter(|_| names.find(&name.it).is_none())?;
        let message = format!("nothing else names the site `{}`", name.it);
        Some(Diagnostic::new(code::DOUBTFUL_SITE, message).at(name.span, "").help(near.help()))
    };
    mentions.sites.iter().filter_map(doubtful).collect()
}

/// Groups that the set does not have: the test has to put somebody into them, and them somewhere.
fn groups(model: &Model, mentions: &Mentions<'_>) -> Vec<Diagnostic> {
    let unknown = |name: &&&Name| model.names.groups.find(&name.it).is_none();
    let wrong = |name: &&Name, help: String| {
        let help = match model.names.groups.guess(&name.it) {
            Some(near) => format!("{} if not, {help}", near.help()),
            None => help,
        };
        Diagnostic::new(code::UNKNOWN_GROUP, format!("there is no group `{}`", name.it)).at(name.span, "").help(help)
    };
    let is_in = |names: &[&Name], name: &str| names.iter().any(|other| other.it == name);
    let unused = mentions.filled.iter().filter(unknown).filter(|name| !is_in(&mentions.placed, &name.it));
    let empty = mentions.placed.iter().filter(unknown).filter(|name| !is_in(&mentions.filled, &name.it));
    let unused = unused.map(|name| wrong(name, format!("say what it is for: `given group {} in … of …`", name.it)));
    let empty = empty.map(|name| wrong(name, format!("put somebody into it: `given … in group {}`", name.it)));
    unused.chain(empty).collect()
}
