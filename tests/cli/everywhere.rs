//! Every project of a folder at once: `--all-projects`.

use std::path::Path;

use super::{keys, run_in};

const PROJECT: &str = "policies: [\"*.prescope\"]\n";
const NEAT: &str = "use std/lync2013\n";
const SLOPPY: &str = "use  std/lync2013\n";
const BROKEN: &str = "use std/lync2013\nextend container colleges { publishes note }\n";
const CLEAN: &str = "no errors: 6 containers, 6 categories, 112 features, 0 users\n";
const TEST: &str = "use std/lync2013\n\ntest \"levels\" {\n    expect nobody sees anna@contoso.com note\n}\n";

/// A folder with these policies, each in a project of its own.
fn folder(projects: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (below, policy) in projects {
        write(folder.path(), &format!("./{below}/prescope.yaml"), PROJECT);
        write(folder.path(), &format!("./{below}/a.prescope"), policy);
    }
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    // An absolute name would take the folder's place, and a project at the root of the disk is everybody's.
    assert!(Path::new(name).is_relative(), "{name}");
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).expect("a file");
}

#[test]
fn a_folder_without_a_project_is_clean() {
    let folder = folder(&[]);
    for command in ["check", "fmt", "test"] {
        let ran = run_in(folder.path(), &[command, "--all-projects"], b"").clean();
        assert_eq!(ran.out, "no project here or below\n", "{command}");
    }
    assert_eq!(run_in(folder.path(), &["lint", "--all-projects"], b"").clean().out, "no findings\n");
    let json = run_in(folder.path(), &["check", "--all-projects", "--format", "json"], b"").clean().json();
    assert_eq!(keys(&json), ["counts", "findings", "schema"]);
    assert_eq!(json["findings"], serde_json::json!([]));
}

#[test]
fn projects_here_and_below_are_found_and_no_others() {
    let folder = folder(&[("", NEAT), ("deep/down/here", NEAT), ("deep", NEAT), ("target/package", BROKEN)]);
    // Other repositories: a clone, and a module or worktree, whose `.git` is a file.
    for (below, git) in [("clone", ".git/HEAD"), ("module", ".git")] {
        write(folder.path(), &format!("{below}/{git}"), "");
        write(folder.path(), &format!("{below}/inner/prescope.yaml"), PROJECT);
        write(folder.path(), &format!("{below}/inner/a.prescope"), BROKEN);
    }
    write(folder.path(), ".git/HEAD", "");
    let ran = run_in(folder.path(), &["check", "--all-projects"], b"").clean();
    assert_eq!(ran.out, "no errors in 3 projects\n");
    let inside = folder.path().join("module/inner");
    assert_eq!(run_in(&inside, &["check", "--all-projects"], b"").status, 1, "where one stands is looked at");
}

/// Not to projects; the files of a project may lie behind links, which end where they lead back.
#[cfg(unix)]
#[test]
fn links_that_lead_back_are_harmless() {
    let folder = folder(&[("one", NEAT)]);
    for name in ["one/up", "one/up_too", "two", "here"] {
        std::os::unix::fs::symlink(folder.path(), folder.path().join(name)).expect("a link");
    }
    let below = prescope::project::find_below(folder.path());
    assert_eq!(below.projects, [folder.path().join("one")]);
    assert!(below.unread.is_empty());
    assert_eq!(run_in(folder.path(), &["check", "--all-projects"], b"").clean().out, CLEAN);

    // Two folders that lead to each other, and a folder from elsewhere.
    let elsewhere = tempfile::tempdir().expect("a folder");
    write(elsewhere.path(), "b.prescope", "extend container colleages { publishes note }\n");
    for name in ["one/x/to_y", "one/y/to_x"] {
        write(folder.path(), &format!("{name}.txt"), "");
        let target = format!("../{}", &name[name.len() - 1..]);
        std::os::unix::fs::symlink(target, folder.path().join(name)).expect("a link");
    }
    std::os::unix::fs::symlink(elsewhere.path(), folder.path().join("one/linked")).expect("a link");
    write(folder.path(), "one/prescope.yaml", "policies: [\"**/*.prescope\"]\n");
    let ran = run_in(folder.path(), &["check", "--all-projects"], b"");
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("one/linked/b.prescope:1:") && ran.out.ends_with("1 error\n"), "{}", ran.out);
}

