//! `own-domain-entry`: domain entries for the organisation's own domains.

use crate::language::{Code, Severity, Span};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{DomainId, Entry, Network};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::own-domain-entry", Severity::Warning, "an entry for a domain of the organisation"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: "Domain entries, in the directory or in a `membership`, that name a domain of the organisation.",
    why: r"
        It beats the entry `same_enterprise` for that domain only, and leaves the organisation's other domains behind.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com, emea.contoso.com] }
            users:
              anna@contoso.com:
                memberships:
                  workgroup: ["domain:contoso.com"]
        "#,
    },
    good: Example {
        policy: "use std/lync2013",
        directory: r"
            organization: { domains: [contoso.com, emea.contoso.com] }
            users:
              anna@contoso.com:
                memberships:
                  workgroup: [same_enterprise]
        ",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let mut ask = |entry: &Entry, span: Span| {
        let Entry::Domain(domain) = entry else { return };
        let domain: DomainId = *domain;
        if model.domains[domain].network == Network::SameEnterprise {
            let name = &model.domains[domain].name;
            let finding = findings.finding(format!("{name} is a domain of the organisation"));
            findings
                .push(finding.at(span, "beats `same_enterprise`").help("write `same_enterprise`, if all are meant"));
        }
    };
    for user in model.users.values() {
        user.entries.iter().for_each(|(_, entry, span)| ask(&entry, span));
    }
    for membership in model.memberships.values() {
        membership.grants.iter().for_each(|(_, entry, span)| ask(entry, *span));
    }
}
