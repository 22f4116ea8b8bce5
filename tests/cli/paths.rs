//! Files and folders on the command line: what is meant by them, and where commands run.

use std::fs;
use std::path::Path;

use super::{Ran, run_in};
use crate::diff::repository::write;
use crate::given;

const WRONG: &str = "container lower(1) { publishes nothing }\n";
/// Somebody whom nobody names.
const UNUSED: &str = "recipient auditors \"The auditors\" external\n";
const LEVELS: &str = "category note { text }\ncontainer low(0) {}\nrecipient board \"The board\" external\n";
const TEST: &str = "test \"nobody\" { expect anna@contoso.com does not see bob@contoso.com note }\n";

/// Two projects, one in the other, and policies of none.
fn tree() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        ("outer/prescope.yaml", "policies: [\"policies/**/*.prescope\"]\ndirectory: [people.yaml]\n"),
        (
            "outer/people.yaml",
            "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {}, bob@contoso.com: {} }\n",
        ),
        ("outer/policies/a.prescope", UNUSED),
        ("outer/policies/sub/b.prescope", LEVELS),
        ("outer/policies/sub/tests.prescope", TEST),
        ("outer/inner/prescope.yaml", "policies: [\"*.prescope\"]\n"),
        ("outer/inner/c.prescope", "recipient crew \"The crew\"   external\n"),
        ("loose/d.prescope", "recipient dozen \"The dozen\" external\n"),
    ];
    write(folder.path(), &files);
    folder
}

fn run(folder: &Path, line: &str) -> Ran {
    run_in(folder, &line.split(' ').collect::<Vec<_>>(), b"")
}

/// Which names are found to be unused.
fn found(folder: &Path, line: &str) -> String {
    let out = run(folder, &format!("lint --format github --select unused-declaration {line}")).clean().out;
    let names = ["auditors", "board", "crew", "dozen"];
    names.into_iter().filter(|name| out.contains(&format!("`{name}`"))).collect::<Vec<_>>().join(" ")
}

#[test]
fn files_and_folders_are_what_of_their_projects_is_meant() {
    let tree = tree();
    for (line, names) in [
        ("outer/policies/a.prescope", "auditors"),
        ("outer/policies", "auditors board"),
        ("outer/policies/sub", "board"),
        ("outer/policies/sub outer/policies/a.prescope", "auditors board"),
        ("outer", "auditors board crew"),
        ("outer/inner", "crew"),
        ("loose", "dozen"),
        ("./", "auditors board crew dozen"),
        ("outer/../loose", "dozen"),
        ("--project outer", "auditors board"),
        ("--project outer/prescope.yaml", "auditors board"),
        ("--project outer/prescope.yaml outer/policies/sub", "board"),
        ("-C outer", "auditors board"),
        ("-C outer/policies sub", "board"),
        ("--project . -C outer/inner", "crew"),
    ] {
        assert_eq!(found(tree.path(), line), names, "{line}");
    }
    let nothing = run(tree.path(), "lint outer/inner/../../empty");
    assert_eq!(nothing.status, 2);
    fs::create_dir(tree.path().join("empty")).expect("a folder");
    for command in ["check", "lint", "fmt", "test"] {
        let ran = run(tree.path(), &format!("{command} empty"));
        assert!(ran.status == 2 && ran.err.contains("there are no policies in `empty`"), "{command}: {ran:?}");
    }
    // What is named and not read is told: it would seem to be fine.
    fs::create_dir(tree.path().join("outer/more")).expect("a folder");
    let ran = run(tree.path(), "lint outer/more");
    assert!(ran.err.contains("its project reads nothing of `outer/more`"), "{ran:?}");
    fs::write(tree.path().join("outer/more/e.prescope"), UNUSED).expect("a file");
    for (path, command) in [("outer/more", "lint"), ("outer/more/e.prescope", "check")] {
        let ran = run(tree.path(), &format!("{command} {path}"));
        assert!(ran.out.contains("`outer/more/e.prescope` is not read"), "{ran:?}");
    }
}

/// An error anywhere is in the way of every answer, so it is told whatever was named.
#[test]
fn check_tells_what_was_named_and_every_error() {
    let tree = tree();
    let doubt = "test \"doubt\" { expect anna@contsoo.com does not see bob@contoso.com note }\n";
    fs::write(tree.path().join("outer/policies/sub/tests.prescope"), doubt).expect("a file");
    let doubtful = |line: &str| run(tree.path(), line).out.contains("contsoo");
    assert!(doubtful("check --format github outer") && doubtful("check --format github outer/policies/sub"));
    assert!(!doubtful("check --format github outer/policies/a.prescope"));
    fs::write(tree.path().join("outer/policies/wrong.prescope"), WRONG).expect("a file");
    let ran = run(tree.path(), "check --format github outer/policies/a.prescope");
    assert!(ran.status == 1 && ran.out.contains("there is no category `nothing`"), "{ran:?}");
    assert_eq!(run(tree.path(), "check --exit-zero outer").status, 0);
    assert_eq!(run(tree.path(), "check --exit-zero missing.prescope").status, 2);
}

