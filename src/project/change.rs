//! Changing policy objects: the plan, its texts compiled and compared with it, and what it changes for whom. Nothing is
//! written before all of that.

use std::collections::BTreeMap;

use super::{Project, SaveError, save};
use crate::change::{Effect, Plan, Preflight, Request, contradiction, effect, plan};
use crate::resolve::{Entries, Unknown};
use crate::text::FileId;

/// A change that can be written.
#[derive(Debug)]
pub struct Changed {
    /// The set as it is to be.
    pub project: Project,
    /// The edits.
    pub plan: Plan,
    /// What they change for whom.
    pub effect: Effect,
    /// What stands in the way of privacy mode; None if it is turned on for nobody.
    pub preflight: Option<Preflight>,
}

/// Why a change is not made.
#[derive(Debug)]
pub enum Refusal {
    /// It cannot be made as it is asked for.
    Unknown(Unknown),
    /// The set has errors, before the change.
    Errors,
    /// The set would have errors: this is what it would be.
    Breaks(Box<Project>),
    /// What came out is not what was planned, which is a mistake of prescope.
    Contradiction(String),
    /// The directory was built by a program, which only that program can do again.
    Built,
}

impl From<Unknown> for Refusal {
    fn from(unknown: Unknown) -> Refusal {
        Refusal::Unknown(unknown)
    }
}

impl Project {
    /// What a set gives to read a request: whether a directory says which sites there are.
    pub fn has_directory(&self) -> bool {
        self.compiled.directory.is_some()
    }

    /// Plans a change, compiles the edited texts, and compares what comes out with the plan. Nothing is written.
    pub fn change(&self, request: &Request) -> Result<Changed, Refusal> {
        let before = self.subject().ok_or(Refusal::Errors)?;
        let plan = plan(before, request)?;
        let project = self.with_texts(&plan.texts).ok_or(Refusal::Built)?;
        let Some(after) = project.subject() else { return Err(Refusal::Breaks(Box::new(project))) };
        if let Some(what) = contradiction(&plan, before, after) {
            return Err(Refusal::Contradiction(what));
        }
        let (Some(old), Some(new)) = (self.rules(Entries::InForce), project.rules(Entries::InForce)) else {
            return Err(Refusal::Errors);
        };
        let effect = effect(&old, &new);
        let preflight = Preflight::of(old.model(), new.model());
        Ok(Changed { project, plan, effect, preflight })
    }

    /// Replaces the texts of files on disk, all or none: none if one of them has changed since it was read. A byte order
    /// mark, which reading drops, stays.
    pub fn write(&self, texts: &BTreeMap<FileId, String>) -> Result<(), SaveError> {
        const MARK: &str = "\u{feff}";
        let mut files = Vec::new();
        for (file, text) in texts {
            let Some(path) = self.path_on_disk(*file) else { continue };
            let there = match std::fs::read_to_string(&path) {
                Ok(there) => there,
                Err(error) => return Err(SaveError { path, error }),
            };
            let (mark, body) = there.strip_prefix(MARK).map_or(("", there.as_str()), |body| (MARK, body));
            if body != self.sources.text(*file) {
                let error = std::io::Error::other("it has changed since it was read; run the command again");
                return Err(SaveError { path, error });
            }
            files.push((path, format!("{mark}{text}")));
        }
        save(&files)
    }
}
