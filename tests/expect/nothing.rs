//! What proves nothing does not look as if it did: empty tests, empty runs, coverage of nothing, facts that are undone,
//! expectations about nobody, invariants.

use std::fs;

use prescope::expect::Options;
use tempfile::TempDir;

use crate::cli::{keys, run_in};
use crate::given;

pub(super) const POLICY: &str = r#"
category card { email, phone }
container lobby(0) { publishes card.email }
container inside(200) "Colleagues" visible { publishes card }
container blocked(900) "Blocked" visible blocking { masks card }
attributes user { shy: bool = false }
attributes participant { role: organizer | presenter | attendee = attendee }
settings Phones at global, site { Shown: bool = true }
membership "all" when owner.inside { inside has same_enterprise }
guard card.phone { deny "shy" when owner.shy }
feature paging for user { deny "shy" when user.shy, otherwise available }
feature call for party with peer { deny "outside" unless peer.inside, otherwise available }
feature knock for viewer of owner { deny "blocked" when viewer in blocking, otherwise available }
feature record for participant of meeting { allow "presenters" when participant.role == presenter }
"#;

pub(super) const PEOPLE: &str = r#"
organization: { domains: [contoso.com] }
federation: { partners: [fabrikam.com], public_cloud: [live.com] }
users:
  anna@contoso.com: { contacts: [kim@fabrikam.com] }
  bob@contoso.com:
  john@contoso.com:
groups: { helpers: [joe@live.com] }
meetings: { review: { organizer: anna@contoso.com, participants: { bob@contoso.com: presenter } } }
"#;

/// A project with these people and levels, and further files.
pub(super) fn project(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    let own = [
        ("prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [people.yaml]\n"),
        ("policy.prescope", POLICY),
        ("people.yaml", PEOPLE),
    ];
    for (name, text) in own.iter().chain(files) {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

const TEST: &str = "test \"t\" { expect bob@contoso.com sees anna@contoso.com card }\n";
const INVARIANTS: &str =
    "invariant \"a\" { never viewer sees card }\ninvariant \"b\" { always viewer sees card when viewer in blocking }\n";

#[test]
fn a_test_without_expectation_and_an_invariant_without_clause_are_errors() {
    let found = |text: &str| {
        let project = given::set(&format!("{POLICY}{text}"), PEOPLE);
        project.diagnostics().iter().map(|it| it.code.name()).collect::<Vec<_>>()
    };
    assert_eq!(found("test \"t\" {}"), ["model::proves-nothing"]);
    assert_eq!(found("test \"t\" { given anna@contoso.com { shy = true } }"), ["model::proves-nothing"]);
    assert_eq!(found("invariant \"i\" under policies {}"), ["model::proves-nothing"]);
    assert_eq!(found(TEST), [""; 0]);
    // What was meant to be an expectation is told as what it is, and nothing follows from it.
    assert_eq!(found("test \"t\" { expct bob@contoso.com sees anna@contoso.com card }"), ["syntax::unexpected"]);
    assert_eq!(found("invariant \"i\" { nevr viewer sees card }"), ["syntax::unexpected"]);
}

#[test]
fn an_empty_run_says_so_in_every_format_and_fails_if_that_is_wanted() {
    let folder = project(&[]);
    let ran = |format: &str, more: &[&str]| run_in(folder.path(), &[&["test", "--format", format], more].concat(), b"");
    for (format, plain, failing) in [
        ("text", "no tests: nothing was checked\n", "no tests: nothing was checked\n"),
        ("json", "\"empty\":true", "\"empty\":true"),
        (
            "junit",
            "<skipped message=\"no tests: nothing was checked\"/>",
            "<failure message=\"no tests: nothing was checked\"",
        ),
        ("github", "::warning title=prescope test::no tests", "::error title=prescope test::no tests"),
    ] {
        let told = ran(format, &[]);
        assert!(told.status == 0 && told.out.contains(plain), "{told:?}");
        let failed = ran(format, &["--fail-on-empty"]);
        assert!(failed.status == 1 && failed.out.contains(failing), "{failed:?}");
        assert_eq!(failed.err, "there are no tests, which --fail-on-empty takes for a failure\n");
        assert!(!told.out.contains("assertions=\"0\"") && !failed.out.contains("assertions=\"0\""));
    }
    fs::write(folder.path().join("tests.prescope"), TEST).expect("a file");
    let full = ran("text", &["--fail-on-empty"]).clean();
    assert_eq!(full.out, "1 test with 1 expectation passed\n");
    assert_eq!(ran("json", &[]).clean().json()["empty"], false);
    // A filter that fits nothing is a mistake in any case.
    let filtered = ran("text", &["--filter", "tt"]);
    assert_eq!((filtered.status, filtered.out.as_str()), (2, ""));
}

#[test]
fn each_project_needs_tests_if_that_is_wanted() {
    let folder = TempDir::new().expect("a folder");
    for (name, tests) in [("empty", ""), ("full", TEST)] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
        for (file, text) in
            [("prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [\"people.yaml\"]\n"), ("people.yaml", PEOPLE)]
        {
            fs::write(folder.path().join(name).join(file), text).expect("a file");
        }
        fs::write(folder.path().join(name).join("a.prescope"), format!("{POLICY}{tests}")).expect("a file");
    }
    let told = run_in(folder.path(), &["test", "--all-projects"], b"").clean();
    assert_eq!(told.out, "in empty\nno tests: nothing was checked\n\nin full\n1 test with 1 expectation passed\n");
    assert_eq!(run_in(folder.path(), &["test", "--all-projects", "--fail-on-empty"], b"").status, 1);
    // A filter leaves out, and that is no lack.
    let filtered = run_in(folder.path(), &["test", "--all-projects", "--filter", "t"], b"").clean();
    assert!(filtered.out.starts_with("in empty\nno tests: "), "{filtered:?}");
}

#[test]
fn coverage_of_nothing_has_no_percentage() {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("prescope.yaml"), "policies: [\"*.prescope\"]\n").expect("a file");
    fs::write(folder.path().join("a.prescope"), "use std/lync2013\n").expect("a file");
    let ran = |more: &[&str]| run_in(folder.path(), &[&["test"], more].concat(), b"");
    let told = ran(&["--coverage"]).clean();
    assert_eq!(told.out, "no tests: nothing was checked\n\nno coverage: the policies say nothing to exercise\n");
    let document = run_in(folder.path(), &["test", "--coverage-format", "json"], b"");
    assert_eq!((document.status, document.json()["percent"].clone()), (0, serde_json::Value::Null));
    let threshold = ran(&["--coverage-threshold", "1"]);
    assert_eq!((threshold.status, threshold.err.as_str()), (1, "nothing is covered, which is below 1 %\n"));
    // A test that runs is all there can be where the library alone speaks.
    let text = "use std/lync2013\ntest \"t\" { given anna@contoso.com { client = lync_2013 }\n\
                expect anna@contoso.com cannot use archiving }\n";
    fs::write(folder.path().join("a.prescope"), text).expect("a file");
    let tested = ran(&["--coverage-threshold", "100"]).clean();
    assert!(tested.out.contains("no coverage: ") && !tested.out.contains('%'), "{tested:?}");
    // And where there is something to exercise, no test exercises none of it.
    let own = project(&[]);
    assert!(run_in(own.path(), &["test", "--coverage"], b"").clean().out.contains("\ncoverage 0.0 % of "));
}

