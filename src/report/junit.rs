//! Findings as a JUnit report: one suite per file, one failed case per finding.

use indexmap::IndexMap;
use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::finding::{plain, severity_name};
use crate::diagnostic::Diagnostic;
use crate::text::Sources;

/// The report.
pub fn junit(sources: &Sources, diagnostics: &[Diagnostic]) -> String {
    let mut suites: IndexMap<&str, Vec<&Diagnostic>> = IndexMap::new();
    for diagnostic in diagnostics {
        let path = diagnostic.span().map_or("project", |span| sources.path(span.file));
        suites.entry(path).or_default().push(diagnostic);
    }
    let mut report = Report::new("prescope");
    for (path, found) in suites {
        let mut suite = TestSuite::new(path);
        for diagnostic in found {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(diagnostic.message.clone());
            status.set_type(severity_name(diagnostic.severity));
            status.set_description(plain(sources, std::slice::from_ref(diagnostic)));
            let line = diagnostic.span().map(|span| format!(":{}", sources.start(span).line)).unwrap_or_default();
            let mut case = TestCase::new(format!("{}{line}", diagnostic.code.name()), status);
            case.set_classname(path);
            suite.add_test_case(case);
        }
        report.add_test_suite(suite);
    }
    // Writing XML into a string cannot fail; characters that XML does not have are left out by the library.
    report.to_string().unwrap_or_default()
}
