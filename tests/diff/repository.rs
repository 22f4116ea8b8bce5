//! A git repository whose commits are the same wherever and whenever a test makes them.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::cli::Ran;
use crate::hooks::by_itself;

/// A repository in a folder of its own.
pub(crate) struct Repository {
    folder: tempfile::TempDir,
}

impl Repository {
    /// Without any commit.
    pub(crate) fn new() -> Repository {
        let repository = Repository { folder: tempfile::tempdir().expect("a folder") };
        fs::create_dir(repository.path()).expect("a folder");
        repository.git(&["init", "--quiet", "--object-format=sha1", "--initial-branch=main"]);
        repository
    }

    /// Its working tree.
    pub(crate) fn path(&self) -> PathBuf {
        self.beside("work")
    }

    /// A folder beside the working tree.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, files: &[(&str, &str)]) {
        write(&self.path(), files);
    }

    /// Everything as it is now, and these files, as a commit.
    pub(crate) fn commit(&self, message: &str, files: &[(&str, &str)]) {
        self.write(files);
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    /// A git command that has to succeed.
    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) -> String {
        self.git_in(&self.path(), arguments)
    }

    /// The same in another folder.
    #[track_caller]
    pub(crate) fn git_in(&self, folder: &Path, arguments: &[&str]) -> String {
        let ran = ran(self.command(Path::new("git"), folder).args(arguments));
        assert_eq!(ran.status, 0, "git {arguments:?}: {ran:?}");
        ran.out
    }

    /// A revision as it is exported, in a folder beside the working tree.
    pub(crate) fn exported(&self, revision: &str) -> PathBuf {
        let folder = self.beside(&format!("exported-{revision}"));
        fs::create_dir(&folder).expect("a folder");
        let archive = self.beside("archive.tar");
        self.git(&["archive", "--output", &archive.to_string_lossy(), revision]);
        let unpacked = Command::new("tar").arg("-xf").arg(&archive).arg("-C").arg(&folder).status();
        assert!(unpacked.expect("tar runs").success());
        folder
    }

    /// `prescope` in the working tree, with a command line written as one.
    pub(crate) fn prescope(&self, line: &str) -> Ran {
        self.prescope_in(&self.path(), line)
    }

    /// The same in another folder.
    pub(crate) fn prescope_in(&self, folder: &Path, line: &str) -> Ran {
        ran(&mut self.prescope_with(folder, line))
    }

    /// The command for it, so that variables can be set.
    pub(crate) fn prescope_with(&self, folder: &Path, line: &str) -> Command {
        let mut command = self.command(Path::new(env!("CARGO_BIN_EXE_prescope")), folder);
        command.args(line.split(' ').filter(|word| !word.is_empty()));
        command
    }

    /// What a command line prints, as snapshots show it: without the folder that is another one each time.
    pub(crate) fn told(&self, line: &str) -> String {
        self.shown(line, &self.prescope(line))
    }

    pub(crate) fn shown(&self, line: &str, ran: &Ran) -> String {
        let Ran { status, out, err } = ran;
        let real = self.folder.path().canonicalize().expect("a folder");
        let mut text = format!("$ prescope {line}\n{out}{err}[{status}]\n");
        for folder in [real.as_path(), self.folder.path()] {
            text = text.replace(&*folder.to_string_lossy(), "FOLDER");
        }
        text
    }

    /// A program in a folder, with the prescope under test on the path, and nothing of whoever runs the tests.
    pub(crate) fn command(&self, program: &Path, folder: &Path) -> Command {
        let built = Path::new(env!("CARGO_BIN_EXE_prescope")).parent().expect("a folder").to_owned();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([built].into_iter().chain(std::env::split_paths(&path))).expect("a path");
        let mut command = by_itself(program);
        command.current_dir(folder).env("PATH", path).env("HOME", self.folder.path()).env("NO_COLOR", "1");
        for name in super::sides::TARGETS {
            command.env_remove(name);
        }
        command.env_remove("XDG_CONFIG_HOME").env("GIT_CONFIG_NOSYSTEM", "1");
        for (name, value) in [("NAME", "Somebody"), ("EMAIL", "somebody@contoso.example"), ("DATE", "1700000000 +0000")]
        {
            command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
        }
        command
    }
}

/// Writes files below a folder.
pub(crate) fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
}

/// How a command ended. Without git there is nothing to be tested, and that is no success.
pub(crate) fn ran(command: &mut Command) -> Ran {
    let name = command.get_program().to_owned();
    let output = command.output().unwrap_or_else(|error| panic!("{name:?}, which these tests need: {error}"));
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    let status = output.status.code().unwrap_or_else(|| panic!("{name:?}: {}", output.status));
    Ran { status, out: text(output.stdout), err: text(output.stderr) }
}

/// Every file below a folder, `.git` included, with when it was written and what it holds.
pub(crate) fn everything(folder: &Path) -> Vec<(PathBuf, std::time::SystemTime, Vec<u8>)> {
    let (mut files, mut open) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let (path, about) = (entry.path(), entry.metadata().expect("a file"));
            let bytes = if about.is_dir() { Vec::new() } else { fs::read(&path).unwrap_or_default() };
            files.push((path.clone(), about.modified().expect("a time"), bytes));
            open.extend(about.is_dir().then_some(path));
        }
    }
    files.sort();
    files
}

/// A program of this name that is a script.
#[cfg(unix)]
pub(crate) fn script(path: &Path, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, format!("#!/bin/sh\n{text}\n")).expect("a file");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("a program");
}

/// A link to somewhere.
#[cfg(unix)]
pub(crate) fn link(target: impl AsRef<OsStr>, at: &Path) {
    std::os::unix::fs::symlink(target.as_ref(), at).expect("a link");
}
