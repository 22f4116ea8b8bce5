//! Changing policy objects: the plan, its texts compiled and compared with it, and what it changes for whom. Nothing is
//! written before all of that.

use super::Project;
use crate::change::{Plan, Preflight, Request, contradiction, plan};
use crate::diff::{Diff, Effect};
use crate::resolve::{Entries, Unknown};

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
    /// Whether there is a directory: then it says which sites there are.
    pub fn has_directory(&self) -> bool {
        self.set.directory.is_some()
    }

    /// Plans a change, compiles the edited texts, and compares what comes out with the plan. Nothing is written.
    pub fn change(&self, request: &Request) -> Result<Changed, Refusal> {
        let old = self.rules(Entries::InForce).ok_or(Refusal::Errors)?;
        let plan = plan(&self.set, request)?;
        let project = self.with_texts(&plan.texts).ok_or(Refusal::Built)?;
        let Some(new) = project.rules(Entries::InForce) else { return Err(Refusal::Breaks(Box::new(project))) };
        if let Some(what) = contradiction(&plan, &self.set, &project.set) {
            return Err(Refusal::Contradiction(what));
        }
        let effect = Diff::of_objects(&old, &new).effect();
        let preflight = Preflight::new(old.model(), new.model());
        Ok(Changed { project, plan, effect, preflight })
    }
}
