//! `can` and `why`.

use super::Status;
use super::args::{AnswerFormat, Ask, Can, Place, Verb};
use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::report::{answer, json};
use crate::resolve::{Answer, explain};

/// `can X see Y CATEGORY[.FIELD]`
pub(super) fn can(place: &Place, command: &Can, output: &mut Output) -> Result<Status, Failure> {
    let ask = &command.ask;
    let project = open::sound(place, output)?;
    let rules = open::rules(&project, &ask.basis)?;
    let Verb::See = ask.verb;
    let question = rules.see_target(&ask.viewer, &ask.owner, &ask.target)?;
    let decisions = json::fields_of(&rules, &question);
    match ask.format {
        AnswerFormat::Text => {
            open::warn(question.warnings());
            output.print(&open::basis_line(&rules, &ask.basis))?;
            output.print(&answer::short(&rules, &question, &decisions))?;
        }
        AnswerFormat::Json => {
            let wire = json::WireAnswer::new(&rules, project.sources(), &question, &decisions, None);
            output.print(&json::answer(&rules, &question, &wire))?;
        }
    }
    let sees = !decisions.is_empty() && decisions.iter().all(|(_, decision)| decision.answer == Answer::Visible);
    Ok(if command.exit_code && !sees { Status::Found } else { Status::Clean })
}

/// `why X see Y CATEGORY[.FIELD]`
pub(super) fn why(place: &Place, ask: &Ask, output: &mut Output) -> Result<Status, Failure> {
    let project = open::sound(place, output)?;
    let rules = open::rules(&project, &ask.basis)?;
    let Verb::See = ask.verb;
    let question = rules.see_target(&ask.viewer, &ask.owner, &ask.target)?;
    let explanation = explain(&rules, &question);
    match ask.format {
        AnswerFormat::Text => {
            open::warn(question.warnings());
            output.print(&open::basis_line(&rules, &ask.basis))?;
            output.print(&answer::explained(&rules, project.sources(), &question, &explanation))?;
        }
        AnswerFormat::Json => {
            let decisions = &explanation.decisions;
            let wire = json::WireAnswer::new(&rules, project.sources(), &question, decisions, Some(&explanation));
            output.print(&json::answer(&rules, &question, &wire))?;
        }
    }
    Ok(Status::Clean)
}
