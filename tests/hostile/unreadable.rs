//! Files that cannot be read or written, with every command that reads or writes them: each says so in its words, and
//! leaves everything as it was. What is named and cannot be read ends with 2; what a pattern matches is a finding.

use std::fs;
use std::path::Path;

use super::run_patiently;
use crate::tries::by_turns;

const POLICY: &str = "use std/lync2013\n\nrecipient   auditors \"The auditors\" external\n";

const READING: [&[&str]; 6] = [&["check"], &["lint"], &["lint", "--fix"], &["fmt"], &["fmt", "--check"], &["test"]];

fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("prescope.yaml"), "policies: [\"*.prescope\"]\n").expect("a file");
    fs::write(folder.path().join("a.prescope"), POLICY).expect("a file");
    folder
}

/// Every command on the project, and every command that takes file names on the file: all of them say why. By default
/// one of them is asked, another where there is another reason.
#[track_caller]
fn refused_everywhere(folder: &Path, file: &str, why: &str) {
    for command in by_turns(why.len(), READING) {
        // Formatting one file does not depend on another.
        fs::write(folder.join("a.prescope"), POLICY).expect("a file");
        let ran = run_patiently(folder, command);
        assert!(format!("{}{}", ran.out, ran.err).contains(why), "{command:?}: {ran:?}");
        // Tests do not run on a set with errors, of whatever kind.
        assert_eq!(ran.status, if command == ["test"] { 2 } else { 1 }, "{command:?}: {ran:?}");
        if command != ["fmt"] {
            assert_eq!(fs::read_to_string(folder.join("a.prescope")).expect("a file"), POLICY, "{command:?}");
        }
        let named: &[&str] = if ["lint", "fmt"].contains(&command[0]) { &[file] } else { &["--policy", file] };
        let ran = run_patiently(folder, &[command, named].concat());
        assert!(format!("{}{}", ran.out, ran.err).contains(why), "{command:?}: {ran:?}");
        assert_eq!(ran.status, 2, "{command:?}: {ran:?}");
    }
}

/// What is no project file answers nothing, whatever there is to find.
#[test]
fn a_project_file_that_cannot_be_read_ends_every_command_with_2() {
    let folder = project();
    let file = folder.path().join("prescope.yaml");
    fs::write(&file, b"policies: [\"*.prescope\"]\n# \xff\n").expect("a file");
    let told = |why: &str| {
        for command in by_turns(2, READING) {
            let ran = run_patiently(folder.path(), &[command, &["--project", "."]].concat());
            assert!(format!("{}{}", ran.out, ran.err).contains(why), "{command:?}: {ran:?}");
            assert_eq!(ran.status, 2, "{command:?}: {ran:?}");
        }
    };
    told("`prescope.yaml` is not UTF-8");
    fs::remove_file(&file).expect("a file");
    fs::create_dir(&file).expect("a folder");
    told("it is a folder");
}

/// It has been read, and is wrong where it says; so it does not matter who asked for it.
#[test]
fn a_policy_that_is_not_utf8_is_a_finding_whoever_names_it() {
    let folder = project();
    fs::write(folder.path().join("b.prescope"), b"use std/lync2013 // \xff\n").expect("a file");
    for command in READING.into_iter().filter(|command| *command != ["test"]) {
        let named: &[&str] =
            if ["lint", "fmt"].contains(&command[0]) { &["b.prescope"] } else { &["--policy", "b.prescope"] };
        for more in [&[], named] {
            let ran = run_patiently(folder.path(), &[command, more].concat());
            let told = format!("{}{}", ran.out, ran.err);
            assert!(told.contains("`b.prescope` is not UTF-8"), "{command:?} {more:?}: {ran:?}");
            assert_eq!(ran.status, 1, "{command:?} {more:?}: {ran:?}");
        }
    }
}

/// A `\` in a name is no way into a folder.
#[cfg(target_os = "linux")]
#[test]
fn a_name_with_a_backslash_is_that_name() {
    let folder = project();
    fs::remove_file(folder.path().join("a.prescope")).expect("a file");
    fs::create_dir(folder.path().join("a")).expect("a folder");
    fs::write(folder.path().join("a/b.prescope"), "precious").expect("a file");
    fs::write(folder.path().join("a\\b.prescope"), TESTED).expect("a file");
    let ran = run_patiently(folder.path(), &["test", "--update"]);
    assert!(ran.status == 0 && folder.path().join("a\\b.prescope.snap").exists(), "{ran:?}");
    assert_eq!(run_patiently(folder.path(), &["test"]).status, 0);
    let ran = run_patiently(folder.path(), &["compile"]);
    assert!(ran.status == 2 && ran.err.contains("has a `\\` in it"), "{ran:?}");
    assert_eq!(fs::read_dir(folder.path().join("a")).expect("a folder").count(), 1);
    assert_eq!(fs::read_to_string(folder.path().join("a/b.prescope")).expect("a file"), "precious");
}

