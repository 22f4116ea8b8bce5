//! A set with errors, as an error.

use std::fmt;
use std::sync::Arc;

use super::Project;
use crate::language::Diagnostic;
use crate::resolve::{Entries, RuleSet};
use crate::text::plain;

/// A set with errors, which answers no question. Printed, it says what is wrong, where, and what to do, as `prescope
/// check` does.
///
/// ```
/// use prescope::{Entries, Project};
///
/// let project = Project::builder().policy("chat.prescope", "use std/lnyc2013").build();
/// let errors = project.rules(Entries::InForce).unwrap_err();
/// assert_eq!(
///     errors.to_string(),
///     "the set has errors\n\
///      chat.prescope:1:5: error: there is no library `std/lnyc2013` [model::unknown-library]\n    \
///      help: did you mean `std/lync2013`?",
/// );
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct SetErrors {
    diagnostics: Vec<Diagnostic>,
    told: String,
}

impl SetErrors {
    /// The errors, sorted by path and place.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl fmt::Display for SetErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the set has errors\n{}", self.told.trim_end())
    }
}

/// As it is displayed: a program whose `main` returns it prints this, and so does `unwrap`.
impl fmt::Debug for SetErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for SetErrors {}

impl Project {
    /// The set, ready to answer questions on these entries. If it has errors, they are what is returned instead.
    pub fn rules(&self, entries: Entries) -> Result<RuleSet, SetErrors> {
        match &self.set.graph {
            Some(graph) => Ok(RuleSet::new(Arc::clone(graph), entries)),
            None => Err(self.errors()),
        }
    }

    /// What is wrong with a set that answers nothing.
    pub(super) fn errors(&self) -> SetErrors {
        let diagnostics: Vec<Diagnostic> = self.diagnostics.iter().filter(|it| it.is_error()).cloned().collect();
        SetErrors { told: plain(&self.set.sources, &diagnostics), diagnostics }
    }
}
