//! `legacy-client-bypass`: privacy mode where anybody uses an old client that does not know it, or may.

use crate::language::{Code, Diagnostic, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{ManifestId, UserId};
use crate::resolve::{Admitting, Legacy};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::legacy-client-bypass", Severity::Warning, "privacy mode where clients do not know it"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Once anybody is in privacy mode: people who use a client before `lync_2010`, or whom `OldestClient` lets use
        one. Of whom no client is recorded, the attribute's default is assumed, and the finding says so.
    ",
    why: r"
        Clients before Lync 2010 do not know privacy mode. They show people who are in it to whoever uses them; and when
        one of these people signs in with such a client, it puts their entries for everybody back.
    ",
    reach: Reach::Said(
        r"
        The names of the shipped policies: the manifest `private`, the attribute `client` and the setting
        `OldestClient`.
    ",
    ),
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
              anna@contoso.com: {}
        ",
    },
    good: Example {
        policy: r"
            use std/lync2013

            policy PrivacyConfiguration global {
                EnablePrivacyMode = true
            }

            policy ClientVersionPolicy global {
                OldestClient = lync_2010
            }
        ",
        directory: r"
            organization: { domains: [contoso.com] }
            users:
              anna@contoso.com: {}
        ",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let is_private = |manifest: ManifestId| model.manifests[manifest].declared.name == "private";
    let private = context.owners_in_a_mode().filter(|(_, manifest, _)| is_private(*manifest));
    let private: Vec<UserId> = private.map(|(owner, ..)| owner).collect();
    let Some(first) = private.first() else { return };
    let legacy = Legacy::new(model);
    for user in model.users.ids() {
        let Some((client, span)) = legacy.used_by(user) else { continue };
        let who = context.address(user);
        let resets = private.binary_search(&user).is_ok();
        let (message, label) = if resets {
            (format!("{who} is in privacy mode and uses {client}"), "resets privacy mode when it signs in")
        } else {
            (format!("{who} uses {client}, which does not know privacy mode"), "shows people who are in privacy mode")
        };
        let finding = findings.finding(message).at(span, label);
        let cause = format!("{client}{}", if resets { " in privacy mode" } else { "" });
        findings.push(finding.help("let this person use a newer client").because(cause));
    }
    if let Some(assumed) = legacy.assumed(model.users.ids()).filter(|assumed| assumed.old)
        && let Some(user) = assumed.users.first()
    {
        let finding = findings.finding(format!("{}, which does not know privacy mode", assumed.words()));
        let finding = finding.at(model.users[*user].span, "the first of them").at(assumed.span, "assumed here");
        findings.push(finding.help("record which clients people use"));
    }
    for admitting in legacy.admitting() {
        let Some(finding) = let_in(context, findings, &admitting, *first) else { continue };
        // Whoever is let in with an old client may well use one, if nobody has recorded which.
        findings.push(match legacy.assumed(admitting.users.iter().copied()) {
            Some(assumed) => finding.at(assumed.span, assumed.words()),
            None => finding,
        });
    }
}

/// One finding for all users to whom the same policy applies: at that policy, or at somebody in privacy mode.
fn let_in(context: &Context<'_>, findings: &Findings, admitting: &Admitting, private: UserId) -> Option<Diagnostic> {
    let first = admitting.users.first()?;
    let who = match admitting.users.len() - 1 {
        0 => context.address(*first),
        1 => format!("{} and one more", context.address(*first)),
        more => format!("{} and {more} more", context.address(*first)),
    };
    let finding = findings.finding(format!("clients that do not know privacy mode are let in, for {who}"));
    let person = context.model().users[private].span;
    let finding = match admitting.span {
        Some(said_at) => finding.at(said_at, "admits them").at(person, "in privacy mode"),
        None => finding.at(person, "in privacy mode, and no policy sets OldestClient"),
    };
    let cause = admitting.span.map_or("no policy", |at| context.sources().slice(at));
    let help = "set `OldestClient = lync_2010`, or later, for everybody once anybody is in privacy mode";
    Some(finding.help(help).because(cause))
}
