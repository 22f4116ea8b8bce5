//! `init`: what it writes is a good project, and what is there already stays.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use prescope::project::{Origin, Reason, start};

use super::{Ran, run_in};
use crate::given;

const START: &str = "examples/start";
const WORKFLOW: &str = ".github/workflows/prescope.yml";

/// What `init` writes: the example, with what this build knows of where it comes from.
fn expected() -> BTreeMap<String, String> {
    let mut files = files(&given::repository().join(START));
    let workflow = files.remove(WORKFLOW).expect("a workflow");
    if let Some(Origin { address, revision }) = Origin::of_build() {
        let filled = workflow.replace("ADDRESS", &address).replace("REVISION", &revision);
        files.insert(WORKFLOW.to_owned(), filled);
    }
    files
}

/// Every file below a folder with its text; folders end with `/`, and links are told by where they lead.
fn tree(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(&below).expect("a folder").flatten() {
            let path = entry.path();
            let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            let kind = entry.file_type().expect("a kind");
            if kind.is_dir() {
                found.insert(format!("{name}/"), String::new());
                open.push(path);
            } else if kind.is_symlink() {
                found.insert(name, format!("{:?}", fs::read_link(&path)));
            } else {
                found.insert(name, fs::read_to_string(&path).expect("a text"));
            }
        }
    }
    found
}

fn files(folder: &Path) -> BTreeMap<String, String> {
    tree(folder).into_iter().filter(|(name, _)| !name.ends_with('/')).collect()
}

fn init(folder: &Path, arguments: &[&str]) -> Ran {
    run_in(folder, &[&["init"], arguments].concat(), b"")
}

fn run_line(folder: &Path, line: &str) -> Ran {
    let words: Vec<&str> = line.split_whitespace().skip(1).collect();
    run_in(folder, &words, b"")
}

#[test]
fn a_new_project_passes_everything() {
    let outside = tempfile::tempdir().expect("a folder");
    let ran = init(outside.path(), &["new/inner"]).clean();
    let folder = outside.path().join("new/inner");
    let told: Vec<String> =
        ran.out.lines().filter_map(|line| line.strip_prefix("wrote new/inner/")).map(str::to_owned).collect();
    let written = files(&folder);
    assert_eq!(written, expected(), "what is shipped is the example, whole");
    let mut sorted = told.clone();
    sorted.sort();
    assert_eq!(sorted, written.keys().cloned().collect::<Vec<_>>(), "what is told is what is there");

    assert!(run_line(&folder, "prescope check").clean().out.starts_with("no errors: "));
    assert_eq!(
        run_line(&folder, "prescope lint --deny warnings").clean().out,
        "no findings\n1 invariant, not proved: `prescope prove` proves it\n"
    );
    assert_eq!(
        run_line(&folder, "prescope fmt --check").clean().out,
        "0 files would change, 2 files left as they are\n"
    );
    let tests = run_line(&folder, "prescope test --coverage --coverage-threshold 100").clean().out;
    assert!(tests.contains("passed") && tests.contains("coverage 100.0 %"), "{tests}");
    let proofs = "1 invariant with 1 clause, in all possible worlds: 1 proved\n";
    assert_eq!(run_line(&folder, "prescope prove").clean().out, proofs);
}

/// The commands that are told, those of the hooks and those of the workflow do what they are there for.
#[test]
fn every_command_that_is_told_or_written_works() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = init(folder.path(), &[]).clean().out;
    let hooks = given::text_of(&format!("{START}/.pre-commit-config.yaml"));
    let workflow = given::text_of(&format!("{START}/.github/workflows/prescope.yml"));
    let next = told.lines().filter_map(|line| line.strip_prefix("  prescope ")?.split("  ").next());
    let entries = hooks.lines().filter_map(|line| line.trim().strip_prefix("entry: prescope "));
    let steps = workflow.lines().filter_map(|line| line.trim().strip_prefix("- run: prescope "));
    // What is written to a file is run where the comment is tried.
    let steps = steps.filter(|line| !line.contains(" > "));
    let lines: Vec<&str> = next.chain(entries).chain(steps).collect();
    assert!(lines.len() >= 11, "{lines:?}");
    for line in lines {
        run_line(folder.path(), &format!("prescope {line}")).clean();
    }
    assert!(told.contains("pre-commit install"));
}

/// It installs the prescope that wrote it, from where that came from; nobody can if that is not known.
#[test]
fn a_workflow_is_written_only_if_it_can_install_prescope() {
    let folder = tempfile::tempdir().expect("a folder");
    let (address, revision) = ("https://code.example/prescope.git".to_owned(), "0123abc".to_owned());
    let started = start(&folder.path().join("known"), Some(&Origin { address, revision })).expect("a project");
    assert!(started.written.contains(&WORKFLOW) && started.left_out.is_empty(), "{started:?}");
    let workflow = files(&folder.path().join("known")).remove(WORKFLOW).expect("a workflow");
    let install = "- run: cargo install --git https://code.example/prescope.git --rev 0123abc --locked prescope\n";
    assert!(workflow.contains(install) && !workflow.contains("ADDRESS"), "{workflow}");

    let started = start(&folder.path().join("unknown"), None).expect("a project");
    assert!(!started.written.contains(&WORKFLOW), "{started:?}");
    let left_out: Vec<_> = started.left_out.iter().map(|it| (it.path, &it.reason)).collect();
    assert_eq!(left_out, [(WORKFLOW, &Reason::NoOrigin)]);
    assert!(!folder.path().join("unknown").join(".github").exists());
    let told = init(folder.path(), &["told"]).clean().out;
    assert_eq!(told.contains(&format!("left out told/{WORKFLOW}: ")), Origin::of_build().is_none(), "{told}");
}

