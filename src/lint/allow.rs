//! Suppressions: `// allow(lint-name): reason` on a line or above it, in YAML `# allow(lint-name): reason`.

use rustc_hash::FxHashMap;

use super::context::Context;
use super::edit;
use super::level::Level;
use super::levels::Levels;
use super::registry::{RULES, find};
use super::rules::{unexplained_suppression, unread_file, unused_suppression};
use super::unread::{Content, Unread};
use crate::language::extent::whole_lines;
use crate::language::{Diagnostic, FileId, Parsed, Span, nearest, parse};

/// A suppression as written.
struct Allow {
    /// The whole comment.
    comment: Span,
    /// A lint it names.
    name: String,
    /// The place of that name.
    span: Span,
    explained: bool,
    /// It names no other lint, so it can go as a whole.
    alone: bool,
    /// The line whose findings it keeps back, from 1.
    line: usize,
}

/// Takes suppressed findings out, and puts in what is wrong with the suppressions.
pub(super) fn suppress(context: &Context<'_>, levels: &Levels, found: &mut Vec<Diagnostic>) {
    let mut allows: Vec<Allow> = Vec::new();
    for (file, _) in context.sources().files().filter(|(file, _)| context.is_own_file(*file)) {
        allows.extend(in_file(context, file));
    }
    let mut by_line: FxHashMap<(FileId, usize), FxHashMap<&str, usize>> = FxHashMap::default();
    for (index, allow) in allows.iter().enumerate().filter(|(_, allow)| allow.explained) {
        by_line.entry((allow.span.file, allow.line)).or_default().entry(&allow.name).or_insert(index);
    }
    let mut used = vec![false; allows.len()];
    found.retain(|finding| {
        let name = find(finding.code.name()).map(super::Rule::name);
        let line = |span: Span| by_line.get(&(span.file, context.sources().start(span).line));
        let here = finding.span().filter(|_| !by_line.is_empty()).and_then(line);
        let allowed = here.zip(name).and_then(|(here, name)| here.get(name)).and_then(|index| used.get_mut(*index));
        allowed.map(|used| *used = true).is_none()
    });
    for (allow, used) in allows.iter().zip(used) {
        found.extend(complaint(context, levels, allow, used));
    }
}

fn complaint(context: &Context<'_>, levels: &Levels, allow: &Allow, used: bool) -> Option<Diagnostic> {
    let asked = |rule: &super::Rule| levels.level(rule) != Level::Off;
    let Some(rule) = find(&allow.name) else {
        let near = nearest(&allow.name, RULES.iter().map(|rule| rule.name()));
        let message = format!("there is no lint `{}` to allow", allow.name);
        let finding = Diagnostic::new(unused_suppression::RULE.code, message).at(allow.span, "");
        return asked(&unused_suppression::RULE)
            .then(|| finding.help("`prescope explain` lists the lints").suggest(near));
    };
    if !allow.explained {
        let finding = Diagnostic::new(unexplained_suppression::RULE.code, "a suppression without a reason")
            .at(allow.comment, "keeps nothing back")
            .help(format!("say why: `allow({}): reason`", allow.name));
        return asked(&unexplained_suppression::RULE).then_some(finding);
    }
    // Whether a rule that is not asked would find something is not known.
    if used || !asked(rule) || !asked(&unused_suppression::RULE) {
        return None;
    }
    let mut finding = Diagnostic::new(
        unused_suppression::RULE.code,
        format!("`{}` finds nothing here that could be allowed", allow.name),
    )
    .at(allow.span, "")
    .help("remove the comment");
    if allow.alone {
        let whole = whole_lines(context.sources(), allow.comment);
        finding.fix = Some(edit::fix("remove the comment", whole, ""));
    }
    Some(finding)
}

/// The suppressions of a file.
fn in_file(context: &Context<'_>, file: FileId) -> Vec<Allow> {
    let text = context.sources().text(file);
    let of_policy = |parsed: &Parsed| parsed.comments.iter().map(|comment| comment.span).collect();
    let unread = context.unread_file(file);
    let comments: Vec<Span> = match (context.parsed(file), unread) {
        (Some(parsed), _) => of_policy(parsed),
        (None, Some(Unread { content: Content::Policies, .. })) => of_policy(&parse(file, text)),
        (None, _) => yaml_comments(file, text),
    };
    let lines = Lines::new(text);
    let allows = comments.into_iter().flat_map(|comment| read(context, &lines, comment));
    // Of a file that is not read, no other rule finds anything.
    allows.filter(|allow| unread.is_none() || allow.name == unread_file::RULE.name()).collect()
}

/// The comments of a YAML file that may be suppressions: a `#` that starts a line or follows a space, outside quotes.
fn yaml_comments(file: FileId, text: &str) -> Vec<Span> {
    let mut comments = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let (mut quote, mut before) = (None, ' ');
        for (at, character) in line.char_indices() {
            match (quote, character) {
                (Some(open), _) if open == character => quote = None,
                (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',' | ':' | '-') => quote = Some(character),
                (None, '#') if before.is_whitespace() => {
                    comments.push(Span::new(file, start + at, start + line.trim_end().len()));
                    break;
                }
                _ => {}
            }
            before = character;
        }
        start += line.len();
    }
    comments
}

/// The lints a comment allows; none if it is another comment.
fn read(context: &Context<'_>, lines: &Lines, comment: Span) -> Vec<Allow> {
    let sources = context.sources();
    let text = sources.slice(comment);
    let words = text.trim_start_matches(['/', '#']).trim_start();
    let Some((names, rest)) = words.strip_prefix("allow(").and_then(|words| words.split_once(')')) else {
        return Vec::new();
    };
    let explained = rest.trim_start().strip_prefix(':').is_some_and(|reason| !reason.trim().is_empty());
    let line = lines.meant(sources.start(comment).line);
    let alone = !names.contains(',');
    let mut at = comment.start as usize + (text.len() - words.len()) + "allow(".len();
    let mut allows = Vec::new();
    for part in names.split(',') {
        let start = at + (part.len() - part.trim_start().len());
        let name = part.trim().to_owned();
        let span = Span::new(comment.file, start, start + name.len());
        allows.push(Allow { comment, name, span, explained, alone, line });
        at += part.len() + 1;
    }
    allows
}

/// For each line of a file the one that a comment which begins on it is about, both from 1.
struct Lines(Vec<usize>);

impl Lines {
    fn new(text: &str) -> Lines {
        let is_comment = |line: &str| line.is_empty() || line.starts_with("//") || line.starts_with('#');
        let said: Vec<bool> = text.lines().map(|line| !is_comment(line.trim_start())).collect();
        let mut next = said.len() + 1;
        let mut meant = vec![next; said.len()];
        for (at, meant) in meant.iter_mut().enumerate().rev() {
            if said.get(at) == Some(&true) {
                next = at + 1;
            }
            *meant = next;
        }
        Lines(meant)
    }

    /// The line itself, or the next that says something if the comment has its line for itself.
    fn meant(&self, line: usize) -> usize {
        self.0.get(line - 1).copied().unwrap_or(line)
    }
}
