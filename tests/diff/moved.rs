//! Projects that moved within their repository are compared as ever; where nothing could be compared, no gate passes.

use super::repository::Repository;
use super::{OPENED, PROJECT};
use crate::given;

const GATES: &str = "--deny-new-visibility --deny-open-gain --max-gain 0 --deny-new-use --deny-new-disclosure";

/// The project in this folder of a repository, as its first commit.
fn lying(folder: &str) -> Repository {
    let repository = Repository::new();
    commit_in(&repository, folder, &PROJECT);
    repository
}

fn commit_in(repository: &Repository, folder: &str, files: &[(&str, &str)]) {
    let files: Vec<(String, &str)> = files.iter().map(|(name, text)| (format!("{folder}/{name}"), *text)).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    repository.commit(folder, &files);
}

#[test]
fn a_project_that_moved_is_compared_with_where_it_was() {
    let repository = lying("conf");
    repository.git(&["mv", "conf", "policy"]);
    commit_in(&repository, "policy", &[OPENED]);
    let there = repository.path().join("policy");
    let line = format!("diff HEAD~1 {GATES}");
    let moved = repository.prescope_in(&there, &line);
    given::snapshots!("moved", [("gates", repository.shown(&line, &moved))]);
    assert_eq!(moved.status, 1);
    // From wherever it is asked, and both ways.
    std::fs::create_dir(repository.path().join("conf")).expect("a folder");
    let told = |folder: &str, line: &str| {
        let ran = repository.prescope_in(&repository.path().join(folder), line).clean();
        ran.out.lines().skip(2).map(|line| format!("{line}\n")).collect::<String>()
    };
    let expected = told("policy", "diff HEAD~1");
    assert!(expected.contains("note"), "{expected}");
    for (folder, line) in [
        ("policy", "diff HEAD~1 HEAD"),
        ("policy", "diff HEAD~1 --staged"),
        ("conf", "diff HEAD~1"),
        ("conf", "diff HEAD~1 HEAD"),
        (".", "diff HEAD~1 --project policy"),
        (".", "diff HEAD~1 HEAD --project conf"),
        (".", "diff HEAD~1:conf HEAD:policy"),
    ] {
        assert_eq!(told(folder, line), expected, "{folder}: {line}");
    }
    let back = repository.prescope_in(&there, "diff HEAD HEAD~1 --format json").clean().json();
    assert_eq!([&back["base"]["moved"], &back["head"]["moved"]], ["policy", "conf"]);
    assert_eq!(back["effect"]["arrived"]["owners"], 0);
    // Also if nothing else happened.
    repository.git(&["mv", "policy", "rules"]);
    repository.commit("moved only", &[]);
    let ran = repository.prescope_in(&repository.path().join("rules"), "diff HEAD~1 --exit-code --deny-open-gain");
    assert_eq!(ran.status, 0, "{ran:?}");
    assert!(ran.out.contains("no difference: both sides have the same"), "{ran:?}");
}

/// Of several projects that moved at once, each is the one with which it has most files in common.
#[test]
fn several_projects_that_moved_are_told_apart_by_their_files() {
    let repository = lying("one");
    commit_in(&repository, "two", &[PROJECT[0], ("policies/others.prescope", "category calls { number }\n")]);
    repository.git(&["mv", "one", "uno"]);
    repository.git(&["mv", "two", "due"]);
    commit_in(&repository, "uno", &[OPENED]);
    let ran = repository.prescope("diff HEAD~1 HEAD --project uno --deny-new-visibility");
    assert!(ran.status == 1 && ran.out.contains("in `one`") && ran.out.contains("denied"), "{ran:?}");
    let ran = repository.prescope("diff HEAD~1 HEAD --project due").clean();
    assert!(ran.out.contains("in `two`") && !ran.out.contains("uno"), "{ran:?}");
    // Nothing tells these two apart.
    repository.git(&["mv", "uno", "a"]);
    commit_in(&repository, "b", &[PROJECT[0], PROJECT[1], PROJECT[2], OPENED]);
    for line in ["diff HEAD~1 HEAD --project a", "diff HEAD~1 --project b", "diff HEAD HEAD~1 --project uno"] {
        given::snapshots!("not-known", [(line, repository.told(line))]);
    }
    assert_eq!(repository.prescope("diff HEAD~1:uno HEAD:a --exit-code").status, 0);
}

/// A project is new, or gone: what it shows is counted apart, and gates say so.
#[test]
fn a_project_that_is_new_passes_gates_that_say_what_they_did_not_count() {
    let repository = Repository::new();
    repository.commit("before", &[("README", "Nothing yet.\n")]);
    repository.commit("new", &PROJECT);
    let line = format!("diff HEAD~1 HEAD {GATES} --only effect");
    given::snapshots!("new", [("gates", repository.told(&line))]);
    assert_eq!(repository.prescope(&format!("{line} --count-arrivals")).status, 1);
    assert_eq!(repository.prescope(&format!("diff HEAD HEAD~1 {GATES}")).status, 0);
}

/// Everybody has another address: no answer was compared, and no gate passes.
#[test]
fn no_gate_passes_where_nobody_is_on_both_sides() {
    let repository = lying("conf");
    let renamed = PROJECT[2].1.replace("contoso", "northwind");
    commit_in(&repository, "conf", &[OPENED, (PROJECT[2].0, &renamed)]);
    let conf = repository.path().join("conf");
    let line = format!("diff HEAD~1 {GATES} --only effect");
    let ran = repository.prescope_in(&conf, &line);
    given::snapshots!("nobody", [("on both", repository.shown(&line, &ran))]);
    assert_eq!(ran.status, 1);
    let json = repository.prescope_in(&conf, &format!("{line} --format json")).json();
    assert_eq!(json["effect"]["universe"], "nobody_on_both");
    for gate in json["gates"].as_array().expect("gates") {
        assert!(gate["found"].is_null() && gate["not_compared"] == "nobody_on_both", "{gate}");
        assert_eq!(gate["passed"], false);
    }
    for format in ["markdown", "sarif"] {
        let ran = repository.prescope_in(&conf, &format!("{line} --format {format}"));
        assert!(ran.status == 1 && ran.out.contains("nobody is on both sides"), "{ran:?}");
        assert!(!ran.out.contains("Nobody gains"), "{ran:?}");
    }
    // Who arrives is looked at if that counts.
    let counted = repository.prescope_in(&conf, &format!("{line} --count-arrivals"));
    assert!(counted.status == 1 && counted.out.contains("denied") && !counted.out.contains("undecided"), "{counted:?}");
    // So it is where a directory has nobody in it.
    let empty = "organization: { domains: [contoso.com] }\n";
    commit_in(&repository, "conf", &[(PROJECT[2].0, empty)]);
    commit_in(&repository, "conf", &[("policies/more.prescope", "category calls { number }\n")]);
    let ran = repository.prescope_in(&conf, "diff HEAD~1 --deny-new-visibility --deny-open-gain --deny-new-use");
    assert!(ran.status == 1 && ran.out.contains("undecided  deny-open-gain"), "{ran:?}");
    assert!(ran.out.contains("passed     deny-new-visibility: 0 in any world"), "every world is: {ran:?}");
}
