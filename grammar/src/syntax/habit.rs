//! What people write where a declaration begins, and what is told instead of what could have stood there.

use super::ITEM_WORDS;
use super::lower::Lower;
use crate::diagnostic::{Diagnostic, code};

impl Lower<'_> {
    /// A declaration that ends after its first line.
    pub(super) fn without_braces(&self, start: usize, end: usize) -> Diagnostic {
        let words = self.text.get(start..end).unwrap_or_default().split_whitespace();
        let word = words.take(2).take_while(|word| ITEM_WORDS.contains(word)).last().unwrap_or("declaration");
        Diagnostic::new(code::UNEXPECTED, format!("this `{word}` has no braces"))
            .at(self.span(end, end), "expected `{` here")
            .help("put what belongs to it in braces; `{ }` if that is nothing")
    }

    /// `site:Redmond` is how a scope is typed on the command line and granted in a directory.
    pub(super) fn scope_with_colon(&self, at: usize, end: usize) -> Option<Diagnostic> {
        let kind = self.token_before(at);
        if !["site", "service", "tag", "network_site"].contains(&kind)
            || !self.text.get(at..).is_some_and(|rest| rest.starts_with(':'))
        {
            return None;
        }
        let rest = self.text.get(at + 1..end).unwrap_or_default();
        let name = rest.split(|c: char| c.is_whitespace() || c == '{').next().unwrap_or_default();
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
            && !name.starts_with(|c: char| c.is_ascii_digit());
        let written = if plain { name.to_owned() } else { format!("\"{name}\"") };
        let span = self.span(at, at + 1 + name.len());
        let diagnostic =
            Diagnostic::new(code::UNEXPECTED, format!("`{kind}:` is how a scope is typed on the command line"))
                .at(self.span(at - kind.len(), at + 1), "expected a blank instead of the colon");
        Some(match name.is_empty() || name.contains('"') {
            true => diagnostic.help(format!("write `{kind} NAME`, the name in double quotes if it is no plain word")),
            false => {
                let title = format!("write `{kind} {written}`");
                diagnostic.help(title.clone()).fix(title, span, format!(" {written}"))
            }
        })
    }

    /// The number of a container whose first line cannot be read: it may be wrong too.
    pub(super) fn report_number(&mut self, start: usize, end: usize) {
        let line = self.text.get(start..end).unwrap_or_default();
        let Some(open) = line.find('(').filter(|_| line.starts_with("container")) else { return };
        let inside = line.get(open + 1..).and_then(|rest| rest.split(')').next()).unwrap_or_default();
        let number = inside.trim();
        let at = start + open + 1 + (inside.len() - inside.trim_start().len());
        if number.strip_prefix('-').unwrap_or(number).parse::<u128>().is_ok() {
            let span = self.span(at, at + number.len());
            self.container_number(number, span);
        }
    }
}
