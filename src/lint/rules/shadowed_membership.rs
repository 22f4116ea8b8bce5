//! `shadowed-membership`: entries in force that can never decide.

use crate::language::ast::Resolution;
use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{ContainerId, Model, UserId};
use crate::resolve::Stand;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::shadowed-membership", Severity::Warning, "an entry that never decides"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: r"
        Entries in force for people who have entries in higher containers, too, which together hold every category that
        the lower one does. Where one of two blocks and the other does not, that is `conflicting-membership`.
    ",
    why: "Inside one type the highest number decides, so the lower entry has no effect.",
    reach: Reach::Directory,
    bad: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                memberships:
                  colleagues: ["user:bob@contoso.com"]
                  workgroup: ["user:bob@contoso.com"]
              bob@contoso.com: {}
        "#,
    },
    good: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                memberships:
                  workgroup: ["user:bob@contoso.com"]
              bob@contoso.com: {}
        "#,
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    for owner in model.users.ids() {
        for stand in context.stands(owner) {
            let blocks = |container: ContainerId| model.containers[container].blocking;
            let above: Vec<&Stand> = above(context, owner, stand)
                .filter(|other| blocks(other.container) == blocks(stand.container))
                .collect();
            let [first, ..] = above.as_slice() else { continue };
            let Some(place) = Context::written(stand.origin).filter(|_| holds_all(model, stand.container, &above))
            else {
                continue;
            };
            let name = |container: ContainerId| model.containers[container].declared.name.as_str();
            let who = stand.matcher.describe(model);
            let message = format!("{who} in `{}` of {} never decides", name(stand.container), context.address(owner));
            let mut finding = findings.finding(message).at(place, "shadowed");
            if let Some(at) = Context::written(first.origin) {
                finding = finding.at(at, format!("by the entry in `{}`", name(first.container)));
            }
            let fix = edit::without_recorded("remove the entry", stand.origin);
            let cause = format!("{} and {}", name(stand.container), name(first.container));
            findings.push_in_list(finding.help("remove the one that is not meant").because(cause), fix);
        }
    }
}

/// True if an entry answers somebody for some category: entries of the same people in higher containers leave it one.
pub(super) fn decides(context: &Context<'_>, owner: UserId, stand: &Stand) -> bool {
    let above: Vec<&Stand> = above(context, owner, stand).collect();
    above.is_empty() || !holds_all(context.model(), stand.container, &above)
}

/// The entries of the same people in higher containers.
fn above<'c>(context: &'c Context<'_>, owner: UserId, stand: &Stand) -> impl Iterator<Item = &'c Stand> {
    let (matcher, container) = (stand.matcher, stand.container);
    let entries = &context.settled(owner).entries;
    // They are sorted by whom they match, and then by container.
    let after = entries.partition_point(move |other| (other.matcher, other.container) <= (matcher, container));
    entries.iter().skip(after).take_while(move |other| other.matcher == matcher)
}

/// True if others together hold every category that a container holds.
fn holds_all(model: &Model, container: ContainerId, others: &[&Stand]) -> bool {
    model.resolution == Resolution::PerViewer
        || model.containers[container]
            .holds
            .keys()
            .all(|category| others.iter().any(|other| model.containers[other.container].holds.contains_key(category)))
}
