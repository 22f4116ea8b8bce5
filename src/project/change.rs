//! Changing policy objects: the plan, its texts compiled and compared with it, and what it changes for whom. Nothing is
//! written before all of that.

use std::fmt;

use super::{Project, SetErrors};
use crate::change::{Contradiction, Objection, Plan, Preflight, Request, contradiction, plan};
use crate::diff::{Diff, Effect, Group};
use crate::resolve::Entries;

/// A change that can be written.
#[derive(Debug)]
pub struct PlannedChange {
    /// The set as it is to be.
    pub project: Project,
    /// The edits.
    pub plan: Plan,
    /// What they change for whom.
    pub effect: Effect,
    /// What of that changes alike.
    pub groups: Vec<Group>,
    /// What stands in the way of privacy mode; None if it is turned on for nobody.
    pub preflight: Option<Preflight>,
}

/// Why a change is not made.
#[derive(Debug)]
pub enum NoChange {
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

impl From<Objection> for NoChange {
    fn from(objection: Objection) -> NoChange {
        NoChange::Objection(objection)
    }
}

impl From<SetErrors> for NoChange {
    fn from(errors: SetErrors) -> NoChange {
        NoChange::Errors(errors)
    }
}

impl fmt::Display for NoChange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoChange::Objection(objection) => objection.fmt(f),
            NoChange::Errors(errors) => errors.fmt(f),
            NoChange::Breaks(_) => f.write_str("with this change the set would have errors"),
            NoChange::Contradiction(what) => write!(f, "the edit would not do what it should: {what}"),
            NoChange::Built => f.write_str("a directory built by a program cannot be read again"),
        }
    }
}

impl std::error::Error for NoChange {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            NoChange::Objection(objection) => Some(objection),
            NoChange::Contradiction(what) => Some(what),
            NoChange::Errors(errors) => Some(errors),
            NoChange::Breaks(_) | NoChange::Built => None,
        }
    }
}

impl Project {
    /// Plans a change, compiles the edited texts, and compares what comes out with the plan. Nothing is written.
    pub fn change(&self, request: &Request) -> Result<PlannedChange, NoChange> {
        let old = self.rules(Entries::InForce)?;
        let plan = plan(&self.set, request)?;
        let project = self.with_texts(&plan.texts).ok_or(NoChange::Built)?;
        let Ok(new) = project.rules(Entries::InForce) else { return Err(NoChange::Breaks(Box::new(project))) };
        if let Some(what) = contradiction(&plan, &self.set, &project.set) {
            return Err(NoChange::Contradiction(what));
        }
        let diff = Diff::of_objects(&old, &new);
        let effect = diff.effect();
        let groups = diff.groups(&effect.presence, 1);
        let preflight = Preflight::new(old.model(), new.model());
        Ok(PlannedChange { project, plan, effect, groups, preflight })
    }
}
