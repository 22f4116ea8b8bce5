//! `prove` and `test --prove` as commands: exit status, choice of invariants, formats, and what is pasted.

use std::fs;
use std::path::Path;

use super::{Ran, run_in};
use crate::prove::SAMPLE;

fn project(policy: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("prescope.yaml"), "policies: [\"*.prescope\"]\n").expect("a file");
    fs::write(folder.path().join("ours.prescope"), policy).expect("a file");
    folder
}

fn run(folder: &Path, line: &str) -> Ran {
    run_in(folder, &line.split(' ').collect::<Vec<_>>(), b"")
}

const PROVED: &str =
    "use std/lync2013\ninvariant \"home\" { never viewer sees contact_card.home_phone when viewer in external }\n";

#[test]
fn the_status_says_whether_everything_is_proved() {
    let good = project(PROVED);
    let proved = "1 invariant with 1 clause, in all possible worlds: 1 proved\n";
    assert_eq!(run(good.path(), "prove").clean().out, proved);
    let undecided = run(good.path(), "prove --limit 20");
    assert_eq!(undecided.status, 1, "what is not known is not clean: {undecided:?}");
    assert!(undecided.out.starts_with("undecided: home  ours.prescope:2\n"), "{undecided:?}");
    for (limit, nodes) in [("0", "0 nodes"), ("1", "1 node"), ("2", "2 nodes")] {
        let few = run(good.path(), &format!("prove --limit {limit}"));
        let why = format!("    needs more than {nodes} (35 bits): raise `--limit` or split the invariant\n");
        assert!(few.status == 1 && few.out.contains(&why), "{few:?}");
    }

    let sample = project(SAMPLE);
    let refuted = run(sample.path(), "prove");
    assert_eq!((refuted.status, refuted.err.as_str()), (1, ""), "{refuted:?}");
    assert!(refuted.out.ends_with(": 1 proved, 2 refuted, 1 vacuous\n"), "{refuted:?}");

    let vacuous = run(sample.path(), "prove partners");
    assert_eq!(vacuous.status, 0, "a warning: {vacuous:?}");
    assert!(vacuous.out.starts_with("vacuous: ") && vacuous.out.ends_with(": 0 proved, 1 vacuous; 2 left out\n"));
    assert_eq!(run(sample.path(), "prove partners --deny vacuous").status, 1);

    let broken = project("use std/lync2013\ninvariant \"x\" { never viewer sees noot }\n");
    let broken = run(broken.path(), "prove");
    assert!(broken.status == 2 && broken.out.is_empty() && broken.err.contains("noot"), "{broken:?}");
}

/// What decides the status is an error wherever it is told.
#[test]
fn what_is_denied_is_an_error_in_every_format() {
    let sample = project(SAMPLE);
    let ran = |line: &str| run(sample.path(), &format!("prove partners {line}"));
    let sarif = |line: &str| ran(line).json()["runs"][0]["results"][0]["level"].clone();
    assert_eq!((sarif("--format sarif"), sarif("--format sarif --deny vacuous")), ("warning".into(), "error".into()));
    assert!(ran("--format github").out.starts_with("::warning "));
    assert!(ran("--format github --deny vacuous").out.starts_with("::error "));
    let junit = ran("--format junit").out;
    assert!(junit.contains("<skipped ") && !junit.contains("<failure "), "{junit}");
    let junit = ran("--format junit --deny vacuous").out;
    assert!(junit.contains("failures=\"1\"") && !junit.contains("<skipped "), "{junit}");
    assert!(junit.contains("type=\"vacuous\""), "{junit}");
}

#[test]
fn that_there_are_more_worlds_is_told() {
    let reasons = |count: usize| {
        let attributes: String = (0..count).map(|at| format!("a{at}: bool = false\n")).collect();
        let rules: String = (0..count).map(|at| format!("allow \"a{at}\" when user.a{at}\n")).collect();
        let feature = format!("feature f for user {{\n{rules}otherwise unavailable\n}}\n");
        project(&format!("attributes user {{\n{attributes}}}\n{feature}invariant \"i\" {{ never f available }}\n"))
    };
    let many = reasons(22);
    let all = run(many.path(), "prove --all");
    assert_eq!(all.out.matches("as a test, which fails now").count(), 20, "{all:?}");
    assert!(all.out.contains("\n    these are the first 20 of more\n"), "{all:?}");
    let json = run(many.path(), "prove --all --format json").json();
    assert_eq!(json["invariants"][0]["clauses"][0]["has_more"], true);
    let few = run(many.path(), "prove");
    assert!(!few.out.contains("of more"), "{few:?}");
    let all = run(reasons(20).path(), "prove --all");
    assert_eq!(all.out.matches("in another world").count(), 19, "{all:?}");
    assert!(!all.out.contains("of more"), "{all:?}");
}

