//! The files of a project in git. What a folder would lead to by links and submodules is not in it, and that is said
//! wherever a project would read it.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Bound;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::super::config::Config;
use super::super::find::{FILE, SKIPPED};
use super::super::git::{Entries, Entry, Shared, Sort, normal, path_of};
use super::super::pattern::leads_into;
use super::super::read::{LARGEST, Unreadable};
use super::super::walk::{Listed, Listing, is_hidden};
use crate::diagnostic::code;
use crate::language::{Diagnostic, Spanned};

/// What begins a file of Git LFS, which holds another one's name.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// A pointer is no longer than this.
const LONGEST_POINTER: usize = 1024;

/// What to do about a file that git has no contents of.
const ELSEWHERE: &str = "check both sides out, and compare the folders";

/// The files of one tree, or of the index.
#[derive(Clone)]
pub(in super::super) struct Stored {
    entries: Rc<Entries>,
    objects: Shared,
}

impl fmt::Debug for Stored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stored").field("files", &self.entries.len()).finish_non_exhaustive()
    }
}

impl Stored {
    /// These files; what they hold is asked for as it is needed.
    pub(in super::super) fn new(entries: Entries, objects: Shared) -> Stored {
        Stored { entries: Rc::new(entries), objects }
    }

    /// Whether there is something at a path.
    pub(in super::super) fn has(&self, path: &Path) -> bool {
        self.entries.contains_key(path)
    }

    /// The name of what a file holds; None if there is none.
    pub(in super::super) fn id(&self, path: &Path) -> Option<&str> {
        self.entries.get(path).filter(|entry| entry.sort == Sort::File).map(|entry| &*entry.id)
    }

    /// The folders that hold a project, sorted.
    pub(in super::super) fn projects(&self) -> impl Iterator<Item = PathBuf> {
        let is_project = |path: &&PathBuf| path.file_name().is_some_and(|name| name == FILE) && !is_skipped(path);
        self.entries.keys().filter(is_project).filter_map(|path| path.parent().map(Path::to_owned))
    }

    /// What lies below a folder, with paths from there on.
    fn below(&self, folder: &Path) -> impl Iterator<Item = (&Path, &Entry)> {
        // Paths are in the order of their parts, so what lies below a folder stands together.
        let from = self.entries.range::<Path, _>((Bound::Included(folder), Bound::Unbounded));
        from.map_while(move |(path, entry)| Some((path.strip_prefix(folder).ok()?, entry)))
    }

    /// Every file below a folder, as a listing on disk has them.
    pub(in super::super) fn listing(&self, folder: &Path) -> Listing {
        let mut listing = Listing::default();
        let mut folders: BTreeSet<&Path> = BTreeSet::new();
        let others: BTreeSet<&Path> = self
            .below(folder)
            .filter(|(path, entry)| path.file_name().is_some_and(|it| it == FILE) || entry.sort == Sort::Submodule)
            .filter_map(|(path, entry)| if entry.sort == Sort::Submodule { Some(path) } else { path.parent() })
            .filter(|other| !other.as_os_str().is_empty())
            .collect();
        for (path, entry) in self.below(folder) {
            let above = || path.ancestors().skip(1).filter(|above| !above.as_os_str().is_empty());
            folders.extend(above());
            if entry.sort == Sort::Submodule {
                folders.insert(path);
            } else if !is_skipped(path) {
                let hidden = |above: &Path| above.file_name().is_some_and(is_hidden);
                let ours = !above().any(|above| hidden(above) || others.contains(above));
                listing.files.push(Listed { path: path.to_owned(), ours });
            }
        }
        listing.folders = folders.into_iter().map(Path::to_owned).collect();
        listing
    }

    /// Links and submodules below a folder from which its project would read files that this tree does not have.
    pub(super) fn beyond(&self, folder: &Path, config: &Config) -> Vec<Diagnostic> {
        let patterns = || config.policies.iter().chain(&config.directory);
        let mut found = Vec::new();
        for (path, entry) in self.below(folder).filter(|(path, _)| !is_skipped(path)) {
            let is = match entry.sort {
                Sort::File | Sort::Conflict => continue,
                Sort::Submodule => "a submodule, whose files are in another repository",
                Sort::Link => "a symbolic link out of the project, and git keeps only where it leads",
            };
            // Where a link leads is read only if that matters.
            let Some(pattern) = patterns().find(|pattern| leads_into(pattern, path)) else { continue };
            if entry.sort != Sort::Link || !self.leads_to_known(folder, path, entry) {
                found.push(behind(path, is, pattern));
            }
        }
        found
    }

    /// Whether a link leads to a file, which is none of those below it, or to a folder that is listed anyway.
    fn leads_to_known(&self, folder: &Path, link: &Path, entry: &Entry) -> bool {
        let Ok(target) = self.objects.borrow_mut().bytes(&entry.id, LARGEST) else { return false };
        let from = folder.join(link);
        let Some(target) = normal(&from.parent().unwrap_or(Path::new("")).join(path_of(&target))) else { return false };
        if let Some(entry) = self.entries.get(&target) {
            return entry.sort == Sort::File;
        }
        let listed = target.strip_prefix(folder).is_ok_and(|below| !is_skipped(&below.join(FILE)));
        listed && self.below(&target).next().is_some()
    }

    /// The bytes of a file.
    pub(in super::super) fn bytes(&self, path: &Path) -> Result<Vec<u8>, Unreadable> {
        let path =
            normal(path).ok_or_else(|| Unreadable::because("it lies outside of the repository", "keep it inside"))?;
        let entry = self.entries.get(&path).ok_or_else(Unreadable::missing)?;
        let elsewhere = |because| Err(Unreadable::because(because, ELSEWHERE));
        match entry.sort {
            Sort::Link => return elsewhere("it is a symbolic link, and git keeps only where it leads"),
            Sort::Submodule => return elsewhere("it is a submodule, whose files are in another repository"),
            Sort::Conflict => {
                return Err(Unreadable::because("it has a conflict", "resolve the conflict, and add the file"));
            }
            Sort::File => {}
        }
        let bytes = self.objects.borrow_mut().bytes(&entry.id, LARGEST);
        let bytes = bytes.map_err(|error| Unreadable::because(&error.to_string(), "fetch what is missing"))?;
        if bytes.len() <= LONGEST_POINTER && bytes.starts_with(POINTER) {
            return elsewhere("it is a pointer of Git LFS, which keeps the contents elsewhere");
        }
        Ok(bytes)
    }
}

/// Whether a file lies in a folder that no project reads from.
fn is_skipped(path: &Path) -> bool {
    let folders = path.parent().into_iter().flat_map(Path::components);
    folders.into_iter().any(|part| SKIPPED.iter().any(|skipped| part.as_os_str() == *skipped))
}

fn behind(path: &Path, is: &str, pattern: &Spanned<String>) -> Diagnostic {
    let shown: PathBuf = path.to_owned();
    Diagnostic::new(code::UNREADABLE, format!("`{}` is {is}", shown.display()))
        .at(pattern.span, "matches what lies behind it, if anything does")
        .help(ELSEWHERE)
}
