//! Reading and compiling two sides. What is the same on both is found out before anything is compiled, and people who
//! are the same are read once.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::config::Config;
use super::super::load::{once, steady};
use super::super::reading::{Chosen, Reading};
use super::super::texts::Texts;
use super::super::tree::{Stored, Tree};
use super::super::{Home, Project};
use super::{Root, Side};
use crate::compile::People;
use crate::language::{Diagnostic, FileId};
use crate::text::Progress;

/// What became of two sides.
#[derive(Debug)]
pub enum Compared {
    /// Every file that either reads is the same on both, so nothing was compiled.
    Same {
        /// How many files each has.
        files: usize,
    },
    /// Both, compiled; either may have errors.
    Different(Box<[Project; 2]>),
}

/// Reads both sides and compiles them, the first one first. With these people, the directories of both are not read.
pub fn compare(sides: &[Side; 2], people: Option<&Texts>, progress: &Arc<Progress>) -> Compared {
    let [base, head] = sides.each_ref().map(|side| Opened::new(side, people, progress));
    if let (Some(files), true) = (base.stored_as(), base.stored_as() == head.stored_as()) {
        return Compared::Same { files: files.len() };
    }
    let (base, mut head) = (base.read(people, progress), head.read(people, progress));
    if let (Some(one), Some(other)) = (base.texts(), head.texts())
        && one == other
    {
        return Compared::Same { files: one.len() };
    }
    let same_people = base.people().filter(|people| Some(people) == head.people().as_ref()).is_some();
    if same_people {
        head.share_people(&base);
    }
    let base = base.compile(people, None, progress);
    let same_people = same_people.then(|| base.set.people());
    let head = head.compile(people, same_people, progress);
    Compared::Different(Box::new([base, head]))
}

/// Reads and compiles one side, whatever the other is.
pub fn alone(side: &Side, people: Option<&Texts>, progress: &Arc<Progress>) -> Project {
    Opened::new(side, people, progress).read(people, progress).compile(people, None, progress)
}

/// One side as `lint` looks at a project: with the files that it does not read, and with paths that are shown as those
/// of `now` are. Nothing, if it has no project.
pub fn as_linted(side: &Side, now: &Project, progress: &Arc<Progress>) -> Project {
    let Root::Stored(stored, folder) = &side.root else { return Project::builder().build() };
    let below = now.folder().zip(now.root()).and_then(|(folder, root)| folder.strip_prefix(root).ok());
    let mut reading = Reading::in_tree(Tree::Git(stored.clone()), progress).from(folder, folder);
    reading.below = below.unwrap_or(Path::new("")).to_owned();
    once(reading, folder).unwrap_or_else(|| Project::builder().build())
}

/// A side that is being read.
enum Opened<'s> {
    /// On disk, of which nothing is read before all of it is.
    Folder(&'s Path),
    /// In git, with what is chosen to be read.
    Stored {
        stored: &'s Stored,
        folder: &'s Path,
        reading: Box<Reading>,
        chosen: Option<Chosen>,
    },
    /// Read, and not yet compiled.
    Read {
        folder: &'s Path,
        reading: Box<Reading>,
        config: Config,
    },
    Nothing,
}

