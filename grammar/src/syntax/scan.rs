//! One linear look at a text before it is parsed: its comments, its torn texts, and how deep it nests.

use std::borrow::Cow;

use super::MAX_DEPTH;

/// What kind of comment it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum CommentKind {
    /// `// …`
    Plain,
    /// `/// …`, alone on its line.
    Doc,
    /// `//! …`
    FileDoc,
}

/// A comment, from its slashes to its last character that is no blank.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment {
    pub(super) kind: CommentKind,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Something wrong that no grammar is needed for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Flaw {
    /// A text that does not end on its line.
    TornText,
    /// A control character in a text.
    ControlCharacter(char),
    /// `\` with a character that is no escape.
    BadEscape(char),
    /// A bracket or `not` inside too many others.
    TooDeep,
}

/// Everything one look finds. All in the order of the text.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) comments: Vec<Comment>,
    /// A flaw and the bytes it covers.
    pub(super) flaws: Vec<(Flaw, usize, usize)>,
    /// Declarations that nest too deep to be parsed.
    deep: Vec<(usize, usize)>,
}

impl Scan {
    /// The text as it can be parsed: declarations that nest too deep are blanks, everything else stays where it is.
    pub(super) fn parsable<'a>(&self, text: &'a str) -> Cow<'a, str> {
        if self.deep.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut shallow = String::with_capacity(text.len());
        let mut done = 0;
        for (start, end) in &self.deep {
            shallow.push_str(text.get(done..*start).unwrap_or_default());
            let blank = |byte: u8| if byte == b'\n' { '\n' } else { ' ' };
            shallow.extend(text.get(*start..*end).unwrap_or_default().bytes().map(blank));
            done = *end;
        }
        shallow.push_str(text.get(done..).unwrap_or_default());
        Cow::Owned(shallow)
    }
}

/// Looks at a text.
pub(super) fn scan(text: &str) -> Scan {
    let mut scanner = Scanner { text, at: 0, found: Scan::default(), fresh_line: true, nesting: Nesting::default() };
    scanner.run();
    scanner.found
}

