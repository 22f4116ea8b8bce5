//! Recipients who comprise another one. They are told apart by name: what goes to everybody is not disclosed to a
//! partner. Whoever reads that nothing goes to the partner wants to know that it goes to everybody.

use super::Verdict;
use crate::language::ast::Quantifier;
use crate::model::{Claim, Clause, Model, Nesting, Network, Recipient, RecipientId, RecipientIs};

/// A clause about a disclosure, said of each recipient who comprises its own.
pub(super) fn said_of_wider(model: &Model, clause: &Clause) -> Vec<(RecipientId, Clause)> {
    let Claim::Disclosed(item, to) = clause.claim else { return Vec::new() };
    let narrow = &model.recipients[to];
    let wider = model.recipients.iter().filter(|(id, wider)| *id != to && comprises(model, wider, narrow));
    let said_of = |id: RecipientId| (id, Clause { claim: Claim::Disclosed(item, id), ..clause.clone() });
    wider.map(|(id, _)| said_of(id)).collect()
}

/// Whether what holds of the recipient of a clause misleads about one who comprises it: nothing goes to the one, and
/// something may go to the other; or it need not go to the one, and always goes to the other.
pub(super) fn misleads(quantifier: Quantifier, of_it: &Verdict, of_wider: &Verdict) -> bool {
    match quantifier {
        Quantifier::Never => *of_it == Verdict::Proved && of_wider.is_broken(),
        Quantifier::Always => of_it.is_broken() && *of_wider == Verdict::Proved,
    }
}

/// True if whoever belongs to the second surely belongs to the first.
fn comprises(model: &Model, wider: &Recipient, narrow: &Recipient) -> bool {
    match (&wider.is, &narrow.is) {
        (Some(RecipientIs::Everyone), _) => true,
        (Some(RecipientIs::Network(wider)), Some(narrow)) => match narrow {
            RecipientIs::Network(narrow) => Network::ALL.into_iter().all(|it| wider.has(it) || !narrow.has(it)),
            RecipientIs::Group(_) | RecipientIs::Role(_) | RecipientIs::Everyone => {
                Network::ALL.into_iter().all(|it| wider.has(it))
            }
        },
        (Some(RecipientIs::Group(wider)), Some(RecipientIs::Group(narrow))) => {
            wider == narrow || Nesting::new(model).around([*narrow], |_| true).contains(wider)
        }
        (Some(RecipientIs::Role(wider)), Some(RecipientIs::Role(narrow))) => {
            narrow.iter().all(|role| wider.contains(role))
        }
        _ => false,
    }
}
