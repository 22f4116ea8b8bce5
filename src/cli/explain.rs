//! `explain`: what a code of a message means, and why.

use super::Status;
use super::args::Explain;
use super::failure::Failure;
use super::output::Output;
use crate::diagnostic::code::all;
use crate::language::{Code, Severity, nearest};
use crate::lint::{RULES, document, find};
use crate::text::{severity_name, shown};

pub(super) fn run(command: &Explain, output: &mut Output) -> Result<Status, Failure> {
    match &command.code {
        None => {
            let levels = RULES.iter().map(|rule| (rule.code.name(), rule.level.name(), rule.code.title()));
            let codes = all().map(|code| (code.name(), severity_name(code.severity()), code.title()));
            let rows: Vec<_> = levels.chain(codes).collect();
            let widest = rows.iter().map(|(name, ..)| name.len()).max().unwrap_or(0);
            for (name, level, title) in rows {
                output.tell(format!("{name:widest$}  {level:11}  {title}\n"))?;
            }
        }
        Some(name) => {
            let text = explained(name).ok_or_else(|| unknown(name))?;
            output.tell(format!("{}\n", text.trim_end()))?;
        }
    }
    Ok(Status::Clean)
}

/// What a code means, by its name; of a lint, what stands before its own name may be left out.
fn explained(name: &str) -> Option<String> {
    if let Some(rule) = find(name.strip_prefix("lint::").unwrap_or(name)) {
        return Some(document(rule));
    }
    all().find(|code| code.name() == name).map(of_code)
}

fn of_code(code: Code) -> String {
    let found = match code.name().split("::").next() {
        Some("syntax") => "while a policy is parsed; `docs/grammar.md` has the grammar",
        Some("directory") => "while a directory is read; `docs/directory.md` says what may stand there",
        Some("project") => "while the files of a project are found and read; see `docs/directory.md`",
        Some("graph") => "while the rule graph is built, in which nothing may depend on itself",
        Some("proof") => "in tests and invariants; `docs/language.md` says what may stand in them",
        _ => "while names are resolved over all files; `docs/language.md` says what each may name",
    };
    let means = match code.severity() {
        Severity::Error => "Until it is corrected, the set answers no question.",
        Severity::Warning | Severity::Information => "Questions are answered all the same.",
    };
    let title = code.title();
    format!(
        "## {}\n\nLevel: {}\n\n**What it finds.** {}{}.\n\n**Where.** It is found {found}. {means}\n",
        code.name(),
        severity_name(code.severity()),
        title[..1].to_uppercase(),
        &title[1..],
    )
}

/// A name that no lint has.
pub(super) fn unknown_lint(name: &str) -> Failure {
    failure(format!("there is no lint `{name}`"), name, RULES.iter().map(|rule| rule.name()))
}

fn unknown(name: &str) -> Failure {
    let names = RULES.iter().map(|rule| rule.name()).chain(all().map(Code::name));
    failure(format!("there is no code `{}`", shown(name)), name, names)
}

fn failure(message: String, name: &str, known: impl Iterator<Item = &'static str>) -> Failure {
    let near = nearest(name, known).map(|near| near.help());
    Failure::Other(message, Some(near.unwrap_or_else(|| "`prescope explain` lists them".to_owned())))
}