/// How deep the present place lies. Brackets and `not` each count as one.
#[derive(Default)]
struct Nesting {
    /// For every open bracket, itself and the `not`s right before it.
    open: Vec<usize>,
    depth: usize,
    /// The `not`s right before the present place.
    nots: usize,
    /// Where the present declaration starts.
    item: usize,
    too_deep: bool,
}

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    found: Scan,
    /// Nothing but blanks since the last line end.
    fresh_line: bool,
    nesting: Nesting,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn run(&mut self) {
        while let Some(next) = self.rest().chars().next() {
            let fresh = self.fresh_line;
            match next {
                '\n' => {
                    self.at += 1;
                    self.fresh_line = true;
                    continue;
                }
                ' ' | '\t' | '\r' => {
                    self.at += 1;
                    continue;
                }
                '"' => {
                    self.quoted();
                    self.nesting.nots = 0;
                }
                '/' if self.rest().starts_with("//") => self.comment(fresh),
                '(' | '{' => {
                    self.open();
                    self.at += 1;
                }
                ')' | '}' => {
                    self.nesting.depth -= self.nesting.open.pop().unwrap_or(0);
                    self.nesting.nots = 0;
                    self.at += 1;
                }
                '!' => {
                    self.negate();
                    self.at += 1;
                }
                _ if starts_word(next) => self.word(fresh),
                _ => {
                    self.nesting.nots = 0;
                    self.at += next.len_utf8();
                }
            }
            self.fresh_line = false;
        }
        self.end_item(self.text.len());
    }

    fn open(&mut self) {
        let weight = self.nesting.nots + 1;
        self.nesting.open.push(weight);
        self.nesting.depth += weight;
        self.nesting.nots = 0;
        self.check_depth(1);
    }

    fn negate(&mut self) {
        self.nesting.nots += 1;
        self.check_depth(1);
    }

    fn check_depth(&mut self, width: usize) {
        if !self.nesting.too_deep && self.nesting.depth + self.nesting.nots > MAX_DEPTH {
            self.nesting.too_deep = true;
            self.found.flaws.push((Flaw::TooDeep, self.at, self.at + width));
        }
    }

    fn end_item(&mut self, end: usize) {
        if self.nesting.too_deep {
            self.found.deep.push((self.nesting.item, end));
        }
        self.nesting = Nesting { item: end, ..Nesting::default() };
    }

    fn comment(&mut self, fresh: bool) {
        let line = self.rest().split('\n').next().unwrap_or_default();
        let length = line.len();
        let kind = if line.starts_with("//!") {
            CommentKind::FileDoc
        } else if line.starts_with("///") && !line.starts_with("////") && fresh {
            CommentKind::Doc
        } else {
            CommentKind::Plain
        };
        let end = self.at + line.trim_end().len();
        self.found.comments.push(Comment { kind, start: self.at, end });
        self.at += length;
    }

    // INVARIANT: what is a text here is `quoted` in the grammar, and what is torn is `torn_text`.
    fn quoted(&mut self) {
        let start = self.at;
        let mut flaws = Vec::new();
        let mut escaped = false;
        for (offset, next) in self.text.get(start + 1..).unwrap_or_default().char_indices() {
            let here = start + 1 + offset;
            match next {
                '\n' => break,
                '\r' if self.text.get(here..).is_some_and(|rest| rest.starts_with("\r\n")) => break,
                _ if escaped => {
                    escaped = false;
                    if !matches!(next, '"' | '\\' | 'n') {
                        flaws.push((Flaw::BadEscape(next), here - 1, here + next.len_utf8()));
                    }
                }
                '\\' => escaped = true,
                '"' => {
                    self.found.flaws.append(&mut flaws);
                    self.at = here + 1;
                    return;
                }
                _ if next.is_control() => {
                    flaws.push((Flaw::ControlCharacter(next), here, here + next.len_utf8()));
                }
                _ => {}
            }
        }
        let line = self.rest().split('\n').next().unwrap_or_default();
        let (length, shown) = (line.len(), line.trim_end().len());
        self.found.flaws.push((Flaw::TornText, start, start + shown));
        self.at += length;
    }

    /// A word or an address. Slashes inside an address are no comment.
    // INVARIANT: the same characters as `local_start`, `local_char` and `domain` in the grammar.
    fn word(&mut self, fresh: bool) {
        let rest = self.rest();
        let run = rest.find(|c: char| !continues_local(c)).unwrap_or(rest.len());
        let domain = rest.get(run..).and_then(|tail| tail.strip_prefix('@')).map_or(0, |tail| {
            tail.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-' | '_'))).unwrap_or(tail.len())
        });
        let mut word = rest.get(..run).unwrap_or_default();
        if domain > 0 {
            self.at += run + 1 + domain;
            self.nesting.nots = 0;
            return;
        }
        // Few words have a slash, and looking for two is dear.
        if word.contains('/')
            && let Some((before, _)) = word.split_once("//")
        {
            word = before;
        }
        let length = word.len();
        if word == "not" {
            self.negate();
        } else {
            let starts = fresh && starts_item(rest, word);
            self.nesting.nots = 0;
            if starts {
                self.end_item(self.at);
            }
        }
        self.at += length;
    }
}

fn starts_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '+')
}

fn continues_local(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | '\'' | '/' | '#' | '*' | '~' | '$' | '^')
}

// INVARIANT: as `item_start` in the grammar.
fn starts_item(rest: &str, word: &str) -> bool {
    if !super::ITEM_WORDS.contains(&word) {
        return false;
    }
    let after = rest.get(word.len()..).unwrap_or_default();
    let next = after.trim_start_matches([' ', '\t', '\r']);
    let name = next.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).next().unwrap_or_default();
    next.len() < after.len()
        && next.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '"'))
        && !matches!(name, "has" | "also" | "from" | "is" | "in")
}
