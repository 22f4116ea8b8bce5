//! From a place that could not be read to a message about it.

use pest::Parser as _;
use pest::error::{ErrorVariant, InputLocation};

use super::expected::{Expected, expected, home};
use super::grammar::{Grammar, Rule};
use super::lower::Lower;
use super::scan::Flaw;
use super::{MAX_DEPTH, MAX_ERRORS};
use crate::diagnostic::{Diagnostic, code};
use crate::text::{Near, is_command, nearest, spell};

/// Where a parse failed, and what could have stood there.
struct Failure {
    at: usize,
    could_be: Vec<Rule>,
}

/// Words that cannot be names.
const RESERVED: &[&str] = &["and", "or", "not", "in", "when", "unless", "as", "true", "false"];

impl Lower<'_> {
    /// Reports why `probe` cannot read the text from `start` to `end`, which goes wrong at `bad` at the earliest.
    pub(super) fn report(&mut self, probe: Rule, start: usize, bad: usize, end: usize) {
        if self.found.len() >= MAX_ERRORS || self.scan.flaws.iter().any(|flaw| flaw.1 >= start && flaw.1 < end) {
            // A torn text says more than what became of the words behind it.
            return self.lose(start, end);
        }
        let slice = |from: usize| self.text.get(from..end).unwrap_or_default();
        let mut from = start;
        let mut found = fail(probe, slice(from));
        if found.as_ref().is_none_or(|failure| start + failure.at < bad) {
            // The entry before is good: only the unreadable part itself has to be explained.
            from = bad;
            found = fail(probe, slice(from));
        }
        let mut failure = found.unwrap_or(Failure { at: 0, could_be: Vec::new() });
        failure.at += from;
        let mut diagnostic = self.explain(probe, &failure, from, end);
        diagnostic.loses = self.lost(probe, start, end);
        self.push(diagnostic);
    }

    /// What the scan found.
    pub(super) fn report_flaws(&mut self) {
        for index in 0..self.scan.flaws.len().min(MAX_ERRORS) {
            let Some((flaw, start, end)) = self.scan.flaws.get(index).copied() else { return };
            let span = self.span(start, end);
            let diagnostic = match flaw {
                Flaw::TornText => Diagnostic::new(code::BAD_TEXT, "this text does not end on its line")
                    .at(span, "starts here")
                    .help("close it with `\"`; a line end inside a text is written `\\n`"),
                Flaw::ControlCharacter(found) => {
                    let shown = found.escape_default();
                    Diagnostic::new(code::BAD_TEXT, format!("a text cannot hold the control character `{shown}`"))
                        .at(span, "")
                        .fix("remove it", span, "")
                }
                Flaw::BadEscape(found) => {
                    let message = format!("`\\{}` is no escape", found.escape_debug());
                    Diagnostic::new(code::BAD_TEXT, message)
                        .at(span, "")
                        .help("escapes are `\\\"`, `\\\\` and `\\n`; a backslash itself is written `\\\\`")
                        .fix("double the backslash", self.span(start, start + 1), "\\\\")
                }
                Flaw::TooDeep => {
                    let message = format!("nesting deeper than {MAX_DEPTH} is not read");
                    Diagnostic::new(code::TOO_DEEP, message)
                        .at(span, "")
                        .help("take parentheses away, or split the condition into several rules")
                }
            };
            self.push(diagnostic);
        }
    }

    fn explain(&self, probe: Rule, failure: &Failure, start: usize, end: usize) -> Diagnostic {
        let (words, mut things) = self.wanted(&failure.could_be);
        let at = failure.at;
        let token = self.token(at);
        if failure.could_be.contains(&Rule::EOI) && token.starts_with(|c: char| !is_wordy(c) && c != '"') {
            things.clear(); // The entry is complete; how it could go on does not matter to a stray sign.
        }
        let before = self.end_before(at);
        let new_line = self.text.get(before..at).is_some_and(|gap| gap.contains('\n'));
        // What is missing at the end of a line is missed there, not on the next line.
        if at > start && (at >= end || token.is_empty() || new_line) && !things.is_empty() {
            if probe == Rule::item_probe && words.contains(&"{") {
                return self.without_braces(start, before);
            }
            let closing = things.iter().find(|thing| matches!(thing.as_str(), "`}`" | "`)`"));
            let wanted = closing.map_or_else(|| one_of(&things), Clone::clone);
            let message = format!("expected {wanted} after `{}`", shown(self.token_before(before)));
            let diagnostic = Diagnostic::new(code::UNEXPECTED, message).at(self.span(before, before), "missing here");
            return match probe {
                Rule::parameter_probe if words == ["="] => {
                    diagnostic.help("give it a default: every setting and attribute has one")
                }
                _ => diagnostic,
            };
        }
        if let Some(diagnostic) = self.explain_name(at, token, &words, &failure.could_be) {
            return diagnostic;
        }
        if let Some(diagnostic) = self.scope_with_colon(at, end) {
            return diagnostic;
        }
        let span = self.span(at, at + token.len());
        let message = match things.is_empty() {
            true => format!("unexpected `{}`", shown(token)),
            false => format!("expected {}, found `{}`", one_of(&things), shown(token)),
        };
        let mut diagnostic = Diagnostic::new(code::UNEXPECTED, message).at(span, "");
        if things.is_empty() && probe != Rule::item_probe {
            diagnostic = diagnostic.help("separate entries by commas or line ends");
        }
        self.advise(probe, diagnostic, at, &words)
    }

    /// A failure in or at a name: a reserved word, foreign letters, blanks around a dot.
    fn explain_name(&self, at: usize, token: &str, words: &[&str], could_be: &[Rule]) -> Option<Diagnostic> {
        let span = self.span(at, at + token.len());
        let reserved = |word: &str| {
            Diagnostic::new(code::RESERVED_WORD, format!("`{word}` is a reserved word and cannot be a name"))
                .at(span, "")
                .help("choose another name")
        };
        if RESERVED.contains(&token) && !words.contains(&token) && could_be.iter().any(|rule| is_name(*rule)) {
            return Some(reserved(token));
        }
        if let Some(name) = token.strip_prefix('.') {
            let before = self.text.get(..at).unwrap_or_default();
            if self.text.get(at..).is_some_and(|rest| rest.starts_with(".*")) {
                let of = self.token_before(at);
                let message = format!("`{of}.*` is not written here");
                let help = format!("write `{of}` alone: a category stands for all its fields");
                let span = self.span(at - of.len(), at + 2);
                return Some(Diagnostic::new(code::UNEXPECTED, message).at(span, "").help(help));
            }
            if before.ends_with(char::is_whitespace) || name.is_empty() {
                let diagnostic = Diagnostic::new(code::UNEXPECTED, "a name stands right before and after a dot");
                return Some(diagnostic.at(span, "").help("take the blanks around the dot away"));
            }
            if before.ends_with(|c: char| c.is_ascii_digit()) && name.starts_with(|c: char| c.is_ascii_digit()) {
                return Some(Diagnostic::new(code::UNEXPECTED, "numbers are whole").at(span, ""));
            }
            return Some(match RESERVED.iter().find(|word| **word == name) {
                Some(word) => reserved(word),
                None => Diagnostic::new(code::UNEXPECTED, format!("unexpected `{}`", shown(token)))
                    .at(span, "")
                    .help("at most one dot stands here"),
            });
        }
        let letters = token.chars().next().is_some_and(|first| first.is_alphabetic() && !first.is_ascii());
        if letters {
            let before = self.text.get(..at).unwrap_or_default();
            let start = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len();
            let name = self.text.get(start..at + token.len()).unwrap_or_default();
            let message = format!("`{}` cannot be a name", shown(name));
            let help = "names hold the letters a to z, digits and `_`; names from the directory may stand in quotes";
            let span = self.span(start, at + token.len());
            return Some(Diagnostic::new(code::UNEXPECTED, message).at(span, "").help(help));
        }
        None
    }

    /// Help for what people write by habit, or a word that is nearly right.
    fn advise(&self, probe: Rule, diagnostic: Diagnostic, at: usize, words: &[&str]) -> Diagnostic {
        let token = self.token(at);
        let span = self.span(at, at + token.len());
        if (2..=40).contains(&token.len()) && token != "cant" && token.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let near = nearest(token, words.iter().copied()).map(Near::of_words);
            if near.is_some() {
                return diagnostic.suggest(near);
            }
        }
        match token {
            ";" => diagnostic.fix("remove `;`", span, ""),
            "#" => diagnostic.help("comments start with `//`").fix("write `//`", span, "//"),
            "/*" => diagnostic.help("comments start with `//` and go to the end of the line"),
            "'" | "“" | "”" | "„" | "‘" | "’" | "«" | "»" => {
                diagnostic.help("texts stand in double quotes: `\"…\"`")
            }
            "cant" if words.contains(&"cannot") => {
                diagnostic.help("write `cannot`").fix("write `cannot`", span, "cannot")
            }
            "}" => diagnostic.help("take it away, or look for a `{` that is missing above"),
            _ => match home(token) {
                Some(home) if probe == Rule::item_probe && words.contains(&"category") => {
                    diagnostic.help(format!("`{token}` stands only in {home}; a `}}` above may come too early"))
                }
                _ if words.contains(&"like") => diagnostic.help("a name of several words stands in double quotes"),
                _ => diagnostic,
            },
        }
    }

    /// The words that could have stood there, for "did you mean", and everything that could, as messages name it.
    fn wanted(&self, could_be: &[Rule]) -> (Vec<&'static str>, Vec<String>) {
        let (mut words, mut things): (Vec<&'static str>, Vec<String>) = (Vec::new(), Vec::new());
        for rule in could_be {
            let mut add = |thing: String| {
                if !things.contains(&thing) {
                    things.push(thing);
                }
            };
            match expected(*rule) {
                Expected::Word(word) => {
                    words.push(word);
                    add(format!("`{word}`"));
                }
                Expected::Words(several) => {
                    words.extend(several);
                    several.iter().for_each(|word| add(format!("`{word}`")));
                }
                Expected::Thing(thing) => add(thing.to_owned()),
                Expected::Starts(thing, several) => {
                    words.extend(several);
                    add(thing.to_owned());
                }
                Expected::Hidden => {}
            }
        }
        (words, things)
    }

    /// The word, text or sign at a place; a text is cut to its first words.
    fn token(&self, at: usize) -> &str {
        let rest = self.text.get(at..).unwrap_or_default();
        let Some(first) = rest.chars().next() else { return "" };
        let length = if is_wordy(first) {
            rest.find(|c: char| !is_wordy(c) && c != '@').unwrap_or(rest.len())
        } else if first == '"' {
            rest.get(1..).and_then(|tail| tail.find(['"', '\n'])).map_or(rest.len(), |end| end + 2)
        } else if is_sign(first) {
            rest.find(|c: char| !is_sign(c)).unwrap_or(rest.len()).min(3)
        } else if rest.starts_with("/*") {
            2
        } else if first.is_whitespace() {
            0
        } else {
            first.len_utf8()
        };
        rest.get(..length).unwrap_or_default()
    }

    /// The word, text or sign that ends at a place.
    pub(super) fn token_before(&self, end: usize) -> &str {
        let before = self.text.get(..end).unwrap_or_default();
        let Some(last) = before.chars().next_back() else { return "" };
        let kind = |c: char| {
            if is_wordy(c) {
                0
            } else if is_sign(c) {
                1
            } else {
                2
            }
        };
        if last == '"' {
            let line = before.rfind('\n').map_or(0, |found| found + 1);
            let inner = before.get(line..end - 1).and_then(|line| line.rfind('"'));
            return before.get(inner.map_or(end - 1, |found| line + found)..).unwrap_or_default();
        }
        let start = match kind(last) {
            2 => end - last.len_utf8(),
            same => before.rfind(|c: char| kind(c) != same).map_or(0, |found| {
                found + before.get(found..).and_then(|tail| tail.chars().next()).map_or(1, char::len_utf8)
            }),
        };
        before.get(start..).unwrap_or_default()
    }
}

