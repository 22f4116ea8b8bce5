//! `docs/grammar.md` is the grammar as people read it: without what only helps the parser to recover and to report.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::iter::Peekable;
use std::vec::IntoIter;

use super::{document, root, updating};

/// Sections that are not about the language.
const MACHINERY: [&str; 2] = ["Space and comments", "Recovery"];

const HEAD: &str = "# Grammar

Every rule of [`grammar/prescope.pest`](../grammar/prescope.pest), without what only serves error messages. What the
constructs mean is in [language.md](language.md).

`a b` is one after the other, `a | b` a choice; `?` is optional, `*` any number, `+` at least one. Blanks, line ends and
comments may stand between any two parts, except inside names, numbers and texts. Where a list in braces takes a `\",\"`,
a line end does as well. This page is written by `UPDATE=1 cargo test docs`.
";

/// One rule of the grammar.
struct Rule {
    name: String,
    /// What its `///` says.
    doc: Vec<String>,
    expression: String,
}

/// The sections of the grammar with their rules.
fn sections() -> Vec<(String, Vec<Rule>)> {
    let text = fs::read_to_string(root().join("grammar/prescope.pest")).expect("the grammar");
    let mut sections: Vec<(String, Vec<Rule>)> = Vec::new();
    let mut doc = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("// ── ") {
            sections.push((title.trim_end_matches(['─', ' ']).to_owned(), Vec::new()));
        } else if let Some(words) = line.strip_prefix("/// ") {
            doc.push(words.to_owned());
        } else if let Some((name, rule)) =
            line.split_once('=').filter(|(name, _)| name.starts_with(char::is_alphabetic))
        {
            let mut rule = rule.to_owned();
            while !rule.trim_end().ends_with('}') {
                rule.push_str(lines.next().expect("the end of a rule"));
            }
            let expression = rule.split_once('{').and_then(|(_, rule)| rule.rsplit_once('}')).expect("braces").0;
            let rule =
                Rule { name: name.trim().to_owned(), doc: std::mem::take(&mut doc), expression: expression.into() };
            sections.last_mut().expect("a section").1.push(rule);
        } else {
            doc.clear();
        }
    }
    sections
}

/// True for rules that stand for nothing an author writes.
fn hidden(name: &str) -> bool {
    let starts = ["foreign_", "no_", "bad_", "broken_", "WHITESPACE", "remark", "rest_of_line"];
    let ends = ["_probe", "entry_start", "item_start", "line_start"];
    starts.iter().any(|start| name.starts_with(start)) || ends.iter().any(|end| name.ends_with(end))
}

/// True for rules that are written where they are used.
fn inlined(name: &str) -> bool {
    let punctuation = ["comma", "colon", "pipe", "dots", "equals", "end", "plain"];
    name.starts_with("kw_")
        || punctuation.contains(&name)
        || ["_open", "_close", "_body"].iter().any(|end| name.ends_with(end))
}

#[derive(Clone, PartialEq, Debug)]
enum Token {
    Text(String),
    Name(String),
    Sign(char),
}

fn tokens(expression: &str) -> Peekable<IntoIter<Token>> {
    let mut tokens = Vec::new();
    let mut chars = expression.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '"' {
            let mut text = String::from(c);
            while let Some(c) = chars.next() {
                text.push(c);
                match c {
                    '\\' => text.extend(chars.next()),
                    '"' => break,
                    _ => {}
                }
            }
            tokens.push(Token::Text(text));
        } else if c.is_alphanumeric() || c == '_' {
            let mut name = String::from(c);
            while let Some(c) = chars.next_if(|c| c.is_alphanumeric() || *c == '_') {
                name.push(c);
            }
            tokens.push(Token::Name(name));
        } else if !c.is_whitespace() {
            tokens.push(Token::Sign(c));
        }
    }
    tokens.into_iter().peekable()
}

/// Part of a rule as it is shown, and whether it is a choice or a sequence that needs parentheses.
struct Shown {
    text: String,
    choice: bool,
    sequence: bool,
}

struct Writer<'a> {
    rules: &'a BTreeMap<&'a str, &'a str>,
}

