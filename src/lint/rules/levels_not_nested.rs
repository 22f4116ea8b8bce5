//! `levels-not-nested`: levels that show something which the next higher one does not.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{Container, FieldId};
use crate::text::first_of;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::levels-not-nested", Severity::Information, "a level that shows less than the one below"),
    level: Level::Information,
    fixes: Fixes::None,
    what: r"
        Levels (`visible`, not `blocking`) that give nothing of a field of which the level with the next lower number
        gives something. A level gives something of a field that it publishes, and of one that it `shows`, whatever
        value that is and whether or not there is a condition.
    ",
    why: r"
        People expect a higher level to see more. It may well be meant, as with family and meetings; then it is worth a
        word in the documentation.
    ",
    reach: Reach::Declarations,
    bad: Example {
        policy: r#"
            use std/lync2013

            container board(500) "Board" visible {
                publishes contact_card { display_name, email }
                masks state, calendar_data, note, activity_feed, services
            }
        "#,
        directory: "",
    },
    good: Example {
        policy: r#"
            use std/lync2013

            container board(500) "Board" visible {
                publishes contact_card, state
                publishes calendar_data, note, activity_feed, services
            }
        "#,
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let levels: Vec<&Container> = model.containers.values().filter(|it| it.visible && !it.blocking).collect();
    let gives = |container: &Container, field: FieldId| {
        let held = container.holds.get(&model.fields[field].category);
        held.is_some_and(|held| {
            held.published.contains_key(&field) || held.shows.iter().any(|shows| shows.field == field)
        })
    };
    for pair in levels.windows(2) {
        let [lower, higher] = pair else { continue };
        let fields: Vec<String> = model
            .fields
            .ids()
            .filter(|field| gives(lower, *field) && !gives(higher, *field))
            .map(|field| model.field_name(field))
            .collect();
        if fields.is_empty() {
            continue;
        }
        let list = first_of(3, &fields);
        findings.push(
            findings
                .finding(format!("`{}` shows less than `{}`", higher.declared.name, lower.declared.name))
                .at(higher.declared.span, format!("does not show {list}"))
                .at(lower.declared.span, "does"),
        );
    }
}
