//! What is not written, and why; and what stays as it was.

use std::collections::BTreeMap;
use std::fs;

use prescope::diagnostic::code;
use prescope::directory::{Address, Amendment};
use prescope::language::Code;
use prescope::project::{Before, FileChange, Project, SaveError, recover, save};

use super::{DIRECTORY, contents, least, leave_journal, project, sum};

const PEOPLE: &str = "organization: { domains: [x.y] }\nusers:\n  ann@x.y: { contacts: [] }  # Ann\n  bob@x.y: {}\n";

fn ann_gets(who: &str) -> Vec<(Address, Vec<Amendment>)> {
    let address = |text: &str| Address::parse(text).unwrap();
    vec![(address("ann@x.y"), vec![Amendment::AddContact(address(who))])]
}

pub(super) fn code(error: &SaveError) -> Code {
    error.diagnostic().code
}

#[test]
fn an_edit_is_written_once_it_is_wanted() {
    let folder = project(&least(), &format!("\u{feff}{PEOPLE}"));
    let before = Project::open(folder.path());
    let after = before.amended(&ann_gets("bob@x.y")).unwrap();
    assert_eq!(before.changed().count(), 0);
    assert_eq!(after.changed().map(|file| after.sources().path(file)).collect::<Vec<_>>(), [DIRECTORY]);
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), format!("\u{feff}{PEOPLE}"));
    after.write().unwrap();
    let text = fs::read_to_string(folder.path().join(DIRECTORY)).unwrap();
    assert_eq!(text, format!("\u{feff}{}", PEOPLE.replace("[]", "[bob@x.y]").replace("bob@x.y]", "\"bob@x.y\"]")));
    assert_eq!(contents(folder.path()).len(), 3);
    // An edit of an edit is one edit.
    let again = after.amended(&ann_gets("dan@x.y")).unwrap().write().unwrap_err();
    assert_eq!(code(&again), code::CHANGED);
    let back: BTreeMap<_, _> = after.changed().map(|file| (file, PEOPLE.to_owned())).collect();
    assert_eq!(after.with_texts(&back).unwrap().changed().count(), 0);
}

#[test]
fn a_file_that_changed_since_it_was_read_is_left_alone() {
    let folder = project(&least(), PEOPLE);
    let edited = Project::open(folder.path()).amended(&ann_gets("bob@x.y")).unwrap();
    let theirs = PEOPLE.replace("# Ann", "# Ann Lee");
    fs::write(folder.path().join(DIRECTORY), &theirs).unwrap();
    let refused = edited.write().unwrap_err();
    assert_eq!(code(&refused), code::CHANGED);
    assert!(refused.to_string().contains("has changed since it was read"), "{refused}");
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), theirs);
    fs::remove_file(folder.path().join(DIRECTORY)).unwrap();
    assert_eq!(code(&edited.write().unwrap_err()), code::CHANGED);
    assert_eq!(contents(folder.path()).len(), 2);
}

#[test]
fn what_was_planned_on_another_file_that_changed_is_not_written() {
    let folder = project(&least(), PEOPLE);
    let edited = Project::open(folder.path()).amended(&ann_gets("bob@x.y")).unwrap();
    let policies = folder.path().join("policies/set.prescope");
    fs::write(&policies, "use std/lync2013\n\npolicy PrivacyConfiguration global { EnablePrivacyMode = true }\n")
        .unwrap();
    assert_eq!(code(&edited.write().unwrap_err()), code::CHANGED);
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), PEOPLE);
}

#[test]
fn a_set_with_errors_is_not_written() {
    let folder = project(&least(), PEOPLE);
    let project = Project::open(folder.path());
    assert!(!project.has_errors(), "{:#?}", project.diagnostics());
    let file = project.sources().files().find(|(_, source)| source.path() == DIRECTORY).unwrap().0;
    let edited = project.with_texts(&BTreeMap::from([(file, "users: 5\n".to_owned())])).unwrap();
    assert_eq!(code(&edited.write().unwrap_err()), code::UNWRITABLE);
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), PEOPLE);
}

