//! Findings as people read them: plainly, a line each, or with the text they are about.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::page::Page;
use super::table::Rows;
use crate::language::{Diagnostic, Severity, Sources};
use crate::text::{counted, place};

pub use crate::text::{followers, plain, severity_name};

/// `path:line:column: message`, of a finding that is told beside another one of the same kind.
pub(super) fn in_a_line(sources: &Sources, diagnostic: &Diagnostic) -> String {
    let at = diagnostic.span().map(|span| format!("{}: ", place(sources, span))).unwrap_or_default();
    format!("{at}{}", diagnostic.message)
}

/// How many findings each code has, the most first.
pub fn statistics(diagnostics: &[Diagnostic]) -> Page {
    let mut counts: BTreeMap<(&str, Severity), (usize, &str)> = BTreeMap::new();
    for it in diagnostics {
        counts.entry((it.code.name(), it.severity)).or_insert((0, it.code.title())).0 += 1 + it.followers;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(_, (count, _))| Reverse(*count));
    let widest = counts.first().map_or(0, |(_, (count, _))| count.to_string().len());
    let mut rows = Rows::default();
    for ((code, severity), (count, title)) in counts {
        rows.push([&format!("{count:>widest$}"), severity_name(severity), code, title]);
    }
    rows.render("")
}

/// "2 errors, 1 warning and 3 notes", and how many that follow from them are not shown; None if there is nothing to
/// count.
pub fn summary(diagnostics: &[Diagnostic]) -> Option<String> {
    let count = |severity: Severity, word: &str| {
        let count = diagnostics.iter().filter(|it| it.severity == severity).count();
        (count > 0).then(|| counted(count, word))
    };
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Information, "note")];
    let mut parts: Vec<String> = counts.into_iter().filter_map(|(severity, word)| count(severity, word)).collect();
    let last = parts.pop()?;
    let counts = if parts.is_empty() { last } else { format!("{} and {last}", parts.join(", ")) };
    Some(match diagnostics.iter().map(|it| it.followers).sum() {
        0 => counts,
        1 => format!("{counts} (1 more follows and is not shown)"),
        many => format!("{counts} ({many} more follow and are not shown)"),
    })
}

#[cfg(feature = "cli")]
pub use graphical::graphical;

#[cfg(feature = "cli")]
mod graphical;
