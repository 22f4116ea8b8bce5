//! `redundant-membership`: entries that give the level people have anyway.

use crate::diagnostic::{Code, Severity};
use crate::lint::context::{Context, Findings};
use crate::lint::edit;
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Rule};
use crate::model::{Containers, UserId};
use crate::resolve::{Change, Matcher, Origin, Somebody, Stand};
use crate::syntax::ast::{DomainMatch, Resolution};

pub(crate) static RULE: Rule = Rule {
    code: Code::lint("lint::redundant-membership", Severity::Warning, "an entry that gives what people have anyway"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: "Entries in force for a person or domain without which the same container answers for every category.",
    why: "The vendor asks clients to avoid them. When the broader level changes one day, these people are forgotten.",
    bad: Example {
        policy: "use std/lync2013\n",
        directory: "organization: { domains: [contoso.com] }\nusers:\n  anna@contoso.com:\n    memberships:\n      \
                    colleagues: [same_enterprise, \"user:bob@contoso.com\"]\n  bob@contoso.com: {}\n",
    },
    good: Example {
        policy: "use std/lync2013\n",
        directory: "organization: { domains: [contoso.com] }\nusers:\n  anna@contoso.com:\n    memberships:\n      \
                    colleagues: [same_enterprise]\n  bob@contoso.com: {}\n",
    },
    check: |context, findings| {
        for owner in context.model().users.ids() {
            for stand in context.settled(owner).entries.iter().filter(|stand| stand.change == Change::None) {
                report(context, findings, owner, stand);
            }
        }
    },
};

fn report(context: &Context<'_>, findings: &mut Findings, owner: UserId, stand: &Stand) {
    let model = context.model();
    let Origin::Directory(place) = stand.origin else { return };
    let viewer = match stand.matcher {
        Matcher::Person(person) => Somebody::known(model, person),
        // By suffix a domain's people may have other broader entries than the domain itself.
        Matcher::Domain(domain) if model.matching == DomainMatch::Exactly => Somebody {
            person: None,
            user: None,
            domain: Some(domain),
            exact_domain: true,
            network: model.domains[domain].network,
        },
        _ => return,
    };
    let standing = context.rules().standing(owner);
    let without = standing.without(stand.matcher, stand.container);
    let everything = Containers(u64::MAX);
    let among: Vec<Containers> = match model.resolution {
        Resolution::PerViewer => vec![everything],
        // The level itself is asked over all containers.
        Resolution::PerCategory => {
            let holds = model.categories.ids().map(|category| context.graph().tables().holds(category));
            holds.chain([everything]).collect()
        }
    };
    let answer =
        |of: &crate::resolve::Standing, among| of.answering(model, viewer, among).map(|(_, container)| container);
    if among.iter().any(|among| answer(standing, *among) != answer(&without, *among)) {
        return;
    }
    let Some((broader, _)) = without.answering(model, viewer, everything) else { return };
    // Two entries of one type are `shadowed-membership`; a manifest that demands the entry would put it back.
    if broader == stand.matcher || demanded(context, owner, stand) {
        return;
    }
    let container = &model.containers[stand.container].declared.name;
    let who = stand.matcher.describe(model);
    let message = format!("{who} is in `{container}` of {} anyway", context.address(owner));
    let mut finding = findings.finding(message).at(place, "changes nothing");
    let from = context.settled(owner).entries.iter().find(|other| other.matcher == broader);
    if let Some(at) = from.and_then(|from| Context::written(from.origin)) {
        finding = finding.at(at, "this entry does the same");
    }
    let fix = edit::without_entry("remove the entry", context.sources(), place);
    findings.push_with(finding.help("remove it"), fix);
}

/// True if the manifest in effect demands an entry for such a subject.
fn demanded(context: &Context<'_>, owner: UserId, stand: &Stand) -> bool {
    use crate::syntax::ast::{Cardinality, SubjectKind};
    let model = context.model();
    let Matcher::Person(person) = stand.matcher else { return false };
    let user = &model.users[owner];
    let on = |list: &[(crate::model::PersonId, crate::text::Span)]| list.iter().any(|(listed, _)| *listed == person);
    let subject = if on(&user.delegates) { SubjectKind::Delegate } else { SubjectKind::Contact };
    let network = Somebody::known(model, person).network;
    let rules = context.settled(owner).manifest.map_or(&[][..], |manifest| &model.manifests[manifest].rules);
    let rule = rules.iter().map(|rule| &model.manifest_rules[*rule]).find(|rule| rule.is_about(subject, network));
    rule.is_some_and(|rule| rule.cardinality == Some(Cardinality::ExactlyOne))
}
