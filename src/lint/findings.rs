//! Where rules put what they find.

use crate::language::{Code, Diagnostic, Fix, Span};
use crate::symbolic::NODES;

/// Where a rule puts what it finds.
#[derive(Debug)]
pub(crate) struct Findings {
    code: Code,
    pub(super) found: Vec<Diagnostic>,
}

impl Findings {
    /// For the findings of one rule, which have its code.
    pub(super) fn new(code: Code) -> Findings {
        Findings { code, found: Vec::new() }
    }

    /// A finding without a place yet.
    pub(super) fn finding(&self, message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(self.code, message)
    }

    pub(super) fn push(&mut self, finding: Diagnostic) {
        self.found.push(finding);
    }

    /// The same with a fix, if there is one.
    pub(super) fn push_with(&mut self, mut finding: Diagnostic, fix: Option<Fix>) {
        finding.fix = fix;
        self.found.push(finding);
    }

    /// Says that it is not known whether there is something to find.
    pub(super) fn undecided(&mut self, at: Span, what: &str) {
        let finding = self
            .finding(format!("undecided: {what}"))
            .at(at, "")
            .help(format!("to decide it takes more than {NODES} nodes; split the conditions"));
        self.found.push(finding);
    }
}
