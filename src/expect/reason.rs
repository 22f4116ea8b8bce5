//! Explanations kept as text, so that a reason that drifts is seen even where the answer stays.
//!
//! The file is made to be read in a review: a name in quotes for each, and below it the explanation, indented.

use indexmap::IndexMap;

use crate::language::FileId;
use crate::language::ast::TestItem;
use crate::model::Test;
use crate::resolve::Sentence;
use crate::text::line;

/// The explanations kept for one policy file, by name.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reasons {
    by_name: IndexMap<String, String>,
}

impl Reasons {
    /// What every file begins with that keeps some.
    pub const HEAD: &str = "// Kept by `because snapshot`; `prescope test --update` writes this file.\n";

    /// Reads what [`Reasons::text`] wrote. What is not understood is left out, and so counts as not kept.
    pub fn parse(text: &str) -> Reasons {
        let mut reasons = Reasons::default();
        let mut name: Option<String> = None;
        for line in text.lines() {
            match line.strip_prefix("  ") {
                // Written again it would be gone: no explanation has an empty line.
                Some(blank) if blank.trim().is_empty() => {}
                Some(line) => {
                    if let Some(kept) = name.as_ref().and_then(|name| reasons.by_name.get_mut(name)) {
                        kept.push_str(line);
                        kept.push('\n');
                    }
                }
                None => {
                    let quoted = line.strip_prefix("snapshot \"").and_then(|rest| rest.strip_suffix('"'));
                    if let Some(quoted) = quoted.map(unescaped) {
                        reasons.by_name.insert(quoted.clone(), String::new());
                        name = Some(quoted);
                    }
                }
            }
        }
        reasons
    }

    /// The file that keeps them.
    pub fn text(&self) -> String {
        let mut text = Self::HEAD.to_owned();
        for (name, reason) in &self.by_name {
            text.push_str(&format!("\nsnapshot \"{}\"\n", escaped(name)));
            for line in reason.lines() {
                text.push_str(format!("  {line}").trim_end());
                text.push('\n');
            }
        }
        text
    }

    /// True if none is kept.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.by_name.keys().map(String::as_str)
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.by_name.get(name).map(String::as_str)
    }

    pub(super) fn keep(&mut self, name: &str, reason: &str) {
        self.by_name.insert(name.to_owned(), reason.to_owned());
    }
}

/// A name as the language writes it, on one line.
fn escaped(name: &str) -> String {
    name.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

fn unescaped(text: &str) -> String {
    let mut name = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        let escape = if letter == '\\' { letters.next() } else { None };
        name.push(match escape {
            Some('n') => '\n',
            Some(other) => other,
            None => letter,
        });
    }
    name
}

/// An answer as expected, for another reason than the kept one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Drift {
    /// The name it is kept under.
    pub name: String,
    /// The kept explanation; None if there is none.
    pub kept: Option<String>,
    /// The explanation of now.
    pub now: String,
}

impl Drift {
    /// None if the reasons are the same.
    pub(super) fn between(name: &str, kept: Option<&str>, now: &str) -> Option<Drift> {
        if kept == Some(now) {
            return None;
        }
        Some(Drift { name: name.to_owned(), kept: kept.map(str::to_owned), now: now.to_owned() })
    }

    /// Both line by line: `-` was kept, `+` is so now. The lines they begin and end with alike stand once.
    pub fn lines(&self) -> Vec<String> {
        let old: Vec<&str> = self.kept.as_deref().unwrap_or_default().lines().collect();
        let new: Vec<&str> = self.now.lines().collect();
        let alike = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
        let rest = old.len().min(new.len()) - alike;
        let after = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(old, new)| old == new).count();
        let middle = |lines: &[&str], sign: char| -> Vec<String> {
            lines.iter().take(lines.len() - after).skip(alike).map(|line| format!("{sign} {line}")).collect()
        };
        let same = |line: &&str| format!("  {line}");
        let mut lines: Vec<String> = new.iter().take(alike).map(same).collect();
        lines.extend(middle(&old, '-'));
        lines.extend(middle(&new, '+'));
        lines.extend(new.iter().skip(new.len() - after).map(same));
        lines
    }
}

/// Sentences as they are kept: without places, which move whenever a line is added above.
pub(super) fn told(sentences: &[Sentence]) -> String {
    let mut text = String::new();
    for sentence in sentences {
        let detail = if sentence.detail.is_empty() { String::new() } else { format!("; {}", sentence.detail) };
        let line = format!("{}{}: {}{detail}", "  ".repeat(sentence.depth), sentence.step, sentence.text);
        text.push_str(&line!("{}", line.trim_end()));
    }
    text
}

/// What each file keeps from now on, and what it keeps in vain. A name that an expectation asks for stays as it was
/// where its test has not run, or has failed.
pub(super) fn settled(
    tests: &[Test],
    kept: &IndexMap<FileId, Reasons>,
    new: &IndexMap<FileId, Reasons>,
) -> (IndexMap<FileId, Reasons>, Vec<(FileId, String)>) {
    let mut settled: IndexMap<FileId, Reasons> =
        kept.keys().chain(new.keys()).map(|file| (*file, Reasons::default())).collect();
    for test in tests {
        for line in &test.tree.items {
            let TestItem::Expect(expect) = &line.it else { continue };
            let Some(name) = &expect.because else { continue };
            let of = |from: &IndexMap<FileId, Reasons>| {
                from.get(&name.span.file).and_then(|reasons| reasons.get(&name.it)).map(str::to_owned)
            };
            if let (Some(reason), Some(file)) = (of(new).or_else(|| of(kept)), settled.get_mut(&name.span.file)) {
                file.keep(&name.it, &reason);
            }
        }
    }
    let mut stale = Vec::new();
    for (file, reasons) in kept {
        let used = settled.get(file);
        let unused = reasons.names().filter(|name| used.is_none_or(|used| used.get(name).is_none()));
        stale.extend(unused.map(|name| (*file, name.to_owned())));
    }
    (settled, stale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let mut reasons = Reasons::default();
        reasons.keep("say \"no\" \\ to\nall", "hidden\n  inside: the step before\n");
        reasons.keep("", "visible\n");
        assert_eq!(Reasons::parse(&reasons.text()), reasons);
        assert_eq!(Reasons::parse(&reasons.text().replace('\n', "\r\n")), reasons);
        assert_eq!(Reasons::parse("snapshot \n  nothing\n"), Reasons::default());
    }
}
