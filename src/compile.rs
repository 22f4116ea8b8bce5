//! The pipeline, top to bottom: texts to trees, trees to model, model to rule graph.

mod libraries;

use std::iter;
use std::num::NonZero;
use std::ops::Range;
use std::panic::resume_unwind;
use std::sync::Arc;
use std::thread;

use crate::diagnostic::Sink;
use crate::directory::{self, Directory, FileKind};
use crate::graph::{self, RuleGraph};
use crate::language::{Diagnostic, FileId, Parsed, Sources, parse};
use crate::library::Shipped;
use crate::model::{self, Input, Model, Organisation};
use crate::text::{Progress, Way};
use libraries::Uses;

/// A set: policies and a directory, from their texts to the rule graph. Whoever looks at more than decisions is handed
/// one.
#[derive(Debug)]
pub struct Set {
    /// The texts, those of libraries last.
    pub sources: Sources,
    /// Its own policy files as trees, sorted by path.
    pub own: Vec<Parsed>,
    /// The files of the libraries it uses.
    pub libraries: Vec<Parsed>,
    /// The organisation; None if the policies are looked at by themselves.
    pub directory: Option<Arc<Directory>>,
    /// What was wrong with the texts of the directory.
    pub found_in_directory: Arc<[Diagnostic]>,
    /// Every name resolved as far as it can be.
    pub model: Arc<Model>,
    /// The rule graph; None if the set has errors.
    pub graph: Option<Arc<RuleGraph>>,
}

impl Set {
    /// What was linked, so that it can be linked again with a part replaced.
    pub fn input(&self) -> Input<'_> {
        Input { own: &self.own, libraries: &self.libraries, directory: self.directory.as_deref() }
    }

    /// Where its organisation comes from.
    pub fn organisation(&self) -> Organisation {
        if self.directory.is_some() { Organisation::Directory } else { Organisation::Invented }
    }

    /// Its people, to compile another set with the same directory texts without reading them again.
    pub fn people(&self) -> People {
        let (directory, found) = (self.directory.clone(), Arc::clone(&self.found_in_directory));
        People { same: Some(Gathered { directory, found, linked: Some(Arc::clone(&self.model)) }), ..People::default() }
    }
}

/// Where the directory of a set comes from: files, programs, or both. Without either, only the policies are looked at.
#[derive(Clone, Default, Debug)]
pub struct People {
    /// The files; None if no files are meant to be there.
    pub files: Option<Vec<FileId>>,
    /// Directories built by programs.
    pub built: Vec<Directory>,
    /// The directory of another set, used in place of files and built directories.
    same: Option<Gathered>,
}

/// A directory as a set has it, and what was wrong with its texts.
#[derive(Clone, Debug)]
struct Gathered {
    directory: Option<Arc<Directory>>,
    found: Arc<[Diagnostic]>,
    /// The model of the set that it was read for, if that was another one.
    linked: Option<Arc<Model>>,
}

impl People {
    /// People from these files.
    pub fn in_files(files: Vec<FileId>) -> People {
        People { files: Some(files), ..People::default() }
    }
}

impl From<Directory> for People {
    fn from(directory: Directory) -> People {
        People { built: vec![directory], ..People::default() }
    }
}

/// Compiles policy files and a directory, with everything that was found, sorted by path and place. Texts of the
/// libraries they use are added to the sources.
pub fn compile(sources: Sources, policies: &[FileId], people: People) -> (Set, Vec<Diagnostic>) {
    compile_watched(sources, policies, people, None)
}

