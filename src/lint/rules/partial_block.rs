//! `partial-block`: blocking containers that do not hold every category.

use crate::language::{Code, Severity};
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::lint::rules::missing_mask::{Lack, report};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::partial-block", Severity::Warning, "a block with a hole"),
    level: Level::Warning,
    fixes: Fixes::Unsafe,
    what: "Blocking containers that do not hold every category, in a set that resolves per category.",
    why: r"
        Blocking works by answering. A category that the blocking container does not hold is answered by the next
        broader entry, as if nobody had been blocked.
    ",
    reach: Reach::Declarations,
    bad: Example {
        policy: r"
            use std/lync2013

            category mood { colour }

            extend container colleagues { publishes mood }
            extend container external { masks mood }
            extend container workgroup { publishes mood }
            extend container friends_and_family { publishes mood }
        ",
        directory: "",
    },
    good: Example {
        policy: r"
            use std/lync2013

            category mood { colour }

            extend container colleagues { publishes mood }
            extend container external { masks mood }
            extend container workgroup { publishes mood }
            extend container friends_and_family { publishes mood }
            extend container blocked { masks mood }
        ",
        directory: "",
    },
    check: |context, findings| {
        for (container, _) in context.model().containers.iter().filter(|(_, it)| it.blocking) {
            let message = |name: &str| format!("`{name}` does not block everything");
            report(context, findings, &Lack::new(context.model(), container, message));
        }
    },
};
