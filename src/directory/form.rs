//! Typed questions to a YAML tree. Whoever asks for a list of domains and finds something else reports it here.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry as Slot;

use crate::language::{Code, Diagnostic, FileId, Near, Span, Spanned, nearest};

use super::known::Known;
use super::yaml::{self, Document, Key, Node, Pair, Value};
use super::{Name, Scalar};

/// The codes a kind of file uses.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Codes {
    pub(crate) yaml: Code,
    pub(crate) unknown_key: Code,
    pub(crate) duplicate_key: Code,
    pub(crate) bad_value: Code,
}

/// One file being read, with what is wrong so far.
#[derive(Debug)]
pub(crate) struct Form<'a> {
    text: &'a str,
    codes: Codes,
    cut: bool,
    found: Vec<Diagnostic>,
    /// The addresses read so far.
    pub(super) known: Known<'a>,
}

impl<'a> Form<'a> {
    /// Reads the text as YAML; the root is None if there is nothing in it.
    pub(crate) fn open(file: FileId, text: &'a str, codes: Codes) -> (Form<'a>, Option<Node<'a>>) {
        let Document { root, found, cut } = yaml::parse(file, text, codes.yaml);
        (Form { text, codes, cut, found, known: Known::default() }, root)
    }

    /// A text that something else than YAML is read from.
    pub(crate) fn new(text: &'a str, codes: Codes) -> Form<'a> {
        Form { text, codes, cut: false, found: Vec::new(), known: Known::default() }
    }

    /// True if the text could not be read to its end, so that nothing can be called missing.
    pub(crate) fn is_cut(&self) -> bool {
        self.cut
    }

    /// What was wrong, in the order of the text.
    pub(crate) fn close(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(Diagnostic::span);
        self.found
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// The pairs of a mapping, every key once. Nothing at all is an empty mapping.
    pub(crate) fn mapping<'n>(&mut self, node: &'n Node<'a>, expected: &str) -> Vec<&'n Pair<'a>> {
        self.mapping_by(node, expected, Cow::Borrowed)
    }

    /// The same for keys that compare without case.
    pub(crate) fn caseless_mapping<'n>(&mut self, node: &'n Node<'a>, expected: &str) -> Vec<&'n Pair<'a>> {
        self.mapping_by(node, expected, |key| Cow::Owned(key.to_lowercase()))
    }

    /// The pairs of a mapping, every key once, where keys are equal if the function says the same of them.
    pub(crate) fn mapping_by<'n>(
        &mut self,
        node: &'n Node<'a>,
        expected: &str,
        same: impl Fn(&'n str) -> Cow<'n, str>,
    ) -> Vec<&'n Pair<'a>> {
        let pairs = self.pairs(node, expected);
        let mut first: HashMap<Cow<'n, str>, Span> = HashMap::with_capacity(pairs.len());
        let once = |pair: &&'n Pair<'a>| match first.entry(same(&pair.key.text)) {
            Slot::Vacant(slot) => {
                slot.insert(pair.key.span);
                true
            }
            Slot::Occupied(slot) => {
                let (key, earlier) = (Spanned::new(pair.key.text.as_ref(), pair.key.span), *slot.get());
                self.found.push(given_twice(self.codes.duplicate_key, key, earlier));
                false
            }
        };
        pairs.iter().filter(once).collect()
    }

    /// The pairs of a mapping as they stand.
    pub(crate) fn pairs<'n>(&mut self, node: &'n Node<'a>, expected: &str) -> &'n [Pair<'a>] {
        match &node.value {
            Value::Mapping(pairs) => pairs,
            _ => {
                if !node.is_null() {
                    self.wrong(node, expected);
                }
                &[]
            }
        }
    }

    /// The items of a list; None if there is nothing, or something else.
    pub(crate) fn list<'n>(&mut self, node: &'n Node<'a>, expected: &str) -> Option<&'n [Node<'a>]> {
        match &node.value {
            Value::List(items) => return Some(items),
            Value::Scalar { .. } if node.is_null() => {}
            _ => self.wrong(node, expected),
        }
        None
    }

