//! Edits of one list: items go, and others come to its end.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use indexmap::IndexSet;

use super::super::yaml::{Node, Pair, Value};
use super::habit::Habit;
use super::page::{Page, Refusal, Splices};
use super::scalar;

/// A list as it is to be: which of its items stay, and what comes behind them.
#[derive(Debug)]
pub(super) struct Draft<T> {
    places: HashMap<T, usize>,
    pub(super) keep: Vec<bool>,
    pub(super) added: IndexSet<T>,
    /// True if an item was added, be it gone again: the list is there.
    pub(super) said: bool,
}

impl<T: Hash + Eq + Clone> Draft<T> {
    pub(super) fn new(items: &[T]) -> Draft<T> {
        let places = items.iter().enumerate().map(|(index, item)| (item.clone(), index)).collect();
        Draft { places, keep: vec![true; items.len()], added: IndexSet::new(), said: false }
    }

    pub(super) fn add(&mut self, item: &T) {
        self.said = true;
        let stays = self.places.get(item).and_then(|place| self.keep.get(*place)).copied().unwrap_or(false);
        if !stays {
            self.added.insert(item.clone());
        }
    }

    pub(super) fn remove(&mut self, item: &T) {
        self.added.shift_remove(item);
        if let Some(keep) = self.places.get(item).and_then(|place| self.keep.get_mut(*place)) {
            *keep = false;
        }
    }

    /// The same list, what is added as the texts that are written.
    pub(super) fn written(&self, text: impl Fn(&T) -> String) -> Draft<String> {
        let added = self.added.iter().map(text).collect();
        Draft { places: HashMap::new(), keep: self.keep.clone(), added, said: self.said }
    }

    /// True if the items are others than before.
    pub(super) fn is_changed(&self) -> bool {
        !self.added.is_empty() || self.keep.contains(&false)
    }
}

/// A list in the text that is to lose some items and to get others.
struct Edit<'e, 'a> {
    page: &'e Page<'e>,
    node: &'e Node<'a>,
    /// Its items, or those around the one that goes.
    items: &'e [Node<'a>],
    /// Behind what stands before the first of them.
    from: usize,
    keep: &'e [bool],
    added: Vec<String>,
    in_a_line: bool,
}

/// An item where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'n, 'a> {
    pub(super) pair: &'n Pair<'a>,
    pub(super) at: usize,
    /// Its list stands in one line.
    pub(super) in_a_line: bool,
}

/// True for a list in brackets that stands in one line.
pub(super) fn is_in_a_line(page: &Page<'_>, node: &Node<'_>) -> bool {
    page.is_flow(node) && !page.slice(node.span.start as usize, node.span.end as usize).contains('\n')
}

/// Writes a draft over a list that stands in the text, with brackets or with dashes.
pub(super) fn edit(
    habit: Habit,
    pair: &Pair<'_>,
    draft: &Draft<String>,
    splices: &mut Splices<'_>,
) -> Result<(), Refusal> {
    let (page, node) = (splices.page, &pair.value);
    let Value::List(items) = &node.value else { return Err(Refusal::Form) };
    let habit = Habit::read(page, pair).map_or(habit, |own| Habit { bare: habit.bare, ..own });
    let added: Vec<String> = draft.added.iter().map(|text| scalar::text(text, habit.quotes)).collect();
    let (from, in_a_line) = (node.span.start as usize + 1, is_in_a_line(page, node));
    let edit = Edit { page, node, items, from, keep: &draft.keep, added, in_a_line };
    if page.is_flow(node) { edit.brackets(splices) } else { edit.dashes(pair, splices) }
}

/// Takes one item out of a list by itself. Of such edits that would together leave nothing, two overlap.
///
/// Only its neighbours are looked at: of a long list, each item may go by itself.
pub(super) fn without(item: Item<'_, '_>, splices: &mut Splices<'_>) -> Result<(), Refusal> {
    let (page, node, at) = (splices.page, &item.pair.value, item.at);
    let Value::List(items) = &node.value else { return Err(Refusal::Form) };
    let around = at.saturating_sub(1)..items.len().min(at + 2);
    let keep: Vec<bool> = around.clone().map(|other| other != at).collect();
    let edit = Edit { keep: &keep, ..Edit::among(around, items, item, page)? };
    if page.is_flow(node) {
        return edit.brackets(splices);
    }
    match items.get(1) {
        Some(next) if at == 0 => edit.up_to_dash(next, splices),
        _ => edit.dashes(item.pair, splices),
    }
}

