//! `partial-block`: blocking containers that do not hold every category.

use crate::language::{Code, Severity};
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::partial-block", Severity::Warning, "a block with a hole"),
    level: Level::Warning,
    fixes: Fixes::Unsafe,
    what: "Blocking containers that do not hold every category, in a set that resolves per category.",
    why: "Blocking works by answering. A category that the blocking container does not hold is answered by the next \
          broader entry, as if nobody had been blocked.",
    reach: Reach::Declarations,
    bad: Example {
        policy: "use std/lync2013\n\ncategory mood { colour }\n\nextend container colleagues { publishes mood }\n\
                            extend container external { masks mood }\nextend container workgroup { publishes mood }\n\
                            extend container friends_and_family { publishes mood }\n",
        directory: "",
    },
    good: Example {
        policy: "use std/lync2013\n\ncategory mood { colour }\n\nextend container colleagues { publishes mood }\n\
                            extend container external { masks mood }\nextend container workgroup { publishes mood }\n\
                            extend container friends_and_family { publishes mood }\nextend container blocked { masks mood }\n",
        directory: "",
    },
    check: |context, findings| {
        for (container, _) in context.model().containers.iter().filter(|(_, it)| it.blocking) {
            super::missing_mask::report(
                context,
                findings,
                container,
                |_, _, _| true,
                |name| format!("`{name}` does not block everything"),
            );
        }
    },
};