#[test]
fn a_new_project_requires_the_version_that_wrote_it() {
    let ours = concat!(env!("CARGO_PKG_VERSION_MAJOR"), ".", env!("CARGO_PKG_VERSION_MINOR"));
    let text = given::text_of(&format!("{START}/prescope.yaml"));
    assert!(text.contains(&format!("\nrequires: \"{ours}\"\n")), "{text}");
}

/// A hook would also have to find something.
#[test]
fn the_tests_of_a_new_project_notice_a_change() {
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path(), &[]).clean();
    let ours = folder.path().join("policies/ours.prescope");
    let text = fs::read_to_string(&ours).expect("a text");
    let line = "extend container colleagues { publishes contact_card.mobile_phone }";
    assert!(text.contains(line));
    fs::write(&ours, text.replace(line, &line.replace("colleagues", "external"))).expect("a file");
    let ran = run_line(folder.path(), "prescope test");
    assert_eq!(ran.status, 1);
    assert!(ran.out.contains("kim@fabrikam.com does not see anna@contoso.com contact_card.mobile_phone"), "{ran:?}");
}

#[test]
fn whatever_is_there_stays_and_is_named() {
    let own = ["prescope.yaml", "policies/ours.prescope", "policies/tests.prescope", "directory/people.yaml"];
    for path in own {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, "mine").expect("a file");
        let before = tree(folder.path());
        assert_eq!(
            init(folder.path(), &[]).failed(),
            format!(
                "error: `{path}` is there already\n  \
                 help: take another folder: `init` replaces nothing, and has written nothing\n"
            )
        );
        assert_eq!(tree(folder.path()), before);
    }
    let folder = tempfile::tempdir().expect("a folder");
    init(folder.path(), &[]).clean();
    let before = tree(folder.path());
    let told = init(folder.path(), &[]).failed();
    assert!(own.iter().all(|path| told.contains(&format!("`{path}`"))), "{told}");
    assert!(told.contains("are there already"), "{told}");
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_folder_with_other_things_in_it_keeps_them() {
    let folder = tempfile::tempdir().expect("a folder");
    for path in ["README.md", "policies/notes.txt", ".github/workflows/build.yml"] {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(&file, "mine").expect("a file");
    }
    let before = files(folder.path());
    init(folder.path(), &["."]).clean();
    let after = files(folder.path());
    assert!(before.iter().all(|it| after.get(it.0) == Some(it.1)));
    assert_eq!(after.len(), before.len() + expected().len());
    run_line(folder.path(), "prescope lint --deny warnings").clean();
}

/// Somebody who uses pre-commit already has a configuration, which is theirs.
#[test]
fn hooks_and_workflows_that_are_there_are_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".pre-commit-config.yaml"), "repos: []\n").expect("a file");
    let told = init(folder.path(), &[]).clean().out;
    let after = files(folder.path());
    assert_eq!(after[".pre-commit-config.yaml"], "repos: []\n");
    assert_eq!(after.contains_key(WORKFLOW), Origin::of_build().is_some());
    assert!(after.contains_key("prescope.yaml"));
    assert!(told.contains("kept .pre-commit-config.yaml as it is; ours would have been"), "{told}");
    assert!(told.contains("entry: prescope lint"), "what to add is there to copy: {told}");
    assert!(!told.contains("wrote .pre-commit-config.yaml"), "{told}");
    assert!(!told.contains("the same before every commit"), "nothing of ours is to be installed: {told}");
}

#[test]
fn below_the_root_of_a_repository_hooks_and_workflows_are_left_out() {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join(".git")).expect("a folder");
    let told = init(root.path(), &["privacy"]).clean().out;
    let inside = files(&root.path().join("privacy"));
    assert_eq!(inside.len(), 4, "{inside:?}");
    assert_eq!(told.matches("counts at the root of the repository only").count(), 2, "{told}");
    assert!(!told.contains("pre-commit install"), "{told}");
    init(root.path(), &[]).clean();
    assert!(root.path().join(".pre-commit-config.yaml").exists(), "at the root they are written");
}

#[test]
fn what_cannot_be_written_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("file"), "mine").expect("a file");
    fs::create_dir(folder.path().join("half")).expect("a folder");
    // The last of the folders to be made cannot be: those before it go away again.
    fs::write(folder.path().join("half/directory"), "mine").expect("a file");
    let before = tree(folder.path());
    for target in ["file", "file/new", "half"] {
        let told = init(folder.path(), &[target]).failed();
        assert!(told.contains("is no folder to write to"), "{target}: {told}");
        assert!(told.contains("nothing was written"), "{target}: {told}");
        assert_eq!(tree(folder.path()), before, "{target}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_stands_in_the_way() {
    let folder = tempfile::tempdir().expect("a folder");
    std::os::unix::fs::symlink("elsewhere.yaml", folder.path().join("prescope.yaml")).expect("a link");
    let before = tree(folder.path());
    assert!(init(folder.path(), &[]).failed().contains("`prescope.yaml` is there already"));
    assert_eq!(tree(folder.path()), before);
}
