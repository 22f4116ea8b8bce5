//! Reading the files of one project from wherever they are. A file that cannot be read is a diagnostic like any other.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::config::{self, Config};
use super::find::{FILE, SNAPSHOT};
use super::pattern::{Matched, matching, no_match, no_policy};
use super::save::{JOURNAL, View};
use super::texts::Texts;
use super::tree::Tree;
use super::walk::Listing;
use super::{Files, Project, beside, unread};
use crate::compile::People;
use crate::diagnostic::code;
use crate::directory::FileKind;
use crate::expect::Beside;
use crate::language::{Diagnostic, FileId, Sources};
use crate::text::Progress;

/// What a project reads, with paths from its folder on.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) config: Config,
    pub(super) policies: Vec<PathBuf>,
    /// None without a directory.
    pub(super) people: Option<Vec<PathBuf>>,
    /// Everything that lies below the folder.
    pub(super) all: Listing,
}

/// What a file is read as.
#[derive(Clone, Copy)]
pub(super) enum Role {
    Policy,
    Directory,
}

#[derive(Default, Debug)]
pub(super) struct Reading {
    /// The folder that shown paths are relative to.
    root: PathBuf,
    /// What leads from there to the folder of the project.
    pub(super) below: PathBuf,
    pub(super) sources: Sources,
    pub(super) found: Vec<Diagnostic>,
    /// What is known of the files so far.
    pub(super) files: Files,
    pub(super) tree: Tree,
}

impl Reading {
    /// Nothing read yet, of the projects in these folders. Files of which nobody can say how far they are written are
    /// errors: no question is answered from them.
    pub(super) fn at(homes: &[PathBuf], progress: &Arc<Progress>) -> Reading {
        let mut reading = Reading::default();
        reading.files.progress = Some(Arc::clone(progress));
        match View::open(homes) {
            Ok(view) => reading.tree = Tree::Disk(view),
            Err(error) => reading.fail(error.diagnostic()),
        }
        reading
    }

    /// Nothing read yet of the files of a tree.
    pub(super) fn in_tree(tree: Tree, progress: &Arc<Progress>) -> Reading {
        let mut reading = Reading { tree, ..Reading::default() };
        reading.files.progress = Some(Arc::clone(progress));
        reading
    }

    /// Something is in the way of every answer.
    pub(super) fn fail(&mut self, why: Diagnostic) {
        self.found.push(why);
        self.files.failed = true;
    }

    /// With paths shown from the root on; a folder that does not lie below it is its own root.
    pub(super) fn from(mut self, root: &Path, folder: &Path) -> Reading {
        (self.root, self.below) = match folder.strip_prefix(root) {
            Ok(below) => (root.to_owned(), below.to_owned()),
            Err(_) => (folder.to_owned(), PathBuf::new()),
        };
        self
    }

    pub(super) fn texts(self, files: Vec<(PathBuf, FileId)>) -> Option<Texts> {
        let Reading { sources, found, files: Files { failed, .. }, tree, .. } = self;
        let interrupted = tree.interrupted();
        tree.holds().then(|| Texts { sources, files, found, is_read: !failed, interrupted, home: None })
    }

    /// The project file with what it says, without which nothing is answered.
    pub(super) fn project_file(&mut self, folder: &Path) -> Option<(FileId, Config)> {
        let Some(file) = self.read_own(folder, Path::new(FILE)) else {
            // A file that is there and cannot be read is something else than none.
            if !self.tree.has_project(folder) {
                self.found.pop();
                self.found.push(no_project(folder));
            }
            self.files.failed = true;
            return None;
        };
        let (config, found) = config::read(file, self.sources.text(file));
        self.found.extend(found);
        Some((file, config))
    }

    /// A file of the project in this folder.
    pub(super) fn read_own(&mut self, folder: &Path, path: &Path) -> Option<FileId> {
        let shown = self.below.join(path);
        self.read(&folder.join(path), &shown.to_string_lossy())
    }

