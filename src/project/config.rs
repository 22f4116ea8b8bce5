//! The project file, `prescope.yaml`: patterns of policy and directory files, lint levels, and the version it is
//! written for.

use super::version::{self, Required};
use crate::diagnostic::code;
use crate::directory::Name;
use crate::directory::form::{Codes, Form, excerpt};
use crate::directory::yaml::{Node, Value};
use crate::language::{Diagnostic, FileId, Span, Spanned, nearest};

const CODES: Codes = Codes {
    yaml: code::BAD_PROJECT,
    unknown_key: code::BAD_PROJECT,
    duplicate_key: code::BAD_PROJECT,
    bad_value: code::BAD_PROJECT,
};

/// The levels a lint can be set to.
pub const LEVELS: [&str; 4] = ["off", "information", "warning", "error"];

/// What a project file says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Config {
    /// Patterns of policy files.
    pub policies: Vec<Spanned<String>>,
    /// Patterns of directory files.
    pub directory: Vec<Spanned<String>>,
    /// Levels of lints by name. Those that are none of [`LEVELS`] have been reported; whether there is such a lint is
    /// for others to say.
    pub lint: Vec<(Name, Spanned<String>)>,
    /// The version of prescope whose catalogue is meant.
    pub requires: Option<Required>,
}

/// The keys of a project file.
const KEYS: [&str; 4] = ["requires", "policies", "directory", "lint"];

/// Reads a project file. What cannot be understood is left out and reported.
pub fn read(file: FileId, text: &str) -> (Config, Vec<Diagnostic>) {
    let (mut form, root) = Form::open(file, text, CODES);
    let mut config = Config::default();
    if let Some(root) = root {
        for pair in form.mapping(&root, "a mapping with `policies`, `directory` and `lint`") {
            match pair.key.text.as_ref() {
                "requires" => config.requires = version::read(&mut form, &pair.value),
                "policies" => config.policies = patterns(&mut form, &pair.value),
                "directory" => {
                    config.directory = patterns(&mut form, &pair.value);
                    if says_nothing(&pair.value) {
                        form.report(no_people(pair.key.span));
                    }
                }
                "lint" => config.lint = levels(&mut form, &pair.value),
                _ => form.unknown_key(&pair.key, "a project", &KEYS),
            }
        }
    }
    let mut found = form.close();
    let judged = config.requires.as_ref().and_then(version::judged);
    // What a later version reads, this one may not understand: nothing else is worth saying, and nothing is read.
    if let Some(older) = judged.as_ref().filter(|it| it.is_error()) {
        return (Config { requires: config.requires, ..Config::default() }, vec![older.clone()]);
    }
    found.extend(judged);
    (config, found)
}

fn says_nothing(node: &Node<'_>) -> bool {
    node.is_null() || matches!(&node.value, Value::List(items) if items.is_empty())
}

/// A key without a pattern: what is meant by it is not what is done.
fn no_people(key: Span) -> Diagnostic {
    Diagnostic::new(code::NO_MATCH, "`directory` names no files, so the policies are looked at without a directory")
        .at(key, "")
        .help("write for example `directory: [\"directory/*.yaml\"]`, or take the key out")
}

fn patterns<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<Spanned<String>> {
    let items = form.list(node, "a list of file patterns").unwrap_or_default();
    items.iter().filter_map(|item| form.text(item, "a file pattern")).collect()
}

fn levels<'a>(form: &mut Form<'a>, node: &Node<'a>) -> Vec<(Name, Spanned<String>)> {
    let mut levels = Vec::new();
    for pair in form.mapping(node, "a mapping from lints to levels") {
        let Some(level) = form.text(&pair.value, "a level such as `warning`") else { continue };
        if !LEVELS.contains(&level.it.as_str()) {
            form.report(unknown_level(&level));
        }
        levels.push((Spanned::new(pair.key.text.to_string(), pair.key.span), level));
    }
    levels
}

fn unknown_level(level: &Spanned<String>) -> Diagnostic {
    Diagnostic::new(code::BAD_PROJECT, format!("`{}` is not a level", excerpt(&level.it)))
        .at(level.span, "")
        .help("use `off`, `information`, `warning` or `error`")
        .suggest(nearest(&level.it, LEVELS))
}
