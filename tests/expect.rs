//! Tests of policies: every form of fact and expectation, how failures read, kept reasons, coverage, and all tests that
//! the repository ships.

mod kept;
mod leaves;
mod nothing;
mod people;

use insta::assert_snapshot;
use prescope::expect::{Options, PointKind, Run};
use prescope::project::Project;
use prescope::report::{coverage, json, tests};

use crate::cli::run_in;
use crate::given;
use crate::tries::{is_whole, share};

/// Those of the projects below whose tests the command runs, too.
const BY_COMMAND: [&str; 3] = ["policies", "examples/contoso", "examples/minimal"];

/// Projects whose tests have to pass.
const PROJECTS: [&str; 8] = [
    "examples/contoso",
    "examples/minimal",
    "policies",
    "tests/fixtures/projects/per_viewer",
    "tests/fixtures/projects/suffix",
    "tests/fixtures/expect/forms",
    "tests/fixtures/expect/placed",
    "tests/fixtures/expect/alone",
];

fn opened(folder: &str) -> Project {
    Project::open(given::repository().join(folder))
}

fn ran(project: &Project, options: Options<'_>) -> Run {
    project.test(options).expect("no errors")
}

fn failing() -> (Project, Run) {
    let project = opened("tests/fixtures/expect/failing");
    let run = ran(&project, Options::default());
    (project, run)
}

#[test]
fn every_test_of_the_repository_passes() {
    for folder in PROJECTS.into_iter().filter(|folder| is_whole() || !BY_COMMAND.contains(folder)) {
        let project = opened(folder);
        let run = ran(&project, Options::default());
        assert!(!run.outcomes.is_empty(), "{folder} has no tests");
        let warned: Vec<_> =
            run.outcomes.iter().flat_map(|it| &it.checks).flat_map(|it| &it.warnings).cloned().collect();
        assert!(run.passed() && run.stale.is_empty(), "{folder}\n{}", tests::text(project.sources(), &run, "--update"));
        assert_eq!(warned, [""; 0], "{folder}");
    }
}

/// What the shipped catalogue says is exercised by its tests, every rule in both outcomes; and the examples by theirs.
#[test]
fn the_command_finds_the_catalogue_exercised_whole_and_the_examples_well() {
    let [catalogue, examples @ ..] = BY_COMMAND;
    let ran = run_in(&given::repository().join(catalogue), &["test", "--coverage-threshold", "100"], b"");
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{}", ran.out);
    assert!(ran.out.contains("\ncoverage 100.0 % of what the policies say\n"), "{}", ran.out);
    for example in examples {
        let ran = run_in(&given::repository().join(example), &["test"], b"");
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{example}\n{}", ran.out);
    }
}

#[test]
fn failures_are_told_with_their_reason() {
    let (project, run) = failing();
    let passed: Vec<&str> =
        run.outcomes.iter().filter(|outcome| outcome.passed()).map(|outcome| outcome.label.as_str()).collect();
    assert_eq!(passed, [""; 0]);
    let text = tests::text(project.sources(), &run, "--update");
    let is_counted = |line: &str| line.starts_with(|first: char| first.is_ascii_digit()) && line.contains(" failed, ");
    given::snapshots!("failures", given::parts(&text, |line| line.starts_with("failed: ") || is_counted(line)));
}

#[test]
fn failures_as_json() {
    let (project, run) = failing();
    let mut document: serde_json::Value =
        serde_json::from_str(&json::tests(project.sources(), &run, None, Vec::new())).expect("a JSON document");
    let tests = document["tests"].take();
    let mut parts = vec![("the head".to_owned(), document)];
    for mut test in tests.as_array().expect("tests").iter().cloned() {
        let label = test["test"].as_str().expect("a label").to_owned();
        let expectations = test["expectations"].take();
        parts.push((label.clone(), test));
        let expectations = expectations.as_array().into_iter().flatten().zip(1..);
        parts.extend(expectations.map(|(expectation, number)| (format!("{label} {number}"), expectation.clone())));
    }
    let laid_out = |(about, json): (String, serde_json::Value)| (about, format!("{json:#}"));
    given::snapshots!("failures_json", parts.into_iter().map(laid_out));
}

#[test]
fn failures_as_junit() {
    let (project, run) = failing();
    let text = tests::junit(project.sources(), &run, "--update", None);
    let label = |(about, text): (String, String)| (about.split('"').nth(1).unwrap_or("the head").to_owned(), text);
    let cases = given::parts(&text, |line| line.starts_with("        <testcase "));
    given::snapshots!("failures_junit", cases.into_iter().map(label));
}

