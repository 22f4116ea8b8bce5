//! `blocked-without-effect`: blocked domains where federation is not open.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::Network;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::blocked-without-effect", Severity::Warning, "a blocked domain where federation is not open"),
    level: Level::Warning,
    fixes: Fixes::Unsafe,
    what: "Domains in the list `blocked` of a directory whose federation is not open.",
    why: r"
        Only partners are federated there, so the list keeps nobody out. Whoever reads it believes that all other domains
        are let in. Leaving a domain out changes a decision only on the day that federation is opened: then the domain is
        let in, too.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: "use std/lync2013",
        directory: r"
            organization: { domains: [contoso.com] }
            federation: { partners: [fabrikam.com], blocked: [spam.example] }
        ",
    },
    good: Example {
        policy: "use std/lync2013",
        directory: r"
            organization: { domains: [contoso.com] }
            federation: { open: true, partners: [fabrikam.com], blocked: [spam.example] }
        ",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    if model.organization.open {
        return;
    }
    for domain in model.domains.values().filter(|domain| domain.network == Network::Other) {
        let Some(at) = domain.listed else { continue };
        let message = format!("{} is blocked, and federation is not open", domain.name);
        let mut finding = findings.finding(message).at(at, "changes nothing");
        if let Some(closed) = model.organization.open_at {
            finding = finding.at(closed, "not open");
        }
        let finding = finding.help("open federation, or leave the domain out").because("federation is not open");
        findings.push_in_list(finding, Some(edit::without_entry("leave the domain out", at)));
    }
}
