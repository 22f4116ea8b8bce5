//! `unread-file`: policies and people that lie in the project and are not read.

use crate::language::{Code, Severity};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::unread-file", Severity::Warning, "a file of the project that is not read"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Files named `*.prescope`, in any case, that no pattern of `prescope.yaml` matches, and files of people (YAML,
        JSON, tables) in a folder from which a pattern of `directory` reads. Hidden folders, `target`, `node_modules`,
        other projects and repositories, and what links to folders lead to are left out; so are files that a test names.
        A suppression stands at the top of the file; for lines of JSON and tables, which have no comments, at the
        patterns in `prescope.yaml`.
    ",
    why: "Whoever wrote the file believes that it holds. None of its rules does, and none of its tests is run.",
    reach: Reach::Said("The files below the folder of the project, at the moment it is read."),
    bad: Example {
        policy: r"
            // drafts/levels.prescope
            extend container colleagues { masks note }
        ",
        directory: r#"
            # prescope.yaml
            policies: ["policies/**/*.prescope"]
        "#,
    },
    good: Example {
        policy: r"
            // drafts/levels.prescope
            // allow(unread-file): we decide on this in May
            extend container colleagues { masks note }
        ",
        directory: r#"
            # prescope.yaml
            policies: ["policies/**/*.prescope"]
        "#,
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    for unread in context.unread() {
        findings.push(unread.told(RULE.code, context.sources()));
    }
}
