//! `blocked-reveals`: blocking containers that show more than strangers get.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::model::{Condition, FieldId, Held, Shows};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::blocked-reveals", Severity::Warning, "a block that shows more than strangers get"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Fields of which a blocking container gives the owner's value and container 0, which answers strangers, does not.
        A container gives it if it publishes the field and has no `shows` for it without a condition.
    ",
    why: "To be blocked would be an advantage. Blocked people need no more than to find the person.",
    reach: Reach::Declarations,
    bad: Example {
        policy: r"
            use std/lync2013

            extend container blocked { publishes contact_card { title } }
        ",
        directory: "",
    },
    good: Example {
        policy: r"
            use std/lync2013

            extend container blocked { publishes contact_card { email } }
        ",
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let fallback = model.fallback();
    let gives = |held: &Held, field: FieldId| {
        let always = |shows: &Shows| *model.conditions.get(shows.when) == Condition::Constant(true);
        held.published.contains_key(&field) && !held.shows.iter().any(|shows| shows.field == field && always(shows))
    };
    for (_, container) in model.containers.iter().filter(|(_, it)| it.blocking) {
        for (category, held) in &container.holds {
            let strangers = fallback.and_then(|fallback| model.containers[fallback].holds.get(category));
            for (field, span) in held.published.iter().filter(|(field, _)| gives(held, **field)) {
                if strangers.is_some_and(|held| gives(held, *field)) {
                    continue;
                }
                let message = format!("`{}` reveals `{}`", container.declared.name, model.field_name(*field));
                let mut finding = findings.finding(message).at(*span, "published to whoever is blocked");
                if let Some(fallback) = fallback {
                    let name = &model.containers[fallback].declared;
                    finding = finding.at(name.span, "strangers do not get it");
                }
                findings.push(finding.help("do not publish it here"));
            }
        }
    }
}
