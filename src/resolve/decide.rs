//! The walk: resolution, then publication, then guards. Deciding and explaining are this one function.

use crate::graph::FieldRules;
use crate::model::{CategoryId, ContainerId, Containers, FieldId, GuardId, RuleId, Truth, UserId, Value};
use crate::viewers::{Matcher, Somebody};

use super::facts::Cast;
use super::probe::{Probe, Silent, Step};
use super::question::See;
use super::rule_set::RuleSet;

/// What a viewer gets of a field.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Answer {
    /// The owner's own value.
    Visible,
    /// This value instead of the owner's.
    Altered(Value),
    /// Nothing.
    Hidden,
}

impl Answer {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Answer::Visible => "visible",
            Answer::Altered(_) => "altered",
            Answer::Hidden => "hidden",
        }
    }
}

/// The entry that decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Matched {
    /// Whom it matches.
    pub matcher: Matcher,
    /// Where it stands.
    pub container: ContainerId,
}

/// An answer with what made it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Decision {
    /// What the viewer gets.
    pub answer: Answer,
    /// The container that answered; None if none did, or if the viewer is the owner.
    pub container: Option<ContainerId>,
    /// The entry that named it; None if no entry did.
    pub matched: Option<Matched>,
}

/// What a viewer gets of a whole category.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CategoryAnswer {
    /// Every field.
    Visible,
    /// Some of it, or altered.
    Partial,
    /// Nothing.
    Hidden,
}

impl CategoryAnswer {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            CategoryAnswer::Visible => "visible",
            CategoryAnswer::Partial => "partial",
            CategoryAnswer::Hidden => "hidden",
        }
    }

    /// What the answers for the fields amount to. A category without fields is hidden.
    pub fn of(answers: impl IntoIterator<Item = Answer>) -> CategoryAnswer {
        let (mut visible, mut hidden) = (true, true);
        for answer in answers {
            visible &= answer == Answer::Visible;
            hidden &= answer == Answer::Hidden;
        }
        match (visible, hidden) {
            (_, true) => CategoryAnswer::Hidden,
            (true, false) => CategoryAnswer::Visible,
            (false, false) => CategoryAnswer::Partial,
        }
    }
}

/// Answers a question about one field; about a category, for its first field.
pub fn decide(rules: &RuleSet, question: &See) -> Decision {
    let field = question.fields(rules.model()).next();
    match field {
        Some(field) => decide_field(rules, question.viewer(), question.owner(), field),
        None => Decision { answer: Answer::Hidden, container: None, matched: None },
    }
}

/// Answers for a field. Allocates nothing once the entries of the owner are settled.
#[inline]
pub fn decide_field(rules: &RuleSet, viewer: Somebody, owner: UserId, field: FieldId) -> Decision {
    walk(rules, viewer, owner, field, &mut Silent)
}

/// Answers for a category.
pub fn category_answer(rules: &RuleSet, viewer: Somebody, owner: UserId, category: CategoryId) -> CategoryAnswer {
    let fields = rules.model().categories[category].fields.iter();
    CategoryAnswer::of(fields.map(|field| decide_field(rules, viewer, owner, *field).answer))
}

/// The walk.
#[inline(always)] // one copy for deciding, in which nothing of the listening is left
pub(super) fn walk<P: Probe>(
    rules: &RuleSet,
    viewer: Somebody,
    owner: UserId,
    field: FieldId,
    probe: &mut P,
) -> Decision {
    probe.step(Step::Viewer(viewer));
    if viewer.user == Some(owner) {
        probe.step(Step::Own);
        return Decision { answer: Answer::Visible, container: None, matched: None };
    }
    let of = rules.graph().tables().rules(field);
    let (container, matched) = resolve(rules, viewer, owner, of.among, probe);
    let answer = match container {
        None => Answer::Hidden,
        Some(container) => {
            let published = publication(rules, of, container, owner, field, probe);
            if published == Answer::Hidden || denied(rules, of, viewer, owner, field, probe) {
                Answer::Hidden
            } else {
                published
            }
        }
    };
    Decision { answer, container, matched }
}

/// Which container answers, and the entry that says so. It is one of `among`.
#[inline(always)]
fn resolve<P: Probe>(
    rules: &RuleSet,
    viewer: Somebody,
    owner: UserId,
    among: Containers,
    probe: &mut P,
) -> (Option<ContainerId>, Option<Matched>) {
    let model = rules.model();
    if let Some((matcher, container)) = rules.standing(owner).answering(model, viewer, among) {
        probe.step(Step::Membership(matcher, container));
        return (Some(container), Some(Matched { matcher, container }));
    }
    let fallback = model.fallback().filter(|fallback| among.has(*fallback));
    probe.step(Step::NoMembership(fallback));
    (fallback, None)
}

