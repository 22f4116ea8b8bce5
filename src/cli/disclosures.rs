//! `disclosures`: what leaves to whom.

use super::Status;
use super::args::{AnswerFormat, Disclosures, Location};
use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::report::disclosure as report;
use crate::resolve::{Asked, disclosures, lookup, people};

pub(super) fn run(place: &Location, command: &Disclosures, output: &mut Output) -> Result<Status, Failure> {
    let ready = open::ready(place, output)?;
    let rules = open::rules(&ready, &command.basis)?;
    let user = command.user.as_deref().map(|user| people::viewer(&rules, user)).transpose()?;
    let asked = Asked {
        user: user.as_ref().map(|named| named.somebody),
        feature: command.feature.as_deref().map(|name| lookup::feature(rules.model(), name)).transpose()?,
        to: command.to.as_deref().map(|name| lookup::recipient(rules.model(), name)).transpose()?,
        external: command.external,
    };
    let revealed = disclosures(&rules, asked);
    let warnings: Vec<String> = user.into_iter().filter_map(|named| named.warning).collect();
    match command.format {
        AnswerFormat::Text => {
            open::warn(&warnings);
            output.tell(open::basis_line(&rules, &command.basis))?;
            output.tell(report::text(rules.model(), ready.sources(), &revealed))?;
        }
        AnswerFormat::Json => output.print(&report::json(rules.model(), ready.sources(), &revealed, warnings))?,
    }
    Ok(Status::Clean)
}
