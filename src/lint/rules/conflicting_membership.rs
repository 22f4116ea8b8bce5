//! `conflicting-membership`: the same people blocked and not blocked.

use rustc_hash::FxHashMap;

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::resolve::{Matched, Matcher, Stand};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::conflicting-membership", Severity::Warning, "the same people blocked and not blocked"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: r"
        Recorded entries of one owner for the same person, domain or network, in a blocking container and in another.
    ",
    why: r"
        Of a person only the block stands once the entries are settled, while the recorded entries say both. The fix
        removes the entry that does not stand; where both do, which a manifest can mean for domains and networks, there
        is none.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: "use std/lync2013",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                memberships:
                  workgroup: ["user:bob@contoso.com"]
                  blocked: ["user:bob@contoso.com"]
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
                  blocked: ["user:bob@contoso.com"]
              bob@contoso.com: {}
        "#,
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    for owner in model.users.ids() {
        let recorded = context.recorded(owner).entries;
        let mut blocks: FxHashMap<Matcher, &Stand> = FxHashMap::default();
        for stand in recorded.iter().filter(|stand| model.containers[stand.container].blocking) {
            blocks.entry(stand.matcher).or_insert(stand);
        }
        let others = recorded.iter().filter(|stand| !context.is_own_entry(owner, stand.matcher));
        for stand in others.filter(|stand| !model.containers[stand.container].blocking) {
            let block = blocks.get(&stand.matcher);
            let (Some(block), Some(place)) = (block, Context::written(stand.origin)) else { continue };
            let who = stand.matcher.describe(model);
            let name = &model.containers[stand.container].declared.name;
            let mut finding = findings
                .finding(format!("{who} is both blocked and in `{name}` of {}", context.address(owner)))
                .at(place, "recorded here");
            if let Some(at) = Context::written(block.origin) {
                finding = finding.at(at, "and blocked here");
            }
            finding = finding.because(format!("{} and {name}", model.containers[block.container].declared.name));
            let title = "remove the entry that does not stand";
            let stands = Matched { matcher: stand.matcher, container: stand.container };
            let fix = match context.settled(owner).stand(stands) {
                Some(_) => None,
                None => edit::without_recorded(title, stand.origin),
            };
            findings.push_in_list(finding.help("keep the one that is meant"), fix);
        }
    }
}
