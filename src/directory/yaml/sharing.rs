//! Values that stand in several places: anchors, aliases, merge keys.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::language::{Diagnostic, Span};

use super::tree::{Node, Pair, Value};
use super::{Builder, DEPTH, Fatal};

/// How many bytes the copies behind anchors and aliases may take together ("billion laughs").
const COPIES: usize = 128 << 20;

/// What an anchor stands for.
pub(super) struct Anchored<'a> {
    node: Node<'a>,
    size: usize,
    height: usize,
}

impl<'a> Builder<'a> {
    /// Remembers a node under its anchor, if it has one.
    pub(super) fn anchor(&mut self, anchor: usize, node: &Node<'a>) -> Result<(), Fatal> {
        if anchor != 0 {
            let (size, height) = node.measure();
            self.charge(size, node.span)?;
            self.anchors.insert(anchor, Anchored { node: node.clone(), size, height });
        }
        Ok(())
    }

    /// What an alias stands for, at the place of the alias.
    pub(super) fn copy(&mut self, anchor: usize, span: Span) -> Result<Node<'a>, Fatal> {
        let Some(Anchored { size, height, .. }) = self.anchors.get(&anchor) else {
            return Err(self.fatal(span, "an alias inside of what it stands for"));
        };
        if self.open.len() + height > DEPTH {
            return Err(self.fatal(span, format!("nesting deeper than {DEPTH} levels")));
        }
        self.charge(*size, span)?;
        let value = self.anchors.get(&anchor).map(|anchored| anchored.node.value.clone());
        let value = value.unwrap_or(Value::Scalar { text: Cow::Borrowed(""), plain: true });
        Ok(Node { span, value, alias: true })
    }

    fn charge(&mut self, size: usize, span: Span) -> Result<(), Fatal> {
        self.copies = self.copies.saturating_add(size);
        if self.copies > COPIES {
            return Err(self.fatal(self.first_line(span), "aliases that stand for too much"));
        }
        Ok(())
    }

    /// Replaces every `<<` by the pairs of the mappings it names, which yield to the mapping's own.
    pub(super) fn merge_keys(&mut self, pairs: Vec<Pair<'a>>) -> Vec<Pair<'a>> {
        if !pairs.iter().any(Pair::is_merge) {
            return pairs;
        }
        let (merges, mut pairs): (Vec<_>, Vec<_>) = pairs.into_iter().partition(Pair::is_merge);
        let mut known: HashSet<String> = pairs.iter().map(|pair| pair.key.text.to_string()).collect();
        let sources = merges.into_iter().flat_map(|merge| match merge.value.value {
            Value::List(items) => items,
            _ => vec![merge.value],
        });
        for source in sources {
            match source.value {
                Value::Mapping(more) => {
                    let new = more.into_iter().filter(|pair| known.insert(pair.key.text.to_string()));
                    pairs.extend(new.map(|pair| Pair { merged: true, ..pair }));
                }
                _ => {
                    let wrong = Diagnostic::new(self.code, "`<<` takes a mapping or a list of mappings");
                    self.found.push(wrong.at(self.first_line(source.span), ""));
                }
            }
        }
        pairs
    }
}
