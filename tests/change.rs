//! Changes of policy objects: which lines of the files change, what comes out, and what is refused.

mod believed;
mod cases;
mod command;
mod effects;
mod follows;
mod kept;
mod laws;

pub(crate) use effects::compared;

use prescope::change::{Objection, Request};
use prescope::project::{NoChange, PlannedChange, Project};

/// The words of a command line. Words with blanks stand in single quotes.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in line.chars() {
        match letter {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            other => words.last_mut().expect("a word").push(other),
        }
    }
    words
}

/// A request as it is typed: `set C.P=V --at site:A`, `new C --at tag:T --like global`, `remove C --at global`.
fn request(project: &Project, line: &str) -> Result<Request, Objection> {
    let words = words(line);
    let option = |name: &str| words.iter().position(|word| word == name).map(|at| words[at + 1].clone());
    let (at, like) = (option("--at"), option("--like"));
    let plain = words.iter().take_while(|word| !word.starts_with("--")).cloned().collect::<Vec<_>>();
    let set = project.set();
    match plain[0].as_str() {
        "set" => Request::set(set, &plain[1..], at.as_deref()),
        "new" => Request::new(set, &plain[1], &at.expect("--at"), like.as_deref()),
        "remove" => Request::remove(set, &plain[1], &at.expect("--at")),
        verb => panic!("there is no `{verb}`"),
    }
}

pub(crate) fn change(project: &Project, line: &str) -> Result<PlannedChange, NoChange> {
    project.change(&request(project, line)?)
}
