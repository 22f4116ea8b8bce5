//! `audit`: counts over everybody.

use super::Status;
use super::args::{Audit, AuditBy, AuditFormat, Location};
use super::failure::Failure;
use super::gate::Own;
use super::open;
use super::output::{Output, Reply};
use crate::report::page::Page;
use crate::report::{answer, audit as report};
use crate::resolve::{About, AuditBy as By, AuditOf, Channel, Getting, RuleSet, audit, elsewhere_of_several, lookup};

pub(super) fn run(place: &Location, command: &Audit, output: &mut Output) -> Result<Status, Failure> {
    let ready = open::ready(place, output)?;
    let rules = open::rules(&ready, &command.basis)?;
    let mut of = AuditOf::default();
    for target in &command.field {
        of.fields.extend(lookup::fields(rules.model(), target)?);
    }
    for name in &command.network {
        of.networks.push(lookup::network(name)?);
    }
    of.owner_group = command.owner_group.as_deref().map(|name| lookup::group(rules.model(), name)).transpose()?;
    let (by, heading) = match command.by {
        AuditBy::Owner => (By::Owner, "owner"),
        AuditBy::Field => (By::Field, "field"),
        AuditBy::Container => (By::Container, "container"),
        AuditBy::Network => (By::Network, "network"),
        AuditBy::Site => (By::Site, "site"),
    };
    let rows = audit(&rules, &of, by);
    let counted = report::Audit { model: rules.model(), rows: &rows, by: heading };
    let sources = ready.sources();
    let reply = match command.format {
        AuditFormat::Text => {
            let counts = Page::from(open::basis_line(&rules, &command.basis)) + report::text(counted);
            Reply::Text(counts + answer::elsewhere(rules.model(), sources, &elsewhere(&rules, &of)))
        }
        AuditFormat::Json => Reply::data(report::json(counted, sources, &elsewhere(&rules, &of))),
        AuditFormat::Csv => Reply::Data(report::csv(counted), Own::Table),
    };
    output.write(&reply)?;
    Ok(Status::Clean)
}

/// The channels beside presence, which no count has.
fn elsewhere(rules: &RuleSet, of: &AuditOf) -> Vec<Channel> {
    let about = if of.fields.is_empty() { About::everything(rules) } else { About::fields(rules, &of.fields) };
    let networks = of.networks.iter().copied();
    let getting = if of.networks.is_empty() { Getting::anybody() } else { Getting::Anybody(networks.collect()) };
    elsewhere_of_several(rules, getting, &of.owners(rules), &about)
}
