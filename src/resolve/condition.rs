//! The truth of conditions, in Kleene's logic.

use crate::language::ast::Relation;
use crate::model::{Condition, ConditionId, Truth, UserId, Value};
use crate::viewers::Somebody;

use super::facts::{Cast, LeftOpen, level, read};
use super::probe::{Probe, Silent, Step};
use super::world::World;

/// True if a condition about the owner alone is known to hold.
pub(super) fn holds_of_owner(world: &impl World, condition: ConditionId, owner: UserId) -> bool {
    let owner = Somebody::user(world.model(), owner);
    truth(world, condition, &Cast::view(owner, owner), &mut Silent) == Truth::True
}

/// The truth of a condition. Recursion is as deep as the condition, which the parser limits.
pub(super) fn truth<W: World, P: Probe>(world: &W, id: ConditionId, cast: &Cast, probe: &mut P) -> Truth {
    match world.model().conditions.get(id) {
        Condition::Constant(truth) => Truth::from(*truth),
        Condition::Not(operand) => !truth(world, *operand, cast, probe),
        Condition::All(operands) => all(world, operands, cast, probe),
        Condition::Any(operands) => any(world, operands, cast, probe),
        Condition::Compare(reading, comparison, against) => {
            let value = read(world, *reading, cast);
            probe.step(Step::Fact(*reading, value));
            known(value, |value| comparison.holds(value, *against))
        }
        Condition::CompareReadings(left, comparison, right) => {
            let (a, b) = (read(world, *left, cast), read(world, *right, cast));
            probe.step(Step::Fact(*left, a));
            probe.step(Step::Fact(*right, b));
            match (a, b) {
                (Some(a), Some(b)) => Truth::from(left.what.compares(a, *comparison, b)),
                _ => Truth::Unknown,
            }
        }
        Condition::OneOf(reading, values) => {
            let value = read(world, *reading, cast);
            probe.step(Step::Fact(*reading, value));
            known(value, |value| values.binary_search(&value).is_ok())
        }
        Condition::InContainer(_, containers) => {
            let at_level = || Truth::from(level(world, cast).is_some_and(|level| containers.has(level)));
            let truth = if cast.left_open == LeftOpen::default() { at_level() } else { Truth::Unknown };
            probe.step(Step::Asked(id, truth));
            truth
        }
        Condition::InGroup(subject, group) => {
            let person = cast.somebody(*subject).person;
            let is_in = || person.is_some_and(|person| world.graph().member_at(*group, person).is_some());
            let truth = if cast.is_open(*subject) { Truth::Unknown } else { Truth::from(is_in()) };
            probe.step(Step::Asked(id, truth));
            truth
        }
        Condition::Is(_, relation) => {
            let related = || Truth::from(is_related(world, *relation, cast));
            let truth = if cast.left_open == LeftOpen::default() { related() } else { Truth::Unknown };
            probe.step(Step::Asked(id, truth));
            truth
        }
    }
}

/// `and`: the first operand that is false ends it.
fn all<W: World, P: Probe>(world: &W, operands: &[ConditionId], cast: &Cast, probe: &mut P) -> Truth {
    let mut all = Truth::True;
    for operand in operands {
        all = all.min(truth(world, *operand, cast, probe));
        if all == Truth::False {
            break;
        }
    }
    all
}

/// `or`: the first operand that is true ends it.
fn any<W: World, P: Probe>(world: &W, operands: &[ConditionId], cast: &Cast, probe: &mut P) -> Truth {
    let mut any = Truth::False;
    for operand in operands {
        any = any.max(truth(world, *operand, cast, probe));
        if any == Truth::True {
            break;
        }
    }
    any
}

fn is_related(world: &impl World, relation: Relation, cast: &Cast) -> bool {
    let (Some(viewer), Some(owner)) = (cast.asker.person, cast.other.user) else { return false };
    match relation {
        Relation::Contact => world.standing(owner).is_contact(viewer),
        Relation::Delegate => world.model().users[owner].has_delegate(viewer),
    }
}

fn known(value: Option<Value>, test: impl Fn(Value) -> bool) -> Truth {
    value.map_or(Truth::Unknown, |value| Truth::from(test(value)))
}
