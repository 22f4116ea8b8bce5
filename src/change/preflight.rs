//! Before privacy mode is turned on, or older clients are let in under it: whether everybody's client honours it, and whether older ones are kept out.

use crate::model::{Model, ObjectId, ParameterOf, UserId, Value};
use crate::resolve::Legacy;
use crate::text::Span;

/// The setting that turns privacy mode on.
const PRIVACY_MODE: &str = "EnablePrivacyMode";

/// What stands in the way of privacy mode. It looks at the set as it is to be, so one change may mend both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preflight {
    /// The users for whom it is turned on, or is on while older clients are let in from now on. Sorted.
    pub users: Vec<UserId>,
    /// Those of them whose clients do not honour it.
    pub clients: Vec<OldClient>,
    /// The policies that let clients sign in which do not, for some of them.
    pub admitting: Vec<Admitting>,
}

/// Somebody's client that does not honour privacy mode.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OldClient {
    /// Who uses it.
    pub user: UserId,
    /// Which.
    pub client: String,
    /// Where the directory says so.
    pub span: Span,
}

/// A policy that lets clients sign in which do not honour privacy mode.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Admitting {
    /// The policy object; None is the declared default.
    pub object: Option<ObjectId>,
    /// The oldest client it lets in.
    pub oldest: String,
    /// Where it says so.
    pub span: Option<Span>,
    /// For whom, sorted.
    pub users: Vec<UserId>,
}

impl Preflight {
    /// The preflight of a change; None if it neither turns privacy mode on for anybody, nor lets older clients in for
    /// somebody for whom it is on. Both models have the same users.
    pub fn of(before: &Model, after: &Model) -> Option<Preflight> {
        let (old, legacy) = (Legacy::of(before), Legacy::of(after));
        let lets_in = |user: UserId| old.admitted_by(user).is_none() && legacy.admitted_by(user).is_some();
        let is_new = |user: &UserId| !is_on(before, *user) || lets_in(*user);
        let users: Vec<UserId> = after.users.ids().filter(|user| is_on(after, *user) && is_new(user)).collect();
        if users.is_empty() {
            return None;
        }
        let mut clients = Vec::new();
        let mut admitting: Vec<Admitting> = Vec::new();
        for user in users.iter().copied() {
            clients.extend(legacy.used_by(user).map(|(client, span)| OldClient { user, client, span }));
            let Some((object, oldest)) = legacy.admitted_by(user) else { continue };
            match admitting.iter_mut().find(|of| of.object == object) {
                Some(of) => of.users.push(user),
                None => {
                    let span = object.map(|object| legacy.said_at(object));
                    admitting.push(Admitting { object, oldest, span, users: vec![user] });
                }
            }
        }
        Some(Preflight { users, clients, admitting })
    }

    /// True if nothing stands in the way.
    pub fn is_clear(&self) -> bool {
        self.clients.is_empty() && self.admitting.is_empty()
    }
}

/// Whether privacy mode is on for a user, by any class that has such a setting.
fn is_on(model: &Model, user: UserId) -> bool {
    let named = model.parameters.values().filter(|parameter| parameter.declared.name == PRIVACY_MODE);
    named.into_iter().any(|parameter| {
        let ParameterOf::Setting(class) = parameter.of else { return false };
        model.value_in(model.object_for(class, Some(user)), parameter) == Value::TRUE
    })
}
