//! What encloses the places of a text: the declaration or the user, down to the list. Two places whose lines are alike
//! are told apart by it.

use std::path::Path;

use super::super::sum::EMPTY;
use super::{before, with};

/// The sums of what encloses places, each from a place on, in their order.
#[derive(Debug, Default)]
pub(super) struct Outline {
    from: Vec<(usize, u64)>,
}

/// What encloses the place that the scan has come to.
#[derive(Default)]
struct Scan {
    outline: Outline,
    /// How deep each part is, if indentation says so, and the sum down to it.
    open: Vec<(Depth, u64)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Bracket,
    Indented(usize),
}

impl Outline {
    pub(super) fn of_policies(text: &str) -> Outline {
        let (text, mut scan, mut at) = (text.as_bytes(), Scan::default(), 0);
        while let Some(letter) = text.get(at) {
            match letter {
                b'"' => at = end_of_quote(text, at),
                b'/' if text.get(at + 1) == Some(&b'/') => at = end_of_line(text, at),
                b'{' | b'[' => scan.enter(Depth::Bracket, before(text, at), at + 1),
                b'}' | b']' => scan.leave(at),
                _ => {}
            }
            at += 1;
        }
        scan.outline
    }

    /// That of a part of a directory, or of a project file.
    pub(super) fn of_data(path: &str, text: &str) -> Outline {
        let extension = Path::new(path).extension().and_then(|it| it.to_str()).unwrap_or_default();
        match extension.to_ascii_lowercase().as_str() {
            "jsonl" | "ndjson" => lines(text, |line| Some(user_of_line(line))),
            "csv" => {
                let column = text.lines().next().and_then(|names| cells(names).position(|name| name == "user"));
                lines(text, |line| cells(line).nth(column?))
            }
            _ => yaml(text.as_bytes()),
        }
    }

    /// The sum of all that encloses a place.
    pub(super) fn around(&self, place: usize) -> u64 {
        let next = self.from.partition_point(|(from, _)| *from <= place);
        next.checked_sub(1).map_or(EMPTY, |index| self.from[index].1)
    }
}

impl Scan {
    fn enter(&mut self, depth: Depth, name: &[u8], from: usize) {
        let sum = with(self.sum(), name);
        self.open.push((depth, sum));
        self.outline.from.push((from, sum));
    }

    fn leave(&mut self, from: usize) {
        self.open.pop();
        self.outline.from.push((from, self.sum()));
    }

    /// Leaves all that is indented so far or further.
    fn leave_to(&mut self, indented: usize, from: usize) {
        while self.open.last().is_some_and(|(depth, _)| matches!(depth, Depth::Indented(at) if *at >= indented)) {
            self.leave(from);
        }
    }

    fn is_in_brackets(&self) -> bool {
        self.open.last().is_some_and(|(depth, _)| *depth == Depth::Bracket)
    }

    fn sum(&self) -> u64 {
        self.open.last().map_or(EMPTY, |(_, sum)| *sum)
    }
}

/// The outline of YAML, and of JSON. What is no YAML gets some outline, the same each time.
fn yaml(text: &[u8]) -> Outline {
    let (mut scan, mut at) = (Scan::default(), 0);
    // How far the key of a text of several lines is indented.
    let mut literal: Option<usize> = None;
    while at < text.len() {
        let end = end_of_line(text, at);
        let said = at + text[at..end].iter().take_while(|letter| **letter == b' ').count();
        let is_blank = text[said..end].trim_ascii().is_empty() || text[said] == b'#';
        let is_literal = literal.is_some_and(|key| said - at > key);
        if scan.is_in_brackets() {
            flow(text, at, end, &mut scan);
        } else if !is_blank && !is_literal {
            literal = block(text, at, said, &mut scan);
        }
        at = end + 1;
    }
    scan.outline
}