/// Parses a slice for its failure alone. None if it can be read after all.
fn fail(probe: Rule, slice: &str) -> Option<Failure> {
    let error = Grammar::parse(probe, slice).err()?;
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    match error.variant {
        ErrorVariant::ParsingError { positives, negatives } => {
            // Where only the start of the next entry stands, the present one is not complete.
            let could_be = if positives.is_empty() { negatives } else { positives };
            Some(Failure { at, could_be })
        }
        ErrorVariant::CustomError { .. } => None,
    }
}

/// True for rules that read a name.
fn is_name(what: Rule) -> bool {
    let Expected::Thing(thing) = expected(what) else { return false };
    !matches!(what, Rule::label | Rule::title | Rule::text | Rule::integer | Rule::value | Rule::path | Rule::person)
        && !matches!(what, Rule::operand | Rule::condition | Rule::conjunction | Rule::term)
        && !thing.starts_with('`')
}

fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '.' | '-')
}

fn is_sign(c: char) -> bool {
    matches!(c, '=' | '<' | '>' | '!' | '&' | '|' | '+' | '*' | '%' | '^' | '~')
}

/// A token as a message shows it: short, and nothing invisible.
pub(super) fn shown(token: &str) -> String {
    let mut shown = String::new();
    for letter in token.chars().take(40) {
        match letter {
            '\u{200b}'..='\u{200d}' => spell(letter, &mut shown),
            letter if is_command(letter) => spell(letter, &mut shown),
            letter => shown.push(letter),
        }
    }
    if token.chars().nth(40).is_some() {
        shown.push('…');
    }
    shown
}

/// `a, b or c`
fn one_of(things: &[String]) -> String {
    match things {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}
