//! What somebody at a terminal sees: lines no wider than it, and colours where they mean something. A pipe has neither.

use std::fs;
use std::path::Path;

use super::{copied, pty, run_in};
use crate::diff::repository::Repository;
use crate::given;
use crate::tries::{by_turns, is_due, is_whole, share};

/// Every command that answers in text, and how. They run in a copy of the example, so that they may write.
const TEXTS: &[&str] = &[
    "can eve see anna state",
    "can bob use recording --in budget_review",
    "why eve see anna state.availability",
    "why bob see anna contact_card",
    "why bob use recording --in budget_review",
    "who sees anna state.availability",
    "who sees uma contact_card",
    "who uses recording --in budget_review",
    "what kim sees",
    "what kim sees of anna",
    "what --of anna",
    "what bob uses",
    "disclosures",
    "audit",
    "audit --by owner",
    "check",
    "lint",
    "explain",
    "explain missing-mask",
    "fmt --check",
    "mode",
    "mode rita",
    "preference anna private",
    "migrate --all",
    "migrate anna --to private",
    "migrate paul --check",
    "contact add tom kim",
    "contact remove tom paul",
    "contact move tom paul --container workgroup",
    "block tom paul",
    "unblock anna eve",
    "test",
    "test --coverage",
    "prove",
    "diff ./",
    "mutate --operators shows,mask,order",
    "set PrivacyConfiguration.EnablePrivacyMode=true",
    "new ClientPolicy --at tag:Guests",
    "remove ClientPolicy --at global",
    "apply plan.json",
    "show",
    "show recording",
    "show colleagues",
    "show ClientPolicy",
    "schema",
    "init below",
    "compile",
];

/// Commands that answer programs only, of whose lines none may be broken.
const DATA: &[&str] = &["batch", "graph", "completions", "man", "help"];

/// What a command writes on a terminal of so many columns, with the variables that are set.
fn seen(folder: &Path, arguments: &[&str], columns: u16, variables: &[(&str, &str)]) -> String {
    let (seen, _) = pty::run(folder, arguments, columns, |command, terminal| {
        command.envs(variables.iter().copied()).stdout(terminal);
    });
    seen.replace("\r\n", "\n")
}

/// Without colours. Every escape sequence has to be one of ours.
fn bare(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let mut bare = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (colour, rest) = part.split_once('m').unwrap_or_else(|| panic!("{part:?}"));
        assert!(
            colour.strip_prefix('[').is_some_and(|it| it.bytes().all(|it| b"0123456789;".contains(&it))),
            "{part:?}"
        );
        bare.push_str(rest);
    }
    bare
}

/// A copy of the example, with what a command line is about.
fn copy_for(line: &str) -> tempfile::TempDir {
    let copy = copied();
    if line.starts_with("apply ") {
        run_in(copy.path(), &["block", "tom", "paul", "-o", "plan.json"], b"").clean();
    }
    copy
}

/// What a text is in a pipe.
fn plain(line: &str) -> String {
    let plain = run_in(copy_for(line).path(), &line.split(' ').collect::<Vec<_>>(), b"").out;
    assert!(!plain.is_empty() && !plain.contains('\u{1b}'), "{line}: {plain:?}");
    plain
}

/// A line of a drawing, beside the text of a finding.
fn is_drawn(word: &str) -> bool {
    word.chars().all(|letter| "│╭╰─┬·╯├▶⚠☞×".contains(letter))
}

#[test]
fn every_command_is_looked_at() {
    let args = given::text_of("src/cli/args.rs");
    let commands = args.split("enum Command {").nth(1).expect("the commands").lines().filter_map(|line| {
        let name: String = line.strip_prefix("    ")?.chars().take_while(char::is_ascii_alphanumeric).collect();
        (!name.is_empty()).then(|| name.to_lowercase())
    });
    let mut count = 0;
    for command in commands {
        let of = |line: &&&str| line.split(' ').next() == Some(command.as_str());
        assert!(TEXTS.iter().chain(DATA).any(|line| of(&line)), "{command}");
        count += 1;
    }
    assert!(count > 20, "{count}");
}

