//! `manifest-outranks-block`: entries that a manifest adds or moves to where they beat a broader block.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::UserId;
use crate::resolve::{Adjustment, Matcher, Stand};

use super::block_bypass::covering_block;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::manifest-outranks-block", Severity::Warning, "a manifest lets somebody past a block"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Entries in force that a manifest has added or moved, in a container that does not block, for somebody whom a
        broader entry blocks.
    ",
    why: r"
        Specificity comes before everything: an entry for a person beats the block of the domain. Here nobody chose that
        entry's place; the manifest did.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            federation: { partners: [fabrikam.com] }
            users:
              anna@contoso.com:
                contacts: [kim@fabrikam.com]
                memberships:
                  external: ["user:kim@fabrikam.com"]
                  colleagues: ["user:kim@fabrikam.com"]
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
                contacts: [kim@fabrikam.com]
                memberships:
                  blocked: ["domain:fabrikam.com"]
        "#,
    },
    check: |context, findings| {
        for owner in context.model().users.ids() {
            for stand in context.stands(owner) {
                report(context, findings, owner, stand);
            }
        }
    },
};

fn report(context: &Context<'_>, findings: &mut Findings, owner: UserId, stand: &Stand) {
    let model = context.model();
    let (Adjustment::Added(rule) | Adjustment::Moved(rule, _)) = &stand.adjustment else { return };
    if model.containers[stand.container].blocking || matches!(stand.matcher, Matcher::Everyone) {
        return;
    }
    let Some(block) = covering_block(context, owner, stand.matcher) else { return };
    let container = &model.containers[stand.container].declared.name;
    let who = stand.matcher.describe(model);
    let place = Context::written(stand.origin).unwrap_or(model.users[owner].span);
    let mut finding = findings
        .finding(format!(
            "the manifest puts {who} into `{container}`, past the block of {}",
            block.matcher.describe(model)
        ))
        .at(place, format!("for {}", context.address(owner)));
    if let Some(at) = Context::written(block.origin) {
        finding = finding.at(at, "blocked here");
    }
    findings.push(
        finding
            .at(model.manifest_rules[*rule].span, "this rule does it")
            .help("block the narrower entry too")
            .because(context.demand(*rule)),
    );
}
