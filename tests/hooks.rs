//! The hooks of `.pre-commit-hooks.yaml`, by pre-commit itself in git repositories of their own.
//!
//! Where there is no pre-commit these tests say so and are skipped; `.ci/run` sees to it that there is one.

mod beginning;
mod committing;
mod manifest;
mod pushing;
mod repository;
mod trying;

use crate::cli::Ran;

pub(crate) use repository::by_itself;

/// A project in which nothing is wrong: a policy that needs its directory, and a test that needs both.
const PROJECT: [(&str, &str); 4] = [
    ("prescope.yaml", "policies:  [\"policies/*.prescope\"]\ndirectory: [\"directory/*.yaml\"]\n"),
    (
        "policies/levels.prescope",
        "use std/lync2013\n\n\
         /// Assistants see the meetings of those they work for.\n\
         membership \"assistants\" when owner in group executives {\n    workgroup has group assistants\n}\n",
    ),
    (
        "policies/tests.prescope",
        "test \"assistants see the meetings of those they work for\" {\n    \
         expect dan@contoso.com sees anna@contoso.com state.meeting_subject\n    \
         expect bob@contoso.com does not see anna@contoso.com state.meeting_subject\n}\n",
    ),
    (
        "directory/people.yaml",
        "organization: { domains: [contoso.com] }\n\
         groups:\n  executives: [anna@contoso.com]\n  assistants: [dan@contoso.com]\n\
         users:\n  anna@contoso.com: {}\n  bob@contoso.com: {}\n  dan@contoso.com: {}\n",
    ),
];

/// The directory of the project without a group that `policies/levels.prescope` needs.
const WITHOUT_ASSISTANTS: &str = "organization: { domains: [contoso.com] }\n\
                                  groups:\n  executives: [anna@contoso.com]\n\
                                  users:\n  anna@contoso.com: {}\n  bob@contoso.com: {}\n  dan@contoso.com: {}\n";

/// A policy that parses, compiles, and has a finding.
const FINDING: (&str, &str) = ("policies/found.prescope", "recipient auditors \"The auditors\" external\n");

/// What became of each hook that pre-commit was not told to leave out, as in `check passed, fmt failed`.
fn verdicts(ran: &Ran) -> String {
    let line = |line: &str| {
        let (name, rest) = line.strip_prefix("prescope ")?.split_once('.')?;
        let verdict = rest.trim_start_matches('.');
        (verdict != "Skipped").then(|| format!("{name} {}", verdict.to_lowercase()))
    };
    ran.out.lines().filter_map(line).collect::<Vec<_>>().join(", ")
}

/// What one of the hooks printed, with what pre-commit says of it.
fn told<'a>(ran: &'a Ran, hook: &str) -> &'a str {
    let from = ran.out.find(&format!("- hook id: prescope-{hook}-system")).unwrap_or(ran.out.len());
    let rest = ran.out.get(from..).unwrap_or_default();
    rest.split("\nprescope ").next().unwrap_or_default()
}
