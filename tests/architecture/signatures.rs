//! What CONTRIBUTING.md promises of signatures and fields: few parameters, no `bool` whose meaning nobody sees where it
//! is passed, and no field that is called by a preposition.

use super::{promised, sources};
use crate::given;

/// A function as it is declared.
struct Signature {
    name: String,
    /// Whether others may call it.
    is_public: bool,
    /// Its parameters but for `self`.
    parameters: Vec<String>,
}

/// The text up to the bracket that closes the one before it, without what a `->` would add.
fn inside(text: &str) -> &str {
    let (mut depth, mut before) = (0_usize, ' ');
    for (at, letter) in text.char_indices() {
        match letter {
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if before == '-' => {}
            ')' | ']' | '}' | '>' if depth == 0 => return &text[..at],
            ')' | ']' | '}' | '>' => depth -= 1,
            _ => {}
        }
        before = letter;
    }
    text
}

/// The parts of a text between commas that stand in no brackets.
fn listed(text: &str) -> Vec<String> {
    let (mut parts, mut depth, mut before) = (vec![String::new()], 0_i32, ' ');
    for letter in text.chars() {
        match letter {
            '(' | '[' | '{' | '<' => depth += 1,
            '>' if before == '-' => {}
            ')' | ']' | '}' | '>' => depth -= 1,
            _ => {}
        }
        before = letter;
        match letter {
            ',' if depth == 0 => parts.push(String::new()),
            _ => parts.last_mut().unwrap().push(letter),
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Every function that is declared in a text.
fn signatures(text: &str) -> Vec<Signature> {
    let code: String = super::code(text).map(|(_, line)| format!("{line}\n")).collect();
    let mut found = Vec::new();
    for (at, word) in code.match_indices("fn ") {
        let line = code[..at].rsplit('\n').next().unwrap_or_default().trim_start();
        let modifiers = line.strip_suffix("const ").unwrap_or(line).trim_end();
        if !(modifiers.is_empty() || modifiers.starts_with("pub") && !modifiers.contains('=')) {
            continue;
        }
        let rest = &code[at + word.len()..];
        let end = rest.find(['(', '<']).unwrap_or(rest.len());
        let (name, mut rest) = rest.split_at(end);
        if let Some(generics) = rest.strip_prefix('<') {
            rest = &generics[inside(generics).len() + 1..];
        }
        let Some(parameters) = rest.strip_prefix('(') else { continue };
        let is_self = |it: &String| it.trim_start_matches("mut ").ends_with("self") && !it.contains(':');
        let parameters = listed(inside(parameters)).into_iter().filter(|it| !is_self(it)).collect();
        found.push(Signature { name: name.to_owned(), is_public: modifiers.starts_with("pub"), parameters });
    }
    found
}

#[test]
fn functions_have_few_parameters_and_no_bool_that_others_pass() {
    let most = promised("A function has at most ", " parameters");
    let (mut many, mut bools) = (Vec::new(), Vec::new());
    for path in sources() {
        for Signature { name, is_public, parameters } in signatures(&given::text_of(&path)) {
            if parameters.len() > most {
                many.push(format!("{path}: `{name}` has {} parameters", parameters.len()));
            }
            if let (true, Some(bool)) = (is_public, parameters.iter().find(|it| it.ends_with(": bool"))) {
                bools.push(format!("{path}: `{name}` takes `{bool}`"));
            }
        }
    }
    assert!(many.is_empty(), "{}", many.join("\n"));
    assert!(bools.is_empty(), "{}", bools.join("\n"));
}

#[test]
fn no_field_is_called_by_a_preposition_alone() {
    let mut wrong = Vec::new();
    for path in sources() {
        let text = given::text_of(&path);
        let is_field = |line: &str| {
            let line = line.trim_start();
            let name = line.strip_prefix("pub").map_or(line, |rest| {
                let rest =
                    if rest.starts_with('(') { rest.split_once(')').map_or(rest, |(_, rest)| rest) } else { rest };
                rest.trim_start()
            });
            // A value is given to one where its type is named; here a type stands behind the name.
            name.strip_prefix("of: ").is_some_and(|kind| kind.ends_with(',') && !kind.contains(['.', '{', '"']))
        };
        let fields = super::code(&text).filter(|(_, line)| is_field(line));
        wrong.extend(fields.map(|(number, line)| format!("{path}:{number}: `{}`", line.trim())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn signatures_are_read_as_they_stand() {
    let text = "impl A {\n    pub(super) const fn one<T: Fn(u8, u8) -> Vec<u8>>(&mut self, a: (u8, u8), b: bool) -> u8 {\n    fn \
                two(\n        self,\n        it: impl Fn(u8) -> u8,\n    ) {}\n// fn three(a: u8) {}\nlet f: fn (u8, u8);\n";
    let read: Vec<(String, bool, usize)> =
        signatures(text).into_iter().map(|it| (it.name, it.is_public, it.parameters.len())).collect();
    assert_eq!(read, [("one".to_owned(), true, 2), ("two".to_owned(), false, 1)]);
}