/// What the container that answers gives of the field, before guards are asked.
#[inline(always)]
fn publication<P: Probe>(
    rules: &RuleSet,
    of: &FieldRules,
    container: ContainerId,
    owner: UserId,
    field: FieldId,
    probe: &mut P,
) -> Answer {
    if !of.holds.has(container) {
        probe.step(Step::NotHeld(container));
        return Answer::Hidden;
    }
    let publication = rules.graph().tables().publication(container, field);
    if let Some(place) = publication.shows {
        // Silently, what was found out about the owner when entries were settled.
        let shown = if P::LISTENS {
            shown(rules, container, field, owner, probe)
        } else {
            rules.outcome(owner).shown(place as usize)
        };
        if let Some(shown) = shown {
            return shown;
        }
    }
    if publication.published {
        probe.step(Step::Published(container));
        return Answer::Visible;
    }
    probe.step(Step::NotPublished(container));
    Answer::Hidden
}

/// The first `shows` that applies; one that may apply hides the field. They read the owner only.
fn shown<P: Probe>(
    rules: &RuleSet,
    container: ContainerId,
    field: FieldId,
    owner: UserId,
    probe: &mut P,
) -> Option<Answer> {
    let owner = Somebody::user(rules.model(), owner);
    let cast = &Cast::view(owner, owner);
    let category = rules.model().fields[field].category;
    let held = rules.model().containers[container].holds.get(&category)?;
    for (index, shows) in held.shows.iter().enumerate().filter(|(_, shows)| shows.field == field) {
        let opened = probe.open();
        let truth = rules.truth(shows.when, cast, probe);
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

/// True if a guard of the field, or of its category, denies it.
#[inline(always)]
fn denied<P: Probe>(
    rules: &RuleSet,
    of: &FieldRules,
    viewer: Somebody,
    owner: UserId,
    field: FieldId,
    probe: &mut P,
) -> bool {
    if of.guards.is_empty() {
        return false;
    }
    let cast = || Cast::view(viewer, Somebody::user(rules.model(), owner));
    if P::LISTENS {
        let cast = cast();
        let mut any = false;
        for guard in &of.guards {
            any |= denies(rules, *guard, &cast, probe);
            if any && !P::THOROUGH {
                break;
            }
        }
        return any;
    }
    // Silently, the rules about the owner alone were asked when entries were settled; and the first denial ends it.
    (!of.of_owner.is_empty() && rules.outcome(owner).denies(field))
        || (!of.of_viewer.is_empty() && any_fires(rules, &of.of_viewer, &cast()))
}

fn any_fires(rules: &RuleSet, of: &[RuleId], cast: &Cast) -> bool {
    of.iter().any(|rule| fires(rules, *rule, cast, &mut Silent) != Truth::False)
}

fn denies<P: Probe>(rules: &RuleSet, guard: GuardId, cast: &Cast, probe: &mut P) -> bool {
    let opened = probe.open();
    let mut any = false;
    for rule in &rules.model().guards[guard].rules {
        any |= fires(rules, *rule, cast, probe) != Truth::False;
        if any && !P::THOROUGH {
            break;
        }
    }
    probe.close(opened, Step::Guard(guard, any));
    any
}

/// What a container shows of an owner's field instead of its value.
pub(super) fn shown_alone(rules: &RuleSet, container: ContainerId, field: FieldId, owner: UserId) -> Option<Answer> {
    shown(rules, container, field, owner, &mut Silent)
}

/// True if a rule about the owner alone hides the field, whoever looks.
pub(super) fn denies_alone(rules: &RuleSet, owner: UserId, field: FieldId) -> bool {
    let owner = Somebody::user(rules.model(), owner);
    any_fires(rules, &rules.graph().tables().rules(field).of_owner, &Cast::view(owner, owner))
}

pub(super) fn fires<P: Probe>(rules: &RuleSet, rule: RuleId, cast: &Cast, probe: &mut P) -> Truth {
    let opened = probe.open();
    let truth = rules.truth(rules.model().rules[rule].when, cast, probe);
    probe.close(opened, Step::Rule(rule, truth));
    truth
}

impl RuleSet {
    /// The level of the asker as viewer of the other: resolution over all containers, the fallback when nothing matches.
    pub(super) fn level(&self, cast: &Cast) -> Option<ContainerId> {
        let owner = cast.other.user?;
        let all = Containers(u64::MAX);
        let found = self.standing(owner).answering(self.model(), cast.asker, all);
        found.map(|(_, container)| container).or_else(|| self.model().fallback())
    }
}
