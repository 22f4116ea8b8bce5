//! `who sees` and `who uses`.

use super::Status;
use super::args::{AnswerFormat, Location, Verbs, Who};
use super::failure::Failure;
use super::open;
use super::output::{Output, Reply};
use crate::project::Ready;
use crate::report::who::{self as report, Seeing};
use crate::report::{Naming, json, usage};
use crate::resolve::{RuleSet, See, lookup, who, who_elsewhere, who_uses};

pub(super) fn run(place: &Location, command: &Who, output: &mut Output) -> Result<Status, Failure> {
    let ready = open::ready(place, output)?;
    let rules = open::rules(&ready, &command.terms.basis)?;
    let reply = match (command.verb, command.what.as_slice()) {
        (Verbs::Sees, [owner, target]) => {
            open::no_context(&command.terms.context)?;
            // Who asks plays no part in the answer.
            sees(&ready, &rules, command.terms.format, &See::typed(&rules, "anonymous", owner, target)?)
        }
        (Verbs::Uses, [feature]) => uses(&ready, &rules, command, feature)?,
        (Verbs::Sees, _) => return Err(open::misspelt("write OWNER and CATEGORY[.FIELD] behind `sees`")),
        (Verbs::Uses, _) => return Err(open::misspelt("write one FEATURE behind `uses`")),
    };
    if command.terms.format == AnswerFormat::Text {
        output.tell(open::basis_line(&rules, &command.terms.basis))?;
    }
    output.write(&reply)?;
    Ok(Status::Clean)
}

fn sees(ready: &Ready, rules: &RuleSet, format: AnswerFormat, question: &See) -> Reply {
    let (answer, channels) = (who(rules, question), who_elsewhere(rules, question));
    let seeing = Seeing { question, who: &answer, channels: &channels };
    match format {
        AnswerFormat::Text => Reply::Text(report::text(rules.model(), ready.sources(), seeing)),
        AnswerFormat::Json => Reply::data(json::who(rules.graph(), ready.sources(), seeing)),
    }
}

fn uses(ready: &Ready, rules: &RuleSet, command: &Who, feature: &str) -> Result<Reply, Failure> {
    let context = open::context(&command.terms.context);
    let feature = lookup::feature(rules.model(), feature)?;
    let users = who_uses(rules, feature, context)?;
    Ok(match command.terms.format {
        AnswerFormat::Text => {
            open::warn(&users.warnings);
            let naming = Naming { model: rules.model(), sources: ready.sources() };
            Reply::Text(usage::who(naming, feature, context, &users))
        }
        AnswerFormat::Json => Reply::data(json::who_uses(rules.model(), feature, context, &users)),
    })
}
