//! Every code that can be found, where it is found, and how it reads. A fixture says itself what is wrong with it: the
//! line of the primary place ends with `// error: code` (in YAML `# error: code`), or `warning`.

use std::collections::BTreeSet;

use insta::assert_snapshot;
use prescope::diagnostic::code;
use prescope::language::{Code, Sources, parse};
use prescope::project::Project;
use prescope::report::finding;
use prescope::report::page::Screen;
use prescope::report::telling::Telling;

use crate::given;

const MODEL: &str = "tests/fixtures/model";

/// A policy of the folder with the directory files of its name.
fn fixture(name: &str) -> Project {
    let file = |path: String| {
        let shown = path.rsplit('/').next().unwrap_or_default().to_owned();
        (shown, given::text_of(&path))
    };
    let yaml = given::files_below(MODEL, ".yaml").into_iter();
    let yaml = yaml.filter(|path| path.strip_prefix(&format!("{MODEL}/{name}.")).is_some());
    Project::builder().policies([file(format!("{MODEL}/{name}.prescope"))]).directories(yaml.map(file)).build()
}

fn fixtures() -> Vec<String> {
    let files = given::files_below(MODEL, ".prescope").into_iter();
    files.map(|path| path[MODEL.len() + 1..].trim_end_matches(".prescope").to_owned()).collect()
}

/// `file:line: severity: code`, as the comments of the files of a project expect it.
fn expected(project: &Project) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for (_, source) in project.sources().files().filter(|(_, source)| !source.path().starts_with("std/")) {
        for (index, line) in source.text().lines().enumerate() {
            for severity in ["error", "warning"] {
                let marks = [format!("// {severity}: "), format!("# {severity}: ")];
                let codes = marks.iter().find_map(|mark| line.split_once(mark.as_str()));
                let codes = codes.and_then(|(_, codes)| codes.split("  ").next()).unwrap_or_default();
                let codes = codes.split(", ").filter(|code| !code.is_empty());
                all.extend(codes.map(|code| format!("{}:{}: {severity}: {code}", source.path(), index + 1)));
            }
        }
    }
    all
}

fn found(project: &Project) -> BTreeSet<String> {
    let sources = project.sources();
    let line = |it: &prescope::language::Diagnostic| {
        let span = it.span().unwrap_or_else(|| panic!("no place: {it:?}"));
        let severity = finding::severity_name(it.severity);
        format!("{}:{}: {severity}: {}", sources.path(span.file), sources.start(span).line, it.code.name())
    };
    project.diagnostics().iter().map(line).collect()
}

