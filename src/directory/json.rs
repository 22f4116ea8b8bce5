//! One JSON value as a tree in which everything knows its place; the only module that knows the JSON parser.

use std::borrow::Cow;
use std::ops::Range;

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, Peek};
use memchr::memchr;

use crate::language::{Code, Diagnostic, FileId, Span};

use super::yaml::{Key, Node, Pair, Value};

/// How deep values may nest: everything that walks a tree may recurse. A user needs four.
const DEPTH: usize = 64;

/// Reads values out of a text.
pub(crate) struct Reader<'a> {
    file: FileId,
    text: &'a str,
    code: Code,
    /// The part of it that is being read, and where that begins.
    value: &'a str,
    start: usize,
    values: Jiter<'a>,
    /// What stands in lists and objects that have not ended: kept together, so that each gets just the room it needs.
    items: Vec<Node<'a>>,
    pairs: Vec<Pair<'a>>,
}

/// What ends reading, and where.
struct Wrong {
    message: String,
    at: usize,
}

impl From<JiterError> for Wrong {
    fn from(error: JiterError) -> Wrong {
        let message = match &error.error_type {
            JiterErrorType::JsonError(kind) => words(kind),
            JiterErrorType::WrongType { expected, actual } => format!("{actual} where JSON wants {expected}"),
        };
        Wrong { message, at: error.index }
    }
}

/// What is wrong, said about the text and not about the parser.
fn words(kind: &JsonErrorType) -> String {
    match kind {
        JsonErrorType::EofWhileParsingList => "a `[` that is not closed on its line",
        JsonErrorType::EofWhileParsingObject => "a `{` that is not closed on its line",
        JsonErrorType::EofWhileParsingString => "a quote that is not closed on its line",
        JsonErrorType::EofWhileParsingValue => "a line that ends where a value should stand",
        JsonErrorType::ExpectedColon => "expected `:` behind the key",
        JsonErrorType::ExpectedListCommaOrEnd => "expected `,` or `]`",
        JsonErrorType::ExpectedObjectCommaOrEnd => "expected `,` or `}`",
        JsonErrorType::ExpectedSomeIdent | JsonErrorType::ExpectedSomeValue => "this is no JSON value",
        JsonErrorType::KeyMustBeAString => "a key stands in double quotes",
        JsonErrorType::TrailingComma => "a comma behind the last item",
        JsonErrorType::TrailingCharacters => "more text behind the value",
        JsonErrorType::ControlCharacterWhileParsingString => "a control character cannot stand in a JSON text",
        JsonErrorType::InvalidEscape
        | JsonErrorType::InvalidUnicodeCodePoint
        | JsonErrorType::LoneLeadingSurrogateInHexEscape
        | JsonErrorType::UnexpectedEndOfHexEscape => "an escape that JSON does not have",
        JsonErrorType::InvalidNumber | JsonErrorType::NumberOutOfRange => "a number that JSON does not have",
        other => return other.to_string(),
    }
    .to_owned()
}

impl<'a> Reader<'a> {
    /// Nothing read yet.
    pub(crate) fn new(file: FileId, text: &'a str, code: Code) -> Reader<'a> {
        let (items, pairs) = (Vec::new(), Vec::new());
        Reader { file, text, code, value: "", start: 0, values: Jiter::new(&[]), items, pairs }
    }

    /// Reads the one value in this part of the text.
    pub(crate) fn read(&mut self, part: Range<usize>) -> Result<Node<'a>, Box<Diagnostic>> {
        self.start = part.start;
        self.value = self.text.get(part).unwrap_or_default();
        self.values = Jiter::new(self.value.as_bytes());
        self.document().map_err(|wrong| {
            self.items.clear();
            self.pairs.clear();
            let at = self.span(wrong.at..wrong.at);
            Box::new(Diagnostic::new(self.code, wrong.message).at(at, "").help("write one JSON object on each line"))
        })
    }

    fn document(&mut self) -> Result<Node<'a>, Wrong> {
        let peek = self.values.peek()?;
        let node = self.node(peek, 0)?;
        self.values.finish()?;
        Ok(node)
    }

    fn span(&self, part: Range<usize>) -> Span {
        Span::new(self.file, self.start + part.start, self.start + part.end)
    }

    fn node(&mut self, peek: Peek, depth: usize) -> Result<Node<'a>, Wrong> {
        let start = self.values.current_index();
        if depth > DEPTH {
            return Err(Wrong { message: "nesting that is too deep".to_owned(), at: start });
        }
        let value = match peek {
            Peek::String => {
                let length = self.values.known_bytes()?.len();
                // The place of a text is what stands between its quotes.
                let inside = start + 1..start + 1 + length;
                let text = self.unescaped(inside.clone())?;
                return Ok(Node::new(self.span(inside), Value::Scalar { text, plain: false }));
            }
            Peek::Array => Value::List(self.list(depth)?),
            Peek::Object => Value::Mapping(self.mapping(depth)?),
            Peek::Null | Peek::True | Peek::False => {
                self.values.known_skip(peek)?;
                self.word(start)
            }
            _ => {
                self.values.known_number_bytes(peek)?;
                self.word(start)
            }
        };
        Ok(Node::new(self.span(start..self.values.current_index()), value))
    }

    /// A number, `true`, `false` or `null`, as it is written.
    fn word(&self, start: usize) -> Value<'a> {
        let text = self.value.get(start..self.values.current_index()).unwrap_or_default();
        Value::Scalar { text: Cow::Borrowed(text), plain: true }
    }

    /// A text without its escapes. Almost none has any, and those that have none are borrowed.
    fn unescaped(&self, inside: Range<usize>) -> Result<Cow<'a, str>, Wrong> {
        let raw = self.value.get(inside.clone()).unwrap_or_default();
        if memchr(b'\\', raw.as_bytes()).is_none() {
            return Ok(Cow::Borrowed(raw));
        }
        let quoted = self.value.get(inside.start - 1..inside.end + 1).unwrap_or_default();
        let mut value = Jiter::new(quoted.as_bytes());
        let text = value.next_str().map_err(|error| Wrong::from(error).behind(inside.start - 1))?;
        Ok(Cow::Owned(text.to_owned()))
    }

    fn list(&mut self, depth: usize) -> Result<Vec<Node<'a>>, Wrong> {
        let first = self.items.len();
        let mut next = self.values.known_array()?;
        while let Some(peek) = next {
            let item = self.node(peek, depth + 1)?;
            self.items.push(item);
            next = self.values.array_step()?;
        }
        Ok(self.items.drain(first..).collect())
    }

    fn mapping(&mut self, depth: usize) -> Result<Vec<Pair<'a>>, Wrong> {
        let first = self.pairs.len();
        let mut next = key_within(self.value, self.values.next_object_bytes()?);
        while let Some(inside) = next {
            let key = Key::quoted(self.unescaped(inside.clone())?, self.span(inside));
            let peek = self.values.peek()?;
            let value = self.node(peek, depth + 1)?;
            self.pairs.push(Pair::new(key, value));
            next = key_within(self.value, self.values.next_key_bytes()?);
        }
        Ok(self.pairs.drain(first..).collect())
    }
}

/// Where a key that the parser gives as a part of the text stands in it.
fn key_within(text: &str, key: Option<&[u8]>) -> Option<Range<usize>> {
    let key = key?;
    let start = key.as_ptr().addr() - text.as_ptr().addr();
    Some(start..start + key.len())
}

impl Wrong {
    fn behind(self, start: usize) -> Wrong {
        Wrong { at: self.at + start, ..self }
    }
}
