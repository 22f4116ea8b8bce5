//! Plans of the life cycle: what is done by the line that demands it, what is in the way, and what it changes for whom.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::effect::{self, Names};
use super::page::Page;
use super::place;
use super::table::wrap;
use crate::diff::Shift;
use crate::language::Sources;
use crate::migrate::{Act, Because, Does, Lost, Migration, Note, Preference, Proposal, Residue, Unrecorded};
use crate::model::{Containers, ManifestId, Model, PersonId, UserId};
use crate::resolve::Sentence;
use crate::text::{counted, line};

/// How wide lists of names are laid out, in characters.
const WIDTH: usize = 110;

/// Whether the files hold what is planned.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Written {
    /// They do.
    Yes,
    /// They are as they were read.
    NotYet,
}

/// The address of an owner.
pub fn address(model: &Model, owner: UserId) -> String {
    model.people[model.users[owner].person].address.to_string()
}

/// What texts of migrations are made from.
#[derive(Clone, Copy, Debug)]
pub struct Migrating<'a> {
    /// The set on which they were planned.
    pub model: &'a Model,
    /// The texts of the set.
    pub sources: &'a Sources,
    /// How to ask for higher levels to be kept.
    pub keep_highest: &'a str,
    /// Who is named of those who gain or lose alike.
    pub names: Names,
}

/// The plan for one owner with its effect.
pub fn migration(of: Migrating<'_>, plan: &Migration, shifts: &[Shift]) -> Page {
    let Migrating { model, sources, .. } = of;
    let owner = address(model, plan.owner);
    if plan.unknown.is_some() {
        return Page::from(stays(model, sources, plan));
    }
    let name = |manifest: ManifestId| model.manifests[manifest].declared.name.as_str();
    let to = plan.manifest.map_or("no manifest", name);
    let from = model.mode_word(plan.owner);
    let mut text = Page::from(match (plan.amendments.len(), &from) {
        (0, _) => line!("{owner}: nothing to do, {to} is in effect"),
        (count, Some(from)) if from != to => line!("{owner}: {from} to {to}, {}", counted(count, "change")),
        (count, _) => line!("{owner}: {to}, {}", counted(count, "change")),
    });
    text.push_str(acts(model, sources, &plan.acts));
    text.push_str(lost(of, &plan.lost));
    text.push_str(residue(model, sources, &plan.residue));
    if plan.stuck {
        text.push_str("  nothing is planned: with these, what is in force would change\n");
    }
    if !plan.amendments.is_empty() {
        text.push_str(effects("on the recorded entries", shifts, of.names));
    }
    text
}

/// Why not everything is as the manifest has it once the plan for one owner is carried out; nothing if it is.
pub fn stays(model: &Model, sources: &Sources, plan: &Migration) -> String {
    let owner = address(model, plan.owner);
    match plan.unknown {
        Some(unknown) => line!("{owner}: skipped, {}", unrecorded(unknown)),
        None if plan.residue.is_empty() => String::new(),
        None => line!("{owner}: held by policy") + &residue(model, sources, &plan.residue),
    }
}

/// What a directory does not say.
pub fn unrecorded(unknown: Unrecorded) -> &'static str {
    match (unknown.contacts, unknown.memberships) {
        (true, true) => "the directory has no contacts and no memberships",
        (true, false) => "the directory has no contacts",
        _ => "the directory has no memberships",
    }
}

/// A plan that somebody asked for.
pub fn proposal(model: &Model, sources: &Sources, owner: UserId, proposal: &Proposal) -> Page {
    let mut text = Page::from(match proposal.amendments.len() {
        0 => line!("{}: nothing to do", address(model, owner)),
        count => line!("{}: {}", address(model, owner), counted(count, "change")),
    });
    text.push_str(acts(model, sources, &proposal.acts));
    for of in &proposal.notes {
        text.push_str(line!("  note: {}", note(model, of)));
    }
    text.push_str(residue(model, sources, &proposal.residue));
    text
}

