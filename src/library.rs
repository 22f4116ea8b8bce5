//! The policies we ship, as text: embedded in the binary, and read by the same pipeline as anybody's.

/// The files of a shipped library, each with the path messages show and its text.
pub type Files = &'static [(&'static str, &'static str)];

macro_rules! shipped {
    ($folder:literal: $($file:literal)*) => {
        &[$((
            concat!("std/", $folder, "/", $file, ".prescope"),
            include_str!(concat!("../policies/", $folder, "/", $file, ".prescope")),
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

/// The files of a library.
pub fn files(name: &str) -> Option<Files> {
    LIBRARIES.iter().find(|(library, _)| *library == name).map(|(_, files)| *files)
}

/// The names of all libraries.
pub fn names() -> impl Iterator<Item = &'static str> {
    LIBRARIES.iter().map(|(name, _)| *name)
}