    /// A file that was given by name, so that nothing is answered without it.
    pub(super) fn read_named(&mut self, role: Role, path: &Path) -> Option<FileId> {
        let file = self.is_of(role, path).then(|| self.read(path, &path.to_string_lossy())).flatten();
        self.files.failed |= self.files.lost.iter().any(|lost| lost == path);
        file
    }

    fn read(&mut self, path: &Path, shown: &str) -> Option<FileId> {
        let read = match self.tree.bytes(path) {
            Ok(bytes) => String::from_utf8(bytes).map_err(|error| self.not_utf8(shown, &error)),
            Err(why) => {
                self.found.push(why.told(shown));
                self.files.lost.push(path.to_owned());
                Err(())
            }
        };
        let file = self.sources.add(shown, read.ok()?);
        // What is shown has `/` for `\\`, which is a letter of names like any other on some systems.
        if self.root.join(self.sources.path(file)) != path {
            self.files.odd.insert(file, path.to_owned());
        }
        Some(file)
    }

    /// Points at the first byte that is not UTF-8, with the text before it.
    fn not_utf8(&mut self, shown: &str, error: &std::string::FromUtf8Error) {
        let valid = error.utf8_error().valid_up_to();
        let text = String::from_utf8_lossy(error.as_bytes().get(..valid).unwrap_or_default()).into_owned();
        let file = self.sources.add(shown, text);
        let end = self.sources.text(file).len();
        self.found.push(
            Diagnostic::new(code::NOT_UTF8, format!("`{shown}` is not UTF-8"))
                .at(crate::language::Span::new(file, end, end), "the first byte that is none")
                .help("save the file as UTF-8"),
        );
    }

    /// Whether some files are read elsewhere than they lie, since they are being written.
    pub(super) fn is_elsewhere(&self) -> bool {
        self.tree.is_elsewhere()
    }

    /// Everything below the folder of a project, but for what prescope writes for itself.
    pub(super) fn listing(&mut self, folder: &Path) -> Listing {
        let (mut all, failed, unread) = self.tree.listing(folder);
        self.found.extend(unread);
        failed.iter().for_each(|error| self.fail(error.diagnostic()));
        all.files.retain(|file| !is_own(&file.path));
        all
    }

    /// Whether a file can be what it is named as, going by the end of its name; otherwise that is reported. Read as the
    /// other, every line of it would be wrong.
    fn is_of(&mut self, role: Role, path: &Path) -> bool {
        let (wrong, is, help) = match role {
            Role::Policy => (
                FileKind::named(path).is_some(),
                "a directory file, not a policy",
                "name policy files, as in `name.prescope`",
            ),
            Role::Directory => (unread::is_policy(path), "a policy, not a directory file", "name it with the policies"),
        };
        if wrong {
            let message = format!("`{}` is {is}", self.below.join(path).display());
            self.fail(Diagnostic::new(code::WRONG_KIND, message).help(help));
        }
        !wrong
    }