/// A line of a block. How far its key is indented, if the lines below are its text.
fn block(text: &[u8], line: usize, said: usize, scan: &mut Scan) -> Option<usize> {
    let end = end_of_line(text, line);
    // An item may stand as far to the left as the key of its list.
    let (mut start, mut depth) = (said, 2 * (said - line));
    let is_item = |at: usize| text[at] == b'-' && text.get(at + 1).is_none_or(u8::is_ascii_whitespace);
    while start < end && is_item(start) {
        scan.leave_to(depth + 1, line);
        start += 1 + text[start + 1..end].iter().take_while(|letter| **letter == b' ').count();
        depth = 2 * (start - line);
    }
    if start == said {
        scan.leave_to(depth, line);
    }
    let key = key(text, start, end);
    let value = key.map_or(start, |colon| colon + 1);
    let value = value + text[value..end].iter().take_while(|letter| letter.is_ascii_whitespace()).count();
    match (text.get(value), key) {
        (Some(b'[' | b'{'), _) if value < end => flow(text, value, end, scan),
        (Some(b'|' | b'>'), Some(_)) if value < end => return Some(said - line),
        (_, Some(colon)) => scan.enter(Depth::Indented(depth), name(&text[start..colon]), end),
        _ => {}
    }
    None
}

/// The colon behind the key that a line begins with.
fn key(text: &[u8], start: usize, end: usize) -> Option<usize> {
    let mut at = match text.get(start) {
        Some(b'"' | b'\'') => end_of_quote(text, start).min(end),
        Some(b'[' | b'{') => return None,
        _ => start,
    };
    while at < end {
        match text[at] {
            b':' if text.get(at + 1).is_none_or(u8::is_ascii_whitespace) => return Some(at),
            b'#' if text[at - 1].is_ascii_whitespace() => return None,
            _ => at += 1,
        }
    }
    None
}

/// A line, or the rest of it, in brackets.
fn flow(text: &[u8], mut at: usize, end: usize, scan: &mut Scan) {
    while at < end {
        let begins = at == 0 || text[at - 1].is_ascii_whitespace() || b"[{,:".contains(&text[at - 1]);
        match text[at] {
            b'"' | b'\'' if begins => at = end_of_quote(text, at),
            b'#' if begins => return,
            b'[' | b'{' => scan.enter(Depth::Bracket, name(before(text, at)), at + 1),
            b']' | b'}' if scan.is_in_brackets() => scan.leave(at),
            _ => {}
        }
        at += 1;
    }
}

/// A key without quotes and what follows it.
fn name(key: &[u8]) -> &[u8] {
    let key = key.trim_ascii();
    let key = key.strip_suffix(b":").unwrap_or(key).trim_ascii();
    [b"\"", b"'"].into_iter().find_map(|quote| key.strip_prefix(quote)?.strip_suffix(quote)).unwrap_or(key)
}

/// The outline of a text in which a line is all that is said of a user.
fn lines<'t>(text: &'t str, user: impl Fn(&'t str) -> Option<&'t str>) -> Outline {
    let (mut scan, mut at) = (Scan::default(), 0);
    for line in text.split_inclusive('\n') {
        scan.leave_to(0, at);
        if let Some(user) = user(line) {
            scan.enter(Depth::Indented(0), user.as_bytes(), at);
        }
        if line.trim_start().starts_with('{') {
            let inner = yaml_inside(line, at, scan.sum());
            scan.outline.from.extend(inner);
        }
        at += line.len();
    }
    scan.outline
}

/// What encloses the places of one line of JSON, of which this is the user's sum.
fn yaml_inside(line: &str, at: usize, user: u64) -> Vec<(usize, u64)> {
    let mut scan = Scan { open: vec![(Depth::Indented(0), user)], outline: Outline::default() };
    flow(line.as_bytes(), 0, line.len(), &mut scan);
    scan.outline.from.into_iter().map(|(from, sum)| (at + from, sum)).collect()
}

