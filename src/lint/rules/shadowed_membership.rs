//! `shadowed-membership`: entries in force that can never decide.

use crate::diagnostic::{Code, Severity};
use crate::lint::context::{Context, Findings};
use crate::lint::edit;
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Rule};
use crate::model::{ContainerId, Model};
use crate::resolve::Stand;
use crate::syntax::ast::Resolution;

pub(crate) static RULE: Rule = Rule {
    code: Code::lint("lint::shadowed-membership", Severity::Warning, "an entry that never decides"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: "Of two entries in force for the same people, the one in the lower container, where the higher holds every \
           category that the lower does.",
    why: "Inside one type the highest number decides, so the lower entry has no effect.",
    bad: Example {
        policy: "use std/lync2013\n",
        directory: "organization: { domains: [contoso.com] }\nusers:\n  anna@contoso.com:\n    memberships:\n      \
                    colleagues: [\"user:bob@contoso.com\"]\n      workgroup: [\"user:bob@contoso.com\"]\n  bob@contoso.com: {}\n",
    },
    good: Example {
        policy: "use std/lync2013\n",
        directory: "organization: { domains: [contoso.com] }\nusers:\n  anna@contoso.com:\n    memberships:\n      \
                    workgroup: [\"user:bob@contoso.com\"]\n  bob@contoso.com: {}\n",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    for owner in model.users.ids() {
        let entries = &context.settled(owner).entries;
        for stand in entries {
            let above =
                entries.iter().filter(|other| other.matcher == stand.matcher && other.container > stand.container);
            let above: Vec<&Stand> = above.collect();
            let [first, ..] = above.as_slice() else { continue };
            let blocked_apart =
                model.containers[first.container].blocking != model.containers[stand.container].blocking;
            if blocked_apart || !holds_all(model, stand.container, &above) {
                continue; // `conflicting-membership` says more
            }
            let Some(place) = Context::written(stand.origin) else { continue };
            let name = |container: ContainerId| model.containers[container].declared.name.as_str();
            let who = stand.matcher.describe(model);
            let message = format!("{who} in `{}` of {} never decides", name(stand.container), context.address(owner));
            let mut finding = findings.finding(message).at(place, "shadowed");
            if let Some(at) = Context::written(first.origin) {
                finding = finding.at(at, format!("by the entry in `{}`", name(first.container)));
            }
            let fix = edit::without_recorded("remove the entry", context.sources(), stand.origin);
            findings.push_with(finding.help("remove the one that is not meant"), fix);
        }
    }
}

/// True if others together hold every category that a container holds.
fn holds_all(model: &Model, container: ContainerId, others: &[&Stand]) -> bool {
    model.resolution == Resolution::PerViewer
        || model.containers[container]
            .holds
            .keys()
            .all(|category| others.iter().any(|other| model.containers[other.container].holds.contains_key(category)))
}