#[test]
fn what_holds_of_nobody_fails() {
    let lines = "test \"t\" {\n expect any public_cloud cannot use record in review\n\
                 expect any same_enterprise can use record in review as presenter\n}\n";
    let project = given::set(&format!("{POLICY}{lines}"), PEOPLE);
    let run = project.test(Options::default()).expect("a sound set");
    let checks: Vec<(bool, &str)> = run.outcomes[0].checks.iter().map(|it| (it.passed, it.actual.as_str())).collect();
    assert_eq!(checks, [(false, "there is nobody of that network"), (true, "all of them")]);
}

#[test]
fn facts_that_are_undone_are_errors_and_repeated_ones_warnings() {
    let found = |facts: &str| {
        let test =
            format!("{POLICY}test \"t\" {{\n{facts}\nexpect bob@contoso.com sees anna@contoso.com card.email\n}}\n");
        let project = given::set(&test, PEOPLE);
        project.diagnostics().iter().map(|it| it.code.name()).collect::<Vec<_>>()
    };
    let (undone, again) = ("model::conflicting-statement", "model::repeated-fact");
    for (facts, expected) in [
        ("given anna@contoso.com { shy = true }\ngiven \"SIP:Anna@contoso.com\" { shy = false }", undone),
        ("given anna@contoso.com { shy = true, shy = false }", undone),
        ("given anna@contoso.com { shy = true }\ngiven anna@contoso.com { shy = true }", again),
        (
            "given joe@live.com is contact of anna@contoso.com\ngiven joe@live.com is not contact of anna@contoso.com",
            undone,
        ),
        ("given joe@live.com is contact of anna@contoso.com\ngiven joe@live.com is contact of anna@contoso.com", again),
        ("given joe@live.com in inside of anna@contoso.com\ngiven joe@live.com in inside of anna@contoso.com", again),
        ("given bob@contoso.com in group helpers\ngiven bob@contoso.com in group helpers", again),
        ("given meeting m of anna@contoso.com\ngiven meeting m of bob@contoso.com", undone),
        ("given meeting m of anna@contoso.com with bob@contoso.com, bob@contoso.com as presenter", undone),
        ("given person new@contoso.com\ngiven person new@contoso.com", again),
    ] {
        assert_eq!(found(facts), [expected], "{facts}");
    }
    // Of two containers and of two people nothing is undone.
    assert_eq!(
        found("given joe@live.com in inside of anna@contoso.com\ngiven joe@live.com in blocked of anna@contoso.com"),
        [""; 0]
    );
    assert_eq!(found("given anna@contoso.com { shy = true }\ngiven bob@contoso.com { shy = false }"), [""; 0]);
}

