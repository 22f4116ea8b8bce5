//! `unused-suppression`: comments that keep nothing back.

use crate::language::{Code, Severity};
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};

// The check is part of suppressing: only there it is known what a comment kept back.
pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::unused-suppression", Severity::Warning, "a suppression of nothing"),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: "Comments `allow(name): reason` on lines where that lint finds nothing, or that name no lint.",
    why: "A suppression outlives what it was written for, and would hide the next finding of its kind.",
    reach: Reach::Said(
        r"
        Findings of the rules that are asked: one that is off finds nothing, so its suppressions are not judged.
    ",
    ),
    bad: Example {
        policy: r#"
            use std/lync2013

            // allow(unused-declaration): the auditors come next year
            data minutes "Minutes"

            feature record_minutes "Minutes" for participant of meeting {
                allow "inside" when participant.inside
                discloses minutes to presenters
            }
        "#,
        directory: "",
    },
    good: Example {
        policy: r#"
            use std/lync2013

            // allow(unused-declaration): the auditors come next year
            recipient auditors "The auditors" external
        "#,
        directory: "",
    },
    check: |_, _| {},
};
