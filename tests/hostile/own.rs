//! Checkouts that bring files in the places where prescope writes its own: none of them is acted upon, waited for or
//! followed, and nothing outside of the checkout changes.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::run_patiently;
use crate::saving::contents;
use crate::tries::is_due;

const POLICY: &str = "use std/lync2013\n\nplace   here\n\ntest \"one\" {\n    given bob@contoso.com in workgroup of anna@contoso.com\n    expect bob@contoso.com sees anna@contoso.com note because snapshot \"one\"\n}\n";
const PEOPLE: &str = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {}, bob@contoso.com: {} }\n";

/// Where prescope writes for itself.
const OWN: [&str; 4] = [".prescope.journal", ".prescope.journal.new", ".prescope.snapshot", "policies/a.prescope.snap"];

/// Commands that read and commands that write.
const COMMANDS: [&str; 12] = [
    "check",
    "lint",
    "can bob@contoso.com see anna@contoso.com note",
    "why bob@contoso.com see anna@contoso.com note.personal",
    "test",
    "fmt --check",
    "fmt",
    "lint --fix",
    "test --update",
    "compile",
    "contact add anna@contoso.com bob@contoso.com --write",
    "set PrivacyConfiguration.EnablePrivacyMode=true --force --write",
];

/// What somebody puts there, given the place and a folder outside of the project.
type Trap = (&'static str, fn(&Path, &Path));

const TRAPS: [Trap; 8] = [
    ("a link to a file outside", |place, outside| symlink(outside.join("file"), place).unwrap()),
    ("a link to a file that is not there", |place, outside| symlink(outside.join("new"), place).unwrap()),
    ("a link to a folder outside", |place, outside| symlink(outside, place).unwrap()),
    ("a link to what never ends", |place, _| symlink("/dev/zero", place).unwrap()),
    ("a pipe", |place, _| assert!(Command::new("mkfifo").arg(place).status().unwrap().success())),
    ("a folder", |place, _| fs::create_dir(place).unwrap()),
    ("something of somebody else", |place, _| fs::write(place, "notes of mine").unwrap()),
    ("a journal that nobody sealed", |place, outside| {
        let target = outside.join("file").display().to_string();
        let text = format!(
            "prescope journal 2\nprocess 1\nnumber 1-1\nstate ready\nwrite {} - {target}\nwrite {} - ../file\nend\n",
            blake3::hash(b"precious").to_hex(),
            blake3::hash(b"precious").to_hex(),
        );
        fs::write(place, format!("{text}seal {}\n", blake3::hash(text.as_bytes()).to_hex())).unwrap();
    }),
];

/// A project in a folder, and a file beside that folder.
fn checkout() -> (tempfile::TempDir, PathBuf) {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("file"), "precious").unwrap();
    let project = outside.path().join("project");
    fs::create_dir_all(project.join("policies")).unwrap();
    fs::write(project.join("prescope.yaml"), "policies: [\"policies/*.prescope\"]\ndirectory: [people.yaml]\n")
        .unwrap();
    fs::write(project.join("policies/a.prescope"), POLICY).unwrap();
    fs::write(project.join("people.yaml"), PEOPLE).unwrap();
    (outside, project)
}

/// What lies outside of the project.
fn outside(folder: &Path) -> Vec<String> {
    let mut all: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| format!("{}: {}", path.display(), fs::read_to_string(&path).unwrap_or_default()))
        .collect();
    all.sort();
    all
}

#[test]
fn whatever_lies_in_the_place_of_our_own_files_is_not_acted_upon() {
    for (at, own) in OWN.into_iter().enumerate() {
        for (kind, (what, put)) in TRAPS.into_iter().enumerate() {
            let (folder, project) = checkout();
            put(&project.join(own), folder.path());
            let before = outside(folder.path());
            let due = (0..).zip(COMMANDS).filter(|(number, _)| is_due(at + kind + number));
            for (_, command) in due {
                let arguments: Vec<&str> = command.split(' ').collect();
                let ran = run_patiently(&project, &arguments);
                let told = format!("{own} as {what}: {command}: {ran:?}");
                assert!([0, 1, 2].contains(&ran.status), "{told}");
                assert_eq!(outside(folder.path()), before, "{told}");
                if own == ".prescope.journal" {
                    assert_eq!(ran.status, 2, "{told}");
                    assert!(format!("{}{}", ran.out, ran.err).contains(".prescope.journal"), "{told}");
                }
            }
        }
    }
}

/// A journal that is not ours stops whoever would read half-written files, in the project and below it.
#[test]
fn a_foreign_journal_is_named_with_what_to_do() {
    let (_folder, project) = checkout();
    fs::write(project.join(".prescope.journal"), "prescope journal 2\n").unwrap();
    let before = contents(&project);
    for command in ["check", "can bob@contoso.com see anna@contoso.com note", "fmt"] {
        let ran = run_patiently(&project, &command.split(' ').collect::<Vec<_>>());
        let told = format!("{}{}", ran.out, ran.err);
        let words: Vec<&str> = told.split_whitespace().filter(|word| *word != "│").collect();
        let told = words.join(" ");
        assert!(told.contains("is not a journal that can be trusted"), "{told}");
        assert!(told.contains("it does not carry the seal of this user"), "{told}");
        assert!(told.contains("if it came with a checkout, delete it"), "{told}");
        assert_eq!((ran.status, contents(&project)), (2, before.clone()), "{command}");
    }
}

/// Links that a project's own files are, to files outside: they are read, and never written.
#[test]
fn a_file_outside_is_never_written() {
    let (folder, project) = checkout();
    fs::remove_file(project.join("policies/a.prescope")).unwrap();
    fs::write(folder.path().join("file"), POLICY).unwrap();
    symlink("../../file", project.join("policies/a.prescope")).unwrap();
    for command in ["fmt", "set PrivacyConfiguration.EnablePrivacyMode=true --force --write"] {
        let ran = run_patiently(&project, &command.split(' ').collect::<Vec<_>>());
        assert_eq!(ran.status, 2, "{ran:?}");
        assert!(ran.err.contains("a.prescope` leads to ") && ran.err.contains("which lies outside of"), "{ran:?}");
        assert_eq!(fs::read_to_string(folder.path().join("file")).unwrap(), POLICY);
    }
    assert_eq!(run_patiently(&project, &["check"]).status, 0);
}
