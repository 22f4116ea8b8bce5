//! Files that lie in a project and that it does not read, though they look as if it should.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::config::Config;
use super::find::FILE;
use super::pattern::Folders;
use super::tree::Stored;
use super::walk::{Listed, is_hidden};
use super::{Project, beside, read};
use crate::diagnostic::{Sink, code};
use crate::directory::FileKind;
use crate::language::{Diagnostic, FileId, Span, Spanned};
use crate::lint::{Content, Unread};

/// As much of a file is looked at: enough for the comments at its top.
const BEGINNING: u64 = 64 << 10;

/// Whether a file is one of policies by its name, in any case.
pub fn is_policy(file: &Path) -> bool {
    file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("prescope"))
}

/// Where the files of a project lie.
pub(super) struct Lying<'p> {
    /// Its folder.
    pub(super) folder: &'p Path,
    /// What leads there from where shown paths begin.
    pub(super) below: &'p Path,
    /// In git; None if on disk.
    pub(super) stored: Option<Stored>,
}

/// The files below a project's folder that nobody reads, among those that no pattern matches. Their texts are added to
/// the sources; those on disk are read only if somebody asks for them.
pub(super) fn find(project: &mut Project, lying: &Lying<'_>, unmatched: &[&Listed]) {
    let Lying { folder, below, stored } = lying;
    let Config { policies, directory, .. } = &project.config;
    let (Some(policies), people) = (place(policies), place(directory)) else { return };
    let folders = Folders::new(directory);
    let content = |path: &Path| match looks_like(path, &folders)? {
        Content::Policies => Some((Content::Policies, policies)),
        content @ Content::People(_) => Some((content, people?)),
    };
    let ours = unmatched.iter().filter(|file| file.ours);
    let mut candidates: Vec<_> = ours.filter_map(|file| content(&file.path).map(|it| (&file.path, it))).collect();
    if candidates.is_empty() {
        return;
    }
    let beside: BTreeSet<String> = beside::shown(project).collect();
    let shown = |path: &Path| below.join(path).to_string_lossy().replace('\\', "/");
    let elsewhere = |path: &PathBuf| match stored {
        Some(stored) => stored.id(&folder.join(path)).is_none(),
        None => leads_elsewhere(folder, path),
    };
    let begins = |path: &Path, length: u64| match stored {
        Some(stored) => beginning(stored, &folder.join(path)),
        None => read::beginning(&folder.join(path), length).unwrap_or_default(),
    };
    candidates.retain(|(path, _)| !beside.contains(&shown(path)) && !elsewhere(path) && !is_document(path, begins));
    for (path, (content, patterns)) in candidates {
        let place = folder.join(path);
        let file = match stored {
            Some(stored) => project.set.sources.add(shown(path), beginning(stored, &place)),
            None => {
                let beginning = move || read::beginning(&place, BEGINNING).unwrap_or_default();
                project.set.sources.add_later(shown(path), beginning)
            }
        };
        project.unread.push(Unread { file, content, patterns });
    }
}

/// What a file should be read as by its name, and by the folder that it lies in.
fn looks_like(path: &Path, folders: &Folders) -> Option<Content> {
    if is_policy(path) {
        return Some(Content::Policies);
    }
    let name = path.file_name().unwrap_or_default();
    let kind = FileKind::named(path).filter(|_| !is_hidden(name) && name != FILE && !is_schema(path))?;
    folders.hold(path).then_some(Content::People(kind))
}

/// Whether a document that prescope writes would be told as a file that is not read, at a path that no pattern matches.
pub(super) fn would_be(config: &Config, path: &Path) -> bool {
    let looks = looks_like(path, &Folders::new(&config.directory));
    !config.policies.is_empty() && !is_json(path) && looks.is_some()
}

/// What stands at the beginning of a file in git, as far as it is text.
fn beginning(stored: &Stored, path: &Path) -> String {
    let bytes = stored.bytes(path).unwrap_or_default();
    let bytes = bytes.get(..BEGINNING as usize).unwrap_or(&bytes);
    String::from_utf8_lossy(bytes).into_owned()
}

/// The place of some patterns; None without any.
fn place(patterns: &[Spanned<String>]) -> Option<Span> {
    let (first, last) = (patterns.first()?.span, patterns.last()?.span);
    Some(Span::new(first.file, first.start as usize, last.end as usize))
}

/// A JSON Schema, as `prescope schema` prints it, is there for editors.
fn is_schema(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_ascii_lowercase();
    name.as_encoded_bytes().ends_with(b".schema.json")
}

/// A document that prescope writes, such as a plan that is kept, is nobody's people; however it is laid out.
fn is_document(path: &Path, begins: impl Fn(&Path, u64) -> String) -> bool {
    const HEAD: &str = "{\"schema\":\"prescope/";
    const WITH_BLANKS: u64 = 256;
    let blank = |letter: char| letter.is_ascii_whitespace();
    is_json(path) && begins(path, WITH_BLANKS).replace(blank, "").starts_with(HEAD)
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// Whether a file is a link that leads nowhere, or to a file of the project that is looked at by itself.
fn leads_elsewhere(folder: &Path, path: &PathBuf) -> bool {
    let on_disk = folder.join(path);
    if !on_disk.symlink_metadata().is_ok_and(|about| about.is_symlink()) {
        return false;
    }
    match (on_disk.canonicalize(), folder.canonicalize()) {
        (Ok(target), Ok(folder)) => target.starts_with(folder),
        _ => true,
    }
}

impl Project {
    /// The files that lie in the project and are not read.
    pub fn unread(&self) -> &[Unread] {
        &self.unread
    }

    /// Whether a file is one of them. They were added to the sources in their order.
    pub(super) fn is_unread(&self, file: FileId) -> bool {
        self.unread.binary_search_by_key(&file, |unread| unread.file).is_ok()
    }

    /// Everything that is wrong or doubtful, and a note for each file that is not read.
    pub fn check(&self) -> Vec<Diagnostic> {
        let mut sink = Sink::new();
        sink.extend(self.diagnostics().iter().cloned());
        sink.extend(self.unread_notes());
        // A level for a lint that there is not is an error of the project file, whoever reads it.
        sink.extend(self.levels().1);
        sink.into_sorted(&self.set.sources)
    }

    /// A note for each file that is not read.
    pub(super) fn unread_notes(&self) -> impl Iterator<Item = Diagnostic> {
        self.unread.iter().map(|unread| unread.told(code::UNREAD, &self.set.sources))
    }
}