/// How it stands with everybody who was planned for.
pub fn summary(plans: &[Migration]) -> String {
    let count = |is: &dyn Fn(&Migration) -> bool| plans.iter().filter(|plan| is(plan)).count();
    line!(
        "{} to migrate, {} settled, {} skipped, {} held by policy",
        count(&|plan| !plan.amendments.is_empty()),
        count(&Migration::is_settled),
        count(&|plan| plan.unknown.is_some()),
        count(&|plan| !plan.residue.is_empty()),
    )
}

/// What else there is to know of a plan.
pub fn note(model: &Model, note: &Note) -> String {
    let address = |person: &PersonId| &model.people[*person].address;
    match note {
        Note::ContactAlready(owner, person) => {
            format!("{} is a contact of {} already", address(person), self::address(model, *owner))
        }
        Note::StaysBlocked(person) => format!("{} stays blocked", address(person)),
        Note::Covered(person) => {
            format!("a broader entry in a blocking container covers {}, so no entry is added", address(person))
        }
        Note::Delegate(person) => format!("{} is a delegate, and keeps the entry of one", address(person)),
        Note::StandsThere(person, container) => {
            format!("{} stands in {} already", address(person), model.container_name(*container))
        }
        Note::PutThere(by, person, container) => {
            let (by, name) = (by.describe(model), &model.containers[*container].declared.name);
            format!("{by} puts {} into `{name}` already, so no entry is needed", address(person))
        }
        Note::Outweighs(by, person) => {
            format!("{} is blocked; the entry of {} outweighs that", by.describe(model), address(person))
        }
        Note::BlockedAlready(matcher) => format!("{} is blocked already", matcher.describe(model)),
    }
}

/// What comes of a choice, besides its effect; `migrate` is how to go on from there.
pub fn preference(model: &Model, sources: &Sources, preference: &Preference, migrate: &str) -> Page {
    let name = |manifest: ManifestId| model.manifests[manifest].declared.name.as_str();
    let parameter = &model.parameters[preference.attribute];
    let word = model.value_name(&parameter.kind, preference.value);
    let [now, then] = preference.in_effect.map(|manifest| manifest.map_or("no manifest", name));
    let mut text = Page::new();
    if preference.not_offered.is_some() {
        text.push_str(line!("  {word} is not offered: with it, too, {then} is in effect; the choice is kept"));
    }
    if now == then {
        text.push_str(line!("  no effect now: {now} is in effect, and stays"));
    } else {
        text.push_str(line!("  {then} will be in effect instead of {now}; then {migrate}"));
    }
    if !preference.rules_out.is_empty() {
        let out: Vec<&str> = preference.rules_out.iter().map(|manifest| name(*manifest)).collect();
        let advance = if now == then { "opted out in advance" } else { "opted out" };
        text.push_str(line!("  {advance}: {} can never be in effect with it", out.join(", ")));
    }
    text + reasons(sources, &preference.reasons, "  ")
}

/// What conditions read, one line each.
pub fn reasons(sources: &Sources, reasons: &[Sentence], indent: &str) -> Page {
    let mut rows = super::table::Rows::default();
    for sentence in reasons {
        let at = sentence.at.map(|at| place(sources, at)).unwrap_or_default();
        rows.push([sentence.text.clone(), sentence.detail.clone(), at]);
    }
    rows.render(indent)
}

/// What changes for whom, under a heading.
pub fn effects(on: &str, shifts: &[Shift], names: Names) -> Page {
    match shifts {
        [] => Page::from(line!("  changes nothing for anybody {on}")),
        shifts => Page::from(format!("  what it changes {on}\n")) + effect::text(shifts, names, "    "),
    }
}

/// What is done, by what demands it.
fn acts(model: &Model, sources: &Sources, acts: &[Act]) -> Page {
    let mut by_cause: BTreeMap<Because, IndexMap<String, Vec<String>>> = BTreeMap::new();
    for act in acts {
        let (phrase, who) = phrase(model, &act.does);
        by_cause.entry(act.because).or_default().entry(phrase).or_default().extend(who);
    }
    let mut text = Page::new();
    for (because, phrases) in by_cause {
        let (words, at) = cause(model, sources, because);
        text.push_str(format!("  {words}  {at}").trim_end());
        text.push('\n');
        for (phrase, who) in phrases {
            text.push_str(listed(&phrase, &who, "    "));
        }
    }
    text
}

