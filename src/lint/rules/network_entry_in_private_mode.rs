//! `network-entry-in-private-mode`: entries for many that privacy mode drops.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::resolve::Matcher;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::network-entry-in-private-mode", Severity::Warning, "an entry for many in privacy mode"),
    level: Level::Warning,
    fixes: Fixes::Unsafe,
    what: r"
        Entries for a domain, a network, `authenticated` or `everyone` that the manifest in effect drops, of owners in
        privacy mode: under a manifest that has a condition.
    ",
    why: r"
        In privacy mode only contacts see more than a name. Until the entries are migrated, whoever the entry matches
        still does. The fix removes what does not stand anyway.
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
                memberships:
                  colleagues: [same_enterprise]
        ",
    },
    good: Example {
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
                memberships:
                  blocked: [same_enterprise]
        ",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    for (owner, manifest, settled) in context.owners_in_a_mode() {
        for dropped in settled.dropped.iter().filter(|dropped| !matches!(dropped.matcher, Matcher::Person(_))) {
            let Some(place) = Context::written_by_owner(dropped.origin) else { continue };
            let who = dropped.matcher.describe(model);
            let container = &model.containers[dropped.container].declared.name;
            let mode = &model.manifests[manifest].declared.name;
            let message =
                format!("{who} is recorded in `{container}` of {}, whose mode is `{mode}`", context.address(owner));
            let mut finding = findings.finding(message).at(place, "does not stand");
            if let Some(rule) = dropped.rule {
                finding = finding.at(model.manifest_rules[rule].span, "this rule drops it");
            }
            let fix = edit::without_recorded("remove the entry", dropped.origin);
            let cause = dropped.rule.map_or(mode.as_str(), |rule| context.demand(rule));
            findings.push_in_list(finding.help("remove it").because(cause), fix);
        }
    }
}
