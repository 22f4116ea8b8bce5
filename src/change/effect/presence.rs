//! What is seen of fields of presence, and who sees more or less of them.

use std::cmp::Ordering;

use crate::model::{FieldId, UserId, What};
use crate::resolve::{Answer, Class, ClassOf, RuleSet, Somebody, decide_field};

use super::super::crowd::Crowds;

/// Answers about fields that change: triples of viewer, owner and field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Presence {
    /// Of how many owners.
    pub owners: usize,
    /// Known people who see the value, or another one instead, where they saw less.
    pub gained: usize,
    /// Known people who see less.
    pub lost: usize,
    /// Known people who get another value than before instead of the owner's.
    pub altered: usize,
    /// The same three, counted in classes of viewers that the directory cannot enumerate.
    pub open: [usize; 3],
    /// One of those who gain.
    pub gain: Option<Witness>,
    /// One of those who lose.
    pub loss: Option<Witness>,
}

/// An answer that changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Witness {
    /// Who looks.
    pub viewer: ClassOf,
    /// Whose presence it is.
    pub owner: UserId,
    /// What of it.
    pub field: FieldId,
}

/// What changes of these owners.
pub(super) fn presence(before: &RuleSet, after: &RuleSet, crowds: &Crowds, owners: &[UserId]) -> Presence {
    let mut presence = Presence::default();
    let open: Vec<Class> = match owners.first() {
        Some(first) => before.classes(*first).into_iter().filter(Class::is_open).collect(),
        None => Vec::new(),
    };
    for owner in owners.iter().copied() {
        let known = crowds.known(before, after, owner).into_iter();
        let known = known.map(|it| (ClassOf::Person(it.person), it.representative, Some(it.count)));
        let open = open.iter().map(|class| (class.of, class.representative, None));
        let mut any = false;
        for (viewer, representative, count) in known.chain(open) {
            any |= presence.look(before, after, owner, (viewer, representative), count);
        }
        presence.owners += usize::from(any);
    }
    presence
}

impl Presence {
    /// Counts what changes for a class of viewers; known people are counted by their number. True if anything does.
    fn look(
        &mut self,
        before: &RuleSet,
        after: &RuleSet,
        owner: UserId,
        (viewer, representative): (ClassOf, Somebody),
        count: Option<usize>,
    ) -> bool {
        let mut any = false;
        for field in before.model().fields.ids() {
            let answer = |rules: &RuleSet| decide_field(rules, representative, owner, field).answer;
            let (old, new) = (answer(before), answer(after));
            // Texts are numbered anew, so what is shown instead of the owner's value is compared by name.
            if rank(old) == rank(new) && shown(before, field, old) == shown(after, field, new) {
                continue;
            }
            any = true;
            let witness = Witness { viewer, owner, field };
            let [gained, lost, altered] = &mut self.open;
            let (known, open) = match rank(new).cmp(&rank(old)) {
                Ordering::Greater => {
                    self.gain.get_or_insert(witness);
                    (&mut self.gained, gained)
                }
                Ordering::Less => {
                    self.loss.get_or_insert(witness);
                    (&mut self.lost, lost)
                }
                Ordering::Equal => (&mut self.altered, altered),
            };
            match count {
                Some(count) => *known += count,
                None => *open += 1,
            }
        }
        any
    }
}

/// What is seen instead of the owner's value.
fn shown(rules: &RuleSet, field: FieldId, answer: Answer) -> Option<String> {
    let Answer::Altered(value) = answer else { return None };
    Some(rules.model().value_name(&rules.model().kind_of(What::Presence(field)), value))
}

/// How much an answer shows.
fn rank(answer: Answer) -> u8 {
    match answer {
        Answer::Hidden => 0,
        Answer::Altered(_) => 1,
        Answer::Visible => 2,
    }
}
