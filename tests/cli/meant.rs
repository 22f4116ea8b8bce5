//! What people type by mistake, and what they are told.

use std::fs;

use super::{copied, run_in};
use crate::given;

fn here(line: &str) -> Vec<&str> {
    line.split(' ').collect()
}

#[test]
fn only_what_is_near_is_proposed() {
    let folder = given::repository();
    let told = |line: &str| run_in(folder, &here(line), b"").failed();
    let list = told("list");
    assert!(list.contains("tip: `prescope show` lists every name") && !list.contains("lint"), "{list}");
    assert!(told("lnt").contains("a similar subcommand exists: 'lint'\n"), "{}", told("lnt"));
    assert!(told("mirgate").contains("a similar subcommand exists: 'migrate'\n"));
    assert!(!told("frobnicate").contains("tip:"));
    assert!(told("check --formt json").contains("a similar argument exists: '--format'"));
    assert!(told("check --format jsn").contains("a similar value exists: 'json'"));
    assert!(!told("check --format xml").contains("tip:"));
}

#[test]
fn a_directory_file_is_no_policy() {
    let folder = tempfile::tempdir().expect("a folder");
    let people = "organization: { domains: [contoso.com] }\n";
    fs::write(folder.path().join("people.yaml"), people).expect("a file");
    fs::write(folder.path().join("a.prescope"), "category a { x }\n").expect("a file");
    let message = "× `people.yaml` is a directory file, not a policy";
    for line in ["fmt people.yaml", "fmt --check a.prescope people.yaml", "fmt --diff people.yaml"] {
        let ran = run_in(folder.path(), &here(line), b"");
        assert_eq!(ran.status, 2, "{line}: {ran:?}");
        assert!(ran.err.contains(message) && !ran.err.contains("expected"), "{line}: {ran:?}");
    }
    let ran = run_in(folder.path(), &here("check --policy people.yaml"), b"");
    assert!(ran.status == 2 && ran.out.contains(message), "{ran:?}");
    let ran = run_in(folder.path(), &here("check --policy a.prescope --directory a.prescope"), b"");
    assert!(ran.status == 2 && ran.out.contains("× `a.prescope` is a policy, not a directory file"), "{ran:?}");
    assert_eq!(fs::read_to_string(folder.path().join("people.yaml")).expect("a file"), people);
    fs::write(folder.path().join("prescope.yaml"), "policies: [\"*\"]\n").expect("a file");
    let ran = run_in(folder.path(), &here("check"), b"");
    assert!(ran.status == 2 && ran.out.contains(message), "{ran:?}");
}

#[test]
fn every_wrong_lint_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let config = "policies: [\"*.prescope\"]\nlint: { foo: baz, bar: off, shadowed-member: error }\n";
    fs::write(folder.path().join("prescope.yaml"), config).expect("a file");
    fs::write(folder.path().join("a.prescope"), "category a { x }\n").expect("a file");
    for line in ["lint", "check"] {
        let ran = run_in(folder.path(), &here(line), b"");
        assert_eq!(ran.status, 1, "{line}: {ran:?}");
        for told in ["no lint `foo`", "`baz` is not a level", "no lint `bar`", "no lint `shadowed-member`"] {
            assert!(ran.out.contains(told), "{line}: {told}: {}", ran.out);
        }
    }
    let ran = run_in(folder.path(), &here("lint --allow foo --warn bar --deny baz --deny warnings"), b"").failed();
    for name in ["foo", "bar", "baz"] {
        assert!(ran.contains(&format!("error: there is no lint `{name}`")), "{ran}");
    }
}

/// What would be wrong after a change is shown in the files as they are: nobody has the edited ones.
#[test]
fn a_change_that_breaks_is_shown_on_disk() {
    let folder = copied();
    let ran = run_in(folder.path(), &here("remove PrivacyConfiguration --at site:Redmond"), b"");
    assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{ran:?}");
    let text = fs::read_to_string(folder.path().join("policies/settings.prescope")).expect("a file");
    let line = 1 + text.lines().position(|line| line.contains("like site Redmond")).expect("the line");
    assert!(ran.err.contains(&format!("policies/settings.prescope:{line}:")), "{}", ran.err);
    assert!(ran.err.contains(&format!(" {line} │ policy PrivacyConfiguration service")), "{}", ran.err);
}

#[test]
fn a_field_needs_its_category() {
    let folder = given::repository().join("examples/contoso");
    let ran = run_in(&folder, &here("can bob see anna availability"), b"").failed();
    assert!(ran.contains("`availability` is a field, and stands here without its category"), "{ran}");
    assert!(ran.contains("help: write `state.availability`"), "{ran}");
}