#[test]
fn a_group_of_the_test_has_members_and_a_place() {
    let found = |facts: &str| {
        let test =
            format!("{POLICY}test \"t\" {{\n{facts}\nexpect bob@contoso.com sees anna@contoso.com card.email\n}}\n");
        let project = given::set(&test, PEOPLE);
        project.diagnostics().iter().map(prescope::language::Diagnostic::sentence).collect::<Vec<_>>()
    };
    let (filled, placed) =
        ("given bob@contoso.com in group helprs", "given group helprs in blocked of anna@contoso.com");
    let told = "there is no group `helprs`; did you mean `helpers`? if not, ";
    assert_eq!(found(filled), [format!("{told}say what it is for: `given group helprs in … of …`")]);
    assert_eq!(found(placed), [format!("{told}put somebody into it: `given … in group helprs`")]);
    assert_eq!(found(&format!("{filled}\n{placed}")), [""; 0]);
    assert_eq!(found(&filled.replace("helprs", "helpers")), [""; 0]);
}

#[test]
fn invariants_are_counted_by_whoever_does_not_prove_them() {
    let folder = project(&[("tests.prescope", TEST), ("invariants.prescope", INVARIANTS)]);
    let told = "2 invariants, not proved";
    let what_to_do = format!("{told}: `prescope prove` proves them");
    for (command, line) in [
        ("check", format!("no errors: 3 containers, 1 category, 4 features, 3 users\n{what_to_do}\n")),
        ("test", format!("1 test with 1 expectation passed\n{told}\n")),
    ] {
        assert_eq!(run_in(folder.path(), &[command], b"").clean().out, line);
    }
    let linted = run_in(folder.path(), &["lint"], b"");
    assert!(linted.status == 0 && linted.out.ends_with(&format!("\n{what_to_do}\n")), "{linted:?}");
    for command in ["check", "lint", "test"] {
        let ran = |format: &str| run_in(folder.path(), &[command, "--format", format], b"");
        assert_eq!(ran("json").json()["counts"]["invariants_not_proved"], 2, "{command}");
        let line = if command == "test" { told } else { &what_to_do };
        assert!(ran("github").out.ends_with(&format!("{line}\n")), "{command}");
        assert!(ran("junit").out.contains(&format!("<skipped message=\"{told}\"/>")), "{command}");
        if command != "test" {
            assert_eq!(ran("sarif").json()["runs"][0]["properties"]["invariantsNotProved"], 2, "{command}");
        }
    }
    // One is one, none is not told, and errors hide none.
    let one = INVARIANTS.lines().next().expect("a line");
    fs::write(folder.path().join("invariants.prescope"), one).expect("a file");
    assert!(run_in(folder.path(), &["test"], b"").clean().out.ends_with("\n1 invariant, not proved\n"));
    fs::write(folder.path().join("invariants.prescope"), one.replace("card", "cart")).expect("a file");
    assert!(
        run_in(folder.path(), &["check"], b"")
            .out
            .ends_with("1 error\n1 invariant, not proved: `prescope prove` proves it\n")
    );
    fs::remove_file(folder.path().join("invariants.prescope")).expect("a file");
    assert_eq!(run_in(folder.path(), &["test"], b"").clean().out, "1 test with 1 expectation passed\n");
    let counts = run_in(folder.path(), &["check", "--format", "json"], b"").clean().json()["counts"].clone();
    assert_eq!(keys(&counts), ["error", "information", "warning"]);
}
