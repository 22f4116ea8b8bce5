//! Edits of the text of policy objects that look as if their author had made them: nothing else of the file changes.

use crate::language::ast::{Item, PolicyObject};
use crate::language::{Edit, Parsed, Span, edited, format, parse};

/// How far an entry stands in where no other shows it.
const INDENT: &str = "    ";

/// A setting and its value, as policies write them.
pub(super) type WrittenSetting = (String, String);

/// Adds lines to an object, behind those it has.
pub(super) fn lines(text: &str, item: &Item, policy: &PolicyObject, added: &[WrittenSetting]) -> Edit {
    let close = item.span.0.end as usize - 1;
    let file = item.span.0.file;
    let head = policy.like.as_ref().map_or(policy.scope.span, |like| like.span).end as usize;
    let open = brace(text, head);
    let inside = text.get(open + 1..close).unwrap_or_default();
    let end = line_end(text);
    let outer = indent(text, item.span.0.start as usize).to_owned();
    let insert = |at: usize, text: String| Edit { span: Span::new(file, at, at), text };
    let Some(last) = policy.assignments.last() else {
        let indent = format!("{outer}{INDENT}");
        let text_of = joined(added, &indent, end, |name, value| format!("{name} = {value}"));
        return if inside.contains('\n') {
            // Behind the comments, before the line of the brace.
            let behind = open + 1 + inside.trim_end().len();
            insert(behind, format!("{end}{text_of}"))
        } else {
            let span = Span::new(file, open + 1, close);
            Edit { span, text: format!("{end}{text_of}{end}{outer}") }
        };
    };
    let value_end = last.value.span.end as usize;
    if !inside.contains('\n') {
        let more: Vec<String> = added.iter().map(|(name, value)| format!(", {name} = {value}")).collect();
        return insert(value_end, more.concat());
    }
    let start = last.name.span.start as usize;
    let before = indent(text, start);
    let own_line = line_start(text, start) + before.len() == start;
    let indent = if own_line { before.to_owned() } else { format!("{outer}{INDENT}") };
    // Where the author lets the signs align, they go on doing so.
    let written = text.get(last.name.span.end as usize..last.value.span.start as usize).unwrap_or_default();
    let gap = written.find('=').unwrap_or(1);
    let width = if gap > 1 { last.name.span.len() + gap } else { 0 };
    let text_of = joined(added, &indent, end, |name, value| {
        let blanks = " ".repeat(width.saturating_sub(name.len()).max(1));
        format!("{name}{blanks}= {value}")
    });
    insert(behind_entry(text, value_end), format!("{end}{text_of}"))
}

fn joined(added: &[WrittenSetting], indent: &str, end: &str, one: impl Fn(&str, &str) -> String) -> String {
    let lines: Vec<String> = added.iter().map(|(name, value)| format!("{indent}{}", one(name, value))).collect();
    lines.join(end)
}

/// The words that declare an object, with the line ends of a text.
pub(super) fn declaration(text: &str, head: &str, settings: &[WrittenSetting]) -> String {
    let end = line_end(text);
    if settings.is_empty() {
        return format!("{head} {{}}");
    }
    let lines = joined(settings, INDENT, end, |name, value| format!("{name} = {value}"));
    format!("{head} {{{end}{lines}{end}}}")
}

/// A new object behind another item, or at the end of the file: apart by a blank line, unless its neighbours touch.
pub(super) fn object(parsed: &Parsed, text: &str, behind: Option<&Item>, declaration: &str) -> Edit {
    let end = line_end(text);
    let Some(item) = behind else {
        let (at, torn) = (text.len(), !text.is_empty() && !text.ends_with('\n'));
        let before = if text.is_empty() { "" } else { end };
        let text = if torn { format!("{before}{end}{declaration}") } else { format!("{before}{declaration}{end}") };
        return Edit { span: Span::new(parsed.file, at, at), text };
    };
    let at = behind_entry(text, item.span.0.end as usize);
    let after = text.get(at..).unwrap_or_default();
    let next = after.strip_prefix("\r\n").or_else(|| after.strip_prefix('\n')).unwrap_or(after);
    let blank_below = next.is_empty() || next.starts_with(['\n', '\r']);
    let one_line = !text.get(item.span.0.start as usize..item.span.0.end as usize).unwrap_or_default().contains('\n');
    let apart = blank_below && !(one_line && touches_the_one_above(text, item));
    let gap = if apart { end } else { "" };
    Edit { span: Span::new(parsed.file, at, at), text: format!("{end}{gap}{declaration}") }
}

/// True if the line above an item holds something.
fn touches_the_one_above(text: &str, item: &Item) -> bool {
    let start = item.doc.as_ref().map_or(item.span.0, |doc| doc.span).start as usize;
    let above = text.get(..line_start(text, start)).unwrap_or_default();
    above.lines().next_back().is_some_and(|line| !line.trim().is_empty())
}

/// A file with edits made. One in the one layout comes out in it.
pub(super) fn with(parsed: &Parsed, text: &str, edits: &[Edit]) -> String {
    let written = edited(text, edits);
    let laid_out = |parsed: &Parsed, text: &str| format(parsed, text).ok();
    if laid_out(parsed, text).as_deref() != Some(text) {
        return written;
    }
    laid_out(&parse(parsed.file, &written), &written).unwrap_or(written)
}

/// Where the brace behind a head opens; comments may stand between.
fn brace(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(rest) = text.get(at..) {
        let blanks = rest.len() - rest.trim_start().len();
        match rest.get(blanks..) {
            Some(rest) if rest.starts_with("//") => at += blanks + rest.find('\n').unwrap_or(rest.len()),
            _ => return at + blanks,
        }
    }
    from
}

/// Behind an entry, its comma, and the comment at the end of its line.
fn behind_entry(text: &str, end: usize) -> usize {
    let rest = text.get(end..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default();
    let line = line.strip_suffix('\r').unwrap_or(line);
    let blank = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let comma = line.get(blank(line)..).filter(|rest| rest.starts_with(',')).map_or(0, |_| blank(line) + 1);
    let tail = line.get(comma..).unwrap_or_default();
    let comment = tail.trim_start_matches([' ', '\t']).starts_with("//");
    end + if comment { line.len() } else { comma }
}

fn line_start(text: &str, at: usize) -> usize {
    text.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1)
}

/// The blanks that the line of a place starts with.
fn indent(text: &str, at: usize) -> &str {
    let start = line_start(text, at);
    let line = text.get(start..at).unwrap_or_default();
    line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or_default()
}

/// The line end of a text: of its first line.
fn line_end(text: &str) -> &'static str {
    match text.find('\n') {
        Some(end) if text.get(..end).is_some_and(|line| line.ends_with('\r')) => "\r\n",
        _ => "\n",
    }
}
