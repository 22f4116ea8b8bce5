//! What became of tests: short where all is well, and where it is not, what was expected, what is so, and why.

mod github;
mod junit;

pub use github::github;
pub use junit::junit;

use super::answer::sentences;
use super::page::{Ink, Page};
use super::{finding, not_proved, place, unknown};
use crate::expect::{Check, Drift, Outcome, Run};
use crate::language::{Diagnostic, Sources, Span};
use crate::resolve::Unknown;
use crate::text::{counted, line};

/// Every failure, then the counts. `keep` is how to have the reasons of now kept.
pub fn text(sources: &Sources, run: &Run, keep: &str) -> Page {
    let mut text = Page::new();
    for outcome in run.outcomes.iter().filter(|outcome| !outcome.passed()) {
        let rest = line!(": {}  {}", outcome.label, place(sources, outcome.at));
        text.push_str(Page::inked(Ink::Loss, "failed") + rest + "\n");
        text.push_str(indented(&finding::plain(sources, &outcome.impossible), "  "));
        if !outcome.impossible.is_empty() {
            text.push('\n');
        }
        for check in outcome.checks.iter().filter(|check| !check.passed) {
            text.push_str(failure(sources, check, keep));
            text.push('\n');
        }
    }
    let doubts: Vec<Diagnostic> = run.outcomes.iter().flat_map(|outcome| &outcome.doubts).cloned().collect();
    text.push_str(finding::plain(sources, &doubts));
    let ink = if run.is_empty() { Ink::Partly } else { Ink::Yes };
    text.push_str(Page::inked(if run.passed() { ink } else { Ink::Loss }, summary(run)));
    for (file, name) in &run.stale {
        text.push_str(line!("{}: no expectation asks for snapshot \"{name}\" any more", sources.path(*file)));
    }
    text
}

/// One expectation that failed: its text, what was expected and what is so, and the reason.
fn failure(sources: &Sources, check: &Check, keep: &str) -> String {
    let mut text = quoted(sources, check.at);
    text.push_str(&format!(
        "\n{}{}",
        line!("    expected  {}", check.expected),
        line!("    actual    {}", actual(check))
    ));
    if let Some(drift) = &check.drift {
        text.push_str(&format!("{}\n", line!("    reason    {}", drifted(drift, keep))));
        text.push_str(&indented(&(drift.lines().join("\n") + "\n"), "      "));
    }
    if let Some(about) = &check.about {
        text.push_str(&format!("\n{}", line!("    {about}")));
    }
    if !check.explanation.is_empty() {
        text.push('\n');
        text.push_str(&indented(&sentences(sources, &check.explanation), "    "));
    }
    text
}

/// What is so, or why it cannot be asked, with what to write instead.
pub(super) fn actual(check: &Check) -> String {
    let help = match &check.unknown {
        None => None,
        Some(Unknown::NotParticipant { meeting, .. }) => Some(format!("say as what, as in `in {meeting} as ROLE`")),
        Some(unknown) => unknown::help(unknown),
    };
    help.map_or_else(|| check.actual.clone(), |help| format!("{}; {help}", check.actual))
}

/// What is wrong with a reason.
fn drifted(drift: &Drift, keep: &str) -> String {
    match drift.kept {
        Some(_) => format!("differs from snapshot \"{}\"; {keep} keeps the new one", drift.name),
        None => format!("no snapshot \"{}\" is kept; {keep} keeps this one", drift.name),
    }
}

/// The lines of a span with their numbers, as they stand in the file.
fn quoted(sources: &Sources, span: Span) -> String {
    let (first, last) = (sources.start(span).line, sources.end(span).line);
    let width = last.to_string().len();
    let lines = sources.text(span.file).lines().enumerate();
    let lines = lines.skip(first - 1).take(last + 1 - first);
    lines.map(|(index, line)| line!("  {:>width$} │ {}", index + 1, line.trim_end().replace('\t', "    "))).collect()
}

/// "no tests: nothing was checked"; None if one ran.
fn empty(run: &Run) -> Option<String> {
    let none = if run.left_out == 0 { "no tests" } else { "no test ran" };
    run.is_empty().then(|| format!("{none}: nothing was checked"))
}

/// "2 of 94 tests failed, with 3 of 493 expectations", and what was not looked at.
pub fn summary(run: &Run) -> String {
    let tests = run.outcomes.len();
    let failed = run.outcomes.iter().filter(|outcome| !outcome.passed()).count();
    let checks = || run.outcomes.iter().flat_map(|outcome| &outcome.checks);
    let failed_checks = checks().filter(|check| !check.passed).count();
    let mut text = if let Some(nothing) = empty(run) {
        nothing
    } else if failed == 0 {
        format!("{} with {} passed", counted(tests, "test"), counted(checks().count(), "expectation"))
    } else {
        let of = counted(checks().count(), "expectation");
        format!("{failed} of {} failed, {failed_checks} of {of}", counted(tests, "test"))
    };
    if run.left_out > 0 {
        text.push_str(&format!("; {} left out", run.left_out));
    }
    if run.not_run > 0 {
        text.push_str(&format!("; {} not run", run.not_run));
    }
    text.push('\n');
    if let Some(invariants) = not_proved(run.invariants) {
        text.push_str(&line!("{invariants}"));
    }
    text
}

pub(super) fn indented(text: &str, indent: &str) -> String {
    text.lines().map(|line| format!("{indent}{line}").trim_end().to_owned() + "\n").collect()
}

/// Every way an outcome failed: where, in a line, and at length.
fn failures(sources: &Sources, outcome: &Outcome, keep: &str) -> Vec<(Span, String, String)> {
    let impossible = outcome.impossible.iter().map(|diagnostic| {
        let at = diagnostic.span().unwrap_or(outcome.at);
        (at, diagnostic.message.clone(), finding::plain(sources, std::slice::from_ref(diagnostic)))
    });
    let failed = outcome.checks.iter().filter(|check| !check.passed).map(|check| {
        let actual = check.drift.as_ref().map_or_else(|| actual(check), |drift| drifted(drift, keep));
        (check.at, format!("expected: {}; actual: {actual}", check.expected), failure(sources, check, keep))
    });
    impossible.chain(failed).collect()
}
