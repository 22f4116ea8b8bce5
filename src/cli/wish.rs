//! `preference`, `contact`, `block` and `unblock`: what somebody wants changed for one owner.

use std::collections::BTreeMap;

use super::Status;
use super::args::{AnswerFormat, Apply, Block, Contact, ContactChange, Location, Preference, Unblock};
use super::failure::Failure;
use super::open;
use super::output::{Output, Reply};
use super::words;
use crate::diff::{Diff, Shift};
use crate::language::{FileId, Sources};
use crate::migrate::Refusal;
use crate::model::Model;
use crate::project::{NoPlan, Planned, Project, Wish};
use crate::report::page::Page;
use crate::report::{json, place as at, plan as report};
use crate::resolve::people;

/// `preference OWNER none|private|standard`
pub(super) fn preference(place: &Location, command: &Preference, output: &mut Output) -> Result<Status, Failure> {
    let wish = Wish::Prefer(command.preference.clone());
    run(place, &Wished { owner: &command.owner, wish, apply: command.apply }, output)
}

/// `contact add|remove|move OWNER CONTACT`
pub(super) fn contact(place: &Location, command: &Contact, output: &mut Output) -> Result<Status, Failure> {
    let (owner, wish, apply) = match &command.change {
        ContactChange::Add(it) => (&it.owner, Wish::AddContact(it.contact.clone(), it.container.clone()), it.apply),
        ContactChange::Remove(it) => {
            (&it.owner, Wish::RemoveContact(it.contact.clone(), it.container.clone()), it.apply)
        }
        ContactChange::Move(it) => (&it.owner, Wish::MoveContact(it.contact.clone(), it.container.clone()), it.apply),
    };
    run(place, &Wished { owner, wish, apply }, output)
}

/// `block OWNER ENTRY`
pub(super) fn block(place: &Location, command: &Block, output: &mut Output) -> Result<Status, Failure> {
    let wish = Wish::Block(command.entry.clone(), command.container.clone());
    run(place, &Wished { owner: &command.owner, wish, apply: command.apply }, output)
}

/// `unblock OWNER ENTRY`
pub(super) fn unblock(place: &Location, command: &Unblock, output: &mut Output) -> Result<Status, Failure> {
    let wish = Wish::Unblock(command.entry.clone());
    run(place, &Wished { owner: &command.owner, wish, apply: command.apply }, output)
}

/// What somebody wants changed for whom.
struct Wished<'a> {
    owner: &'a str,
    wish: Wish,
    apply: Apply,
}

fn run(place: &Location, wished: &Wished<'_>, output: &mut Output) -> Result<Status, Failure> {
    let Wished { owner, wish, apply } = wished;
    let project = open::sound(place, output)?;
    let planned = project.plan(owner, wish).map_err(|it| failure(project.model(), project.sources(), it))?;
    let before = people::owner(&planned.before, &report::address(planned.rules.model(), planned.owner))?;
    let shifts = Diff::between(&planned.before, &planned.after).shifts(before);
    let written = if apply.write { Some(write(&project, &edited(&project, &planned)?, output)?) } else { None };
    let reply = match apply.format {
        AnswerFormat::Json => Reply::data(wire(&project, &planned, &shifts, written.as_deref())),
        AnswerFormat::Text => {
            open::warn(&planned.warnings);
            let ending = words::ending(written.as_deref(), planned.changes.len());
            Reply::Text(text(&project, &planned, &shifts) + ending)
        }
    };
    output.write(&reply)?;
    Ok(if planned.proposal.residue.is_empty() { Status::Clean } else { Status::Found })
}

fn text(project: &Project, planned: &Planned, shifts: &[Shift]) -> Page {
    let (rules, sources) = (&planned.rules, project.sources());
    let mut text = report::proposal(rules.model(), sources, planned.owner, &planned.proposal);
    if let Some(preference) = &planned.preference {
        let owner = report::address(rules.model(), planned.owner);
        text.push_str(report::preference(rules.model(), sources, preference, &format!("prescope migrate {owner}")));
    }
    if !planned.changes.is_empty() {
        text.push_str(report::effects("on the entries in force", shifts));
    }
    text
}

fn wire(project: &Project, planned: &Planned, shifts: &[Shift], written: Option<&[String]>) -> String {
    let plan = json::proposal_plan(planned.rules.model(), project.sources(), planned, shifts);
    json::plans(vec![plan], written)
}

fn edited(project: &Project, planned: &Planned) -> Result<BTreeMap<FileId, String>, Failure> {
    let edited = project.edited(&planned.changes).map_err(NoPlan::Found);
    edited.map_err(|it| failure(project.model(), project.sources(), it))
}

/// Writes the new texts of a project; the names of their files.
pub(super) fn write(
    project: &Project,
    texts: &BTreeMap<FileId, String>,
    output: &mut Output,
) -> Result<Vec<String>, Failure> {
    project.write_texts(texts)?;
    let written: Vec<String> = texts.keys().map(|file| project.sources().path(*file).to_owned()).collect();
    output.wrote(written.iter().cloned());
    Ok(written)
}

/// Why there is no plan.
pub(super) fn failure(model: &Model, sources: &Sources, none: NoPlan) -> Failure {
    match none {
        NoPlan::Unknown(unknown) => unknown.into(),
        NoPlan::Refused(refusal) => {
            let rule = match &refusal {
                Refusal::NotAllowed { rule, .. } => {
                    let place = at(sources, model.manifest_rules[*rule].span);
                    Some(format!(": {}  {place}", model.manifest_rule_name(*rule)))
                }
                _ => None,
            };
            Failure::Other(format!("{refusal}{}", rule.unwrap_or_default()), Some(words::refusal(&refusal)))
        }
        NoPlan::Found(found) => match found.first() {
            Some(first) => {
                let place = first.span().map(|span| format!("{}: ", at(sources, span))).unwrap_or_default();
                let more = match found.len() {
                    1 => String::new(),
                    all => format!(" (and {} more like this)", all - 1),
                };
                Failure::Other(format!("{place}{}{more}", first.message), first.help.clone())
            }
            None => Failure::Errors,
        },
        NoPlan::Contradiction(_) => {
            let help = "nothing is written; please report this with the project".to_owned();
            Failure::Other(none.to_string(), Some(help))
        }
        NoPlan::Errors(_) => Failure::Errors,
    }
}
