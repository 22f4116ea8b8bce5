//! What can hold where somebody is left open: the least and the most that a condition comes to, whatever the values are
//! that nobody knows yet.
//!
//! A value that a decision does not know, such as a setting of somebody outside, is no open one: rules are told what to
//! make of it. An open value is one that is known once somebody is named.

use crate::language::ast::{Effect, Otherwise, Role};
use crate::model::{Condition, ConditionId, FeatureId, ParameterOf, Reading, Truth, What};

use super::assume::{Assumption, AssumptionOf};
use super::condition::truth;
use super::facts::{Cast, LeftOpen, read};
use super::probe::Silent;
use super::rule_set::RuleSet;

/// The least and the most that something comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Bounds {
    pub(super) least: Truth,
    pub(super) most: Truth,
}

impl Bounds {
    const OPEN: Bounds = Bounds { least: Truth::False, most: Truth::True };

    fn only(truth: Truth) -> Bounds {
        Bounds { least: truth, most: truth }
    }

    pub(super) fn and(self, other: Bounds) -> Bounds {
        Bounds { least: self.least.min(other.least), most: self.most.min(other.most) }
    }

    pub(super) fn or(self, other: Bounds) -> Bounds {
        Bounds { least: self.least.max(other.least), most: self.most.max(other.most) }
    }

    fn negated(self) -> Bounds {
        Bounds { least: !self.most, most: !self.least }
    }

    /// Whether a denial with such a condition lets pass: it fires on unknown, too.
    fn passes_denial(self) -> Bounds {
        let passes = |truth: Truth| Truth::from(truth == Truth::False);
        Bounds { least: passes(self.most), most: passes(self.least) }
    }

    /// Whether an allow with such a condition fires: not on unknown.
    fn allows(self) -> Bounds {
        let fires = |truth: Truth| Truth::from(truth == Truth::True);
        Bounds { least: fires(self.least), most: fires(self.most) }
    }
}

/// What a condition can come to. With nobody left open, that is its truth.
pub(super) fn bounds(rules: &RuleSet, id: ConditionId, cast: &Cast) -> Bounds {
    match rules.model().conditions.get(id) {
        Condition::Not(operand) => bounds(rules, *operand, cast).negated(),
        Condition::All(operands) => {
            operands.iter().map(|operand| bounds(rules, *operand, cast)).fold(Bounds::only(Truth::True), Bounds::and)
        }
        Condition::Any(operands) => {
            operands.iter().map(|operand| bounds(rules, *operand, cast)).fold(Bounds::only(Truth::False), Bounds::or)
        }
        test => match truth(rules, id, cast, &mut Silent) {
            Truth::Unknown if is_open(rules, test, cast) => Bounds::OPEN,
            truth => Bounds::only(truth),
        },
    }
}

/// Whether a feature can be available: true or false at both ends, and never unknown.
pub(super) fn use_bounds(rules: &RuleSet, feature: FeatureId, cast: &Cast) -> Bounds {
    let model = rules.model();
    let of = &model.features[feature];
    let mut passes = Bounds::only(Truth::True);
    let mut allowed = Bounds::only(Truth::from(of.otherwise == Otherwise::Available));
    for (required, _) in &of.requires {
        passes = passes.and(use_bounds(rules, *required, cast));
    }
    for rule in &of.rules {
        let rule = &model.rules[*rule];
        let when = bounds(rules, rule.when, cast);
        match rule.effect {
            Effect::Deny => passes = passes.and(when.passes_denial()),
            Effect::Allow => allowed = allowed.or(when.allows()),
        }
    }
    passes.and(allowed)
}

/// True if a test that is not decided would be, once everybody is named.
fn is_open(rules: &RuleSet, test: &Condition, cast: &Cast) -> bool {
    let known = |reading: Reading| read(rules, reading, cast).is_some() || would_be_known(rules, reading, cast);
    match test {
        Condition::Compare(reading, ..) | Condition::OneOf(reading, _) => known(*reading),
        Condition::CompareReadings(left, _, right) => known(*left) && known(*right),
        Condition::InGroup(subject, _) => cast.is_open(*subject),
        Condition::InContainer(..) | Condition::Is(..) => cast.left_open != LeftOpen::default(),
        Condition::Constant(_) | Condition::Not(_) | Condition::All(_) | Condition::Any(_) => false,
    }
}

/// True if a value is known of everybody who may yet be named: of meetings it is, of people outside it is not, unless
/// it is assumed of somebody.
fn would_be_known(rules: &RuleSet, reading: Reading, cast: &Cast) -> bool {
    let of_meeting = match reading.what {
        What::Parameter(id) => rules.model().parameters[id].belongs_to == ParameterOf::Attribute(Role::Meeting),
        _ => false,
    };
    let of_person = |assumption: &Assumption| matches!(assumption.whose, AssumptionOf::Person(_));
    cast.is_open(reading.whose)
        && (of_meeting || cast.somebody(reading.whose).inside() || rules.assumptions().iter().any(of_person))
}
