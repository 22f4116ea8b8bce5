//! The listener of the walk. Deciding listens to nothing and costs nothing; explaining records every step as ids.

use crate::model::{ConditionId, ContainerId, FeatureId, GuardId, Reading, RuleId, Truth, Value};
use crate::viewers::{Matcher, Somebody};

/// One thing the walk found out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Step {
    /// Who looks, and from where.
    Viewer(Somebody),
    /// The viewer is the owner.
    Own,
    /// An entry decides for this container.
    Membership(Matcher, ContainerId),
    /// No entry matches; the fallback container answers, or nobody does.
    NoMembership(Option<ContainerId>),
    /// The container does not hold the category (resolution per viewer).
    NotHeld(ContainerId),
    /// The container publishes the field.
    Published(ContainerId),
    /// The container holds the category, and not the field.
    NotPublished(ContainerId),
    /// The container shows the field with another value: which of its `shows`.
    Shown(ContainerId, usize),
    /// A `shows` that may or may not apply, since its condition is not known.
    ShownPerhaps(ContainerId, usize),
    /// A guard with its outcome: true if it denies.
    Guard(GuardId, bool),
    /// A rule with the truth of its condition.
    Rule(RuleId, Truth),
    /// The truth of the condition of a `shows`.
    Condition(ConditionId, Truth),
    /// A value that a condition read; None if it is not known.
    Fact(Reading, Option<Value>),
    /// A required feature with its outcome: true if it is available.
    Required(FeatureId, bool),
    /// No rule of a feature decides.
    Otherwise(FeatureId),
    /// A question about groups, levels or relations that a condition asked, with the answer.
    Asked(ConditionId, Truth),
}

/// Listens to a walk.
pub(super) trait Probe {
    /// Hear each step. Without it, what is known beforehand of the owner need not be walked again.
    const LISTENS: bool;

    /// Go on after the answer is known, so that everything that speaks against it is heard.
    const THOROUGH: bool;

    /// A step without anything inside.
    fn step(&mut self, step: Step);

    /// The steps until [`Probe::close`] lie inside one.
    fn open(&mut self) -> usize;

    /// Closes what [`Probe::open`] began, now that its outcome is known.
    fn close(&mut self, opened: usize, step: Step);
}

/// Listens to nothing.
pub(super) struct Silent;

impl Probe for Silent {
    const LISTENS: bool = false;
    const THOROUGH: bool = false;

    #[inline(always)]
    fn step(&mut self, _: Step) {}

    #[inline(always)]
    fn open(&mut self) -> usize {
        0
    }

    #[inline(always)]
    fn close(&mut self, _: usize, _: Step) {}
}

/// Records every step with its depth, in one growing buffer.
#[derive(Default)]
pub(super) struct Recorder {
    steps: Vec<(usize, Option<Step>)>,
    depth: usize,
}

impl Recorder {
    /// What was recorded, outer steps before what lies inside them.
    pub(super) fn into_steps(self) -> Vec<(usize, Step)> {
        self.steps.into_iter().filter_map(|(depth, step)| step.map(|step| (depth, step))).collect()
    }
}

impl Probe for Recorder {
    const LISTENS: bool = true;
    const THOROUGH: bool = true;

    fn step(&mut self, step: Step) {
        self.steps.push((self.depth, Some(step)));
    }

    fn open(&mut self) -> usize {
        self.steps.push((self.depth, None));
        self.depth += 1;
        self.steps.len() - 1
    }

    fn close(&mut self, opened: usize, step: Step) {
        self.depth -= 1;
        if let Some(slot) = self.steps.get_mut(opened) {
            slot.1 = Some(step);
        }
    }
}