impl<'s> Opened<'s> {
    fn new(side: &'s Side, people: Option<&Texts>, progress: &Arc<Progress>) -> Opened<'s> {
        match &side.root {
            Root::Nothing => Opened::Nothing,
            Root::Folder(folder) => Opened::Folder(folder),
            Root::Stored(stored, folder) => {
                let reading = Reading::in_tree(Tree::Git(stored.clone()), progress).from(folder, folder);
                let (reading, chosen) = chosen(reading, folder, people);
                Opened::Stored { stored, folder, reading: Box::new(reading), chosen }
            }
        }
    }

    /// What git calls the contents of the files that are read, if they can be. Equal names are equal contents.
    fn stored_as(&self) -> Option<Vec<(PathBuf, &'s str)>> {
        let Opened::Stored { stored, folder, reading, chosen } = self else { return None };
        let chosen = chosen.as_ref().filter(|_| !reading.found.iter().any(Diagnostic::is_error))?;
        let project = Path::new(super::super::find::FILE);
        let paths = chosen.policies.iter().chain(chosen.people.iter().flatten()).map(PathBuf::as_path);
        [project].into_iter().chain(paths).map(|path| Some((path.to_owned(), stored.id(&folder.join(path))?))).collect()
    }

    fn read(self, people: Option<&Texts>, progress: &Arc<Progress>) -> Opened<'s> {
        let (folder, reading, config) = match self {
            Opened::Folder(folder) => {
                let (reading, config) = steady(&[folder.to_owned()], progress, |reading| {
                    let (mut reading, chosen) = chosen(reading.from(folder, folder), folder, people);
                    let config = read(&mut reading, folder, chosen);
                    reading.tree.holds().then_some((reading, config))
                });
                (folder, Box::new(reading), config)
            }
            Opened::Stored { folder, mut reading, chosen, .. } => {
                let config = read(&mut reading, folder, chosen);
                (folder, reading, config)
            }
            read @ (Opened::Read { .. } | Opened::Nothing) => return read,
        };
        Opened::Read { folder, reading, config }
    }

    /// Every text that was read, by its path, and whether it is one of the directory; None if something is wrong.
    fn texts(&self) -> Option<Vec<(&str, bool, &str)>> {
        let Opened::Read { reading, .. } = self else { return None };
        let of_people = |file: FileId| reading.files.directory.iter().flatten().any(|people| *people == file);
        let texts = reading.sources.files().map(|(file, source)| (source.path(), of_people(file), source.text()));
        (!reading.found.iter().any(Diagnostic::is_error)).then(|| texts.collect())
    }

    /// The texts of the directory by their ids and paths; None without one, or if something is wrong.
    fn people(&self) -> Option<Vec<(FileId, &str, &str)>> {
        let Opened::Read { reading, .. } = self else { return None };
        let files = reading.files.directory.as_ref()?;
        let text = |file: &FileId| (*file, reading.sources.path(*file), reading.sources.text(*file));
        (!reading.found.iter().any(Diagnostic::is_error)).then(|| files.iter().map(text).collect())
    }

    /// Holds the texts of the directory once, which are the same on both sides.
    fn share_people(&mut self, other: &Opened<'_>) {
        let (Opened::Read { reading, .. }, Opened::Read { reading: other, .. }) = (self, other) else { return };
        for file in reading.files.directory.iter().flatten() {
            reading.sources.share(*file, &other.sources);
        }
    }

    /// The project. If its folder has changed since it was read, it is read again.
    fn compile(self, people: Option<&Texts>, same: Option<People>, progress: &Arc<Progress>) -> Project {
        let Opened::Read { folder, reading, config } = self else { return Project::builder().build() };
        let is_on_disk = reading.tree.is_on_disk();
        let project = reading.finish(config, same).unwrap_or_else(|| {
            steady(&[folder.to_owned()], progress, |reading| {
                let (mut reading, chosen) = chosen(reading.from(folder, folder), folder, people);
                let config = read(&mut reading, folder, chosen);
                reading.finish(config, None)
            })
        });
        Project { home: if is_on_disk { Home::Folder(folder.to_owned()) } else { Home::Nowhere }, ..project }
    }
}

/// What is to be read of the project in a folder: with these people, nobody else.
fn chosen(mut reading: Reading, folder: &Path, people: Option<&Texts>) -> (Reading, Option<Chosen>) {
    if let Some(people) = people {
        reading.take_people(people);
    }
    let chosen = reading.choose(folder);
    (reading, chosen.map(|chosen| Chosen { people: chosen.people.filter(|_| people.is_none()), ..chosen }))
}

fn read(reading: &mut Reading, folder: &Path, chosen: Option<Chosen>) -> Config {
    let Some(chosen) = chosen else { return Config::default() };
    reading.read_chosen(folder, &chosen);
    chosen.config
}
