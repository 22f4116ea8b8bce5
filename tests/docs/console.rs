//! Sessions: what a document shows is what the program prints.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use super::block::Block;
use super::shell::Shell;
use super::{Document, all_well, document, documents, root, updating};
use crate::tries::{is_due, is_whole};

/// How many sessions about files of a document are run by default.
const FIRST: usize = 6;

/// A command and what it is said to print.
struct Exchange {
    command: String,
    /// The lines of the block that show the command.
    shown: Vec<String>,
    output: Vec<String>,
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

/// What each session of a document shows when it is run, by the line where the session starts. By default every twelfth
/// is run, from the first on, with the first of those that work on files of the document, each of which may need those
/// above it. Files are written as they come, so that a session finds those above it.
fn sessions(document: &Document) -> BTreeMap<usize, (Vec<String>, Vec<String>)> {
    let own = tempfile::tempdir().expect("a folder");
    let mut sessions = BTreeMap::new();
    let (mut number, mut of_own) = (0, 0);
    for block in document.blocks() {
        put(&block, own.path());
        if block.language() != "console" {
            continue;
        }
        let (shell, is_own) = match block.value("in") {
            None => (Shell::new(root().to_owned()), false),
            Some(folder) => match folder.strip_prefix("files") {
                Some(below) => (Shell::new(own.path().join(below.trim_start_matches('/'))).with_git(), true),
                None => (Shell::new(root().join(folder)), false),
            },
        };
        let due = updating() || if is_own { of_own < FIRST || is_whole() } else { is_due(number) };
        number += 1;
        of_own += usize::from(is_own);
        let columns = block.value("columns").map(|columns| columns.parse().expect("a number of columns"));
        if due && (columns.is_none() || cfg!(target_os = "linux")) {
            let lines = answered(&block, &shell.with_columns(columns));
            sessions.insert(block.line, (block.lines, lines));
        }
    }
    sessions
}

/// Writes the file that a block is, or adds the block to it.
fn put(block: &Block, folder: &Path) {
    let (name, before) = match (block.value("file"), block.value("add")) {
        (Some(name), _) => (name, String::new()),
        (None, Some(name)) => (name, fs::read_to_string(folder.join(name)).expect("a file to add to") + "\n"),
        (None, None) => return,
    };
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder that can be made");
    fs::write(path, before + &block.text()).expect("a file that can be written");
}

/// The lines of a session whose commands have been run.
fn answered(block: &Block, shell: &Shell) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut status = 0;
    for exchange in exchanges(block) {
        lines.extend(exchange.shown.iter().cloned());
        if exchange.command == "echo $?" {
            lines.push(status.to_string());
        } else if shell.runs(&exchange.command) {
            let (text, ended) = shell.run(&exchange.command);
            status = ended;
            lines.extend(text.trim_end().lines().map(|line| line.trim_end().to_owned()));
            // Blank lines before the next command are for reading.
            let blank = exchange.output.iter().rev().take_while(|line| line.is_empty());
            lines.extend(blank.cloned());
        } else {
            lines.extend(exchange.output);
        }
    }
    lines
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

/// Those who read the tutorial have it beside their terminal. An expectation is one line, whose length names decide.
#[test]
fn the_tutorial_fits_a_terminal() {
    let tutorial = document("docs/tutorial.md");
    let lines = tutorial.blocks().into_iter().flat_map(|block| block.lines);
    let wide = lines.filter(|line| line.chars().count() > 80 && !line.trim_start().starts_with("expect "));
    all_well(&wide.map(|line| format!("wider than 80 columns: {line}")).collect::<Vec<_>>());
}
