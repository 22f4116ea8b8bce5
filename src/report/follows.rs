//! What follows from a plan besides its effect: tests, findings, and who has to migrate next.

use super::page::{Ink, Page};
use super::plan::Written;
use super::telling::{Telling, Told};
use super::tests::actual;
use super::{counted as counted_users, finding, place};
use crate::expect::Outcome;
use crate::language::{Diagnostic, Sources, Span};
use crate::model::UserId;
use crate::project::{Follows, Project, Turned};
use crate::text::{counted, line};

/// How many tests and findings are told of each kind.
const SHOWN: usize = 8;

/// A project before and after a plan, of which its files hold one.
#[derive(Clone, Copy, Debug)]
pub struct Sides<'p> {
    /// As it was read.
    pub before: &'p Project,
    /// As it is to be.
    pub after: &'p Project,
    /// Which of them the files hold.
    pub written: Written,
}

impl<'p> Sides<'p> {
    /// A place of the second state in the files as they are: before they are written nobody has the changed ones.
    pub(super) fn on_disk(self, span: Span) -> (&'p Sources, Span) {
        match self.written {
            Written::Yes => (self.after.sources(), span),
            Written::NotYet => (self.before.sources(), self.after.place_on_disk(span)),
        }
    }

    /// The same for findings of the second state.
    pub(super) fn found(self, findings: &[Diagnostic]) -> (&'p Sources, Vec<Diagnostic>) {
        match self.written {
            Written::Yes => (self.after.sources(), findings.to_vec()),
            Written::NotYet => {
                let on_disk = findings.iter().cloned().map(|finding| self.after.on_disk(finding));
                (self.before.sources(), on_disk.collect())
            }
        }
    }

    /// Where a test stands in the files as they are.
    pub(super) fn test_at(self, test: &Turned) -> (&'p Sources, Span) {
        match self.written {
            Written::Yes => (self.after.sources(), test.at[1]),
            Written::NotYet => (self.before.sources(), test.at[0]),
        }
    }
}

/// How to have what is not told or was not looked at.
#[derive(Clone, Copy, Debug)]
pub struct More {
    /// What has all tests and findings.
    pub all: &'static str,
    /// What proves invariants.
    pub prove: &'static str,
}

/// What follows.
pub fn text(sides: Sides<'_>, follows: &Follows, more: More) -> Page {
    let mut text = Page::from("\nwhat follows\n");
    text.push_str(tests(sides, follows, more));
    text.push_str(findings(sides, follows, more));
    text.push_str(owners(sides, follows));
    if follows.invariants > 0 {
        let (invariants, prove) = (counted(follows.invariants, "invariant"), more.prove);
        let them = if follows.invariants == 1 { "it" } else { "them" };
        text.push_str(line!("  not looked at: {invariants}; {prove} proves {them}"));
    }
    text
}

fn tests(sides: Sides<'_>, follows: &Follows, more: More) -> Page {
    let of = &follows.tests;
    let verb = |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let parts = [
        (of.fail.len(), "begins to fail", "begin to fail"),
        (of.pass.len(), "begins to pass", "begin to pass"),
        (of.failing, "fails already", "fail already"),
    ];
    let parts = parts.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| verb(count, one, many));
    let parts: Vec<String> = parts.collect();
    let words = match (of.ran, parts.is_empty()) {
        (0, _) => "none, so nothing was checked".to_owned(),
        (ran, true) => format!("{} as before", verb(ran, "test passes", "tests pass")),
        (ran, false) => format!("{}: {}", counted(ran, "test"), parts.join(", ")),
    };
    let mut text = Page::from(line!("  tests       {words}"));
    for (word, ink, tests) in [("fails", Ink::Loss, &of.fail), ("passes", Ink::Yes, &of.pass)] {
        for test in tests.iter().take(SHOWN) {
            let (sources, at) = sides.test_at(test);
            text.push_str("    ");
            text.push_str(Page::inked(ink, word));
            text.push_str(line!(": {}  {}", test.failed.label, place(sources, at)));
            if word == "fails" {
                text.push_str(line!("      {}", why(&test.failed)));
            }
        }
        text.push_str(left_out(tests.len(), "test", more));
    }
    text
}

/// The first thing that is not as expected.
pub(super) fn why(failed: &Outcome) -> String {
    if let Some(impossible) = failed.impossible.first() {
        return impossible.message.clone();
    }
    match failed.checks.iter().find(|check| !check.passed) {
        Some(check) if check.drift.is_some() => {
            format!("expected {}: it is so, and the reason is not the one that is kept", check.expected)
        }
        Some(check) => format!("expected {}; actual {}", check.expected, actual(check)),
        None => String::new(),
    }
}

fn findings(sides: Sides<'_>, follows: &Follows, more: More) -> Page {
    let of = &follows.findings;
    let words = match (of.come.len(), of.go.len(), of.stay) {
        (0, 0, 0) => "none, as before".to_owned(),
        (0, 0, stay) => format!("the same {}", counted(stay, "finding")),
        (come, go, stay) => {
            let parts = [(come, "come", "comes"), (go, "go", "goes"), (stay, "stay", "stays")];
            let said = parts.into_iter().filter(|(count, ..)| *count > 0);
            let said = said.map(|(count, many, one)| format!("{count} {}", if count == 1 { one } else { many }));
            said.collect::<Vec<String>>().join(", ")
        }
    };
    let mut text = Page::from(line!("  findings    {words}"));
    let (sources, come) = sides.found(&of.come);
    text.push_str(listed(sources, &come, ("comes", Ink::Loss), more));
    text.push_str(listed(sides.before.sources(), &of.go, ("goes", Ink::Yes), more));
    text
}

/// Findings in a line each, those of one cause together.
fn listed(sources: &Sources, found: &[Diagnostic], (word, ink): (&str, Ink), more: More) -> Page {
    let telling = Telling::grouped(sources, found, more.all);
    let mut room = 0..SHOWN;
    let shown = telling.within(|_| room.next().is_some());
    let mut text = Page::new();
    for Told { first, .. } in shown.told {
        let at = first.span().map(|span| format!("  {}", place(sources, span))).unwrap_or_default();
        let severity = finding::severity_name(first.severity);
        let rest = line!(": {severity}: {} [{}]{at}", first.message, first.code.name());
        text.push_str(Page::from("    ") + Page::inked(ink, word) + rest);
    }
    text + shown.rest.map(|rest| line!("    {rest}")).unwrap_or_default()
}

fn owners(sides: Sides<'_>, follows: &Follows) -> Page {
    let model = sides.after.model();
    let of = &follows.owners;
    let users = |users: &[UserId]| counted_users(model, users);
    let next = match of.migrate.as_slice() {
        [] => "nobody who had not to before".to_owned(),
        some => users(some),
    };
    let mut text = Page::from(line!("  to migrate  {next}"));
    let others = [
        (&of.held, "held by policy, which demands what the manifest drops"),
        (&of.unknown, "not known, since the directory does not record their entries"),
    ];
    for (some, words) in others.into_iter().filter(|(some, _)| !some.is_empty()) {
        text.push_str(line!("    {words}: {}", users(some)));
    }
    text
}

/// How many are not told.
fn left_out(count: usize, word: &str, more: More) -> String {
    match count.saturating_sub(SHOWN) {
        0 => String::new(),
        left => line!("    and {}; {} has them all", counted(left, &format!("more {word}")), more.all),
    }
}
