//! Annotations that GitHub puts beside the lines of a change.

use super::{empty, failures, summary};
use crate::expect::Run;
use crate::language::Sources;
use crate::report::github::{annotation, data, property};
use crate::text::shown;

/// A line for each failure and each doubt, then the counts.
pub fn github(sources: &Sources, run: &Run, keep: &str) -> String {
    let mut text = String::new();
    for outcome in &run.outcomes {
        for (at, short, long) in failures(sources, outcome, keep) {
            let (start, end) = (sources.start(at), sources.end(at));
            text.push_str(&format!(
                "::error file={},line={},endLine={},col={},title={}::{}\n",
                property(sources.path(at.file)),
                start.line,
                end.line,
                start.column,
                property(&format!("test failed: {}", shown(&outcome.label))),
                data(&format!("{}\n\n{}", shown(&short), long.trim_end())),
            ));
        }
        text.extend(outcome.doubts.iter().map(|doubt| annotation(sources, doubt)));
    }
    if let Some(nothing) = empty(run) {
        let command = if run.lacks_tests { "error" } else { "warning" };
        text.push_str(&format!("::{command} title=prescope test::{}\n", data(&nothing)));
    }
    text + &summary(run)
}
