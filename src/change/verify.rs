//! Whether what came out of edited texts is what was planned: in the trees, in every object, and for every user.

use crate::compile::Set;
use crate::language::Parsed;
use crate::model::{ClassId, Model, Scope, UserId};

use super::plan::Plan;
use super::step::Done;

/// The first thing that came out otherwise than planned, in words; None if all is as it should be. It is a mistake of
/// prescope, and a reason to write nothing.
pub fn contradiction(plan: &Plan, before: &Set, after: &Set) -> Option<String> {
    trees(plan, &before.own, &after.own)
        .or_else(|| names(&before.model, &after.model))
        .or_else(|| objects(plan, &after.model))
        .or_else(|| users(plan, &before.model, &after.model))
}

/// Every file says what it said, but for what is planned.
fn trees(plan: &Plan, before: &[Parsed], after: &[Parsed]) -> Option<String> {
    if before.len() != after.len() {
        return Some("there are other policy files than before".to_owned());
    }
    before.iter().zip(after).find_map(|(old, new)| {
        let items = plan.trees.get(&old.file).unwrap_or(&old.items);
        let comments = plan.comments.get(&old.file);
        let kept = match comments {
            Some(comments) => comments.iter().eq(new.comments.iter().map(|comment| &comment.it)),
            None => old.comments == new.comments,
        };
        match (old.file == new.file, *items == new.items && old.doc == new.doc, kept) {
            (false, ..) => Some("there are other policy files than before".to_owned()),
            (_, false, _) => Some("an edited file says something else than planned".to_owned()),
            (.., false) => Some("an edited file has other comments than before".to_owned()),
            (true, true, true) => None,
        }
    })
}

/// Nobody and nothing else is declared than before, so that ids mean the same in both.
fn names(before: &Model, after: &Model) -> Option<String> {
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
    (!same).then(|| "something else is declared than before".to_owned())
}

/// Every object says what is planned, and there are no others.
fn objects(plan: &Plan, after: &Model) -> Option<String> {
    for of in after.objects.values() {
        let name = || format!("`{} {}`", after.classes[of.class].declared.name, of.spelt);
        let settings = after.classes[of.class].settings.iter().zip(&of.values);
        let values = settings.map(|(setting, value)| after.value_name(&after.parameters[*setting].kind, *value));
        match plan.planned.get(&(of.class, of.scope.clone())) {
            Some(planned) if values.eq(planned.iter().cloned()) => {}
            Some(_) => return Some(format!("{} has other values than planned", name())),
            None => return Some(format!("{} was not planned", name())),
        }
    }
    (after.objects.len() != plan.planned.len()).then(|| "an object is missing".to_owned())
}

/// To every user the same objects apply as before, but for new ones, and those that are gone.
fn users(plan: &Plan, before: &Model, after: &Model) -> Option<String> {
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
                let person = &after.people[of.person].address;
                return Some(format!("another `{}` applies to {person}", after.classes[class].declared.name));
            }
        }
    }
    None
}
