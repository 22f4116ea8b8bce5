//! `unexplained-suppression`: comments that allow without saying why.

use crate::language::{Code, Severity};
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};

// The check is part of suppressing.
pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::unexplained-suppression", Severity::Warning, "a suppression without a reason"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: "Comments `allow(name)` without a colon and a reason. They keep nothing back.",
    why: "Whoever reads the comment next year has to know whether it still holds.",
    reach: Reach::Said("Texts only; no decision is looked at."),
    bad: Example {
        policy: r#"
            use std/lync2013

            // allow(unused-declaration)
            recipient auditors "The auditors" external
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