#[test]
fn of_several_files_all_are_written_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let change =
        |name: &str, before: Before| FileChange { path: folder.path().join(name), before, new: Some(name.into()) };
    fs::write(folder.path().join("b"), "old").unwrap();
    let old = Before::Text("old".to_owned());
    let refused = save(folder.path(), &[change("a", Before::Nothing), change("b", Before::Nothing)]).unwrap_err();
    assert_eq!(code(&refused), code::CHANGED);
    assert_eq!(contents(folder.path()), [("b".to_owned(), "old".to_owned())]);
    save(folder.path(), &[change("new/a", Before::Nothing), change("b", old), change("c", Before::Own { head: b"c" })])
        .unwrap();
    let all = ["b", "c", "new/a"].map(|name| (name.to_owned(), name.to_owned()));
    assert_eq!(contents(folder.path()), all);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_changes_nothing_else() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let allow = |name: &str, mode: u32| fs::set_permissions(at(name), fs::Permissions::from_mode(mode)).unwrap();
    fs::create_dir(at("closed")).unwrap();
    for name in ["a", "closed/b", "real"] {
        fs::write(at(name), "old").unwrap();
    }
    symlink("real", at("link")).unwrap();
    let change =
        |name: &str| FileChange { path: at(name), before: Before::Text("old".to_owned()), new: Some("new".into()) };
    let all = ["a", "closed/b", "link"].map(change);
    let before = contents(folder.path());

    allow("closed/b", 0o400);
    assert_eq!(code(&save(folder.path(), &all).unwrap_err()), code::UNWRITABLE);
    assert_eq!(contents(folder.path()), before);
    allow("closed/b", 0o640);
    // Whoever may do everything is not kept out by a folder.
    allow("closed", 0o500);
    if fs::write(at("closed/probe"), "").is_err() {
        let refused = save(folder.path(), &all).unwrap_err();
        assert_eq!(code(&refused), code::UNWRITABLE);
        assert!(refused.to_string().contains("closed/b"), "{refused}");
        assert_eq!(contents(folder.path()), before);
    }
    allow("closed", 0o700);
    _ = fs::remove_file(at("closed/probe"));
    save(folder.path(), &all).unwrap();
    assert!(contents(folder.path()).iter().all(|(_, text)| text == "new"));
    assert!(fs::symlink_metadata(at("link")).unwrap().is_symlink());
    assert_eq!(fs::metadata(at("closed/b")).unwrap().permissions().mode() & 0o777, 0o640);
}

/// A journal as a killed command leaves it, with texts beside their files.
fn left(state: &str, target_of_second: &str) -> tempfile::TempDir {
    let folder = project(&least(), PEOPLE);
    let at = |name: &str| folder.path().join(name);
    fs::write(at("policies/set.prescope"), "use std/lync2013\n\nplace a\n").unwrap();
    fs::write(at("people/.prescope.7-7.0.new"), "users:\n").unwrap();
    let journal = format!(
        "prescope journal 2\nprocess 7\nnumber 7-7\nstate {state}\nwrite {} {} people/all.yaml\nwrite - {} {target_of_second}\nend\n",
        sum(PEOPLE),
        sum("users:\n"),
        sum("use std/lync2013\n\nplace a\n"),
    );
    leave_journal(folder.path(), journal);
    folder
}

#[test]
fn what_was_ready_is_finished_and_what_was_begun_is_undone() {
    let folder = left("ready", "policies/set.prescope");
    let told = recover(folder.path()).unwrap().unwrap().to_string();
    assert_eq!(told, "an interrupted command had begun to write 2 files: finished");
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), "users:\n");
    assert_eq!(contents(folder.path()).len(), 3);

    let folder = left("begun", "policies/set.prescope");
    let told = recover(folder.path()).unwrap().unwrap().to_string();
    assert_eq!(told, "an interrupted command had begun to write 2 files: undone");
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), PEOPLE);
    assert_eq!(contents(folder.path()).len(), 3);
    assert_eq!(recover(folder.path()).unwrap(), None);
}

