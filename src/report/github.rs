//! Findings as annotations of GitHub's workflow runs, the heaviest first, and no more than are shown.

use super::telling::{Room, Shown, Telling, Told};
use crate::language::{Diagnostic, Severity, Sources};

/// How many annotations of each kind GitHub shows of one step of a job.
const SHOWN: usize = 10;

/// A workflow command for each finding that is told, and a notice that says what is left out, which is one of those
/// that are shown.
pub fn github(sources: &Sources, telling: &Telling<'_>) -> String {
    let all = within(telling, |_| SHOWN);
    let mut shown = match all.rest {
        Some(_) => within(telling, |severity| SHOWN - usize::from(severity == Severity::Information)),
        None => all,
    };
    shown.told.sort_by_key(|told| told.first.severity);
    let mut text: String = shown.told.into_iter().map(|told| group(sources, telling, told)).collect();
    text.extend(shown.rest.map(|rest| format!("::notice title=prescope::{}\n", data(&rest))));
    text
}

fn within<'t, 'd>(telling: &'t Telling<'d>, most: fn(Severity) -> usize) -> Shown<'t, 'd> {
    let mut room = Room::new(most);
    telling.within(|finding| room.take(finding.severity))
}

fn group(sources: &Sources, telling: &Telling<'_>, told: &Told<'_>) -> String {
    let also = told.next_places().map(|other| format!("also: {}", super::finding::in_a_line(sources, other)));
    let more: String = also.chain(telling.more(told)).map(|line| format!("\n{line}")).collect();
    command(sources, told.first, &more)
}

/// The command for one finding.
pub(super) fn annotation(sources: &Sources, diagnostic: &Diagnostic) -> String {
    command(sources, diagnostic, "")
}

fn command(sources: &Sources, diagnostic: &Diagnostic, more: &str) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Information => "notice",
    };
    let mut properties = Vec::new();
    if let Some(span) = diagnostic.span() {
        let (start, end) = (sources.start(span), sources.end(span));
        properties.push(format!("file={}", property(sources.path(span.file))));
        properties.push(format!("line={}", start.line));
        properties.push(format!("endLine={}", end.line));
        // Columns are understood on one line only.
        if start.line == end.line {
            properties.push(format!("col={}", start.column));
            properties.push(format!("endColumn={}", end.column));
        }
    }
    properties.push(format!("title={}", property(diagnostic.code.name())));
    let mut message = diagnostic.message.clone();
    for (index, label) in diagnostic.labels.iter().enumerate().filter(|(_, label)| !label.text.is_empty()) {
        let at = if index == 0 { String::new() } else { format!("{}: ", super::place(sources, label.span)) };
        message.push_str(&format!("\n{at}{}", label.text));
    }
    if let Some(help) = &diagnostic.help {
        message.push_str(&format!("\nhelp: {help}"));
    }
    if let Some(followers) = super::finding::followers(diagnostic) {
        message.push_str(&format!("\nnote: {followers}"));
    }
    message.push_str(more);
    format!("::{command} {}::{}\n", properties.join(","), data(&message))
}

/// A message, whose line ends GitHub wants escaped.
pub(super) fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A value before the message, where the separators are escaped too.
pub(super) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
