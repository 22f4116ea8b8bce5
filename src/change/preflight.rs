//! Before privacy mode is turned on, or older clients are let in while it is on for anybody: whether everybody's client
//! honours it, and whether older ones are kept out.

use crate::language::Span;
use crate::model::{Model, ParameterOf, UserId, Value};
use crate::resolve::{Admitting, Assumed, Legacy};

/// The setting that turns privacy mode on.
const PRIVACY_MODE: &str = "EnablePrivacyMode";

/// What stands in the way of privacy mode. It looks at the set as it is to be, so one change may mend both.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preflight {
    /// The users for whom it is turned on; or all for whom it is on, if older clients are let in from now on. Sorted.
    pub users: Vec<UserId>,
    /// The clients of anybody that do not honour it: they show those users to whoever looks.
    pub clients: Vec<OldClient>,
    /// The policies that let clients sign in which do not, for anybody.
    pub admitting: Vec<Admitting>,
    /// Of whom no client is recorded, and what is assumed of them.
    pub assumed: Option<Assumed>,
    /// The names that the set would have to declare to say anything about clients.
    pub undeclared: Vec<&'static str>,
}

/// Somebody's client that does not honour privacy mode.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OldClient {
    /// Who uses it.
    pub user: UserId,
    /// Which.
    pub client: String,
    /// Where the directory says so; where it is assumed, if the directory says nothing.
    pub span: Span,
    /// Whether the directory says so.
    pub recorded: bool,
}

impl Preflight {
    /// The preflight of a change; None if it neither turns privacy mode on for anybody, nor lets older clients in for
    /// anybody while it is on for somebody. Both models have the same users.
    pub fn new(before: &Model, after: &Model) -> Option<Preflight> {
        let (old, legacy) = (Legacy::new(before), Legacy::new(after));
        let is_let_in = |user: UserId| old.admitted_by(user).is_none() && legacy.admitted_by(user).is_some();
        let lets_in = after.users.ids().any(is_let_in);
        let is_new = |user: &UserId| lets_in || !is_on(before, *user);
        let users: Vec<UserId> = after.users.ids().filter(|user| is_on(after, *user) && is_new(user)).collect();
        if users.is_empty() {
            return None;
        }
        let assumed = legacy.assumed(after.users.ids());
        Some(Preflight {
            users,
            clients: old_clients(after, legacy, assumed.as_ref()),
            admitting: legacy.admitting(),
            assumed,
            undeclared: legacy.undeclared(),
        })
    }

    /// True if nothing that is known or assumed stands in the way.
    pub fn is_clear(&self) -> bool {
        self.clients.is_empty() && self.admitting.is_empty()
    }
}

/// The clients that do not honour privacy mode: those that are recorded, and those that are assumed.
fn old_clients(model: &Model, legacy: Legacy<'_>, assumed: Option<&Assumed>) -> Vec<OldClient> {
    let assumed = assumed.filter(|assumed| assumed.old);
    let client = |user: UserId| {
        if let Some((client, span)) = legacy.used_by(user) {
            return Some(OldClient { user, client, span, recorded: true });
        }
        let assumed = assumed.filter(|assumed| assumed.users.binary_search(&user).is_ok())?;
        Some(OldClient { user, client: assumed.client.clone(), span: assumed.span, recorded: false })
    };
    model.users.ids().filter_map(client).collect()
}

/// Whether privacy mode is on for a user, by any class that has such a setting.
fn is_on(model: &Model, user: UserId) -> bool {
    let named = model.parameters.values().filter(|parameter| parameter.declared.name == PRIVACY_MODE);
    named.into_iter().any(|parameter| {
        let ParameterOf::Setting(class) = parameter.belongs_to else { return false };
        model.value_in(model.object_for(class, Some(user)), parameter) == Value::TRUE
    })
}
