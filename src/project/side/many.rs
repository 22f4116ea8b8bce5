//! Sides of several projects in one repository, of which git is asked once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::super::find::find_below;
use super::super::git::Repository;
use super::resolve::{Asked, Files, Found, Head, Resolver, both_at};
use super::{Base, Means, Request, Side, SideError, Trouble, Which};

/// What there was of the projects in these folders at a revision, or, of `A...`, where it and the last commit come
/// from; in their order.
pub fn before(revision: &str, folders: &[&Path]) -> Result<Vec<Side>, SideError> {
    let request = Request {
        base: Base::Typed(revision),
        head: None,
        means: Means::Revisions,
        staged: false,
        merge_base: false,
        project: None,
        here: folders.first().copied().unwrap_or(Path::new("")),
    };
    // There is one side only, so nobody has to be told which.
    let on_both = |error: SideError| error.trouble.on_both();
    let asked = Asked::new(&request).map_err(Trouble::on_both)?;
    if !matches!(asked.head, Head::WorkingTree) {
        return Err(Trouble::NotOne(revision.to_owned()).on_both());
    }
    let resolver = Resolver::new(&request);
    let [found, _] = resolver.both(&asked).map_err(on_both)?;
    if folders.len() > 1 && matches!(found.files, Files::Stored(_, Some(_))) {
        return Err(Trouble::OneFolder(revision.to_owned()).on_both());
    }
    let side = |folder: &&Path| {
        let place = resolver.repository()?.place(folder).ok_or_else(|| Trouble::Outside(folder.to_path_buf()))?;
        found.clone().side(Which::Base, Some(&place))
    };
    folders.iter().map(side).collect::<Result<_, _>>().map_err(Trouble::on_both)
}

/// Both sides of every project that either has, with its folder in the repository, sorted by that.
pub fn everywhere(request: &Request<'_>) -> Result<Vec<(PathBuf, [Side; 2])>, SideError> {
    let asked = Asked::new(request).map_err(Trouble::on_both)?;
    let resolver = Resolver::new(request);
    let found = resolver.both(&asked)?;
    let repository = resolver.repository().map_err(|error| Trouble::Git(error).on_both())?;
    let places: BTreeSet<PathBuf> = found.iter().flat_map(|found| projects(found, repository)).collect();
    let sides = |place: PathBuf| {
        let found = found.each_ref().map(|found| at(found, &place, repository));
        Ok((place.clone(), both_at(found, Some(&place))?))
    };
    places.into_iter().map(sides).collect()
}

/// The folders of the projects that a side has.
fn projects(found: &Found, repository: &Repository) -> Vec<PathBuf> {
    match &found.files {
        Files::Stored(stored, None) => stored.projects().collect(),
        Files::Now(_) => {
            let below = find_below(&repository.top).projects.into_iter();
            below.filter_map(|folder| folder.strip_prefix(&repository.top).map(Path::to_owned).ok()).collect()
        }
        Files::Folder(_) | Files::Stored(_, Some(_)) | Files::Nothing => Vec::new(),
    }
}

/// A side with the project in this folder.
fn at(found: &Found, place: &Path, repository: &Repository) -> Found {
    let mut found = found.clone();
    if let Files::Now(folder) = &mut found.files {
        *folder = Some(repository.top.join(place));
    }
    found
}
