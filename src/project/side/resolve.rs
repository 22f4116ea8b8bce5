//! What somebody means by the names of two sides.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use super::super::find::{FILE, find};
use super::super::git::{GitError, Repository, Revision, Shared, normal};
use super::super::tree::Stored;
use super::found::{Files, Found};
use super::moved::Moves;
use super::{Base, Means, Origin, Request, Side, SideError, Trouble, Which};

/// Both sides, ready to be read.
pub fn sides(request: &Request<'_>) -> Result<[Side; 2], SideError> {
    let asked = Asked::new(request).map_err(Trouble::on_both)?;
    let resolver = Resolver::new(request);
    let found = resolver.both(&asked)?;
    let place = resolver.place(&found)?;
    let places = resolver.places(&found, place)?;
    let found = match (&places, resolver.repository.get()) {
        ([Some(_), Some(head)], Some(repository)) if places[0] != places[1] => {
            let [base, there] = found;
            [base, there.at(head, repository)]
        }
        _ => found,
    };
    let [base, head] = both_at(found, places.each_ref().map(Option::as_deref))?;
    if base.has_project() || head.has_project() { Ok([base, head]) } else { Err(Trouble::NoProject.on_both()) }
}

/// Both sides, each with the project in this folder of the repository where it does not say where.
pub(super) fn both_at([base, head]: [Found; 2], places: [Option<&Path>; 2]) -> Result<[Side; 2], SideError> {
    let has_moved = places[0] != places[1];
    let side = |found: Found, which: Which| {
        let place = places[which as usize];
        let side = found.side(which, place).map_err(|trouble| trouble.on(which))?;
        Ok(Side { moved: place.filter(|_| has_moved).map(Path::to_owned), ..side })
    };
    Ok([side(base, Which::Base)?, side(head, Which::Head)?])
}

/// What is asked for, with ranges taken apart.
pub(super) struct Asked<'r> {
    pub(super) base: Base<'r>,
    pub(super) head: Head<'r>,
    merge_base: bool,
}

pub(super) enum Head<'r> {
    Typed(&'r str),
    Index,
    WorkingTree,
}

impl<'r> Asked<'r> {
    pub(super) fn new(request: &Request<'r>) -> Result<Asked<'r>, Trouble> {
        let (base, merge_base) = (request.base.clone(), request.merge_base);
        let head = match request.head {
            Some(head) => Head::Typed(head),
            None if request.staged => Head::Index,
            None => Head::WorkingTree,
        };
        let Base::Typed(typed) = base else { return Ok(Asked { base, head, merge_base }) };
        let Some(Range { from, to, symmetric }) = Range::new(typed, request.means) else {
            return Ok(Asked { base, head, merge_base });
        };
        if request.head.is_some() || request.staged && !to.is_empty() {
            return Err(Trouble::TwoHeads(typed.to_owned()));
        }
        let head = if to.is_empty() { head } else { Head::Typed(to) };
        let base = Base::Typed(if from.is_empty() { "HEAD" } else { from });
        Ok(Asked { base, head, merge_base: merge_base || symmetric })
    }
}

/// Two revisions in one name: `FROM..TO`, or `FROM...TO` for where both come from and the second.
struct Range<'r> {
    from: &'r str,
    to: &'r str,
    symmetric: bool,
}

impl<'r> Range<'r> {
    fn new(typed: &'r str, means: Means) -> Option<Range<'r>> {
        if means == Means::Folders || means == Means::Either && (is_path(typed) || Path::new(typed).is_dir()) {
            return None;
        }
        typed.match_indices("..").find_map(|(at, dots)| {
            let (from, rest) = (&typed[..at], &typed[at + dots.len()..]);
            let (to, symmetric) = rest.strip_prefix('.').map_or((rest, false), |to| (to, true));
            // These dots lead to the folder above.
            let leads_up = from.ends_with([':', '/']) || to.starts_with('/');
            (!leads_up).then_some(Range { from, to, symmetric })
        })
    }
}

/// Whether a name is that of a folder by its form. No revision looks like that.
fn is_path(name: &str) -> bool {
    let path = Path::new(name);
    path.is_absolute() || [".", ".."].iter().any(|dots| path.starts_with(dots))
}

/// What a name means.
enum Meant {
    Folder(String),
    Index,
    WorkingTree,
    Nothing,
    Revision {
        origin: Origin,
        revision: String,
        /// What it names.
        named: Revision,
        /// The folder of the project, if it is named with the revision.
        place: Option<PathBuf>,
    },
}

pub(super) struct Resolver<'r> {
    request: &'r Request<'r>,
    repository: OnceCell<Repository>,
    /// What answers with the contents of files, of both sides.
    objects: OnceCell<Shared>,
}