#[test]
fn findings_name_files_from_the_working_directory_on() {
    let folder = folder(&[("one", NEAT), ("two", BROKEN), ("x/three", BROKEN)]);
    for command in ["check", "lint"] {
        let ran = run_in(folder.path(), &[command, "--all-projects", "--format", "json"], b"");
        assert_eq!((ran.status, ran.err.as_str()), (1, ""), "{command}");
        let json = ran.json();
        let places = json["findings"].as_array().expect("findings").iter().map(|it| &it["labels"][0]["file"]);
        assert_eq!(places.collect::<Vec<_>>(), ["two/a.prescope", "x/three/a.prescope"], "{command}");
    }
    let text = run_in(folder.path(), &["check", "--all-projects"], b"").out;
    assert!(text.contains("[two/a.prescope:2:") && text.ends_with("2 errors\n"), "{text}");
}

#[test]
fn fmt_brings_every_project_into_layout() {
    let folder = folder(&[("one", NEAT), ("x/two", SLOPPY)]);
    let check = run_in(folder.path(), &["fmt", "--all-projects", "--check"], b"");
    let told = "would format x/two/a.prescope\n1 file would change, 1 file left as they are\n";
    assert_eq!((check.status, check.out.as_str()), (1, told));
    let ran = run_in(folder.path(), &["fmt", "--all-projects"], b"").clean();
    assert_eq!(ran.out, "formatted x/two/a.prescope\n1 file changed, 1 file left as they are\n");
    assert_eq!(std::fs::read_to_string(folder.path().join("x/two/a.prescope")).expect("a file"), NEAT);
}

#[test]
fn tests_run_project_by_project() {
    let folder = folder(&[("one", NEAT), ("two", TEST), ("x/three", BROKEN)]);
    let ran = run_in(folder.path(), &["test", "--all-projects"], b"");
    // A project with errors has no answer, and keeps the others from nothing.
    assert_eq!(ran.status, 2, "{ran:?}");
    let (one, rest) = ran.out.split_once("\n\nin two\n").expect("the second project");
    assert_eq!(one, "in one\nno tests: nothing was checked");
    assert!(rest.starts_with("failed: levels  two/a.prescope:3\n") && rest.ends_with("\n\nin x/three\n"), "{rest}");
    assert!(ran.err.contains("x/three/a.prescope:2:"), "{}", ran.err);
    let github = run_in(folder.path(), &["test", "--all-projects", "--format", "github"], b"");
    assert!(github.out.contains("::error file=two/a.prescope,line=4"), "{github:?}");

    let first = run_in(folder.path(), &["test", "--all-projects", "--fail-fast"], b"");
    assert_eq!((first.status, first.err.as_str()), (1, ""), "{first:?}");
    let document = run_in(folder.path(), &["test", "--all-projects", "--format", "junit"], b"").failed();
    assert!(document.contains("there are 3 projects in what is meant"), "{document}");
}

#[test]
fn a_filter_that_fits_no_project_is_a_mistake() {
    let folder = folder(&[("one", NEAT), ("two", TEST)]);
    let fits = run_in(folder.path(), &["test", "--all-projects", "--filter", "LEVELS"], b"");
    assert_eq!(fits.status, 1, "{fits:?}");
    let told = run_in(folder.path(), &["test", "--all-projects", "--filter", "nothing"], b"").failed();
    assert!(told.contains("no test has \"nothing\" in its label"), "{told}");
    assert!(told.contains("there are 1 tests"), "{told}");
}

#[test]
fn all_projects_goes_with_nothing_that_names_some() {
    let folder = folder(&[("one", NEAT)]);
    for more in
        [&["check", "--project", "one"][..], &["test", "--policy", "one/a.prescope"], &["lint", "one/a.prescope"]]
    {
        let told = run_in(folder.path(), &[more, &["--all-projects"]].concat(), b"").failed();
        assert!(told.contains("cannot be used with"), "{more:?}: {told}");
    }
}