#[test]
fn every_fixture_has_the_findings_that_it_expects_and_no_others() {
    let mut wrong = Vec::new();
    for name in fixtures() {
        let project = fixture(&name);
        let (expected, found) = (expected(&project), found(&project));
        wrong.extend(expected.difference(&found).map(|it| format!("missing    {it}")));
        wrong.extend(found.difference(&expected).map(|it| format!("unexpected {it}")));
        assert!(project.has_errors() && project.rules(prescope::resolve::Entries::InForce).is_err(), "{name}");
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Codes of the fixtures of parser and model, and of projects that cannot be read.
#[test]
fn every_code_is_found_somewhere() {
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let mut see = |project: &Project| seen.extend(project.check().iter().map(|it| it.code.name()));
    fixtures().iter().for_each(|name| see(&fixture(name)));
    let folder = given::repository().join("tests/fixtures/broken_project");
    see(&Project::open(&folder));
    see(&Project::open(folder.join("policies")));
    see(&Project::from_files(&[folder.join("missing.prescope")], &[] as &[&str]));
    see(&Project::from_files(&[folder.join("people.yaml")], &[] as &[&str]));
    let without_library = "extend container workgroup { publishes note }\n";
    see(&Project::builder().policy("a.prescope", without_library).build());
    let people = [
        ("a.ndjson", "{}\n{\n"),
        ("b.csv", "name\n"),
        ("c.csv", "user,contact\nnobody@contoso.com,anna@contoso.com\n"),
    ];
    see(&Project::builder().directories(people).build());
    let deep = format!("feature f for user {{ deny \"x\" when {} }}", "not ".repeat(1000));
    see(&Project::builder().policy("deep.prescope", deep).build());
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("prescope.yaml"), "lint: { shadowed-member: off }\n").expect("a file");
    seen.extend(Project::open(folder.path()).levels().1.iter().map(|it| it.code.name()));
    for text in ["policies: []", "policies: [\"*.x\", .]", "requires: 999", "requires: 0.0.1\npolicies: [\"*.x\"]"] {
        std::fs::write(folder.path().join("prescope.yaml"), text).expect("a file");
        std::fs::write(folder.path().join(if text.contains(']') { "a.x" } else { "b.prescope" }), "").expect("a file");
        seen.extend(Project::open(folder.path()).check().iter().map(|it| it.code.name()));
    }
    seen.extend(crate::saving::codes());
    seen.extend(crate::prove::codes());
    let mut sources = Sources::default();
    for path in given::files_below("tests/fixtures/syntax", ".prescope") {
        let text = given::text_of(&path);
        let file = sources.add(path, text);
        seen.extend(parse(file, sources.text(file)).diagnostics.iter().map(|it| it.code.name()));
    }
    let missing: Vec<&str> = code::all().map(Code::name).filter(|name| !seen.contains(name)).collect();
    assert!(missing.is_empty(), "nothing finds {missing:?}");
}

#[test]
fn codes_are_unlike_and_say_what_they_are() {
    let names: BTreeSet<&str> = code::all().map(Code::name).collect();
    assert_eq!(names.len(), code::all().count());
    for code in code::all() {
        let (floor, name) = code.name().split_once("::").expect("floor::name");
        assert!(["syntax", "directory", "model", "graph", "proof", "project"].contains(&floor), "{}", code.name());
        assert!(name.chars().all(|it| it.is_ascii_lowercase() || it == '-' || it.is_ascii_digit()), "{name}");
        assert!(!code.title().is_empty() && !code.title().ends_with('.'));
    }
}

/// What a message has to be: lower case, no period, a place; and help that is a sentence.
#[test]
fn messages_keep_to_the_style() {
    for name in fixtures() {
        for it in fixture(&name).diagnostics() {
            assert!(!it.message.ends_with('.') && !it.message.contains("  "), "{name}: {it:?}");
            assert!(!it.message.starts_with(char::is_uppercase), "{name}: {it:?}");
            assert!(it.help.as_ref().is_none_or(|help| !help.ends_with('.') && !help.ends_with(' ')), "{name}: {it:?}");
            assert!(!it.labels.is_empty(), "{name}: {it:?}");
        }
    }
}

#[test]
fn messages_can_be_read() {
    let found = |name: String| {
        let project = fixture(&name);
        (name, finding::plain(project.sources(), project.diagnostics()))
    };
    given::snapshots!("messages", fixtures().into_iter().map(found));
}

#[test]
fn a_broken_project_is_told() {
    let project = Project::open(given::repository().join("tests/fixtures/broken_project"));
    assert_snapshot!(finding::plain(project.sources(), project.diagnostics()));
}

/// The findings of a fixture with one code, drawn.
fn drawn(name: &str, code: Code) -> String {
    let project = fixture(name);
    let of_code: Vec<_> = project.diagnostics().iter().filter(|it| it.code == code).take(1).cloned().collect();
    finding::graphical(project.sources(), &Telling::each(&of_code), Screen::PIPE)
}

#[test]
fn a_circle_is_drawn_whole() {
    assert_snapshot!(drawn("circles", code::REQUIRES_CIRCLE));
}

#[test]
fn places_in_several_files_are_drawn() {
    assert_snapshot!(drawn("doubled", code::DUPLICATE_USER));
}

#[test]
fn a_misspelt_name_is_drawn_with_its_fix() {
    assert_snapshot!(drawn("presence", code::UNKNOWN_CATEGORY));
}

/// Each step with its place, in every kind of circle.
#[test]
fn circles_show_the_circle() {
    let project = fixture("circles");
    for code in [code::REQUIRES_CIRCLE, code::MANIFEST_CIRCLE, code::GROUP_CIRCLE] {
        let circle = project.diagnostics().iter().find(|it| it.code == code).expect("a circle");
        assert_eq!(circle.labels.len(), 3, "{circle:?}");
        let steps: Vec<&str> = circle.labels.iter().map(|label| label.text.as_str()).collect();
        for pair in steps.windows(2) {
            let (end, start) = (pair[0].rsplit(' ').next(), pair[1].split(' ').next());
            assert_eq!(end, start, "{steps:?}");
        }
    }
}