impl Writer<'_> {
    fn rule(&self, expression: &str) -> Option<Shown> {
        self.choice(&mut tokens(expression))
    }

    fn choice(&self, tokens: &mut Peekable<IntoIter<Token>>) -> Option<Shown> {
        let mut shown: Vec<Shown> = self.sequence(tokens).into_iter().collect();
        while tokens.next_if_eq(&Token::Sign('|')).is_some() {
            shown.extend(self.sequence(tokens));
        }
        if shown.len() <= 1 {
            return shown.pop();
        }
        let text = shown.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" | ");
        Some(Shown { text, choice: true, sequence: false })
    }

    fn sequence(&self, tokens: &mut Peekable<IntoIter<Token>>) -> Option<Shown> {
        let mut shown: Vec<Shown> = self.part(tokens).into_iter().collect();
        while tokens.next_if_eq(&Token::Sign('~')).is_some() {
            shown.extend(self.part(tokens));
        }
        if shown.len() <= 1 {
            return shown.pop();
        }
        let bracketed = |part: &Shown| if part.choice { format!("({})", part.text) } else { part.text.clone() };
        let text = shown.iter().map(bracketed).collect::<Vec<_>>().join(" ");
        Some(Shown { text, choice: false, sequence: true })
    }

    /// One part with what stands before and behind it. Parts that only look ahead are not shown.
    fn part(&self, tokens: &mut Peekable<IntoIter<Token>>) -> Option<Shown> {
        let looks = tokens.next_if(|token| matches!(token, Token::Sign('!' | '&'))).is_some();
        let mut shown = match tokens.next() {
            Some(Token::Text(text)) => Some(Shown { text, choice: false, sequence: false }),
            Some(Token::Name(name)) => self.name(&name),
            Some(Token::Sign('(')) => {
                let inner = self.choice(tokens);
                tokens.next();
                inner
            }
            other => panic!("the grammar has a part that starts with {other:?}"),
        };
        while let Some(Token::Sign(sign)) = tokens.next_if(|token| matches!(token, Token::Sign('?' | '*' | '+'))) {
            shown = shown.map(|part| {
                let text = if part.choice || part.sequence { format!("({})", part.text) } else { part.text };
                Shown { text: format!("{text}{sign}"), choice: false, sequence: false }
            });
        }
        shown.filter(|_| !looks)
    }

    fn name(&self, name: &str) -> Option<Shown> {
        match self.rules.get(name) {
            _ if name == "end" => Some(Shown { text: "\"}\"".to_owned(), choice: false, sequence: false }),
            _ if hidden(name) => None,
            Some(expression) if inlined(name) => self.rule(expression),
            _ => Some(Shown { text: name.to_owned(), choice: false, sequence: false }),
        }
    }
}

/// A rule in lines that can be read.
fn wrapped(rule: &str) -> String {
    let mut text = String::new();
    let mut width = 0;
    for word in rule.split(' ') {
        if width > 0 && width + word.len() > 100 {
            text.push_str("\n    ");
            width = 4;
        } else if width > 0 {
            text.push(' ');
        }
        text.push_str(word);
        width += word.len() + 1;
    }
    text + "\n"
}

/// The whole page.
fn page() -> String {
    let sections = sections();
    let all = sections.iter().flat_map(|(_, rules)| rules);
    let rules: BTreeMap<&str, &str> = all.map(|rule| (rule.name.as_str(), rule.expression.as_str())).collect();
    let writer = Writer { rules: &rules };
    let mut page = HEAD.to_owned();
    for (title, rules) in sections.iter().filter(|(title, _)| !MACHINERY.contains(&title.as_str())) {
        let shown: Vec<String> = rules
            .iter()
            .filter(|rule| !hidden(&rule.name) && !inlined(&rule.name))
            .filter_map(|rule| {
                let doc: String = rule.doc.iter().map(|line| format!("// {line}\n")).collect();
                Some(format!("{doc}{}", wrapped(&format!("{} = {}", rule.name, writer.rule(&rule.expression)?.text))))
            })
            .collect();
        page.push_str(&format!("\n## {title}\n\n```text\n{}```\n", shown.join("\n")));
    }
    page
}

/// Every word of the language.
pub fn keywords() -> BTreeSet<String> {
    let sections = sections();
    let rules = sections.iter().filter(|(title, _)| !MACHINERY.contains(&title.as_str())).flat_map(|(_, rules)| rules);
    let shown = rules.filter(|rule| !hidden(&rule.name));
    let texts = shown.flat_map(|rule| tokens(&rule.expression)).filter_map(|token| match token {
        Token::Text(text) => Some(text.trim_matches('"').to_owned()),
        Token::Name(_) | Token::Sign(_) => None,
    });
    texts.filter(|text| text.len() > 1 && text.chars().all(|c| c.is_ascii_lowercase() || c == '_')).collect()
}

#[test]
fn the_grammar_page_is_the_grammar() {
    let page = page();
    if updating() {
        fs::write(root().join("docs/grammar.md"), &page).expect("a document to write");
    }
    assert!(document("docs/grammar.md").text == page, "docs/grammar.md is out of date: run `UPDATE=1 cargo test docs`");
}
