//! Lint: the rules' own examples, fixtures that name what is found in them, suppressions, fixes and formats.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod command;
mod exact;
mod formats;
mod grouped;
mod lists;
mod lookalikes;
mod mending;
mod since;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use prescope::language::Diagnostic;
use prescope::lint::{Example, Levels, RULES, document_all};
use prescope::project::Project;
use prescope::report::finding::plain;

use crate::tries::share;

/// A set of texts; no directory if that is empty.
fn project(policy: &str, directory: &str) -> Project {
    let directories = (!directory.is_empty()).then_some(("directory.yaml", directory));
    let project = Project::builder().policy("policy.prescope", policy).directories(directories).build();
    let errors: Vec<&Diagnostic> = project.diagnostics().iter().filter(|it| it.is_error()).collect();
    assert!(errors.is_empty(), "{}", plain(project.sources(), project.diagnostics()));
    project
}

/// The set of an example. One that is about which files are read lies in a folder for a moment, with a policy that is.
fn example(example: Example) -> Project {
    let (policy, directory) = (example.policy(), example.directory());
    if !directory.starts_with("# prescope.yaml\n") {
        return project(&policy, &directory);
    }
    let folder = tempfile::tempdir().unwrap();
    let named = policy.lines().next().unwrap().trim_start_matches("// ");
    let read = ("policies/a.prescope", "use std/lync2013\n");
    for (name, text) in [("prescope.yaml", directory.as_str()), (named, policy.as_str()), read] {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let project = Project::open(folder.path());
    project.sources().read_all();
    project
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|finding| finding.code.name()).collect()
}

/// Compares a generated file, or writes it if `UPDATE` is set.
fn generated(path: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, text).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == text, "{} is out of date: UPDATE=1 cargo test rewrites it", path.display());
}

#[test]
fn the_bad_example_of_every_rule_is_found_and_the_good_one_is_not() {
    for rule in share(RULES) {
        // A suppression is unused only where the rule it names is asked, too.
        let levels = if rule.name().contains("suppression") { Levels::usual() } else { Levels::only(rule) };
        let bad = codes(&example(rule.bad).lint(&levels));
        assert!(bad.contains(&rule.code.name()), "{}: the bad example is not found", rule.name());
        let good = example(rule.good).lint(&levels);
        assert_eq!(codes(&good), Vec::<&str>::new(), "{}: {good:?}", rule.name());
    }
}

#[test]
fn every_rule_is_registered_and_sorted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lint/rules");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_string_lossy().replace('_', "-"))
        .collect();
    files.sort();
    let names: Vec<&str> = RULES.iter().map(|rule| rule.name()).collect();
    assert_eq!(names, files);
    for rule in RULES {
        assert_eq!(rule.level.severity().unwrap_or(rule.code.severity()), rule.code.severity(), "{}", rule.name());
        assert!(rule.what().ends_with('.') && rule.why().ends_with('.'), "{}", rule.name());
    }
}

#[test]
fn the_page_of_rules_is_what_the_rules_say() {
    generated("docs/rules.md", &document_all());
}

/// Lines and lints found, and those that the comments of a fixture ask for (`// lint: name`, `# lint: name`).
#[test]
fn fixtures_find_what_they_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lint");
    let mut policies: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    policies.retain(|path| path.extension().is_some_and(|extension| extension == "prescope"));
    policies.sort();
    assert!(!policies.is_empty());
    for path in policies {
        let policy = std::fs::read_to_string(&path).unwrap();
        let directory = std::fs::read_to_string(path.with_extension("yaml")).unwrap_or_default();
        let project = project(&policy, &directory);
        let found: BTreeSet<(String, usize, String)> = project
            .lint(&Levels::usual())
            .iter()
            .map(|finding| {
                let span = finding.span().unwrap();
                let name = finding.code.name().trim_start_matches("lint::").to_owned();
                (project.sources().path(span.file).to_owned(), project.sources().start(span).line, name)
            })
            .collect();
        let mut expected = BTreeSet::new();
        for (file, text) in [("policy.prescope", &policy), ("directory.yaml", &directory)] {
            for (line, text) in (1..).zip(text.lines()) {
                let names = text.split(" lint: ").nth(1).into_iter().flat_map(|names| names.split(", "));
                expected.extend(names.map(|name| (file.to_owned(), line, name.trim().to_owned())));
            }
        }
        let missing: Vec<_> = expected.difference(&found).collect();
        let surplus: Vec<_> = found.difference(&expected).collect();
        let name = path.display();
        assert!(missing.is_empty() && surplus.is_empty(), "{name}: not found {missing:?}, not expected {surplus:?}");
    }
}

fn opened(folder: &str) -> Project {
    Project::open(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
}

#[test]
fn the_findings_of_contoso_are_those_its_comments_explain() {
    let project = opened("examples/contoso");
    let (levels, found) = project.levels();
    assert_eq!(found, Vec::new());
    insta::assert_snapshot!(plain(project.sources(), &project.lint(&levels)));
}

#[test]
fn the_smallest_example_is_clean() {
    let project = opened("examples/minimal");
    let found = project.lint(&Levels::usual());
    assert!(found.is_empty(), "{}", plain(project.sources(), &found));
}

/// What is shipped is looked at here, since nobody sees findings in a library they use. The catalogue declares the
/// vendor's classes whole, so some of their settings have nothing to act on; and it says itself that its levels are no
/// ladder.
#[test]
fn the_shipped_policies_have_no_findings_but_these() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/lync2013");
    let mut policies: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    policies.retain(|path| path.extension().is_some_and(|extension| extension == "prescope"));
    policies.retain(|path| !path.file_name().unwrap().to_string_lossy().starts_with("tests"));
    policies.sort();
    let project = Project::from_files(&policies, &[] as &[PathBuf]);
    let found = project.lint(&Levels::usual());
    let kept: Vec<String> = found.iter().map(|it| format!("{}: {}", it.code.name(), it.message)).collect();
    insta::assert_snapshot!(kept.join("\n"));
}

#[test]
fn a_level_for_a_lint_that_does_not_exist_is_an_error_with_a_suggestion() {
    let folder = tempfile::tempdir().unwrap();
    let file = "policies: [\"*.prescope\"]\nlint: { block-bypas: error, missing-documentation: warning }\n";
    std::fs::write(folder.path().join("prescope.yaml"), file).unwrap();
    std::fs::write(folder.path().join("p.prescope"), "category mood { colour }\ncontainer c(0) { publishes mood }\n")
        .unwrap();
    let project = Project::open(folder.path());
    let (levels, found) = project.levels();
    assert_eq!(codes(&found), ["project::unknown-lint"]);
    assert_eq!(found[0].help.as_deref(), Some("did you mean `block-bypass`?"));
    assert_eq!(codes(&project.lint(&levels)), ["lint::missing-documentation", "lint::missing-documentation"]);
}
