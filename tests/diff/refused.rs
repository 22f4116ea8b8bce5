//! What cannot be compared: each says which side, what, and what to do, and ends with 2.

use std::fs;
use std::path::Path;

use super::repository::{Repository, link, ran};
use super::{BROKEN, OPENED, PROJECT, opened};
use crate::given;

/// What is said of each command line, none of which gives an answer.
fn refusals<const N: usize>(repository: &Repository, lines: [&str; N]) -> [(String, String); N] {
    lines.map(|line| {
        let line = format!("diff {line}");
        let ran = repository.prescope(&line);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{line}: {ran:?}");
        (line.clone(), repository.shown(&line, &ran))
    })
}

#[test]
fn names_that_mean_nothing() {
    let repository = opened();
    fs::create_dir(repository.path().join("empty")).expect("a folder");
    let lines = [
        "nowhere",
        "main nowhere",
        "empty",
        "./missing",
        "--folder main",
        "--git policies",
        "--git main policies --merge-base",
        "main:policies",
        "main:../elsewhere",
        ":staged",
        "main..opened HEAD",
        "main..opened --staged",
        "--merge-base",
        "../work --merge-base",
        "-- --output=x",
        "main --policy policies/ours.prescope",
        "main --directory nowhere.yaml",
    ];
    given::snapshots!("name", refusals(&repository, lines));
}

#[test]
fn a_name_of_a_folder_and_of_a_branch() {
    let repository = opened();
    super::repository::write(&repository.path().join("main"), &PROJECT);
    given::snapshots!("both", refusals(&repository, ["main"]));
    for (line, base) in [
        ("--git main", "`main`, commit"),
        ("--folder main .", "the folder `main`"),
        ("./main", "the folder `./main`"),
        ("refs/heads/main", "`refs/heads/main`, commit"),
    ] {
        let told = repository.prescope(&format!("diff {line}")).clean().out;
        assert!(told.starts_with(&format!("BASE {base}")), "{line}: {told}");
    }
}

#[test]
fn a_side_with_errors() {
    let repository = opened();
    repository.commit("broken", &[BROKEN]);
    repository.commit("worse", &[("prescope.yaml", "policies: [\"nothing/*.prescope\"]\n")]);
    let folder = format!("HEAD~2 {}", repository.exported("HEAD~1").display());
    let lines = ["HEAD~1 HEAD~2", "HEAD~2 HEAD~1", "HEAD~1 HEAD", &folder];
    let told = refusals(&repository, lines);
    let errors =
        |told: &str| told.split_once("HEAD: ").and_then(|(_, told)| told.split_once('\n')).unwrap().1.to_owned();
    assert_eq!(errors(&told[1].1), errors(&told[3].1), "places are those of the folder");
    given::snapshots!("errors", told.into_iter().take(3));
}

#[test]
fn what_git_does_not_hold() {
    let repository = opened();
    let other = Repository::new();
    other.commit("one", &[OPENED]);
    let pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12\n";
    let policies = repository.path().join("policies");
    let fresh = |message: &str, make: &dyn Fn()| {
        repository.git(&["checkout", "--quiet", "--force", "-B", message, "opened"]);
        make();
        repository.commit(message, &[]);
    };
    fresh("pointer", &|| repository.write(&[("people/more.yaml", pointer)]));
    fresh("link", &|| link("ours.prescope", &policies.join("linked.prescope")));
    fresh("folder", &|| link("../../shared", &policies.join("shared")));
    fresh("project", &|| {
        fs::rename(repository.path().join("prescope.yaml"), repository.path().join("other.yaml")).expect("a file");
        link("other.yaml", &repository.path().join("prescope.yaml"));
    });
    // Links and submodules that no pattern is about, or whose files are listed anyway, change nothing.
    fresh("harmless", &|| {
        link("../policies", &policies.join("round"));
        link("ours.prescope", &policies.join("read.me"));
        link("/nowhere", &repository.path().join("nowhere"));
        fs::create_dir(repository.path().join("docs")).expect("a folder");
    });
    let told = repository.prescope("diff opened harmless").clean().out;
    assert!(told.contains("no difference"), "{told}");
    let theirs = other.git(&["rev-parse", "HEAD"]);
    repository.git(&["checkout", "--quiet", "--force", "-B", "submodule", "opened"]);
    let entry = format!("160000,{},policies/theirs", theirs.trim());
    repository.git(&["update-index", "--add", "--cacheinfo", &entry]);
    repository.git(&["commit", "--quiet", "--message", "submodule"]);
    let lines = ["opened pointer", "link opened", "opened folder", "opened project", "opened submodule"];
    given::snapshots!("elsewhere", refusals(&repository, lines));
}

#[test]
fn an_index_with_a_conflict() {
    let repository = opened();
    repository.git(&["checkout", "--quiet", "-b", "other", "main"]);
    repository.commit("other", &[("policies/ours.prescope", "use std/lync2013\n// other\n")]);
    let mut merge = std::process::Command::new("git");
    merge.current_dir(repository.path()).args([
        "-c",
        "user.name=S",
        "-c",
        "user.email=s@contoso.example",
        "merge",
        "opened",
    ]);
    assert_ne!(ran(&mut merge).status, 0, "a conflict");
    given::snapshots!("conflict", refusals(&repository, ["--staged"]));
}

#[test]
fn no_merge_base() {
    let repository = opened();
    repository.git(&["checkout", "--quiet", "--orphan", "alone"]);
    repository.commit("alone", &[]);
    given::snapshots!("unrelated", refusals(&repository, ["main...", "main alone --merge-base"]));
    let (clone, from) = (repository.beside("shallow"), format!("file://{}", repository.path().display()));
    repository.git(&["clone", "--quiet", "--depth=1", "--no-single-branch", &from, &clone.to_string_lossy()]);
    let line = "diff origin/main origin/opened --merge-base";
    let ran = repository.prescope_in(&clone, line);
    assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{ran:?}");
    insta::assert_snapshot!(repository.shown(line, &ran));
}

#[test]
fn no_repository_and_no_git() {
    let repository = opened();
    let plain = repository.beside("plain");
    super::repository::write(&plain, &PROJECT);
    let alone = |line: &str, path: Option<&Path>| {
        let mut command = repository.prescope_with(&plain, line);
        command.env("GIT_CEILING_DIRECTORIES", repository.beside("."));
        path.map(|path| command.env("PATH", path));
        let ran = ran(&mut command);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{line}: {ran:?}");
        repository.shown(line, &ran)
    };
    given::snapshots!(
        "alone",
        [
            ("no repository", alone("diff main", None)),
            ("no git", alone("diff main", Some(&repository.beside("nowhere")))),
            ("no git for the index", alone("diff --staged", Some(&repository.beside("nowhere")))),
            ("nothing to compare with", alone("diff ../plain/people", None)),
        ]
    );
    // Folders need no git.
    let mut command = repository.prescope_with(&plain, "diff . ../work");
    let told = ran(command.env("PATH", repository.beside("nowhere"))).clean().out;
    assert!(told.contains("\n+ note\n"), "{told}");
}

#[test]
fn no_project_at_all() {
    let repository = Repository::new();
    repository.commit("one", &[("README.md", "Ours.\n")]);
    given::snapshots!("nothing", refusals(&repository, ["HEAD", "HEAD HEAD", "HEAD --project nowhere"]));
    let empty = Repository::new();
    given::snapshots!("unborn", refusals(&empty, ["HEAD", "--staged"]));
}
