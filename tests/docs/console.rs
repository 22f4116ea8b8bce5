//! Sessions: what a document shows is what the program prints.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::block::Block;
use super::{Document, all_well, documents, root, updating};
use crate::tries::is_due;

/// How the README calls a program that is not installed.
pub const BY_CARGO: &str = "cargo run -- ";

/// A command and what it is said to print.
struct Exchange {
    command: String,
    /// The lines of the block that show the command.
    shown: Vec<String>,
    output: Vec<String>,
}

impl Exchange {
    /// True if it can be run here: other commands, such as `cargo test`, are only shown.
    fn runs(&self) -> bool {
        self.command.starts_with(BY_CARGO) || self.command == "echo $?" || self.command.contains("prescope ")
    }
}

/// The exchanges of a session. A line that starts with `$ ` is a command, lines that start with `> ` go on with it.
fn exchanges(block: &Block) -> Vec<Exchange> {
    let mut exchanges: Vec<Exchange> = Vec::new();
    for line in &block.lines {
        if let Some(command) = line.strip_prefix("$ ") {
            exchanges.push(Exchange { command: command.to_owned(), shown: vec![line.clone()], output: Vec::new() });
            continue;
        }
        let exchange = exchanges.last_mut().expect("a session starts with a command");
        match line.strip_prefix("> ") {
            Some(more) if exchange.output.is_empty() => {
                exchange.command.push('\n');
                exchange.command.push_str(more);
                exchange.shown.push(line.clone());
            }
            _ => exchange.output.push(line.clone()),
        }
    }
    exchanges
}

/// Runs a command by the shell, with the program under test on the path.
fn run(command: &str, folder: &Path) -> Output {
    let program = Path::new(env!("CARGO_BIN_EXE_prescope"));
    let mut path = vec![program.parent().expect("a folder").to_owned()];
    path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
    let script = format!("exec 2>&1\n{}", command.replacen(BY_CARGO, "prescope ", 1));
    Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder)
        .env("PATH", std::env::join_paths(path).expect("a path"))
        .env("NO_COLOR", "1")
        .env_remove("COLUMNS")
        .stdin(Stdio::null())
        .output()
        .expect("a shell")
}

/// Writes the files of a document into a folder of their own.
fn files(document: &Document) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for block in document.blocks() {
        let Some(name) = block.value("file") else { continue };
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder that can be made");
        fs::write(path, block.text()).expect("a file that can be written");
    }
    folder
}

/// What each session of a document shows when it is run, by the line where the session starts. By default every twelfth
/// is run, from the first on, with those that work on files of the document.
fn sessions(document: &Document) -> BTreeMap<usize, (Vec<String>, Vec<String>)> {
    let own = files(document);
    let mut sessions = BTreeMap::new();
    let blocks = document.blocks().into_iter().filter(|block| block.language() == "console");
    for (number, block) in blocks.enumerate() {
        if !(updating() || is_due(number) || block.value("in") == Some("files")) {
            continue;
        }
        let folder: PathBuf = match block.value("in") {
            None => root().to_owned(),
            Some("files") => own.path().to_owned(),
            Some(folder) => root().join(folder),
        };
        let mut lines: Vec<String> = Vec::new();
        let mut status = 0;
        for exchange in exchanges(&block) {
            lines.extend(exchange.shown.iter().cloned());
            if exchange.command == "echo $?" {
                lines.push(status.to_string());
            } else if exchange.runs() {
                let output = run(&exchange.command, &folder);
                status = output.status.code().unwrap_or(-1);
                let text = String::from_utf8(output.stdout).expect("output in UTF-8");
                lines.extend(text.trim_end().lines().map(|line| line.trim_end().to_owned()));
                // Blank lines before the next command are for reading.
                let blank = exchange.output.iter().rev().take_while(|line| line.is_empty());
                lines.extend(blank.cloned());
            } else {
                lines.extend(exchange.output);
            }
        }
        sessions.insert(block.line, (block.lines, lines));
    }
    sessions
}

/// The document with other lines in its sessions.
fn updated(document: &Document, sessions: &BTreeMap<usize, (Vec<String>, Vec<String>)>) -> String {
    let mut lines = Vec::new();
    let mut old = document.text.lines().enumerate();
    while let Some((index, line)) = old.next() {
        lines.push(line);
        // A session starts below this line.
        if let Some((before, after)) = sessions.get(&(index + 2)) {
            lines.extend(after.iter().map(String::as_str));
            for _ in before {
                old.next();
            }
        }
    }
    lines.into_iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn sessions_show_what_the_program_prints() {
    let mut wrong = Vec::new();
    for document in documents() {
        let sessions = sessions(&document);
        if updating() {
            // Documents without sessions are left alone: another test may be writing them.
            if !sessions.is_empty() {
                fs::write(root().join(&document.path), updated(&document, &sessions)).expect("a document to write");
            }
            continue;
        }
        for (line, (shown, printed)) in &sessions {
            if shown != printed {
                let (path, printed) = (&document.path, printed.join("\n"));
                wrong.push(format!("{path}:{line}: this session prints something else:\n{printed}"));
            }
        }
    }
    all_well(&wrong);
}
