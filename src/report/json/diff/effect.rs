//! What changes for whom between two sides, on the wire.

use schemars::JsonSchema;
use serde::Serialize;

use super::group::{WireGroup, groups};
use crate::diff::{
    Aside, By, Count, Direction, Disclosed, DisclosedChange, Features, NotCompared, Presence, SettingChange, Tally,
};
use crate::report::diff::{Different, Naming, fingerprint_of_disclosure};
use crate::report::json::effect::{WireFeature, addresses, features};
use crate::resolve::Certainty;

/// What changes for whom.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireEffect<'a> {
    /// Whose answers were compared: those of everybody in a directory, or nobody's, since neither side has anybody, or
    /// nobody is on both. Null if nothing was compiled.
    #[schemars(extend("enum" = ["directory", "nobody", "nobody_on_both", null]))]
    universe: Option<&'static str>,
    /// Of how many owners on both sides something changes.
    owners: usize,
    /// Triples of viewer, owner and field that change, for people that either side knows.
    known: WireCounts,
    /// The same for classes of viewers that no directory enumerates.
    open: WireCounts,
    /// Owners on the second side only.
    arrived: WireAside,
    /// Owners on the first side only.
    left: WireAside,
    /// Settings that have another value for some users.
    settings: Vec<WireSetting<'a>>,
    /// Features with other answers.
    features: Vec<WireFeature<'a>>,
    /// How many answers change by something; absent if that was not asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    tally: Option<WireTally<'a>>,
    /// Answers about presence that change alike: gains, losses, other values; of each most answers first.
    groups: Vec<WireGroup>,
    /// What leaves and did not, or did and does not; new recipients outside first.
    disclosures: Vec<WireDisclosed<'a>>,
}

/// A setting that has another value for some users on both sides.
#[derive(Serialize, JsonSchema)]
struct WireSetting<'a> {
    /// `CLASS.SETTING`.
    setting: &'a str,
    /// Its value.
    before: &'a str,
    /// Its new value.
    after: &'a str,
    /// For how many users.
    count: usize,
    /// For whom; absent where people are only counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<Vec<String>>,
}

/// How many answers.
#[derive(Serialize, JsonSchema, Default)]
pub(super) struct WireCounts {
    /// Show more.
    gained: usize,
    /// Show less.
    lost: usize,
    /// Show another value instead of the owner's.
    differs: usize,
}

/// Owners on one side only, and what is seen of them there.
#[derive(Serialize, JsonSchema, Default)]
struct WireAside {
    /// How many owners.
    owners: usize,
    /// Pairs of viewer and field that are visible, for known people.
    known: usize,
    /// The same for classes of viewers that no directory enumerates.
    open: usize,
    /// How often features may be used by and with users, and in meetings, of that side only.
    uses: usize,
}

/// How many answers change by something.
#[derive(Serialize, JsonSchema)]
struct WireTally<'a> {
    /// By what: each field, or the sites or groups of owners as BASE has them. Owners in several groups count in each.
    #[schemars(extend("enum" = By::WORDS))]
    by: &'static str,
    /// The counts by name.
    counts: Vec<WireCount<'a>>,
}

/// How many answers change of one field, site or group.
#[derive(Serialize, JsonSchema)]
struct WireCount<'a> {
    /// Its name; null for owners at no site, or in no group.
    name: Option<&'a str>,
    /// For known people.
    known: WireCounts,
    /// For open classes.
    open: WireCounts,
}

/// What changes of something that leaves.
#[derive(Serialize, JsonSchema)]
struct WireDisclosed<'a> {
    /// Stays while the same leaves through the same feature to the same place, in the same direction.
    fingerprint: String,
    /// Whether more leaves, or less; `aside` if that is so of users, or of a project, on one side only.
    #[schemars(extend("enum" = ["gains", "loses", "aside"]))]
    direction: &'static str,
    /// Through which feature.
    feature: &'a str,
    /// What, and whose.
    item: &'a str,
    /// Where it goes, in words.
    goes: &'a str,
    /// Whether people outside the organisation can be among the recipients.
    external: bool,
    /// Whether the recipient gets nothing at all on the first side.
    new_recipient: bool,
    /// Of how many users it leaves, if they use the feature alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    users: Option<WireUsers>,
    /// How certainly it leaves, of other features.
    #[serde(skip_serializing_if = "Option::is_none")]
    certainty: Option<WireCertainty>,
}

