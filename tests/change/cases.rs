//! Changes one by one: a file says what is asked for, what stands before, and what stands afterwards or is complained
//! of.
//!
//! `tests/fixtures/change/NAME.case` has parts, each behind a line `-- NAME`: `ask` (the request), any policy and YAML
//! files, and then either `after FILE` for each file that changes, or `refused`. `UPDATE=1` writes these two anew.

use std::collections::BTreeMap;

use prescope::project::{NoChange, Project};
use prescope::report::finding;

use super::{change, words};
use crate::cli::run_in;
use crate::given;

const FOLDER: &str = "tests/fixtures/change";

/// The parts of a case in order.
fn parts(text: &str) -> Vec<(String, String)> {
    let mut parts: Vec<(String, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        match (line.strip_prefix("-- "), parts.last_mut()) {
            (Some(name), _) => parts.push((name.trim_end().to_owned(), String::new())),
            (None, Some((_, part))) => part.push_str(line),
            (None, None) => {}
        }
    }
    parts
}

/// What the command line says of a change that is not made.
fn told(project: &Project, ask: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let words = words(ask);
    let mut arguments: Vec<&str> = words.iter().map(String::as_str).collect();
    let paths = project.sources().files().map(|(file, source)| (file, source.path()));
    for (file, path) in paths.filter(|(_, path)| !path.starts_with("std/")) {
        std::fs::write(folder.path().join(path), project.sources().text(file)).expect("a file");
        arguments.extend([if path.ends_with(".yaml") { "--directory" } else { "--policy" }, path]);
    }
    let told = run_in(folder.path(), &arguments, b"").failed();
    told.replacen("error: ", "", 1).replacen("  help: ", "", 1)
}

/// What comes of a case: the files that change, or the complaint.
fn outcome(project: &Project, ask: &str) -> BTreeMap<String, String> {
    let complaint = match change(project, ask) {
        Ok(changed) => {
            let after = changed.plan.texts.iter();
            let shown = |file| project.sources().path(file).to_owned();
            return after.map(|(file, text)| (format!("after {}", shown(*file)), text.clone())).collect();
        }
        Err(NoChange::Objection(_)) => told(project, ask),
        Err(NoChange::Breaks(broken)) => finding::plain(broken.sources(), broken.diagnostics()),
        Err(other) => format!("{other:?}\n"),
    };
    BTreeMap::from([("refused".to_owned(), complaint)])
}

#[test]
fn every_case_comes_out_as_it_says() {
    let updating = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    let paths = given::files_below(FOLDER, ".case");
    assert!(paths.len() > 20);
    for path in &paths {
        let parts = parts(&given::text_of(path));
        let is_outcome = |name: &str| name.starts_with("after ") || name == "refused";
        let ask = &parts.iter().find(|(name, _)| name == "ask").expect("a request").1;
        let files = |ending: &str| {
            let of_kind = parts.iter().filter(move |(name, _)| !is_outcome(name) && name.ends_with(ending));
            of_kind.cloned().collect::<Vec<_>>()
        };
        let project = Project::builder().policies(files(".prescope")).directories(files(".yaml")).build();
        assert!(!project.has_errors(), "{path}: {}", finding::plain(project.sources(), project.diagnostics()));
        let found = outcome(&project, ask.trim());
        let expected: BTreeMap<String, String> = parts.iter().filter(|(name, _)| is_outcome(name)).cloned().collect();
        if updating {
            let given = parts.iter().filter(|(name, _)| !is_outcome(name));
            let all = given.map(|(name, text)| (name, text)).chain(&found);
            let text: String = all.map(|(name, text)| format!("-- {name}\n{text}")).collect();
            std::fs::write(given::repository().join(path), text).expect("a case to write");
        } else if found != expected {
            wrong.push(format!("{path}: {}\nexpected {expected:#?}\nfound {found:#?}", ask.trim()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
