//! `who sees`.

use super::Status;
use super::args::{AnswerFormat, Place, Verbs, Who};
use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::report::{json, who as report};
use crate::resolve::who;

pub(super) fn run(place: &Place, command: &Who, output: &mut Output) -> Result<Status, Failure> {
    let project = open::sound(place, output)?;
    let rules = open::rules(&project, &command.basis)?;
    let Verbs::Sees = command.verb;
    // Who asks plays no part in the answer.
    let question = rules.see_target("anonymous", &command.owner, &command.target)?;
    let answer = who(&rules, &question);
    match command.format {
        AnswerFormat::Text => {
            output.print(&open::basis_line(&rules, &command.basis))?;
            output.print(&report::text(&rules, project.sources(), &question, &answer))?;
        }
        AnswerFormat::Json => output.print(&json::who(&rules, project.sources(), &question, &answer))?,
    }
    Ok(Status::Clean)
}
