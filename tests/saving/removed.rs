//! Files that go with others that change: all of it happens, or none.

use std::fs;
use std::path::Path;

use prescope::diagnostic::code;
use prescope::project::{Before, FileChange, Project, Recovered, recover, save};
use tempfile::TempDir;

use super::refused::code;
use super::{DIRECTORY, contents, least, leave_journal, project, sum};

const GOES: &str = "policies/old.prescope";
const OLD: &str = "place old\n";

fn change(folder: &Path, name: &str, before: &str, text: Option<&str>) -> FileChange {
    let before = Before::Text(before.to_owned());
    FileChange { path: folder.join(name), before, new: text.map(Into::into) }
}

/// A project with a file that is to go.
fn with_old() -> TempDir {
    let mut policies = least();
    policies.push((GOES.to_owned(), OLD.to_owned()));
    project(&policies, "users:\n")
}

#[test]
fn a_file_goes_while_others_change() {
    let folder = with_old();
    let at = folder.path();
    let mut all = vec![change(at, DIRECTORY, "users:\n", Some("users: {}\n")), change(at, GOES, OLD, None)];
    // What is not there any more is gone already, whatever it was.
    all.push(FileChange { path: at.join("policies/never"), before: Before::Own { head: b"" }, new: None });
    save(at, &all).unwrap();
    let left: Vec<String> = contents(at).into_iter().map(|(name, _)| name).collect();
    assert_eq!(left, ["people/all.yaml", "policies/set.prescope", "prescope.yaml"]);
    assert_eq!(fs::read_to_string(at.join(DIRECTORY)).unwrap(), "users: {}\n");
}

#[test]
fn no_file_goes_if_anything_has_changed() {
    let folder = with_old();
    let at = folder.path();
    let before = contents(at);
    for (stays, goes) in [("users: other\n", OLD), ("users:\n", "place other\n")] {
        let all = [change(at, GOES, goes, None), change(at, DIRECTORY, stays, Some("users: {}\n"))];
        assert_eq!(code(&save(at, &all).unwrap_err()), code::CHANGED);
        assert_eq!(contents(at), before);
    }
}

#[cfg(unix)]
#[test]
fn what_may_not_be_written_does_not_go() {
    use std::os::unix::fs::PermissionsExt;
    let folder = with_old();
    let at = folder.path();
    let before = contents(at);
    let all = [change(at, GOES, OLD, None), change(at, DIRECTORY, "users:\n", Some("users: {}\n"))];
    for read_only in [GOES, DIRECTORY] {
        let allow = |mode: u32| fs::set_permissions(at.join(read_only), fs::Permissions::from_mode(mode)).unwrap();
        allow(0o400);
        let refused = save(at, &all).unwrap_err();
        assert_eq!(code(&refused), code::UNWRITABLE);
        assert!(refused.to_string().contains(read_only), "{refused}");
        assert_eq!(contents(at), before);
        allow(0o600);
    }
    save(at, &all).unwrap();
    assert_eq!(contents(at).len(), before.len() - 1);
}

#[cfg(unix)]
#[test]
fn of_a_link_the_file_goes() {
    let folder = with_old();
    let at = folder.path();
    std::os::unix::fs::symlink("old.prescope", at.join("policies/link")).unwrap();
    save(at, &[change(at, "policies/link", OLD, None)]).unwrap();
    assert!(!at.join(GOES).exists());
}

/// What a command leaves that was killed: the text of the first file lies beside it, the second one is to go.
fn left(state: &str) -> TempDir {
    let folder = with_old();
    let at = folder.path();
    fs::write(at.join("people/.prescope.7-7.0.new"), "users: {}\n").unwrap();
    let journal = format!(
        "prescope journal 2\nprocess 7\nnumber 7-7\nstate {state}\nwrite {} {} {DIRECTORY}\nwrite {} - {GOES}\nend\n",
        sum("users:\n"),
        sum("users: {}\n"),
        sum(OLD),
    );
    leave_journal(at, journal);
    folder
}

#[test]
fn an_interrupted_removal_is_finished_or_undone() {
    let folder = left("begun");
    assert_eq!(recover(folder.path()).unwrap(), Some(Recovered::Undone(2)));
    assert_eq!(contents(folder.path()), contents(with_old().path()));

    let (before, after) = (left("ready"), left("ready"));
    // One was killed before the file went, the other one behind it.
    fs::remove_file(after.path().join(GOES)).unwrap();
    for folder in [before, after] {
        let seen: Vec<String> =
            Project::open(folder.path()).sources().files().map(|(_, it)| it.path().to_owned()).collect();
        assert!(!seen.contains(&GOES.to_owned()) && seen.contains(&DIRECTORY.to_owned()), "{seen:?}");
        assert_eq!(recover(folder.path()).unwrap(), Some(Recovered::Finished(2)));
        let left: Vec<(String, String)> = contents(folder.path());
        assert_eq!(left.len(), 3, "{left:?}");
        assert_eq!(fs::read_to_string(folder.path().join(DIRECTORY)).unwrap(), "users: {}\n");
    }
}

#[test]
fn what_somebody_wrote_since_does_not_go() {
    let folder = left("ready");
    fs::write(folder.path().join(GOES), "place new\n").unwrap();
    let before = contents(folder.path());
    let refused = recover(folder.path()).unwrap_err();
    assert_eq!(code(&refused), code::UNFINISHED);
    assert!(refused.to_string().contains("old.prescope` has changed since"), "{refused}");
    assert_eq!(contents(folder.path()), before);
}
