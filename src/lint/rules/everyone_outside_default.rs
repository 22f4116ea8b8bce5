//! `everyone-outside-default`: entries that let everybody into a level.

use crate::language::{Code, Severity, Span};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{ContainerId, Entry};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::everyone-outside-default", Severity::Warning, "everybody let into a level"),
    level: Level::Warning,
    fixes: Fixes::Unsafe,
    what: r"
        Entries `everyone` or `authenticated` in a container that does not block, in the directory or in a `membership`.
    ",
    why: r"
        `everyone` matches all, anonymous viewers too; `authenticated` matches whoever has an address, at blocked domains
        too. Container 0 is there for everybody.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: "use std/lync2013",
        directory: r"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                memberships:
                  external: [federated, everyone]
        ",
    },
    good: Example {
        policy: "use std/lync2013",
        directory: r"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                memberships:
                  external: [federated]
        ",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let mut ask = |container: ContainerId, entry: &Entry, span: Span, removable: bool| {
        let (who, too) = match entry {
            Entry::Everyone => ("everybody", "anonymous viewers too"),
            Entry::Authenticated => ("everybody with an address", "at whatever domain, blocked ones too"),
            _ => return,
        };
        let of = &model.containers[container];
        if !of.blocking {
            let finding = findings
                .finding(format!("{who} is in `{}`", of.declared.name))
                .at(span, too)
                .help("remove it, or say for whom it is");
            let fix = removable.then(|| edit::without_entry("remove the entry", span));
            findings.push_in_list(finding, fix);
        }
    };
    for user in model.users.values() {
        user.entries.iter().for_each(|(container, entry, span)| ask(container, &entry, span, true));
    }
    for membership in model.memberships.values() {
        membership.grants.iter().for_each(|(container, entry, span)| ask(*container, entry, *span, false));
    }
}
