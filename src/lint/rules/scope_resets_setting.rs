//! `scope-resets-setting`: narrower policy objects that silently return a value to its default.

use crate::diagnostic::{Code, Severity};
use crate::graph::Node;
use crate::lint::context::{Context, Findings};
use crate::lint::edit;
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Rule};
use crate::model::{Model, Object, ObjectId, ParameterId};
use crate::text::Span;

pub(crate) static RULE: Rule = Rule {
    code: Code::lint(
        "lint::scope-resets-setting",
        Severity::Warning,
        "a narrower policy that returns a value to its default",
    ),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: "Policy objects that do not set a value which a broader object of the same class sets to something other than \
           the default.",
    why: "The most specific policy applies whole: what it does not set takes the declared default, not the broader \
          policy's value. Many expect it the other way round. The fix writes the default down, which changes nothing; \
          `like` would take the broader values over.",
    bad: Example {
        policy: "use std/lync2013\n\npolicy ConferencingPolicy global {\n    AllowPolls = false\n}\n\
                 policy ConferencingPolicy site Redmond {\n    AllowConferenceRecording = true\n}\n",
        directory: "",
    },
    good: Example {
        policy: "use std/lync2013\n\npolicy ConferencingPolicy global {\n    AllowPolls = false\n}\n\
                 policy ConferencingPolicy site Redmond like global {\n    AllowConferenceRecording = true\n}\n",
        directory: "",
    },
    check,
};

/// The nearest broader object that sets a slot.
fn broader<'m>(model: &'m Model, object: &Object, slot: usize) -> Option<(ObjectId, &'m Object, Span)> {
    let class = &model.classes[object.class];
    let rank = object.scope.rank(class)?;
    let others = model.objects.iter().filter(|(_, other)| other.class == object.class);
    others
        .filter_map(|(id, other)| {
            let below = other.scope.rank(class).filter(|other| *other < rank)?;
            let at = other.set_at.get(slot).copied().flatten()?;
            Some((below, id, other, at))
        })
        .max_by_key(|(rank, id, _, _)| (*rank, std::cmp::Reverse(*id)))
        .map(|(_, id, other, at)| (id, other, at))
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    for (id, object) in model.objects.iter().filter(|(_, object)| context.is_own(object.span)) {
        let mut reset: Vec<(ParameterId, Span, String)> = Vec::new();
        for (slot, parameter) in model.classes[object.class].settings.iter().enumerate() {
            if object.set_at.get(slot).copied().flatten().is_some() {
                continue;
            }
            let default = model.parameters[*parameter].default;
            if let Some((from, other, at)) = broader(model, object, slot)
                && other.values.get(slot).is_some_and(|value| *value != default)
            {
                reset.push((*parameter, at, Node::Object(from).name(model)));
            }
        }
        if reset.is_empty() {
            continue;
        }
        let name = |parameter: ParameterId| model.parameters[parameter].declared.name.as_str();
        let list = reset.iter().map(|(parameter, _, _)| name(*parameter)).collect::<Vec<_>>().join(", ");
        let mut finding = findings
            .finding(format!("`{}` returns {list} to the default", Node::Object(id).name(model)))
            .at(object.span, "applies whole, and does not set it");
        let mut lines = String::new();
        for (parameter, at, from) in &reset {
            let of = &model.parameters[*parameter];
            finding = finding.at(*at, format!("set by `{from}`"));
            lines.push_str(&format!("    {} = {}\n", of.declared.name, model.value_name(&of.kind, of.default)));
        }
        let item = context.item(object.span);
        let place = item.and_then(|item| edit::before_closing_brace(context.sources(), item));
        let fix = place.map(|place| edit::fix("write the default down", place, lines));
        findings.push_with(finding.help("set it, or start from the broader policy with `like`"), fix);
    }
}
