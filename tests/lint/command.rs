//! `lint` and `explain` on the command line: statuses, selection of files, writing.

use std::path::Path;
use std::process::{Command, Output};

const POLICY: &str = "use std/lync2013\n\nrecipient auditors \"The auditors\" external\n";

fn prescope(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_prescope")).args(arguments).current_dir(folder).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A project of two policy files, one of them with a finding, below a folder.
fn folder(below: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join(below);
    std::fs::create_dir_all(&project).unwrap();
    std::fs::write(project.join("prescope.yaml"), "policies: [\"*.prescope\"]\n").unwrap();
    std::fs::write(project.join("a.prescope"), POLICY).unwrap();
    std::fs::write(project.join("b.prescope"), "data minutes \"Minutes\"\n").unwrap();
    folder
}

#[test]
fn warnings_leave_the_status_alone_unless_they_are_denied() {
    let folder = folder("");
    let done = prescope(folder.path(), &["lint"]);
    assert_eq!(done.status.code(), Some(0));
    assert!(text(&done.stdout).ends_with("2 warnings\n"), "{}", text(&done.stdout));
    assert_eq!(prescope(folder.path(), &["lint", "--deny", "warnings"]).status.code(), Some(1));
    assert_eq!(prescope(folder.path(), &["lint", "--deny", "unused-declaration"]).status.code(), Some(1));
    let allowed = prescope(folder.path(), &["lint", "--deny", "warnings", "--allow", "unused-declaration"]);
    assert_eq!((allowed.status.code(), text(&allowed.stdout)), (Some(0), "no findings\n".to_owned()));
    let unknown = prescope(folder.path(), &["lint", "--deny", "unused-declarations"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("did you mean `unused-declaration`?"));
}

#[test]
fn files_select_findings_and_their_projects() {
    let folder = folder("policies/sub");
    let named = prescope(folder.path(), &["lint", "--format", "github", "policies/sub/b.prescope"]);
    let out = text(&named.stdout);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert!(out.contains("file=policies/sub/b.prescope,line=1"), "{out}");
    // YAML of no project is none of ours, a policy of no project stands for itself.
    std::fs::write(folder.path().join("other.yaml"), "a: b\n").unwrap();
    std::fs::write(folder.path().join("alone.prescope"), POLICY).unwrap();
    let yaml = prescope(folder.path(), &["lint", "other.yaml"]);
    assert_eq!((yaml.status.code(), text(&yaml.stdout)), (Some(0), "no findings\n".to_owned()));
    let alone = prescope(folder.path(), &["lint", "--format", "github", "alone.prescope"]);
    assert!(text(&alone.stdout).contains("file=alone.prescope,line=3"), "{}", text(&alone.stdout));
    assert_eq!(prescope(folder.path(), &["lint", "missing.prescope"]).status.code(), Some(2));
    assert_eq!(prescope(folder.path(), &["lint", "policies"]).status.code(), Some(0));
}

#[test]
fn errors_anywhere_are_reported_whatever_files_are_named() {
    let folder = folder("");
    std::fs::write(folder.path().join("c.prescope"), "container {\n").unwrap();
    let done = prescope(folder.path(), &["lint", "--format", "github", "b.prescope"]);
    assert_eq!(done.status.code(), Some(1));
    assert!(text(&done.stdout).contains("file=c.prescope"), "{}", text(&done.stdout));
}

#[test]
fn denied_warnings_are_those_of_the_named_files() {
    let folder = folder("");
    let lint = |arguments: &[&str]| {
        let done = prescope(folder.path(), &[&["lint", "--format", "github"], arguments].concat());
        (done.status.code(), text(&done.stdout))
    };
    let (status, out) = lint(&["--deny", "warnings", "b.prescope"]);
    assert_eq!((status, out.lines().count()), (Some(1), 1), "{out}");
    assert!(out.starts_with("::error file=b.prescope,line=1"), "{out}");
    // A lint that is an error is one anywhere.
    let (status, out) = lint(&["--deny", "unused-declaration", "b.prescope"]);
    assert_eq!((status, out.lines().count()), (Some(1), 2), "{out}");
    std::fs::write(folder.path().join("c.prescope"), "/// Nothing.\nplace c\n").unwrap();
    let (_, before) = lint(&["c.prescope"]);
    assert!(!before.contains("file=a.prescope") && !before.contains("file=b.prescope"), "{before}");
}

#[test]
fn a_finding_is_told_for_each_file_it_has_a_place_in() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [\"people.yaml\"]\n"),
        (
            "a.prescope",
            "use std/lync2013\nmembership \"bans\" when owner in group staff { blocked has bob@contoso.com }\n",
        ),
        ("b.prescope", "/// Nothing.\n"),
        (
            "people.yaml",
            "organization: { domains: [contoso.com] }\ngroups: { staff: [anna@contoso.com] }\nusers:\n  \
             anna@contoso.com: { contacts: [bob@contoso.com], memberships: { workgroup: [\"user:bob@contoso.com\"] } }\n  \
             bob@contoso.com: {}\n",
        ),
    ];
    for (name, content) in files {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    for (name, told) in [("a.prescope", true), ("people.yaml", true), ("b.prescope", false), ("prescope.yaml", false)] {
        let done = prescope(folder.path(), &["lint", "--format", "json", name]);
        let out = text(&done.stdout);
        assert_eq!(out.contains("lint::conflicting-membership"), told, "{name}: {out}");
    }
}

#[test]
fn files_of_several_projects_are_linted_each_in_its_own() {
    let folder = folder("one");
    let two = folder.path().join("two");
    std::fs::create_dir(&two).unwrap();
    std::fs::write(two.join("prescope.yaml"), "policies: [\"*.prescope\"]\n").unwrap();
    std::fs::write(two.join("b.prescope"), "container {\n").unwrap();
    std::fs::write(two.join("fine.prescope"), "/// Nothing.\n").unwrap();
    let done = prescope(folder.path(), &["lint", "--format", "github", "two/fine.prescope", "one/a.prescope"]);
    let out = text(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{out}");
    assert!(out.contains("file=two/b.prescope") && out.contains("file=one/a.prescope"), "{out}");
    assert!(!out.contains("file=one/b.prescope"), "{out}");
}

#[test]
fn a_policy_that_its_project_leaves_out_is_told() {
    let folder = folder("");
    for (name, content) in [("drafts/new", "place\n"), (".drafts/new", "place\n")] {
        std::fs::create_dir(folder.path().join(name).parent().unwrap()).unwrap();
        std::fs::write(folder.path().join(format!("{name}.prescope")), content).unwrap();
        std::fs::write(folder.path().join(format!("{name}.yaml")), content).unwrap();
    }
    let drafts = ["lint", "--format", "github", "drafts/new.prescope", "drafts/new.yaml"];
    let done = prescope(folder.path(), &drafts);
    let out = text(&done.stdout);
    assert!(out.starts_with("::warning file=drafts/new.prescope,line=1") && out.lines().count() == 1, "{out}");
    assert_eq!((done.status.code(), text(&done.stderr)), (Some(0), String::new()));
    // What the rule leaves out is told where it is named.
    let done = prescope(folder.path(), &["lint", ".drafts/new.prescope", ".drafts/new.yaml"]);
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(0), "no findings\n".to_owned()));
    let told = text(&done.stderr);
    assert!(told.starts_with("warning: its project reads nothing of `.drafts/new.prescope`"), "{told}");
    assert_eq!(told.lines().count(), 1, "{told}");
}

