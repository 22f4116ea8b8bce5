//! What was told as renamed and what looks so, on the wire.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::{Renamable, Rename};
use crate::report::diff::{Likely, Renamed};

/// What has another name in HEAD.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireRenamed<'a> {
    /// What is compared as one, in the order in which that was told.
    told: Vec<WireRename<'a>>,
    /// How many more there are, of the directory, where people are only counted.
    unnamed: usize,
    /// What looks renamed: the same is declared of it but the name. It is not compared as one.
    looks: Vec<WireLikely<'a>>,
}

/// Something with its two names.
#[derive(Serialize, JsonSchema)]
struct WireRename<'a> {
    /// What it is.
    #[schemars(extend("enum" = words()))]
    kind: &'static str,
    /// Its name in BASE.
    old: &'a str,
    /// Its name in HEAD.
    new: &'a str,
}

/// Things that look renamed: one of each side, or several of which nothing says which became which.
#[derive(Serialize, JsonSchema)]
struct WireLikely<'a> {
    /// What they are.
    #[schemars(extend("enum" = words()))]
    kind: &'static str,
    /// Their names in BASE.
    old: &'a [String],
    /// Their names in HEAD.
    new: &'a [String],
    /// The option that has them compared as one, as a shell reads it; null where several fit.
    option: Option<&'a str>,
}

fn words() -> [&'static str; 5] {
    Renamable::ALL.map(Renamable::word)
}

impl<'a> WireRenamed<'a> {
    /// It on the wire; None if nothing was or looks renamed.
    pub(super) fn new(renamed: &'a Renamed) -> Option<WireRenamed<'a>> {
        let told = renamed.told.iter().map(|Rename { kind, old, new }| WireRename { kind: kind.word(), old, new });
        let looks = renamed.looks.iter().map(|Likely { looks, option }| WireLikely {
            kind: looks.kind.word(),
            old: &looks.old,
            new: &looks.new,
            option: option.as_deref(),
        });
        (*renamed != Renamed::default()).then(|| WireRenamed {
            told: told.collect(),
            unnamed: renamed.unnamed,
            looks: looks.collect(),
        })
    }
}
