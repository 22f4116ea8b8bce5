//! A tree as an outline: names and structure. Places and what is absent are left out.

use prescope::language::Parsed;

/// How many lines the outline of an item has that is read by itself.
const LONG: usize = 30;

/// A value as `Debug` prints it, taken apart.
enum Node {
    Leaf(String),
    Branch(String, Vec<(Option<String>, Node)>),
}

/// The items of a file, each with its kind, and its documentation and comments as what is around them.
pub(super) fn outline(parsed: &Parsed) -> Vec<(String, String)> {
    let mut around = String::new();
    if let Some(doc) = &parsed.doc {
        around += &format!("//! {:?}\n", doc.it);
    }
    for comment in &parsed.comments {
        around += &format!("{}\n", comment.it);
    }
    let mut shown = Vec::new();
    if !around.is_empty() {
        shown.push(("around".to_owned(), around));
    }
    for item in &parsed.items {
        let (kind, debug) = (format!("{:?}", item.kind), format!("{item:?}"));
        let (mut rest, mut text) = (debug.as_str(), String::new());
        write(&mut text, 0, "", &simplified(node(&mut rest)));
        let kind = kind.split('(').next().unwrap_or_default();
        // What is long stands by itself.
        let name = text.split("name: \"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
        let name = if text.lines().count() > LONG { name } else { "" };
        shown.push((format!("{kind} {name}").trim_end().to_owned(), text));
    }
    shown
}

/// Reads `Name { field: value, … }`, `Name(value, …)`, `[value, …]`, `(value, …)`, or a leaf.
fn node(rest: &mut &str) -> Node {
    if rest.starts_with('"') {
        let mut escaped = false;
        let end = rest[1..]
            .find(|c: char| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            })
            .unwrap();
        let leaf = rest[..end + 2].to_owned();
        *rest = &rest[end + 2..];
        return Node::Leaf(leaf);
    }
    let end = rest.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-')).unwrap_or(rest.len());
    let name = rest[..end].to_owned();
    *rest = &rest[end..];
    let (named, close) = match rest.trim_start().chars().next() {
        Some('{') => (true, '}'),
        Some('(') => (false, ')'),
        Some('[') => (false, ']'),
        _ => return Node::Leaf(name),
    };
    *rest = &rest.trim_start()[1..];
    let mut parts = Vec::new();
    loop {
        *rest = rest.trim_start_matches([' ', ',']);
        if let Some(after) = rest.strip_prefix(close) {
            *rest = after;
            return Node::Branch(name, parts);
        }
        let mut field = None;
        if named {
            let (before, after) = rest.split_once(": ").unwrap();
            field = Some(before.to_owned());
            *rest = after;
        }
        parts.push((field, node(rest)));
    }
}

/// Without places, `None`, empty lists and `false`; a value with a place is the value.
fn simplified(node: Node) -> Node {
    let Node::Branch(name, parts) = node else { return node };
    let parts = parts.into_iter().map(|(field, part)| (field, simplified(part)));
    let parts = parts.filter(|(field, part)| {
        let place = matches!(field.as_deref(), Some("span" | "place"));
        let absent = match part {
            Node::Leaf(leaf) => field.is_some() && matches!(leaf.as_str(), "None" | "false" | ""),
            Node::Branch(name, parts) => {
                field.is_some() && parts.is_empty() && matches!(name.as_str(), "" | "Circumstance")
            }
        };
        !(place || absent)
    });
    let mut parts: Vec<_> = parts.collect();
    match name.as_str() {
        "Some" if matches!(parts.first(), Some((_, Node::Branch(name, parts))) if name.is_empty() && parts.is_empty()) => {
            Node::Leaf("[]".to_owned())
        }
        "Spanned" | "Some" if parts.len() == 1 => parts.remove(0).1,
        // `Rule(Rule { … })` and `And([…])` say the same without the inner name.
        name_here if parts.len() == 1 && parts.first().is_some_and(|part| part.0.is_none()) => {
            match parts.remove(0).1 {
                Node::Branch(inner, parts) if inner.is_empty() || inner == name_here => Node::Branch(name, parts),
                other => Node::Branch(name, vec![(None, other)]),
            }
        }
        "Spanned" => Node::Leaf("()".to_owned()),
        _ => Node::Branch(name, parts),
    }
}

/// A node on one line, if it is short enough.
fn line(node: &Node) -> String {
    match node {
        Node::Leaf(leaf) => leaf.clone(),
        Node::Branch(name, parts) => {
            let inner: Vec<_> = parts
                .iter()
                .map(|(field, part)| match field {
                    Some(field) => format!("{field}: {}", line(part)),
                    None => line(part),
                })
                .collect();
            let list = name.is_empty();
            format!("{name}{}{}{}", if list { "[" } else { "(" }, inner.join(", "), if list { "]" } else { ")" })
        }
    }
}

fn write(shown: &mut String, depth: usize, field: &str, node: &Node) {
    let indent = "  ".repeat(depth);
    let short = line(node);
    match node {
        Node::Branch(name, parts) if indent.len() + field.len() + short.len() > 110 => {
            *shown += format!("{indent}{field}{name}").trim_end();
            *shown += "\n";
            for (field, part) in parts {
                let field = field.as_ref().map_or_else(|| "- ".to_owned(), |field| format!("{field}: "));
                write(shown, depth + 1, &field, part);
            }
        }
        _ => *shown += &format!("{indent}{field}{short}\n"),
    }
}
