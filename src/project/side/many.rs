//! Sides of several projects in one repository, of which git is asked once.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::found::Files;
use super::moved::{Moves, projects};
use super::resolve::{Asked, Head, Resolver, both_at};
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
    let moves = Moves::between(&found, repository);
    moves.known().map_err(Trouble::on_both)?;
    let mut places: BTreeMap<PathBuf, [PathBuf; 2]> =
        found.iter().flat_map(|found| projects(found, repository)).map(|it| (it.clone(), [it.clone(), it])).collect();
    for both in moves.same() {
        places.remove(&both[0]);
        places.insert(both[1].clone(), both.clone());
    }
    let sides = |(place, both): (PathBuf, [PathBuf; 2])| {
        let found = [0, 1].map(|side| found[side].clone().at(&both[side], repository));
        Ok((place, both_at(found, both.each_ref().map(|place| Some(place.as_path())))?))
    };
    places.into_iter().map(sides).collect()
}