/// The same, while somebody else may look at how far the texts are read.
pub fn compile_watched(
    mut sources: Sources,
    policies: &[FileId],
    people: People,
    progress: Option<&Progress>,
) -> (Set, Vec<Diagnostic>) {
    let mut sink = Sink::new();
    let (own, Gathered { directory, found: found_in_directory, linked: other }) =
        read(&sources, policies, people, progress);
    sink.extend(own.iter().flat_map(|parsed| parsed.diagnostics.iter().cloned()));
    sink.extend(found_in_directory.iter().cloned());
    let uses = Uses::new(&own);
    let libraries = trees(&mut sources, uses.files());
    let linked = Linked::new(&own, libraries, directory.as_deref(), other.as_deref());
    let supposed = uses.supposed(&mut sources, &own, directory.as_deref(), &linked);
    let (Linked { libraries, model, found }, of_libraries) = supposed.unwrap_or_else(|| (linked, uses.unknown()));
    sink.extend(of_libraries);
    sink.extend(found);
    let model = Arc::new(model);
    let graph = graph::build(Arc::clone(&model), &mut sink);
    sink.lead_with(|file| !libraries.iter().any(|library| library.file == file));
    let found = sink.into_sorted(&sources);
    let graph = graph.map(Arc::new);
    (Set { sources, own, libraries, directory, found_in_directory, model, graph }, found)
}

/// Trees, and what linking makes of them.
struct Linked {
    libraries: Vec<Parsed>,
    model: Model,
    found: Vec<Diagnostic>,
}

impl Linked {
    /// With the lists of users that another model of the directory has.
    fn new(own: &[Parsed], libraries: Vec<Parsed>, directory: Option<&Directory>, other: Option<&Model>) -> Linked {
        let input = Input { own, libraries: &libraries, directory };
        let (model, mut found) = match other {
            Some(other) => model::link_sharing(input, other),
            None => model::link(input),
        };
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

/// The trees of policy files, and the directory. Files are taken in the order of their paths, so that the order in
/// which they were given never shows; directories built by programs follow in theirs.
fn read(
    sources: &Sources,
    policies: &[FileId],
    people: People,
    progress: Option<&Progress>,
) -> (Vec<Parsed>, Gathered) {
    let sorted = |mut files: Vec<FileId>| {
        files.sort_by(|a, b| sources.path(*a).cmp(sources.path(*b)));
        files
    };
    let people = People { files: people.files.map(sorted), ..people };
    let policies = sorted(policies.to_vec());
    let files: Vec<FileId> = policies.iter().chain(people.files.iter().flatten()).copied().collect();
    if let Some(progress) = progress {
        progress.start(files.iter().map(|file| sources.text(*file).len()).sum());
    }
    let reader = || directory::Reader::watched(progress);
    let read = in_parts(&files, sources, reader, |reader, index, file| {
        let text = sources.text(file);
        if index < policies.len() {
            let _way = Way::through(text.len(), progress);
            return Read::Policy(parse(file, text));
        }
        let (directory, found) = reader.read(file, FileKind::guess(sources.path(file)), text);
        Read::People(directory, found)
    });
    let (mut own, mut directories, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for read in read {
        match read {
            Read::Policy(parsed) => own.push(parsed),
            Read::People(directory, of_file) => {
                found.extend(of_file);
                directories.push(directory);
            }
        }
    }
    if let Some(same) = people.same {
        return (own, same);
    }
    directories.extend(people.built);
    let directory = match (people.files, directories.len()) {
        (None, 0) => None,
        // A program has merged what it built.
        (None, 1) => directories.pop(),
        _ => {
            let (merged, of_all) = directory::merge(directories);
            found.extend(of_all);
            Some(merged)
        }
    };
    (own, Gathered { directory: directory.map(Arc::new), found: found.into(), linked: None })
}

/// The trees of shipped files. Their texts are added to the sources.
fn trees(sources: &mut Sources, mut files: Vec<Shipped>) -> Vec<Parsed> {
    files.sort_by_key(|shipped| shipped.path);
    files.iter().map(|shipped| shipped.read(sources)).collect()
}

/// As many bytes are worth a thread: reading them takes some ten times as long as starting one.
const WORTH_A_THREAD: usize = 64 << 10;

/// The results for all files, in their order. Files are read independently, so they are shared out in parts of about
/// equal length, one to each processor; this thread reads the last part. Each part begins with a fresh state, which
/// reading one file leaves for the next.
fn in_parts<T: Send, L>(
    files: &[FileId],
    sources: &Sources,
    start: impl Fn() -> L + Sync,
    read: impl Fn(&mut L, usize, FileId) -> T + Sync,
) -> Vec<T> {
    let length = |file: FileId| sources.text(file).len();
    let total: usize = files.iter().map(|file| length(*file)).sum();
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
