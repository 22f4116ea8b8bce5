//! Edits that fixes are made of: taking a declaration, a line or an entry of a list out of a text.

use crate::language::{Edit, Fix, Sources, Span};
use crate::resolve::Origin;

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
