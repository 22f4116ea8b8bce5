//! `lint --new-since`: what a change brings, and what was there before.

use std::fs;

use serde_json::Value;

use crate::cli::Ran;
use crate::diff::repository::{Repository, everything, write};
use crate::given;

const PROJECT: [(&str, &str); 2] = [("prescope.yaml", "policies: [\"policies/*.prescope\"]\n"), OLD];

/// Two findings.
const OLD: (&str, &str) =
    ("policies/old.prescope", "data minutes \"Minutes\"\n\nrecipient auditors \"The auditors\" external\n");

/// Another one.
const NEW: (&str, &str) = ("policies/new.prescope", "recipient press \"The press\" external\n");

const THERE: &str = "2 findings were there at `main` already and are not shown\n";

fn repository() -> Repository {
    let repository = Repository::new();
    repository.commit("main", &PROJECT);
    repository
}

fn lint(repository: &Repository, options: &str) -> Ran {
    repository.prescope(&format!("lint --new-since main {options}"))
}

/// The findings as annotations: each in a line that says where it is.
fn told(repository: &Repository, options: &str) -> String {
    lint(repository, &format!("--format github {options}")).clean().out
}

#[test]
fn what_was_there_is_counted_and_what_is_new_is_told() {
    let repository = repository();
    assert_eq!(lint(&repository, "").clean().out, format!("no new findings\n{THERE}"));
    assert_eq!(lint(&repository, "--deny warnings").status, 0, "it denies what is new");
    repository.write(&[NEW]);
    insta::assert_snapshot!(repository.told("lint --new-since main"));
    assert_eq!(lint(&repository, "--deny warnings").status, 1);
    assert_eq!(repository.prescope("lint").out.matches("lint::unused-declaration").count(), 3);
    repository.git(&["rm", "--quiet", OLD.0]);
    assert!(!lint(&repository, "").clean().out.contains("already"), "what has gone is not counted");
    assert_eq!(
        repository.prescope("lint --new-since HEAD --allow unused-declaration").clean().out,
        "no new findings\n"
    );
}

#[test]
fn what_is_moved_renamed_or_laid_out_otherwise_is_not_new() {
    let repository = repository();
    let moved =
        "// One.\n\nrecipient\n  auditors\n\n  \"The auditors\"   external\n// Two.\n  data minutes  \"Minutes\"\n";
    for (name, text) in [(OLD.0, moved), ("policies/renamed.prescope", OLD.1), ("policies/renamed.prescope", moved)] {
        fs::remove_file(repository.path().join(OLD.0)).ok();
        repository.write(&[(name, text)]);
        assert_eq!(lint(&repository, "").clean().out, format!("no new findings\n{THERE}"), "{name}: {text}");
        assert_eq!(repository.prescope("fmt").status, 0);
        assert_eq!(lint(&repository, "").clean().out, format!("no new findings\n{THERE}"), "{name}, formatted");
    }
    repository.write(&[("policies/renamed.prescope", &OLD.1.replace("auditors \"", "visitors \""))]);
    assert!(told(&repository, "").contains("`visitors` is never used"));
}

/// Three now and two before are one new; told is the one in the file that had none.
#[test]
fn of_several_alike_as_many_are_new_as_there_are_more() {
    let repository = repository();
    let hidden = "// to\u{200b}day\n";
    repository.commit("hidden", &[("policies/hidden.prescope", &format!("{hidden}{hidden}"))]);
    repository.write(&[("policies/a.prescope", hidden)]);
    let out = told(&repository, "");
    assert!(out.starts_with("::warning file=policies/a.prescope,line=1,") && out.lines().count() == 2, "{out}");
    assert!(out.ends_with("4 findings were there at `main` already and are not shown\n"), "{out}");
    repository.write(&[("policies/a.prescope", "// to\u{200b}morrow\n"), ("policies/hidden.prescope", hidden)]);
    let out = told(&repository, "");
    assert!(out.starts_with("::warning file=policies/a.prescope,line=1,"), "another line is another finding: {out}");
}

