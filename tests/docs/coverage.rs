//! Nothing is left out: every command, option, keyword and key has its place in a document.

use std::collections::BTreeSet;
use std::process::Command;

use prescope::library;

use super::grammar::keywords;
use super::{all_well, document};

/// True if a text names this word, and not only a longer one.
fn names(text: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

#[track_caller]
fn all_named(path: &str, words: impl IntoIterator<Item = String>) {
    let text = document(path).text;
    let missing = words.into_iter().filter(|word| !names(&text, word));
    all_well(&missing.map(|word| format!("{path} does not mention `{word}`")).collect::<Vec<_>>());
}

fn help(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_prescope")).args(arguments).arg("--help").output();
    String::from_utf8(output.expect("the program runs").stdout).expect("help in UTF-8")
}

/// The commands that the help lists.
fn commands() -> Vec<String> {
    let help = help(&[]);
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    // Other lines go on with the words about a command.
    let named = list.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    named.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn every_command_and_option_is_documented() {
    let commands = commands();
    assert!(commands.len() > 5, "the help lists {commands:?}");
    let mut words: BTreeSet<String> = BTreeSet::new();
    for command in commands {
        for word in help(&[&command]).split(|c: char| c.is_whitespace() || c == ',') {
            if word.starts_with("--") && word.len() > 2 {
                // A value that may be left out stands in brackets behind its option.
                let option = word.split('[').next().unwrap_or(word);
                words.insert(option.trim_end_matches(|c: char| !c.is_alphabetic()).to_owned());
            }
        }
        words.insert(format!("`{command}"));
    }
    let text = document("docs/cli.md").text;
    let missing = words.iter().filter(|word| !text.contains(word.as_str()));
    all_well(&missing.map(|word| format!("docs/cli.md does not mention {word}`")).collect::<Vec<_>>());
}

#[test]
fn every_keyword_is_documented() {
    let keywords = keywords();
    assert!(keywords.len() > 100, "the grammar has {keywords:?}");
    all_named("docs/language.md", keywords);
}

#[test]
fn every_library_is_documented() {
    all_named("docs/language.md", library::names().map(str::to_owned));
}

/// The keys of a directory are those that its reader knows: it names them when it meets another.
#[test]
fn every_key_of_a_directory_is_documented() {
    let wrong = "organization: { zzzzzz: }\nfederation: { zzzzzz: }\nsites: { A: { zzzzzz: } }\nmeetings: { m: { zzzzzz: } }\n\
                 users: { a@b.example: { zzzzzz: } }\nzzzzzz:\n";
    let mut sources = prescope::language::Sources::default();
    let file = sources.add("x.yaml", wrong);
    let (_, found) = prescope::directory::read(file, prescope::directory::FileKind::Yaml, sources.text(file));
    let helps: String = found.iter().filter_map(|it| it.help.clone()).collect::<Vec<_>>().join(" ");
    let quoted = helps.split('`').skip(1).step_by(2);
    let keys: Vec<String> = quoted.filter_map(|key| key.split(':').next()).map(str::to_owned).collect();
    assert!(keys.len() > 20, "the reader names {helps}");
    all_named("docs/directory.md", keys);
}

/// Where a document names the version, it is the present one.
#[test]
fn the_version_is_the_present_one() {
    let version = env!("CARGO_PKG_VERSION");
    let text = document("README.md").text;
    let mut others = text.match_indices("prescope = \"").filter_map(|(at, found)| text.get(at + found.len()..));
    assert!(others.all(|rest| rest.starts_with(version)), "README.md names another version than {version}");
}
