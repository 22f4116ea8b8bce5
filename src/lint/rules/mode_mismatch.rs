//! `mode-mismatch`: owners whose recorded entries have the shape of another manifest than the one in effect.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::mode-mismatch", Severity::Warning, "entries in the shape of another mode"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Users whose `mode` in the directory is not the manifest in effect for them, and who are not being migrated.
    ",
    why: r"
        What is recorded holds until the owner's client migrates it; what is in force is the intention. While they
        differ, so do the answers.
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
              anna@contoso.com: { mode: standard }
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
              anna@contoso.com: { mode: private }
        ",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    for (owner, user) in model.users.iter() {
        let (Some(recorded), Some(place), Some(in_effect)) = (user.mode, user.mode_at, context.settled(owner).manifest)
        else {
            continue;
        };
        if recorded == in_effect {
            continue;
        }
        let name = |manifest| model.manifests[manifest].declared.name.as_str();
        let address = context.address(owner);
        findings.push(
            findings
                .finding(format!("the entries of {address} are those of `{}`", name(recorded)))
                .at(place, format!("in effect is `{}`", name(in_effect)))
                .at(model.manifests[in_effect].declared.span, "this manifest")
                .help("migrate the entries of this owner")
                .because(format!("{} to {}", name(recorded), name(in_effect))),
        );
    }
}