#[test]
fn fixes_are_written_and_permissions_stay() {
    let folder = folder("");
    let file = folder.path().join("a.prescope");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    }
    let done = prescope(folder.path(), &["lint", "--fix"]);
    assert_eq!((done.status.code(), text(&done.stdout)), (Some(0), "no findings\n".to_owned()));
    assert_eq!(text(&done.stderr), "mended 2 findings in 2 files\n");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "use std/lync2013\n");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    }
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 3, "nothing is left beside the files");
}

#[test]
fn a_file_that_cannot_be_written_leaves_all_as_it_was() {
    let folder = folder("");
    let locked = folder.path().join("b.prescope");
    let mut permissions = std::fs::metadata(&locked).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&locked, permissions).unwrap();
    let done = prescope(folder.path(), &["lint", "--fix"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("it is read-only"), "{}", text(&done.stderr));
    assert_eq!(std::fs::read_to_string(folder.path().join("a.prescope")).unwrap(), POLICY);
}

#[test]
fn explain_lists_and_explains() {
    let folder = tempfile::tempdir().unwrap();
    let all = text(&prescope(folder.path(), &["explain"]).stdout);
    assert_eq!(all.lines().filter(|line| line.starts_with("lint::")).count(), prescope::lint::RULES.len());
    let one = prescope(folder.path(), &["explain", "block-bypass"]);
    assert!(text(&one.stdout).starts_with("## block-bypass\n"));
    let none = prescope(folder.path(), &["explain", "block-bypas"]);
    assert_eq!(none.status.code(), Some(2));
    assert!(text(&none.stderr).contains("did you mean `block-bypass`?"));
}