/// A phrase with the names it is about.
fn listed(phrase: &str, who: &[String], indent: &str) -> Page {
    if who.is_empty() {
        return Page::from(line!("{indent}{phrase}"));
    }
    wrap(format!("{phrase}: {}", who.join(", ")).split(' '), indent, WIDTH) + "\n"
}

/// What is done in words, and to whom.
fn phrase(model: &Model, does: &Does) -> (String, Vec<String>) {
    let name = |container| model.container_name(container);
    let names = |containers: Containers| containers.iter().map(name).collect::<Vec<_>>().join(" and ");
    let person = |person: &PersonId| model.people[*person].address.to_string();
    match does {
        Does::Add(who, to) => (format!("add to {}", name(*to)), vec![who.describe(model)]),
        Does::Move(who, from, to) => {
            (format!("move from {} to {}", names(*from), name(*to)), vec![who.describe(model)])
        }
        Does::Remove(who, from) => (format!("remove from {}", names(*from)), vec![who.describe(model)]),
        Does::Replace(group, container, staying) => {
            let (group, container) = (&model.groups[*group].name, name(*container));
            let phrase = match staying.is_empty() {
                true => format!("remove group:{group} from {container}"),
                false => format!("exchange group:{group} in {container} for those of it who stay"),
            };
            (phrase, staying.iter().map(person).collect())
        }
        Does::AddContact(who) => ("add to the contact list".to_owned(), vec![person(who)]),
        Does::RemoveContact(who) => ("take off the contact list".to_owned(), vec![person(who)]),
        Does::Shape(manifest) => (format!("mode: {}", model.manifests[*manifest].declared.name), Vec::new()),
        Does::Set(attribute, value) => {
            let parameter = &model.parameters[*attribute];
            (format!("{} = {}", parameter.declared.name, model.value_name(&parameter.kind, *value)), Vec::new())
        }
    }
}

/// What demands something, and where that stands.
pub(crate) fn cause(model: &Model, sources: &Sources, because: Because) -> (String, String) {
    match because {
        Because::Rule(rule) => (model.manifest_rule_name(rule), place(sources, model.manifest_rules[rule].span)),
        Because::Blocked(containers) => {
            let names: Vec<String> = containers.iter().map(|it| model.container_name(it)).collect();
            let at = containers.highest().map(|it| place(sources, model.containers[it].declared.span));
            (format!("being in {}, which blocks, counts alone", names.join(" and ")), at.unwrap_or_default())
        }
        Because::Leaves(person) => {
            (format!("{} leaves, so the group's entry cannot stay", model.people[person].address), String::new())
        }
        Because::InEffect(manifest) => {
            let declared = &model.manifests[manifest].declared;
            (format!("manifest {} is in effect", declared.name), place(sources, declared.span))
        }
        Because::Asked => ("as asked".to_owned(), String::new()),
    }
}

/// Levels that people lose by the letter of the manifest.
fn lost(of: Migrating<'_>, lost: &[Lost]) -> String {
    let Migrating { model, sources, keep_highest, .. } = of;
    let mut text = String::new();
    for it in lost {
        let (who, level) = (it.who.describe(model), model.container_name(it.level));
        let (to, at) = (model.container_name(it.to), place(sources, model.manifest_rules[it.rule].span));
        let words = match (it.kept, it.can_keep) {
            (true, _) => format!("kept: {who} stays in {to}, which the letter of the manifest does not say"),
            (false, Some(keep)) => {
                let keep = model.container_name(keep);
                format!(
                    "lost: {who} had {level} and gets {to}, by the letter of the manifest; {keep_highest} keeps {keep}"
                )
            }
            (false, None) => format!("lost: {who} had {level}, which is not allowed, and gets {to}"),
        };
        text.push_str(&line!("  {words}  {at}"));
    }
    text
}

/// Entries that policy demands and the manifest drops.
pub fn residue(model: &Model, sources: &Sources, residue: &[Residue]) -> String {
    let mut text = String::new();
    for it in residue {
        let label = &model.memberships[it.membership].declared.name;
        text.push_str(&line!(
            "  in the way: policy puts {} into {}, and no directory can take that back; \"{label}\"  {}",
            it.matcher.describe(model),
            model.container_name(it.container),
            place(sources, it.span)
        ));
    }
    text
}
