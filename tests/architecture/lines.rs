//! Lines of documents and comments are no wider than rustfmt lets code be.

use super::sources;
use crate::given;

/// The width that rustfmt breaks code at.
fn width() -> usize {
    let settings = given::text_of("rustfmt.toml");
    let width = settings.lines().find_map(|line| line.strip_prefix("max_width = "));
    width.and_then(|width| width.parse().ok()).expect("a `max_width`")
}

/// The documents that people write. Those in `docs` that tests write have a paragraph in each line.
fn documents() -> Vec<String> {
    let at_the_root = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"];
    let mut paths = at_the_root.map(str::to_owned).to_vec();
    paths.push("benches/README.md".to_owned());
    let is_generated = |path: &String| given::text_of(path).lines().any(|line| line.starts_with("Generated from "));
    paths.extend(given::files_below("docs", ".md").into_iter().filter(|path| !is_generated(path)));
    paths
}

/// The text of a comment that has a line to itself.
fn comment(line: &str) -> Option<&str> {
    let text = line.trim_start().strip_prefix("//")?;
    Some(text.trim_start_matches(['/', '!']))
}

/// The numbers of the lines of prose that are too long. Each line comes with its prose; None if it is code. Tables,
/// code blocks and addresses cannot be broken.
fn too_long<'t>(lines: impl Iterator<Item = (&'t str, Option<&'t str>)>, width: usize) -> Vec<usize> {
    let mut is_code = false;
    let mut found = Vec::new();
    for (index, (line, prose)) in lines.enumerate() {
        let Some(prose) = prose.map(str::trim_start) else {
            is_code = false;
            continue;
        };
        if prose.starts_with("```") {
            is_code = !is_code;
        } else if !is_code && !prose.starts_with('|') && !prose.contains("://") && line.chars().count() > width {
            found.push(index + 1);
        }
    }
    found
}

fn too_long_in_document(text: &str, width: usize) -> Vec<usize> {
    too_long(text.lines().map(|line| (line, Some(line))), width)
}

fn too_long_in_source(text: &str, width: usize) -> Vec<usize> {
    too_long(text.lines().map(|line| (line, comment(line))), width)
}

#[test]
fn long_lines_of_prose_are_found_and_no_others() {
    let document = "short äöü\ntoo long a line\n| too long a row |\nhttps://too.long\n```\ntoo long code\n```\n- too long a line\n";
    assert_eq!(too_long_in_document(document, 9), [2, 8]);
    let source =
        "//! too long\n/// ```\n/// too long code\n/// ```\nfn too_long_code() {}\n    // too long\n// short\n";
    assert_eq!(too_long_in_source(source, 9), [1, 6]);
    // A block of code ends with its comment.
    assert_eq!(too_long_in_source("/// ```\nfn f() {}\n// too long\n", 9), [3]);
}

#[test]
fn lines_of_prose_are_as_long_as_code_may_be() {
    let width = width();
    let told = |path: &String, numbers: Vec<usize>| {
        numbers.into_iter().map(|number| format!("{path}:{number}: more than {width} characters")).collect::<Vec<_>>()
    };
    let mut wrong = Vec::new();
    for path in documents() {
        wrong.extend(told(&path, too_long_in_document(&given::text_of(&path), width)));
    }
    for path in sources().chain(given::files_below("tests", ".rs")) {
        wrong.extend(told(&path, too_long_in_source(&given::text_of(&path), width)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
