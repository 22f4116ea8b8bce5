//! The tree: lists, mappings in the order of the text, and scalars as they were written.

use std::borrow::Cow;

use crate::directory::Scalar;
use crate::language::Span;

/// A value and its place. The place of an alias is where it is used.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    pub(crate) span: Span,
    pub(crate) value: Value<'a>,
    /// True where an alias stands for it: what is below has the places of its anchor.
    pub(crate) alias: bool,
}

#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    /// A text as written, escapes resolved. Not `plain` if it stood in quotes or in a block: then it is a text.
    Scalar {
        text: Cow<'a, str>,
        plain: bool,
    },
    List(Vec<Node<'a>>),
    Mapping(Vec<Pair<'a>>),
}

/// A key and its value.
#[derive(Clone, Debug)]
pub(crate) struct Pair<'a> {
    pub(crate) key: Key<'a>,
    pub(crate) value: Node<'a>,
    /// True if it was taken over by `<<`: it has the place it was taken from.
    pub(crate) merged: bool,
}

/// A key: always a text here, `100` and `true` too.
#[derive(Clone, Debug)]
pub(crate) struct Key<'a> {
    pub(crate) text: Cow<'a, str>,
    pub(crate) span: Span,
    plain: bool,
}

impl<'a> Key<'a> {
    /// A key that is a text whatever it looks like.
    pub(crate) fn quoted(text: Cow<'a, str>, span: Span) -> Key<'a> {
        Key { text, span, plain: false }
    }
}

impl<'a> Pair<'a> {
    /// A key and its value, where both stand.
    pub(crate) fn new(key: Key<'a>, value: Node<'a>) -> Pair<'a> {
        Pair { key, value, merged: false }
    }
}

impl<'a> Node<'a> {
    /// A value where it stands.
    pub(crate) fn new(span: Span, value: Value<'a>) -> Node<'a> {
        Node { span, value, alias: false }
    }

    /// The scalar by YAML 1.2. A number is only what would be printed the same way: `012`, `+49170` and `0x1F` stay
    /// texts, because in a directory they are telephone numbers and codes, and no digit of them may get lost.
    pub(crate) fn scalar(&self) -> Option<Scalar> {
        let Value::Scalar { text, plain } = &self.value else { return None };
        if !plain {
            return Some(Scalar::Text(text.to_string()));
        }
        Some(match text.as_ref() {
            text if is_null(text) => Scalar::Blank,
            text if is_true(text) => Scalar::Bool(true),
            text if is_false(text) => Scalar::Bool(false),
            text => match text.parse::<i64>() {
                Ok(number) if number.to_string() == text => Scalar::Integer(number),
                _ => Scalar::Text(text.to_owned()),
            },
        })
    }

    /// The text of a scalar; nothing of a collection.
    pub(crate) fn as_text(&self) -> &str {
        match &self.value {
            Value::Scalar { text, .. } => text,
            _ => "",
        }
    }

    /// The text of a scalar that is a text or a number; None for `true`, `false`, nothing and collections.
    pub(crate) fn said(&self) -> Option<&Cow<'a, str>> {
        match &self.value {
            Value::Scalar { text, plain } => {
                (!plain || !(is_null(text) || is_true(text) || is_false(text))).then_some(text)
            }
            _ => None,
        }
    }

    pub(crate) fn is_scalar(&self) -> bool {
        matches!(self.value, Value::Scalar { .. })
    }

    /// True for `~`, `null` and nothing at all.
    pub(crate) fn is_null(&self) -> bool {
        matches!(&self.value, Value::Scalar { text, plain: true } if is_null(text))
    }

    pub(super) fn into_key(self) -> Option<Key<'a>> {
        match self.value {
            Value::Scalar { text, plain } => Some(Key { text, span: self.span, plain }),
            _ => None,
        }
    }

    /// About how many bytes a copy takes, and how deep it is.
    pub(super) fn measure(&self) -> (usize, usize) {
        let own = size_of::<Node<'_>>();
        let children: &mut dyn Iterator<Item = (usize, usize)> = match &self.value {
            Value::Scalar { text, .. } => return (own + text.len(), 0),
            Value::List(items) => &mut items.iter().map(Node::measure),
            Value::Mapping(pairs) => &mut pairs.iter().map(|pair| {
                let (size, height) = pair.value.measure();
                (size + size_of::<Key<'_>>() + pair.key.text.len(), height)
            }),
        };
        children.fold((own, 1), |(size, height), (more, below)| (size + more, height.max(below + 1)))
    }
}

impl Pair<'_> {
    pub(super) fn is_merge(&self) -> bool {
        self.key.plain && self.key.text == "<<"
    }
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn is_true(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE")
}

fn is_false(text: &str) -> bool {
    matches!(text, "false" | "False" | "FALSE")
}

/// As much of a place as stands on its first line: a message about a collection need not underline all of it.
pub(crate) fn first_line(text: &str, span: Span) -> Span {
    let covered = text.get(span.start as usize..span.end as usize).unwrap_or_default();
    let line = covered.lines().next().unwrap_or_default().trim_end();
    Span { end: span.start + line.len() as u32, ..span }
}