    /// A text. Numbers are texts too where a text is wanted; `true` and `false` are more likely a misunderstanding.
    pub(crate) fn text(&mut self, node: &Node<'a>, expected: &str) -> Option<Name> {
        self.said(node, expected).map(|text| Spanned::new(text.to_string(), node.span))
    }

    /// The same without a copy of the text.
    pub(crate) fn said<'n>(&mut self, node: &'n Node<'a>, expected: &str) -> Option<&'n Cow<'a, str>> {
        let text = node.said();
        if text.is_none() {
            self.wrong(node, expected);
        }
        text
    }

    /// A text, or nothing.
    pub(crate) fn optional_text(&mut self, node: &Node<'a>, expected: &str) -> Option<Name> {
        if node.is_null() { None } else { self.text(node, expected) }
    }

    /// A single value of any kind.
    pub(crate) fn scalar(&mut self, node: &Node<'a>, expected: &str) -> Option<Spanned<Scalar>> {
        let scalar = node.scalar();
        if scalar.is_none() {
            self.wrong(node, expected);
        }
        scalar.map(|scalar| Spanned::new(scalar, node.span))
    }

    /// `true` or `false`, or nothing.
    pub(crate) fn boolean(&mut self, node: &Node<'a>) -> Option<Spanned<bool>> {
        match node.scalar() {
            Some(Scalar::Bool(value)) => return Some(Spanned::new(value, node.span)),
            Some(Scalar::Blank) => {}
            _ => self.wrong(node, "`true` or `false`"),
        }
        None
    }

    /// Reports a value of another kind than expected ("a list of domains").
    pub(crate) fn wrong(&mut self, node: &Node<'a>, expected: &str) {
        let (found, help) = match (&node.value, node.scalar()) {
            (Value::List(_), _) => ("a list".to_owned(), None),
            (Value::Mapping(_), _) => ("a mapping".to_owned(), None),
            (_, Some(Scalar::Blank)) => ("nothing".to_owned(), None),
            (Value::Scalar { text, .. }, scalar) => {
                let help = match scalar {
                    Some(Scalar::Bool(_)) if expected.starts_with("a ") => Some("put it in quotes to make it a text"),
                    _ if expected.starts_with("a list") => Some("put it in brackets to make it a list"),
                    _ => None,
                };
                (format!("`{}`", excerpt(text)), help)
            }
        };
        let place = yaml::first_line(self.text, node.span);
        let mut diagnostic =
            Diagnostic::new(self.codes.bad_value, format!("expected {expected}, found {found}")).at(place, "");
        diagnostic.help = help.map(str::to_owned);
        self.found.push(diagnostic);
    }

    /// Reports a key that is none of the known ones.
    pub(crate) fn unknown_key(&mut self, key: &Key<'a>, of: &str, known: &[&str]) {
        let diagnostic = Diagnostic::new(self.codes.unknown_key, format!("{of} has no key `{}`", excerpt(&key.text)))
            .at(key.span, "")
            .help(format!("use one of {}", listing(known)))
            .suggest(nearest(&key.text, known.iter().copied()).map(Near::of_words));
        // `users:{ … }` is one word for YAML.
        let joined = key.text.split_once(':').filter(|(name, _)| known.contains(name));
        self.found.push(match joined {
            Some((name, _)) => diagnostic.help(format!("put a blank behind the colon of `{name}:`")),
            None => diagnostic,
        });
    }
}

/// A key that stands twice, with both places.
pub(super) fn given_twice(code: Code, key: Spanned<&str>, first: Span) -> Diagnostic {
    Diagnostic::new(code, format!("`{}` is given twice", excerpt(key.it)))
        .at(key.span, "given again here")
        .at(first, "first given here")
}

/// A text as a message shows it: one line, not too long, and nothing that a terminal would obey.
pub(crate) fn excerpt(text: &str) -> String {
    const WIDTH: usize = 60;
    let line = text.lines().next().unwrap_or_default();
    let mut shown: String =
        line.chars().take(WIDTH).map(|c| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c }).collect();
    if line.len() < text.trim_end().len() || line.chars().nth(WIDTH).is_some() {
        shown.push('…');
    }
    shown
}

fn listing(names: &[&str]) -> String {
    let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.concat(),
    }
}
