//! `missing-documentation`: declarations without a `///` line.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::Declared;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::missing-documentation", Severity::Warning, "a declaration without documentation"),
    level: Level::Off,
    fixes: Fixes::None,
    what: r"
        Categories, containers, manifests, settings classes, features, guards and recipients without a `///` line.
    ",
    why: "`prescope show`, the editor and explanations print it. Off unless a project asks for it.",
    reach: Reach::Said("Texts only; no decision is looked at."),
    bad: Example { policy: "category mood { colour }", directory: "" },
    good: Example {
        policy: r"
            /// How somebody feels today.
            category mood { colour }
        ",
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let mut ask = |kind: &str, declared: &Declared| {
        if declared.doc.is_none() && context.is_own(declared.span) {
            let finding = findings.finding(format!("the {kind} `{}` has no documentation", declared.name));
            findings.push(finding.at(declared.span, "").help("say in a `///` line above it what it is for"));
        }
    };
    model.categories.values().for_each(|it| ask("category", &it.declared));
    model.containers.values().for_each(|it| ask("container", &it.declared));
    model.manifests.values().for_each(|it| ask("manifest", &it.declared));
    model.classes.values().for_each(|it| ask("settings class", &it.declared));
    model.features.values().for_each(|it| ask("feature", &it.declared));
    model.guards.values().for_each(|it| ask("guard", &it.declared));
    model.recipients.values().for_each(|it| ask("recipient", &it.declared));
}
