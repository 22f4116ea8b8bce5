//! Findings beyond errors: what is allowed and most likely not meant. One rule, one file under `rules/`.
//!
//! Rules look at a set without errors. Each says how far it sees: what follows from the declarations alone, the entries
//! in force of every owner of the directory, or every possible world with [`crate::symbolic`]; where that needs too
//! many nodes the finding says so. Findings in shipped libraries are not their users' business and are left out.

mod allow;
mod conditional;
mod context;
mod document;
mod edit;
mod exact;
mod findings;
mod fix;
mod known;
mod level;
mod levels;
mod names;
mod part;
mod registry;
mod rule;
mod rules;
mod unread;
mod weigh;

pub use document::{document, document_all};
pub use fix::{Skipped, Wanted, apply};
pub use known::{Known, Parted};
pub use level::Level;
pub use levels::{Levels, UnknownLint};
pub use registry::{RULES, find};
pub use rule::{Example, Fixes, Reach, Rule};
pub use unread::{Content, Unread};

use crate::compile::Set;
use crate::diagnostic::Sink;
use crate::language::Diagnostic;
use context::Context;
use findings::{Findings, Found};

/// Every finding of a set, at the levels asked for, sorted by path and place. None if the set has errors: then nobody
/// has looked. Files of the project that are not read are given in the order of their ids.
pub fn lint(set: &Set, unread: &[Unread], levels: &Levels) -> Option<Vec<Diagnostic>> {
    let context = Context::new(set, unread)?;
    let mut found = Found::default();
    for rule in RULES.iter().filter(|rule| levels.level(rule) != Level::Off) {
        let mut findings = Findings::new(rule.code, found);
        (rule.check)(&context, &mut findings);
        found = findings.found;
    }
    let Found { diagnostics: mut found, in_lists } = found;
    edit::mend_lists(&set.sources, in_lists, &mut found);
    found.retain(|finding| context.is_shown(finding));
    allow::suppress(&context, levels, &mut found);
    for finding in &mut found {
        if let Some(severity) = find(finding.code.name()).and_then(|rule| levels.level(rule).severity()) {
            finding.severity = severity;
        }
    }
    let mut sink = Sink::new();
    sink.extend(found);
    Some(sink.into_sorted(&set.sources))
}
