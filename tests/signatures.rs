//! Signatures of the modules that programs meet first: few parameters, words instead of `true` and `false`, fields that say
//! what they hold.

use crate::given;

/// The modules, and how many things a function of theirs takes beside `self`.
const MODULES: &[&str] = &["compile", "directory", "library", "model", "project"];
const PARAMETERS: usize = 4;

/// A function as it is declared.
struct Signature {
    line: usize,
    name: String,
    is_public: bool,
    parameters: Vec<String>,
}

/// The text up to the bracket that closes the one before it, and the parts between commas that stand in no other bracket.
fn parts(text: &str) -> Vec<String> {
    let (mut depth, mut parts, mut before) = (0_u32, vec![String::new()], ' ');
    for letter in text.chars() {
        match letter {
            ')' if depth == 0 => break,
            '(' | '[' | '{' | '<' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            '>' if before != '-' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ => {}
        }
        if let Some(last) = parts.last_mut().filter(|_| letter != ',' || depth > 0) {
            last.push(letter);
        }
        before = letter;
    }
    let parts = parts.into_iter().map(|part| part.trim().to_owned());
    parts.filter(|part| !part.is_empty() && !part.ends_with("self")).collect()
}

/// The functions of a text without comments.
fn signatures(code: &str) -> Vec<Signature> {
    let mut all = Vec::new();
    for (at, declared) in code.match_indices("fn ") {
        let line = &code[code[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        let behind = &code[at + declared.len()..];
        let name: String = behind.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect();
        let words = line.split_whitespace();
        if name.is_empty() || !words.clone().all(|word| word.starts_with("pub") || word == "const") {
            continue;
        }
        // Bounds of a generic parameter may have brackets of their own, behind `Fn`.
        let generics =
            if behind[name.len()..].starts_with('<') { behind.find(">(").map_or(0, |end| end + 1) } else { name.len() };
        let parameters = parts(&behind[generics + 1..]);
        let is_public = words.clone().any(|word| word == "pub");
        all.push(Signature { line: code[..at].matches('\n').count() + 1, name, is_public, parameters });
    }
    all
}

fn without_comments(text: &str) -> String {
    let lines = text.lines().map(|line| if line.trim_start().starts_with("//") { "" } else { line });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn signatures_are_read_as_rust_reads_them() {
    let code = "impl X {\n    pub fn a<T: Fn(u8) -> bool>(&mut self, one: &[(u8, u8)], f: impl Fn(u8, u8) -> u8) -> u8 {}\n\
                }\npub(crate) const fn b(\n    yes: bool,\n) {}\nfn c() {}\n";
    let read: Vec<_> =
        signatures(code).into_iter().map(|it| (it.line, it.name, it.is_public, it.parameters.join("; "))).collect();
    let expected = [
        (2, "a", true, "one: &[(u8, u8)]; f: impl Fn(u8, u8) -> u8"),
        (4, "b", false, "yes: bool"),
        (7, "c", false, ""),
    ];
    assert_eq!(read, expected.map(|(line, name, public, words)| (line, name.to_owned(), public, words.to_owned())));
}

#[test]
fn signatures_of_these_modules_are_short_and_speak() {
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for path in given::files_below("src", ".rs") {
        let below = path.trim_start_matches("src/").trim_end_matches(".rs");
        if !MODULES.contains(&below.split('/').next().unwrap_or_default()) {
            continue;
        }
        let code = without_comments(&given::text_of(&path));
        for Signature { line, name, is_public, parameters } in signatures(&code) {
            seen += 1;
            if parameters.len() > PARAMETERS {
                wrong.push(format!("{path}:{line}: `{name}` takes {} things", parameters.len()));
            }
            if is_public && parameters.iter().any(|it| it.ends_with(": bool")) {
                wrong.push(format!("{path}:{line}: what does `true` mean to `{name}`?"));
            }
        }
        for (number, line) in code.lines().enumerate() {
            if line.trim_start().trim_start_matches("pub ").starts_with("of: ") {
                wrong.push(format!("{path}:{}: a field called `of` says nothing", number + 1));
            }
        }
    }
    assert!(seen > 500, "{seen} functions");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