#[test]
fn fmt_lays_out_folders_and_knows_the_name_of_its_input() {
    let tree = tree();
    let ran = run(tree.path(), "fmt --check outer");
    assert_eq!(
        (ran.status, ran.out.as_str()),
        (1, "would format outer/inner/c.prescope\n1 file would change, 3 files left as they are\n")
    );
    assert_eq!(run(tree.path(), "fmt --check outer/policies").status, 0);
    assert_eq!(run(tree.path(), "fmt outer/inner loose").clean().out.lines().count(), 2);
    assert_eq!(run(tree.path(), "fmt --check ./").status, 0);
    let ran = run_in(
        tree.path(),
        &["fmt", "--diff", "--stdin-filename", "x/y.prescope", "-"],
        UNUSED.replace(' ', "  ").as_bytes(),
    );
    assert!(ran.status == 1 && ran.out.contains("--- x/y.prescope\n"), "{ran:?}");
}

#[test]
fn tests_run_that_stand_in_what_was_named() {
    let tree = tree();
    assert_eq!(run(tree.path(), "test outer/policies/sub").clean().out, "1 test with 1 expectation passed\n");
    assert_eq!(run(tree.path(), "test outer/policies/sub/tests.prescope").status, 0);
    let ran = run(tree.path(), "test outer/policies/a.prescope");
    assert!(ran.status == 2 && ran.err.contains("no test stands in what was named"), "{ran:?}");
}

/// An editor asks about a text that is not saved yet.
#[test]
fn standard_input_stands_for_the_file_it_names() {
    let tree = tree();
    let input = |line: &str, text: &str| run_in(tree.path(), &line.split(' ').collect::<Vec<_>>(), text.as_bytes());
    let name = "--stdin-filename outer/policies/a.prescope";
    // What others declare is known, and what is on disk does not count.
    let text = "container lower(1) { publishes note }\nrecipient board \"Again\" external\n";
    let ran = input(&format!("check {name} --format github -"), text);
    assert!(ran.status == 1 && ran.out.contains("file=outer/policies/") && ran.out.contains("`board`"), "{ran:?}");
    let ran = input(&format!("lint {name} --format github -"), "recipient fleet \"The fleet\" external\n");
    assert!(ran.out.contains("`fleet`") && !ran.out.contains("`board`"), "{ran:?}");
    assert_eq!(fs::read_to_string(tree.path().join("outer/policies/a.prescope")).expect("a file"), UNUSED);
    let alone = input("lint --format github -", UNUSED);
    assert!(alone.out.contains("`auditors`"), "{alone:?}");
    let unread = input("lint --stdin-filename outer/new.prescope -", UNUSED);
    assert!(unread.err.contains("its project does not read `outer/new.prescope`"), "{unread:?}");
    let lines =
        ["lint - outer", "lint --fix -", "lint outer --stdin-filename a.prescope", "check --stdin-filename a.prescope"];
    given::snapshots!("input", lines.map(|line| (line, input(line, "").failed())));
}

#[test]
fn findings_are_counted_selected_and_silenced() {
    let tree = tree();
    let counted = run(tree.path(), "lint outer --statistics").clean().out;
    insta::assert_snapshot!(counted);
    assert_eq!(found(tree.path(), "outer --ignore unused-declaration"), "", "what is ignored is not selected");
    let select = "lint outer --select unused-suppression";
    assert_eq!(run(tree.path(), select).clean().out, "no findings\n");
    assert_eq!(run(tree.path(), &format!("{select} -q")).clean().out, "");
    assert_eq!(run(tree.path(), "lint outer --select unused").status, 2);
    assert_eq!(run(tree.path(), "lint outer --deny warnings --exit-zero").status, 0);
    for quiet in ["-q check outer", "-q fmt --check outer/policies", "test -q outer"] {
        let ran = run(tree.path(), quiet);
        assert_eq!((ran.status, ran.out.as_str(), ran.err.as_str()), (0, "", ""), "{quiet}");
    }
}

#[test]
fn every_code_is_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let all = run(folder.path(), "explain").clean().out;
    let codes = all.lines().filter_map(|line| line.split_whitespace().next());
    assert!(codes.clone().count() > 100);
    for code in crate::tries::share(codes) {
        let text = run(folder.path(), &format!("explain {code}")).clean().out;
        let name = code.strip_prefix("lint::").unwrap_or(code);
        assert!(text.starts_with(&format!("## {name}\n")) && text.contains("**What it finds.** "), "{text}");
    }
    let lines = ["explain model::unknown-field", "explain model::unknown-feild", "explain nothing-like-it"];
    given::snapshots!(
        "explain",
        lines.map(|line| {
            let ran = run(folder.path(), line);
            (line, format!("{}{}[{}]\n", ran.out, ran.err, ran.status))
        })
    );
}

#[test]
fn a_project_begins_where_it_is_said_once() {
    let folder = tempfile::tempdir().expect("a folder");
    run(folder.path(), "init --project one").clean();
    run(folder.path(), "-C one init two").clean();
    assert!(folder.path().join("one/prescope.yaml").exists() && folder.path().join("one/two/prescope.yaml").exists());
    for line in ["init three --project four", "init --policy a.prescope"] {
        assert_eq!(run(folder.path(), line).status, 2, "{line}");
    }
    assert!(!folder.path().join("three").exists());
    assert_eq!(
        run(folder.path(), "-C nowhere check").failed(),
        "error: cannot change to `nowhere`: there is no such file\n  help: name a folder that is there\n"
    );
}
