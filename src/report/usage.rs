//! Features: one answer explained, who uses one, what somebody uses.

use super::answer::sentences;
use super::page::{Ink, Page};
use super::sign::{Sign, legend};
use super::table::{Cell, Rows, wrap, wrap_names};
use super::{Naming, people, place};
use crate::language::Sources;
use crate::language::ast::{Role, Shape};
use crate::model::{FeatureId, Model, ParameterId, ParameterOf, Value};
use crate::resolve::{By, ClassOf, Context, Ruling, Use, UseExplanation, Users, controls};
use crate::text::line;

/// How wide the column of what decided is, in characters.
const DECIDED: usize = 23;
/// How wide the column of classes is; a longer name stands by itself.
const CHANGEABLE: usize = 30;

/// The label of the rule that decided, or `requires NAME`; None if the default did.
pub fn deciding(model: &Model, ruling: Ruling) -> Option<String> {
    match ruling.by {
        By::Requires(feature) => Some(format!("requires {}", model.features[feature].declared.name)),
        By::Rule(rule) => Some(model.rules[rule].declared.name.clone()),
        By::Default => None,
    }
}

/// A setting with its class, or an attribute with whose it is.
pub fn control_name(model: &Model, id: ParameterId) -> String {
    let parameter = &model.parameters[id];
    let name = &parameter.declared.name;
    match parameter.belongs_to {
        ParameterOf::Setting(class) => format!("{}.{name}", model.classes[class].declared.name),
        ParameterOf::Attribute(Role::User) => format!("user.{name}"),
        ParameterOf::Attribute(Role::Participant) => format!("participant.{name}"),
        ParameterOf::Attribute(Role::Meeting) => format!("meeting.{name}"),
    }
}

/// "in budget_review as presenter", "with kim@fabrikam.com"
fn context_words(context: Context<'_>) -> String {
    let parts = [
        context.meeting.map(|it| format!(" in {it}")),
        context.role.map(|it| format!(" as {it}")),
        context.peer.map(|it| format!(" with {it}")),
        context.owner.map(|it| format!(" of {it}")),
    ];
    parts.into_iter().flatten().collect()
}

/// The answer in a word.
pub fn short(ruling: Ruling) -> Page {
    Page::inked(ink(ruling), ruling.name())
}

/// The colour of an answer.
fn ink(ruling: Ruling) -> Ink {
    if ruling.available { Ink::Yes } else { Ink::No }
}

/// The answer with every reason.
pub fn explained(model: &Model, sources: &Sources, question: &Use, explanation: &UseExplanation) -> Page {
    let feature = &model.features[question.feature()].declared.name;
    let meeting = question.cast().meeting.map(|it| format!(" in {}", model.meetings[it].name)).unwrap_or_default();
    let other = match question.other() {
        Some(other) if model.features[question.feature()].shape == Shape::Party => format!(" with {other}"),
        Some(other) => format!(" of {other}"),
        None => String::new(),
    };
    let rest = line!(": {feature}{meeting}{other}, to {}", question.subject());
    short(explanation.ruling) + rest + "\n" + sentences(sources, &explanation.sentences)
}

/// Who uses a feature: known people by answer and deciding rule, then the open classes.
pub fn who(naming: Naming<'_>, feature: FeatureId, context: Context<'_>, users: &Users) -> Page {
    let Naming { model, sources } = naming;
    let name = &model.features[feature].declared.name;
    let count = users.known.iter().filter(|(_, _, ruling)| ruling.available).count();
    let among = if context.meeting.is_some() && context.role.is_none() { "participants" } else { "known people" };
    let mut text =
        Page::from(line!("{count} of {} {among} may use {name}{}", users.known.len(), context_words(context)));
    let mut rulings: Vec<Ruling> = users.known.iter().map(|(_, _, ruling)| *ruling).collect();
    rulings.sort_by_key(|ruling| (!ruling.available, ruling.by));
    rulings.dedup();
    let roles = model.roles();
    for ruling in rulings {
        let alike = users.known.iter().filter(|(_, _, other)| *other == ruling);
        let names: Vec<String> = alike
            .map(|(person, role, _)| {
                let address = person.map_or("anonymous", |person| model.people[person].address.as_str());
                match role.filter(|_| context.role.is_none()) {
                    Some(Value(role)) => {
                        format!("{address} ({})", roles.get(role as usize).map_or("", String::as_str))
                    }
                    None => address.to_owned(),
                }
            })
            .collect();
        let (by, at) = ruled(model, sources, feature, ruling);
        text.push_str("\n  ");
        text.push_str(short(ruling));
        text.push_str(line!(": {}, {by}  {at}", people(names.len())));
        text.push_str(wrap_names(&names, "    ", 100));
        text.push('\n');
    }
    text.push_str("\nanyone else\n");
    // Roles in which a class is answered alike stand in one line.
    let mut lines: Vec<(ClassOf, Ruling, Vec<&str>)> = Vec::new();
    for (class, role, ruling) in &users.open {
        let role = role.and_then(|role| roles.get(role.0 as usize)).map(String::as_str);
        match lines.iter_mut().find(|(of, by, _)| of == class && by == ruling) {
            Some((_, _, all)) => all.extend(role),
            None => lines.push((*class, *ruling, role.into_iter().collect())),
        }
    }
    let mut rows = Rows::default();
    for (class, ruling, roles) in &lines {
        let roles = if roles.is_empty() { String::new() } else { format!("as {}", roles.join(" or ")) };
        let (by, _) = ruled(model, sources, feature, *ruling);
        let answer = Cell::inked(ink(*ruling), ruling.name());
        rows.push([Cell::from(class.words(model)), Cell::from(roles), answer, Cell::from(by)]);
    }
    text.push_str(rows.render("  "));
    text
}

