//! From the grammar's pairs to the tree: what every kind of item needs.
//!
//! A lowering function returns `None` only where the grammar promises a part that is not there; nothing can be lost
//! silently that way, because the grammar never promises what it does not read.

mod block;
mod condition;
mod feature;
mod item;
mod parts;
mod presence;
mod proof;
mod setting;

use pest::iterators::Pair;

use super::grammar::Rule;
use super::scan::{CommentKind, Scan};
use super::{MAX_ERRORS, ast};
use crate::diagnostic::{Diagnostic, code};
use crate::text::{FileId, Span, Spanned};

/// What lowering works on.
pub(super) struct Lower<'a> {
    pub(super) file: FileId,
    pub(super) text: &'a str,
    pub(super) scan: &'a Scan,
    pub(super) found: Vec<Diagnostic>,
    /// For every comment of the scan, whether it became documentation.
    used: Vec<bool>,
    /// What the condition asked last, for a bare word behind it.
    asked: Option<condition::Asked>,
}

impl<'a> Lower<'a> {
    pub(super) fn new(file: FileId, text: &'a str, scan: &'a Scan) -> Lower<'a> {
        Lower { file, text, scan, found: Vec::new(), used: vec![false; scan.comments.len()], asked: None }
    }

    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end.max(start))
    }

    /// Takes an error in, unless there are enough.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        if self.found.len() < MAX_ERRORS {
            self.found.push(diagnostic);
        }
    }

    /// The end of the last thing before a place that is neither blank nor comment.
    pub(super) fn end_before(&self, mut place: usize) -> usize {
        loop {
            let end = self.text.get(..place).map_or(place, |before| before.trim_end().len());
            let index = self.scan.comments.partition_point(|comment| comment.start < end);
            match index.checked_sub(1).and_then(|index| self.scan.comments.get(index)) {
                Some(comment) if comment.end >= end => place = comment.start,
                _ => return end,
            }
        }
    }

    /// The place of a pair, without the blanks and comments a rule may end with.
    fn place(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        self.span(span.start(), self.end_before(span.end()))
    }

    /// The name, label or address a pair holds, without quotes.
    fn name(&self, pair: &Pair<'_, Rule>) -> ast::Name {
        let span = pair.as_span();
        Spanned::new(unquote(pair.as_str()), self.span(span.start(), span.end()))
    }

    /// What a word of a closed set stands for. The tests hold that the grammar takes no others.
    fn word<T>(&mut self, pair: &Pair<'_, Rule>, named: fn(&str) -> Option<T>) -> Option<Spanned<T>> {
        let (word, span) = (pair.as_str(), self.place(pair));
        let meant = named(word);
        if meant.is_none() {
            let message = format!("`{word}` means nothing yet");
            self.push(Diagnostic::new(code::UNEXPECTED, message).at(span, "").help("please report this with the file"));
        }
        Some(Spanned::new(meant?, span))
    }

    /// The names between the dots of a pair.
    fn dotted(&self, pair: &Pair<'_, Rule>) -> Vec<ast::Name> {
        let mut start = pair.as_span().start();
        pair.as_str()
            .split('.')
            .map(|name| {
                let span = self.span(start, start + name.len());
                start += name.len() + 1;
                Spanned::new(name.to_owned(), span)
            })
            .collect()
    }

    fn target(&self, pair: &Pair<'_, Rule>) -> Option<ast::Target> {
        let mut names = self.dotted(pair).into_iter();
        Some(ast::Target { category: names.next()?, field: names.next() })
    }

    /// A whole number; out of range it is an error, and the nearest that fits.
    fn integer(&mut self, pair: &Pair<'_, Rule>) -> Spanned<i64> {
        let (written, span) = (pair.as_str(), self.place(pair));
        let value = written.parse::<i64>().unwrap_or_else(|_| {
            let message = format!("a number lies between {} and {}", i64::MIN, i64::MAX);
            self.push(Diagnostic::new(code::BAD_NUMBER, message).at(span, "too large to be kept"));
            if written.starts_with('-') { i64::MIN } else { i64::MAX }
        });
        Spanned::new(value, span)
    }

    fn value(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<ast::Literal>> {
        let inner = if pair.as_rule() == Rule::value { pair.into_inner().next()? } else { pair };
        let span = self.place(&inner);
        let literal = match inner.as_rule() {
            Rule::boolean => ast::Literal::Bool(inner.as_str() == "true"),
            Rule::integer => ast::Literal::Integer(self.integer(&inner).it),
            Rule::text => ast::Literal::Text(unquote(inner.as_str())),
            _ => ast::Literal::Word(inner.as_str().to_owned()),
        };
        Some(Spanned::new(literal, span))
    }

    /// The `///` lines right before a place. Plain comments between them stay comments.
    fn doc(&mut self, place: usize) -> Option<Spanned<String>> {
        let mut lines = Vec::new();
        let mut next = place;
        let mut index = self.scan.comments.partition_point(|comment| comment.start < place);
        while let Some(comment) = index.checked_sub(1).and_then(|index| self.scan.comments.get(index)) {
            index -= 1;
            let gap = self.text.get(comment.end..next).unwrap_or("?");
            if !gap.trim().is_empty() {
                break;
            }
            if comment.kind == CommentKind::Doc {
                lines.push((comment.start, comment.end));
                if let Some(used) = self.used.get_mut(index) {
                    *used = true;
                }
            }
            next = comment.start;
        }
        lines.reverse();
        self.joined(&lines)
    }

    /// The `//!` lines before the first item.
    pub(super) fn file_doc(&mut self, first: usize) -> Option<Spanned<String>> {
        let mut lines = Vec::new();
        for (comment, used) in self.scan.comments.iter().zip(&mut self.used) {
            if comment.kind == CommentKind::FileDoc && comment.start < first {
                lines.push((comment.start, comment.end));
                *used = true;
            }
        }
        self.joined(&lines)
    }

    fn joined(&self, lines: &[(usize, usize)]) -> Option<Spanned<String>> {
        let (first, last) = (lines.first()?, lines.last()?);
        let bare = |line: &(usize, usize)| {
            let text = self.text.get(line.0 + 3..line.1).unwrap_or_default();
            text.strip_prefix(' ').unwrap_or(text).to_owned()
        };
        let text = lines.iter().map(bare).collect::<Vec<_>>().join("\n");
        Some(Spanned::new(text, self.span(first.0, last.1)))
    }

    /// The comments that became no documentation.
    pub(super) fn comments(&self) -> Vec<Spanned<String>> {
        let left = self.scan.comments.iter().zip(&self.used).filter(|(_, used)| !**used);
        left.map(|(comment, _)| {
            let text = self.text.get(comment.start..comment.end).unwrap_or_default();
            Spanned::new(text.to_owned(), self.span(comment.start, comment.end))
        })
        .collect()
    }
}

/// What a quoted text says; any other text as it is.
fn unquote(written: &str) -> String {
    let Some(inner) = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return written.to_owned();
    };
    let mut text = String::with_capacity(inner.len());
    let mut escaped = false;
    for next in inner.chars() {
        match next {
            '\\' if !escaped => {
                escaped = true;
                continue;
            }
            'n' if escaped => text.push('\n'),
            other => text.push(other),
        }
        escaped = false;
    }
    text
}
