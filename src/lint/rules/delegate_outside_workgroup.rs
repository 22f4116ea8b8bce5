//! `delegate-outside-workgroup`: delegates recorded where delegates may not stand.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::resolve::{Adjustment, Matcher};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::delegate-outside-workgroup", Severity::Warning, "a delegate recorded in another level"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Delegates with a recorded entry that the manifest in effect moves: one outside the level for delegates, or one
        too many.
    ",
    why: r"
        A delegate works for the owner and needs the workgroup. Until the entries are migrated they see another level.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                delegates: [dan@contoso.com]
                memberships:
                  external: ["user:dan@contoso.com"]
              dan@contoso.com: {}
        "#,
    },
    good: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                delegates: [dan@contoso.com]
                memberships:
                  workgroup: ["user:dan@contoso.com"]
              dan@contoso.com: {}
        "#,
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    for (owner, user) in model.users.iter() {
        for stand in context.stands(owner) {
            let (Matcher::Person(person), Adjustment::Moved(rule, from)) = (stand.matcher, &stand.adjustment) else {
                continue;
            };
            let (listed, written) = (user.delegate_at(person), Context::written(stand.origin));
            let (Some(listed), Some(place)) = (listed, written) else { continue };
            let name = |container| model.containers[container].declared.name.as_str();
            let recorded = from.iter().map(name).collect::<Vec<_>>().join(" and ");
            let who = stand.matcher.describe(model);
            findings.push(
                findings
                    .finding(format!("{who}, a delegate of {}, is recorded in {recorded}", context.address(owner)))
                    .at(place, format!("the manifest moves the entry to `{}`", name(stand.container)))
                    .at(listed, "a delegate")
                    .at(model.manifest_rules[*rule].span, "this rule moves it")
                    .help(format!("record the entry in `{}`", name(stand.container)))
                    .because(context.demand(*rule)),
            );
        }
    }
}