/// Puts one item behind the last of a list that has some.
pub(super) fn with_another(item: Item<'_, '_>, text: &str, splices: &mut Splices<'_>) -> Result<(), Refusal> {
    let (page, node) = (splices.page, &item.pair.value);
    let Value::List(items) = &node.value else { return Err(Refusal::Form) };
    let quotes = Habit::read(page, item.pair).unwrap_or(Habit::USUAL).quotes;
    let added = vec![scalar::text(text, quotes)];
    let last = items.len().saturating_sub(2)..items.len();
    let edit = Edit { added, ..Edit::among(last, items, item, page)? };
    if page.is_flow(node) { edit.brackets(splices) } else { edit.dashes(item.pair, splices) }
}

impl<'e, 'a> Edit<'e, 'a> {
    /// Nothing yet, among some items of the list in which one stands.
    fn among(
        range: Range<usize>,
        items: &'e [Node<'a>],
        Item { pair, in_a_line, .. }: Item<'e, 'a>,
        page: &'e Page<'e>,
    ) -> Result<Edit<'e, 'a>, Refusal> {
        let node = &pair.value;
        let before = range.start.checked_sub(1).and_then(|before| items.get(before));
        let from = before.map_or(node.span.start as usize + 1, |before| page.whole(before.span).1);
        let items = items.get(range).ok_or(Refusal::Form)?;
        Ok(Edit { page, node, items, from, keep: &[], added: Vec::new(), in_a_line })
    }

    /// Takes the first of several lines with dashes out, together with the next dash, which then is written again.
    fn up_to_dash(&self, next: &Node<'_>, splices: &mut Splices<'_>) -> Result<(), Refusal> {
        let page = self.page;
        let first = self.items.first().ok_or(Refusal::Form)?;
        let start = self.dash_line(first).ok_or(Refusal::Form)?;
        let next = self.dash_line(next).ok_or(Refusal::Form)?;
        let indent = page.slice(next, page.text.len()).find('-').ok_or(Refusal::Form)?;
        let end = next + indent + 1;
        splices.put(start, end, page.slice(page.line_end(self.end(first)), end));
        Ok(())
    }

    fn kept(&self, at: usize) -> bool {
        self.keep.get(at).copied().unwrap_or(true)
    }

    fn last_kept(&self) -> Option<usize> {
        (0..self.items.len()).rev().find(|at| self.kept(*at))
    }

    fn end(&self, item: &Node<'_>) -> usize {
        self.page.whole(item.span).1
    }

    // ── dashes

    fn dashes(&self, pair: &Pair<'_>, splices: &mut Splices<'_>) -> Result<(), Refusal> {
        let page = self.page;
        let mut lines = Vec::with_capacity(self.items.len());
        for item in self.items {
            lines.push(self.dash_line(item).ok_or(Refusal::Form)?);
        }
        for (at, (item, line)) in self.items.iter().zip(&lines).enumerate() {
            if !self.kept(at) {
                splices.put(*line, page.line_end(self.end(item)), "");
            }
        }
        let last = self.last_kept();
        if self.added.is_empty() {
            if last.is_none() {
                let at = page.behind_header(&pair.key).ok_or(Refusal::Form)?;
                splices.put(at, at, " []");
            }
            return Ok(());
        }
        let model = last.unwrap_or(0);
        let (item, line) = self.items.get(model).zip(lines.get(model)).ok_or(Refusal::Form)?;
        let before = page.slice(*line, page.whole(item.span).0);
        let dash = before.len() - before.trim_start().len();
        let (indent, lead) = before.split_at(dash);
        let lead = if lead.trim_end() == "-" && !lead.contains('\n') { lead } else { "- " };
        let new: Vec<String> = self.added.iter().map(|text| format!("{indent}{lead}{text}")).collect();
        match last {
            Some(_) => page.below(self.end(item), &new.join(page.newline), splices),
            None => splices.put(*line, *line, new.join(page.newline) + page.newline),
        }
        Ok(())
    }

    /// Where the line with an item's dash begins.
    fn dash_line(&self, item: &Node<'_>) -> Option<usize> {
        let page = self.page;
        let mut line = page.line_start(page.whole(item.span).0);
        while !page.slice(line, page.content_end(line)).trim_start().starts_with('-') {
            line = page.line_start(line.checked_sub(1)?);
            if line < page.line_start(self.node.span.start as usize) {
                return None;
            }
        }
        Some(line)
    }

    // ── brackets

    fn brackets(&self, splices: &mut Splices<'_>) -> Result<(), Refusal> {
        let (start, end) = (self.node.span.start as usize, self.node.span.end as usize);
        let inner = self.page.slice(start + 1, end - 1);
        let joined = self.added.join(", ");
        let in_a_line = self.in_a_line;
        if inner.trim().is_empty() || (self.last_kept().is_none() && (in_a_line || !inner.contains('#'))) {
            splices.put(start, end, format!("[{joined}]"));
        } else if in_a_line {
            self.line(splices);
        } else {
            self.rows(&joined, splices);
        }
        Ok(())
    }

    /// The list where it stands in one line, and some of it stays. What goes takes the comma before it along; if nothing
    /// stays before it, the one behind it.
    fn line(&self, splices: &mut Splices<'_>) {
        let page = self.page;
        let mut before = self.from;
        let (mut separator, mut kept, mut leading) = (None, None, None);
        for (at, item) in self.items.iter().enumerate() {
            let (start, end) = (self.start_behind(before), self.end(item));
            if at == 1 {
                separator = Some(page.slice(before, start));
            }
            if self.kept(at) {
                if let Some(leading) = leading.take() {
                    splices.put(leading, start, "");
                }
                kept = Some(end);
            } else if kept.is_some() {
                splices.put(before, end, "");
            } else {
                leading = leading.or(Some(start));
            }
            before = end;
        }
        if let Some(last) = kept {
            let added: String = self.added.iter().map(|text| format!("{}{text}", separator.unwrap_or(", "))).collect();
            if !added.is_empty() {
                splices.put(last, last, added);
            }
        }
    }

    /// The list where it stands in several lines.
    fn rows(&self, joined: &str, splices: &mut Splices<'_>) {
        let page = self.page;
        let mut before = self.from;
        let mut starts = Vec::with_capacity(self.items.len());
        for (at, item) in self.items.iter().enumerate() {
            let (start, end) = (self.start_behind(before), self.end(item));
            if !self.kept(at) {
                let behind = self.comma_behind(end).unwrap_or(end);
                if page.begins_line(start) && page.ends_line(behind) {
                    splices.put(page.line_start(start), page.line_end(behind), "");
                } else {
                    let rest = page.slice(behind, page.content_end(behind));
                    let next = rest.trim_start_matches([' ', '\t']);
                    // A comment begins behind a blank.
                    let blank = usize::from(next.starts_with('#') && next.len() < rest.len());
                    splices.put(start, behind + rest.len() - next.len() - blank, "");
                }
            }
            starts.push(start);
            before = end;
        }
        let newline = page.newline;
        let indented = |start: usize| {
            let indent = page.slice(page.line_start(start), start);
            let lines: Vec<String> = self.added.iter().map(|text| format!("{indent}{text}")).collect();
            lines.join(&format!(",{newline}"))
        };
        let closed = self.items.last().is_some_and(|item| self.comma_behind(self.end(item)).is_some());
        let last = self.last_kept().and_then(|at| self.items.get(at).zip(starts.get(at)));
        let Some((last, start)) = last else {
            // Only comments are left.
            let first = starts.first().copied().unwrap_or(self.node.span.start as usize + 1);
            if self.added.is_empty() {
                return;
            }
            if page.begins_line(first) {
                let at = page.line_start(first);
                splices.put(at, at, indented(first) + newline);
            } else {
                splices.put(first, first, joined);
            }
            return;
        };
        let end = self.end(last);
        let comma = self.comma_behind(end);
        let in_line = !page.begins_line(*start) || !page.ends_line(comma.unwrap_or(end));
        if let Some(comma) = comma.filter(|_| !closed && (in_line || self.added.is_empty())) {
            // What followed has gone, or nothing has: the last one has no comma.
            let next = self.last_kept().and_then(|at| starts.get(at + 1)).copied();
            match next.filter(|next| page.slice(comma, *next).trim_matches([' ', '\t']).is_empty()) {
                Some(next) => splices.put(end, next, ""),
                None => splices.put(comma - 1, comma, ""),
            }
        }
        if self.added.is_empty() {
            return;
        }
        if in_line {
            splices.put(end, end, format!(", {joined}"));
            return;
        }
        if comma.is_none() {
            splices.put(end, end, ",");
        }
        page.below(end, &(indented(*start) + if closed { "," } else { "" }), splices);
    }

    /// Where the item behind some place in brackets begins, its anchor and tag included.
    fn start_behind(&self, mut at: usize) -> usize {
        loop {
            let rest = self.page.slice(at, self.node.span.end as usize);
            let bare = rest.trim_start_matches([' ', '\t', '\r', '\n', ',']);
            at += rest.len() - bare.len();
            if !bare.starts_with('#') {
                return at;
            }
            at = self.page.line_end(at);
        }
    }

    /// Behind the comma that follows an item, if one does.
    fn comma_behind(&self, mut at: usize) -> Option<usize> {
        loop {
            let rest = self.page.slice(at, self.node.span.end as usize);
            let bare = rest.trim_start();
            at += rest.len() - bare.len();
            match bare.chars().next()? {
                ',' => return Some(at + 1),
                '#' => at = self.page.line_end(at),
                _ => return None,
            }
        }
    }
}