/// Who reads sees the files as they will be or as they were, and leaves them and the journal as they are.
#[test]
fn who_reads_sees_one_state_and_changes_nothing() {
    let users = |project: &Project| project.set().directory.as_ref().unwrap().users.len();
    for (state, seen, told) in [
        ("ready", 0, "they are read as they will be, and the next command that writes finishes it"),
        ("begun", 2, "they are read as they were before, and the next command that writes undoes it"),
    ] {
        let folder = left(state, "policies/set.prescope");
        let before = contents(folder.path());
        let project = Project::open(folder.path());
        assert!(!project.has_errors(), "{state}: {:#?}", project.diagnostics());
        assert_eq!(users(&project), seen, "{state}");
        let interrupted = project.interrupted().unwrap().to_string();
        assert_eq!(interrupted, format!("a command is writing 2 files, or was interrupted; {told}"));
        assert_eq!(contents(folder.path()), before, "{state}");
        // Whoever plans on what is seen can write it.
        let edited = project.with_texts(&BTreeMap::new()).unwrap();
        let file = edited.sources().files().find(|(_, source)| source.path() == DIRECTORY).unwrap().0;
        let edited = edited.with_texts(&BTreeMap::from([(file, "users: {}\n".to_owned())])).unwrap();
        edited.write().unwrap();
        assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), "users: {}\n", "{state}");
        assert_eq!(contents(folder.path()).len(), 3);
    }
}

#[test]
fn what_cannot_be_finished_is_an_error_and_nothing_is_overwritten() {
    // Somebody has corrected the file since.
    let folder = left("ready", "policies/set.prescope");
    fs::write(folder.path().join(DIRECTORY), "users:\n  eve@x.y:\n").unwrap();
    let before = contents(folder.path());
    let refused = recover(folder.path()).unwrap_err();
    assert_eq!(code(&refused), code::UNFINISHED);
    assert!(refused.to_string().contains("has changed since"), "{refused}");
    assert_eq!(contents(folder.path()), before);

    let folder = left("odd", "policies/set.prescope");
    assert!(Project::open(folder.path()).has_errors());
    // The second file is missing, and so is its text.
    let folder = left("ready", "policies/other.prescope");
    assert!(recover(folder.path()).is_err());
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), PEOPLE);
}

/// The codes of what is refused, each from something that is.
pub(crate) fn codes() -> Vec<&'static str> {
    let shared =
        "organization: { domains: [x.y] }\nusers:\n  ann@x.y: &ann { contacts: [] }\n  bob@x.y: { <<: *ann }\n";
    let folder = project(&least(), shared);
    let found = Project::open(folder.path()).amended(&ann_gets("dan@x.y")).unwrap_err();
    let mut codes: Vec<&str> = found.iter().map(|it| it.code.name()).collect();
    let folder = project(&least(), PEOPLE);
    let edited = Project::open(folder.path()).amended(&ann_gets("bob@x.y")).unwrap();
    fs::write(folder.path().join(DIRECTORY), "users:\n").unwrap();
    codes.push(code(&edited.write().unwrap_err()).name());
    let file = edited.changed().next().unwrap();
    let broken = edited.with_texts(&BTreeMap::from([(file, "users: 5\n".to_owned())])).unwrap();
    codes.push(code(&broken.write().unwrap_err()).name());
    let folder = left("odd", "policies/set.prescope");
    codes.extend(Project::open(folder.path()).diagnostics().iter().map(|it| it.code.name()));
    codes
}

/// The system's word counts, not only that of the file's own permissions.
#[cfg(unix)]
#[test]
fn what_somebody_else_owns_or_has_another_name_for_is_not_replaced() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::write(at("a"), "old").unwrap();
    fs::hard_link(at("a"), at("b")).unwrap();
    let change = FileChange { path: at("a"), before: Before::Text("old".to_owned()), new: Some("new".into()) };
    let refused = save(folder.path(), std::slice::from_ref(&change)).unwrap_err();
    assert!(refused.to_string().contains("it has another name as well"), "{refused}");
    fs::remove_file(at("b")).unwrap();

    // Who may do everything can try what others may not.
    if std::os::unix::fs::chown(at("a"), Some(65534), Some(65534)).is_err() {
        return;
    }
    fs::set_permissions(at("a"), fs::Permissions::from_mode(0o640)).unwrap();
    save(folder.path(), &[change]).unwrap();
    let about = fs::metadata(at("a")).unwrap();
    assert_eq!((about.uid(), about.gid(), about.mode() & 0o777), (65534, 65534, 0o640));

    // A file of root in a folder where everybody may make and remove files.
    let folder = project(&[("policies/set.prescope".to_owned(), "place   here\n".to_owned())], "users:\n");
    for open in [folder.path(), &folder.path().join("policies"), &folder.path().join("people")] {
        fs::set_permissions(open, fs::Permissions::from_mode(0o777)).unwrap();
    }
    let program = folder.path().join("program");
    fs::copy(env!("CARGO_BIN_EXE_prescope"), &program).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = std::process::Command::new(&program);
    std::os::unix::process::CommandExt::uid(&mut command, 65534);
    let ran = command.arg("fmt").current_dir(folder.path()).env("HOME", folder.path()).output().unwrap();
    let told = String::from_utf8(ran.stderr).unwrap();
    assert!(told.contains("set.prescope` cannot be written: you may not write it"), "{told}");
    let path = folder.path().join("policies/set.prescope");
    assert_eq!(
        (fs::metadata(&path).unwrap().uid(), fs::read_to_string(&path).unwrap()),
        (0, "place   here\n".to_owned())
    );
}

