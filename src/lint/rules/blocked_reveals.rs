//! `blocked-reveals`: blocking containers that show more than strangers get.

use crate::diagnostic::{Code, Severity};
use crate::lint::context::{Context, Findings};
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code::lint("lint::blocked-reveals", Severity::Warning, "a block that shows more than strangers get"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: "Fields that a blocking container publishes and container 0, which answers strangers, does not.",
    why: "To be blocked would be an advantage. Blocked people need no more than to find the person.",
    bad: Example {
        policy: "use std/lync2013\n\nextend container blocked { publishes contact_card { title } }\n",
        directory: "",
    },
    good: Example {
        policy: "use std/lync2013\n\nextend container blocked { publishes contact_card { email } }\n",
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let fallback = model.fallback();
    for (_, container) in model.containers.iter().filter(|(_, it)| it.blocking) {
        for (category, held) in &container.holds {
            let strangers = fallback.and_then(|fallback| model.containers[fallback].holds.get(category));
            for (field, span) in &held.published {
                let shown_first = held.shows.iter().any(|shows| {
                    shows.field == *field
                        && *model.conditions.get(shows.when) == crate::model::Condition::Constant(true)
                });
                if shown_first || strangers.is_some_and(|held| held.published.contains_key(field)) {
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