#[test]
fn labels_choose_whatever_their_case_and_unknown_ones_are_mistakes() {
    let sample = project(SAMPLE);
    let chosen = run(sample.path(), "prove HOME Partners");
    assert!(
        chosen.out.ends_with(
            "2 invariants with 2 clauses, in all possible worlds: 0 proved, 1 refuted, 1 vacuous; 1 left out\n"
        ),
        "{chosen:?}"
    );
    let unknown = run(sample.path(), "prove home parnters");
    assert_eq!((unknown.status, unknown.out.as_str()), (2, ""), "{unknown:?}");
    assert!(unknown.err.contains("no invariant has \"parnters\" in its label"), "{unknown:?}");
}

#[test]
fn nothing_to_prove_is_told() {
    let empty = project("use std/lync2013\n");
    assert_eq!(run(empty.path(), "prove").clean().out, "no invariants: nothing was proved\n");
    let failed = run(empty.path(), "prove --fail-on-empty");
    assert!(failed.status == 1 && failed.err.contains("there are no invariants"), "{failed:?}");
    assert_eq!(run(empty.path(), "prove --format json").clean().json()["empty"], true);
    let junit = run(empty.path(), "prove --format junit").clean().out;
    assert!(junit.contains("<skipped message=\"no invariants: nothing was proved\"/>"), "{junit}");
}

#[test]
fn every_format_says_what_is_not_proved() {
    let sample = project(SAMPLE);
    let json = run(sample.path(), "prove --format json");
    assert_eq!((json.status, json.json()["counts"]["refuted"].as_u64()), (1, Some(2)));
    let sarif = run(sample.path(), "prove --format sarif");
    let document = sarif.json();
    let results = document["runs"][0]["results"].as_array().expect("results");
    let rules: Vec<&str> = results.iter().filter_map(|result| result["ruleId"].as_str()).collect();
    assert_eq!((sarif.status, rules), (1, vec!["proof::refuted", "proof::refuted", "proof::vacuous"]));
    let github = run(sample.path(), "prove --format github");
    assert_eq!((github.status, github.out.matches("::error file=ours.prescope").count()), (1, 2), "{github:?}");
    assert!(github.out.contains("%0Atest \"the number at home is for family: counterexample\" {%0A"), "{github:?}");
    let junit = run(sample.path(), "prove --format junit");
    assert_eq!((junit.status, junit.out.matches("<failure ").count()), (1, 2), "{junit:?}");
}

/// What a terminal of 47 columns shows can be pasted too.
#[test]
fn what_is_shown_can_be_pasted() {
    let sample = project(SAMPLE);
    for columns in [None, Some(47)] {
        let shown = match columns {
            None => run(sample.path(), "prove home").out,
            #[cfg(unix)]
            Some(columns) => {
                let (shown, _) = super::pty::run(sample.path(), &["prove", "home"], columns, |command, terminal| {
                    command.env("NO_COLOR", "1").stdout(terminal);
                });
                shown.replace("\r\n", "\n")
            }
            #[cfg(not(unix))]
            Some(_) => continue,
        };
        let test: String =
            shown.lines().skip_while(|line| !line.trim_start().starts_with("test \"")).collect::<Vec<_>>().join("\n");
        let end = test.rfind("}").expect("the end of the test");
        fs::write(sample.path().join("pasted.prescope"), format!("{}\n", &test[..=end])).expect("a file");
        let tested = run(sample.path(), "test");
        assert_eq!(tested.status, 1, "{tested:?}\n{test}");
        assert!(tested.out.contains("1 of 1 test failed, 1 of 1 expectation"), "{tested:?}\n{test}");
        fs::remove_file(sample.path().join("pasted.prescope")).expect("it is removed");
    }
}

