//! Whether what came out of edited texts is what was planned: in the trees, in every object, and for every user.

use std::fmt;

use crate::compile::Set;
use crate::language::Parsed;
use crate::model::{ClassId, Model, Scope, UserId};

use super::plan::Plan;
use super::step::Done;
use super::values::said;

/// Something that came out otherwise than planned. It is a mistake of prescope, and a reason to write nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Contradiction {
    /// There are other policy files than before.
    Files,
    /// An edited file says something else than planned.
    Tree,
    /// An edited file has other comments than before.
    Comments,
    /// Something else is declared than before.
    Names,
    /// This object has other values than planned.
    Values(String),
    /// This object was not planned.
    Unplanned(String),
    /// An object is missing.
    Missing,
    /// Another object applies to somebody.
    Applies {
        /// Its class.
        class: String,
        /// The address of a user.
        user: String,
    },
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Contradiction::Files => f.write_str("there are other policy files than before"),
            Contradiction::Tree => f.write_str("an edited file says something else than planned"),
            Contradiction::Comments => f.write_str("an edited file has other comments than before"),
            Contradiction::Names => f.write_str("something else is declared than before"),
            Contradiction::Values(object) => write!(f, "`{object}` has other values than planned"),
            Contradiction::Unplanned(object) => write!(f, "`{object}` was not planned"),
            Contradiction::Missing => f.write_str("an object is missing"),
            Contradiction::Applies { class, user } => write!(f, "another `{class}` applies to {user}"),
        }
    }
}

impl std::error::Error for Contradiction {}

/// The first thing that came out otherwise than planned; None if all is as it should be.
pub fn contradiction(plan: &Plan, before: &Set, after: &Set) -> Option<Contradiction> {
    trees(plan, &before.own, &after.own)
        .or_else(|| names(&before.model, &after.model))
        .or_else(|| objects(plan, &after.model))
        .or_else(|| users(plan, &before.model, &after.model))
}

/// Every file says what it said, but for what is planned.
fn trees(plan: &Plan, before: &[Parsed], after: &[Parsed]) -> Option<Contradiction> {
    if before.len() != after.len() {
        return Some(Contradiction::Files);
    }
    before.iter().zip(after).find_map(|(old, new)| {
        let items = plan.trees.get(&old.file).unwrap_or(&old.items);
        let comments = plan.comments.get(&old.file);
        let kept = match comments {
            Some(comments) => comments.iter().eq(new.comments.iter().map(|comment| &comment.it)),
            None => old.comments == new.comments,
        };
        match (old.file == new.file, *items == new.items && old.doc == new.doc, kept) {
            (false, ..) => Some(Contradiction::Files),
            (_, false, _) => Some(Contradiction::Tree),
            (.., false) => Some(Contradiction::Comments),
            (true, true, true) => None,
        }
    })
}

/// Nobody and nothing else is declared than before, so that ids mean the same in both.
fn names(before: &Model, after: &Model) -> Option<Contradiction> {
    let people = before.people.values().map(|it| &it.address).eq(after.people.values().map(|it| &it.address));
    let users = before.users.values().map(|it| it.person).eq(after.users.values().map(|it| it.person));
    let domains = before.domains.values().map(|it| &it.name).eq(after.domains.values().map(|it| &it.name));
    let fields = before.fields.values().map(|it| &it.declared.name);
    let fields = fields.eq(after.fields.values().map(|it| &it.declared.name));
    let features = before.features.values().map(|it| &it.declared.name);
    let features = features.eq(after.features.values().map(|it| &it.declared.name));
    let settings = before.parameters.values().map(|it| &it.declared.name);
    let settings = settings.eq(after.parameters.values().map(|it| &it.declared.name));
    let same = people && users && domains && fields && features && settings;
    (!same).then_some(Contradiction::Names)
}

/// Every object says what is planned, and there are no others.
fn objects(plan: &Plan, after: &Model) -> Option<Contradiction> {
    for of in after.objects.values() {
        let name = || format!("{} {}", after.classes[of.class].declared.name, of.spelt);
        let settings = after.classes[of.class].settings.iter().zip(&of.values);
        let values = settings.map(|(setting, value)| said(after, &after.parameters[*setting].kind, *value));
        match plan.planned.get(&(of.class, of.scope.clone())) {
            Some(planned) if values.eq(planned.iter().cloned()) => {}
            Some(_) => return Some(Contradiction::Values(name())),
            None => return Some(Contradiction::Unplanned(name())),
        }
    }
    (after.objects.len() != plan.planned.len()).then_some(Contradiction::Missing)
}

/// To every user the same objects apply as before, but for new ones, and those that are gone.
fn users(plan: &Plan, before: &Model, after: &Model) -> Option<Contradiction> {
    let scope = |model: &Model, class: ClassId, user: UserId| {
        model.object_for(class, Some(user)).map(|object| model.objects[object].scope.clone())
    };
    for (user, of) in after.users.iter() {
        for class in after.classes.ids() {
            let (old, new) = (scope(before, class, user), scope(after, class, user));
            let step = |done: Done, scope: &Option<Scope>| {
                plan.steps.iter().any(|it| it.done == done && it.class == class && Some(&it.scope) == scope.as_ref())
            };
            if old != new && !step(Done::New, &new) && !step(Done::Removed, &old) {
                let class = after.classes[class].declared.name.clone();
                return Some(Contradiction::Applies { class, user: after.people[of.person].address.to_string() });
            }
        }
    }
    None
}
