//! `privacy-mode-reveals`: viewers who see more of an owner in privacy mode than without it.

use crate::diagnostic::{Code, Severity};
use crate::lint::context::{Context, Findings};
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Rule};
use crate::model::{FieldId, ManifestId, Subject, UserId, Value, What};
use crate::resolve::{Answer, Assumption, AssumptionOf, Class, ClassOf, RuleSet, decide_field};

pub(crate) static RULE: Rule = Rule {
    code: Code::lint("lint::privacy-mode-reveals", Severity::Warning, "privacy mode shows somebody more"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: "Owners in privacy mode of whom somebody sees a field that would not be visible under the last manifest, which \
           takes everybody who is not in privacy mode. Every class of viewers is compared, field by field.",
    why: "Privacy mode is turned on to show less. It shows more where the manifest adds an entry, to a contact in a \
          public cloud for example, or makes a contact of somebody whom a rule about contacts then lets in.",
    bad: Example {
        policy: "use std/lync2013\n\npolicy PrivacyConfiguration global {\n    EnablePrivacyMode = true\n}\n",
        directory: "organization: { domains: [contoso.com] }\nfederation: { public_cloud: [live.com] }\n\
                    users:\n  anna@contoso.com:\n    contacts: [joe@live.com]\n",
    },
    good: Example {
        policy: "use std/lync2013\n\npolicy PrivacyConfiguration global {\n    EnablePrivacyMode = true\n}\n",
        directory: "organization: { domains: [contoso.com] }\nfederation: { public_cloud: [live.com] }\n\
                    users:\n  anna@contoso.com:\n    contacts: [joe@live.com]\n    memberships: { external: [\"user:joe@live.com\"] }\n",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let private = model.names.manifests.find("private");
    let last = context.graph().manifest_order().last().copied();
    let (Some(private), Some(standard)) = (private, last) else { return };
    if private == standard {
        return;
    }
    let under = |manifest: ManifestId| {
        let mode =
            Assumption { of: AssumptionOf::Role(Subject::Owner), what: What::Mode, value: Value::manifest(manifest) };
        context.rules().assuming(&[mode])
    };
    let (on, off) = (under(private), under(standard));
    for owner in model.users.ids().filter(|owner| context.settled(*owner).manifest == Some(private)) {
        report(context, findings, owner, &on, &off);
    }
}

fn report(context: &Context<'_>, findings: &mut Findings, owner: UserId, on: &RuleSet, off: &RuleSet) {
    let model = context.model();
    let mut viewers = Vec::new();
    let mut first: Option<FieldId> = None;
    // The classes of privacy mode are the finer ones wherever it shows more: what it adds is an entry.
    for class in on.classes(owner) {
        let more = model.fields.ids().find(|field| {
            let answer = |rules: &RuleSet| decide_field(rules, class.representative, owner, *field).answer;
            answer(on) == Answer::Visible && answer(off) != Answer::Visible
        });
        if let Some(field) = more {
            first = first.or(Some(field));
            viewers.push(name(context, &class));
        }
    }
    let Some(field) = first else { return };
    let shown = match viewers.as_slice() {
        [one] => one.clone(),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        [] => return,
    };
    let address = context.address(owner);
    findings.push(
        findings
            .finding(format!("privacy mode shows more of {address} to {shown}"))
            .at(model.users[owner].span, format!("among it {}", model.field_name(field)))
            .help("record the level that is meant for them, or add a guard"),
    );
}

fn name(context: &Context<'_>, class: &Class) -> String {
    let model = context.model();
    match class.of {
        ClassOf::Person(person) => model.people[person].address.to_string(),
        ClassOf::Domain(domain) => format!("anybody at {}", model.domains[domain].name),
        ClassOf::Below(domain, _) => format!("anybody below {}", model.domains[domain].name),
        ClassOf::Network(network) => format!("anybody {network}"),
        ClassOf::Anonymous => "anonymous viewers".to_owned(),
    }
}
