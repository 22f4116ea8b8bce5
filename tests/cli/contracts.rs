//! What holds for every command: help, colours, closed pipes, output that never differs.

use std::io::Read;
use std::process::{Command, Stdio};

use super::{contoso, run_in};
use crate::given;
use crate::tries::share;

const COMMANDS: [&str; 8] = ["check", "can", "why", "who", "what", "batch", "show", "graph"];

/// Without the spaces that clap leaves in empty lines.
fn trimmed(text: &str) -> String {
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn help_says_what_there_is() {
    let help = |command: &str| {
        let line = format!("{command} --help").trim_start().to_owned();
        let told = trimmed(&contoso(&line).clean().out);
        (line, told)
    };
    given::snapshots!("help", std::iter::once("").chain(COMMANDS).map(help));
}

#[test]
fn mistakes_in_the_command_line_are_told_with_2() {
    assert!(contoso("").status == 2, "a command is needed");
    assert!(contoso("chekc").failed().contains("check"));
    assert!(contoso("check --frmat json").failed().contains("--format"));
    assert!(contoso("check --format xml").failed().contains("json"));
    assert!(contoso("can kim sees anna note").failed().contains("see"));
    assert_eq!(contoso("--version").clean().out, format!("prescope {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn colours_come_only_where_they_are_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a.prescope"), "category\n").expect("a file");
    let check = |more: &[&str]| run_in(folder.path(), &[&["check", "--policy", "a.prescope"], more].concat(), b"").out;
    assert!(!check(&[]).contains('\u{1b}'), "a pipe is no terminal");
    assert!(!check(&["--color", "never"]).contains('\u{1b}'));
    assert!(check(&["--color", "always"]).contains('\u{1b}'));
    let wanted_anyway = Command::new(env!("CARGO_BIN_EXE_prescope"))
        .args(["check", "--policy", "a.prescope", "--color", "always"])
        .current_dir(folder.path())
        .env("NO_COLOR", "1")
        .output()
        .expect("the binary runs");
    assert!(wanted_anyway.stdout.contains(&0x1b), "what is typed beats what is set");
}

#[test]
fn the_same_question_has_the_same_bytes() {
    let lines =
        ["what --of anna", "who sees anna contact_card --format json", "graph", "show", "why bob see anna state"];
    for line in share(lines) {
        assert_eq!(contoso(line).out, contoso(line).out, "{line}");
    }
}

#[test]
fn nobody_who_reads_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_prescope"))
        .arg("graph")
        .current_dir(given::repository().join("examples/contoso"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut first = [0; 8];
    let mut out = child.stdout.take().expect("a pipe");
    out.read_exact(&mut first).expect("some output");
    drop(out);
    let ended = child.wait_with_output().expect("the binary ends");
    assert_eq!((ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()), (Some(0), ""));
}
