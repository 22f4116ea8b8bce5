//! How far what is written reaches in its text: a line or a declaration with all that goes when it goes, and where
//! another line would come.

use super::ast::Item;
use crate::text::{Sources, Span};

/// A span with the whole lines it stands on, if nothing else stands there.
pub fn whole_lines(sources: &Sources, span: Span) -> Span {
    let text = sources.text(span.file);
    let (start, end) = (span.start as usize, span.end as usize);
    let before = text.get(..start).unwrap_or_default();
    let after = text.get(end..).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let indented = before.get(line_start..).is_some_and(|indent| indent.chars().all(char::is_whitespace));
    let line_end = after.find('\n').map_or(after.len(), |at| at + 1);
    let rest = after.get(..line_end).unwrap_or_default().trim();
    if !indented || !(rest.is_empty() || rest == ",") {
        return span;
    }
    Span::new(span.file, line_start, end + line_end)
}

/// A declaration with its documentation, its lines, and one blank line of those around it.
pub fn whole_item(sources: &Sources, item: &Item) -> Span {
    let span = item.span.0;
    let start = item.doc.as_ref().map_or(span.start, |doc| doc.span.start);
    let whole = whole_lines(sources, Span { start, ..span });
    let text = sources.text(span.file);
    let before = text.get(..whole.start as usize).unwrap_or_default();
    let after = text.get(whole.end as usize..).unwrap_or_default();
    let starts_line = before.is_empty() || before.ends_with('\n');
    if !starts_line || !(after.is_empty() || sources.slice(whole).ends_with('\n')) {
        return whole;
    }
    let (end_before, end_after) = (line_end(before), if after.starts_with("\r\n") { 2 } else { 1 });
    let blank_before = end_before > 0 && line_end(before.get(..before.len() - end_before).unwrap_or_default()) > 0;
    if blank_before && after.starts_with(['\n', '\r']) {
        Span { end: whole.end + end_after, ..whole }
    } else if after.is_empty() {
        // At the end of the file the blank line is the one before, and a last line without end stays without.
        let torn = if text.ends_with('\n') { 0 } else { end_before };
        Span { start: whole.start - if blank_before { end_before + torn } else { torn } as u32, ..whole }
    } else {
        whole
    }
}

/// How many bytes the line end has that a text ends with.
fn line_end(text: &str) -> usize {
    if text.ends_with("\r\n") { 2 } else { usize::from(text.ends_with('\n')) }
}

/// The place behind the last line inside the braces of a declaration, to add one there.
pub fn before_closing_brace(sources: &Sources, item: &Item) -> Option<Span> {
    let span = item.span.0;
    let text = sources.text(span.file);
    let close = span.end as usize - 1;
    if text.get(close..span.end as usize) != Some("}") {
        return None;
    }
    let line = text.get(..close)?.rfind('\n')? + 1;
    // Only where the brace has a line of its own.
    text.get(line..close)?.trim().is_empty().then(|| Span::new(span.file, line, line))
}
