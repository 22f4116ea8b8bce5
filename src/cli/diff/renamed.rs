//! What a command line says was renamed, and what looks as if it was.

use std::collections::BTreeSet;

use crate::cli::typed::shell_words;
use crate::diff::{LooksRenamed, Rename, Renames};
use crate::model::Model;
use crate::report::diff::{Likely, Naming, Renamed};

/// What is told of renames. Where nobody is named, those of a directory are counted, and none is proposed.
pub(super) fn renamed(renames: &Renames, (looks, models): (Vec<LooksRenamed>, [&Model; 2]), naming: Naming) -> Renamed {
    let is_named = |rename: &&Rename| naming == Naming::People || !rename.kind.is_of_directory();
    let told: Vec<Rename> = renames.told().iter().filter(is_named).cloned().collect();
    let unnamed = renames.told().len() - told.len();
    let looks = looks.into_iter().filter(|looks| naming == Naming::People || !looks.kind.is_of_directory());
    let likely = |looks: LooksRenamed| Likely { option: looks.one().map(|rename| option(&rename, models)), looks };
    Renamed { told, unnamed, looks: looks.map(likely).collect() }
}

/// The option that tells a rename.
fn option(rename: &Rename, models: [&Model; 2]) -> String {
    let plain = rename.written();
    let is_plain =
        Renames::read(std::slice::from_ref(&plain), models).is_ok_and(|read| read.told() == [rename.clone()]);
    let written = if is_plain { plain } else { format!("{}:{plain}", rename.kind.word()) };
    shell_words(["--renamed".to_owned(), written])
}

/// A command line without what it says of renames, but for these.
pub(super) fn without_others(words: impl Iterator<Item = String>, told: &[Rename]) -> impl Iterator<Item = String> {
    let told: BTreeSet<String> = told.iter().map(Rename::written).collect();
    let is_told = move |value: &str| {
        let plain = value.split_once(':').map_or(value, |(_, plain)| plain);
        told.contains(value) || told.contains(plain)
    };
    let mut is_value = false;
    words.map(move |word| {
        let value = if is_value { Some(("", word.as_str())) } else { None };
        let value = value.or_else(|| word.strip_prefix("--renamed=").map(|value| ("--renamed=", value)));
        let hidden = value.filter(|(_, value)| !is_told(value)).map(|(lead, _)| format!("{lead}OLD=NEW"));
        is_value = !is_value && word == "--renamed";
        hidden.unwrap_or(word)
    })
}
