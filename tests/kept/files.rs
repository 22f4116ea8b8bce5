//! What makes a snapshot one that is not used: each is told, and the answer is that of the files.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

use prescope::project::{Project, Ready, Stale};
use proptest::prelude::*;

use super::{FILE, run};
use crate::cli::copied;
use crate::saving::{seal, sealed_snapshot};
use crate::tries::{config, share};

const QUESTION: &str = "can kim@fabrikam.com see anna@contoso.com state.availability";
const LEVELS: &str = "policies/levels.prescope";
const PEOPLE: &str = "directory/redmond.yaml";

fn note(why: &str) -> String {
    format!("note: the snapshot is not used: {why}; `prescope compile` makes it anew\n")
}

/// What somebody does in the folder of a project.
type Act = fn(&Path);

/// A copy of the example with a snapshot, in which somebody then does something.
#[track_caller]
fn told_after(act: impl FnOnce(&Path)) -> String {
    let folder = copied();
    run(folder.path(), "compile").clean();
    assert_eq!(run(folder.path(), QUESTION).clean().out, "visible\n");
    act(folder.path());
    let ran = run(folder.path(), QUESTION);
    let files = run(folder.path(), &format!("{QUESTION} --no-snapshot"));
    assert_eq!((ran.status, &ran.out), (files.status, &files.out), "{ran:?}");
    assert_eq!((files.status, files.err.as_str()), (0, ""), "the files say nothing of snapshots");
    ran.err
}

fn rewrite(path: &Path, change: impl Fn(&str) -> String) {
    let text = fs::read_to_string(path).unwrap();
    fs::write(path, change(&text)).unwrap();
}

fn set_modified(path: &Path, time: SystemTime) {
    fs::File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
}

#[test]
fn every_difference_is_told() {
    let changed = |path: &str| note(&format!("`{path}` has changed since"));
    let differences: [(Act, String); 6] = [
        (|it| rewrite(&it.join(LEVELS), |text| format!("{text}\n")), changed(LEVELS)),
        (|it| rewrite(&it.join(PEOPLE), |text| format!("# Ours\n{text}")), changed(PEOPLE)),
        (|it| rewrite(&it.join("prescope.yaml"), |text| format!("{text}lint: {{}}\n")), changed("prescope.yaml")),
        (|it| set_modified(&it.join(LEVELS), SystemTime::now() - Duration::from_secs(3600)), changed(LEVELS)),
        (
            |it| fs::write(it.join("policies/another.prescope"), "").unwrap(),
            note("`policies/another.prescope` has come since"),
        ),
        (
            |it| fs::rename(it.join("policies/tests.prescope"), it.join("tests")).unwrap(),
            note("`policies/tests.prescope` has gone since"),
        ),
    ];
    for (act, told) in share(differences) {
        assert_eq!(told_after(act), told);
    }
}

#[test]
fn what_matches_no_pattern_makes_no_difference() {
    assert_eq!(told_after(|it| fs::write(it.join("notes.txt"), "").unwrap()), "");
    assert_eq!(told_after(|it| _ = run(it, "compile").clean()), "");
}

#[test]
fn neither_length_nor_times_deceive() {
    let same_length_and_time = |it: &Path| {
        let path = it.join("directory/redmond.yaml");
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        rewrite(&path, |text| text.replacen("Anna", "Hann", 1));
        set_modified(&path, time);
    };
    assert_eq!(told_after(same_length_and_time), note("`directory/redmond.yaml` has changed since"));
}

#[test]
fn an_error_that_has_come_since_is_reported_as_ever() {
    let folder = copied();
    run(folder.path(), "compile").clean();
    rewrite(&folder.path().join(LEVELS), |text| format!("{text}\ncontainer"));
    let ran = run(folder.path(), QUESTION);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.contains(LEVELS), "{}", ran.err);
    let ran = run(folder.path(), "compile");
    assert_eq!((ran.status, ran.out.as_str()), (2, ""));
    assert!(ran.err.ends_with("error: a set with errors answers no question\n"), "{}", ran.err);
}

#[test]
fn what_is_no_snapshot_of_this_version_is_told() {
    let unsealed = "it does not carry your seal: somebody else made it, or it is damaged";
    let none = "it is no snapshot of prescope";
    for (bytes, why) in share([(&b"prescope snapshot\n"[..], unsealed), (b"", none), (b"policy", none)]) {
        assert_eq!(told_after(|it| fs::write(it.join(FILE), bytes).unwrap()), note(why));
    }
    // Whole, but with the seal of nobody, and with one that is meant for something else.
    let rest = [&[0_u8; 8][..], &[5], b"9.9.9", &[0; 8]].concat();
    for seal in share([seal("prescope 2026 journal", &rest), blake3::hash(&rest)]) {
        let bytes = [b"prescope snapshot\n", seal.as_bytes().as_slice(), &rest].concat();
        assert_eq!(told_after(move |it| fs::write(it.join(FILE), bytes).unwrap()), note(unsealed));
    }
    let other = told_after(|it| {
        // A snapshot that some later version wrote in another way.
        let rest = [&[0_u8; 8][..], &[5], b"9.9.9", &[0; 8]].concat();
        fs::write(it.join(FILE), sealed_snapshot(&rest)).unwrap();
    });
    assert_eq!(other, note("it was made by another prescope (9.9.9)"));
}

