//! Completions and manual pages say what the help says.

use std::fs;
use std::io::Write;
use std::process::{Command, Stdio};

use super::run_in;
use crate::given;

fn out(arguments: &[&str]) -> String {
    run_in(given::repository(), arguments, b"").clean().out
}

/// The commands that the help lists.
fn commands() -> Vec<String> {
    let help = out(&["--help"]);
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let named = list.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    named.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

/// The long options of a command, as its help lists them.
fn options(command: &str) -> Vec<String> {
    let help = out(&[command, "--help"]);
    let lines = help.lines().map(str::trim_start).filter(|line| line.starts_with('-'));
    let words = lines.filter_map(|line| line.split([' ', ',']).find(|word| word.starts_with("--")));
    // A value that may be left out stands in brackets behind its option.
    words.filter_map(|word| word.split('[').next()).map(str::to_owned).collect()
}

#[test]
fn completions_know_every_command_and_option() {
    let commands: Vec<(String, Vec<String>)> = commands().into_iter().map(|it| (it.clone(), options(&it))).collect();
    assert!(commands.len() > 15, "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = out(&["completions", shell]);
        for (command, options) in &commands {
            assert!(script.contains(command.as_str()), "{shell} does not know {command}");
            for option in options {
                // fish has them without the dashes.
                let known =
                    script.contains(option) || script.contains(&format!("-l {}", option.trim_start_matches('-')));
                assert!(known, "{shell} does not know {command} {option}");
            }
        }
        assert_eq!(script, out(&["completions", shell]), "the same each time");
    }
    let unknown = run_in(given::repository(), &["completions", "tcsh"], b"").failed();
    assert!(unknown.contains("bash, zsh, fish, powershell, elvish"), "{unknown}");
}

/// A shell that is there reads its script; bash completes with it.
#[test]
fn shells_that_are_here_can_read_their_completions() {
    for shell in ["bash", "zsh", "fish"] {
        let child = Command::new(shell).arg("-n").stdin(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let Ok(mut child) = child else { continue };
        let script = out(&["completions", shell]);
        child.stdin.take().expect("a pipe").write_all(script.as_bytes()).expect("a script to read");
        let ended = child.wait_with_output().expect("the shell ends");
        assert!(ended.status.success() && ended.stderr.is_empty(), "{shell}: {ended:?}");
    }
    let script = out(&["completions", "bash"]);
    let ask =
        "COMP_WORDS=(prescope complet); COMP_CWORD=1; _prescope prescope complet prescope; echo \"${COMPREPLY[@]}\"";
    let asked = Command::new("bash").args(["--norc", "-c", &format!("{script}\n{ask}")]).output();
    if let Ok(asked) = asked {
        assert_eq!(String::from_utf8_lossy(&asked.stdout).trim(), "completions", "{asked:?}");
    }
}

/// A text without what troff needs: dashes and quotes as they are read.
fn plain(page: &str) -> String {
    page.replace("\\-", "-").replace("\\fB", "").replace("\\fI", "").replace("\\fR", "")
}

#[test]
fn the_manual_has_a_page_for_each_command_with_every_option() {
    let folder = tempfile::tempdir().expect("a folder");
    let told = run_in(folder.path(), &["man", "pages/man1"], b"").clean().out;
    let page = |name: &str| {
        assert!(told.contains(&format!("wrote pages/man1/{name}.1\n")), "{told}");
        plain(&fs::read_to_string(folder.path().join(format!("pages/man1/{name}.1"))).expect("a page"))
    };
    let top = page("prescope");
    assert_eq!(top, plain(&out(&["man"])));
    let commands = commands();
    for command in &commands {
        assert!(top.contains(&format!("prescope-{command}(1)")), "{command}");
        let page = page(&format!("prescope-{command}"));
        assert!(page.contains(".SH NAME") && page.contains(&format!("prescope {command}")), "{page}");
        for option in options(command) {
            assert!(page.contains(&option), "the page of {command} has no {option}");
        }
    }
    assert_eq!(told.lines().count(), commands.len() + 1);
    // Again, over the pages of an older version.
    assert_eq!(run_in(folder.path(), &["man", "pages/man1"], b"").clean().out, told);
}

#[test]
fn pages_that_cannot_be_written_are_a_failure() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("file"), "mine").expect("a file");
    let told = run_in(folder.path(), &["man", "file"], b"").failed();
    assert!(told.contains("`file` cannot be made"), "{told}");
    assert_eq!(fs::read_to_string(folder.path().join("file")).expect("a text"), "mine");
}

#[test]
fn schemas_are_listed_and_printed_by_name() {
    let list = out(&["schema"]);
    for line in list.lines() {
        let (name, is) = line.split_once("  ").expect("a name and what it is");
        let schema = out(&["schema", name]);
        let title = format!("\"title\": \"prescope {name}: {}\"", is.trim());
        assert!(schema.contains(&title), "{schema}");
    }
    assert!(list.lines().count() > 12, "{list}");
    let told = run_in(given::repository(), &["schema", "anwser"], b"").failed();
    assert_eq!(told, "error: there is no schema `anwser`\n  help: did you mean `answer`?\n");
    let told = run_in(given::repository(), &["schema", "xyzzy"], b"").failed();
    assert_eq!(told, "error: there is no schema `xyzzy`\n  help: `prescope schema` lists them\n");
}