/// What decided, and where it stands.
fn ruled(model: &Model, sources: &Sources, feature: FeatureId, ruling: Ruling) -> (String, String) {
    match ruling.by {
        By::Requires(required) => {
            let declared = &model.features[required].declared;
            (format!("requires {}", declared.name), place(sources, declared.span))
        }
        By::Rule(rule) => {
            let rule = &model.rules[rule];
            (format!("by \"{}\"", rule.declared.name), place(sources, rule.span))
        }
        By::Default => {
            let of = &model.features[feature];
            ("by default".to_owned(), place(sources, of.otherwise_at.unwrap_or(of.declared.span)))
        }
    }
}

/// What somebody uses: a row for each feature, with what decided, who controls it and where it can be changed.
pub fn what(naming: Naming<'_>, subject: &str, context: Context<'_>, rows: &[(Use, Ruling)]) -> Page {
    let Naming { model, sources } = naming;
    let count = rows.iter().filter(|(_, ruling)| ruling.available).count();
    let mut text = Page::from(line!("{subject} may use {count} of {} features{}", rows.len(), context_words(context)));
    text.push('\n');
    let mut platforms: Vec<&[String]> = Vec::new();
    for (question, _) in rows {
        let of = model.features[question.feature()].platforms.as_slice();
        if !platforms.contains(&of) {
            platforms.push(of);
        }
    }
    let mut table = Rows::default();
    table.push(["", "", "decided", "controlled", "can be changed in"]);
    let mut headings: Vec<(usize, String)> = Vec::new();
    for of in platforms {
        headings.push((
            table.len(),
            if of.is_empty() { "managed anywhere".to_owned() } else { format!("managed on {}", of.join(", ")) },
        ));
        for (question, ruling) in rows {
            let feature = &model.features[question.feature()];
            if feature.platforms.as_slice() != of {
                continue;
            }
            let sign = Cell::from(if ruling.available { Sign::Full } else { Sign::Empty });
            let (by, _) = ruled(model, sources, question.feature(), *ruling);
            let changed = changeable(model, question.feature());
            let by = wrap(by.split(' '), "", DECIDED);
            let (mut by, mut changed) = (by.lines(), changed.lines());
            let (name, who) = (feature.declared.name.as_str(), feature.controlled_by.join(", "));
            let (first, second) = (by.next().unwrap_or_default(), changed.next().unwrap_or_default());
            table.push([sign, name.into(), first.into(), who.into(), second.into()]);
            loop {
                let (more_by, more_changed) = (by.next(), changed.next());
                if more_by.is_none() && more_changed.is_none() {
                    break;
                }
                table.push(["", "", more_by.unwrap_or_default(), "", more_changed.unwrap_or_default()]);
            }
        }
    }
    for (at, line) in table.lines("  ").enumerate() {
        // A heading stands outside the columns, so that it widens none.
        if let Some((_, heading)) = headings.iter().find(|(before, _)| *before == at) {
            text.push_str(format!("\n{}", line!("  {heading}")));
        }
        text.push_str(line);
    }
    text + "\n" + legend(&[(Sign::Full, "available"), (Sign::Empty, "unavailable")])
}

/// The classes that decide a feature, each once, and whether attributes do, in lines of few characters.
fn changeable(model: &Model, feature: FeatureId) -> String {
    // Attributes are many and small; `show FEATURE` names them.
    let (settings, attributes): (Vec<ParameterOf>, Vec<ParameterOf>) = controls(model, feature)
        .into_iter()
        .map(|id| model.parameters[id].belongs_to)
        .partition(|of| matches!(of, ParameterOf::Setting(_)));
    let class = |of: &ParameterOf| match of {
        ParameterOf::Setting(class) => Some(model.classes[*class].declared.name.as_str()),
        ParameterOf::Attribute(_) => None,
    };
    let mut names: Vec<&str> = settings.iter().filter_map(class).collect();
    names.dedup();
    names.extend((!attributes.is_empty()).then_some("attributes"));
    let words = names.join(", ");
    if names.is_empty() { "nowhere".to_owned() } else { wrap(words.split(' '), "", CHANGEABLE).to_string() }
}
