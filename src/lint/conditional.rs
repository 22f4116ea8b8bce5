//! What has a condition, and what the condition decides.

use crate::language::ast::Effect;
use crate::model::{Model, RuleId};
use crate::symbolic::Undecided;

/// What has a condition.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Conditional {
    /// A rule of a guard or feature.
    Rule(RuleId),
    /// Another line of a declaration: a disclosure that is not known not to happen is possible, and what may be shown
    /// hides the field.
    Line,
    /// A membership.
    Membership,
    /// A manifest.
    Manifest,
}

impl Conditional {
    /// What its condition decides.
    pub(super) fn decides(self, model: &Model) -> Decides {
        match self {
            Conditional::Rule(rule) => match model.rules[rule].effect {
                Effect::Allow => Decides::IfTrue,
                Effect::Deny => Decides::UnlessFalse,
            },
            Conditional::Line => Decides::EachTruth,
            Conditional::Membership | Conditional::Manifest => Decides::IfTrue,
        }
    }
}

/// Whether a condition comes to the same in every world.
pub(super) type Outcome = Result<Option<Constant>, Undecided>;

/// What a condition comes to in every world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Constant {
    /// What it decides happens always, or never.
    pub(super) always: bool,
    /// It is true in every world, or false in every one; not unknown in some of them.
    pub(super) known: bool,
}

/// What the truth of a condition decides.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Decides {
    /// Something happens where it is true.
    IfTrue,
    /// Something happens unless it is false.
    UnlessFalse,
    /// True, false and unknown are three different things.
    EachTruth,
}
