//! A model as bytes, and back: what a snapshot holds of a set. Lists of users, of which there are millions of elements,
//! are not taken apart: they stay where the bytes are.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexSet;
use serde::{Deserialize, Serialize};

use super::columns::GivenOut;
use super::sound::{DEEPEST, HEAVIEST};
use super::{AddressBook, ContactList, EntryList, Model, ObjectId};
use crate::language::ast;
use crate::text::sum;

/// The policy objects in effect for somebody, by class.
type Objects = Arc<[Option<ObjectId>]>;

/// A model as bytes.
#[derive(Debug)]
pub struct Kept {
    /// Everything but lists.
    pub model: Vec<u8>,
    /// The lists of users.
    pub lists: Vec<u8>,
}

/// Why a model is not kept.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotKept {
    /// It has more bytes than places in them can be told.
    TooLarge,
    /// It has a condition that is not read again, lest following one takes long.
    Condition,
    /// It does not hold what questions presume, so it would not be read again.
    Unsound,
}

impl fmt::Display for NotKept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotKept::TooLarge => write!(f, "the set has 4 GiB or more, and a snapshot holds less"),
            NotKept::Condition => {
                let (parts, deep) = (HEAVIEST, DEEPEST);
                write!(
                    f,
                    "a condition has more than {parts} parts or nests deeper than {deep}, and a snapshot holds none"
                )
            }
            NotKept::Unsound => write!(f, "the compiled set contradicts itself, and a snapshot of it would be refused"),
        }
    }
}

/// What is kept of users beside what is kept of each.
#[derive(Serialize, Deserialize)]
struct Shared {
    /// What many users have alike.
    objects: Vec<Vec<Option<ObjectId>>>,
    users: Vec<User>,
}

#[derive(Serialize, Deserialize)]
struct User {
    objects: u32,
    overridden: u32,
    /// The lengths of the lists, in bytes.
    contacts: u32,
    entries: u32,
}

/// The sum of texts and of what a sum was made of, while compiling.
const fn with(mut sum: u64, texts: &[&[u8]]) -> u64 {
    let mut text = 0;
    while text < texts.len() {
        sum = sum::go_on(sum, texts[text]);
        text += 1;
    }
    sum
}

impl Kept {
    /// A sum of the files that say how a model is stored: bytes are read by no build in which any of them is another. A
    /// test compares the list with the files that derive it.
    pub const LAYOUT: u64 = with(
        with(sum::EMPTY, ast::LAYOUT),
        &[
            include_bytes!("../directory/address.rs"),
            include_bytes!("../model.rs"),
            include_bytes!("columns.rs"),
            include_bytes!("condition.rs"),
            include_bytes!("feature.rs"),
            include_bytes!("id.rs"),
            include_bytes!("kept.rs"),
            include_bytes!("listing.rs"),
            include_bytes!("manifest.rs"),
            include_bytes!("names.rs"),
            include_bytes!("people.rs"),
            include_bytes!("presence.rs"),
            include_bytes!("setting.rs"),
            include_bytes!("value.rs"),
            include_bytes!("words.rs"),
        ],
    );

    /// The bytes of a model, if it is one that is read again.
    pub fn new(model: &Model) -> Result<Kept, NotKept> {
        if !model.is_sound() {
            return Err(if model.conditions_end() { NotKept::Unsound } else { NotKept::Condition });
        }
        let mut objects: IndexSet<&[Option<ObjectId>]> = IndexSet::new();
        let mut lists = Vec::new();
        let users = model.users.values().map(|user| User {
            objects: objects.insert_full(&user.objects).0 as u32,
            overridden: objects.insert_full(&user.overridden).0 as u32,
            contacts: user.contacts.keep(&mut lists),
            entries: user.entries.keep(&mut lists),
        });
        let users = users.collect();
        let shared = Shared { objects: objects.into_iter().map(<[_]>::to_vec).collect(), users };
        let model = postcard::to_stdvec(&(shared, model)).map_err(|_| NotKept::TooLarge)?;
        u32::try_from(model.len() + lists.len()).map_err(|_| NotKept::TooLarge)?;
        Ok(Kept { model, lists })
    }

    /// The model of these bytes, with the lists behind a place of others; None if they are none that can be asked.
    pub fn read(model: &[u8], lists: &Arc<Vec<u8>>, start: u32) -> Option<Model> {
        let (shared, mut model): (Shared, Model) = postcard::from_bytes(model).ok()?;
        let in_effect = |objects: &Vec<_>| model.are_in_effect(objects);
        if shared.users.len() != model.users.len() || !model.is_sound() || !shared.objects.iter().all(in_effect) {
            return None;
        }
        let objects: Vec<Objects> = shared.objects.into_iter().map(Arc::from).collect();
        let mut given = GivenOut::from(Arc::clone(lists), start);
        for (id, kept) in model.users.ids().zip(shared.users) {
            let contacts = ContactList::kept(kept.contacts, &mut given).filter(|list| list.is_of(&model))?;
            let entries = EntryList::kept(kept.entries, &mut given).filter(|list| list.is_of(&model))?;
            let user = &mut model.users[id];
            user.objects = Arc::clone(objects.get(kept.objects as usize)?);
            user.overridden = Arc::clone(objects.get(kept.overridden as usize)?);
            (user.contacts, user.entries) = (contacts, entries);
        }
        let mut book = AddressBook::default();
        for (id, person) in model.people.iter() {
            book.add(id, &person.address);
        }
        model.names.people = book;
        given.is_done().then_some(model)
    }
}
