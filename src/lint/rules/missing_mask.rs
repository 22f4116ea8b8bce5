//! `missing-mask`: levels through which a category shines from another level.

use crate::language::ast::Resolution;
use crate::language::extent::before_closing_brace;
use crate::language::{Code, Diagnostic, Fix, Severity};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{CategoryId, ContainerId, Model};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::missing-mask", Severity::Warning, "a level through which another one shines"),
    level: Level::Warning,
    fixes: Fixes::Unsafe,
    what: r"
        Levels (`visible`, not `blocking`) that do not hold a category of which another container publishes or shows
        something, in a set that resolves per category.
    ",
    why: r"
        A container that does not hold a category does not decide it: whoever was put into that level gets the category
        from the next broader entry, which may show more. An explicit `masks` keeps it back.
    ",
    reach: Reach::Declarations,
    bad: Example {
        policy: r#"
            use std/lync2013

            container guests(50) "Guests" visible {
                publishes contact_card { display_name }
                masks     state, note, activity_feed, services
            }
        "#,
        directory: "",
    },
    good: Example {
        policy: r#"
            use std/lync2013

            container guests(50) "Guests" visible {
                publishes contact_card { display_name }
                masks     state, note, activity_feed, services, calendar_data
            }
        "#,
        directory: "",
    },
    check: |context, findings| {
        let levels = context.model().containers.iter().filter(|(_, it)| it.visible && !it.blocking && it.number != 0);
        for (level, _) in levels {
            let mut lack = Lack::new(context.model(), level, |name| {
                format!("what `{name}` does not hold comes from broader entries")
            });
            lack.categories.retain(|category| is_published_elsewhere(context.model(), *category, level));
            report(context, findings, &lack);
        }
    },
};

fn is_published_elsewhere(model: &Model, category: CategoryId, level: ContainerId) -> bool {
    let shows = |held: &crate::model::Held| !held.published.is_empty() || !held.shows.is_empty();
    model.containers.iter().any(|(id, other)| id != level && other.holds.get(&category).is_some_and(shows))
}

/// What a container lacks.
pub(super) struct Lack {
    container: ContainerId,
    /// The categories it does not hold.
    pub(super) categories: Vec<CategoryId>,
    message: String,
}

impl Lack {
    /// Everything that a container does not hold, with what is said of the container by this name.
    pub(super) fn new(model: &Model, container: ContainerId, message: impl FnOnce(&str) -> String) -> Lack {
        let of = &model.containers[container];
        let categories = model.categories.ids().filter(|category| !of.holds.contains_key(category)).collect();
        Lack { container, categories, message: message(&of.declared.name) }
    }
}

/// One finding for all categories that a container lacks: at the container if it is the set's own, else at the set's
/// own categories.
pub(super) fn report(context: &Context<'_>, findings: &mut Findings, lack: &Lack) {
    let model = context.model();
    let lacking = &lack.categories;
    if model.resolution == Resolution::PerViewer || lacking.is_empty() {
        return;
    }
    let of = &model.containers[lack.container];
    let name = |category: &CategoryId| model.categories[*category].declared.name.clone();
    if context.is_own(of.declared.span) {
        let list = lacking.iter().map(name).collect::<Vec<_>>().join(", ");
        let finding = findings
            .finding(lack.message.as_str())
            .at(of.declared.span, format!("does not hold {list}"))
            .help(format!("add `masks {list}`, or publish what is meant"));
        let place = context.item(of.declared.span).and_then(|item| before_closing_brace(context.sources(), item));
        let fix = place.map(|place| edit::fix(format!("mask {list}"), place, format!("    masks {list}\n")));
        return findings.push_with(finding, fix);
    }
    for category in lacking.iter().filter(|category| context.is_own(model.categories[**category].declared.span)) {
        let declared = &model.categories[*category].declared;
        let finding: Diagnostic = findings
            .finding(lack.message.as_str())
            .at(declared.span, format!("`{}` does not hold it", of.declared.name))
            .help(format!("add `extend container {} {{ masks {} }}`", of.declared.name, declared.name));
        let text = format!("\n\nextend container {} {{ masks {} }}", of.declared.name, declared.name);
        let fix: Option<Fix> = context
            .item(declared.span)
            .map(|item| edit::fix(format!("mask {} there", declared.name), item.span.0.after(), text));
        findings.push_with(finding, fix);
    }
}
