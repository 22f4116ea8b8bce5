//! `what X sees [of Y]`, `what --of Y` and `what X uses`.

use super::Status;
use super::args::{AnswerFormat, Context, Location, Verbs, What};
use super::failure::Failure;
use super::open;
use super::output::{Output, Reply};
use super::words::option;
use crate::model::UserId;
use crate::project::Ready;
use crate::report::{Naming, answer, json, matrix as report, usage};
use crate::resolve::{
    self, About, Channel, Getting, Part, RuleSet, doubts_of, elsewhere_of, elsewhere_of_several, matrix_of_owner,
    matrix_of_viewer, people, what_uses,
};
use crate::text::line;

pub(super) fn run(place: &Location, command: &What, output: &mut Output) -> Result<Status, Failure> {
    let ready = open::ready(place, output)?;
    let rules = open::rules(&ready, &command.terms.basis)?;
    let reply = match (&command.who, command.verb, &command.terms.context.owner) {
        (None, _, Some(owner)) => {
            open::no_context(&Context { owner: None, ..command.terms.context.clone() })?;
            of_owner(&ready, &rules, command, owner)?
        }
        (Some(who), Some(Verbs::Sees), None) => {
            open::no_context(&command.terms.context)?;
            sees(&ready, &rules, command, who)?
        }
        (Some(who), Some(Verbs::Uses), _) if command.of_owner.is_empty() => uses(&ready, &rules, command, who)?,
        _ => {
            let help = "write it as in `what kim@fabrikam.com sees of anna@contoso.com`, `what --of anna@contoso.com` \
                        or `what bob@contoso.com uses`";
            return Err(open::misspelt(help));
        }
    };
    if command.terms.format == AnswerFormat::Text {
        output.tell(open::basis_line(&rules, &command.terms.basis))?;
    }
    output.write(&reply)?;
    Ok(Status::Clean)
}

fn of_owner(ready: &Ready, rules: &RuleSet, command: &What, owner: &str) -> Result<Reply, Failure> {
    let (owner, sources) = (people::owner(rules, owner)?, ready.sources());
    let matrix = matrix_of_owner(rules, owner);
    let channels = elsewhere_of(rules, Getting::anybody(), owner, &About::everything(rules));
    Ok(match command.terms.format {
        AnswerFormat::Text => Reply::Text(
            report::of_owner(rules.model(), owner, rules.standing(owner).manifest(), &matrix)
                + answer::elsewhere(rules.model(), sources, &channels),
        ),
        AnswerFormat::Json => {
            Reply::data(json::matrix_of_owner(Naming { model: rules.model(), sources }, owner, &matrix, &channels))
        }
    })
}

fn sees(ready: &Ready, rules: &RuleSet, command: &What, who: &str) -> Result<Reply, Failure> {
    let viewer = people::viewer(rules, who)?;
    let only = match command.of_owner.as_slice() {
        [] => None,
        [of, owner] if of == "of" => Some(people::owner(rules, owner)?),
        _ => return Err(open::misspelt("write it as in `what kim@fabrikam.com sees of anna@contoso.com`")),
    };
    let owners: Vec<UserId> = only.map_or_else(|| people::owners(rules.model()), |owner| vec![owner]);
    let (matrix, sources) = (matrix_of_viewer(rules, viewer.somebody, &owners), ready.sources());
    let (getting, about) = (Getting::One(viewer.somebody), About::everything(rules));
    let text = match (command.terms.format, only, matrix.rows.first()) {
        (AnswerFormat::Json, ..) => {
            let channels = |owner: UserId| -> Vec<Channel> { elsewhere_of(rules, getting, owner, &about) };
            let naming = Naming { model: rules.model(), sources };
            return Ok(Reply::data(json::matrix_of_viewer(naming, &viewer, &matrix, channels)));
        }
        (AnswerFormat::Text, Some(owner), Some((_, cells))) => {
            report::of_viewer_and_owner(rules.model(), &viewer.name, owner, cells)
        }
        (AnswerFormat::Text, ..) => report::of_viewer(rules.model(), &viewer.name, &matrix),
    };
    open::warn(viewer.warning.as_slice());
    let channels = elsewhere_of_several(rules, getting, &owners, &about);
    Ok(Reply::Text(text + answer::elsewhere(rules.model(), sources, &channels)))
}

fn uses(ready: &Ready, rules: &RuleSet, command: &What, who: &str) -> Result<Reply, Failure> {
    let context = open::context(&command.terms.context);
    let named = people::viewer(rules, who)?;
    let rows = what_uses(rules, &named, context)?;
    Ok(match command.terms.format {
        AnswerFormat::Text => {
            open::warn(&doubts_of(&rows));
            let naming = Naming { model: rules.model(), sources: ready.sources() };
            Reply::Text(usage::what(naming, &named.name, context, &rows) + more_roles(context))
        }
        AnswerFormat::Json => Reply::data(json::what_uses(rules.model(), &named.name, context, &rows)),
    })
}

/// How to have the features of roles that are not said.
fn more_roles(context: resolve::Context<'_>) -> String {
    let said = [(Part::Meeting, context.meeting), (Part::Peer, context.peer), (Part::Owner, context.owner)];
    let more: Vec<&str> = said.iter().filter(|(_, said)| said.is_none()).map(|(part, _)| option(*part)).collect();
    if more.is_empty() { String::new() } else { line!("  {} shows the features of those roles too", more.join(", ")) }
}
