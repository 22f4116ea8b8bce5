//! Edits of one list: items go, and others come to its end.

use super::super::yaml::{Node, Pair, Value};
use super::draft::Draft;
use super::habit::Habit;
use super::page::{NoEdit, Page, Splices};
use super::scalar;

/// A list that stands in the text.
#[derive(Clone, Copy)]
pub(super) struct List<'e, 'a> {
    page: &'e Page<'e>,
    pair: &'e Pair<'a>,
    items: &'e [Node<'a>],
    form: Form,
}

/// How a list is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Dashes,
    /// In brackets, in one line.
    Line,
    /// In brackets, in several lines.
    Rows,
}

/// A list that is to lose some items and to get others. What it costs depends on these, not on the list, so that each
/// of many findings in one list can have an edit.
struct Edit<'e, 'a> {
    list: List<'e, 'a>,
    /// The items that go, in order.
    gone: &'e [usize],
    added: Vec<String>,
}

/// Writes a draft over a list that stands in the text, with brackets or with dashes.
pub(super) fn edit(
    habit: Habit,
    pair: &Pair<'_>,
    draft: &Draft<String>,
    splices: &mut Splices<'_>,
) -> Result<(), NoEdit> {
    let list = List::read(splices.page, pair)?;
    let keep = draft.keep.iter().enumerate();
    let gone: Vec<usize> = keep.filter(|(_, keep)| !**keep).map(|(at, _)| at).collect();
    list.edit(&gone, list.written(habit, draft.added.iter())).make(splices)
}

impl<'e, 'a> List<'e, 'a> {
    pub(super) fn read(page: &'e Page<'e>, pair: &'e Pair<'a>) -> Result<List<'e, 'a>, NoEdit> {
        let Value::List(items) = &pair.value.value else { return Err(NoEdit::Form) };
        let text = page.slice(pair.value.span.start as usize, pair.value.span.end as usize);
        let form = match page.is_flow(&pair.value) {
            false => Form::Dashes,
            true if text.contains('\n') => Form::Rows,
            true => Form::Line,
        };
        Ok(List { page, pair, items, form })
    }

    /// Takes one item out by itself. Of such edits that would together leave nothing, two overlap, or they leave
    /// an empty list.
    pub(super) fn without(self, at: usize, splices: &mut Splices<'_>) -> Result<(), NoEdit> {
        let gone = [at];
        let edit = self.edit(&gone, Vec::new());
        match self.items {
            [first, next, ..] if at == 0 && self.form == Form::Dashes => edit.up_to_dash(first, next, splices),
            _ => edit.make(splices),
        }
    }

    /// Puts a text behind the last item, written as that is.
    pub(super) fn with(self, text: &str, splices: &mut Splices<'_>) -> Result<(), NoEdit> {
        if let ([only], Form::Dashes) = (self.items, self.form) {
            // Taking the only item out leaves `[]`, behind which no dash may follow: the two overlap here.
            let (start, end) = self.page.whole(only.span);
            splices.put(start, end, self.page.slice(start, end));
        }
        self.edit(&[], self.written(Habit::USUAL, std::iter::once(text))).make(splices)
    }

    fn written<T: AsRef<str>>(self, habit: Habit, texts: impl Iterator<Item = T>) -> Vec<String> {
        let habit = Habit::read(self.page, self.pair).unwrap_or(habit);
        texts.map(|text| scalar::text(text.as_ref(), habit.quotes)).collect()
    }

    fn edit(self, gone: &'e [usize], added: Vec<String>) -> Edit<'e, 'a> {
        Edit { list: self, gone, added }
    }
}

impl<'e, 'a> Edit<'e, 'a> {
    fn make(&self, splices: &mut Splices<'_>) -> Result<(), NoEdit> {
        match self.list.form {
            Form::Dashes => return self.dashes(splices),
            Form::Line => self.line(splices),
            Form::Rows => self.rows(splices),
        }
        Ok(())
    }

    fn item(&self, at: usize) -> Option<&'e Node<'a>> {
        self.list.items.get(at)
    }

