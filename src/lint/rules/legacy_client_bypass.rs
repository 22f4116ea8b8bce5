//! `legacy-client-bypass`: privacy mode where old clients that do not know it may sign in.

use crate::diagnostic::{Code, Severity};
use crate::lint::context::{Context, Findings};
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{ObjectId, UserId};
use crate::resolve::Legacy;
use crate::text::Span;

pub(crate) static RULE: Rule = Rule {
    code: Code::lint("lint::legacy-client-bypass", Severity::Warning, "privacy mode open to clients that reset it"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: "Owners in privacy mode who use a client before `lync_2010`, or whom `OldestClient` lets use one.",
    why: "Clients before Lync 2010 do not know privacy mode. When one signs in, it puts the entries for everybody back.",
    reach: Reach::Said(
        "The names of the shipped policies: the manifest `private`, the attribute `client` and the setting `OldestClient`.",
    ),
    bad: Example {
        policy: "use std/lync2013\n\npolicy PrivacyConfiguration global {\n    EnablePrivacyMode = true\n}\n",
        directory: "organization: { domains: [contoso.com] }\nusers:\n  anna@contoso.com: {}\n",
    },
    good: Example {
        policy: "use std/lync2013\n\npolicy PrivacyConfiguration global {\n    EnablePrivacyMode = true\n}\n\n\
                 policy ClientVersionPolicy global {\n    OldestClient = lync_2010\n}\n",
        directory: "organization: { domains: [contoso.com] }\nusers:\n  anna@contoso.com: {}\n",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let legacy = Legacy::of(model);
    let mut admitted: Vec<(Option<ObjectId>, Vec<UserId>)> = Vec::new();
    let manifests = &model.manifests;
    let private = context.owners_in_a_mode().filter(|(_, manifest, _)| manifests[*manifest].declared.name == "private");
    for (owner, _, _) in private {
        if let Some((name, span)) = legacy.used_by(owner) {
            let message = format!("{} is in privacy mode and uses {name}", context.address(owner));
            let finding = findings.finding(message).at(span, "resets privacy mode when it signs in");
            findings.push(finding.help("let this person use a newer client"));
        }
        let Some((object, _)) = legacy.admitted_by(owner) else { continue };
        match admitted.iter_mut().find(|(of, _)| *of == object) {
            Some((_, owners)) => owners.push(owner),
            None => admitted.push((object, vec![owner])),
        }
    }
    for (object, owners) in admitted {
        report(context, findings, object.map(|object| legacy.said_at(object)), &owners);
    }
}

/// One finding for all owners to whom the same policy applies: at that policy, or at the first of them.
fn report(context: &Context<'_>, findings: &mut Findings, said_at: Option<Span>, owners: &[UserId]) {
    let model = context.model();
    let Some(first) = owners.first() else { return };
    let who = match owners.len() - 1 {
        0 => context.address(*first),
        1 => format!("{} and one more", context.address(*first)),
        more => format!("{} and {more} more", context.address(*first)),
    };
    let finding = findings.finding(format!("clients that reset privacy mode are let in, for {who}"));
    let person = model.users[*first].span;
    let finding = match said_at {
        Some(said_at) => finding.at(said_at, "admits them").at(person, "in privacy mode"),
        None => finding.at(person, "in privacy mode, and no policy sets OldestClient"),
    };
    findings.push(finding.help("set `OldestClient = lync_2010`, or later, where privacy mode is on"));
}