/// Access lists and attributes go over to the new file, where the file system has any.
#[cfg(target_os = "linux")]
#[test]
fn attributes_of_a_file_stay() {
    let folder = tempfile::tempdir_in(".").unwrap();
    let path = folder.path().join("a");
    fs::write(&path, "old").unwrap();
    if xattr::set(&path, "user.origin", b"export").is_err() {
        return;
    }
    let change = FileChange { path: path.clone(), before: Before::Text("old".to_owned()), new: Some("new".into()) };
    save(folder.path(), &[change]).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
    assert_eq!(xattr::get(&path, "user.origin").unwrap().as_deref(), Some(&b"export"[..]));
}

#[test]
fn a_file_with_the_longest_name_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("n".repeat(255));
    fs::write(&path, "old").unwrap();
    let change = FileChange { path: path.clone(), before: Before::Text("old".to_owned()), new: Some("new".into()) };
    save(folder.path(), &[change]).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "new");
}

/// Two projects that share a file, of which one lies below the other: what one of them wrote is not overwritten by the
/// other, which has read the file before.
#[test]
fn who_shares_a_file_through_another_project_is_told() {
    let folder = project(&least(), PEOPLE);
    let outer = "policies: [\"policies/*.prescope\"]\ndirectory: [people/all.yaml]\n";
    fs::write(folder.path().join("prescope.yaml"), outer).unwrap();
    let inner = "policies: [\"*.prescope\"]\ndirectory: [all.yaml]\n";
    fs::write(folder.path().join("people/prescope.yaml"), inner).unwrap();
    fs::write(folder.path().join("people/set.prescope"), "use std/lync2013\n").unwrap();
    let outer = Project::open(folder.path()).amended(&ann_gets("bob@x.y")).unwrap();
    let inner = Project::open(folder.path().join("people")).amended(&ann_gets("dan@x.y")).unwrap();
    inner.write().unwrap();
    assert_eq!(code(&outer.write().unwrap_err()), code::CHANGED);
    assert!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap().contains("dan@x.y"));
}

/// The disk that takes the answer is full, and the files are written by then: the error names them.
#[cfg(target_os = "linux")]
#[test]
fn an_answer_that_cannot_be_printed_is_told_with_what_was_written() {
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let folder = project(&least(), PEOPLE);
    let run = |line: &str| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_prescope"));
        let ran = command.args(line.split(' ')).current_dir(folder.path()).stdout(full()).output().unwrap();
        (ran.status.code(), String::from_utf8(ran.stderr).unwrap())
    };
    let (status, told) = run("contact add ann@x.y bob@x.y --write");
    assert_eq!(status, Some(2), "{told}");
    assert!(told.starts_with("error: the output cannot be written: "), "{told}");
    assert!(told.ends_with("\n  note: this file has been written all the same: people/all.yaml\n"), "{told}");
    assert!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap().contains("bob@x.y\"]"));
    let (status, told) = run("check");
    assert!(status == Some(2) && told.starts_with("error: the output cannot be written: "), "{told}");
    assert!(!told.contains("note"), "{told}");
    for line in ["--help", "check --help", "--version"] {
        let (status, told) = run(line);
        assert!(status == Some(2) && told.starts_with("error: the output cannot be written: "), "{line}: {told}");
    }
}
