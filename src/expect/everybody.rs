//! Expectations about more than one person: who is expected to, who does, and whom to name when the two differ.

use super::Answered;
use crate::directory::Address;
use crate::language::ast::{Name, Who};
use crate::model::{Network, UserId};
use crate::resolve::{ClassOf, RuleSet, Sentence, Somebody, people};
use crate::text::{first_of, line};

/// Names in a list before "and 12 more".
const NAMED: usize = 8;

/// The subject of an expectation in words.
pub(super) fn words(who: &Who) -> String {
    match who {
        Who::Person(name) => name.it.clone(),
        Who::Exactly(names) => format!("exactly {}", first_of(NAMED, names.iter().map(|name| name.it.as_str()))),
        Who::Nobody => "nobody".to_owned(),
        Who::Any(network) => format!("any {}", network.it),
    }
}

/// Somebody, or a class of people, and whether what is expected holds of them.
#[derive(Clone, Debug)]
pub(super) struct Member {
    /// An address, or a class in words.
    pub(super) name: String,
    /// Set for a class that the directory cannot enumerate; anonymous among them.
    pub(super) class: Option<ClassOf>,
    pub(super) network: Network,
    pub(super) holds: bool,
    /// What they get and why, in one line.
    pub(super) because: String,
}

/// What became of an expectation about several.
#[derive(Debug)]
pub(super) struct Verdict {
    pub(super) holds: bool,
    pub(super) actual: String,
    /// The first who is not as expected: the one to explain.
    pub(super) offender: Option<usize>,
    /// Everybody with what they get, as it is kept.
    pub(super) reason: String,
}

impl Verdict {
    /// The answer, with the offender and why they get what they get.
    pub(super) fn answered(self, offender: Option<(&Member, Vec<Sentence>)>) -> Answered {
        let (about, explanation) = match offender {
            Some((member, explanation)) => (Some(format!("{}: {}", member.name, member.because)), explanation),
            None => (None, Vec::new()),
        };
        let Verdict { holds, actual, reason, .. } = self;
        Answered { holds, actual, about, explanation, reason }
    }
}

/// Whom a question is made about that is then asked of everybody.
pub(super) fn asker(who: &Who) -> &str {
    match who {
        Who::Person(name) => &name.it,
        Who::Exactly(_) | Who::Nobody | Who::Any(_) => "anonymous",
    }
}

/// Asks every viewer of an owner, one of each class: whether what is expected holds of them, and why in one line.
pub(super) fn viewers(
    (rules, owner): (&RuleSet, UserId),
    who: &Who,
    mut ask: impl FnMut(Somebody) -> (bool, String),
    explain: impl Fn(Somebody, String) -> Vec<Sentence>,
) -> Answered {
    let model = rules.model();
    let mut members: Vec<(Member, Somebody)> = Vec::new();
    for class in people::classes(rules, owner) {
        let (holds, because) = ask(class.representative);
        let mut add = |name: String, of| {
            let network = class.representative.network;
            members.push((Member { name, class: of, network, holds, because: because.clone() }, class.representative));
        };
        for person in &class.people {
            add(model.people[*person].address.to_string(), None);
        }
        if class.is_open() {
            add(class.who.words(model), Some(class.who));
        }
    }
    // People by address, and the classes behind them in their own order.
    members.sort_by_cached_key(|(member, _)| (member.class.is_some(), member.class, member.name.clone()));
    let (members, representatives): (Vec<Member>, Vec<Somebody>) = members.into_iter().unzip();
    let verdict = verdict(who, &members);
    let offender = verdict.offender.and_then(|at| members.get(at).zip(representatives.get(at)));
    let explained = offender.map(|(member, somebody)| {
        let name = member.class.map_or_else(|| member.name.clone(), |class| class.one_of(model));
        (member, explain(*somebody, name))
    });
    verdict.answered(explained)
}

/// Compares.
pub(super) fn verdict(who: &Who, members: &[Member]) -> Verdict {
    let expected: Vec<String> = match who {
        Who::Exactly(names) => names.iter().map(canonical).collect(),
        _ => Vec::new(),
    };
    let wanted = |member: &Member| match who {
        Who::Any(_) => true,
        // Of classes only `anonymous` has a name that can be expected.
        _ => expected.contains(&member.name),
    };
    let concerned = |member: &Member| match who {
        Who::Any(network) => Network::named(&network.it) == Some(member.network),
        _ => true,
    };
    let about: Vec<(usize, &Member)> = members.iter().enumerate().filter(|(_, member)| concerned(member)).collect();
    let surplus: Vec<(usize, &Member)> = about.iter().copied().filter(|(_, it)| it.holds && !wanted(it)).collect();
    let missing: Vec<(usize, &Member)> = about.iter().copied().filter(|(_, it)| !it.holds && wanted(it)).collect();
    let unknown: Vec<&str> =
        expected.iter().map(String::as_str).filter(|name| !members.iter().any(|it| it.name == *name)).collect();

    let names = |members: &[(usize, &Member)]| first_of(NAMED, members.iter().map(|(_, member)| member.name.as_str()));
    let mut parts: Vec<String> = Vec::new();
    if !surplus.is_empty() {
        let too = if matches!(who, Who::Nobody) { "" } else { " too" };
        parts.push(format!("{}{too}", names(&surplus)));
    }
    if !missing.is_empty() {
        parts.push(format!("not {}", names(&missing)));
    }
    if !unknown.is_empty() {
        parts.push(format!("nobody asked about is {}", first_of(NAMED, unknown.iter().copied())));
    }
    if about.is_empty() && parts.is_empty() {
        // What holds of nobody proves nothing.
        parts.push(asked_nobody(who).to_owned());
    }
    let holds = parts.is_empty();
    let actual = if holds { agreeing(who) } else { parts.join("; ") };
    let offender = surplus.first().or(missing.first()).map(|(index, _)| *index);
    let reason = about.iter().map(|(_, member)| line!("{}: {}", member.name, member.because)).collect();
    Verdict { holds, actual, offender, reason }
}

fn asked_nobody(who: &Who) -> &'static str {
    match who {
        Who::Any(_) => "there is nobody of that network",
        _ => "there is nobody to ask about",
    }
}

fn agreeing(who: &Who) -> String {
    match who {
        Who::Nobody => "nobody".to_owned(),
        Who::Any(_) => "all of them".to_owned(),
        _ => "they, and nobody else".to_owned(),
    }
}

fn canonical(name: &Name) -> String {
    Address::parse(&name.it).map_or_else(|| name.it.clone(), |address| address.to_string())
}
