//! A git repository for a test, and pre-commit in it, with the prescope under test on the path.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use crate::cli::Ran;
use crate::given;

/// Settings that a commit needs, and that keep those of whoever runs the tests out.
const GIT: &str = "[user]\n\tname = Somebody\n\temail = somebody@contoso.example\n[init]\n\tdefaultBranch = main\n\
                   [safe]\n\tdirectory = *\n[commit]\n\tgpgSign = false\n";

/// Names the pre-commit to use. (`PRE_COMMIT` would not do: pre-commit itself sets that for whatever its hooks run.)
const PROGRAM: &str = "PRE_COMMIT_PROGRAM";

/// Hooks that build prescope, which takes minutes.
const BUILT: &str = "prescope-check,prescope-diff,prescope-fmt,prescope-lint,prescope-test,prescope-prove";

/// A repository in a folder of its own, with a home and a store of hooks beside it.
pub(super) struct Repository {
    folder: tempfile::TempDir,
    pre_commit: PathBuf,
}

/// A repository without files; None, which is told, where pre-commit is missing or this is no checkout.
pub(super) fn repository() -> Option<Repository> {
    let pre_commit = match std::env::var_os(PROGRAM).filter(|named| !named.is_empty()) {
        Some(named) => {
            assert!(runs(&named), "{PROGRAM} names {}, which cannot be run", named.display());
            PathBuf::from(named)
        }
        None if runs(OsStr::new("pre-commit")) => PathBuf::from("pre-commit"),
        None => return skipped("there is no pre-commit on the path, and PRE_COMMIT_PROGRAM names none"),
    };
    if !given::repository().join(".git").exists() {
        return skipped("this is no git checkout, which pre-commit could take the hooks from");
    }
    let repository = Repository { folder: tempfile::tempdir().unwrap(), pre_commit };
    for (folder, file, text) in [("home", ".gitconfig", GIT), ("work", "README.md", "Ours.\n")] {
        fs::create_dir(repository.folder.path().join(folder)).unwrap();
        fs::write(repository.folder.path().join(folder).join(file), text).unwrap();
    }
    repository.git(&["init", "--quiet"]);
    Some(repository)
}

fn runs(program: &OsStr) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// Straight to standard error, where it is seen whether or not a test fails.
fn skipped(why: &str) -> Option<Repository> {
    _ = std::io::stderr().write_all(format!("skipped, hooks are not tested: {why}\n").as_bytes());
    None
}

impl Repository {
    pub(super) fn path(&self) -> PathBuf {
        self.folder.path().join("work")
    }

    /// A folder beside the repository.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn write(&self, files: &[(&str, &str)]) {
        for (name, text) in files {
            assert!(Path::new(name).is_relative(), "{name}");
            let path = self.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }

    pub(super) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// A git command that has to succeed.
    #[track_caller]
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        self.git_in(&self.path(), arguments)
    }

    /// A git command in another folder, that has to succeed.
    #[track_caller]
    pub(super) fn git_in(&self, folder: &Path, arguments: &[&str]) -> String {
        let ran = self.run(Path::new("git"), arguments, folder);
        assert_eq!(ran.status, 0, "git {arguments:?}: {ran:?}");
        ran.out
    }

    /// A git command that may fail.
    pub(super) fn run_git(&self, arguments: &[&str]) -> Ran {
        self.run(Path::new("git"), arguments, &self.path())
    }

    /// Everything staged and committed; with hooks installed, the word of those is in the answer.
    pub(super) fn commit(&self) -> Ran {
        self.git(&["add", "--all"]);
        self.run_git(&["commit", "--quiet", "--message", "A change"])
    }

    /// `pre-commit try-repo` of this checkout on these files: the system hooks, and nothing that has to be built.
    pub(super) fn tried(&self, files: &[&str]) -> Ran {
        self.git(&["add", "--all"]);
        let checkout = given::repository().to_string_lossy();
        let mut arguments = vec!["try-repo", &*checkout, "--verbose", "--files"];
        arguments.extend(files);
        self.run(&self.pre_commit, &arguments, &self.path())
    }

    /// `pre-commit` with these arguments and variables.
    pub(super) fn pre_commit(&self, arguments: &[&str], variables: &[(&str, PathBuf)]) -> Ran {
        let mut command = self.command(&self.pre_commit, &self.path());
        read(command.args(arguments).envs(variables.iter().cloned()).output().unwrap())
    }

    /// Hooks from now on guard every commit. They are those of this checkout's working tree, in a repository that has
    /// nothing else.
    pub(super) fn install(&self, hooks: &[&str]) {
        let source = self.folder.path().join("hooks");
        fs::create_dir(&source).unwrap();
        let manifest = ".pre-commit-hooks.yaml";
        fs::copy(given::repository().join(manifest), source.join(manifest)).unwrap();
        for arguments in [&["init", "--quiet"][..], &["add", "."], &["commit", "--quiet", "--message", "Hooks"]] {
            let ran = self.run(Path::new("git"), arguments, &source);
            assert_eq!(ran.status, 0, "{ran:?}");
        }
        let revision = self.run(Path::new("git"), &["rev-parse", "HEAD"], &source).out;
        let mut config = format!("repos:\n  - repo: {}\n    rev: {}\n    hooks:\n", source.display(), revision.trim());
        for hook in hooks {
            config.push_str(&format!("      - id: {hook}\n"));
        }
        self.write(&[(".pre-commit-config.yaml", &config)]);
        let kinds = ["install", "--hook-type", "pre-commit", "--hook-type", "pre-push"];
        let ran = self.run(&self.pre_commit, &kinds, &self.path());
        assert_eq!(ran.status, 0, "{ran:?}");
    }

    fn run(&self, program: &Path, arguments: &[&str], folder: &Path) -> Ran {
        read(self.command(program, folder).args(arguments).output().unwrap())
    }

    fn command(&self, program: &Path, folder: &Path) -> Command {
        let built = Path::new(env!("CARGO_BIN_EXE_prescope")).parent().unwrap().to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([built].into_iter().chain(std::env::split_paths(&path))).unwrap();
        let home = self.folder.path().join("home");
        let mut command = by_itself(program);
        command.current_dir(folder).env("PATH", path).env("HOME", &home).env("XDG_CONFIG_HOME", &home);
        command.env("PRE_COMMIT_HOME", self.folder.path().join("store")).env("PRE_COMMIT_COLOR", "never");
        command.env("SKIP", BUILT).env("NO_COLOR", "1");
        command
    }
}

/// A program without the variables of whoever runs the tests: that may be a hook, and they are about another
/// repository.
pub(crate) fn by_itself(program: &Path) -> Command {
    let mut command = Command::new(program);
    let names = std::env::vars_os().map(|(name, _)| name);
    let of_hooks = |name: &[u8]| name.starts_with(b"GIT_") || name.starts_with(b"PRE_COMMIT");
    for name in names.filter(|name| of_hooks(name.as_encoded_bytes())) {
        command.env_remove(name);
    }
    command
}

pub(super) fn read(output: Output) -> Ran {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    Ran { status: output.status.code().unwrap(), out: text(output.stdout), err: text(output.stderr) }
}