impl<'r> Resolver<'r> {
    pub(super) fn new(request: &'r Request<'r>) -> Resolver<'r> {
        Resolver { request, repository: OnceCell::new(), objects: OnceCell::new() }
    }

    /// What both sides are, wherever in them the project is.
    pub(super) fn both(&self, asked: &Asked<'_>) -> Result<[Found; 2], SideError> {
        let [on_base, on_head] = [Which::Base, Which::Head].map(|which| move |trouble: Trouble| trouble.on(which));
        let base = self.first(&asked.base).map_err(on_base)?;
        let head = match asked.head {
            Head::Typed(name) => self.meant(name, self.request.means).map_err(on_head)?,
            Head::Index => Meant::Index,
            Head::WorkingTree => Meant::WorkingTree,
        };
        let base = if asked.merge_base { self.merge_base(base, &head).map_err(on_base)? } else { base };
        Ok([self.found(base).map_err(on_base)?, self.found(head).map_err(on_head)?])
    }

    pub(super) fn repository(&self) -> Result<&Repository, GitError> {
        if let Some(known) = self.repository.get() {
            return Ok(known);
        }
        let repository = Repository::open(self.request.project.unwrap_or(self.request.here))?;
        Ok(self.repository.get_or_init(|| repository))
    }

    fn first(&self, base: &Base<'_>) -> Result<Meant, Trouble> {
        let revisions = match base {
            Base::Typed(typed) => return self.meant(typed, self.request.means),
            Base::FirstOf(revisions) => revisions,
            Base::Published(_) if !self.repository()?.knows_remote_branches()? => return Ok(Meant::Nothing),
            Base::Published(revisions) => revisions,
        };
        let mut tried = revisions.iter().map(|revision| self.meant(revision, Means::Revisions));
        let first = tried.next().unwrap_or(Err(Trouble::NoProject));
        first.or_else(|why| tried.find_map(Result::ok).ok_or(why))
    }

    fn meant(&self, name: &str, means: Means) -> Result<Meant, Trouble> {
        let folder = Path::new(name);
        let is_project = means != Means::Revisions && folder.join(FILE).is_file();
        if means == Means::Folders || means == Means::Either && is_path(name) {
            return if is_project {
                Ok(Meant::Folder(name.to_owned()))
            } else {
                Err(Trouble::NoFolder(name.to_owned()))
            };
        }
        let (revision, place) = self.revision(name)?;
        let known = self.repository().and_then(|repository| repository.revision(&revision));
        match (is_project, known) {
            (_, Err(why)) if means == Means::Revisions => Err(why.into()),
            (true, Ok(_)) => Err(Trouble::Both(name.to_owned())),
            (true, Err(_)) => Ok(Meant::Folder(name.to_owned())),
            (false, Ok(named)) => {
                Ok(Meant::Revision { origin: Origin::Revision(name.to_owned()), revision, named, place })
            }
            (false, Err(why)) => Err(Trouble::Neither { name: name.to_owned(), is_folder: folder.is_dir(), why }),
        }
    }

    /// A name as that of a revision, and the folder of the project in it: `REVISION`, or `REVISION:FOLDER`.
    fn revision(&self, name: &str) -> Result<(String, Option<PathBuf>), Trouble> {
        let whole = || (name.to_owned(), None);
        match colon(name) {
            None => Ok(whole()),
            Some(0) if name.starts_with(":/") => Ok(whole()), // a commit by its message
            Some(0) => Err(Trouble::InIndex(name.to_owned())),
            Some(at) => {
                let (revision, folder) = (&name[..at], &name[at + 1..]);
                let from = if is_path(folder) { self.repository()?.prefix.clone() } else { PathBuf::new() };
                let place = normal(&from.join(folder)).ok_or_else(|| Trouble::Outside(folder.into()))?;
                Ok((revision.to_owned(), Some(place)))
            }
        }
    }

    /// Where the first of two sides and the second come from, in place of the first.
    fn merge_base(&self, base: Meant, head: &Meant) -> Result<Meant, Trouble> {
        let head = match head {
            Meant::Revision { revision, .. } => revision,
            Meant::Index | Meant::WorkingTree | Meant::Nothing => "HEAD",
            Meant::Folder(folder) => return Err(Trouble::NoHistory(folder.clone())),
        };
        match base {
            Meant::Folder(folder) => Err(Trouble::NoHistory(folder)),
            Meant::Revision { revision, place, .. } => {
                let repository = self.repository()?;
                let commit = repository.merge_base([&revision, head])?;
                let named = repository.revision(&commit)?;
                let origin = Origin::MergeBase([revision, head.to_owned()]);
                Ok(Meant::Revision { origin, revision: commit, named, place })
            }
            Meant::Index | Meant::WorkingTree | Meant::Nothing => Ok(base),
        }
    }

    fn found(&self, meant: Meant) -> Result<Found, Trouble> {
        let without_commit = |origin, files| Found { origin, commit: None, files };
        Ok(match meant {
            Meant::Folder(folder) => without_commit(Origin::Folder(folder.clone()), Files::Folder(folder.into())),
            Meant::WorkingTree => {
                let folder = self.request.project.map(Path::to_owned).or_else(|| find(self.request.here));
                without_commit(Origin::WorkingTree, Files::Now(folder))
            }
            Meant::Nothing => without_commit(Origin::Nothing, Files::Nothing),
            Meant::Index => {
                let entries = self.repository()?.index()?;
                without_commit(Origin::Index, Files::Stored(Stored::new(entries, self.objects()?), None))
            }
            Meant::Revision { origin, named, place, .. } => {
                let stored = Stored::new(self.repository()?.files(&named.tree)?, self.objects()?);
                Found { origin, commit: named.commit, files: Files::Stored(stored, place) }
            }
        })
    }

    fn objects(&self) -> Result<Shared, GitError> {
        let repository = self.repository()?;
        Ok(self.objects.get_or_init(|| repository.objects()).clone())
    }

    /// The folder of the project in the repository: the one that is named, or the nearest one from here upward that
    /// holds a project, on the second side or else on the first. None if it is asked for nowhere, or is nowhere.
    fn place(&self, [base, head]: &[Found; 2]) -> Result<Option<PathBuf>, SideError> {
        let asks = |found: &&Found| matches!(found.files, Files::Stored(_, None));
        let Some(asking) = [base, head].into_iter().find(asks) else { return Ok(None) };
        let which = if std::ptr::eq(asking, base) { Which::Base } else { Which::Head };
        let repository = self.repository().map_err(|error| Trouble::Git(error).on(which))?;
        let placed = |folder: &Path| {
            let outside = || Trouble::Outside(folder.to_owned()).on(which);
            repository.place(folder).map(Some).ok_or_else(outside)
        };
        if let Some(folder) = self.request.project {
            return placed(folder);
        }
        for found in [head, base] {
            match &found.files {
                Files::Now(Some(folder)) => return placed(folder),
                Files::Stored(stored, None) => {
                    let mut folders = repository.prefix.ancestors();
                    if let Some(folder) = folders.find(|folder| stored.has(&folder.join(FILE))) {
                        return Ok(Some(folder.to_owned()));
                    }
                }
                Files::Nothing | Files::Now(None) | Files::Folder(_) | Files::Stored(_, Some(_)) => {}
            }
        }
        Ok(None)
    }

    /// The folder of the project on each side: the same, unless one of them has it elsewhere.
    fn places(&self, sides: &[Found; 2], place: Option<PathBuf>) -> Result<[Option<PathBuf>; 2], SideError> {
        let Some(folder) = place else { return Ok([None, None]) };
        let mut places = [Some(folder.clone()), Some(folder.clone())];
        let lacking = match sides.each_ref().map(|found| found.has(&folder)) {
            [Some(false), Some(true)] => 0,
            [Some(true), Some(false)] => 1,
            _ => return Ok(places),
        };
        let repository = self.repository().map_err(|error| Trouble::Git(error).on_both())?;
        let moves = Moves::between(sides, repository);
        if let Some(other) = moves.other(1 - lacking, &folder).map_err(Trouble::on_both)? {
            places[lacking] = Some(other.to_owned());
        }
        Ok(places)
    }
}

/// Where the folder begins in `REVISION:FOLDER`. Braces belong to the revision, as in `main@{2026-01-01 10:00}`.
fn colon(name: &str) -> Option<usize> {
    let mut depth = 0;
    let mut letters = name.char_indices();
    let colon = letters.find(|(_, letter)| {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        *letter == ':' && depth == 0
    });
    colon.map(|(at, _)| at)
}
