//! `setting-without-effect`: values set where they cannot change any decision.

use rustc_hash::FxHashMap;

use crate::graph::Node;
use crate::language::extent::whole_lines;
use crate::language::{Code, Severity, Span};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{Model, Object, ObjectId, ParameterId};
use crate::symbolic::Undecided;

pub(crate) static RULE: Rule = Rule {
    code: Code::new(
        "lint::setting-without-effect",
        Severity::Warning,
        "a value that cannot change anything where it is set",
    ),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: r"
        Values in policy objects that no feature, guard, manifest or disclosure can depend on, given the other values of
        the same object: polls where data collaboration is off, for example. With the object's other values fixed, every
        value of the setting gives the same outcome; so it does in every object that is `like` this one and takes the
        value over. Settings that nothing reads at all, and those that say how long something is kept, are not
        mentioned.
    ",
    why: "Whoever reads the policy believes that something was decided.",
    reach: Reach::Worlds,
    bad: Example {
        policy: r"
            use std/lync2013

            policy ConferencingPolicy global {
                EnableDataCollaboration = false
                AllowPolls = false
            }
        ",
        directory: "",
    },
    good: Example {
        policy: r"
            use std/lync2013

            policy ConferencingPolicy global {
                EnableDataCollaboration = false
            }
        ",
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let same_line = same_line(model);
    for (id, object) in model.objects.iter().filter(|(_, object)| context.is_own(object.span)) {
        for (slot, parameter) in model.classes[object.class].settings.iter().enumerate() {
            let set_at = object.set_at.get(slot).copied().flatten();
            let Some(at) = set_at.filter(|at| own_line(context, object, *at)) else { continue };
            let Some(objects) = same_line.get(&(*parameter, at)) else { continue };
            match context.effect(objects, *parameter) {
                None | Some(Ok(true)) => {}
                Some(Err(Undecided)) => findings.undecided(at, "whether this value can change anything"),
                Some(Ok(false)) => {
                    let name = &model.parameters[*parameter].declared.name;
                    let object = Node::Object(id).name(model);
                    let finding = findings
                        .finding(format!("`{name}` has no effect in `{object}`"))
                        .at(at, "no decision depends on it here")
                        .help("leave it out, or change what it depends on");
                    findings.push_with(finding, removal(context, at));
                }
            }
        }
    }
}

/// The objects whose values of a setting stand in the same line: the one that sets it, and those that take it over with
/// `like`.
type SameLine = FxHashMap<(ParameterId, Span), Vec<ObjectId>>;

fn same_line(model: &Model) -> SameLine {
    let mut same: SameLine = FxHashMap::default();
    for (id, object) in model.objects.iter() {
        for (parameter, set_at) in model.classes[object.class].settings.iter().zip(&object.set_at) {
            if let Some(set_at) = set_at {
                same.entry((*parameter, *set_at)).or_default().push(id);
            }
        }
    }
    same
}

/// True if the value stands in the object itself and was not taken over with `like`.
fn own_line(context: &Context<'_>, object: &Object, at: Span) -> bool {
    context.item(object.span).is_some_and(|item| {
        let whole = item.span.0;
        at.file == whole.file && whole.start <= at.start && at.end <= whole.end
    })
}

/// The assignment with its line, if it has one for itself.
fn removal(context: &Context<'_>, at: Span) -> Option<crate::language::Fix> {
    let whole = whole_lines(context.sources(), at);
    (whole != at).then(|| edit::fix("leave it out", whole, ""))
}
