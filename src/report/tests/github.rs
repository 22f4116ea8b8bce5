//! Annotations that GitHub puts beside the lines of a change.

use super::{counted, empty, failures, summary};
use crate::diagnostic::Severity;
use crate::expect::Run;
use crate::report::github::{annotation, below, data, left_out, property, room};
use crate::text::{Sources, Span, shown};

/// A line for each failure and each doubt, as far as GitHub shows them, how many more there are, and the counts. The prefix
/// leads from the repository to the project.
pub fn github(sources: &Sources, run: &Run, prefix: &str) -> String {
    let mut text = String::new();
    let mut room = room();
    let (mut failed, mut doubtful) = (0, 0);
    for outcome in &run.outcomes {
        for (at, short, long) in failures(sources, outcome) {
            if room.take(Severity::Error) {
                let message = format!("{}\n\n{}", shown(&short), long.trim_end());
                text.push_str(&failure(sources, prefix, (at, &outcome.label), &message));
            } else {
                failed += 1;
            }
        }
        for doubt in &outcome.doubts {
            if room.take(doubt.severity) {
                text.push_str(&annotation(sources, doubt, prefix));
            } else {
                doubtful += 1;
            }
        }
    }
    if let Some(nothing) = empty(run) {
        let command = if run.lacks_tests { "error" } else { "warning" };
        text.push_str(&format!("::{command} title=prescope test::{}\n", data(&nothing)));
    }
    let rest = [(failed, "failure"), (doubtful, "doubt")].into_iter().filter(|(count, _)| *count > 0);
    let rest: Vec<String> = rest.map(|(count, word)| counted(count, word)).collect();
    if !rest.is_empty() {
        let rest = rest.join(" and ");
        text.push_str(&left_out("prescope test", &format!("not shown: {rest} more; `--format text` shows each")));
    }
    text + &summary(run)
}

fn failure(sources: &Sources, prefix: &str, (at, label): (Span, &str), message: &str) -> String {
    let (start, end) = (sources.start(at), sources.end(at));
    format!(
        "::error file={},line={},endLine={},col={},title={}::{}\n",
        property(&below(prefix, sources.path(at.file))),
        start.line,
        end.line,
        start.column,
        property(&format!("test failed: {}", shown(label))),
        data(message),
    )
}
