//! New keys in a mapping, and new values of keys.

use super::super::yaml::{Node, Pair};
use super::habit::Habit;
use super::page::{NoEdit, Page, Splices, own_pairs};
use super::scalar;

/// A value that is not in the text yet.
#[derive(Debug)]
pub(super) enum Fresh {
    /// A value as it is written.
    One(String),
    /// Texts, and how lists are written.
    List(Vec<String>, Habit),
    /// Keys and values, in lines of their own if so said.
    Mapping(Vec<(String, Fresh)>, bool),
}

impl Fresh {
    /// The value within a line.
    pub(super) fn inline(&self) -> String {
        match self {
            Fresh::One(text) => text.clone(),
            Fresh::List(items, habit) => {
                let items: Vec<String> = items.iter().map(|text| scalar::text(text, habit.quotes)).collect();
                format!("[{}]", items.join(", "))
            }
            Fresh::Mapping(pairs, _) if pairs.is_empty() => "{}".to_owned(),
            Fresh::Mapping(pairs, _) => format!("{{ {} }}", inline(pairs)),
        }
    }

    /// The value behind a key that is indented by so much, in lines that follow where that is the habit.
    fn lines(&self, indent: usize, step: usize, newline: &str) -> String {
        match self {
            Fresh::List(items, habit) if habit.block && !items.is_empty() => {
                let blank = " ".repeat(indent + habit.offset);
                let line = |text: &String| format!("{newline}{blank}- {}", scalar::text(text, habit.quotes));
                items.iter().map(line).collect()
            }
            Fresh::Mapping(pairs, true) if !pairs.is_empty() => {
                let indent = indent + step;
                let line = |(key, value): &(String, Fresh)| {
                    let value = value.lines(indent, step, newline);
                    format!("{newline}{}{}:{value}", " ".repeat(indent), scalar::key(key))
                };
                pairs.iter().map(line).collect()
            }
            _ => format!(" {}", self.inline()),
        }
    }
}

fn inline(pairs: &[(String, Fresh)]) -> String {
    let pairs: Vec<String> =
        pairs.iter().map(|(key, value)| format!("{}: {}", scalar::key(key), value.inline())).collect();
    pairs.join(", ")
}

/// Gives a key that stands in the text another value: over a single one, an alias, or nothing.
pub(super) fn set(
    pair: &Pair<'_>,
    value: &Fresh,
    in_lines: Option<usize>,
    splices: &mut Splices<'_>,
) -> Result<(), NoEdit> {
    let page = splices.page;
    if pair.value.span.is_empty() && pair.value.is_null() {
        let at = page.behind_header(&pair.key).ok_or(NoEdit::Form)?;
        let indent = page.column(page.whole(pair.key.span).0);
        // What follows in lines of its own comes behind a comment of the key.
        match in_lines.map(|step| value.lines(indent, step, page.newline)) {
            Some(lines) if lines.starts_with(page.newline) => {
                page.below(at, lines.trim_start_matches(['\r', '\n']), splices);
            }
            _ => splices.put(at, at, format!(" {}", value.inline())),
        }
        return Ok(());
    }
    if !pair.value.alias && !pair.value.is_scalar() {
        return Err(NoEdit::Form);
    }
    let (start, end) = page.single(pair).ok_or(NoEdit::Form)?;
    splices.put(start, end, value.inline());
    Ok(())
}

/// Puts new keys at the end of a mapping that stands in the text.
pub(super) fn insert(
    node: &Node<'_>,
    new: &[(String, Fresh)],
    step: usize,
    splices: &mut Splices<'_>,
) -> Result<(), NoEdit> {
    let page = splices.page;
    if new.is_empty() {
        return Ok(());
    }
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    let own = own_pairs(node);
    if page.is_flow(node) {
        match own.last() {
            Some(last) => {
                let at = page.end(last).ok_or(NoEdit::Form)?;
                splices.put(at, at, format!(", {}", inline(new)));
            }
            None if page.slice(start + 1, end - 1).trim().is_empty() => {
                splices.put(start, end, format!("{{ {} }}", inline(new)));
            }
            // What stands there is only `<<`.
            None => splices.put(start + 1, start + 1, format!(" {},", inline(new))),
        }
        return Ok(());
    }
    let first = own.first().map_or(start, |first| page.whole(first.key.span).0);
    let indent = page.column(first);
    let aligned = aligned(page, &own);
    let line = |(key, value): &(String, Fresh)| {
        let key = scalar::key(key);
        let value = value.lines(indent, step, page.newline);
        let width = aligned.unwrap_or(0).saturating_sub(indent + key.chars().count() + 2);
        let width = if value.starts_with(' ') { width } else { 0 };
        format!("{}{key}:{}{value}", " ".repeat(indent), " ".repeat(width))
    };
    let lines: Vec<String> = new.iter().map(line).collect();
    match own.last() {
        Some(last) => page.below(page.end(last).ok_or(NoEdit::Form)?, &lines.join(page.newline), splices),
        // What stands there is only `<<`.
        None if page.begins_line(start) => {
            let at = page.line_start(start);
            splices.put(at, at, lines.join(page.newline) + page.newline);
        }
        None => return Err(NoEdit::Form),
    }
    Ok(())
}

/// The column of the values, where someone has put them below each other.
fn aligned(page: &Page<'_>, own: &[&Pair<'_>]) -> Option<usize> {
    own.iter().find_map(|pair| {
        let behind = page.behind_colon(&pair.key)?;
        let (start, _) = page.whole(pair.value.span);
        let gap = page.slice(behind, start);
        (gap.len() > 1 && gap.bytes().all(|byte| byte == b' ')).then(|| page.column(start))
    })
}