#[test]
fn no_line_is_wider_than_the_terminal_and_no_word_is_lost() {
    let (mut looked_at, mut broken) = (0, 0);
    for (number, line) in share(TEXTS).into_iter().enumerate() {
        let plain = plain(line);
        for columns in by_turns(number, [47, 80]) {
            let arguments: Vec<&str> = line.split(' ').collect();
            let copy = copy_for(line);
            let seen = bare(&seen(copy.path(), &arguments, columns, &[]));
            let words = |text| -> Vec<&str> { str::split_whitespace(text).filter(|it| !is_drawn(it)).collect() };
            assert_eq!(words(&seen), words(&plain), "{line}");
            for wide in seen.lines().filter(|line| line.chars().count() > usize::from(columns)) {
                assert_eq!(wide.split_whitespace().count(), 1, "{line} at {columns}: {wide}");
            }
            looked_at += 1;
            broken += usize::from(seen != plain);
        }
    }
    assert!(broken > looked_at / 4, "{broken} of {looked_at}");
}

/// The same of commands that compare with what git has.
#[test]
fn what_is_compared_with_git_is_no_wider_than_the_terminal() {
    let repository = Repository::new();
    let recipient = "recipient the_auditors \"Whoever audits us, and everybody they ask about it\" external\n";
    let project = ("prescope.yaml", "policies: [\"*.prescope\"]\n");
    repository.commit("main", &[project, ("ours.prescope", recipient)]);
    repository.write(&[("more.prescope", &recipient.replace("the_auditors", "the_press"))]);
    for line in ["lint --new-since main", "lint --new-since main...", "diff --pre-push", "diff main"] {
        let plain = repository.prescope(line).clean().out;
        let arguments: Vec<&str> = line.split(' ').collect();
        let seen = bare(&seen(&repository.path(), &arguments, 47, &[("PRE_COMMIT", "1")]));
        let words = |text| -> Vec<&str> { str::split_whitespace(text).filter(|it| !is_drawn(it)).collect() };
        assert_eq!(words(&seen), words(&plain), "{line}");
        for wide in seen.lines().filter(|line| line.chars().count() > 47) {
            assert_eq!(wide.split_whitespace().count(), 1, "{line}: {wide}");
        }
    }
}

#[test]
fn a_pipe_has_no_width_and_a_wide_terminal_breaks_nothing() {
    let folder = given::repository().join("examples/contoso");
    let texts = TEXTS.iter().filter(|line| !["init below", "compile", "apply plan.json"].contains(line));
    for line in share(texts) {
        let (arguments, plain): (Vec<&str>, String) = (line.split(' ').collect(), plain(line));
        assert_eq!(seen(&folder, &arguments, 1000, &[("NO_COLOR", "1")]), plain, "{line}");
        let piped = run_in(&folder, &[&arguments[..], &["--color", "always"]].concat(), b"").out;
        assert_eq!(bare(&piped), plain, "{line}");
    }
}

/// Two sides that differ, of which there are none in the example.
#[test]
fn a_comparison_is_laid_out_as_any_text() {
    let folder = given::repository().join("tests/fixtures/diff");
    let arguments = ["diff", "before", "after", "--field", "note", "--by", "site", "--witness", "2", "--max-gain", "1"];
    let plain = run_in(&folder, &arguments, b"").out;
    assert!(plain.contains("because") && plain.contains("left out") && plain.contains("denied"), "{plain}");
    assert_eq!(seen(&folder, &arguments, 1000, &[("NO_COLOR", "1")]), plain);
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
    for columns in [47, 80] {
        let told = bare(&seen(&folder, &arguments, columns, &[]));
        assert_eq!(words(&told), words(&plain));
        let wide = told.lines().filter(|line| line.chars().count() > usize::from(columns));
        wide.for_each(|line| assert_eq!(line.split_whitespace().count(), 1, "at {columns}: {line}"));
    }
    let coloured = seen(&folder, &arguments, 200, &[]);
    for (sign, colour) in [("+ note", "\u{1b}[32m+\u{1b}[0m note"), ("- note", "\u{1b}[31m-\u{1b}[0m note")] {
        assert!(plain.contains(sign) && coloured.contains(colour), "{coloured}");
    }
}

