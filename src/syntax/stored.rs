//! The tree of a file as bytes, and back: what parsing gives, without parsing. The text stays the source. A stored tree
//! holds for the text it was made of and for nothing else; where it does not hold there is none, and the text is parsed.

use std::hash::Hasher as _;

use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};

use super::Parsed;
use super::ast::Item;
use crate::text::{FileId, Spanned};

/// To be raised when other bytes are written for the same tree, or another tree is made of the same text.
const VERSION: u8 = 1;

/// By what a stored tree knows its text.
#[derive(PartialEq, Eq, Serialize, Deserialize)]
struct Stamp {
    version: u8,
    file: FileId,
    text: u64,
}

impl Stamp {
    fn of(file: FileId, text: &str) -> Stamp {
        // Nobody forges a stamp: both sides are compiled into the same binary. It tells edits from what was stored.
        let mut hasher = FxHasher::default();
        hasher.write(text.as_bytes());
        Stamp { version: VERSION, file, text: hasher.finish() }
    }
}

/// The parts of a [`Parsed`] that are stored.
type Parts = (Option<Spanned<String>>, Vec<Item>, Vec<Spanned<String>>);

/// The bytes of a tree; None if something is wrong with the file, for only whole trees are stored.
pub fn write(parsed: &Parsed, text: &str) -> Option<Vec<u8>> {
    let Parsed { file, doc, items, comments, diagnostics } = parsed;
    let stored = (Stamp::of(*file, text), (doc, items, comments));
    if diagnostics.is_empty() { postcard::to_stdvec(&stored).ok() } else { None }
}

/// The tree that was stored, if it is the one of this text.
pub fn read(file: FileId, text: &str, stored: &[u8]) -> Option<Parsed> {
    let (stamp, rest) = postcard::take_from_bytes::<Stamp>(stored).ok()?;
    if stamp != Stamp::of(file, text) {
        return None;
    }
    let (doc, items, comments): Parts = postcard::from_bytes(rest).ok()?;
    Some(Parsed { file, doc, items, comments, diagnostics: Vec::new() })
}
