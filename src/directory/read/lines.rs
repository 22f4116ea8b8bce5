//! People as lines of JSON: each line is one user, with the keys a user has in YAML and its address under `user`.

use memchr::memchr_iter;

use crate::diagnostic::code;
use crate::directory::form::Form;
use crate::directory::yaml::{Node, Value};
use crate::directory::{User, json};
use crate::language::{Diagnostic, FileId, Span};
use crate::text::Way;

use super::{item, user};

/// The key of the address.
const USER: &str = "user";

/// The users of a file.
pub(super) fn users<'a>(form: &mut Form<'a>, file: FileId, text: &'a str, mut way: Way<'a>) -> Vec<User> {
    let mut users = Vec::new();
    let mut reader = json::Reader::new(file, text, code::JSON);
    let mut start = 0;
    for line_end in memchr_iter(b'\n', text.as_bytes()).chain([text.len()]) {
        let end = start + text.get(start..line_end).unwrap_or_default().trim_end().len();
        if end > start {
            match reader.read(start..end) {
                Ok(node) => users.extend(one(form, &node)),
                Err(wrong) => form.report(*wrong),
            }
        }
        start = line_end + 1;
        way.reach(line_end);
    }
    users
}

fn one<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Option<User> {
    let mut pairs = form.mapping(node, "an object with keys such as `user` and `contacts`");
    let address = pairs.iter().position(|pair| pair.key.text == USER).map(|at| &pairs.remove(at).value);
    let address = match address {
        Some(Node { span, value: Value::Scalar { text, .. }, .. }) => item::address(form, text, *span),
        Some(other) => {
            form.wrong(other, "an address");
            None
        }
        None if matches!(node.value, Value::Mapping(_)) => {
            form.report(nobody(node.span));
            None
        }
        None => None,
    };
    user::user(form, address, pairs)
}

fn nobody(line: Span) -> Diagnostic {
    Diagnostic::new(code::MISSING_KEY, "a line that does not say who it is about")
        .at(Span { end: line.start + 1, ..line }, "")
        .help("add the key `user` with an address")
}
