//! The policy objects that stand in the set's own files: only those can be edited.

use crate::language::Parsed;
use crate::language::ast::{Item, ItemKind, PolicyObject};
use crate::model::{ClassId, Model, ObjectId};

/// An object with the declaration it was made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Declared<'a> {
    pub(super) parsed: &'a Parsed,
    /// The position among the items of the file.
    pub(super) index: usize,
    pub(super) item: &'a Item,
    pub(super) policy: &'a PolicyObject,
    pub(super) object: ObjectId,
    pub(super) class: ClassId,
}

/// All of them, in the order of files and places.
pub(super) fn declared<'a>(model: &Model, own: &'a [Parsed]) -> Vec<Declared<'a>> {
    let mut all = Vec::new();
    for parsed in own {
        for (index, item) in parsed.items.iter().enumerate() {
            let ItemKind::Policy(policy) = &item.kind else { continue };
            // The place of an object is the place of its scope.
            let made = model.objects.iter().find(|(_, object)| object.span == policy.scope.span);
            if let Some((object, of)) = made {
                all.push(Declared { parsed, index, item, policy, object, class: of.class });
            }
        }
    }
    all
}
