//! Questions by ids and by names in canonical form, for programs that ask many of them.

use crate::model::{ConditionId, FieldId, PersonId, Truth, UserId};
use crate::viewers::Somebody;

use super::answer::Decision;
use super::condition::truth;
use super::decide::{decide, decide_field};
use super::facts::Cast;
use super::probe::Silent;
use super::question::See;
use super::rule_set::RuleSet;
use super::unknown::Unknown;

/// What a person that the set names gets of a field. The fastest way to ask: a few loads and no allocation, once the
/// entries of the owner are settled ([`RuleSet::prepare`]).
pub fn decide_known(rules: &RuleSet, viewer: PersonId, owner: UserId, field: FieldId) -> Decision {
    decide_field(rules, Somebody::known(rules.model(), viewer), owner, field)
}

/// What somebody gets of a field named as in `state.location`. With names in canonical form (addresses in lower
/// case, without `sip:`) of people the set names this allocates nothing. Everything that [`RuleSet::see`] takes is
/// taken here too, with the same answer, only slower.
///
/// ```
/// # use prescope::{Answer, Entries, Project, decide_named};
/// # let people = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {}, bob@contoso.com: {} }";
/// # let project = Project::builder().policy("ours.prescope", "use std/lync2013").directory("people.yaml", people).build();
/// let rules = project.rules(Entries::InForce)?;
/// rules.prepare();
/// let decision = decide_named(&rules, "bob@contoso.com", "anna@contoso.com", "contact_card.office")?;
/// assert_eq!(decision.answer, Answer::Visible);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn decide_named(rules: &RuleSet, viewer: &str, owner: &str, field: &str) -> Result<Decision, Unknown> {
    let model = rules.model();
    if let (Some(viewer), Some(owner), Some(field)) =
        (model.person(viewer), model.person(owner), rules.graph().tables().field(field))
        && let Some(owner) = model.people[owner].user
    {
        return Ok(decide_known(rules, viewer, owner, field));
    }
    let question = See::typed(rules, viewer, owner, field)?;
    if question.field().is_none() {
        return Err(Unknown::CategoryAlone(field.to_owned()));
    }
    Ok(decide(rules, &question))
}

/// The truth of a condition of the set for those who play its roles.
pub fn truth_of(rules: &RuleSet, condition: ConditionId, cast: &Cast) -> Truth {
    truth(rules, condition, cast, &mut Silent)
}
