//! Runs the commands of sessions as a reader would: by a shell, at a terminal or without one.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::hooks::by_itself;

/// How the README calls a program that is not installed.
pub const BY_CARGO: &str = "cargo run -- ";

/// Where commands are run.
pub struct Shell {
    folder: PathBuf,
    /// How wide the terminal is, if there is one.
    columns: Option<u16>,
    git: Git,
}

/// Whether commands of git are run, or only shown.
#[derive(PartialEq)]
enum Git {
    Runs,
    Shown,
}

impl Shell {
    pub fn new(folder: PathBuf) -> Shell {
        Shell { folder, columns: None, git: Git::Shown }
    }

    /// In a folder that is the document's own, git can do no harm.
    pub fn with_git(self) -> Shell {
        Shell { git: Git::Runs, ..self }
    }

    pub fn with_columns(self, columns: Option<u16>) -> Shell {
        Shell { columns, ..self }
    }

    /// True if a command can be run here: others, such as `cargo test`, are only shown.
    pub fn runs(&self, command: &str) -> bool {
        let git = command.starts_with("git ") && self.git == Git::Runs;
        git || command.starts_with(BY_CARGO) || command.contains("prescope ")
    }

    /// What a command prints, and its status.
    pub fn run(&self, command: &str) -> (String, i32) {
        let command = command.replacen(BY_CARGO, "prescope ", 1);
        match self.columns {
            None => by_pipe(self.command(&format!("exec 2>&1\n{command}"))),
            Some(columns) => at_terminal(self.command(&command), columns),
        }
    }

    /// The shell, with the program under test on the path, and nothing of whoever runs the tests: commits have the
    /// same author and date everywhere, and so the same names.
    fn command(&self, script: &str) -> Command {
        let program = Path::new(env!("CARGO_BIN_EXE_prescope"));
        let mut path = vec![program.parent().expect("a folder").to_owned()];
        path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        let mut command = by_itself(Path::new("sh"));
        command.args(["-c", script]).current_dir(&self.folder).stdin(Stdio::null());
        command.env("PATH", std::env::join_paths(path).expect("a path"));
        command.env("NO_COLOR", "1").env_remove("COLUMNS");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", "/dev/null");
        // Of a terminal like this, git expects no colours.
        command.env("GIT_PAGER", "cat").env("TERM", "dumb");
        for (name, value) in [("NAME", "Somebody"), ("EMAIL", "somebody@contoso.example"), ("DATE", "1700000000 +0000")]
        {
            command.env(format!("GIT_AUTHOR_{name}"), value).env(format!("GIT_COMMITTER_{name}"), value);
        }
        command
    }
}

fn by_pipe(mut command: Command) -> (String, i32) {
    let output = command.output().expect("a shell");
    (String::from_utf8(output.stdout).expect("output in UTF-8"), output.status.code().unwrap_or(-1))
}

/// What was written to a terminal. Errors go to a file, since a bar could be drawn at a terminal while files are read;
/// so a command may write to one of the two only, or nobody would know in which order.
#[cfg(target_os = "linux")]
fn at_terminal(mut command: Command, columns: u16) -> (String, i32) {
    let errors = tempfile::NamedTempFile::new().expect("a file");
    command.stderr(errors.reopen().expect("the same file"));
    let (seen, ended) = crate::cli::pty::seen(command, columns, |command, terminal| {
        command.stdout(terminal);
    });
    let errors = std::fs::read_to_string(errors.path()).expect("errors in UTF-8");
    assert!(seen.is_empty() || errors.is_empty(), "both an answer and an error:\n{seen}\n{errors}");
    (seen.replace("\r\n", "\n") + &errors, ended.code().unwrap_or(-1))
}

#[cfg(not(target_os = "linux"))]
fn at_terminal(_: Command, _: u16) -> (String, i32) {
    unreachable!("sessions at a terminal are run on Linux only")
}
