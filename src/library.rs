//! The policies we ship, as text: embedded in the binary, and read by the same pipeline as anybody's. Beside each text lies
//! its tree as it was parsed, so that nobody waits for that again; `syntax::stored` knows when it holds.

/// A file of a shipped library.
#[derive(Clone, Copy, Debug)]
pub struct Shipped {
    /// Which it is among the files of all libraries, from 0.
    pub number: usize,
    /// The path messages show.
    pub path: &'static str,
    /// What it says.
    pub text: &'static str,
    /// Its tree, as `syntax::stored` writes it.
    pub tree: &'static [u8],
}

/// Path, text and tree of every file of a library.
type Files = &'static [(&'static str, &'static str, &'static [u8])];

macro_rules! shipped {
    ($folder:literal: $($file:literal)*) => {
        &[$((
            concat!("std/", $folder, "/", $file, ".prescope"),
            include_str!(concat!("../policies/", $folder, "/", $file, ".prescope")),
            include_bytes!(concat!("../policies/", $folder, "/trees/", $file, ".tree")),
        )),*]
    };
}

/// Every library by the name `use` gives it. A test compares the lists with the folders.
const LIBRARIES: &[(&str, Files)] = &[(
    "std/lync2013",
    shipped!("lync2013":
        "administration" "attributes" "attributes_features" "categories" "chat" "collaboration" "contact" "containers"
        "guards" "iphone" "location" "manifests" "monitoring" "people" "recipients" "recording" "settings"
        "settings_services" "settings_voice" "sharing" "voice"),
)];

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
