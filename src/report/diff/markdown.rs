//! A comparison as a comment of a pull request: the verdict, who gains what, and the rest folded away. What others
//! named stands where nobody takes it for markup or a mention, and what has no room is counted.

use super::gates::found;
use super::{Comparison, Different, Found, asides, counts, disclosures, features, group, renamed, selection};
use super::{settings_of, structure, tally, worlds};
use crate::diff::{Direction, NotCompared, Verdict};
use crate::report::page::Page;
use crate::resolve::Entries;
use crate::text::{line, shown};

/// By what an action knows its comment.
pub const MARKER: &str = "<!-- prescope-diff -->";
/// How many rows tables have.
const ROWS: usize = 20;
/// How long what stands in a cell is, as it is written.
const CELL: usize = 400;
/// How long all of it is. GitHub takes 65,536 characters.
const ALL: usize = 59_000;
/// Room for the words around what is folded away.
const AROUND: usize = 200;

/// The whole comment. `command` is what makes it again.
pub fn markdown(comparison: Comparison<'_>, command: &str) -> String {
    let mut text = format!("{MARKER}\n### {}\n\n", verdict(comparison));
    for side in comparison.sides {
        let without = if side.has_project() { "" } else { ", without this project" };
        text.push_str(&format!("{} {}{without}  \n", side.which, code(&side.to_string())));
    }
    if !comparison.people.is_empty() {
        text.push_str(&format!("The same people on both sides, from {}  \n", code(&comparison.people.join(", "))));
    }
    if comparison.entries == Entries::Recorded {
        text.push_str("On the recorded entries  \n");
    }
    for line in renamed::lines(comparison).into_iter().chain(selection::lines(comparison)) {
        text.push_str(&format!("{}  \n", code(&line)));
    }
    text.push_str(&gates(comparison.gates));
    let again = folded("How to reproduce", &Page::from(format!("{}\n", line!("{command}").trim_end())), ALL / 10);
    if let Found::Different(of) = comparison.found {
        let told = comparison.selection;
        if told.has_effect() {
            text.push_str(&gains(of));
        }
        let losses = [Direction::Loses, Direction::Differs];
        let changes = if of.compared.is_ok() && told.has_effect() { counts(&of.outcome.effect) } else { Page::new() };
        let structure = if told.has_structure() { structure::text(of.structure, of.naming) } else { Page::new() };
        let everywhere = of.everywhere.filter(|_| told.has_effect());
        let parts = [
            ("How many answers change", changes),
            ("By what was asked for", tally(of)),
            ("Losses and other values", group::of_directions(of, &losses)),
            ("In every world", everywhere.map(|it| worlds::text(it, of.naming)).unwrap_or_default()),
            ("Structure", structure),
            ("Settings", settings_of(of, &of.outcome.effect)),
            ("Features", features(&of.outcome.effect)),
            ("Disclosures", disclosures(&of.outcome.disclosures)),
            ("On one side only", asides(of, told)),
        ];
        for (title, page) in parts {
            let left = ALL.saturating_sub(text.chars().count() + again.chars().count());
            text.push_str(&folded(title, &page, left));
        }
    }
    text + &again
}

/// What came out, in one line.
fn verdict(comparison: Comparison<'_>) -> String {
    let gates = comparison.gates;
    let count = |is: fn(&Verdict) -> bool| gates.iter().filter(|gate| is(gate)).count();
    let (denied, undecided) = (count(|gate| !gate.passed() && !gate.is_undecided()), count(Verdict::is_undecided));
    let gates = match (gates.len(), denied, undecided) {
        (0, ..) => String::new(),
        (all, 0, 0) => format!("Passed {all} of {all} gates: "),
        (all, 0, undecided) => format!("Undecided {undecided} of {all} gates: "),
        (all, denied, _) => format!("Denied by {denied} of {all} gates: "),
    };
    let found = match comparison.found {
        Found::Same(_) => "no file differs".to_owned(),
        Found::Different(_) if !comparison.selection.has_effect() => "whom it concerns was not asked for".to_owned(),
        Found::Different(of) => match (of.compared, of.everywhere) {
            (Err(NotCompared::Nobody), Some(everywhere)) => format!("in every world, {}", worlds::summary(everywhere)),
            (Err(why), _) => format!("no answer could be compared, since {why}"),
            (Ok(()), _) => {
                let [known, open] = of.outcome.effect.new_visibility(|_| true);
                let lost = [of.outcome.effect.presence.lost, of.outcome.effect.presence.open[1]];
                format!(
                    "{known} new visibilities for known people and {open} for open classes, {} and {} losses",
                    lost[0], lost[1]
                )
            }
        },
    };
    let told = comparison.selection;
    let narrowed = if told.is_everything() || !told.has_effect() { "" } else { "of what was asked for, " };
    format!("{gates}{narrowed}{found}")
}

