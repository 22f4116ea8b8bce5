//! `preference`, `contact`, `block` and `unblock`: what somebody wants changed for one owner.

use super::Status;
use super::args::{AnswerFormat, Block, Contact, ContactChange, Planning, Preference, Unblock};
use super::failure::Failure;
use super::open;
use super::output::Output;
use super::planning::{self, Drawn, End, Next};
use crate::diff::{Diff, Shift};
use crate::project::{NoPlan, Planned, Project, Wish};
use crate::report::effect::Names;
use crate::report::page::Page;
use crate::report::{json, plan as report};
use crate::resolve::people;

/// `preference OWNER none|private|standard`
pub(super) fn preference(
    project: &Project,
    command: &Preference,
    end: &mut End<'_>,
    output: &mut Output,
) -> Result<Status, Failure> {
    let wish = Wish::Prefer(command.preference.clone());
    run(project, &Wished { owner: &command.owner, wish, planning: &command.planning }, end, output)
}

/// `contact add|remove|move OWNER CONTACT`
pub(super) fn contact(
    project: &Project,
    command: &Contact,
    end: &mut End<'_>,
    output: &mut Output,
) -> Result<Status, Failure> {
    let (owner, wish, planning) = match &command.change {
        ContactChange::Add(it) => (&it.owner, Wish::AddContact(it.contact.clone(), it.container.clone()), &it.planning),
        ContactChange::Remove(it) => {
            (&it.owner, Wish::RemoveContact(it.contact.clone(), it.container.clone()), &it.planning)
        }
        ContactChange::Move(it) => {
            (&it.owner, Wish::MoveContact(it.contact.clone(), it.container.clone()), &it.planning)
        }
    };
    run(project, &Wished { owner, wish, planning }, end, output)
}

/// `block OWNER ENTRY`
pub(super) fn block(
    project: &Project,
    command: &Block,
    end: &mut End<'_>,
    output: &mut Output,
) -> Result<Status, Failure> {
    let wish = Wish::Block(command.entry.clone(), command.container.clone());
    run(project, &Wished { owner: &command.owner, wish, planning: &command.planning }, end, output)
}

/// `unblock OWNER ENTRY`
pub(super) fn unblock(
    project: &Project,
    command: &Unblock,
    end: &mut End<'_>,
    output: &mut Output,
) -> Result<Status, Failure> {
    let wish = Wish::Unblock(command.entry.clone());
    run(project, &Wished { owner: &command.owner, wish, planning: &command.planning }, end, output)
}

/// What somebody wants changed for whom.
struct Wished<'a> {
    owner: &'a str,
    wish: Wish,
    planning: &'a Planning,
}

fn run(project: &Project, wished: &Wished<'_>, end: &mut End<'_>, output: &mut Output) -> Result<Status, Failure> {
    let Wished { owner, wish, planning } = wished;
    let planned = project.plan(owner, wish).map_err(|it| planning::failure(project.model(), project.sources(), it))?;
    let before = people::owner(&planned.before, &report::address(planned.rules.model(), planned.owner))?;
    let shifts = Diff::between(&planned.before, &planned.after).shifts(before);
    let texts = project.edited(&planned.changes).map_err(NoPlan::Found);
    if planning.format == AnswerFormat::Text && !end.is_again() {
        open::warn(&planned.warnings);
    }
    let next = Next::new(project, texts.as_ref().ok())?;
    let drawn = Drawn {
        project,
        texts: texts.as_ref(),
        page: &|written| {
            let follows = next.as_ref().map(|next| next.page(project, written));
            text(project, &planned, (&shifts, planning.names())) + follows.unwrap_or_default()
        },
        document: &|written| {
            let plan = json::proposal_plan(planned.rules.model(), project.sources(), &planned, &shifts);
            json::plans(vec![plan], written, next.as_ref().map(|next| next.document(project, written)))
        },
        idle: "nothing to write\n",
        held_up: None,
        stays: &|| report::residue(planned.rules.model(), project.sources(), &planned.proposal.residue),
        status: if planned.proposal.residue.is_empty() { Status::Clean } else { Status::Found },
    };
    planning::end(&drawn, planning, end, output)
}

fn text(project: &Project, planned: &Planned, (shifts, names): (&[Shift], Names)) -> Page {
    let (rules, sources) = (&planned.rules, project.sources());
    let mut text = report::proposal(rules.model(), sources, planned.owner, &planned.proposal);
    if let Some(preference) = &planned.preference {
        let owner = report::address(rules.model(), planned.owner);
        text.push_str(report::preference(rules.model(), sources, preference, &format!("prescope migrate {owner}")));
    }
    if !planned.changes.is_empty() {
        text.push_str(report::effects("on the entries in force", shifts, names));
    }
    text
}