/// Of how many users something leaves.
#[derive(Serialize, JsonSchema)]
struct WireUsers {
    /// Now, and did not.
    gained: usize,
    /// No longer.
    lost: usize,
    /// Who are on the second side only.
    arrived: usize,
    /// Who are on the first side only.
    left: usize,
}

/// How certainly something leaves; null where it does not.
#[derive(Serialize, JsonSchema)]
struct WireCertainty {
    /// On the first side.
    #[schemars(extend("enum" = ["certain", "possible", null]))]
    before: Option<&'static str>,
    /// On the second side.
    #[schemars(extend("enum" = ["certain", "possible", null]))]
    after: Option<&'static str>,
}

fn setting<'a>(of: Different<'a>, change: &'a SettingChange) -> WireSetting<'a> {
    WireSetting {
        setting: &change.setting,
        before: &change.before,
        after: &change.after,
        count: change.users.len(),
        users: (of.naming == Naming::People).then(|| addresses(of.model, &change.users)),
    }
}

fn tally(of: &Tally) -> WireTally<'_> {
    WireTally { by: of.by.word(), counts: of.counts.iter().map(counted).collect() }
}

fn counted(of: &Count) -> WireCount<'_> {
    WireCount { name: of.name.as_deref(), known: WireCounts::new(of.known), open: WireCounts::new(of.open) }
}

fn disclosed(of: &Disclosed) -> WireDisclosed<'_> {
    let (users, certainty) = match of.change {
        DisclosedChange::Users { gained, lost, arrived, left } => {
            (Some(WireUsers { gained, lost, arrived, left }), None)
        }
        DisclosedChange::Certainty(both) | DisclosedChange::Aside(both) => {
            let [before, after] = both.map(|certainty| certainty.map(Certainty::name));
            (None, Some(WireCertainty { before, after }))
        }
    };
    WireDisclosed {
        fingerprint: fingerprint_of_disclosure(of),
        direction: of.direction().map_or("aside", Direction::word),
        feature: &of.leaving.feature,
        item: &of.leaving.item,
        goes: &of.leaving.goes,
        external: of.external,
        new_recipient: of.new_recipient,
        users,
        certainty,
    }
}

fn aside(aside: &Aside, uses: usize) -> WireAside {
    WireAside { owners: aside.owners, known: aside.known(), open: aside.open(), uses }
}

impl<'a> WireEffect<'a> {
    pub(super) fn nothing() -> WireEffect<'a> {
        WireEffect {
            universe: None,
            owners: 0,
            known: WireCounts::default(),
            open: WireCounts::default(),
            arrived: WireAside::default(),
            left: WireAside::default(),
            settings: Vec::new(),
            features: Vec::new(),
            tally: None,
            groups: Vec::new(),
            disclosures: Vec::new(),
        }
    }

    pub(super) fn new(of: Different<'a>) -> WireEffect<'a> {
        let outcome = of.outcome;
        let uses = |count: fn(&Features) -> usize| outcome.effect.features.iter().map(count).sum::<usize>();
        let Presence { owners, gained, lost, altered, open, .. } = outcome.effect.presence;
        WireEffect {
            universe: Some(of.compared.err().map_or("directory", NotCompared::word)),
            owners,
            known: WireCounts::new([gained, lost, altered]),
            open: WireCounts::new(open),
            arrived: aside(&outcome.arrived, uses(|of| of.arrived)),
            left: aside(&outcome.left, uses(|of| of.left)),
            settings: outcome.effect.settings.iter().map(|change| setting(of, change)).collect(),
            features: features(&outcome.effect.features),
            tally: of.tally.map(tally),
            groups: groups(of),
            disclosures: outcome.disclosures.iter().map(disclosed).collect(),
        }
    }
}

impl WireCounts {
    /// Gains, losses, other values.
    pub(super) fn new([gained, lost, differs]: [usize; 3]) -> WireCounts {
        WireCounts { gained, lost, differs }
    }
}
