//! Names that are not declared because their declaration cannot be read: who asks for them makes no further mistake.

use super::ITEM_WORDS;
use super::grammar::Rule;
use super::lower::Lower;
use crate::text::nearest;

impl Lower<'_> {
    /// The names that the unreadable text from `start` to `end` would have declared.
    pub(super) fn lost(&self, probe: Rule, start: usize, end: usize) -> Vec<String> {
        let text = self.text.get(start..end).unwrap_or_default();
        match probe {
            Rule::item_probe => of_item(text),
            Rule::category_probe | Rule::parameter_probe | Rule::data_probe => words(text).map(str::to_owned).collect(),
            _ => Vec::new(),
        }
    }

    /// Says of the first error of an item that is left out what gets lost with it.
    pub(super) fn lose(&mut self, start: usize, end: usize) {
        let names = self.lost(Rule::item_probe, start, end);
        let within = |at: u32| (start..end).contains(&(at as usize));
        let error = self.found.iter_mut().find(|found| found.span().is_some_and(|span| within(span.start)));
        if let Some(error) = error {
            error.loses.extend(names);
        }
    }
}

/// What a declaration declares: its name and, where they are names too, its entries.
fn of_item(text: &str) -> Vec<String> {
    let mut all = words(text).skip_while(|word| *word == "extend").peekable();
    let Some(first) = all.next() else { return Vec::new() };
    let near = nearest(first, ITEM_WORDS.iter().copied());
    let kind = if ITEM_WORDS.contains(&first) { first } else { near.as_ref().map_or("", |near| near.first()) };
    match kind {
        "" => Vec::new(),
        "category" | "settings" | "attributes" | "data" => all.map(str::to_owned).collect(),
        "guard" => {
            let head = text.split('{').next().unwrap_or_default();
            let targets = head.split_once(first).map_or("", |(_, targets)| targets);
            vec![targets.trim().to_owned()]
        }
        // The class is declared elsewhere; a grant names the tag.
        "policy" => words(text.split('{').next().unwrap_or_default()).skip(2).map(str::to_owned).collect(),
        _ => all.next().map(str::to_owned).into_iter().collect(),
    }
}

/// The words of a text outside of comments and quotes.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    let bare = lines.flat_map(|line| line.split('"').step_by(2));
    bare.flat_map(|part| part.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))).filter(|word| !word.is_empty())
}