    fn gone(&self) -> impl Iterator<Item = (usize, &'e Node<'a>)> {
        self.gone.iter().filter_map(|at| Some((*at, self.item(*at)?)))
    }

    fn last_kept(&self) -> Option<usize> {
        (0..self.list.items.len()).rev().find(|at| self.gone.binary_search(at).is_err())
    }

    fn end(&self, item: &Node<'_>) -> usize {
        self.list.page.whole(item.span).1
    }

    // ── dashes

    fn dashes(&self, splices: &mut Splices<'_>) -> Result<(), NoEdit> {
        let page = self.list.page;
        for (_, item) in self.gone() {
            splices.put(self.dash_line(item)?, page.line_end(self.end(item)), "");
        }
        let last = self.last_kept();
        if self.added.is_empty() {
            if last.is_none() {
                let at = page.behind_header(&self.list.pair.key).ok_or(NoEdit::Form)?;
                splices.put(at, at, " []");
            }
            return Ok(());
        }
        let item = self.item(last.unwrap_or(0)).ok_or(NoEdit::Form)?;
        let line = self.dash_line(item)?;
        let before = page.slice(line, page.whole(item.span).0);
        let dash = before.len() - before.trim_start().len();
        let (indent, lead) = before.split_at(dash);
        let lead = if lead.trim_end() == "-" && !lead.contains('\n') { lead } else { "- " };
        let new: Vec<String> = self.added.iter().map(|text| format!("{indent}{lead}{text}")).collect();
        match last {
            Some(_) => page.below(self.end(item), &new.join(page.newline), splices),
            None => splices.put(line, line, new.join(page.newline) + page.newline),
        }
        Ok(())
    }

    /// Takes the first of several lines with dashes out together with the next dash, which then is written again.
    fn up_to_dash(&self, first: &Node<'_>, next: &Node<'_>, splices: &mut Splices<'_>) -> Result<(), NoEdit> {
        let page = self.list.page;
        let (start, next) = (self.dash_line(first)?, self.dash_line(next)?);
        let indent = page.slice(next, page.content_end(next)).find('-').ok_or(NoEdit::Form)?;
        let end = next + indent + 1;
        splices.put(start, end, page.slice(page.line_end(self.end(first)), end));
        Ok(())
    }

    /// Where the line with an item's dash begins.
    fn dash_line(&self, item: &Node<'_>) -> Result<usize, NoEdit> {
        let page = self.list.page;
        let mut line = page.line_start(page.whole(item.span).0);
        while !page.slice(line, page.content_end(line)).trim_start().starts_with('-') {
            line = page.line_start(line.checked_sub(1).ok_or(NoEdit::Form)?);
            if line < page.line_start(self.brackets().0) {
                return Err(NoEdit::Form);
            }
        }
        Ok(line)
    }

    // ── brackets

    /// Writes all of the list, if nothing of it stays; true if so.
    fn emptied(&self, comments: bool, splices: &mut Splices<'_>) -> bool {
        let (start, end) = self.brackets();
        let nothing = self.last_kept().is_none();
        let replaced = nothing && !(comments && self.list.page.slice(start, end).contains('#'));
        if replaced {
            splices.put(start, end, format!("[{}]", self.added.join(", ")));
        }
        replaced
    }

    /// The range of the list with its brackets.
    fn brackets(&self) -> (usize, usize) {
        let span = self.list.pair.value.span;
        (span.start as usize, span.end as usize)
    }

    /// The list where it stands in one line. What goes takes the comma before it along; if nothing stays before it, the
    /// one behind it.
    fn line(&self, splices: &mut Splices<'_>) {
        if self.emptied(false, splices) {
            return;
        }
        let leading = self.gone.iter().enumerate().take_while(|(place, at)| place == *at).count();
        if leading > 0 {
            splices.put(self.start(0), self.start(leading), "");
        }
        for (at, item) in self.gone().skip(leading) {
            splices.put(self.end_before(at), self.end(item), "");
        }
        let Some(last) = self.last_kept().and_then(|at| self.item(at)).filter(|_| !self.added.is_empty()) else {
            return;
        };
        let separator = match self.list.items.len() {
            0 | 1 => ", ",
            _ => self.list.page.slice(self.end_before(1), self.start(1)),
        };
        let added: String = self.added.iter().map(|text| format!("{separator}{text}")).collect();
        splices.put(self.end(last), self.end(last), added);
    }