    /// The files that the patterns of policies match. A project without any is a mistake, if it is the only one so far.
    pub(super) fn policies<'l>(&mut self, file: FileId, config: &Config, all: &'l Listing) -> Vec<&'l Path> {
        let Matched { files, idle, found } = matching(&config.policies, "*.prescope", all);
        let said = self.found.iter().chain(&found).any(Diagnostic::is_error);
        match files.is_empty() && !said {
            true => self.found.push(no_policy(file, &idle)),
            false => self.found.extend(idle.into_iter().map(no_match)),
        }
        self.found.extend(found);
        self.in_role(Role::Policy, files.into_iter().map(|file| file.path.as_path()).collect())
    }

    /// The files that the patterns of directory files match.
    fn people<'l>(&mut self, config: &Config, all: &'l Listing) -> Vec<&'l Path> {
        let Matched { files, idle, found } = matching(&config.directory, "*.yaml", all);
        self.found.extend(idle.into_iter().map(no_match));
        self.found.extend(found);
        self.in_role(Role::Directory, files.into_iter().map(|file| file.path.as_path()).collect())
    }

    /// Those of the files that can be what they are named as.
    fn in_role<'l>(&mut self, role: Role, mut paths: Vec<&'l Path>) -> Vec<&'l Path> {
        paths.retain(|path| self.is_of(role, path));
        paths
    }

    /// Takes people in that were read before.
    pub(super) fn take_people(&mut self, people: &Texts) {
        let take = |(path, file): &(PathBuf, FileId)| {
            let file = self.sources.take(people.sources.source(*file).clone());
            self.files.odd.insert(file, path.clone());
            file
        };
        self.files.directory = Some(people.files.iter().map(take).collect());
    }

    /// What the project in a folder reads. None without a project file that can be read, or as long as nobody knows
    /// what a pattern matches.
    pub(super) fn choose(&mut self, folder: &Path) -> Option<Chosen> {
        let (file, config) = self.project_file(folder)?;
        let all = self.listing(folder);
        let beyond = self.tree.beyond(folder, &config);
        self.found.extend(beyond);
        let owned = |paths: Vec<&Path>| paths.into_iter().map(Path::to_owned).collect::<Vec<_>>();
        let policies = owned(self.policies(file, &config, &all));
        let people = owned(self.people(&config, &all));
        let people = (!config.directory.is_empty()).then_some(people);
        Some(Chosen { config, policies, people, all })
    }

    /// Reads it. The directory first: files of the same directory have the same ids then, whatever the policies are.
    pub(super) fn read_chosen(&mut self, folder: &Path, chosen: &Chosen) {
        if let Some(people) = &chosen.people {
            self.files.directory = Some(self.read_all(folder, people));
        }
        self.files.policies = self.read_all(folder, &chosen.policies);
    }

    fn read_all(&mut self, folder: &Path, paths: &[PathBuf]) -> Vec<FileId> {
        paths.iter().filter_map(|path| self.read_own(folder, path)).collect()
    }

    /// Compiles what was read, with what lies beside it. Only if tests name more files is something read after that.
    /// The directory may be that of another set.
    pub(super) fn finish(self, config: Config, people: Option<People>) -> Option<Project> {
        let Reading { root, sources, found, mut files, mut tree, .. } = self;
        let reasons = beside::reasons(&sources, &mut files, &root, &mut tree);
        if !tree.holds() {
            return None;
        }
        let files = Files { found, ..files };
        let people = people.unwrap_or_else(|| files.people());
        let found_in = tree.is_on_disk().then(|| root.clone());
        let mut project = Project { config, root: found_in, ..Project::compiled_with(sources, people, files) };
        project.interrupted = tree.interrupted();
        let directories = beside::directories(&mut project, &root, &mut tree);
        if !directories.is_empty() && !tree.holds() {
            return None;
        }
        project.beside = Beside { directories, reasons };
        Some(project)
    }
}

/// Whether a file is one that prescope writes for itself: a snapshot, a journal, or a text that waits for its turn.
fn is_own(path: &Path) -> bool {
    path.file_name().and_then(|name| name.to_str()).is_some_and(|name| {
        name == SNAPSHOT || name == JOURNAL || name.starts_with(".prescope.") && name.ends_with(".new")
    })
}

fn no_project(folder: &Path) -> Diagnostic {
    if folder.is_file() {
        let message = format!("`{}` is a file, and a project is a folder", folder.display());
        let help = format!("name the folder of its `{FILE}`, or give policies and directory file by file");
        return Diagnostic::new(code::NO_PROJECT, message).help(help);
    }
    let message = format!("there is no `{FILE}` in {}", folder.display());
    let help = "go to a project or name one, or give policies and directory file by file";
    Diagnostic::new(code::NO_PROJECT, message).help(help)
}
