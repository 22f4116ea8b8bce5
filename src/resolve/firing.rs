//! Rules one by one: which of them fire, what they show and what they hide.

use crate::model::{ContainerId, FieldId, GuardId, RuleId, Truth, UserId};
use crate::viewers::Somebody;

use super::answer::Answer;
use super::condition::truth;
use super::facts::Cast;
use super::probe::{Probe, Silent, Step};
use super::world::World;

/// The truth of what a rule says.
pub(super) fn fires<W: World, P: Probe>(world: &W, rule: RuleId, cast: &Cast, probe: &mut P) -> Truth {
    let opened = probe.open();
    let truth = truth(world, world.model().rules[rule].when, cast, probe);
    probe.close(opened, Step::Rule(rule, truth));
    truth
}

/// True if one of these rules fires, or may.
pub(super) fn any_fires(world: &impl World, of: &[RuleId], cast: &Cast) -> bool {
    of.iter().any(|rule| fires(world, *rule, cast, &mut Silent) != Truth::False)
}

/// True if a guard hides what it is about.
pub(super) fn denies<W: World, P: Probe>(world: &W, guard: GuardId, cast: &Cast, probe: &mut P) -> bool {
    let opened = probe.open();
    let mut any = false;
    for rule in &world.model().guards[guard].rules {
        any |= fires(world, *rule, cast, probe) != Truth::False;
        if any && !P::THOROUGH {
            break;
        }
    }
    probe.close(opened, Step::Guard(guard, any));
    any
}

/// The first `shows` that applies; one that may apply hides the field. They read the owner only.
pub(super) fn shown<W: World, P: Probe>(
    world: &W,
    (container, field): (ContainerId, FieldId),
    owner: UserId,
    probe: &mut P,
) -> Option<Answer> {
    let owner = Somebody::user(world.model(), owner);
    let cast = &Cast::view(owner, owner);
    let category = world.model().fields[field].category;
    let held = world.model().containers[container].holds.get(&category)?;
    for (index, shows) in held.shows.iter().enumerate().filter(|(_, shows)| shows.field == field) {
        let opened = probe.open();
        let truth = truth(world, shows.when, cast, probe);
        probe.close(
            opened,
            match truth {
                Truth::True => Step::Shown(container, index),
                Truth::Unknown => Step::ShownPerhaps(container, index),
                Truth::False => Step::Condition(shows.when, truth),
            },
        );
        match truth {
            Truth::True => return Some(Answer::Altered(shows.value)),
            Truth::Unknown => return Some(Answer::Hidden),
            Truth::False => {}
        }
    }
    None
}
