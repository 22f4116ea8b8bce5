//! `guard-without-publication`: guards of fields that nobody publishes.

use crate::language::extent::whole_item;
use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::edit;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::FieldId;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::guard-without-publication", Severity::Warning, "a guard of what nobody publishes"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: "Guards all of whose fields no container publishes or shows.",
    why: r"
        There is nothing to deny: the field is hidden from everybody anyway. Either it was to be published, or the guard
        is left over.
    ",
    reach: Reach::Declarations,
    bad: Example {
        policy: r#"
            use std/lync2013

            extend category contact_card { pronouns }

            guard contact_card.pronouns {
                deny "only inside" unless viewer.inside
            }
        "#,
        directory: "",
    },
    good: Example {
        policy: r#"
            use std/lync2013

            extend category contact_card { pronouns }
            extend container colleagues { publishes contact_card.pronouns }

            guard contact_card.pronouns {
                deny "only inside" unless viewer.inside
            }
        "#,
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let given = |field: &FieldId| {
        let category = model.fields[*field].category;
        model
            .containers
            .values()
            .filter_map(|container| container.holds.get(&category))
            .any(|held| held.published.contains_key(field) || held.shows.iter().any(|shows| shows.field == *field))
    };
    for guard in model.guards.values() {
        let in_categories = guard.categories.iter().flat_map(|category| &model.categories[*category].fields);
        if guard.fields.iter().chain(in_categories).any(given) {
            continue;
        }
        let finding = findings
            .finding(format!("`{}` is published by no container", guard.declared.name))
            .at(guard.declared.span, "nothing to guard")
            .help("publish it somewhere, or remove the guard");
        let removal = context.item(guard.declared.span).map(|item| whole_item(context.sources(), item));
        findings.push_with(finding, removal.map(|span| edit::fix("remove the guard", span, "")));
    }
}