    /// The list where it stands in several lines.
    fn rows(&self, splices: &mut Splices<'_>) {
        if self.emptied(true, splices) {
            return;
        }
        let page = self.list.page;
        for (at, item) in self.gone() {
            let (start, end) = (self.start(at), self.end(item));
            let behind = self.comma_behind(end).unwrap_or(end);
            if page.begins_line(start) && page.ends_line(behind) {
                splices.put(page.line_start(start), page.line_end(behind), "");
            } else {
                let rest = page.slice(behind, self.brackets().1);
                let next = rest.trim_start_matches([' ', '\t']);
                // A comment begins behind a blank.
                let blank = usize::from(next.starts_with('#') && next.len() < rest.len());
                splices.put(start, behind + rest.len() - next.len() - blank, "");
            }
        }
        let newline = page.newline;
        let indented = |start: usize| {
            let indent = page.slice(page.line_start(start), start);
            let lines: Vec<String> = self.added.iter().map(|text| format!("{indent}{text}")).collect();
            lines.join(&format!(",{newline}"))
        };
        let closed = self.list.items.last().is_some_and(|item| self.comma_behind(self.end(item)).is_some());
        let Some((at, last)) = self.last_kept().and_then(|at| Some((at, self.item(at)?))) else {
            // Only comments are left.
            let first = self.start(0);
            if self.added.is_empty() {
                return;
            }
            if page.begins_line(first) {
                let line = page.line_start(first);
                splices.put(line, line, indented(first) + newline);
            } else {
                splices.put(first, first, self.added.join(", "));
            }
            return;
        };
        let (start, end) = (self.start(at), self.end(last));
        let comma = self.comma_behind(end);
        let in_line = !page.begins_line(start) || !page.ends_line(comma.unwrap_or(end));
        if let Some(comma) = comma.filter(|_| !closed && (in_line || self.added.is_empty())) {
            // What followed has gone, or nothing has: the last one has no comma.
            let next = self.item(at + 1).map(|_| self.start(at + 1));
            match next.filter(|next| page.slice(comma, *next).trim_matches([' ', '\t']).is_empty()) {
                Some(next) => splices.put(end, next, ""),
                None => splices.put(comma - 1, comma, ""),
            }
        }
        if self.added.is_empty() {
            return;
        }
        if in_line {
            splices.put(end, end, format!(", {}", self.added.join(", ")));
            return;
        }
        if comma.is_none() {
            splices.put(end, end, ",");
        }
        page.below(end, &(indented(start) + if closed { "," } else { "" }), splices);
    }

    /// Where the item before another one ends, or the bracket before the first.
    fn end_before(&self, at: usize) -> usize {
        let before = at.checked_sub(1).and_then(|before| self.item(before));
        before.map_or(self.brackets().0 + 1, |before| self.end(before))
    }

    /// Where an item in brackets begins, its anchor and tag included.
    fn start(&self, at: usize) -> usize {
        self.start_behind(self.end_before(at))
    }

    /// Where the item behind some place in brackets begins, its anchor and tag included.
    fn start_behind(&self, mut at: usize) -> usize {
        loop {
            let rest = self.list.page.slice(at, self.brackets().1);
            let bare = rest.trim_start_matches([' ', '\t', '\r', '\n', ',']);
            at += rest.len() - bare.len();
            if !bare.starts_with('#') {
                return at;
            }
            at = self.list.page.line_end(at);
        }
    }

    /// Behind the comma that follows an item, if one does.
    fn comma_behind(&self, mut at: usize) -> Option<usize> {
        loop {
            let rest = self.list.page.slice(at, self.brackets().1);
            let bare = rest.trim_start();
            at += rest.len() - bare.len();
            match bare.chars().next()? {
                ',' => return Some(at + 1),
                '#' => at = self.list.page.line_end(at),
                _ => return None,
            }
        }
    }
}
