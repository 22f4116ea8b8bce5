//! The formatter: what it makes of fixtures, laws over every policy file there is and over generated ones, and `fmt`.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so")]

mod command;
mod generate;
mod laws;

use std::path::{Path, PathBuf};

use prescope::language::{Diagnostic, Sources, Unsound, format, parse};

/// A text in the one layout.
fn formatted(text: &str) -> Result<String, Unsound> {
    let mut sources = Sources::default();
    let file = sources.add("policy", text);
    let text = sources.text(file);
    format(&parse(file, text), text)
}

fn has_errors(text: &str) -> bool {
    let mut sources = Sources::default();
    let file = sources.add("policy", text);
    parse(file, sources.text(file)).diagnostics.iter().any(Diagnostic::is_error)
}

/// Every policy file below a folder of the repository.
fn policies(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "prescope") {
                // One fixture is not UTF-8 on purpose, and so no policy file.
                if let Ok(text) = std::fs::read_to_string(&path) {
                    files.push((path, text));
                }
            }
        }
    }
    files.sort();
    files
}

#[test]
fn fixtures_are_laid_out() {
    insta::glob!("fixtures/format/*.prescope", |path| {
        insta::assert_snapshot!(formatted(&std::fs::read_to_string(path).unwrap()).unwrap());
    });
}

#[test]
fn every_construct_is_laid_out() {
    insta::glob!("fixtures/syntax/good/*.prescope", |path| {
        insta::assert_snapshot!(formatted(&std::fs::read_to_string(path).unwrap()).unwrap());
    });
}

#[test]
fn what_we_ship_and_show_is_laid_out() {
    for folder in ["policies", "examples", "tests/fixtures/projects"] {
        for (path, text) in policies(folder) {
            same(&path, &text, &formatted(&text).unwrap());
        }
    }
}

fn same(path: &Path, text: &str, laid_out: &str) {
    let first = text.lines().zip(laid_out.lines()).find(|(before, after)| before != after);
    assert!(text == laid_out, "{}: run `prescope fmt`; first difference: {first:#?}", path.display());
}

#[test]
fn a_file_with_errors_is_refused() {
    for (path, text) in policies("tests/fixtures/syntax/bad") {
        assert_eq!(formatted(&text), Err(Unsound::Unread), "{}", path.display());
    }
}

#[test]
fn nothing_and_blanks_are_nothing() {
    for text in ["", "\n", " \r\n\t\n", "\u{feff}"] {
        assert_eq!(formatted(text).unwrap(), "", "{text:?}");
    }
    assert_eq!(formatted("// alone").unwrap(), "// alone\n");
    assert_eq!(formatted("\n\n//! a\r\n\r\n\r\n// b\r\n\r\n").unwrap(), "//! a\n\n// b\n");
}

#[test]
fn line_ends_are_ours_and_a_missing_one_is_added() {
    assert_eq!(formatted("place a\r\n\r\n\r\nplace b").unwrap(), "place a\n\nplace b\n");
}

#[test]
fn a_name_that_could_go_on_with_the_line_above_keeps_its_comma() {
    let text = "extend category c {\n    a,\n    also,\n    also // why\n}\n";
    assert_eq!(formatted(text).unwrap(), "extend category c {\n    a,\n    also,\n    also // why\n}\n");
    let text = "extend attributes user {\n    a also b,\n    aka also c\n}\n";
    assert_eq!(formatted(text).unwrap(), text);
}

#[test]
fn time_grows_with_the_text() {
    let rules = "    deny \"a label\" when user.a == b and user.c in {d, e} // why\n    // alone\n".repeat(4_000);
    let condition = vec!["user.reading == value"; 4_000].join(" and ");
    let values = vec!["value"; 4_000].join(" | ");
    let grants = vec!["group g"; 4_000].join(", // why\n");
    for text in [
        format!("feature f for user {{\n{rules}}}\n"),
        format!("feature f for user {{ deny \"x\" when {condition} }}\n"),
        format!("category c {{ a: {values}, b }}\n"),
        format!("membership \"m\" {{ c has {grants} }}\n"),
        "place a \"b\"\n".repeat(4_000),
        format!("{}place p\n", "/// doc\n".repeat(8_000)),
    ] {
        let started = std::time::Instant::now();
        formatted(&text).unwrap();
        // A tenth of a megabyte without optimisation: quadratic behaviour would take minutes.
        assert!(started.elapsed().as_secs() < 10, "{}", text.get(..60).unwrap());
    }
}