#[test]
fn a_snapshot_is_no_file_of_a_project() {
    let folder = tempfile::tempdir().unwrap();
    // The last one matches nothing, which is a warning and no reason to do without a snapshot.
    let patterns = "policies: [\"*.prescope\", \".prescope.*\"]\ndirectory: [\"people/*.yaml\"]\n";
    fs::write(folder.path().join("prescope.yaml"), patterns).unwrap();
    fs::write(folder.path().join("a.prescope"), "use std/lync2013\n").unwrap();
    fs::write(folder.path().join(".prescope.policy"), "").unwrap();
    run(folder.path(), "compile").clean();
    assert_eq!(run(folder.path(), "check").clean().status, 0);
    assert_eq!(run(folder.path(), "show state").clean().status, 0);
}

#[test]
fn where_nothing_can_be_written_there_is_an_error() {
    let folder = copied();
    let path = folder.path().join(FILE);
    run(folder.path(), "compile").clean();
    rewrite(&folder.path().join(LEVELS), |text| format!("{text}\n")); // so that there is another one to write
    let mut permissions = fs::metadata(&path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(&path, permissions).unwrap();
    let err = run(folder.path(), "compile").failed();
    assert!(err.starts_with("error: `"), "{err}");
    assert!(err.contains(".prescope.snapshot` cannot be written: it is read-only\n  help: "), "{err}");
    let folder = copied();
    fs::create_dir(folder.path().join(FILE)).unwrap();
    assert!(run(folder.path(), "compile").failed().contains("it is a folder"));
    assert_eq!(run(folder.path(), QUESTION).err, note("it cannot be read (it is a folder)"));
}

#[test]
fn only_projects_have_snapshots() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.prescope"), "use std/lync2013\n").unwrap();
    let err = run(folder.path(), "compile --policy a.prescope").failed();
    assert!(err.starts_with("error: only a project has a snapshot"), "{err}");
}

#[test]
fn a_file_that_changes_while_it_is_compiled_makes_none() {
    let folder = copied();
    let project = Project::open(folder.path());
    rewrite(&folder.path().join(LEVELS), |text| format!("{text}\n"));
    assert_eq!(project.write_snapshot().unwrap_err().to_string(), format!("`{LEVELS}` has changed since it was read"));
    assert!(!folder.path().join(FILE).exists());
}

proptest! {
    #![proptest_config(config(200))]

    #[test]
    fn no_damage_is_believed(at in 0.0..1.0_f64, bit in 0..8_u32, cut in any::<bool>()) {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("prescope.yaml"), "policies: [\"*.prescope\"]\n").unwrap();
        fs::write(folder.path().join("a.prescope"), "category note {\n personal\n}\ncontainer unlisted(0) {\n publishes note\n}\n").unwrap();
        Project::open(folder.path()).write_snapshot().unwrap();
        prop_assert!(Ready::open(folder.path()).unwrap().stale().is_none());
        let path = folder.path().join(FILE);
        let mut bytes = fs::read(&path).unwrap();
        let place = (bytes.len() as f64 * at) as usize;
        if cut { bytes.truncate(place) } else { bytes[place] ^= 1 << bit }
        fs::write(&path, bytes).unwrap();
        let ready = Ready::open(folder.path()).unwrap();
        prop_assert!(matches!(ready.stale(), Some(Stale::Unsealed | Stale::Foreign)), "{:?}", ready.stale());
        prop_assert_eq!(ready.model().fields.len(), 1);
    }
}

/// Files of the same length and times in the place of others, by a link to a folder that now leads elsewhere.
#[cfg(unix)]
#[test]
fn a_folder_that_is_exchanged_for_another_one_is_told() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let at = |name: &str| folder.path().join(name);
    let time = SystemTime::now() - Duration::from_secs(3600);
    fs::write(at("prescope.yaml"), "policies: [\"way/*.prescope\"]\ndirectory: [\"people.yaml\"]\n").unwrap();
    fs::write(at("people.yaml"), "organization: { domains: [x.y] }\nusers: { ann@x.y: {}, bob@x.y: {} }\n").unwrap();
    for (way, word) in [("one", "publishes"), ("two", "withholds")] {
        fs::create_dir(outside.path().join(way)).unwrap();
        let text = format!("category note {{ text }}\ncontainer low(0) {{ {word} note }}\n");
        fs::write(outside.path().join(way).join("set.prescope"), text).unwrap();
        set_modified(&outside.path().join(way).join("set.prescope"), time);
    }
    symlink(outside.path().join("one"), at("way")).unwrap();
    std::thread::sleep(Duration::from_millis(2100)); // until times count
    run(folder.path(), "compile").clean();
    let question = "can bob@x.y see ann@x.y note.text";
    assert_eq!(run(folder.path(), question).clean().out, "visible\n");
    fs::remove_file(at("way")).unwrap();
    symlink(outside.path().join("two"), at("way")).unwrap();
    let ran = run(folder.path(), question);
    assert_eq!((ran.out.as_str(), ran.err), ("hidden\n", note("`way/set.prescope` has changed since")));
}

/// What lies in the place of a snapshot and is none of prescope's stays, and so does what a link there leads to.
#[test]
fn nothing_foreign_is_taken_for_a_snapshot_to_be_replaced() {
    let folder = copied();
    let path = folder.path().join(FILE);
    fs::write(&path, "notes of mine").unwrap();
    let err = run(folder.path(), "compile").failed();
    assert!(err.contains(".prescope.snapshot` cannot be written: it is not one that prescope wrote"), "{err}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "notes of mine");
    #[cfg(unix)]
    {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("file"), "prescope snapshot\n").unwrap();
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink(outside.path().join("file"), &path).unwrap();
        let err = run(folder.path(), "compile").failed();
        assert!(err.contains("it is a link, which is not followed"), "{err}");
        assert_eq!(fs::read_to_string(outside.path().join("file")).unwrap(), "prescope snapshot\n");
        assert_eq!(run(folder.path(), QUESTION).err, note("it cannot be read (it is a link)"));
    }
}
