//! Who is told first of several.

use crate::model::{Id, PersonId};
use crate::viewers::{ClassOf, Joint};

/// The first of people and classes, by their indexes: people by address, then classes in their order.
pub(super) fn first(
    joint: &Joint,
    classes: &[ClassOf],
    people: impl IntoIterator<Item = u32>,
    open: &[u32],
) -> Option<ClassOf> {
    let person = people.into_iter().min_by(|one, other| joint.address(*one).cmp(joint.address(*other)));
    let class = || open.iter().min().and_then(|class| classes.get(*class as usize)).copied();
    person.map(known).or_else(class)
}

/// A person by index.
pub(super) fn known(person: u32) -> ClassOf {
    ClassOf::Person(PersonId::from_index(person as usize))
}
