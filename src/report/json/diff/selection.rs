//! What of a comparison is told, and how much is left out, on the wire.

use schemars::JsonSchema;
use serde::Serialize;

use super::effect::WireCounts;
use crate::diff::{LeftOut, Section};
use crate::report::diff::{Comparison, Found};

/// What was asked for. Gates judge everything all the same.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireSelection<'a> {
    /// The part that alone is told; null for both.
    #[schemars(extend("enum" = ["structure", "effect", null]))]
    only: Option<&'static str>,
    /// Categories and fields, as they were written; empty for all.
    fields: Vec<&'a str>,
    /// Features; empty for all.
    features: Vec<&'a str>,
    /// The group of owners; null for all.
    owner_group: Option<&'a str>,
    /// How much differs and is not told.
    left_out: WireLeftOut,
}

/// How much differs and is not told.
#[derive(Serialize, JsonSchema, Default)]
struct WireLeftOut {
    /// Declarations, and things of the directory.
    structure: usize,
    /// Settings with another value.
    settings: usize,
    /// Answers for known people.
    known: WireCounts,
    /// Answers for open classes.
    open: WireCounts,
    /// Features with other answers.
    features: usize,
    /// Disclosures that change.
    disclosures: usize,
    /// Owners on one side only.
    aside_owners: usize,
    /// What is visible to known people of owners on one side only.
    aside_known: usize,
    /// What is visible to open classes of owners on one side only.
    aside_open: usize,
}

impl<'a> WireSelection<'a> {
    /// It on the wire.
    pub(super) fn new(comparison: Comparison<'a>) -> WireSelection<'a> {
        let selection = comparison.selection;
        WireSelection {
            only: selection.only.map(Section::word),
            fields: selection.fields.iter().map(|chosen| chosen.written.as_str()).collect(),
            features: selection.features.iter().map(String::as_str).collect(),
            owner_group: selection.owners.as_ref().map(|group| group.name.as_str()),
            left_out: match comparison.found {
                Found::Same(_) => WireLeftOut::default(),
                Found::Different(of) => left_out(of.left_out),
            },
        }
    }
}

fn left_out(of: &LeftOut) -> WireLeftOut {
    let [aside_known, aside_open] = of.aside;
    WireLeftOut {
        structure: of.structure,
        settings: of.settings,
        known: WireCounts::new(of.known),
        open: WireCounts::new(of.open),
        features: of.features,
        disclosures: of.disclosures,
        aside_owners: of.aside_owners,
        aside_known,
        aside_open,
    }
}
