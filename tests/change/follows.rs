//! What plans say of tests, findings and migrations: the same as `test`, `lint` and `migrate` say before and after.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::kept::{COMMANDS, given, run};
use crate::tries::is_whole;

/// Tests of which some pass and some fail.
const TESTS: &str = "
test \"kim is let in\" {
    expect kim@fabrikam.com sees anna@contoso.com state.availability
}

test \"bob is let in\" {
    expect bob@contoso.com sees anna@contoso.com state.availability
}

test \"bob lets nobody in\" {
    expect kim@fabrikam.com does not see bob@contoso.com state.availability
}

test \"photos\" {
    expect bob@contoso.com sees anna@contoso.com contact_card.photo
}
";

/// How often each thing is there.
type Counts = BTreeMap<String, usize>;

#[derive(PartialEq, Debug)]
struct State {
    passed: BTreeMap<String, bool>,
    findings: Counts,
    to_migrate: Vec<String>,
}

fn json(folder: &Path, line: &str) -> Value {
    let ran = run(folder, &format!("{line} --format json"));
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{line}: {error}: {ran:?}"))
}

fn list<'v>(value: &'v Value, what: &str) -> &'v [Value] {
    value[what].as_array().unwrap_or_else(|| panic!("{what}: {value}"))
}

fn texts(values: &[Value]) -> Vec<String> {
    values.iter().map(|value| value.as_str().unwrap().to_owned()).collect()
}

/// Findings by what they say of which file.
fn counts(findings: &[Value]) -> Counts {
    let mut counts = Counts::new();
    for it in findings {
        let key = format!("{} {} {}", it["code"], it["message"], it["labels"][0]["file"]);
        *counts.entry(key).or_default() += 1;
    }
    counts
}

/// Those of the first that the second does not have.
fn without(one: &Counts, other: &Counts) -> Counts {
    let left = one.iter().map(|(key, count)| (key.clone(), count.saturating_sub(*other.get(key).unwrap_or(&0))));
    left.filter(|(_, count)| *count > 0).collect()
}

fn state(folder: &Path) -> State {
    let tests = json(folder, "test");
    let passed = |test: &Value| (test["test"].as_str().unwrap().to_owned(), test["passed"].as_bool().unwrap());
    let plans = json(folder, "migrate --all --check");
    let plans = list(&plans, "owners").iter().filter(|plan| !list(plan, "amendments").is_empty());
    State {
        passed: list(&tests, "tests").iter().map(passed).collect(),
        findings: counts(list(&json(folder, "lint"), "findings")),
        to_migrate: plans.map(|plan| plan["owner"].as_str().unwrap().to_owned()).collect(),
    }
}

#[test]
fn what_follows_is_what_is_so_afterwards() {
    let more = [
        "set PrivacyConfiguration.EnablePrivacyMode=false --at all",
        "block anna bob",
        "remove PrivacyConfiguration --at global",
    ];
    let commands = more.into_iter().chain(COMMANDS.iter().copied()).enumerate();
    let (mut failed, mut passed, mut come, mut gone, mut next) = (0, 0, 0, 0, 0);
    for (_, command) in commands.filter(|(number, _)| is_whole() || *number < 2) {
        let folder = given();
        let file = folder.path().join("project/policies/tests.prescope");
        let tests = fs::read_to_string(&file).unwrap();
        fs::write(file, format!("{tests}{TESTS}")).unwrap();
        let before = state(folder.path());
        let told = json(folder.path(), command)["follows"].clone();
        let written = json(folder.path(), &format!("{command} --write"))["follows"].clone();
        let after = state(folder.path());
        let turned = |to: bool| -> Vec<String> {
            let is = |label: &&String| before.passed[*label] != to && after.passed[*label] == to;
            before.passed.keys().filter(is).cloned().collect()
        };
        for follows in [&told, &written] {
            let labels = |what: &str| -> Vec<String> {
                let mut labels: Vec<String> =
                    list(&follows["tests"], what).iter().map(|it| it["test"].as_str().unwrap().to_owned()).collect();
                labels.sort();
                labels
            };
            assert_eq!(labels("fail"), turned(false), "{command}");
            assert_eq!(labels("pass"), turned(true), "{command}");
            assert_eq!(follows["tests"]["ran"], before.passed.len());
            let failing = before.passed.iter().filter(|(label, passed)| !**passed && !after.passed[*label]).count();
            assert_eq!(follows["tests"]["failing"], failing, "{command}");
            let findings = &follows["findings"];
            assert_eq!(counts(list(findings, "come")), without(&after.findings, &before.findings), "{command}");
            assert_eq!(counts(list(findings, "go")), without(&before.findings, &after.findings), "{command}");
            let all: usize = after.findings.values().sum();
            assert_eq!(findings["stay"], all - list(findings, "come").len(), "{command}");
            let new: Vec<String> =
                after.to_migrate.iter().filter(|owner| !before.to_migrate.contains(owner)).cloned().collect();
            assert_eq!(texts(list(&follows["migrate"], "next")), new, "{command}");
        }
        let count = |part: &str, what: &str| list(&told[part], what).len();
        failed += count("tests", "fail");
        passed += count("tests", "pass");
        come += count("findings", "come");
        gone += count("findings", "go");
        next += count("migrate", "next");
    }
    assert!(
        !is_whole() || [failed, passed, come, gone, next].iter().all(|count| *count > 0),
        "{failed} {passed} {come} {gone} {next}"
    );
}

/// A place of what follows is one of the files as they are.
#[test]
fn places_are_those_of_the_files_as_they_are() {
    let folder = given();
    let file = folder.path().join("project/policies/a.prescope");
    let policy = fs::read_to_string(&file).unwrap();
    // Behind the object that goes, in the same file.
    fs::write(&file, format!("{policy}{TESTS}")).unwrap();
    for (more, gone) in [("", 0), (" --write", 4)] {
        let told = json(folder.path(), &format!("remove PrivacyConfiguration --at global{more}"));
        for (turned, label) in [("fail", "bob lets nobody in"), ("pass", "kim is let in")] {
            let test = &list(&told["follows"]["tests"], turned)[0];
            assert_eq!((&test["test"], &test["at"]["file"]), (&label.into(), &"policies/a.prescope".into()), "{told}");
            let lines = format!("{policy}{TESTS}");
            let line = lines.lines().position(|line| line == format!("test \"{label}\" {{")).unwrap() + 1;
            assert_eq!(test["at"]["line"], line - gone, "{told}");
        }
    }
}

/// Where a finding stands is no part of what it says.
#[test]
fn a_finding_that_has_only_moved_is_none() {
    let folder = given();
    let file = folder.path().join("project/policies/a.prescope");
    let policy = fs::read_to_string(&file).unwrap();
    fs::write(
        &file,
        format!("{policy}\ncontainer attic(450) {{ publishes note }}\ncontainer cellar(460) {{ publishes note }}\n"),
    )
    .unwrap();
    let lint = run(folder.path(), "lint").out;
    assert!(lint.contains("policies/a.prescope:1"), "{lint}");
    let told = json(folder.path(), "set PrivacyConfiguration.PublishLocationDataDefault=false");
    let findings = &told["follows"]["findings"];
    assert!(findings["stay"].as_u64() > Some(1), "{findings}");
    let moved =
        |what: &str| list(findings, what).iter().filter(|it| it["message"].to_string().contains("attic")).count();
    assert_eq!((moved("come"), moved("go")), (0, 0), "{findings}");
}