fn gates(gates: &[Verdict]) -> String {
    let mut text = String::new();
    for gate in gates.iter().take(ROWS) {
        let verdict = match (gate.is_undecided(), gate.passed()) {
            (true, _) => "undecided",
            (_, true) => "passed",
            (_, false) => "**denied**",
        };
        let found = found(gate);
        text.push_str(&format!("| {} | {found} | {} | {verdict} |\n", code(&gate.name), gate.limit));
    }
    let more = gates.len().saturating_sub(ROWS);
    if more > 0 {
        text.push_str(&format!("\nand {more} more gates\n"));
    }
    if gates.is_empty() { text } else { format!("\n| gate | found | limit | |\n|---|---|---|---|\n{text}") }
}

/// Who gains what, of whom.
fn gains(of: Different<'_>) -> String {
    let gains: Vec<_> = of.groups.iter().filter(|group| group.direction == Direction::Gains).collect();
    if gains.is_empty() {
        return if of.compared.is_ok() { "\nNobody gains anything of presence.\n".to_owned() } else { String::new() };
    }
    let mut text = "\n| who gains | of whom | what | answers |\n|---|---|---|---|\n".to_owned();
    for group in gains.iter().take(ROWS) {
        let [who, whom, what] =
            [group::viewers(of, group), group::owners(of, group), group::what(group)].map(|words| code(&words));
        text.push_str(&format!("| {who} | {whom} | {what} | {} known, {} open |\n", group.known, group.open));
    }
    let left = gains.get(ROWS..).unwrap_or_default();
    if !left.is_empty() {
        let sum = |count: fn(&crate::diff::Group) -> usize| left.iter().map(|group| count(group)).sum::<usize>();
        let (known, open) = (sum(|group| group.known), sum(|group| group.open));
        text.push_str(&format!(
            "\nand {} more groups: {known} answers of known people, {open} of open classes\n",
            left.len()
        ));
    }
    text
}

/// A text as it is, folded away under a title; as many lines as there is room for, and how many have none.
fn folded(title: &str, page: &Page, room: usize) -> String {
    let page = page.trim_matches('\n');
    if page.is_empty() {
        return String::new();
    }
    let mut lines = String::new();
    let (mut length, mut left) = (AROUND, 0);
    for line in page.lines() {
        // An empty line would end the block in which nothing is markup.
        let line = escaped(if line.is_empty() { " " } else { line }, &['&', '<', '>']);
        length += line.chars().count() + 1;
        if left > 0 || length > room {
            left += 1;
            continue;
        }
        lines.push_str(&line);
        lines.push('\n');
    }
    let more = if left == 0 { String::new() } else { format!("\n{left} more lines have no room here.\n") };
    format!("\n<details><summary>{title}</summary>\n\n<pre>\n{lines}</pre>\n{more}\n</details>\n")
}

/// Words that others chose, where nothing in them is markup, a mention or a link; cut where they are too long.
fn code(words: &str) -> String {
    const MARKUP: [char; 21] =
        ['&', '<', '>', '|', '`', '*', '_', '[', ']', '(', ')', '\\', '~', '!', '#', '$', '@', ':', '"', '\'', '^'];
    let mut text = String::new();
    for letter in shown(words).chars() {
        let letter = escaped(letter.encode_utf8(&mut [0; 4]), &MARKUP);
        if text.len() + letter.len() > CELL {
            text.push('…');
            break;
        }
        text.push_str(&letter);
    }
    format!("<code>{text}</code>")
}

fn escaped(text: &str, markup: &[char]) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match markup.contains(&letter) {
            true => escaped.push_str(&format!("&#{};", u32::from(letter))),
            false => escaped.push(letter),
        }
    }
    escaped
}