#[test]
fn tests_and_proofs_in_one() {
    let test = "test \"t\" { given owner@contoso.com { client = lync_2010 }\n\
        expect anonymous does not see owner@contoso.com contact_card.home_phone }\n";
    let good = project(&format!("{PROVED}{test}"));
    let text = "1 test with 1 expectation passed\n1 invariant with 1 clause, in all possible worlds: 1 proved\n";
    assert_eq!(run(good.path(), "test --prove").clean().out, text);
    let json = run(good.path(), "test --prove --format json").clean().json();
    assert_eq!((json["counts"]["passed"].as_u64(), json["proofs"]["counts"]["proved"].as_u64()), (Some(1), Some(1)));
    assert!(json["counts"]["invariants_not_proved"].is_null(), "{json}");
    let junit = run(good.path(), "test --prove --format junit").clean().out;
    assert!(junit.contains("tests=\"2\" skipped=\"0\" failures=\"0\""), "{junit}");

    let bad = project(&format!("{SAMPLE}{test}"));
    assert_eq!(run(bad.path(), "test").status, 0, "the test passes");
    for format in ["text", "json", "junit", "github"] {
        let ran = run(bad.path(), &format!("test --prove --format {format}"));
        assert_eq!(ran.status, 1, "{ran:?}");
        assert!(ran.out.contains("the number at home is for family"), "{ran:?}");
        assert!(!ran.out.contains("not proved\n"), "{ran:?}");
    }
}

#[test]
fn several_projects_are_named() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, policy) in [("good", PROVED), ("none", "use std/lync2013\n")] {
        fs::create_dir(folder.path().join(name)).expect("a folder");
        fs::write(folder.path().join(name).join("prescope.yaml"), "policies: [\"*.prescope\"]\n").expect("a file");
        fs::write(folder.path().join(name).join("a.prescope"), policy).expect("a file");
    }
    let all = run(folder.path(), "prove --all-projects").clean().out;
    let text = "in good\n1 invariant with 1 clause, in all possible worlds: 1 proved\n\n\
                in none\nno invariants: nothing was proved\n";
    assert_eq!(all, text);
    let json = run(folder.path(), "prove --all-projects --format json");
    assert!(json.status == 2 && json.err.contains("this format is for one"), "{json:?}");
}

/// A project with people of whom some break most of its invariants.
const HERE: &str = "tests/fixtures/prove";

#[test]
fn a_directory_is_asked_in_place_of_all_worlds() {
    let here = run(Path::new(HERE), "prove --in-directory");
    assert_eq!((here.status, here.err.as_str()), (1, ""), "{here:?}");
    insta::assert_snapshot!(here.out);
    let proved = run(Path::new("examples/contoso"), "prove --in-directory").clean().out;
    assert_eq!(proved, "6 invariants with 9 clauses, in this directory: 9 proved\n");
    assert_eq!(run(Path::new(HERE), "prove waves").status, 2);
    assert_eq!(run(Path::new(HERE), "prove delegates --in-directory").status, 0, "a warning");
    assert_eq!(run(Path::new(HERE), "prove delegates --in-directory --deny vacuous").status, 1);
    let both = run(Path::new(HERE), "prove delegates --in-directory --all-worlds");
    let all =
        "1 invariant with 1 clause, in all possible worlds: 0 proved, 1 refuted; 5 left out\n\nvacuous: delegates";
    let end = "1 invariant with 1 clause, in this directory: 0 proved, 1 vacuous; 5 left out\n";
    assert!(both.status == 1 && both.out.contains(all) && both.out.ends_with(end), "{both:?}");
}

#[test]
fn tests_and_proofs_in_a_directory() {
    let here = run(Path::new("examples/contoso"), "test --prove --in-directory").clean().out;
    let end = "\n6 invariants with 9 clauses, in this directory: 9 proved\n";
    assert!(here.ends_with(end) && !here.contains("not proved"), "{here}");
    let broken = run(Path::new(HERE), "test --prove --in-directory --format json");
    let json = broken.json();
    assert_eq!((broken.status, &json["proofs"]["worlds"]), (1, &"directory".into()), "{broken:?}");
    let alone = run(Path::new(HERE), "test --in-directory").failed();
    assert!(alone.contains("--prove"), "{alone}");
    let nobody = project(PROVED);
    let nobody = run(nobody.path(), "test --prove --in-directory").failed();
    assert!(nobody.contains("there is no directory"), "{nobody}");
}

