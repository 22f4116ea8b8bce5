//! `legacy-client-bypass`: privacy mode where old clients that do not know it may sign in.

use crate::diagnostic::{Code, Severity};
use crate::lint::context::{Context, Findings};
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Rule};
use crate::model::{Id, Kind, ObjectId, Parameter, ParameterId, ParameterOf, UserId, Value};
use crate::syntax::ast::Role;

pub(crate) static RULE: Rule = Rule {
    code: Code::lint("lint::legacy-client-bypass", Severity::Warning, "privacy mode open to clients that reset it"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: "Owners in privacy mode who use a client before `lync_2010`, or whom `OldestClient` lets use one.",
    why: "Clients before Lync 2010 do not know privacy mode. When one signs in, it puts the entries for everybody back.",
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

/// Clients of this family do not know privacy mode.
const OLD: &str = "communicator_2007";

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let named = |name: &str, of: fn(&ParameterOf) -> bool| {
        let fits = |it: &(ParameterId, &Parameter)| it.1.declared.name == name && of(&it.1.of);
        model.parameters.iter().find(fits).map(|(id, _)| id)
    };
    let oldest = named("OldestClient", |of| matches!(of, ParameterOf::Setting(_)));
    let client = named("client", |of| *of == ParameterOf::Attribute(Role::User));
    let is_old = |parameter: ParameterId, value: Value| {
        let kind = &model.parameters[parameter].kind;
        matches!(kind, Kind::Enumeration(_)) && model.value_name(kind, value).starts_with(OLD)
    };
    let mut admitted: Vec<(Option<ObjectId>, Vec<UserId>)> = Vec::new();
    for (owner, _) in context.private_owners() {
        let user = &model.users[owner];
        let used = user.attributes.iter().find(|(id, _, _)| Some(*id) == client);
        if let Some((id, value, span)) = used.filter(|(id, value, _)| is_old(*id, *value)) {
            let name = model.value_name(&model.parameters[*id].kind, *value);
            let message = format!("{} is in privacy mode and uses {name}", context.address(owner));
            let finding = findings.finding(message).at(*span, "resets privacy mode when it signs in");
            findings.push(finding.help("let this person use a newer client"));
        }
        let Some(oldest) = oldest else { continue };
        let ParameterOf::Setting(class) = model.parameters[oldest].of else { continue };
        let object = user.objects.get(class.index()).copied().flatten();
        let parameter = &model.parameters[oldest];
        let value = object.and_then(|object| model.objects[object].values.get(parameter.slot)).copied();
        if is_old(oldest, value.unwrap_or(parameter.default)) {
            match admitted.iter_mut().find(|(of, _)| *of == object) {
                Some((_, owners)) => owners.push(owner),
                None => admitted.push((object, vec![owner])),
            }
        }
    }
    for (object, owners) in admitted {
        report(context, findings, object, oldest, &owners);
    }
}

/// One finding for all owners to whom the same policy applies: at that policy, or at the first of them.
fn report(
    context: &Context<'_>,
    findings: &mut Findings,
    object: Option<ObjectId>,
    oldest: Option<ParameterId>,
    owners: &[UserId],
) {
    let model = context.model();
    let (Some(first), Some(oldest)) = (owners.first(), oldest) else { return };
    let who = match owners.len() - 1 {
        0 => context.address(*first),
        1 => format!("{} and one more", context.address(*first)),
        more => format!("{} and {more} more", context.address(*first)),
    };
    let finding = findings.finding(format!("clients that reset privacy mode are let in, for {who}"));
    let person = model.users[*first].span;
    let finding = match object.map(|object| &model.objects[object]) {
        Some(of) => {
            let set = of.set_at.get(model.parameters[oldest].slot).copied().flatten();
            finding.at(set.unwrap_or(of.span), "admits them").at(person, "in privacy mode")
        }
        None => finding.at(person, "in privacy mode, and no policy sets OldestClient"),
    };
    findings.push(finding.help("set `OldestClient = lync_2010`, or later, where privacy mode is on"));
}
