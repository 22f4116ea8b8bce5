//! The pipeline, top to bottom: texts to trees, trees to model, model to rule graph.

mod libraries;

use std::iter;
use std::num::NonZero;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use crate::diagnostic::{Diagnostic, Sink};
use crate::directory::{self, Directory, Kind};
use crate::graph::{self, RuleGraph};
use crate::library::Shipped;
use crate::model::{self, Input, Model};
use crate::syntax::{self, Parsed, stored};
use crate::text::{FileId, Sources, Way};
use libraries::Uses;

/// A set: policies and a directory, from their texts to the rule graph. Whoever looks at more than decisions is handed one.
#[derive(Debug)]
pub struct Set {
    /// The texts, those of libraries last.
    pub sources: Sources,
    /// Its own policy files as trees, sorted by path.
    pub own: Vec<Parsed>,
    /// The files of the libraries it uses.
    pub libraries: Vec<Parsed>,
    /// The organisation; None if the policies are looked at by themselves.
    pub directory: Option<Directory>,
    /// Every name resolved as far as it can be.
    pub model: Arc<Model>,
    /// The rule graph; None if the set has errors.
    pub graph: Option<Arc<RuleGraph>>,
}

impl Set {
    /// What was linked, to be linked again with something else in it.
    pub fn input(&self) -> Input<'_> {
        Input { own: &self.own, libraries: &self.libraries, directory: self.directory.as_ref() }
    }
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

/// Compiles policy files and a directory, with everything that was found, sorted by path and place. Texts of the
/// libraries they use are added to the sources.
pub fn compile(mut sources: Sources, policies: &[FileId], people: People) -> (Set, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let (own, directory) = read(&sources, policies, people, &mut sink);
    let uses = Uses::new(&own);
    let libraries = trees(&mut sources, uses.files());
    let linked = Linked::new(&own, libraries, directory.as_ref());
    let supposed = uses.supposed(&mut sources, &own, directory.as_ref(), &linked);
    let (Linked { libraries, model, found }, of_libraries) = supposed.unwrap_or_else(|| (linked, uses.unknown()));
    sink.extend(of_libraries);
    sink.extend(found);
    let model = Arc::new(model);
    let (graph, found) = graph::build(Arc::clone(&model), sink.has_errors());
    sink.extend(found);
    sink.lead_with(|file| !libraries.iter().any(|library| library.file == file));
    let found = sink.into_sorted(&sources);
    (Set { sources, own, libraries, directory, model, graph: graph.map(Arc::new) }, found)
}

/// Trees, and what linking makes of them.
struct Linked {
    libraries: Vec<Parsed>,
    model: Model,
    found: Vec<Diagnostic>,
}

impl Linked {
    fn new(own: &[Parsed], libraries: Vec<Parsed>, directory: Option<&Directory>) -> Linked {
        let (model, mut found) = model::link(Input { own, libraries: &libraries, directory });
        found.extend(libraries.iter().flat_map(|file| file.diagnostics.iter().cloned()));
        Linked { libraries, model, found }
    }

    /// Whether it has this file of a library.
    fn has(&self, file: FileId) -> bool {
        self.libraries.iter().any(|library| library.file == file)
    }
}

/// What a text is read as.
enum Read {
    Policy(Parsed),
    People(Directory, Vec<Diagnostic>),
}

