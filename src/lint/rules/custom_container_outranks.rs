//! `custom-container-outranks`: containers whose number beats a block or a level.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::resolve::Stand;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::custom-container-outranks", Severity::Warning, "a container that beats a block or a level"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Containers that do not block and have a higher number than one that does; and containers that are no level
        (neither `visible` nor `blocking`) with an entry in force above an entry of the same people in a level.
    ",
    why: r"
        Inside one type the highest number decides. Whoever is blocked and also in the higher container is not blocked.
    ",
    reach: Reach::Directory,
    bad: Example {
        policy: r#"
            use std/lync2013

            container press(32500) "Press" visible {
                publishes contact_card, state, calendar_data
                publishes note, activity_feed, services
            }
        "#,
        directory: "",
    },
    good: Example {
        policy: r#"
            use std/lync2013

            container press(450) "Press" visible {
                publishes contact_card, state, calendar_data
                publishes note, activity_feed, services
            }
        "#,
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let block = model.containers.values().find(|container| container.blocking);
    for container in model.containers.values().filter(|container| !container.blocking) {
        if let Some(block) = block.filter(|block| block.number < container.number) {
            let (name, blocking) = (&container.declared.name, &block.declared.name);
            findings.push(
                findings
                    .finding(format!("`{name}` outranks `{blocking}`"))
                    .at(container.declared.span, format!("{} is above {}", container.number, block.number))
                    .at(block.declared.span, "blocks")
                    .help(format!("give it a number below {}", block.number)),
            );
        }
    }
    for owner in model.users.ids() {
        let settled = context.settled(owner);
        for stand in context.stands(owner) {
            let custom = &model.containers[stand.container];
            let below = |other: &&Stand| other.container < stand.container && model.containers[other.container].visible;
            let beaten = settled.entries_for(stand.matcher).iter().find(below);
            let (Some(beaten), Some(place)) = (beaten, Context::written(stand.origin)) else { continue };
            if custom.visible || custom.blocking {
                continue;
            }
            let level = &model.containers[beaten.container].declared.name;
            let who = stand.matcher.describe(model);
            let message =
                format!("{who} in `{}` of {} outranks `{level}`", custom.declared.name, context.address(owner));
            let mut finding = findings.finding(message).at(place, "decides");
            if let Some(at) = Context::written(beaten.origin) {
                finding = finding.at(at, "never does, where both hold the category");
            }
            let cause = format!("{} and {level}", custom.declared.name);
            findings.push(finding.help("use a level, or a lower number").because(cause));
        }
    }
}