/// One more whom a finding is about is told, one fewer is not.
#[test]
fn a_finding_about_more_people_is_new() {
    let people = |names: &[&str]| -> String {
        let users = names.iter().map(|name| format!("  {name}@contoso.com: {{}}\n"));
        std::iter::once("organization: { domains: [contoso.com] }\nusers:\n".to_owned()).chain(users).collect()
    };
    let ours = "use std/lync2013\npolicy PrivacyConfiguration global {\n    EnablePrivacyMode = true\n}\n";
    let config = "policies: [\"*.prescope\"]\ndirectory: [people.yaml]\n";
    let repository = Repository::new();
    let before = people(&["anna", "bob", "carol"]);
    repository.commit("main", &[("prescope.yaml", config), ("people.yaml", &before), ("ours.prescope", ours)]);
    let found = |names: &[&str]| {
        repository.write(&[("people.yaml", &people(names))]);
        told(&repository, "").lines().filter(|line| line.contains("are let in, for anna")).count()
    };
    assert_eq!(found(&["anna", "bob", "carol"]), 0);
    assert_eq!(found(&["anna", "bob", "carol", "dan"]), 1);
    assert_eq!(found(&["anna", "dan"]), 0);
    assert_eq!(found(&["anna"]), 0);
}

/// What goes from one person, level or feature to another is new there, and is called otherwise.
#[test]
fn what_goes_from_one_to_another_is_new() {
    let head = "organization: { domains: [contoso.com] }\nfederation: { partners: [fabrikam.com] }\nusers:\n";
    let people = |anna: &str, bob: &str| {
        format!(
            "{head}  anna@contoso.com:\n    memberships: {anna}\n  bob@contoso.com:\n    memberships:\n      {bob}\n"
        )
    };
    let features = |names: &[&str]| -> String {
        let feature =
            |name| format!("feature {name} for user {{\n    allow \"x\" when user.inside or not user.inside\n}}\n");
        std::iter::once("use std/lync2013\n".to_owned()).chain(names.iter().map(|name| feature(*name))).collect()
    };
    let [anna, bob] = ["{ external: [federated, everyone] }", "{ external: [federated] }"];
    let moved = people("{ external: [federated] }", "external:\n      - federated\n      - everyone");
    let level = people("{ external: [federated], workgroup: [everyone] }", "external: [federated]");
    let repository = Repository::new();
    let config = "policies: [\"*.prescope\"]\ndirectory: [people.yaml]\n";
    let before = people(anna, &bob[2..bob.len() - 2]);
    let ours = features(&["f"]);
    repository.commit("main", &[("prescope.yaml", config), ("people.yaml", &before), ("ours.prescope", &ours)]);
    let print = |repository: &Repository| -> Vec<String> {
        let log = repository.prescope("lint --format sarif").json();
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        let print = |result: &Value| result["partialFingerprints"]["prescope/v1"].to_string();
        results.iter().filter(|result| result["ruleId"] == "lint::everyone-outside-default").map(print).collect()
    };
    let of_anna = print(&repository);
    assert_eq!(of_anna.len(), 1);
    for after in [moved, level] {
        repository.write(&[("people.yaml", &after)]);
        let ran = lint(&repository, "--deny warnings --format github");
        assert!(ran.status == 1 && ran.out.contains("everyone-outside-default"), "{ran:?}");
        assert_ne!(print(&repository), of_anna);
    }
    repository.write(&[("people.yaml", &before), ("ours.prescope", &features(&["e", "f"]))]);
    let out = told(&repository, "");
    assert!(out.contains("file=ours.prescope,line=3,") && !out.contains("ours.prescope,line=6,"), "{out}");
    assert_eq!(lint(&repository, "--fix").status, 0);
    let mended = fs::read_to_string(repository.path().join("ours.prescope")).expect("a file");
    assert!(mended.ends_with(ours.strip_prefix("use std/lync2013\n").expect("a use")), "{mended}");
    assert_ne!(mended, features(&["e", "f"]));
}

