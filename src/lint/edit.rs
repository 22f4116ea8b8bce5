//! Edits that fixes are made of: taking a declaration, a line or an entry of a list out of a text.

use crate::diagnostic::{Edit, Fix};
use crate::resolve::Origin;
use crate::syntax::ast::Item;
use crate::text::{Sources, Span};

/// A fix of one edit.
pub(super) fn fix(title: impl Into<String>, span: Span, text: impl Into<String>) -> Fix {
    Fix { title: title.into(), edits: vec![Edit { span, text: text.into() }] }
}

/// A fix that takes an entry out of its list.
pub(super) fn without_entry(title: &str, sources: &Sources, span: Span) -> Option<Fix> {
    entry(sources, span).map(|span| fix(title, span, ""))
}

/// The same for an entry that the owner's memberships name; what comes from elsewhere has no fix.
pub(super) fn without_recorded(title: &str, sources: &Sources, origin: Origin) -> Option<Fix> {
    match origin {
        Origin::Directory(span) => without_entry(title, sources, span),
        Origin::Group(..) | Origin::Policy(..) | Origin::Manifest(_) => None,
    }
}

/// A span with the whole lines it stands on, if nothing else stands there.
pub(super) fn lines(sources: &Sources, span: Span) -> Span {
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
pub(crate) fn item(sources: &Sources, item: &Item) -> Span {
    let span = item.span.0;
    let start = item.doc.as_ref().map_or(span.start, |doc| doc.span.start);
    let whole = lines(sources, Span { start, ..span });
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

/// An entry of a YAML list with its quotes and one comma, or with its dash and line. None if it is alone in a list of
/// lines, which would leave nothing.
fn entry(sources: &Sources, span: Span) -> Option<Span> {
    let text = sources.text(span.file);
    let (mut start, mut end) = (span.start as usize, span.end as usize);
    let quote = text.get(..start)?.chars().next_back().filter(|quote| matches!(quote, '"' | '\''));
    if let Some(quote) = quote.filter(|quote| text.get(end..).is_some_and(|after| after.starts_with(*quote))) {
        start -= quote.len_utf8();
        end += quote.len_utf8();
    }
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    if let Some(kept) = before.trim_end().strip_suffix(',') {
        return Some(Span::new(span.file, kept.len(), end));
    }
    if before.trim_end().ends_with('[') {
        let rest = after.trim_start();
        let end = match rest.strip_prefix(',') {
            Some(rest) => text.len() - rest.trim_start_matches(' ').len(),
            None => end,
        };
        return Some(Span::new(span.file, start, end));
    }
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let indent = before.get(line_start..)?;
    let dash = indent.trim_end().strip_suffix('-').filter(|indent| indent.chars().all(char::is_whitespace))?;
    let line_end = end + after.find('\n').map_or(after.len(), |at| at + 1);
    let like = format!("{dash}- ");
    let previous = before.get(..line_start)?.lines().next_back().is_some_and(|line| line.starts_with(&like));
    let next = text.get(line_end..)?.lines().next().is_some_and(|line| line.starts_with(&like));
    (previous || next).then(|| Span::new(span.file, line_start, line_end))
}

/// The place behind the last line inside the braces of a declaration, to add one there.
pub(super) fn before_closing_brace(sources: &Sources, item: &Item) -> Option<Span> {
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
