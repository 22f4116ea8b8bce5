//! What is not written, and why; and what stays as it was.

use std::collections::BTreeMap;
use std::fs;

use prescope::diagnostic::Code;
use prescope::directory::{Address, Amendment};
use prescope::project::{Before, Change, Project, SaveError, save};

use super::{DIRECTORY, contents, least, project};

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
    assert_eq!(code(&again), Code::CHANGED);
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
    assert_eq!(code(&refused), Code::CHANGED);
    assert!(refused.to_string().contains("has changed since it was read"), "{refused}");
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), theirs);
    fs::remove_file(folder.path().join(DIRECTORY)).unwrap();
    assert_eq!(code(&edited.write().unwrap_err()), Code::CHANGED);
    assert_eq!(contents(folder.path()).len(), 2);
}

#[test]
fn what_was_planned_on_another_file_that_changed_is_not_written() {
    let folder = project(&least(), PEOPLE);
    let edited = Project::open(folder.path()).amended(&ann_gets("bob@x.y")).unwrap();
    let policies = folder.path().join("policies/set.prescope");
    fs::write(&policies, "use std/lync2013\n\npolicy PrivacyConfiguration global { EnablePrivacyMode = true }\n")
        .unwrap();
    assert_eq!(code(&edited.write().unwrap_err()), Code::CHANGED);
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), PEOPLE);
}

#[test]
fn a_set_with_errors_is_not_written() {
    let folder = project(&least(), PEOPLE);
    let project = Project::open(folder.path());
    assert!(!project.has_errors(), "{:#?}", project.diagnostics());
    let file = project.sources().files().find(|(_, source)| source.path() == DIRECTORY).unwrap().0;
    let edited = project.with_texts(&BTreeMap::from([(file, "users: 5\n".to_owned())])).unwrap();
    assert_eq!(code(&edited.write().unwrap_err()), Code::UNWRITABLE);
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), PEOPLE);
}

#[test]
fn of_several_files_all_are_written_or_none() {
    let folder = tempfile::tempdir().unwrap();
    let change =
        |name: &str, before: Before| Change { path: folder.path().join(name), before, text: Some(name.to_owned()) };
    fs::write(folder.path().join("b"), "old").unwrap();
    let old = Before::Text("old".to_owned());
    let refused = save(folder.path(), &[change("a", Before::Nothing), change("b", Before::Nothing)]).unwrap_err();
    assert_eq!(code(&refused), Code::CHANGED);
    assert_eq!(contents(folder.path()), [("b".to_owned(), "old".to_owned())]);
    save(folder.path(), &[change("new/a", Before::Nothing), change("b", old), change("c", Before::Anything)]).unwrap();
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
        |name: &str| Change { path: at(name), before: Before::Text("old".to_owned()), text: Some("new".to_owned()) };
    let all = ["a", "closed/b", "link"].map(change);
    let before = contents(folder.path());

    allow("closed/b", 0o400);
    assert_eq!(code(&save(folder.path(), &all).unwrap_err()), Code::UNWRITABLE);
    assert_eq!(contents(folder.path()), before);
    allow("closed/b", 0o640);
    // Whoever may do everything is not kept out by a folder.
    allow("closed", 0o500);
    if fs::write(at("closed/probe"), "").is_err() {
        let refused = save(folder.path(), &all).unwrap_err();
        assert_eq!(code(&refused), Code::UNWRITABLE);
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
    fs::write(at("people/.all.yaml.7-7.new"), "users:\n").unwrap();
    let journal = format!(
        "prescope journal 1\nprocess 7\nnumber 7-7\nstate {state}\nwrite {} {} people/all.yaml\nwrite - {} {target_of_second}\nend\n",
        sum(PEOPLE),
        sum("users:\n"),
        sum("use std/lync2013\n\nplace a\n"),
    );
    fs::write(at(".prescope.journal"), journal).unwrap();
    folder
}

pub(super) fn sum(text: &str) -> String {
    let sum =
        text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3));
    format!("{}:{sum:016x}", text.len())
}

#[test]
fn what_was_ready_is_finished_and_what_was_begun_is_undone() {
    let folder = left("ready", "policies/set.prescope");
    let told = Project::open(folder.path()).recovered().unwrap().to_string();
    assert_eq!(told, "an interrupted command had begun to write 2 files: finished");
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), "users:\n");
    assert_eq!(contents(folder.path()).len(), 3);

    let folder = left("begun", "policies/set.prescope");
    let project = Project::open(folder.path());
    assert_eq!(project.recovered().unwrap().to_string(), "an interrupted command had begun to write 2 files: undone");
    assert!(!project.has_errors());
    assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), PEOPLE);
    assert_eq!(contents(folder.path()).len(), 3);
    assert_eq!(Project::open(folder.path()).recovered(), None);
}

#[test]
fn what_cannot_be_finished_is_an_error_and_nothing_is_overwritten() {
    // Somebody has corrected the file since.
    let folder = left("ready", "policies/set.prescope");
    fs::write(folder.path().join(DIRECTORY), "users:\n  eve@x.y:\n").unwrap();
    let before = contents(folder.path());
    let project = Project::open(folder.path());
    assert!(project.has_errors());
    let found = project.diagnostics().iter().find(|it| it.code == Code::UNFINISHED).unwrap();
    assert!(found.message.contains("has changed since"), "{found:?}");
    assert_eq!(contents(folder.path()), before);

    let folder = left("odd", "policies/set.prescope");
    assert!(Project::open(folder.path()).has_errors());
    // The second file is missing, and so is its text.
    let folder = left("ready", "policies/other.prescope");
    assert!(Project::open(folder.path()).has_errors());
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
