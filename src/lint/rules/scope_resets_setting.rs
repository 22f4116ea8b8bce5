//! `scope-resets-setting`: narrower policy objects that silently return a value to its default.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::graph::Node;
use crate::language::extent::before_closing_brace;
use crate::language::{Code, Severity, Span};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{ClassId, Model, ObjectId, ParameterId, Scope};

pub(crate) static RULE: Rule = Rule {
    code: Code::new(
        "lint::scope-resets-setting",
        Severity::Warning,
        "a narrower policy that returns a value to its default",
    ),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: r"
        Policy objects that do not set a value which the policy that would apply otherwise (the next broader one of its
        users; the global one if it has none) sets to something other than the default. A value that could not change
        anything there, which `setting-without-effect` would take away again, is left out.
    ",
    why: r"
        The most specific policy applies whole: what it does not set takes the declared default, not the broader
        policy's value. Many expect it the other way round. The fix writes the default down, which changes nothing;
        `like` would take the broader values over.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: r"
            use std/lync2013

            policy ConferencingPolicy global {
                AllowPolls = false
            }
            policy ConferencingPolicy site Redmond {
                AllowConferenceRecording = true
            }
        ",
        directory: "",
    },
    good: Example {
        policy: r"
            use std/lync2013

            policy ConferencingPolicy global {
                AllowPolls = false
            }
            policy ConferencingPolicy site Redmond like global {
                AllowConferenceRecording = true
            }
        ",
        directory: "",
    },
    check,
};

/// For each object those that would be in effect without it: for each user it applies to the next broader one; where it
/// applies to nobody we know, the global one.
struct Broader {
    of_users: FxHashMap<ObjectId, BTreeSet<ObjectId>>,
    global: FxHashMap<ClassId, ObjectId>,
}

impl Broader {
    fn new(model: &Model) -> Broader {
        let mut of_users: FxHashMap<ObjectId, BTreeSet<ObjectId>> = FxHashMap::default();
        for user in model.users.values() {
            for (class, object) in user.objects.iter().enumerate() {
                let Some(object) = object else { continue };
                of_users.entry(*object).or_default().extend(user.overridden.get(class).copied().flatten());
            }
        }
        let global = model.objects.iter().filter(|(_, object)| object.scope == Scope::Global);
        Broader { of_users, global: global.map(|(id, object)| (object.class, id)).collect() }
    }

    fn than(&self, id: ObjectId, class: ClassId) -> Vec<ObjectId> {
        match self.of_users.get(&id) {
            Some(of_users) => of_users.iter().copied().collect(),
            None => self.global.get(&class).copied().filter(|global| *global != id).into_iter().collect(),
        }
    }
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let all_broader = Broader::new(model);
    for (id, object) in model.objects.iter().filter(|(_, object)| context.is_own(object.span)) {
        let mut reset: Vec<(ParameterId, Span, String)> = Vec::new();
        let broader = all_broader.than(id, object.class);
        for (slot, parameter) in model.classes[object.class].settings.iter().enumerate() {
            if object.set_at.get(slot).copied().flatten().is_some() {
                continue;
            }
            let default = model.parameters[*parameter].default;
            let sets = |from: &&ObjectId| {
                let other = &model.objects[**from];
                other.set_at.get(slot).copied().flatten().is_some()
                    && other.values.get(slot).is_some_and(|value| *value != default)
            };
            let setting: Vec<&ObjectId> = broader.iter().filter(sets).collect();
            if setting.is_empty() || context.effect(&[id], *parameter) == Some(Ok(false)) {
                continue;
            }
            for from in setting {
                let set_at = model.objects[*from].set_at.get(slot).copied().flatten();
                reset.extend(set_at.map(|at| (*parameter, at, Node::Object(*from).name(model))));
            }
        }
        if reset.is_empty() {
            continue;
        }
        let name = |parameter: ParameterId| model.parameters[parameter].declared.name.as_str();
        let mut names: Vec<&str> = reset.iter().map(|(parameter, _, _)| name(*parameter)).collect();
        names.dedup(); // several broader objects may set it
        let list = names.join(", ");
        let mut finding = findings
            .finding(format!("`{}` returns {list} to the default", Node::Object(id).name(model)))
            .at(object.span, "applies whole, and does not set it");
        let mut lines = String::new();
        for (parameter, at, from) in &reset {
            let of = &model.parameters[*parameter];
            finding = finding.at(*at, format!("set by `{from}`"));
            let line = format!("    {} = {}\n", of.declared.name, model.value_name(&of.kind, of.default));
            if !lines.ends_with(&line) {
                lines.push_str(&line);
            }
        }
        let item = context.item(object.span);
        let place = item.and_then(|item| before_closing_brace(context.sources(), item));
        let fix = place.map(|place| edit::fix("write the default down", place, lines));
        findings.push_with(finding.help("set it, or start from the broader policy with `like`"), fix);
    }
}
