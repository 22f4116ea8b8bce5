//! Reading what lies beside policy files: directories that tests name, and explanations that they keep.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use indexmap::IndexMap;

use super::save::sum;
use super::tree::Tree;
use super::{Files, Project};
use crate::diagnostic::code;
use crate::directory::{self, Directory, FileKind};
use crate::expect::{Beside, Named, Reasons};
use crate::language::ast::Name;
use crate::language::{Diagnostic, FileId, Sources};

/// What stands behind the name of a policy file in that of the file that keeps its tests' explanations.
const ENDING: &str = ".snap";

/// The shown path of the file that keeps the explanations of a policy file's tests.
pub(super) fn shown_reasons(policy: &str) -> String {
    format!("{policy}{ENDING}")
}

/// Where that file lies.
pub(super) fn reasons_path(policy: PathBuf) -> PathBuf {
    let mut path = policy.into_os_string();
    path.push(ENDING);
    path.into()
}

/// The explanations that are kept beside policy files. Shown paths are relative to the root.
pub(super) fn reasons(sources: &Sources, files: &mut Files, root: &Path, tree: &mut Tree) -> IndexMap<FileId, Reasons> {
    let mut kept = IndexMap::new();
    for policy in files.policies.clone() {
        let path = files.on_disk(policy, sources.path(policy), root);
        let Ok(bytes) = tree.bytes(&reasons_path(path)) else { continue };
        files.kept.insert(policy, sum(&bytes));
        // One that cannot be read keeps nothing, and the tests that need it say so.
        if let Ok(text) = String::from_utf8(bytes) {
            kept.insert(policy, Reasons::parse(&text));
        }
    }
    kept
}

/// The directories that tests name. What is wrong with a file is for those tests to say.
pub(super) fn directories(project: &mut Project, root: &Path, tree: &mut Tree) -> IndexMap<(FileId, String), Named> {
    let mut directories = IndexMap::new();
    for (file, name) in Beside::named(&project.set.own) {
        let (sources, odd) = (&mut project.set.sources, &mut project.files.odd);
        let named = match text(sources, odd, (file, name), (root, &mut *tree)) {
            Ok(file) => {
                let (directory, found) = directory::read(file, FileKind::guess(sources.path(file)), sources.text(file));
                Named { directory, found }
            }
            Err(missing) => Named { directory: Directory::default(), found: vec![*missing] },
        };
        directories.insert((file, name.it.clone()), named);
    }
    directories
}

/// The shown paths of the directories that tests name.
pub(super) fn shown(project: &Project) -> impl Iterator<Item = String> {
    let named = Beside::named(&project.set.own).into_iter();
    named.map(|(file, name)| relative(project.set.sources.path(file), &name.it))
}

/// The text of a directory by its name as the policy file says it, relative to that file; otherwise what is wrong.
fn text(
    sources: &mut Sources,
    odd: &mut BTreeMap<FileId, PathBuf>,
    (policy, name): (FileId, &Name),
    (root, tree): (&Path, &mut Tree),
) -> Result<FileId, Box<Diagnostic>> {
    let shown = relative(sources.path(policy), &name.it);
    // What is shown of a policy with an odd name says neither where its folder is nor which of several it is.
    let beside = odd.get(&policy).and_then(|policy| policy.parent()).map(|folder| folder.join(&name.it));
    let known = || sources.files().find(|(_, source)| source.path() == shown).map(|(file, _)| file);
    if beside.is_none()
        && let Some(file) = known()
    {
        return Ok(file);
    }
    let path = beside.clone().unwrap_or_else(|| root.join(&shown));
    let bytes = tree.bytes(&path).map_err(|why| Box::new(why.told(&shown).at(name.span, "named here")))?;
    let text = String::from_utf8(bytes).map_err(|_| {
        let not_utf8 = Diagnostic::new(code::NOT_UTF8, format!("`{shown}` is not UTF-8"));
        Box::new(not_utf8.at(name.span, "named here").help("save the file as UTF-8"))
    })?;
    let file = sources.add(shown, text);
    odd.extend(beside.map(|path| (file, path)));
    Ok(file)
}

/// A path as written in a file, made relative to where that file's own path is relative to.
fn relative(file: &str, written: &str) -> String {
    let folder = Path::new(file).parent().unwrap_or(Path::new(""));
    let mut path = PathBuf::new();
    for part in folder.join(written).components() {
        match part {
            Component::CurDir => {}
            // Above the root `..` stays.
            Component::ParentDir if path.components().next_back().is_some_and(|it| it != Component::ParentDir) => {
                path.pop();
            }
            part => path.push(part),
        }
    }
    path.to_string_lossy().replace('\\', "/")
}