/// A folder whose name is not UTF-8 is one like any other: in a project, as its root, and named.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_may_have_any_name() {
    use std::ffi::{OsStr, OsString};
    use std::os::unix::ffi::OsStrExt;

    let odd = OsStr::from_bytes(b"odd\xff\\n");
    let folder = project();
    let inside = folder.path().join(odd);
    fs::create_dir(&inside).expect("a folder");
    fs::write(folder.path().join("prescope.yaml"), "policies: [\"**/*.prescope\"]\n").expect("a file");
    fs::write(folder.path().join("a.prescope"), "use std/lync2013\n").expect("a file");
    fs::write(inside.join("b.prescope"), "recipient   auditors \"The auditors\" external\n").expect("a file");
    let name: OsString = Path::new(odd).join("b.prescope").into();
    let run = |folder: &Path, words: &[&OsStr]| crate::cli::run_in(folder, words, b"");
    let word = |word: &'static str| OsStr::new(word);
    let ran = run(folder.path(), &[word("fmt"), word("--check")]);
    assert_eq!((ran.status, ran.err.as_str()), (1, ""), "{ran:?}");
    // A lint finds what is declared and never used; it knows the file that was named.
    let ran = run(folder.path(), &[word("lint"), &name, word("--deny"), word("warnings")]);
    assert!(ran.status == 1 && ran.err.is_empty() && ran.out.contains("auditors"), "{ran:?}");
    assert_eq!(run(folder.path(), &[word("fmt"), &name]).status, 0);
    assert!(fs::read_to_string(inside.join("b.prescope")).expect("a file").starts_with("recipient auditors"));
    // Explanations lie beside the policy, whatever its folder is called.
    fs::write(inside.join("b.prescope"), TESTED).expect("a file");
    fs::remove_file(folder.path().join("a.prescope")).expect("a file");
    let ran = run(folder.path(), &[word("test"), word("--update")]);
    assert!(ran.status == 0 && inside.join("b.prescope.snap").exists(), "{ran:?}");
    assert_eq!(run(folder.path(), &[word("test")]).status, 0);
    let ran = run(folder.path(), &[word("compile")]);
    assert!(ran.status == 2 && ran.err.contains("is not UTF-8 or has a `\\` in it"), "{ran:?}");
    // What a test names lies beside it, and not in another folder that is shown alike.
    let alike = folder.path().join(OsStr::from_bytes(b"odd\xfe\\n"));
    fs::create_dir(&alike).expect("a folder");
    for (folder, owner) in [(&inside, "anna"), (&alike, "otto")] {
        let people = format!("organization: {{ domains: [contoso.com] }}\nusers: {{ {owner}@contoso.com: {{}} }}\n");
        fs::write(folder.join("people.yaml"), people).expect("a file");
        let policy = format!(
            "{}test \"of {owner}\" {{\n    given \"people.yaml\"\n    \
             expect x@y.example does not see {owner}@contoso.com note\n}}\n",
            if owner == "anna" { "use std/lync2013\n\n" } else { "" }
        );
        fs::write(folder.join("b.prescope"), policy).expect("a file");
    }
    let ran = run(folder.path(), &[word("test")]);
    assert!(ran.status == 0 && ran.out.contains("2 "), "{ran:?}");
    fs::remove_dir_all(&alike).expect("a folder");
    // The project itself, by where one stands and by name.
    fs::write(inside.join("prescope.yaml"), "policies: [\"*.prescope\"]\n").expect("a file");
    for (from, project) in [(inside.as_path(), OsStr::new(".")), (folder.path(), odd)] {
        fs::write(inside.join("b.prescope"), TESTED.replacen("use ", "use  ", 1)).expect("a file");
        for command in ["check", "test", "fmt", "compile"] {
            let ran = run(from, &[word(command), word("--project"), project]);
            assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{command}: {ran:?}");
        }
        let question = ["can", "bob@contoso.com", "see", "anna@contoso.com", "note"].map(OsStr::new);
        let ran = run(from, &[&question[..], &[word("--project"), project]].concat());
        assert!(ran.status == 2 && ran.err.contains("is not among the users"), "{ran:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_told() {
    let folder = project();
    std::os::unix::fs::symlink("nowhere", folder.path().join("b.prescope")).expect("a link");
    refused_everywhere(folder.path(), "b.prescope", "it is a link that leads nowhere");
    fs::remove_file(folder.path().join("b.prescope")).expect("a link");
    std::os::unix::fs::symlink("b.prescope", folder.path().join("b.prescope")).expect("a link");
    refused_everywhere(folder.path(), "b.prescope", "cannot be read");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let folder = project();
    let pipe = folder.path().join("b.prescope");
    let Ok(made) = std::process::Command::new("mkfifo").arg(&pipe).status() else { return };
    assert!(made.success());
    refused_everywhere(folder.path(), "b.prescope", "it is no ordinary file");
    fs::rename(&pipe, folder.path().join("a.prescope.snap")).expect("a file");
    let ran = run_patiently(folder.path(), &["test"]);
    assert_eq!((ran.status, ran.err.as_str()), (0, ""), "a pipe keeps no explanations: {ran:?}");
    fs::rename(folder.path().join("a.prescope.snap"), folder.path().join("prescope.yaml")).expect("a file");
    let ran = run_patiently(folder.path(), &["check", "--project", "."]);
    assert!(ran.status == 2 && ran.out.contains("it is no ordinary file"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_device_is_no_policy() {
    let folder = project();
    for command in by_turns(3, READING) {
        let named: &[&str] =
            if ["lint", "fmt"].contains(&command[0]) { &["/dev/zero"] } else { &["--policy", "/dev/zero"] };
        let named = if command[0] == "lint" { &["--policy", "/dev/zero"] } else { named };
        let ran = run_patiently(folder.path(), &[command, named].concat());
        assert!(format!("{}{}", ran.out, ran.err).contains("it is no ordinary file"), "{command:?}: {ran:?}");
        assert_eq!(ran.status, 2, "{command:?}: {ran:?}");
    }
}

/// Two links back up make 2³² ways to each file of 32 folders below each other.
#[cfg(unix)]
#[test]
fn links_that_lead_in_circles_are_followed_once() {
    let folder = project();
    fs::write(folder.path().join("prescope.yaml"), "policies: [\"**/*.prescope\"]\n").expect("a file");
    fs::create_dir(folder.path().join("inside")).expect("a folder");
    let outside = tempfile::tempdir().expect("a folder");
    fs::write(outside.path().join("b.prescope"), "recipient auditors2 \"More\" external\n").expect("a file");
    for (link, to) in
        [("one", folder.path()), ("two", folder.path()), ("inside/up", folder.path()), ("way", outside.path())]
    {
        std::os::unix::fs::symlink(to, folder.path().join(link)).expect("a link");
    }
    let ran = run_patiently(folder.path(), &["lint", "--format", "github"]);
    assert_eq!(ran.status, 0, "{ran:?}");
    let files: Vec<_> = ran.out.lines().filter_map(|line| line.split("file=").nth(1)?.split(',').next()).collect();
    assert_eq!(files, ["a.prescope", "way/b.prescope"], "each once: {ran:?}");
}

#[test]
fn a_file_beyond_all_measure_is_not_read() {
    let folder = project();
    let file = fs::File::create(folder.path().join("b.prescope")).expect("a file");
    file.set_len(6 << 30).expect("a hole of six gigabytes");
    refused_everywhere(folder.path(), "b.prescope", "it has more than 256 MB");
}

#[test]
fn a_folder_with_the_name_of_a_policy_is_a_folder() {
    let folder = project();
    fs::create_dir(folder.path().join("b.prescope")).expect("a folder");
    for command in by_turns(4, READING) {
        fs::write(folder.path().join("a.prescope"), POLICY).expect("a file");
        let ran = run_patiently(folder.path(), command);
        assert_eq!(ran.status, i32::from(command == ["fmt", "--check"]), "{command:?}: {ran:?}");
        let ran = run_patiently(folder.path(), &[command, &["--policy", "b.prescope"]].concat());
        assert!(format!("{}{}", ran.out, ran.err).contains("it is a folder"), "{command:?}: {ran:?}");
        assert_eq!(ran.status, 2, "{command:?}: {ran:?}");
        if command == ["lint"] {
            let ran = run_patiently(folder.path(), &["lint", "b.prescope"]);
            assert!(ran.status == 0 && ran.err.contains("its project reads nothing of `b.prescope`"), "{ran:?}");
        }
    }
}

#[test]
fn a_file_that_has_gone_is_told() {
    let folder = project();
    for command in by_turns(5, READING) {
        let named: &[&str] =
            if ["lint", "fmt"].contains(&command[0]) { &["gone.prescope"] } else { &["--policy", "gone.prescope"] };
        let ran = run_patiently(folder.path(), &[command, named].concat());
        assert!(format!("{}{}", ran.out, ran.err).contains("there is no such file"), "{command:?}: {ran:?}");
        assert_eq!(ran.status, 2, "{command:?}: {ran:?}");
    }
}

#[test]
fn what_is_empty_is_clean_and_a_project_without_policies_is_an_error() {
    let folder = project();
    fs::write(folder.path().join("a.prescope"), "").expect("a file");
    for command in by_turns(6, READING) {
        assert_eq!(run_patiently(folder.path(), command).status, 0, "{command:?}");
    }
    assert_eq!(fs::read(folder.path().join("a.prescope")).expect("a file"), b"");
    fs::write(folder.path().join("prescope.yaml"), "").expect("a file");
    for command in by_turns(7, READING) {
        let ran = run_patiently(folder.path(), command);
        assert_eq!(ran.status, if ["check", "lint"].contains(&command[0]) { 1 } else { 2 }, "{command:?}");
        let text = format!("{}{}", ran.out, ran.err);
        assert!(text.contains("the project names no policy files"), "{command:?}: {text}");
    }
}

#[test]
fn a_lint_that_does_not_exist_is_told_wherever_it_is_named() {
    let folder = project();
    fs::write(folder.path().join("prescope.yaml"), "policies: [\"*.prescope\"]\nlint: { blok-bypass: warning }\n")
        .expect("a file");
    let ran = run_patiently(folder.path(), &["lint"]);
    assert!(ran.status == 1 && ran.out.contains("prescope.yaml:2:9") && ran.out.contains("block-bypass"), "{ran:?}");
    for arguments in
        [&["lint", "--deny", "blok-bypass"][..], &["lint", "--allow", "blok-bypass"], &["explain", "blok-bypass"]]
    {
        let ran = run_patiently(folder.path(), arguments);
        assert!(ran.status == 2 && ran.err.contains("did you mean `block-bypass`?"), "{ran:?}");
    }
}

/// `lint --fix`, `fmt` and `test --update` on files that may not be written.
#[test]
fn what_is_read_only_stays_as_it_is() {
    let folder = project();
    let file = folder.path().join("a.prescope");
    lock(&file);
    for command in [&["lint", "--fix"][..], &["fmt"]] {
        let ran = run_patiently(folder.path(), command);
        assert!(ran.status == 2 && ran.err.contains("cannot be written: it is read-only"), "{command:?}: {ran:?}");
        assert_eq!(fs::read_to_string(&file).expect("a file"), POLICY, "{command:?}");
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 2, "nothing is left beside them");
}

const TESTED: &str = "use std/lync2013\n\ntest \"own\" {\n    given bob@contoso.com in workgroup of anna@contoso.com\n    \
                      expect bob@contoso.com sees anna@contoso.com note because snapshot \"own\"\n}\n";

#[test]
fn explanations_that_are_read_only_stay_and_none_is_half_replaced() {
    let folder = project();
    let own = ["a.prescope", "b.prescope"].map(|name| folder.path().join(name));
    for file in &own {
        fs::write(file, TESTED.replace("own", if file == &own[0] { "first" } else { "second" })).expect("a file");
    }
    assert_eq!(run_patiently(folder.path(), &["test", "--update"]).status, 0);
    let kept = ["a.prescope.snap", "b.prescope.snap"].map(|name| folder.path().join(name));
    for file in &kept {
        fs::write(file, fs::read_to_string(file).expect("a file").replace("workgroup", "somewhere")).expect("a file");
    }
    let before = kept.each_ref().map(|file| fs::read_to_string(file).expect("a file"));
    lock(&kept[1]);
    let ran = run_patiently(folder.path(), &["test", "--update"]);
    assert!(ran.status == 2 && ran.err.contains("it is read-only"), "{ran:?}");
    assert_eq!(kept.each_ref().map(|file| fs::read_to_string(file).expect("a file")), before);
    // Not even if nothing asks for them any more.
    fs::write(&own[1], "").expect("a file");
    let ran = run_patiently(folder.path(), &["test", "--update"]);
    assert!(ran.status == 2 && ran.err.contains("b.prescope.snap` cannot be written: it is read-only"), "{ran:?}");
    assert!(kept[1].exists());
}

fn lock(file: &Path) {
    let mut permissions = fs::metadata(file).expect("a file").permissions();
    permissions.set_readonly(true);
    fs::set_permissions(file, permissions).expect("permissions");
}