/// The trees of policy files, and the directory. Both in the order of their paths, so that the order in which files were
/// given never shows.
fn read(sources: &Sources, policies: &[FileId], people: People, sink: &mut Sink) -> (Vec<Parsed>, Option<Directory>) {
    let sorted = |mut files: Vec<FileId>| {
        files.sort_by(|a, b| sources.path(*a).cmp(sources.path(*b)));
        files
    };
    let (built, people) = match people {
        People::Nobody => (None, None),
        People::Built(directory) => (Some(*directory), None),
        People::Files(files) => (None, Some(sorted(files))),
    };
    let policies = sorted(policies.to_vec());
    let files: Vec<FileId> = policies.iter().chain(people.iter().flatten()).copied().collect();
    let reader = || directory::Reader::watched(sources.progress());
    let read = in_parts(&files, sources, reader, |reader, index, file| {
        let text = sources.text(file);
        if index < policies.len() {
            let _way = Way::through(text.len(), sources.progress());
            return Read::Policy(syntax::parse(file, text));
        }
        let (directory, found) = reader.read(file, Kind::guess(sources.path(file)), text);
        Read::People(directory, found)
    });
    let (mut own, mut directories) = (Vec::new(), Vec::new());
    for read in read {
        match read {
            Read::Policy(parsed) => {
                sink.extend(parsed.diagnostics.iter().cloned());
                own.push(parsed);
            }
            Read::People(directory, found) => {
                sink.extend(found);
                directories.push(directory);
            }
        }
    }
    let merged = people.map(|_| {
        let (merged, found) = directory::merge(directories);
        sink.extend(found);
        merged
    });
    (own, built.or(merged))
}

/// The trees of shipped files, as they are stored or, where they are not, of their texts. The texts are added to the
/// sources.
fn trees(sources: &mut Sources, mut files: Vec<Shipped>) -> Vec<Parsed> {
    files.sort_by_key(|shipped| shipped.path);
    let tree = |Shipped { number, path, text, tree }: Shipped| {
        let file = sources.add_shipped(number, path, text);
        stored::read(file, text, tree).unwrap_or_else(|| syntax::parse(file, text))
    };
    files.into_iter().map(tree).collect()
}

/// As many bytes are worth a thread: reading them takes some ten times as long as starting one.
const WORTH_A_THREAD: usize = 64 << 10;

/// The results for all files, in their order. Files are read independently of each other, so they are shared out in parts
/// of about equal length, one to each processor; the last part is read here.
/// What reading one file leaves for the next goes through its part, from what each part starts with.
fn in_parts<T: Send, L>(
    files: &[FileId],
    sources: &Sources,
    start: impl Fn() -> L + Sync,
    read: impl Fn(&mut L, usize, FileId) -> T + Sync,
) -> Vec<T> {
    let length = |file: FileId| sources.text(file).len();
    let total: usize = files.iter().map(|file| length(*file)).sum();
    if let Some(progress) = sources.progress() {
        progress.start(total);
    }
    let worth = total / WORTH_A_THREAD;
    // To ask how many processors there are takes longer than to read a few files.
    let threads = if worth < 2 { 1 } else { thread::available_parallelism().map_or(1, NonZero::get).min(worth) };
    let mut ends: Vec<usize> = Vec::new();
    let mut before = 0;
    for (index, file) in files.iter().enumerate() {
        before += length(*file);
        if threads > 1 && before * threads >= total * (ends.len() + 1) {
            ends.push(index + 1);
        }
    }
    let starts = iter::once(0).chain(ends.iter().copied());
    let mut parts: Vec<Range<usize>> = starts.zip(ends.iter().copied()).map(|(start, end)| start..end).collect();
    // Files without a byte, at the end, belong to the last part.
    let last = parts.pop().map_or(0, |part| part.start)..files.len();
    let read = |part: Range<usize>| -> Vec<T> {
        let files = files.iter().enumerate().take(part.end).skip(part.start);
        let mut left = start();
        files.map(|(index, file)| read(&mut left, index, *file)).collect()
    };
    if parts.is_empty() {
        return read(last);
    }
    thread::scope(|scope| {
        let running: Vec<_> = parts.into_iter().map(|part| scope.spawn(|| read(part))).collect();
        let last = read(last);
        let ended = running.into_iter().map(|part| part.join().unwrap_or_else(|panic| resume_unwind(panic)));
        ended.flatten().chain(last).collect()
    })
}
