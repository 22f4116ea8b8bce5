//! Cases of a directory in words.

use crate::model::Model;
use crate::prove::{Case, Tally, Violations, Whose};
use crate::report::plan::address;
use crate::text::{self, first_of};

/// How many owners, users, meetings or parties are named.
const NAMED: usize = 4;

/// Who takes part: "viewer kim@fabrikam.com, owner anna@contoso.com".
pub(super) fn words(model: &Model, case: Case) -> String {
    match case {
        Case::User(user) => format!("user {}", address(model, user)),
        Case::View { viewer, owner } => format!("viewer {}, owner {}", viewer.words(model), address(model, owner)),
        Case::Participant { participant, meeting, role } => {
            let role =
                role.and_then(|role| model.role_name(role)).map(|role| format!(" as {role}")).unwrap_or_default();
            format!("participant {}{role} in {}", participant.words(model), model.meetings[meeting].name)
        }
        Case::Pair { party, peer } => format!("party {}, peer {}", party.words(model), peer.words(model)),
    }
}

/// How many there are: "in 214 cases, 16 of them with a class of people whom nobody knows".
pub(super) fn counted(violations: &Violations) -> String {
    let Tally { open, .. } = violations.count;
    let all = violations.count.all();
    let cases = text::counted(all, "case");
    match open {
        0 => format!("in {cases}"),
        open if open == all => format!("in {cases}, with people whom nobody knows"),
        open => format!("in {cases}, {open} of them with people whom nobody knows"),
    }
}

/// The first of whose they are, with how many each has: "by owner: anna@contoso.com 24, bob@contoso.com 3".
pub(super) fn by<'v>(model: &'v Model, violations: &'v Violations) -> impl Iterator<Item = String> {
    let groups = violations.by.chunk_by(|(one, _), (other, _)| noun(*one) == noun(*other));
    groups.filter_map(|group| {
        let (first, _) = group.first()?;
        let each = group.iter().map(|(whose, tally)| match whose {
            Whose::User(_) => name(model, *whose),
            _ => format!("{} {}", name(model, *whose), tally.all()),
        });
        Some(format!("by {}: {}", noun(*first), first_of(NAMED, each)))
    })
}

/// What it is.
pub(in crate::report) fn noun(whose: Whose) -> &'static str {
    match whose {
        Whose::Owner(_) => "owner",
        Whose::User(_) => "user",
        Whose::Meeting(_) => "meeting",
        Whose::Party(_) => "party",
    }
}

/// Its name.
pub(in crate::report) fn name(model: &Model, whose: Whose) -> String {
    match whose {
        Whose::Owner(user) | Whose::User(user) => address(model, user),
        Whose::Meeting(meeting) => model.meetings[meeting].name.clone(),
        Whose::Party(party) => party.words(model),
    }
}
