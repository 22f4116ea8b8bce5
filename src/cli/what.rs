//! `what X sees [of Y]` and `what --of Y`.

use super::Status;
use super::args::{AnswerFormat, Place, What};
use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::model::UserId;
use crate::report::{json, matrix as report};
use crate::resolve::{RuleSet, matrix_of_owner, matrix_of_viewer};

pub(super) fn run(place: &Place, command: &What, output: &mut Output) -> Result<Status, Failure> {
    let project = open::sound(place, output)?;
    let rules = open::rules(&project, &command.basis)?;
    if let Some(owner) = &command.of {
        let owner = rules.owner(owner)?;
        let matrix = matrix_of_owner(&rules, owner);
        let text = match command.format {
            AnswerFormat::Text => {
                output.print(&open::basis_line(&rules, &command.basis))?;
                report::of_owner(&rules, owner, &matrix)
            }
            AnswerFormat::Json => json::matrix_of_owner_json(&rules, owner, &matrix),
        };
        output.print(&text)?;
        return Ok(Status::Clean);
    }
    let viewer = rules.viewer(command.viewer.as_deref().unwrap_or_default())?;
    open::warn(viewer.warning.as_slice());
    let only = of_owner(&rules, &command.of_owner)?;
    let owners: Vec<UserId> = match only {
        Some(owner) => vec![owner],
        None => by_address(&rules),
    };
    let matrix = matrix_of_viewer(&rules, viewer.somebody, &owners);
    let text = match (command.format, only, matrix.rows.first()) {
        (AnswerFormat::Json, ..) => json::matrix_of_viewer_json(&rules, &viewer.name, &matrix),
        (AnswerFormat::Text, Some(owner), Some((_, cells))) => {
            report::of_viewer_and_owner(&rules, &viewer.name, owner, cells)
        }
        (AnswerFormat::Text, ..) => report::of_viewer(&rules, &viewer.name, &matrix),
    };
    if command.format == AnswerFormat::Text {
        output.print(&open::basis_line(&rules, &command.basis))?;
    }
    output.print(&text)?;
    Ok(Status::Clean)
}

/// The owner behind the word `of`.
fn of_owner(rules: &RuleSet, words: &[String]) -> Result<Option<UserId>, Failure> {
    match words {
        [] => Ok(None),
        [of, owner] if of == "of" => Ok(Some(rules.owner(owner)?)),
        words => Err(Failure::Other(
            format!("`{}` is not part of the question", words.join(" ")),
            Some("write it as in `what kim@fabrikam.com sees of anna@contoso.com`".to_owned()),
        )),
    }
}

/// Every user, by address.
fn by_address(rules: &RuleSet) -> Vec<UserId> {
    let model = rules.model();
    let mut owners: Vec<UserId> = model.users.ids().collect();
    owners.sort_by(|a, b| {
        let address = |user: UserId| &model.people[model.users[user].person].address;
        address(*a).cmp(address(*b))
    });
    owners
}
