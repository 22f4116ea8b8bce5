//! The policies we ship, embedded in the binary and read like anybody's. `build.rs` has parsed each text, so that no
//! command waits for that again.

use crate::language::{Parsed, Sources, parse};

/// A file of a shipped library.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// Which it is among the files of all libraries, from 0.
    pub number: usize,
    /// The path messages show.
    pub path: &'static str,
    /// What it says.
    pub text: &'static str,
    /// Its tree, as the build script stored it.
    pub tree: &'static [u8],
}

impl Shipped {
    /// Adds its text to the sources of a set, and gives its tree.
    pub fn read(&self, sources: &mut Sources) -> Parsed {
        let file = sources.add_shipped(self.number, self.path, self.text);
        // INVARIANT: the same types wrote the tree in the same build, so it can be read. Parsing gives the same one.
        postcard::from_bytes(self.tree).unwrap_or_else(|_| parse(file, self.text))
    }
}

/// Path, text and tree of every file of a library.
type Files = &'static [(&'static str, &'static str, &'static [u8])];

/// Every library by the name `use` gives it: one for each folder of `policies`.
const LIBRARIES: &[(&str, Files)] = include!(concat!(env!("OUT_DIR"), "/libraries.rs"));

/// The files of a library, sorted by path.
pub fn files(name: &str) -> Option<impl Iterator<Item = Shipped>> {
    let place = LIBRARIES.iter().position(|(library, _)| *library == name)?;
    let (before, library) = (LIBRARIES.get(..place)?, LIBRARIES.get(place)?);
    let first: usize = before.iter().map(|(_, files)| files.len()).sum();
    let files = library.1.iter().enumerate();
    Some(files.map(move |(index, (path, text, tree))| Shipped { number: first + index, path, text, tree }))
}

/// The names of all libraries.
pub fn names() -> impl Iterator<Item = &'static str> {
    LIBRARIES.iter().map(|(name, _)| *name)
}
