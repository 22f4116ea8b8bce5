//! Entries and what stands between them.

use pest::iterators::Pair;

use super::Lower;
use crate::diagnostic::{Diagnostic, code};
use crate::syntax::grammar::Rule;

/// What came last in a block.
#[derive(Clone, Copy)]
enum Last {
    /// The opening brace, or something unreadable: anything may follow.
    Free,
    /// A comma.
    Comma,
    /// An entry, from its start to its end.
    Entry(usize, usize),
}

impl Lower<'_> {
    /// The entries of a body, each lowered; what cannot be read is reported as what `probe` expects.
    /// `open` is the place of the opening brace.
    pub(super) fn block<T>(
        &mut self,
        body: Pair<'_, Rule>,
        open: usize,
        probe: Rule,
        lower: fn(&mut Self, Pair<'_, Rule>) -> Option<T>,
    ) -> Vec<T> {
        let mut entries = Vec::new();
        let mut last = Last::Free;
        // The last entry's start while its line goes on after a comma: `masks a, b%` goes wrong inside `masks`.
        let mut before_comma = None;
        let mut bad_until = None;
        // How many entries and errors there were before the last entry.
        let mut kept = (0, 0);
        for pair in body.into_inner() {
            let start = pair.as_span().start();
            match pair.as_rule() {
                Rule::brace_open | Rule::brace_close => {}
                Rule::unclosed => self.unclosed(open, start),
                Rule::comma => {
                    before_comma = match last {
                        Last::Entry(from, to) if !self.breaks(to, start) => Some(from),
                        _ => None,
                    };
                    if !matches!(last, Last::Entry(..)) && bad_until.is_none() {
                        self.stray_comma(start);
                    }
                    bad_until = bad_until.filter(|_| !matches!(last, Last::Comma));
                    last = Last::Comma;
                }
                Rule::bad_entry => {
                    let end = self.end_before(pair.as_span().end());
                    let from = match last {
                        Last::Entry(from, to) if !self.breaks(to, start) => {
                            // `deny "x" wehn …`: what was read of the entry is not what was meant.
                            if pair.as_str() != ";" {
                                entries.truncate(kept.0);
                                self.found.truncate(kept.1);
                            }
                            from
                        }
                        Last::Comma => before_comma.filter(|from| !self.breaks(*from, start)).unwrap_or(start),
                        _ => start,
                    };
                    // One message for one line: the rest of it follows from the first.
                    if bad_until.is_none_or(|until| self.breaks(until, start)) {
                        self.report(probe, from, start, end);
                    }
                    bad_until = Some(end);
                    last = Last::Free;
                }
                _ => {
                    let end = self.end_before(pair.as_span().end());
                    if let Last::Entry(_, to) = last
                        && !self.breaks(to, start)
                    {
                        self.missing_separator(to, start);
                    }
                    kept = (entries.len(), self.found.len());
                    entries.extend(lower(self, pair));
                    last = Last::Entry(start, end);
                }
            }
        }
        entries
    }

    /// Names or values in braces: the same separators, nothing unreadable.
    pub(super) fn list<T>(
        &mut self,
        list: Pair<'_, Rule>,
        lower: fn(&mut Self, Pair<'_, Rule>) -> Option<T>,
    ) -> Vec<T> {
        let open = list.as_span().start();
        self.block(list, open, Rule::EOI, lower)
    }

    /// True if a line ends between two places.
    fn breaks(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|between| between.contains('\n'))
    }

    /// Two entries on one line without a comma.
    pub(super) fn missing_separator(&mut self, end: usize, next: usize) {
        let place = self.span(end, end);
        let message = "two entries on one line need a comma between them";
        let diagnostic = Diagnostic::new(code::MISSING_SEPARATOR, message)
            .at(self.span(next, next + self.text.get(next..).map_or(0, first_word)), "the second starts here")
            .help("put a comma or a line end before it")
            .fix("insert `,`", place, ",");
        self.push(diagnostic);
    }

    fn stray_comma(&mut self, at: usize) {
        let span = self.span(at, at + 1);
        let diagnostic = Diagnostic::new(code::UNEXPECTED, "expected an entry before `,`").at(span, "").fix(
            "remove the comma",
            span,
            "",
        );
        self.push(diagnostic);
    }

    fn unclosed(&mut self, open: usize, at: usize) {
        let end = self.end_before(at);
        let diagnostic = Diagnostic::new(code::UNEXPECTED, "this `{` is never closed")
            .at(self.span(open, open + 1), "")
            .at(self.span(end, end), "expected `}` here")
            .fix("insert `}`", self.span(end, end), "\n}");
        self.push(diagnostic);
    }
}

fn first_word(rest: &str) -> usize {
    let length = rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len());
    length.max(rest.chars().next().map_or(0, char::len_utf8))
}
