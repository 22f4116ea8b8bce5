//! Projects that moved to another folder of the repository between two sides. Otherwise a project would seem to have
//! left and another one to have arrived, and nothing of them would be compared.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::find::find_below;
use super::super::git::Repository;
use super::super::walk;
use super::Trouble;
use super::found::{Files, Found};

/// Which projects of the one side are which of the other.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// Those that are taken for the same, with the folder on each side.
    same: Vec<[PathBuf; 2]>,
    /// Folders of projects on one side only, of which nobody knows whether they are one.
    unknown: [Vec<PathBuf>; 2],
}

impl Moves {
    /// A project that each side alone has is the same if it is the only one there, or if its files have more names in
    /// common with the other one than with any other.
    pub(super) fn between(sides: &[Found; 2], repository: &Repository) -> Moves {
        let all = sides.each_ref().map(|found| projects(found, repository));
        let only = |side: usize| all[side].difference(&all[1 - side]).cloned().collect::<Vec<PathBuf>>();
        let mut only = [only(0), only(1)];
        let mut same = Vec::new();
        if let [[base], [head]] = only.each_ref().map(Vec::as_slice) {
            same.push([base.clone(), head.clone()]);
        } else if only.iter().all(|only| !only.is_empty()) {
            let files = [0, 1].map(|side| only[side].iter().map(move |folder| files(&sides[side], folder, repository)));
            same = alike(files.map(Iterator::collect))
                .map(|[base, head]| [only[0][base].clone(), only[1][head].clone()])
                .collect();
        }
        for (side, only) in only.iter_mut().enumerate() {
            only.retain(|folder| !same.iter().any(|both| both[side] == *folder));
        }
        let unknown = if only.iter().any(Vec::is_empty) { [Vec::new(), Vec::new()] } else { only };
        Moves { same, unknown }
    }

    /// Those that are taken for the same.
    pub(super) fn same(&self) -> &[[PathBuf; 2]] {
        &self.same
    }

    /// Where on the other side the project is that lies in this folder of one side (0 or 1); None if nowhere.
    pub(super) fn other(&self, side: usize, folder: &Path) -> Result<Option<&Path>, Trouble> {
        let found = self.same.iter().find(|both| both[side] == folder).map(|both| both[1 - side].as_path());
        if found.is_none() && self.unknown[side].iter().any(|unknown| unknown == folder) {
            return Err(self.unknown(side, folder));
        }
        Ok(found)
    }

    /// That it is not known of some project what became of it.
    pub(super) fn known(&self) -> Result<(), Trouble> {
        self.unknown[1].first().map_or(Ok(()), |folder| Err(self.unknown(1, folder)))
    }

    fn unknown(&self, side: usize, folder: &Path) -> Trouble {
        Trouble::Moved { folder: folder.to_owned(), others: self.unknown[1 - side].clone() }
    }
}

/// The folders of the projects that a side has, in the repository.
pub(super) fn projects(found: &Found, repository: &Repository) -> BTreeSet<PathBuf> {
    match &found.files {
        Files::Stored(stored, None) => stored.projects().collect(),
        Files::Now(_) => {
            let below = find_below(&repository.top).projects.into_iter();
            below.filter_map(|folder| folder.strip_prefix(&repository.top).map(Path::to_owned).ok()).collect()
        }
        Files::Folder(_) | Files::Stored(_, Some(_)) | Files::Nothing => BTreeSet::new(),
    }
}

/// The names of the files in the folder of a project, from there on.
fn files(found: &Found, folder: &Path, repository: &Repository) -> BTreeSet<PathBuf> {
    let listing = match &found.files {
        Files::Stored(stored, None) => stored.listing(folder),
        _ => walk::listing(&repository.top.join(folder)),
    };
    listing.files.into_iter().filter(|file| file.ours).map(|file| file.path).collect()
}

/// The pairs, by their numbers, that have more in common than either has with any other.
fn alike(sides: [Vec<BTreeSet<PathBuf>>; 2]) -> impl Iterator<Item = [usize; 2]> {
    let [base, head] = sides;
    let common: Vec<Vec<usize>> =
        base.iter().map(|one| head.iter().map(|other| one.intersection(other).count()).collect()).collect();
    let pairs = (0..base.len()).flat_map(move |one| (0..head.len()).map(move |other| [one, other]));
    pairs.filter(move |[one, other]| {
        let here = common[*one][*other];
        let row = common[*one].iter().filter(|count| **count >= here).count();
        let column = common.iter().filter(|row| row[*other] >= here).count();
        // Both have a project file, which says nothing.
        here > 1 && row == 1 && column == 1
    })
}