/// So is what was told and what looks renamed.
#[test]
fn renames_are_laid_out_as_any_text() {
    let folder = given::repository().join("tests/fixtures/renamed");
    let arguments = ["diff", "before", "after", "--only", "structure", "--renamed", "state.place=state.location"];
    let plain = run_in(&folder, &arguments, b"").out;
    assert!(plain.contains("told as renamed: ") && plain.contains("looks renamed: "), "{plain}");
    assert_eq!(seen(&folder, &arguments, 1000, &[("NO_COLOR", "1")]), plain);
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<String>>();
    let told = bare(&seen(&folder, &arguments, 47, &[]));
    assert_eq!(words(&told), words(&plain));
    let wide = told.lines().filter(|line| line.chars().count() > 47);
    wide.for_each(|line| assert_eq!(line.split_whitespace().count(), 1, "{line}"));
}

#[test]
fn colours_mean_something() {
    let folder = given::repository().join("examples/contoso");
    let seen =
        |line: &str, variables: &[(&str, &str)]| seen(&folder, &line.split(' ').collect::<Vec<_>>(), 200, variables);
    let lines = [
        ("what kim sees of anna", "\u{1b}[32m●\u{1b}[0m"),
        ("what kim sees of anna", "\u{1b}[2m○\u{1b}[0m"),
        ("what eve sees of anna", "\u{1b}[33m◐\u{1b}[0m"),
        ("can eve see anna state.availability", "\u{1b}[33maltered: offline\u{1b}[0m"),
        ("why bob see anna contact_card.home_phone", "\u{1b}[2mhidden\u{1b}[0m: contact_card"),
        ("what bob uses", "\u{1b}[32m●\u{1b}[0m"),
        ("contact add tom kim", "\u{1b}[32mgains "),
        ("block tom paul", "\u{1b}[31mloses "),
        ("set ArchivingPolicy.ArchiveInternal=true", "\u{1b}[32m+    ArchiveInternal = true\u{1b}[0m"),
        ("test", "\u{1b}[32m"),
    ];
    for (number, (line, words)) in lines.into_iter().enumerate().filter(|(at, _)| is_whole() || at % 3 == 0) {
        let coloured = seen(line, &[]);
        assert!(coloured.contains(words), "{line}: {coloured}");
        if !is_due(number) {
            continue;
        }
        assert!(!seen(line, &[("NO_COLOR", "1")]).contains('\u{1b}'), "{line}");
        assert!(!seen(&format!("{line} --color never"), &[]).contains('\u{1b}'), "{line}");
        assert!(seen(&format!("{line} --color always"), &[("NO_COLOR", "1")]).contains('\u{1b}'), "{line}");
    }
    for line in ["can eve see anna state --format json --color always", "audit --format csv --color always", "graph"] {
        assert!(!seen(line, &[]).contains('\u{1b}'), "{line}");
    }
}

#[test]
fn what_data_bring_along_has_no_colour() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = "// a\u{1b}[31mb\n/// c\u{1b}[2Jd\ncategory   note { text }\n";
    fs::write(folder.path().join("a.prescope"), file).expect("a file");
    let arguments = ["fmt", "--diff", "a.prescope"];
    let diff = bare(&seen(folder.path(), &arguments, 200, &[]));
    assert!(diff.contains("a\\u{1b}[31mb") && diff.contains("c\\u{1b}[2Jd"), "{diff}");
    assert_eq!(diff, run_in(folder.path(), &arguments, b"").out);
}
