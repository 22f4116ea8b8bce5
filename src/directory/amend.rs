//! Changes of what a directory records, as whoever asks for them says them.

use super::{Address, Entry, Scalar};

/// One change of what the directory records of a user. In a list the order is the order in which they are to hold:
/// whoever should keep access gets the new entry before the old one goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Amendment {
    /// Somebody comes on the contact list.
    AddContact(Address),
    /// Somebody leaves the contact list.
    RemoveContact(Address),
    /// An entry comes into a container.
    AddEntry {
        /// The container's name.
        container: String,
        /// Whom it matches.
        entry: Entry,
    },
    /// An entry leaves a container.
    RemoveEntry {
        /// The container's name.
        container: String,
        /// Whom it matches.
        entry: Entry,
    },
    /// The manifest whose shape the recorded entries have, by the word that stands in `mode`.
    SetMode(String),
    /// The value of an attribute.
    SetAttribute(String, Scalar),
}
