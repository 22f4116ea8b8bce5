//! Annotations that GitHub puts beside the lines of a change.

use super::{failures, summary};
use crate::expect::Run;
use crate::text::Sources;

/// A line for each failure, then the counts. The prefix leads from the repository to the project.
pub fn github(sources: &Sources, run: &Run, prefix: &str) -> String {
    let mut text = String::new();
    for outcome in &run.outcomes {
        for (at, short, long) in failures(sources, outcome) {
            let (start, end) = (sources.start(at), sources.end(at));
            let path = match prefix {
                "" => sources.path(at.file).to_owned(),
                prefix => format!("{prefix}/{}", sources.path(at.file)),
            };
            text.push_str(&format!(
                "::error file={},line={},endLine={},col={},title={}::{}\n",
                property(&path),
                start.line,
                end.line,
                start.column,
                property(&format!("test failed: {}", outcome.label)),
                data(&format!("{short}\n\n{}", long.trim_end())),
            ));
        }
    }
    text + &summary(run)
}

/// A message, whose line ends GitHub wants escaped.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before the message, where the separators are escaped too.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