/// Every format says what it leaves out. SARIF leaves nothing out: whoever takes it in would believe that it is gone.
#[test]
fn every_format_tells_what_was_there() {
    let repository = repository();
    repository.write(&[NEW]);
    let out = told(&repository, "");
    assert!(out.starts_with("::warning file=policies/new.prescope,line=1,") && out.ends_with(THERE), "{out}");
    let json = lint(&repository, "--format json").clean().json();
    let commit = repository.git(&["rev-parse", "main"]);
    let since = serde_json::json!({ "spec": "main", "commit": commit.trim(), "there_already": 2 });
    assert_eq!((&json["since"], json["counts"]["warning"].as_u64()), (&since, Some(1)));
    assert!(crate::schemas::validator("findings").is_valid(&json));
    assert!(repository.prescope("lint --format json").clean().json()["since"].is_null());
    let junit = lint(&repository, "--format junit").clean().out;
    assert!(junit.contains("failures=\"1\"") && junit.contains(&format!("<skipped message=\"{}\"", THERE.trim())));

    let results = |line: &str| -> Vec<Value> {
        let log = repository.prescope(line).clean().json();
        log["runs"][0]["results"].as_array().expect("results").clone()
    };
    let compared = results("lint --new-since main --format sarif");
    let place = |result: &Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].clone();
    let told: Vec<(Value, Value)> =
        compared.iter().map(|result| (place(result), result["baselineState"].clone())).collect();
    let [new, old] = [(NEW.0, "new"), (OLD.0, "unchanged")].map(|(at, state)| (at.into(), state.into()));
    assert_eq!(told, [new, old.clone(), old]);
    // The same findings by the same names as in a run that compares nothing.
    let prints = |results: &[Value]| -> Vec<String> {
        let mut prints: Vec<String> =
            results.iter().map(|result| result["partialFingerprints"]["prescope/v1"].to_string()).collect();
        prints.sort();
        prints
    };
    let whole = results("lint --format sarif");
    assert_eq!(prints(&compared), prints(&whole));
    assert!(whole.iter().all(|result| result["baselineState"].is_null()));
}

#[test]
fn named_files_restrict_what_is_told_and_counted() {
    let repository = repository();
    repository.write(&[NEW]);
    assert_eq!(lint(&repository, OLD.0).clean().out, format!("no new findings\n{THERE}"));
    assert!(lint(&repository, NEW.0).clean().out.ends_with("1 warning\n"));
    // What moves into a named file is not new.
    fs::rename(repository.path().join(OLD.0), repository.path().join("policies/moved.prescope")).expect("a file");
    assert_eq!(lint(&repository, "policies/moved.prescope").clean().out, format!("no new findings\n{THERE}"));
    // A policy of no project has nothing to be compared with.
    fs::create_dir(repository.beside("apart")).expect("a folder");
    fs::write(repository.beside("apart/alone.prescope"), OLD.1).expect("a file");
    let alone = lint(&repository, "../apart/alone.prescope");
    assert!(alone.status == 0 && alone.out.ends_with("2 warnings\n"), "{alone:?}");
    assert!(alone.err.contains("belong to no project"), "{alone:?}");
}

#[test]
fn fixes_are_made_of_what_is_new() {
    let repository = repository();
    repository.write(&[NEW]);
    let ran = lint(&repository, "--fix");
    assert_eq!(
        (ran.status, ran.out, ran.err),
        (0, format!("no new findings\n{THERE}"), "mended 1 finding in 1 file\n".to_owned())
    );
    assert_eq!(repository.git(&["diff", "--stat"]), "", "what there was stays");
    assert_eq!(fs::read_to_string(repository.path().join(NEW.0)).expect("a file"), "");
}

