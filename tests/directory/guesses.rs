//! Many addresses that nobody has are all reported, and guessing what they were meant to be ends.

use std::fmt::Write as _;

use prescope::language::Diagnostic;
use prescope::project::Project;

/// So many users with so many addresses that nobody has: comparing all with all would be ten million comparisons.
const USERS: usize = 1000;
const UNKNOWN: usize = 10_000;

/// How many of the diagnostics have this code, and for each of these texts whether it is followed by a guess.
fn told(project: &Project, code: &str, texts: [&str; 2]) -> (usize, [bool; 2]) {
    let found: Vec<&Diagnostic> = project.diagnostics().iter().filter(|one| one.code.name() == code).collect();
    let guessed = texts.map(|text| {
        let one = found.iter().find(|one| one.message.contains(text)).expect("it is reported");
        one.help.iter().any(|help| help.contains("ann@contoso.com")) || one.fix.is_some()
    });
    (found.len(), guessed)
}

fn users() -> String {
    let mut text = "organization: { domains: [contoso.com] }\nusers:\n  ann@contoso.com:\n".to_owned();
    (0..USERS).for_each(|number| writeln!(text, "  somebody.with.a.long.name.{number}@contoso.com:").unwrap());
    text
}

fn opened(people: Vec<(&str, String)>) -> Project {
    Project::builder().policy("a.prescope", "use std/lync2013\n").directories(people).build()
}

#[test]
fn unknown_contacts_are_all_reported() {
    let mut contacts = "user,contact\nann@contoso.com,anm@contoso.com\n".to_owned();
    (0..UNKNOWN).for_each(|number| writeln!(contacts, "ann@contoso.com,x{number}@contoso.com").unwrap());
    contacts += "ann@contoso.com,amn@contoso.com\n";
    let project = opened(vec![("people.yaml", users()), ("people.csv", contacts)]);
    let told = told(&project, "directory::unknown-user", ["`anm@contoso.com`", "`amn@contoso.com`"]);
    assert_eq!(told, (UNKNOWN + 2, [true, false]));
}

#[test]
fn lists_of_nobody_are_all_reported() {
    let mut contacts = "user,contact\nanm@contoso.com,\n".to_owned();
    (0..UNKNOWN).for_each(|number| writeln!(contacts, "x{number}@contoso.com,").unwrap());
    contacts += "amn@contoso.com,\n";
    let project = opened(vec![("people.yaml", users()), ("people.csv", contacts)]);
    let told = told(&project, "directory::list-without-user", ["`anm@contoso.com`", "`amn@contoso.com`"]);
    assert_eq!(told, (UNKNOWN + 2, [true, false]));
}
