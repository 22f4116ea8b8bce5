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
    let proved = "1 invariant with 1 clause, for everybody there can be: 1 proved\n";
    assert_eq!(run(good.path(), "prove").clean().out, proved);
    let undecided = run(good.path(), "prove --limit 20");
    assert_eq!(undecided.status, 1, "what is not known is not clean: {undecided:?}");
    assert!(undecided.out.starts_with("undecided: home  ours.prescope:2\n"), "{undecided:?}");

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

#[test]
fn labels_choose_whatever_their_case_and_unknown_ones_are_mistakes() {
    let sample = project(SAMPLE);
    let chosen = run(sample.path(), "prove HOME Partners");
    assert!(
        chosen.out.ends_with(
            "2 invariants with 2 clauses, for everybody there can be: 0 proved, 1 refuted, 1 vacuous; 1 left out\n"
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
    let text = "1 test with 1 expectation passed\n1 invariant with 1 clause, for everybody there can be: 1 proved\n";
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
    let text = "in good\n1 invariant with 1 clause, for everybody there can be: 1 proved\n\n\
                in none\nno invariants: nothing was proved\n";
    assert_eq!(all, text);
    let json = run(folder.path(), "prove --all-projects --format json");
    assert!(json.status == 2 && json.err.contains("this format is for one"), "{json:?}");
}
