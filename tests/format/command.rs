//! `prescope fmt`, as it is run.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Exit status, standard output and standard error of a run in a folder.
fn run(folder: &Path, arguments: &[&str], input: &[u8]) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_prescope"))
        .args(["fmt", "--color", "never"])
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

const SLOPPY: &str = "place  a\n\n\n\nplace b // why\n";
const NEAT: &str = "place a\n\nplace b // why\n";

/// A project with a file to be changed, one to be left, and one that belongs to nobody.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("policies")).unwrap();
    for (name, text) in [
        ("prescope.yaml", "policies: [\"policies/*.prescope\"]\n"),
        ("policies/neat.prescope", NEAT),
        ("policies/sloppy.prescope", SLOPPY),
        ("other.prescope", SLOPPY),
    ] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn text(folder: &tempfile::TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

#[test]
fn without_files_the_project_is_formatted() {
    let folder = project();
    let (status, out, err) = run(&folder.path().join("policies"), &[], b"");
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert_eq!(out, "formatted policies/sloppy.prescope\n1 file changed, 1 file left as they are\n");
    assert_eq!(text(&folder, "policies/sloppy.prescope"), NEAT);
    assert_eq!(text(&folder, "other.prescope"), SLOPPY);
    assert_eq!(fs::read_dir(folder.path().join("policies")).unwrap().count(), 2);
}

#[test]
fn check_names_what_would_change_and_changes_nothing() {
    let folder = project();
    let (status, out, _) = run(folder.path(), &["--check"], b"");
    assert_eq!(status, Some(1));
    assert_eq!(out, "would format policies/sloppy.prescope\n1 file would change, 1 file left as they are\n");
    assert_eq!(text(&folder, "policies/sloppy.prescope"), SLOPPY);
    let (status, ..) = run(folder.path(), &["--check", "policies/neat.prescope"], b"");
    assert_eq!(status, Some(0));
}

#[test]
fn diff_shows_what_would_change_and_changes_nothing() {
    let folder = project();
    let (status, out, _) = run(folder.path(), &["--diff"], b"");
    assert_eq!(status, Some(1));
    insta::assert_snapshot!(out);
    assert_eq!(text(&folder, "policies/sloppy.prescope"), SLOPPY);
}

#[test]
fn given_files_are_formatted_wherever_they_are() {
    let folder = project();
    let (status, out, _) = run(folder.path(), &["other.prescope", "other.prescope"], b"");
    assert_eq!(status, Some(0));
    assert_eq!(out, "formatted other.prescope\n1 file changed, 0 files left as they are\n");
    assert_eq!(text(&folder, "other.prescope"), NEAT);
    assert_eq!(text(&folder, "policies/sloppy.prescope"), SLOPPY);
}

#[test]
fn a_dash_is_standard_input_and_output() {
    let folder = project();
    assert_eq!(run(folder.path(), &["-"], SLOPPY.as_bytes()), (Some(0), NEAT.to_owned(), String::new()));
    let (status, out, _) = run(folder.path(), &["-", "--check"], SLOPPY.as_bytes());
    assert_eq!((status, out.as_str()), (Some(1), "would format <standard input>\n"));
    let (status, out, err) = run(folder.path(), &["-"], b"place a\nplase b\n");
    assert_eq!((status, out.as_str()), (Some(1), ""));
    assert!(err.contains("syntax::unexpected"), "{err}");
    let (status, out, err) = run(folder.path(), &["-"], b"\xff");
    assert_eq!((status, out.as_str()), (Some(2), ""));
    assert!(err.contains("not UTF-8"), "{err}");
    assert_eq!(run(folder.path(), &["-", "other.prescope"], b"").0, Some(2));
}

#[test]
fn a_file_with_errors_stays_and_the_others_do_not() {
    let folder = project();
    fs::write(folder.path().join("bad.prescope"), "place  a\ncategory { }\n").unwrap();
    let (status, out, err) = run(folder.path(), &["bad.prescope", "other.prescope"], b"");
    assert_eq!(status, Some(1));
    assert!(err.contains("bad.prescope:2:"), "{err}");
    assert_eq!(out, "formatted other.prescope\n1 file changed, 0 files left as they are\n");
    assert_eq!(text(&folder, "bad.prescope"), "place  a\ncategory { }\n");
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_done() {
    let folder = project();
    fs::write(folder.path().join("latin.prescope"), b"place a \"\xe4\"\n").unwrap();
    let (status, _, err) = run(folder.path(), &["nowhere.prescope", "latin.prescope", "other.prescope"], b"");
    assert_eq!(status, Some(2));
    for wanted in ["`nowhere.prescope` cannot be read", "`latin.prescope` is not UTF-8"] {
        assert!(err.contains(wanted), "{wanted}: {err}");
    }
    assert_eq!(text(&folder, "other.prescope"), NEAT);
    let elsewhere = tempfile::tempdir().unwrap();
    assert_eq!(run(elsewhere.path(), &[], b"").0, Some(2));
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay_as_they_are() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = project();
    let (file, link) = (folder.path().join("other.prescope"), folder.path().join("link.prescope"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("other.prescope", &link).unwrap();
    assert_eq!(run(folder.path(), &["link.prescope"], b"").0, Some(0));
    assert_eq!(text(&folder, "other.prescope"), NEAT);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());

    fs::write(&file, SLOPPY).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
    let (status, _, err) = run(folder.path(), &["other.prescope"], b"");
    assert_eq!(status, Some(2));
    assert!(err.contains("cannot be written"), "{err}");
    assert_eq!(text(&folder, "other.prescope"), SLOPPY);
}
