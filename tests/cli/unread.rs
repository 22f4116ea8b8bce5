//! What lies in a project and is not read is told, and a project of which nothing is read is a mistake.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Ran, run_in};
use crate::tries::by_turns;

const PATTERNS: &str = "policies: [\"policies/*.prescope\"]\ndirectory: [\"directory/*.yaml\"]\n";
const POLICY: &str = "use std/lync2013\n";
const PEOPLE: &str = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n";

/// A project in which every file is read, and these.
fn project(more: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let own = [("prescope.yaml", PATTERNS), ("policies/a.prescope", POLICY), ("directory/people.yaml", PEOPLE)];
    own.iter().chain(more).for_each(|(name, text)| write(folder.path(), name, text));
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    assert!(Path::new(name).is_relative(), "{name}");
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn run(folder: &Path, line: &str) -> Ran {
    run_in(folder, &line.split(' ').collect::<Vec<_>>(), b"")
}

/// Code, severity and the first place of each finding of a command.
fn findings(folder: &Path, line: &str) -> Vec<(String, String, String)> {
    let json = run(folder, &format!("{line} --format json")).json();
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let place = |label: &Value| format!("{}:{}", text(&label["file"]), label["line"]);
    let found = json["findings"].as_array().expect("findings").iter();
    found.map(|it| (text(&it["code"]), text(&it["severity"]), place(&it["labels"][0]))).collect()
}

/// The files that `check` has a note about.
fn unread(folder: &Path) -> BTreeSet<String> {
    let json = run(folder, "check --format json").json();
    let found = json["findings"].as_array().expect("findings").iter();
    let notes = found.filter(|it| it["code"] == "project::unread");
    notes.map(|it| it["message"].as_str().expect("a text").split('`').nth(1).expect("a path").to_owned()).collect()
}

#[test]
fn what_no_pattern_matches_is_a_note_in_check_and_a_warning_in_lint() {
    let folder = project(&[
        ("policies/old/x.prescope", "\n// A draft.\n  container\n"),
        ("policies/B.PRESCOPE", POLICY),
        (".c.prescope", ""),
        ("directory/more.YAML", PEOPLE),
        ("directory/more.yml", PEOPLE),
        ("directory/more.json", "{}"),
        ("directory/people.csv", "user\nbob@contoso.com\n"),
        ("directory/people.Tsv", "user\nbob@contoso.com\n"),
        ("directory/people.ndjson", ""),
        ("directory/people.jsonl", ""),
        // Files of other kinds, and data that lies where nobody reads any.
        ("directory/notes.txt", ""),
        ("directory/directory.schema.json", "{}"),
        ("directory/.hidden.yaml", ""),
        ("directory/sub/more.yaml", PEOPLE),
        ("README.yaml", ""),
        ("policies/a.prescope.bak", ""),
        ("policies/a.prescope.snap", ""),
    ]);
    let (one, ours) = ("prescope.yaml:1", "prescope.yaml:2");
    let expected = [
        (".c.prescope:1", ".c.prescope", one),
        ("directory/more.YAML:1", "directory/more.YAML", ours),
        ("directory/more.json:1", "directory/more.json", ours),
        ("directory/more.yml:1", "directory/more.yml", ours),
        ("policies/B.PRESCOPE:1", "policies/B.PRESCOPE", one),
        ("policies/old/x.prescope:3", "policies/old/x.prescope", one),
        // A table and lines have no place for a comment.
        (ours, "directory/people.Tsv", ours),
        (ours, "directory/people.csv", ours),
        (ours, "directory/people.jsonl", ours),
        (ours, "directory/people.ndjson", ours),
    ];
    let at = |code: &str, severity: &str| -> Vec<(String, String, String)> {
        expected.iter().map(|(place, ..)| (code.to_owned(), severity.to_owned(), (*place).to_owned())).collect()
    };
    assert_eq!(findings(folder.path(), "check"), at("project::unread", "information"));
    assert_eq!(findings(folder.path(), "lint"), at("lint::unread-file", "warning"));
    let paths: BTreeSet<String> = expected.iter().map(|(_, path, _)| (*path).to_owned()).collect();
    assert_eq!(unread(folder.path()), paths);

    let check = run(folder.path(), "check").clean();
    assert!(check.out.ends_with("\n10 notes\n"), "{}", check.out);
    let lint = run(folder.path(), "lint").clean();
    assert!(lint.out.ends_with("\n10 warnings\n"), "{}", lint.out);
    assert_eq!(run(folder.path(), "lint --deny warnings").status, 1);
    for (number, format) in ["text", "json", "sarif", "github", "junit"].into_iter().enumerate() {
        for command in by_turns(number, ["check", "lint"]) {
            let out = run(folder.path(), &format!("{command} --format {format}")).clean().out;
            assert!(paths.iter().all(|path| out.contains(path)), "{command} --format {format}: {out}");
        }
    }
    // In a set with errors no lint is asked, and what is not read is told all the same.
    write(folder.path(), "policies/a.prescope", "container {\n");
    assert!(findings(folder.path(), "lint").contains(&at("project::unread", "information")[0]));
}

#[test]
fn what_others_read_or_nobody_is_left_out() {
    let folder = project(&[
        (".drafts/x.prescope", POLICY),
        ("target/x.prescope", POLICY),
        ("node_modules/x.prescope", POLICY),
        ("nested/prescope.yaml", "policies: [\"*.prescope\"]\n"),
        ("nested/deeper/x.prescope", POLICY),
        ("module/.git", ""),
        ("module/deeper/x.prescope", POLICY),
    ]);
    assert_eq!(unread(folder.path()), BTreeSet::new());
    assert_eq!(run(folder.path(), "lint").clean().out, "no findings\n");
    // Of the project inside, they are.
    assert_eq!(findings(&folder.path().join("nested"), "check").len(), 2);
}

#[cfg(unix)]
#[test]
fn links_are_files_of_the_project_only_if_they_lead_out_of_it() {
    use std::os::unix::fs::symlink;
    let folder = project(&[]);
    let elsewhere = project(&[]);
    symlink(elsewhere.path().join("policies"), folder.path().join("linked")).expect("a link");
    symlink("policies/a.prescope", folder.path().join("current.prescope")).expect("a link");
    symlink("nowhere.prescope", folder.path().join(".#a.prescope")).expect("a link");
    assert_eq!(unread(folder.path()), BTreeSet::new());
    symlink(elsewhere.path().join("policies/a.prescope"), folder.path().join("theirs.prescope")).expect("a link");
    assert_eq!(unread(folder.path()), BTreeSet::from(["theirs.prescope".to_owned()]));
}

#[test]
fn what_a_test_names_is_read() {
    let test = "use std/lync2013\n\ntest \"others\" {\n    given \"../directory/others.csv\"\n    \
                expect nobody sees anna@contoso.com note.personal\n}\n";
    let others = "user\ncarl@contoso.com\n";
    let folder = project(&[("policies/a.prescope", test), ("directory/others.csv", others)]);
    assert_eq!(unread(folder.path()), BTreeSet::new());
    write(folder.path(), "policies/a.prescope", POLICY);
    assert_eq!(unread(folder.path()), BTreeSet::from(["directory/others.csv".to_owned()]));
}

#[test]
fn tests_that_are_not_read_are_told_by_test() {
    let folder = project(&[("drafts/tests.prescope", "test \"never run\" {\n"), ("directory/more.csv", "user\n")]);
    let ran = run(folder.path(), "test");
    assert_eq!(
        (ran.status, ran.err.as_str()),
        (0, "note: `drafts/tests.prescope` is not read, so no test in it runs\n")
    );
    let json = run(folder.path(), "test --format json").json();
    assert_eq!(json["unread"], serde_json::json!(["drafts/tests.prescope"]));
    fs::remove_dir_all(folder.path().join("drafts")).expect("a folder");
    assert!(run(folder.path(), "test --format json").clean().json().get("unread").is_none());
}

/// A data file counts where some other name would be read.
#[test]
fn folders_that_patterns_read_from_are_known_by_the_patterns() {
    let files = ["people.csv", "a/people.csv", "a/b/people.csv", "c/people.csv", "c/d/people.csv"];
    let set = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<BTreeSet<String>>();
    for (pattern, told) in [
        ("people.yaml", &files[..1]),
        ("a/*.yaml", &files[1..2]),
        ("./a/people.yaml", &files[1..2]),
        ("a/**/*.yaml", &files[1..3]),
        ("{a,c/d}/*.yaml", &[files[1], files[4]]),
        ("**/*.yaml", &files[..]),
        ("**/*", &[]),
    ] {
        let folder = project(&files.map(|file| (file, "user\n")));
        write(folder.path(), "people.yaml", PEOPLE);
        let own = format!("policies: [\"policies/*.prescope\"]\ndirectory: [\"{pattern}\"]\n");
        write(folder.path(), "prescope.yaml", &own);
        let found: BTreeSet<String> = unread(folder.path()).into_iter().filter(|path| path.ends_with(".csv")).collect();
        assert_eq!(found, set(told), "{pattern}");
    }
}

#[test]
fn a_comment_with_a_reason_keeps_the_warning_back() {
    let (slash, hash) = ("// allow(unread-file): a draft\n", "# allow(unread-file): last year's\n");
    let folder = project(&[
        ("policies/old/x.prescope", &format!("// Ours.\n{slash}container\n")),
        ("policies/old/nothing.prescope", &format!("{slash}// Nothing yet.\n")),
        ("directory/more.yml", &format!("{hash}{PEOPLE}")),
        ("directory/people.csv", "user\n"),
        // What it says of other lints is nobody's business.
        ("policies/old/y.prescope", &format!("{slash}// allow(block-bypass): nobody looks\ncontainer\n")),
    ]);
    assert_eq!(
        findings(folder.path(), "lint"),
        [("lint::unread-file".to_owned(), "warning".to_owned(), "prescope.yaml:2".to_owned())]
    );
    write(folder.path(), "prescope.yaml", &PATTERNS.replace("directory:", &format!("{hash}directory:")));
    assert_eq!(run(folder.path(), "lint --deny warnings").clean().out, "no findings\n");
    assert_eq!(unread(folder.path()).len(), 5, "a note in `check` is no lint");
    // Without a reason nothing is kept back, and a suppression of what is read is one of nothing.
    write(folder.path(), "policies/old/x.prescope", "// allow(unread-file)\ncontainer\n");
    write(folder.path(), "policies/a.prescope", &format!("{slash}{POLICY}"));
    let codes: BTreeSet<String> = findings(folder.path(), "lint").into_iter().map(|(code, ..)| code).collect();
    let expected = ["lint::unexplained-suppression", "lint::unread-file", "lint::unused-suppression"];
    assert_eq!(codes, BTreeSet::from(expected.map(str::to_owned)));
}

#[test]
fn its_level_is_set_like_that_of_any_lint() {
    let folder = project(&[("drafts/x.prescope", POLICY), ("drafts/y.prescope", POLICY)]);
    assert_eq!(run(folder.path(), "lint --allow unread-file").clean().out, "no findings\n");
    assert_eq!(run(folder.path(), "lint --deny unread-file").status, 1);
    let named = findings(folder.path(), "lint drafts/x.prescope");
    assert_eq!(named, [("lint::unread-file".to_owned(), "warning".to_owned(), "drafts/x.prescope:1".to_owned())]);
    assert_eq!(run(folder.path(), "lint --deny warnings policies/a.prescope").clean().out, "no findings\n");
    write(folder.path(), "prescope.yaml", &format!("{PATTERNS}lint: {{ unread-file: error }}\n"));
    assert_eq!(run(folder.path(), "lint").status, 1);
    write(folder.path(), "prescope.yaml", &format!("{PATTERNS}lint: {{ unread-file: off }}\n"));
    assert_eq!(run(folder.path(), "lint").clean().out, "no findings\n");
    let explained = run(folder.path(), "explain unread-file").clean().out;
    assert!(explained.contains("drafts/levels.prescope"), "{explained}");
}

/// Whoever edits a project has nothing to do with files that are not read, however long they are.
#[test]
fn files_that_are_not_read_are_in_nobodys_way() {
    let long = "user,name\n".to_owned() + &"bob@contoso.com,Bob\n".repeat(5_000);
    let unused = "use std/lync2013\n\nrecipient auditors \"The auditors\" external\n";
    let folder = project(&[("policies/a.prescope", unused), ("directory/people.csv", &long)]);
    write(folder.path(), "drafts/x.prescope", "container {\n");
    let fixed = run(folder.path(), "lint --fix");
    assert_eq!(fixed.err, "mended 1 finding in 1 file\n");
    assert!(fixed.out.ends_with("\n2 warnings\n"), "{}", fixed.out);
    run(folder.path(), "block anna domain:spam.example --write").clean();
    run(folder.path(), "compile").clean();
    write(folder.path(), "drafts/y.prescope", "container {\n");
    let answered = run(folder.path(), "can x@spam.example see anna state.availability").clean();
    assert_eq!(answered.out, "altered: offline\n");
    assert_eq!(fs::read_to_string(folder.path().join("directory/people.csv")).expect("a file"), long);
}

const EVERY: [&str; 8] = [
    "check",
    "lint",
    "fmt --check",
    "test",
    "can anna see anna note",
    "show note",
    "set PrivacyConfiguration.EnablePrivacyMode=true",
    "compile",
];

/// What is wrong with a project is told by every command; of the mistakes with numbers, each by another one by default.
#[track_caller]
fn refused_everywhere(folder: &Path, number: usize, words: &str) {
    for command in by_turns(number, EVERY) {
        let ran = run(folder, command);
        let told = format!("{}{}", ran.out, ran.err).split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(told.contains(words), "{command}: {ran:?}");
        assert_ne!(ran.status, 0, "{command}: {ran:?}");
    }
}

#[test]
fn a_project_without_a_policy_file_is_an_error() {
    let folder = project(&[]);
    let mistakes = [
        ("", "the project names no policy files"),
        ("policies:\n", "the project names no policy files"),
        ("policies: []\ndirectory: [\"directory/*.yaml\"]\n", "the project names no policy files"),
        ("policies: [\"polcies/*.prescope\"]\n", "there is no policy file: none matches `polcies/*.prescope`"),
        ("policies: [a.prescope, \"b/**\"]\n", "there is no policy file: none matches `a.prescope` or `b/**`"),
        ("policies: [\"../*.prescope\"]\n", "patterns do not lead out of it"),
        ("policies: [\"target/*.prescope\"]\n", "`.git`, `target` and `node_modules` are not searched"),
    ];
    for (number, (patterns, words)) in mistakes.into_iter().enumerate() {
        write(folder.path(), "prescope.yaml", patterns);
        refused_everywhere(folder.path(), number, words);
        let found = findings(folder.path(), "check");
        let errors: Vec<_> = found.iter().filter(|(_, severity, _)| severity == "error").collect();
        assert_eq!(errors.len(), 1, "{patterns}: {found:?}");
        assert_eq!(errors[0].0, "project::no-policy", "{patterns}");
    }
}

#[test]
fn a_pattern_that_names_a_folder_is_an_error() {
    let folder = project(&[("policies/sub/b.prescope", POLICY)]);
    let mistakes = [
        ("policies", "write `policies/**/*.prescope`"),
        ("policies/", "write `policies/**/*.prescope`"),
        ("./policies", "write `policies/**/*.prescope`"),
        ("policies/sub", "write `policies/sub/**/*.prescope`"),
        (".", "write `**/*.prescope`"),
        ("./", "write `**/*.prescope`"),
    ];
    for (number, (name, advice)) in mistakes.into_iter().enumerate() {
        write(folder.path(), "prescope.yaml", &format!("policies: [\"policies/*.prescope\", \"{name}\"]\n"));
        refused_everywhere(folder.path(), number, &format!("`{name}` is a folder, and patterns name files"));
        let out = run(folder.path(), "check").out;
        assert!(out.contains(advice), "{name}: {out}");
        let errors = findings(folder.path(), "check").into_iter().filter(|(_, severity, _)| severity == "error");
        assert_eq!(errors.count(), 1, "{name}");
        write(folder.path(), "prescope.yaml", &format!("policies: [\"{name}\"]\n"));
        assert_eq!(run(folder.path(), "check").status, 1, "{name}");
    }
    write(folder.path(), "prescope.yaml", "policies: [\"policies/*.prescope\"]\ndirectory: [directory]\n");
    let out = run(folder.path(), "check").out;
    assert!(out.contains("write `directory/**/*.yaml`") && out.ends_with("1 error and 1 note\n"), "{out}");
}

#[test]
fn one_pattern_of_several_may_match_nothing() {
    let folder = project(&[]);
    for patterns in [
        "policies: [\"policies/*.prescope\", \"more/*.prescope\"]\n",
        "policies: [\"policies/*.prescope\", \"polic*\"]\n",
        "policies: [\"policies/*.prescope\"]\ndirectory: [\"directory/*.yaml\", \"people/*.csv\"]\n",
        "policies: [\"policies/*.prescope\"]\ndirectory: [\"people/*.csv\"]\n",
    ] {
        write(folder.path(), "prescope.yaml", patterns);
        let out = run(folder.path(), "check").clean().out;
        assert!(out.contains("project::no-match") && out.ends_with("\n1 warning\n"), "{patterns}: {out}");
    }
    for patterns in ["directory: []\n", "directory:\n"] {
        write(folder.path(), "prescope.yaml", &format!("policies: [\"policies/*.prescope\"]\n{patterns}"));
        let out = run(folder.path(), "check").clean().out;
        assert!(out.contains("`directory` names no files") && out.ends_with("\n1 warning\n"), "{out}");
    }
}

#[test]
fn a_project_is_a_folder() {
    let folder = project(&[]);
    for command in EVERY {
        let ran = run(folder.path(), &format!("{command} --project policies/a.prescope"));
        let told = format!("{}{}", ran.out, ran.err);
        assert!(told.contains("`policies/a.prescope` is a file, and a project is a folder"), "{command}: {ran:?}");
        assert_eq!(ran.status, 2, "{command}: {ran:?}");
        // The project file says which folder is meant.
        let [here, named] =
            ["", " --project prescope.yaml"].map(|place| run(folder.path(), &format!("{command}{place}")));
        assert_eq!((named.status, named.out, named.err), (here.status, here.out, here.err), "{command}");
    }
}

/// A hidden file that a pattern names is read, and so is what lies deep.
#[test]
fn what_a_pattern_matches_is_read_wherever_it_lies() {
    let deep = format!("policies/{}a.prescope", "d/".repeat(60));
    let broken = "container {\n";
    let folder = project(&[(&deep, broken), ("policies/.hidden/.b.prescope", broken)]);
    write(folder.path(), "prescope.yaml", "policies: [\"policies/**/*.prescope\"]\n");
    let found = findings(folder.path(), "check");
    let places: BTreeSet<&str> = found.iter().filter_map(|(.., place)| place.split(':').next()).collect();
    assert_eq!(places, BTreeSet::from([deep.as_str(), "policies/.hidden/.b.prescope"]), "{found:?}");
}