#[test]
fn every_format_says_who_in_a_directory_breaks_what() {
    let json = run(Path::new(HERE), "prove --in-directory --format json").json();
    assert_eq!(json["worlds"], "directory");
    assert!(json["in_directory"].is_null(), "{json}");
    let cases: Vec<String> = json["invariants"].as_array().expect("invariants")[1..5]
        .iter()
        .map(|invariant| {
            let clause = &invariant["clauses"][0];
            let mut case = clause["counterexamples"][0].clone();
            let explained = case.as_object_mut().and_then(|case| case.remove("explanation"));
            assert!(explained.is_some_and(|it| it[0]["text"].is_string()), "{clause}");
            format!("{} {} {case}", clause["violations"]["known"], clause["violations"]["open"])
        })
        .collect();
    assert_eq!(
        cases,
        [
            r#"2 1 {"owner":"anna@contoso.com","viewer":"kim@fabrikam.com"}"#,
            r#"2 4 {"meeting":"review","participant":"anonymous","role":"attendee"}"#,
            r#"0 7 {"party":"kim@fabrikam.com","peer":"anyone else at fabrikam.com (federated)"}"#,
            r#"2 0 {"user":"anna@contoso.com"}"#,
        ]
    );
    let share = &json["invariants"][0]["clauses"][0]["violations"]["by"][1];
    assert_eq!(*share, serde_json::json!({ "kind": "owner", "name": "bob@contoso.com", "known": 1, "open": 0 }));

    let both = run(Path::new(HERE), "prove --in-directory --all-worlds --format json").json();
    assert_eq!((&both["worlds"], &both["in_directory"]["worlds"]), (&"all".into(), &"directory".into()));
    assert_eq!((&both["counts"]["refuted"], &both["in_directory"]["counts"]["refuted"]), (&6.into(), &5.into()));

    let sarif = run(Path::new(HERE), "prove --in-directory --format sarif").json();
    let run_of_it = &sarif["runs"][0];
    assert_eq!(run_of_it["properties"]["invariantsNotProved"], 6);
    let message = run_of_it["results"][0]["message"]["text"].as_str().expect("a text");
    assert!(
        message.starts_with(
            "\"notes stay inside\" is broken in this directory: `never viewer sees note when not viewer.inside` does \
             not hold of viewer kim@fabrikam.com, owner anna@contoso.com, nor in 2 more cases"
        ),
        "{message}"
    );
    let github = run(Path::new(HERE), "prove --in-directory --format github");
    assert_eq!(
        (github.status, github.out.matches("::error file=tests/fixtures/prove/ours.prescope").count()),
        (1, 5),
        "{github:?}"
    );
    assert!(github.out.ends_with("in this directory: 1 proved, 5 refuted, 1 vacuous\n"), "{github:?}");
    let junit = run(Path::new(HERE), "prove --in-directory --all-worlds --format junit").out;
    assert!(junit.contains("tests=\"14\" skipped=\"1\" failures=\"11\""), "{junit}");
    assert!(junit.contains("message=\"in 2 cases; the first: user anna@contoso.com\""), "{junit}");
    assert_eq!(junit.matches("(in this directory)").count(), 7, "{junit}");
}

#[test]
fn without_a_directory_or_worlds_what_asks_for_them_is_a_mistake() {
    let alone = project(PROVED);
    let none = run(alone.path(), "prove --in-directory").failed();
    assert!(none.contains("there is no directory, so there is nobody in it to ask about"), "{none}");
    assert!(none.contains("leave --in-directory out"), "{none}");
    let broken = project("use std/lync2013\ninvariant \"x\" { never viewer sees noot }\n");
    let broken = run(broken.path(), "prove --in-directory").failed();
    assert!(broken.contains("noot") && !broken.contains("no directory"), "{broken}");
    for worlds in ["--all", "--limit 7"] {
        let none = run(Path::new(HERE), &format!("prove --in-directory {worlds}")).failed();
        assert!(none.contains("--in-directory asks none") && none.contains("add --all-worlds"), "{none}");
        assert_eq!(run(Path::new(HERE), &format!("prove --in-directory --all-worlds {worlds}")).status, 1);
    }
    let alone = run(Path::new(HERE), "prove --all-worlds").failed();
    assert!(alone.contains("--in-directory"), "{alone}");
}
