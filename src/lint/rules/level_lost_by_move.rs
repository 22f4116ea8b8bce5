//! `level-lost-by-move`: entries that the manifest moves below where they were recorded.

use rustc_hash::FxHashMap;

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::ContainerId;
use crate::resolve::{Adjustment, Matcher, Origin};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::level-lost-by-move", Severity::Warning, "a level lost when the manifest moves an entry"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Entries that the manifest in effect moves from a higher level to its default, because the person was recorded in
        several, or where nobody may stand.
    ",
    why: r"
        `else move` leaves exactly one entry, in the default container: whoever was put into two levels loses both.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                contacts: [bob@contoso.com]
                memberships:
                  workgroup: ["user:bob@contoso.com"]
                  friends_and_family: ["user:bob@contoso.com"]
              bob@contoso.com: {}
        "#,
    },
    good: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                contacts: [bob@contoso.com]
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
        let settled = context.settled(owner);
        let mut all_dropped: FxHashMap<(Matcher, ContainerId), Origin> = FxHashMap::default();
        for dropped in &settled.dropped {
            all_dropped.entry((dropped.matcher, dropped.container)).or_insert(dropped.origin);
        }
        for stand in context.stands(owner) {
            let Adjustment::Moved(rule, from) = &stand.adjustment else { continue };
            let Some(highest) = from.highest().filter(|highest| *highest > stand.container) else { continue };
            let dropped = all_dropped.get(&(stand.matcher, highest)).copied().and_then(Context::written);
            let Some(place) = dropped.or_else(|| Context::written(stand.origin)) else { continue };
            let name = |container| model.containers[container].declared.name.as_str();
            let who = stand.matcher.describe(model);
            let message = format!(
                "{who} loses `{}` of {} and stands in `{}`",
                name(highest),
                context.address(owner),
                name(stand.container)
            );
            let others = from.iter().filter(|other| *other != highest).map(name).collect::<Vec<_>>();
            let words = if others.is_empty() {
                "nobody may stand here".to_owned()
            } else {
                format!("recorded in {} as well", others.join(", "))
            };
            findings.push(
                findings
                    .finding(message)
                    .at(place, words)
                    .at(model.manifest_rules[*rule].span, "this rule moves the entry")
                    .help("record one level only")
                    .because(context.demand(*rule)),
            );
        }
    }
}