/// Files that are not read are found in git as they are on disk.
#[test]
fn files_that_are_not_read_and_suppressions_are_compared_too() {
    let repository = repository();
    let draft = ("drafts/a.prescope", "place cellar\n");
    repository
        .commit("draft", &[draft, ("policies/kept.prescope", "// allow(unused-declaration): next year\ndata x\n")]);
    assert!(lint(&repository, "").clean().out.starts_with("no new findings\n3 findings were there"));
    repository.write(&[("policies/kept.prescope", "data x\n"), ("drafts/b.prescope", "place attic\n")]);
    let out = told(&repository, "");
    assert!(out.contains("`drafts/b.prescope` is not read") && out.contains("the data `x` is never used"), "{out}");
    assert!(!out.contains("drafts/a"), "{out}");
    repository.git(&["mv", "drafts/a.prescope", "drafts/renamed.prescope"]);
    assert!(!told(&repository, "").contains("drafts/renamed"), "it is the same file");
    repository.git(&["mv", "drafts/renamed.prescope", "drafts/a.prescope"]);
    // From the folder above, paths are other ones on both sides.
    let above = repository.prescope_in(&repository.beside("."), "lint --new-since main work/prescope.yaml").clean();
    assert!(above.out.contains("`work/drafts/b.prescope` is not read"), "{above:?}");
    assert!(!above.out.contains("drafts/a"), "{above:?}");
}

/// What is noted where today's set has errors is compared as well.
#[test]
fn notes_beside_errors_are_compared_too() {
    let repository = repository();
    repository.commit("draft", &[("drafts/a.prescope", "place cellar\n")]);
    repository.write(&[("policies/new.prescope", "extend container nowhere { masks note }\n")]);
    let ran = lint(&repository, "--format github");
    assert!(ran.status == 1 && !ran.out.contains("drafts/a"), "{ran:?}");
    assert!(ran.out.ends_with("1 finding was there at `main` already and is not shown\n"), "{ran:?}");
}

/// A project whose past has errors keeps others from being mended.
#[test]
fn nothing_is_mended_before_everything_can_be_compared() {
    let repository = Repository::new();
    let broken = "extend container nowhere { masks note }\n";
    repository.commit(
        "main",
        &[
            ("one/prescope.yaml", PROJECT[0].1),
            ("two/prescope.yaml", PROJECT[0].1),
            ("two/policies/a.prescope", broken),
        ],
    );
    repository.write(&[("one/policies/new.prescope", NEW.1), ("two/policies/a.prescope", "// mended\n")]);
    let ran = repository.prescope("lint --all-projects --fix --new-since main");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{ran:?}");
    assert_eq!(fs::read_to_string(repository.path().join("one/policies/new.prescope")).expect("a file"), NEW.1);
}

/// A lint that is turned on finds nothing new in what stays as it is.
#[test]
fn levels_are_those_of_today() {
    let repository = repository();
    let levels = "policies: [\"policies/*.prescope\"]\nlint: { missing-documentation: error }\n";
    repository.write(&[("prescope.yaml", levels)]);
    let ran = lint(&repository, "").clean();
    assert!(ran.out.starts_with("no new findings\n3 findings were there"), "{ran:?}");
    repository.write(&[NEW]);
    assert_eq!(lint(&repository, "").status, 1);
}

