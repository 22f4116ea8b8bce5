//! JUnit reports: one suite per file. Of findings, one failed case for each.

use indexmap::IndexMap;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::finding::{plain, severity_name};
use super::{Beside, not_proved};
use crate::language::{Diagnostic, Sources, Span};
use crate::text::shown;

/// The report of findings, with a skipped case for what there was before, and one for the invariants.
pub fn junit(sources: &Sources, diagnostics: &[Diagnostic], beside: Beside<'_>) -> String {
    let path = |diagnostic: &Diagnostic| diagnostic.span().map_or("project", |span| sources.path(span.file));
    let cases = diagnostics.iter().map(|diagnostic| (path(diagnostic), case(sources, path(diagnostic), diagnostic)));
    let old = beside.since.and_then(|since| since.there_already());
    let old = old.map(|old| ("project", skipped("project", &old)));
    // A report without any case looks as if nobody had looked.
    let none = diagnostics.is_empty().then(|| ("project", TestCase::new("no findings", TestCaseStatus::success())));
    document(cases.chain(none).chain(old).chain(unproved(beside.invariants)))
}

/// The case that says that invariants are not proved; None if there are none.
pub(super) fn unproved(invariants: usize) -> Option<(&'static str, TestCase)> {
    Some(("invariants", skipped("invariants", &not_proved(invariants)?)))
}

/// A case about a place, with its file and line.
pub(super) fn placed(sources: &Sources, span: Span, mut case: TestCase) -> TestCase {
    let file = shown(sources.path(span.file));
    case.set_classname(&*file);
    case.extra.insert("file".into(), (&*file).into());
    case.extra.insert("line".into(), sources.start(span).line.to_string().into());
    case
}

/// A case of something that was not looked at.
pub(super) fn skipped(class: &str, why: &str) -> TestCase {
    let mut status = TestCaseStatus::skipped();
    status.set_message(why);
    let mut case = TestCase::new(why, status);
    case.set_classname(class);
    case
}

fn case(sources: &Sources, path: &str, diagnostic: &Diagnostic) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_message(&*shown(&diagnostic.message));
    status.set_type(severity_name(diagnostic.severity));
    status.set_description(plain(sources, std::slice::from_ref(diagnostic)));
    let line = diagnostic.span().map(|span| format!(":{}", sources.start(span).line)).unwrap_or_default();
    let mut case = TestCase::new(format!("{}{line}", diagnostic.code.name()), status);
    case.set_classname(&*shown(path));
    case
}

/// A report of cases, each with its file: a suite for each file, in the order in which they come.
pub(super) fn document<'a>(cases: impl Iterator<Item = (&'a str, TestCase)>) -> String {
    let mut suites: IndexMap<&str, TestSuite> = IndexMap::new();
    for (file, case) in cases {
        suites.entry(file).or_insert_with(|| TestSuite::new(&*shown(file))).add_test_case(case);
    }
    let mut report = Report::new("prescope");
    report.add_test_suites(suites.into_values());
    // Writing XML into a string cannot fail. Characters that XML does not have are spelt out before.
    report.to_string().unwrap_or_default()
}
