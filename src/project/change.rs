//! Changing policy objects: the plan, its texts compiled and compared with it, and what it changes for whom. Nothing is
//! written before all of that.

use std::fmt;

use super::{Project, SetErrors};
use crate::change::{Contradiction, Objection, Plan, Preflight, Request, contradiction, plan};
use crate::diff::{Diff, Effect};
use crate::resolve::Entries;

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
    /// Something speaks against it.
    Objection(Objection),
    /// The set has errors, before the change.
    Errors(SetErrors),
    /// The set would have errors: this is what it would be.
    Breaks(Box<Project>),
    /// What came out is not what was planned, which is a mistake of prescope.
    Contradiction(Contradiction),
    /// The directory was built by a program, which only that program can do again.
    Built,
}

impl From<Objection> for Refusal {
    fn from(objection: Objection) -> Refusal {
        Refusal::Objection(objection)
    }
}

impl From<SetErrors> for Refusal {
    fn from(errors: SetErrors) -> Refusal {
        Refusal::Errors(errors)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refusal::Objection(objection) => objection.fmt(f),
            Refusal::Errors(errors) => errors.fmt(f),
            Refusal::Breaks(_) => f.write_str("with this change the set would have errors"),
            Refusal::Contradiction(what) => write!(f, "the edit would not do what it should: {what}"),
            Refusal::Built => f.write_str("a directory built by a program cannot be read again"),
        }
    }
}

impl std::error::Error for Refusal {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Refusal::Objection(objection) => Some(objection),
            Refusal::Contradiction(what) => Some(what),
            Refusal::Errors(errors) => Some(errors),
            Refusal::Breaks(_) | Refusal::Built => None,
        }
    }
}

impl Project {
    /// Plans a change, compiles the edited texts, and compares what comes out with the plan. Nothing is written.
    pub fn change(&self, request: &Request) -> Result<Changed, Refusal> {
        let old = self.rules(Entries::InForce)?;
        let plan = plan(&self.set, request)?;
        let project = self.with_texts(&plan.texts).ok_or(Refusal::Built)?;
        let Ok(new) = project.rules(Entries::InForce) else { return Err(Refusal::Breaks(Box::new(project))) };
        if let Some(what) = contradiction(&plan, &self.set, &project.set) {
            return Err(Refusal::Contradiction(what));
        }
        let effect = Diff::of_objects(&old, &new).effect();
        let preflight = Preflight::new(old.model(), new.model());
        Ok(Changed { project, plan, effect, preflight })
    }
}
