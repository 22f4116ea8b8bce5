//! `block-bypass`: entries that beat a broader block.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::UserId;
use crate::resolve::{Adjustment, Matcher, Stand};
use crate::viewers::broader;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::block-bypass", Severity::Warning, "an entry that beats a broader block"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Entries in force, other than `everyone`, in a container that does not block, while a broader entry of the same
        owner (the domain or one above it, the network, `authenticated`, `everyone`) blocks. Entries that a manifest
        places are `manifest-outranks-block`; those that never decide, since the same people stand higher, are
        `shadowed-membership` and `conflicting-membership`.
    ",
    why: r"
        Blocked is not special: a person's own entry beats the block of the domain, whatever the numbers. If the
        exception is meant, say so: `# allow(block-bypass): reason`.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            federation: { partners: [fabrikam.com] }
            users:
              anna@contoso.com:
                memberships:
                  external: ["user:kim@fabrikam.com"]
                  blocked: ["domain:fabrikam.com"]
        "#,
    },
    good: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            federation: { partners: [fabrikam.com] }
            users:
              anna@contoso.com:
                memberships:
                  blocked: ["domain:fabrikam.com", "user:kim@fabrikam.com"]
        "#,
    },
    check: |context, findings| {
        for owner in context.model().users.ids() {
            for stand in context.stands(owner).filter(|stand| stand.adjustment == Adjustment::None) {
                report(context, findings, owner, stand);
            }
        }
    },
};

fn report(context: &Context<'_>, findings: &mut Findings, owner: UserId, stand: &Stand) {
    let model = context.model();
    if model.containers[stand.container].blocking {
        return;
    }
    let Some(place) = Context::written(stand.origin) else { return };
    if !super::shadowed_membership::decides(context, owner, stand) {
        return;
    }
    let Some(block) = covering_block(context, owner, stand.matcher) else { return };
    let container = &model.containers[stand.container].declared.name;
    let who = stand.matcher.describe(model);
    let mut finding = findings
        .finding(format!("{who} is in `{container}` of {} in spite of a block", context.address(owner)))
        .at(place, "this entry decides");
    if let Some(at) = Context::written(block.origin) {
        finding = finding.at(at, format!("{} is blocked here", block.matcher.describe(model)));
    }
    finding = finding.because(format!("{} in `{container}`", block.matcher.describe(model)));
    findings.push(finding.help("block the narrower entry too, or say why it is an exception"));
}

/// The nearest entry in force in a blocking container, broader than an entry, that covers everybody whom that entry
/// matches.
pub(super) fn covering_block<'c>(context: &'c Context<'_>, owner: UserId, of: Matcher) -> Option<&'c Stand> {
    let model = context.model();
    let settled = context.settled(owner);
    let blocks = |stand: &&Stand| model.containers[stand.container].blocking;
    broader(model, of, |broader| settled.entries_for(broader).iter().find(blocks))
}