#[test]
fn failures_as_annotations() {
    let (project, run) = failing();
    let text = tests::github(&project.sources().with_paths(|path| format!("sub/folder/{path}")), &run, "--update");
    let failed = run.outcomes.iter().flat_map(|it| it.checks.iter().filter(|it| !it.passed)).count();
    let impossible: usize = run.outcomes.iter().map(|it| it.impossible.len()).sum();
    assert_eq!(text.lines().count(), failed + impossible + 1);
    assert!(text.lines().rev().skip(1).all(|line| line.starts_with("::error file=sub/folder/")));
    assert_snapshot!(text.lines().take(3).collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_passes_is_told_in_a_line() {
    let project = opened("examples/minimal");
    let run = ran(&project, Options::default());
    assert_eq!(tests::text(project.sources(), &run, "--update").as_str(), "1 test with 5 expectations passed\n");
    assert_snapshot!(tests::junit(project.sources(), &run, "--update", None));
}

#[test]
fn a_filter_leaves_out_and_the_first_failure_can_end_it() {
    let project = opened("tests/fixtures/expect/failing");
    let labels = |run: &Run| run.outcomes.iter().map(|it| it.label.clone()).collect::<Vec<_>>();
    let filtered = ran(&project, Options { filter: Some("DIRECTOR"), ..Options::default() });
    assert_eq!(labels(&filtered).len(), 4, "{:?}", labels(&filtered));
    assert_eq!(filtered.left_out + filtered.outcomes.len(), project.model().tests.len());
    let ended = ran(&project, Options { fail_fast: true, ..Options::default() });
    assert_eq!(labels(&ended), ["one person"]);
    assert_eq!(ended.not_run, project.model().tests.len() - 1);
    assert!(tests::summary(&ended).ends_with(" not run\n"));
}

#[test]
fn coverage_names_what_is_never_exercised() {
    let project = opened("tests/fixtures/expect/forms");
    let run = ran(&project, Options { coverage: true, ..Options::default() });
    let covered = run.coverage.expect("it was asked for");
    let sources = project.sources();
    let document: serde_json::Value =
        serde_json::from_str(&json::coverage(sources, &covered)).expect("a JSON document");
    assert_eq!(document["percent"], 93.54);
    assert_snapshot!(
        coverage::text(sources, &covered)
            + "\n"
            + coverage::lcov(&sources.with_paths(|path| format!("sub/{path}")), &covered)
    );
}

/// Of the manifest rules only those that settle somebody who is asked about; the contact there is has no entry.
#[test]
fn asking_for_a_level_exercises_what_decides_it() {
    let project = opened("tests/fixtures/expect/placed");
    let exercised = |filter: &str| {
        let run = ran(&project, Options { coverage: true, filter: Some(filter), ..Options::default() });
        let covered = run.coverage.expect("it was asked for");
        let of = |kind: PointKind| {
            let points = covered.points().filter(move |point| point.kind == kind && point.is_covered());
            points.map(|point| point.name.split(" in ").next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
        };
        [PointKind::Container, PointKind::EntryType, PointKind::ManifestRule].map(of)
    };
    assert_eq!(
        exercised("in which container"),
        [
            vec!["lobby", "outside", "inside", "blocked"],
            vec!["federated", "same_enterprise", "user"],
            vec!["delegate", "same_enterprise"]
        ]
    );
}

#[test]
fn listening_changes_no_answer() {
    // The first is the example, which has a test of every kind.
    for folder in share(PROJECTS) {
        let project = opened(folder);
        let silent = ran(&project, Options::default());
        let heard = ran(&project, Options { coverage: true, ..Options::default() });
        let json = |run| json::tests(project.sources(), run, None, Vec::new());
        assert_eq!(json(&silent), json(&heard));
    }
}

/// A set without files: what a test names cannot be read, and that is what it says.
#[test]
fn texts_of_a_program_have_nothing_beside_them() {
    let policy = "category c { f }\ncontainer lobby(0) { publishes c }\n\
        test \"t\" { given \"elsewhere.yaml\", expect nobody sees a@b.example c }\n\
        test \"own\" { expect x@other.example sees a@b.example c }\n";
    let directory = "organization: { domains: [b.example] }\nusers: { a@b.example: }\n";
    let project = given::set(policy, directory);
    let run = ran(&project, Options::default());
    assert_eq!(run.outcomes.iter().map(prescope::expect::Outcome::passed).collect::<Vec<_>>(), [false, true]);
    assert_snapshot!(tests::text(project.sources(), &run, "--update").as_str());
}
