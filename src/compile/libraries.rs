//! Which shipped libraries a set uses, and which one it forgot or misspelt. Without its library nearly every name of a
//! set is unknown, so the set is read as if it used the one that is meant: what is wrong then is wrong by itself.

use super::Linked;
use crate::diagnostic::code;
use crate::directory::Directory;
use crate::language::ast::{ItemKind, Name};
use crate::language::{Diagnostic, FileId, Parsed, Sources, Span, nearest};
use crate::library::{self, Shipped};

/// What the files of a set say about libraries.
pub(super) struct Uses<'a> {
    names: Vec<&'a str>,
    unknown: Vec<&'a Name>,
}

impl<'a> Uses<'a> {
    pub(super) fn new(own: &'a [Parsed]) -> Uses<'a> {
        let used = own.iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
            ItemKind::Use(name) => Some(name),
            _ => None,
        });
        let mut uses = Uses { names: Vec::new(), unknown: Vec::new() };
        for name in used {
            match library::files(&name.it) {
                Some(_) if uses.names.contains(&name.it.as_str()) => {}
                Some(_) => uses.names.push(&name.it),
                None => uses.unknown.push(name),
            }
        }
        uses
    }

    /// The files of every library that is used, each once.
    pub(super) fn files(&self) -> Vec<Shipped> {
        self.names.iter().filter_map(|name| library::files(name)).flatten().collect()
    }

    /// What is wrong with the names of libraries.
    pub(super) fn unknown(&self) -> Vec<Diagnostic> {
        self.unknown.iter().map(|name| unknown(name)).collect()
    }

    /// The set as if it used the library that it most likely means to, with the error that says so instead of those
    /// that follow from it. None if no library would help.
    pub(super) fn supposed(
        &self,
        sources: &mut Sources,
        own: &[Parsed],
        directory: Option<&Directory>,
        linked: &Linked,
    ) -> Option<(Linked, Vec<Diagnostic>)> {
        let asks = |found: &Diagnostic| found.code.name().contains("::unknown-") || found.code == code::EXTEND_NOTHING;
        if !linked.found.iter().any(asks) {
            return None;
        }
        library::names().filter(|name| !self.names.contains(name)).find_map(|name| {
            let files = self.files().into_iter().chain(library::files(name)?).collect();
            let supposed = Linked::new(own, super::trees(sources, files), directory, None);
            let gone = without(&linked.found, &supposed.found);
            let meant = self.unknown.iter().position(|asked| nearest(&asked.it, [name]).is_some());
            if gone.is_empty() || meant.is_none() && !explains(&gone, &without(&supposed.found, &linked.found)) {
                let added = supposed.libraries.iter().filter(|file| !linked.has(file.file));
                added.for_each(|file| sources.remove_shipped(file.file));
                return None;
            }
            let mut errors = self.unknown();
            match errors.get_mut(meant.unwrap_or(0)) {
                Some(error) => error.followers = gone.len(),
                None => errors.push(missing(name, &gone, own, sources)),
            }
            Some((supposed, errors))
        })
    }
}

/// The findings that others do not have at the same place.
fn without<'a>(found: &'a [Diagnostic], others: &[Diagnostic]) -> Vec<&'a Diagnostic> {
    let there = |finding: &&Diagnostic| !others.iter().any(|it| (it.code, it.span()) == (finding.code, finding.span()));
    found.iter().filter(there).collect()
}

/// Whether a library is missing: names are known with it that nothing else can be meant by, and hardly any is declared
/// by the set as well.
fn explains(gone: &[&Diagnostic], new: &[&Diagnostic]) -> bool {
    let twice = [code::DUPLICATE_NAME, code::DUPLICATE_ID, code::LAST_MANIFEST];
    let conflicts = new.iter().filter(|finding| twice.contains(&finding.code)).count();
    gone.len() > 2 * conflicts && gone.iter().any(|finding| finding.fix.is_none())
}

fn unknown(name: &Name) -> Diagnostic {
    let names: Vec<&str> = library::names().collect();
    Diagnostic::new(code::UNKNOWN_LIBRARY, format!("there is no library `{}`", name.it))
        .at(name.span, "")
        .help(format!("use one that is shipped: {}", names.join(", ")))
        .suggest(nearest(&name.it, names.iter().copied()))
}

/// The error at the first place that needs the library, with the line that is missing.
fn missing(library: &str, gone: &[&Diagnostic], own: &[Parsed], sources: &Sources) -> Diagnostic {
    let is_own = |file: FileId| own.iter().any(|parsed| parsed.file == file);
    let places = gone.iter().filter_map(|finding| finding.span());
    let first = places.min_by_key(|span| (!is_own(span.file), sources.path(span.file), span.start));
    let name = first.map_or("", |span| sources.slice(span)).trim_matches('"');
    let message = format!("`{name}` is declared in `{library}`, which this set does not use");
    let mut diagnostic = Diagnostic::new(code::MISSING_USE, message);
    if let Some(span) = first {
        diagnostic = diagnostic.at(span, "");
    }
    let in_file = first.and_then(|span| own.iter().find(|parsed| parsed.file == span.file));
    diagnostic = match in_file.or(own.first()) {
        Some(parsed) => {
            let title = format!("add `use {library}`");
            let head = format!("{title} at the head of `{}`", sources.path(parsed.file));
            diagnostic.help(head).fix(title, head_of(parsed, sources), format!("use {library}\n\n"))
        }
        None => diagnostic.help(format!("add a policy file that says `use {library}`")),
    };
    diagnostic.followers = gone.len() - 1;
    diagnostic
}

/// The place of a file before its first declaration and the documentation of that.
fn head_of(parsed: &Parsed, sources: &Sources) -> Span {
    let first = parsed.items.first().map(|item| item.doc.as_ref().map_or(item.span.0.start, |doc| doc.span.start));
    let at = first.unwrap_or(sources.text(parsed.file).len() as u32);
    Span::new(parsed.file, at as usize, at as usize)
}
