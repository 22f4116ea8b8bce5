//! Columns of text.

use super::page::{Ink, Page};
use crate::text::shown;

/// Rows whose cells are padded to the widest of their column. Trailing spaces are not printed.
#[derive(Debug, Default)]
pub(super) struct Rows {
    rows: Vec<Vec<Cell>>,
}

/// What stands in a column of a row.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    text: String,
    ink: Option<Ink>,
}

impl Cell {
    /// A cell whose colour means something.
    pub(super) fn inked(ink: Ink, text: &str) -> Cell {
        Cell { text: shown(text).into_owned(), ink: Some(ink) }
    }

    fn width(&self) -> usize {
        self.text.chars().count()
    }
}

impl<T: AsRef<str>> From<T> for Cell {
    fn from(text: T) -> Cell {
        Cell { text: shown(text.as_ref()).into_owned(), ink: None }
    }
}

impl Rows {
    pub(super) fn push<C: Into<Cell>>(&mut self, cells: impl IntoIterator<Item = C>) {
        self.rows.push(cells.into_iter().map(Into::into).collect());
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The rows as text, each behind an indent, columns two spaces apart.
    pub(super) fn render(&self, indent: &str) -> Page {
        self.lines(indent).collect()
    }

    /// The same line by line.
    pub(super) fn lines(&self, indent: &str) -> impl Iterator<Item = Page> {
        let mut widths: Vec<usize> = Vec::new();
        for row in &self.rows {
            for (column, cell) in row.iter().enumerate() {
                match widths.get_mut(column) {
                    Some(widest) => *widest = cell.width().max(*widest),
                    None => widths.push(cell.width()),
                }
            }
        }
        self.rows.iter().map(move |row| line(row, &widths, indent))
    }
}

/// A row as a line.
fn line(row: &[Cell], widths: &[usize], indent: &str) -> Page {
    let last = row.iter().rposition(|cell| !cell.text.trim_end().is_empty());
    let mut line = Page::from(if last.is_some() { indent } else { indent.trim_end() });
    let mut cells = row.iter().zip(widths).take(last.map_or(0, |last| last + 1)).peekable();
    while let Some((cell, width)) = cells.next() {
        let text = if cells.peek().is_none() { cell.text.trim_end() } else { &cell.text };
        match cell.ink {
            Some(ink) => line.push_str(Page::inked(ink, text)),
            None => line.push_str(text),
        }
        if cells.peek().is_some() {
            line.push_str(" ".repeat(width - cell.width() + 2));
        }
    }
    line.push('\n');
    line
}

/// Names with commas between, in lines as [`wrap`] makes them.
pub(super) fn wrap_names<N: AsRef<str>>(names: &[N], indent: &str, width: usize) -> Page {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    wrap(names.join(", ").split(' '), indent, width)
}

/// Words in lines of at most `width` characters, each behind an indent. A screen may break them elsewhere.
pub(super) fn wrap<'w>(words: impl IntoIterator<Item = &'w str>, indent: &str, width: usize) -> Page {
    let mut lines: Vec<String> = Vec::new();
    let mut line = indent.to_owned();
    for word in words {
        let word = &*shown(word);
        let fits = line.chars().count() + word.chars().count() < width;
        if !fits && line.len() > indent.len() {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
        }
        if line.len() > indent.len() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if line.len() > indent.len() {
        lines.push(line);
    }
    Page::paragraph(&lines)
}
