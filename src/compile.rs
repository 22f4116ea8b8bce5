//! The pipeline, top to bottom: texts to trees, trees to model, model to rule graph.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::directory::{self, Directory, Kind};
use crate::graph::{self, RuleGraph};
use crate::library::{self, Shipped};
use crate::model::{self, Input, Model};
use crate::syntax::ast::{ItemKind, Name};
use crate::syntax::{self, Parsed, stored};
use crate::text::{FileId, Sources, nearest};

/// What became of a set of texts.
#[derive(Debug)]
pub struct Compiled {
    /// The set's own policy files as trees, sorted by path.
    pub own: Vec<Parsed>,
    /// The files of the libraries it uses.
    pub libraries: Vec<Parsed>,
    /// The organisation; None if the policies are looked at by themselves.
    pub directory: Option<Directory>,
    /// Every name resolved as far as it can be.
    pub model: Arc<Model>,
    /// The rule graph; None if the set has errors.
    pub graph: Option<Arc<RuleGraph>>,
    /// Everything that was found, sorted by path and place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Where the directory of a set comes from.
#[derive(Debug)]
pub enum People {
    /// YAML files.
    Files(Vec<FileId>),
    /// A directory built by a program.
    Built(Box<Directory>),
    /// None: the policies are looked at by themselves.
    Nobody,
}

/// Compiles policy files and a directory. Texts of the libraries they use are added to the sources.
pub fn compile(sources: &mut Sources, policies: &[FileId], people: People) -> Compiled {
    let mut sink = Sink::new();
    let own = parse(sources, policies, &mut sink);
    let used = used_libraries(&own, &mut sink);
    let libraries = trees(sources, used, &mut sink);
    let directory = directory(sources, people, &mut sink);
    let input = Input { own: &own, libraries: &libraries, directory: directory.as_ref() };
    let (model, found) = model::link(input);
    sink.extend(found);
    let model = Arc::new(model);
    let (graph, found) = graph::build(Arc::clone(&model), sink.has_errors());
    sink.extend(found);
    let diagnostics = sink.into_sorted(sources);
    Compiled { own, libraries, directory, model, graph: graph.map(Arc::new), diagnostics }
}

/// Trees in the order of their paths, so that the order in which files were given never shows.
fn parse(sources: &Sources, files: &[FileId], sink: &mut Sink) -> Vec<Parsed> {
    let mut files = files.to_vec();
    files.sort_by(|a, b| sources.path(*a).cmp(sources.path(*b)));
    let parsed = in_parts(&files, sources, |file| syntax::parse(*file, sources.text(*file)));
    sink.extend(parsed.iter().flat_map(|file| file.diagnostics.iter().cloned()));
    parsed
}

/// The trees of shipped files, as they are stored or, where they are not, of their texts. The texts are added to the
/// sources.
fn trees(sources: &mut Sources, mut files: Vec<Shipped>, sink: &mut Sink) -> Vec<Parsed> {
    files.sort_by_key(|shipped| shipped.path);
    let tree = |Shipped { number, path, text, tree }: Shipped| {
        let file = sources.add_shipped(number, path, text);
        stored::read(file, text, tree).unwrap_or_else(|| syntax::parse(file, text))
    };
    let trees: Vec<Parsed> = files.into_iter().map(tree).collect();
    sink.extend(trees.iter().flat_map(|file| file.diagnostics.iter().cloned()));
    trees
}

/// As many bytes are worth a thread: reading them takes some ten times as long as starting one.
const WORTH_A_THREAD: usize = 64 << 10;

/// The results for all files, in their order. Files are read independently of each other, so many of them are shared
/// out in parts of about equal length, one to each processor.
fn in_parts<T: Send>(files: &[FileId], sources: &Sources, read: impl Fn(&FileId) -> T + Sync) -> Vec<T> {
    let length = |file: &FileId| sources.text(*file).len();
    let total: usize = files.iter().map(length).sum();
    let worth = total / WORTH_A_THREAD;
    // To ask how many processors there are takes longer than to read a few files.
    let threads = if worth < 2 { 1 } else { thread::available_parallelism().map_or(1, NonZero::get).min(worth) };
    if threads < 2 {
        return files.iter().map(read).collect();
    }
    let mut parts: Vec<&[FileId]> = Vec::new();
    let (mut rest, mut part, mut before) = (files, 0, 0);
    for file in files {
        part += 1;
        before += length(file);
        if before * threads >= total * (parts.len() + 1) {
            let (first, others) = rest.split_at(part);
            parts.push(first);
            (rest, part) = (others, 0);
        }
    }
    if !rest.is_empty() {
        parts.push(rest); // files without a byte, at the end
    }
    thread::scope(|scope| {
        let running: Vec<_> =
            parts.into_iter().map(|part| scope.spawn(|| part.iter().map(&read).collect::<Vec<T>>())).collect();
        let ended = running.into_iter().map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
        ended.flatten().collect()
    })
}

/// The files of every library that a file uses, each library once.
fn used_libraries(own: &[Parsed], sink: &mut Sink) -> Vec<Shipped> {
    let uses = own.iter().flat_map(|file| &file.items).filter_map(|item| match &item.kind {
        ItemKind::Use(name) => Some(name),
        _ => None,
    });
    let mut taken: Vec<&str> = Vec::new();
    let mut files = Vec::new();
    for name in uses {
        match library::files(&name.it) {
            Some(_) if taken.contains(&name.it.as_str()) => {}
            Some(found) => {
                taken.push(&name.it);
                files.extend(found);
            }
            None => sink.push(unknown_library(name)),
        }
    }
    files
}

fn unknown_library(name: &Name) -> Diagnostic {
    let names: Vec<&str> = library::names().collect();
    Diagnostic::new(Code::UNKNOWN_LIBRARY, format!("there is no library `{}`", name.it))
        .at(name.span, "")
        .help(format!("shipped are {}", names.join(", ")))
        .suggest(nearest(&name.it, names.iter().copied()))
}

fn directory(sources: &Sources, people: People, sink: &mut Sink) -> Option<Directory> {
    match people {
        People::Nobody => None,
        People::Built(directory) => Some(*directory),
        People::Files(mut files) => {
            files.sort_by(|a, b| sources.path(*a).cmp(sources.path(*b)));
            let read = in_parts(&files, sources, |file| {
                directory::read(*file, Kind::of(sources.path(*file)), sources.text(*file))
            });
            let (read, found): (Vec<Directory>, Vec<Vec<Diagnostic>>) = read.into_iter().unzip();
            sink.extend(found.into_iter().flatten());
            let (merged, found) = directory::merge(read);
            sink.extend(found);
            Some(merged)
        }
    }
}
