//! `privacy-mode-reveals`: viewers who see more of an owner in privacy mode than without it.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{DomainId, FieldId, Network, PersonId, UserId};
use crate::resolve::{Answer, Class, ClassOf, RuleSet, Somebody, decide_field, suppose};
use crate::viewers::{Viewers, open_classes};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::privacy-mode-reveals", Severity::Warning, "privacy mode shows somebody more"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Owners in privacy mode (under a manifest that has a condition, whatever its name) of whom somebody sees a field
        that would not be visible under the last manifest, which takes everybody else. Everybody who could look is
        compared, field by field, and people with an entry under only one of the two manifests are people of their own.
    ",
    why: r"
        Privacy mode is turned on to show less. It shows more where the manifest adds an entry, to a contact in a public
        cloud for example, or makes a contact of somebody whom a rule about contacts then lets in.
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
            federation: { public_cloud: [live.com] }
            users:
              anna@contoso.com:
                contacts: [joe@live.com]
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
            federation: { public_cloud: [live.com] }
            users:
              anna@contoso.com:
                contacts: [joe@live.com]
                memberships: { external: ["user:joe@live.com"] }
        "#,
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let Some(standard) = context.graph().manifest_order().last().copied() else { return };
    let off = suppose::under_manifest(context.rules(), standard);
    let open = open_classes(context.model());
    for (owner, manifest, _) in context.owners_in_a_mode() {
        let Some((shown, field)) = told(context, &seeing_more(owner, [context.rules(), &off], &open)) else { continue };
        let model = context.model();
        let (mode, field) = (&model.manifests[manifest].declared.name, model.field_name(field));
        findings.push(
            findings
                .finding(format!("mode `{mode}` shows more of {} to {shown}", context.address(owner)))
                .at(model.users[owner].span, format!("among it {field}"))
                .help("record the level that is meant for them, or add a guard")
                .because(format!("{mode} and {field}")),
        );
    }
}

/// What tells open classes apart: the domain that an entry matches, under each manifest, and the network.
type Alike = ([Option<DomainId>; 2], Option<Network>);

/// Everybody who sees a field with the first of two sets and not with the second, with the first such field.
fn seeing_more(owner: UserId, [on, off]: [&RuleSet; 2], open: &[Class]) -> Vec<(ClassOf, FieldId)> {
    let model = on.model();
    let more = |viewer: Somebody| {
        model.fields.ids().find(|field| {
            let answer = |rules: &RuleSet| decide_field(rules, viewer, owner, *field).answer;
            answer(on) == Answer::Visible && answer(off) != Answer::Visible
        })
    };
    let viewers = [on, off].map(|rules| rules.viewers(owner, rules.graph().tables().viewer_reads()));
    // Whoever has an entry under one of the two only is singled out there and not in the other.
    let people: BTreeSet<PersonId> = viewers.iter().flat_map(Viewers::singled_out).collect();
    let people = people.into_iter().map(|person| (ClassOf::Person(person), more(Somebody::known(model, person))));
    // Open classes are answered alike if the same entries match them.
    let mut alike: FxHashMap<Alike, Option<FieldId>> = FxHashMap::default();
    let open = open.iter().map(|class| {
        let viewer = class.representative;
        let key = ([0, 1].map(|side| viewers[side].nearest(viewer)), viewer.crowd());
        (class.who, *alike.entry(key).or_insert_with(|| more(viewer)))
    });
    people.chain(open).filter_map(|(class, field)| Some((class, field?))).collect()
}

/// Who sees more, and what for example; None if nobody does.
fn told(context: &Context<'_>, more: &[(ClassOf, FieldId)]) -> Option<(String, FieldId)> {
    match more {
        [] => None,
        [(one, field)] => Some((name(context, *one), *field)),
        [(one, field), rest @ ..] => Some((format!("{} and {} more", name(context, *one), rest.len()), *field)),
    }
}

fn name(context: &Context<'_>, class: ClassOf) -> String {
    let model = context.model();
    match class {
        ClassOf::Person(person) => model.people[person].address.to_string(),
        ClassOf::Domain(domain) => format!("anybody at {}", model.domains[domain].name),
        ClassOf::Below(domain, _) => format!("anybody below {}", model.domains[domain].name),
        ClassOf::Network(network) => format!("anybody {network}"),
        ClassOf::Anonymous => "anonymous viewers".to_owned(),
    }
}
