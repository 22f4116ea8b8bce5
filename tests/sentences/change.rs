//! The text of the catalogue with one line changed.

use prescope::library;

/// A line of the catalogue, and what becomes of it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Line<'r> {
    /// The first words of the declaration that it stands in.
    pub(super) declaration: &'r str,
    /// The whole line; more than one, if a statement has more.
    pub(super) text: &'r str,
    /// What stands there instead; nothing, if it is taken out.
    pub(super) becomes: &'r str,
}

/// A file of the catalogue with one line changed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Changed {
    /// The file.
    pub(super) file: String,
    /// Its text.
    pub(super) text: String,
}

/// The files of the catalogue: name and text.
pub(super) struct Catalogue(Vec<(String, String)>);

/// The words of a text, with one space between them.
pub(super) fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The declarations of a file that begin with these words, each from the first line of its documentation to the one
/// after its last.
fn declarations(lines: &[&str], words: &str) -> Vec<(usize, usize)> {
    let begins = |line: &&str| {
        let rest = line.strip_prefix(words);
        rest.is_some_and(|rest| !rest.starts_with(|it: char| it.is_alphanumeric() || it == '_' || it == '.'))
    };
    let ends = |line: &&str| line.starts_with(|it: char| !it.is_whitespace() && it != '}');
    let starts = (0..lines.len()).filter(|at| begins(&lines[*at]));
    let whole = |header: usize| {
        let length = lines[header + 1..].iter().position(ends);
        let documented = lines[..header].iter().rev().take_while(|line| line.starts_with("///")).count();
        (header - documented, length.map_or(lines.len(), |length| header + 1 + length))
    };
    starts.map(whole).collect()
}

/// A line without what is remarked behind it, which says nothing about anybody.
fn without_comment(line: &str) -> &str {
    line.split_once(" // ").map_or(line, |(before, _)| before)
}

/// Where the lines with these words stand, from the first to the one after the last.
fn places(lines: &[&str], (start, end): (usize, usize), words: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for first in start..end {
        let mut text = String::new();
        for (length, line) in lines[first..end].iter().enumerate() {
            text = collapsed(&format!("{text} {}", without_comment(line)));
            if text == words {
                found.push((first, first + length + 1));
            }
            if text.is_empty() || !words.starts_with(&text) || text == words {
                break;
            }
        }
    }
    found
}

impl Catalogue {
    pub(super) fn read() -> Catalogue {
        let files = library::files("std/lync2013").unwrap();
        let name = |path: &str| path.rsplit('/').next().unwrap_or(path).to_owned();
        Catalogue(files.map(|file| (name(file.path), file.text.to_owned())).collect())
    }

    /// Its files: name and text.
    pub(super) fn files(&self) -> &[(String, String)] {
        &self.0
    }

    /// The file with the line changed. There has to be exactly one such line.
    pub(super) fn with(&self, line: &Line<'_>) -> Result<Changed, String> {
        let words = collapsed(line.text);
        let mut found = Vec::new();
        for (file, text) in &self.0 {
            let lines: Vec<&str> = text.lines().collect();
            for declaration in declarations(&lines, line.declaration) {
                for (first, end) in places(&lines, declaration, &words) {
                    let indent = lines[first].len() - lines[first].trim_start().len();
                    let instead = format!("{:indent$}{}", "", line.becomes);
                    let instead = Some(instead.as_str()).filter(|_| !line.becomes.is_empty());
                    let changed: Vec<&str> =
                        lines[..first].iter().copied().chain(instead).chain(lines[end..].iter().copied()).collect();
                    found.push(Changed { file: file.clone(), text: changed.join("\n") + "\n" });
                }
            }
        }
        match (found.pop(), found.len()) {
            (Some(only), 0) => Ok(only),
            (None, _) => Err(format!("no line of `{}` is `{words}`", line.declaration)),
            (Some(_), more) => Err(format!("{} lines of `{}` are `{words}`", more + 1, line.declaration)),
        }
    }
}

#[test]
fn a_line_is_found_where_it_stands_and_nowhere_else() {
    let text = "/// One.\nfeature one for user {\n    deny \"a\" when user.a // allow(x): y\n        and user.b\n    otherwise available\n}\n\n\
                /// Other.\nfeature other for user {\n    deny \"b\" when user.b\n    otherwise available\n}\n";
    let catalogue = Catalogue(vec![("file".to_owned(), text.to_owned())]);
    let with = |declaration, text, becomes| catalogue.with(&Line { declaration, text, becomes });
    let whole = with("feature one", "deny \"a\" when user.a and user.b", "").unwrap();
    assert_eq!(whole.text, text.replace("    deny \"a\" when user.a // allow(x): y\n        and user.b\n", ""));
    let half = with("feature one", "and user.b", "and user.c").unwrap();
    assert_eq!(half.text, text.replace("and user.b", "and user.c"));
    let documented = with("feature other", "/// Other.", "/// Another.").unwrap();
    assert_eq!(documented.text, text.replace("Other", "Another"));
    assert!(with("feature one", "deny \"b\" when user.b", "").is_err(), "it stands in the other");
    assert!(with("feature one", "/// Other.", "").is_err(), "so does its documentation");
    assert!(with("feature on", "otherwise available", "").is_err(), "names are whole");
    assert!(with("feature", "otherwise available", "").is_err(), "there are two");
    assert!(with("feature one", "user.b", "").is_err(), "lines are whole");
}
