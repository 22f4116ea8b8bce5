//! What works for somebody who begins today and has nothing but the address of the repository.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::repository::{Repository, by_itself, read, repository};
use super::{PROJECT, verdicts};
use crate::cli::Ran;
use crate::given;

/// A clone of a repository with the files of this checkout as they are now; and its revision.
fn clone(fresh: &Repository) -> (PathBuf, String) {
    let (source, clone) = (fresh.beside("source"), fresh.beside("clone"));
    let listed = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let listed = by_itself(Path::new("git")).args(listed).current_dir(given::repository()).output().unwrap();
    for name in String::from_utf8(listed.stdout).unwrap().split_terminator('\0') {
        let (from, to) = (given::repository().join(name), source.join(name));
        fs::create_dir_all(to.parent().unwrap()).unwrap();
        // A file that has been removed and not committed yet is still listed.
        _ = fs::copy(from, to);
    }
    let commit = ["commit", "--quiet", "--message", "As it is now"];
    for arguments in [&["init", "--quiet"][..], &["add", "--all"], &commit] {
        fresh.git_in(&source, arguments);
    }
    fresh.git_in(&source, &["clone", "--quiet", ".", &clone.to_string_lossy()]);
    let revision = fresh.git_in(&clone, &["rev-parse", "HEAD"]).trim().to_owned();
    (clone, revision)
}

/// What makes a build cheap: what others have downloaded, what was built before, and no optimisation.
fn variables() -> Vec<(&'static str, PathBuf)> {
    let home = PathBuf::from(std::env::var_os("HOME").unwrap_or_default());
    let of_home = |name: &str, folder: &str| std::env::var_os(name).map_or_else(|| home.join(folder), PathBuf::from);
    vec![
        ("SKIP", PathBuf::new()),
        ("CARGO_HOME", of_home("CARGO_HOME", ".cargo")),
        ("RUSTUP_HOME", of_home("RUSTUP_HOME", ".rustup")),
        ("CARGO_TARGET_DIR", PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("hook")),
        ("CARGO_PROFILE_RELEASE_OPT_LEVEL", PathBuf::from("0")),
        ("CARGO_PROFILE_RELEASE_LTO", PathBuf::from("off")),
        ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", PathBuf::from("256")),
    ]
}

/// The program that pre-commit has built.
fn built(store: &Path) -> PathBuf {
    let below = |folder: &Path, begin: &str| {
        let mut entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.find(|path| path.file_name().unwrap().to_string_lossy().starts_with(begin)).unwrap()
    };
    below(&below(store, "repo"), "rustenv-").join("bin/prescope")
}

/// Builds prescope as pre-commit does for everybody who has none; then the steps and hooks of a project that this one
/// begins, with the prescope that its workflow installs. `.ci/run` asks for it by name.
#[test]
#[ignore = "builds prescope twice more, which takes minutes"]
fn the_hook_that_is_built_from_source_runs() {
    let Some(hooked) = repository() else { return };
    let (clone, revision) = clone(&hooked);
    let placed = PROJECT.map(|(name, text)| (format!("presence/{name}"), text));
    hooked.write(&placed.each_ref().map(|(name, text)| (name.as_str(), *text)));
    let hook = "    hooks:\n      - id: prescope-check\n";
    let config = format!("repos:\n  - repo: {}\n    rev: {revision}\n{hook}", clone.display());
    hooked.write(&[(".pre-commit-config.yaml", &config)]);
    hooked.git(&["add", "--all"]);
    let ran = hooked.pre_commit(&["run", "--verbose", "--all-files"], &variables());
    assert_eq!((ran.status, verdicts(&ran).as_str()), (0, "check passed"), "{ran:?}");
    assert!(ran.out.contains("no errors: 6 containers"), "{ran:?}");

    let fresh = repository().unwrap();
    let init = Command::new(built(&hooked.beside("store"))).arg("init").current_dir(fresh.path()).output().unwrap();
    let told = String::from_utf8(init.stdout).unwrap();
    assert!(init.status.success() && !told.contains("left out"), "{told}");
    let workflow = fresh.text(".github/workflows/prescope.yml");
    let install = format!("cargo install --git file://{} --rev {revision} --locked prescope", clone.display());
    let checks = workflow.split("\n  diff:\n").next().unwrap_or_default();
    let steps: Vec<&str> = checks.lines().filter_map(|line| line.trim().strip_prefix("- run: ")).collect();
    assert_eq!((steps.len(), steps[0]), (4, install.as_str()), "{workflow}");
    let installed = fresh.beside("installed");
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths([installed.join("bin")].into_iter().chain(std::env::split_paths(&path))).unwrap();
    let mut variables = variables();
    variables.extend([("PATH", PathBuf::from(path)), ("CARGO_INSTALL_ROOT", installed.clone())]);
    for step in steps {
        let mut shell = by_itself(Path::new("sh"));
        shell.args(["-c", step]).envs(variables.iter().cloned()).current_dir(fresh.path());
        let ran = read(shell.output().unwrap());
        assert_eq!(ran.status, 0, "{step}: {ran:?}");
    }
    assert!(installed.join("bin/prescope").exists());

    let hooks = || -> Ran {
        fresh.git(&["add", "--all"]);
        fresh.pre_commit(&["run", "--verbose", "--all-files"], &variables)
    };
    let ran = hooks();
    assert_eq!((ran.status, ran.out.matches("Passed").count()), (0, 3), "{ran:?}");
    // A table that nobody reads is noticed, though no policy changes.
    fresh.write(&[("directory/more.csv", "user\nfay@contoso.com\n")]);
    let ran = hooks();
    assert!(ran.status == 1 && ran.out.contains("`directory/more.csv` is not read"), "{ran:?}");
}
