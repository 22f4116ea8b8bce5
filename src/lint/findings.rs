//! Where rules put what they find.

use super::edit::InList;
use crate::language::{Code, Diagnostic, Fix, Span};
use crate::symbolic::NODES;

/// Findings of several rules.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Which of them a change of a directory list mends.
    pub(super) in_lists: Vec<(usize, InList)>,
}

/// Where a rule puts what it finds.
#[derive(Debug)]
pub(crate) struct Findings {
    code: Code,
    pub(super) found: Found,
}

impl Findings {
    /// Collects the findings of one rule, which get its code, after those of other rules.
    pub(super) fn new(code: Code, found: Found) -> Findings {
        Findings { code, found }
    }

    /// A finding without a place yet.
    pub(super) fn finding(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.code, message)
    }

    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.found.diagnostics.push(finding);
    }

    /// Adds a finding with the change of a directory list that mends it, if there is one.
    pub(super) fn push_in_list(&mut self, finding: Diagnostic, fix: Option<InList>) {
        let index = self.found.diagnostics.len();
        self.found.in_lists.extend(fix.map(|fix| (index, fix)));
        self.push(finding);
    }

    /// The same with a fix, if there is one.
    pub(super) fn push_with(&mut self, mut finding: Diagnostic, fix: Option<Fix>) {
        finding.fix = fix;
        self.push(finding);
    }

    /// Says that it is not known whether there is something to find.
    pub(super) fn undecided(&mut self, at: Span, what: &str) {
        let finding = self
            .finding(format!("undecided: {what}"))
            .at(at, "")
            .help(format!("to decide it takes more than {NODES} nodes; split the conditions"));
        self.push(finding);
    }
}
