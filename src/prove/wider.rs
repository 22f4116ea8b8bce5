//! Recipients who comprise another one. They are told apart by name: what goes to everybody is not disclosed to a
//! partner. Whoever reads that nothing goes to the partner wants to know that it goes to everybody.

use indexmap::IndexSet;

use super::Verdict;
use crate::language::ast::Quantifier;
use crate::model::{Claim, Clause, GroupId, Model, Nesting, Network, Recipient, RecipientId, RecipientIs};

/// A clause about a disclosure, said of each recipient who comprises its own.
pub(super) fn said_of_wider(model: &Model, clause: &Clause) -> Vec<(RecipientId, Clause)> {
    let Claim::Disclosed(item, to) = clause.claim else { return Vec::new() };
    let narrow = &model.recipients[to];
    // The groups of everybody in a group, once for all recipients.
    let around = match narrow.is {
        Some(RecipientIs::Group(group)) => Nesting::new(model).around([group], |_| true),
        _ => IndexSet::new(),
    };
    let wider = model.recipients.iter().filter(|(id, wider)| *id != to && comprises(wider, narrow, &around));
    let said_of = |id: RecipientId| (id, Clause { claim: Claim::Disclosed(item, id), ..clause.clone() });
    wider.map(|(id, _)| said_of(id)).collect()
}

/// Whether what is so of the recipient of a clause can mislead about one who comprises it: nothing goes to the one, or
/// it need not.
pub(super) fn may_mislead(quantifier: Quantifier, verdict: &Verdict) -> bool {
    match quantifier {
        Quantifier::Never => *verdict == Verdict::Proved,
        Quantifier::Always => verdict.is_broken(),
    }
}

/// Whether it does: something may go to the other, or always does.
pub(super) fn misleads(quantifier: Quantifier, of_wider: &Verdict) -> bool {
    match quantifier {
        Quantifier::Never => of_wider.is_broken(),
        Quantifier::Always => *of_wider == Verdict::Proved,
    }
}

/// True if whoever belongs to the second surely belongs to the first; `around` are the groups that contain that of the
/// second.
fn comprises(wider: &Recipient, narrow: &Recipient, around: &IndexSet<GroupId>) -> bool {
    match (&wider.is, &narrow.is) {
        (Some(RecipientIs::Everyone), _) => true,
        (Some(RecipientIs::Network(wider)), Some(narrow)) => match narrow {
            RecipientIs::Network(narrow) => Network::ALL.into_iter().all(|it| wider.has(it) || !narrow.has(it)),
            RecipientIs::Group(_) | RecipientIs::Role(_) | RecipientIs::Everyone => {
                Network::ALL.into_iter().all(|it| wider.has(it))
            }
        },
        (Some(RecipientIs::Group(wider)), Some(RecipientIs::Group(narrow))) => {
            wider == narrow || around.contains(wider)
        }
        (Some(RecipientIs::Role(wider)), Some(RecipientIs::Role(narrow))) => {
            narrow.iter().all(|role| wider.contains(role))
        }
        _ => false,
    }
}