fn user_of_line(line: &str) -> &str {
    let value = line.split_once("\"user\"").map_or("", |(_, rest)| rest.trim_start_matches([':', ' ', '\t']));
    value.split([',', '}']).next().unwrap_or_default().trim()
}

fn cells(line: &str) -> impl Iterator<Item = &str> {
    line.split([',', ';', '\t']).map(|cell| cell.trim().trim_matches('"'))
}

/// Where the closing quote stands.
fn end_of_quote(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < text.len() && text[at] != text[start] {
        at += if text[at] == b'\\' && text[start] == b'"' { 2 } else { 1 };
    }
    at
}

fn end_of_line(text: &[u8], start: usize) -> usize {
    text[start.min(text.len())..].iter().position(|letter| *letter == b'\n').map_or(text.len(), |at| start + at)
}

#[cfg(test)]
mod tests {
    use super::Outline;

    /// What encloses the place that `<` marks.
    fn around(path: &str, marked: &str) -> u64 {
        let at = marked.find('<').expect("a place");
        let text = marked.replacen('<', "", 1);
        let outline = if path == "prescope" { Outline::of_policies(&text) } else { Outline::of_data(path, &text) };
        outline.around(at)
    }

    #[test]
    fn the_ways_to_lay_data_out_enclose_alike() {
        let ways = [
            "users:\n  anna@a.example:\n    memberships:\n      external: [one, <two]\n",
            "users:\n  anna@a.example:\n    memberships:\n      external:\n      - one\n      - <two\n",
            "users:\n  # {\n  o'hara@a.example: {}\n  anna@a.example: { memberships: { external: [<two] } }\n",
            "{\"users\": {\"anna@a.example\": {\"memberships\": {\"external\": [\"one\", <\"two\"]}}}}",
            "about: |\n  a [ text {\nusers:\n  'anna@a.example':\n    memberships: {\n external: [\n <two ] }\n",
        ];
        // Brackets around a whole document are a level that has no name.
        let plain: Vec<u64> =
            ways.iter().filter(|way| !way.starts_with('{')).map(|way| around("a.yaml", way)).collect();
        assert!(plain.iter().all(|one| *one == plain[0]), "{plain:?}");
        assert_ne!(around("a.json", ways[3]), around("a.json", &ways[3].replace("anna", "bob")));
        for [from, to] in [["anna", "bob"], ["external", "workgroup"], ["users", "groups"]] {
            assert_ne!(around("a.yaml", &ways[0].replace(from, to)), plain[0], "{to}");
        }
    }

    #[test]
    fn the_user_of_a_line_encloses_it() {
        let line = |user: &str, level: &str| {
            around("a.jsonl", &format!("{{\"memberships\":{{\"{level}\":[<\"x\"]}},\"user\":\"{user}\"}}\n"))
        };
        assert_ne!(line("anna", "external"), line("bob", "external"));
        assert_ne!(line("anna", "external"), line("anna", "workgroup"));
        let row = |user: &str| around("a.csv", &format!("site,user\nOslo,kim\n<Oslo,{user}\n"));
        assert_ne!(row("anna"), row("bob"));
    }

    #[test]
    fn declarations_enclose_what_they_say() {
        let of =
            |feature: &str| around("prescope", &format!("feature {feature} for user {{\n    // }}\n    <allow\n}}\n"));
        assert_ne!(of("f"), of("g"));
        assert_eq!(around("prescope", "feature f for user { }\n<x"), around("prescope", "<x"));
    }

    #[test]
    fn no_text_is_too_odd() {
        for text in
            ["<", "<-", "- <", "a:<", "\"<", "]<}", "- - a: {<", "#<", "a: |\n<", "{\"\\<", "\u{feff}- \u{e9}:<"]
        {
            for path in ["prescope", "a.yaml", "a.jsonl", "a.csv"] {
                around(path, text);
            }
        }
    }
}