#[test]
fn every_project_is_compared_with_itself() {
    let repository = repository();
    let below = |folder: &str, (name, text): (&str, &str)| {
        write(&repository.path().join(folder), &[(name, text)]);
    };
    fs::remove_file(repository.path().join("prescope.yaml")).expect("a file");
    below("one", PROJECT[0]);
    below("one", OLD);
    below("two", PROJECT[0]);
    below("two", NEW);
    repository.commit("two projects", &[]);
    below("two", OLD);
    below("three", PROJECT[0]);
    below("three", OLD);
    let ran = lint(&repository, "--all-projects --format github");
    assert_eq!(ran.status, 0, "{ran:?}");
    let files: Vec<&str> = ran.out.lines().filter_map(|line| line.split(['=', ',']).nth(1)).collect();
    assert_eq!(
        files,
        ["three/policies/old.prescope"; 2].into_iter().chain(["two/policies/old.prescope"; 2]).collect::<Vec<_>>()
    );
    assert!(ran.out.ends_with("\n3 findings were there at `main` already and are not shown\n"), "{ran:?}");
    assert!(ran.err.contains("has no project in") && ran.err.contains("three`, so all findings are new\n"), "{ran:?}");
    let refused = repository.prescope("lint --all-projects --new-since main:one");
    assert!(refused.status == 2 && refused.err.contains("names one folder"), "{refused:?}");
    let moved = repository.prescope("lint --project three --new-since main:one").clean();
    assert!(moved.out.starts_with("no new findings\n2 findings were there at `main:one`"), "{moved:?}");
}

#[test]
fn where_a_branch_comes_from_counts() {
    let repository = repository();
    repository.git(&["checkout", "--quiet", "-b", "topic"]);
    repository.commit("topic", &[NEW]);
    repository.git(&["checkout", "--quiet", "main"]);
    repository.commit("others", &[("policies/others.prescope", NEW.1)]);
    repository.git(&["checkout", "--quiet", "topic"]);
    assert!(lint(&repository, "").clean().out.starts_with("no new findings"), "others have it already");
    let ran = repository.prescope("lint --new-since main...").clean();
    assert!(ran.out.contains("`press` is never used"), "{ran:?}");
    assert!(
        ran.out.ends_with("2 findings were there at the merge base of `main` and `HEAD` already and are not shown\n")
    );
}

#[test]
fn nothing_is_written() {
    let repository = repository();
    repository.write(&[NEW]);
    let before = everything(&repository.path());
    lint(&repository, "").clean();
    assert!(everything(&repository.path()) == before);
}

/// Each says what is wrong with which side, and what to do. Errors of today are told, whatever there was.
#[test]
fn what_cannot_be_compared_is_refused() {
    let repository = repository();
    let broken = ("policies/broken.prescope", "extend container nowhere { masks note }\n");
    repository.write(&[broken]);
    let ran = lint(&repository, "--format github");
    assert!(ran.status == 1 && ran.out.starts_with("::error file=policies/broken.prescope,line=1,"), "{ran:?}");
    repository.commit("broken", &[]);
    let still = repository.prescope("lint --new-since HEAD --format json");
    assert_eq!((still.status, still.out.as_str()), (2, ""));
    fs::remove_file(repository.path().join(broken.0)).expect("a file");
    let (clone, from) = (repository.beside("shallow"), format!("file://{}", repository.path().display()));
    let lines = ["HEAD", "nowhere", "main..HEAD", "main:elsewhere", "main --policy policies/old.prescope"];
    let mut refusals: Vec<(String, String)> = Vec::new();
    for line in lines.map(|line| format!("lint --new-since {line}")) {
        let ran = repository.prescope(&line);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{ran:?}");
        refusals.push((line.clone(), repository.shown(&line, &ran)));
    }
    repository.git(&["clone", "--quiet", "--depth=1", &from, &clone.to_string_lossy()]);
    repository.git_in(&clone, &["fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/base"]);
    repository.git_in(&clone, &["commit", "--quiet", "--allow-empty", "--message", "here"]);
    let line = "lint --new-since HEAD~2";
    let ran = repository.prescope_in(&clone, line);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{ran:?}");
    refusals.push(("shallow".to_owned(), repository.shown(line, &ran)));
    let mut alone = repository.prescope_with(&repository.beside("shallow"), "lint --new-since main");
    let ran = crate::diff::repository::ran(alone.env("PATH", repository.beside("nowhere")));
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{ran:?}");
    refusals.push(("no git".to_owned(), repository.shown("lint --new-since main", &ran)));
    given::snapshots!("since", refusals);
}
