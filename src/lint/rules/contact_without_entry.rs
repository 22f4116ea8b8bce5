//! `contact-without-entry`: contacts in privacy mode who have no level recorded.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::language::{Code, Severity, Span};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::PersonId;
use crate::resolve::{Adjustment, Matcher};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::contact-without-entry", Severity::Warning, "a contact in privacy mode without a level"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Contacts without any recorded entry to whom the manifest in effect adds one, of owners in privacy mode: under a
        manifest that has a condition.
    ",
    why: r"
        Until the owner's client has migrated the entries, such a contact sees what strangers see: the recorded entries
        and those in force disagree.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: r"
            use std/lync2013

            policy PrivacyConfiguration global {
                EnablePrivacyMode = true
            }
        ",
        directory: r"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                contacts: [bob@contoso.com]
              bob@contoso.com: {}
        ",
    },
    good: Example {
        policy: r"
            use std/lync2013

            policy PrivacyConfiguration global {
                EnablePrivacyMode = true
            }
        ",
        directory: r#"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com:
                contacts: [bob@contoso.com]
                memberships:
                  colleagues: ["user:bob@contoso.com"]
              bob@contoso.com: {}
        "#,
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    for (owner, _, settled) in context.owners_in_a_mode() {
        let mut listed: FxHashMap<PersonId, Span> = FxHashMap::default();
        for (person, span) in model.users[owner].contacts.iter() {
            listed.entry(person).or_insert(span);
        }
        let dropped: FxHashSet<Matcher> = settled.dropped.iter().map(|dropped| dropped.matcher).collect();
        for stand in context.stands(owner) {
            let (Matcher::Person(person), Adjustment::Added(rule)) = (stand.matcher, &stand.adjustment) else {
                continue;
            };
            let Some(place) = listed.get(&person).copied() else { continue };
            if dropped.contains(&stand.matcher) {
                continue; // one was recorded and does not stand
            }
            let container = &model.containers[stand.container].declared.name;
            let message = format!(
                "no level is recorded for {}, a contact of {}",
                stand.matcher.describe(model),
                context.address(owner)
            );
            findings.push(
                findings
                    .finding(message)
                    .at(place, format!("the manifest adds `{container}`"))
                    .at(model.manifest_rules[*rule].span, "this rule demands an entry")
                    .help(format!("record `user:{}` in a level", stand.matcher.describe(model)))
                    .because(context.demand(*rule)),
            );
        }
    }
}
