//! `hidden-character`: characters that nobody sees, and that make a text read otherwise than it is.

use rustc_hash::FxHashSet;

use crate::language::{Code, FileId, Severity, Span};
use crate::lint::context::Context;
use crate::lint::findings::Findings;
use crate::lint::level::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};
use crate::text::hidden;

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::hidden-character", Severity::Warning, "a character that nobody sees"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: r"
        Marks that change the direction of text, control characters, and characters without width: in comments, texts,
        names and addresses of policies and the directory, and in names that the directory writes with an escape. A line
        with several is found once.
    ",
    why: r"
        The text reads otherwise than it is: a reviewer sees one comment, rule or address, and prescope reads another.
    ",
    reach: Reach::Said(
        r"
        Exact for the text of every file of the set that is its own, and for its names. Joiners are found behind ASCII
        letters and digits only: other scripts and emoji need them.
    ",
    ),
    bad: Example {
        policy: "
            // Partners only, see\u{200b} ticket 12
            use std/lync2013
        ",
        directory: "",
    },
    good: Example {
        policy: r"
            // Partners only, see ticket 12
            use std/lync2013
        ",
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let mut seen: FxHashSet<(FileId, char)> = FxHashSet::default();
    for (file, text) in context.own_texts() {
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            if let Some((at, letter)) = hidden(line).next() {
                let letters: Vec<char> = hidden(line).map(|(_, letter)| letter).collect();
                seen.extend(letters.iter().map(|letter| (file, *letter)));
                let place = Span::new(file, start + at, start + at + letter.len_utf8());
                tell(findings, place, &letters, "on this line");
            }
            start += line.len();
        }
    }
    for name in context.unusual_names() {
        let letters: Vec<char> = hidden(&name.text).map(|(_, letter)| letter).collect();
        // What stands in the file as it is has been found there.
        if letters.first().is_some_and(|letter| !seen.contains(&(name.at.file, *letter))) {
            tell(findings, name.at, &letters, "in this name");
        }
    }
}

/// One finding for all letters in one line or name, at the first.
fn tell(findings: &mut Findings, at: Span, letters: &[char], here: &str) {
    let [letter, rest @ ..] = letters else { return };
    let more = if rest.is_empty() { String::new() } else { format!(", and {} more {here}", rest.len()) };
    let finding = findings.finding(format!("U+{:04X} is not seen{more}", u32::from(*letter))).at(at, "");
    findings.push(finding.help("take it out, and read again what is left"));
}
