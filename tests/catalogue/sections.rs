//! The sections of the two supplements, and the features that each of them became.

use serde::Deserialize;

use super::names::{SECTIONS, elsewhere};
use super::{features, nothing_of, read, shipped};

/// A row of `sections.yaml`.
#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    platform: String,
    #[serde(rename = "heading")]
    _heading: String,
    features: Vec<String>,
    also: Vec<String>,
    #[serde(rename = "controlled_by")]
    _supplement: String,
    controlled_by_catalogue: String,
    #[serde(rename = "default")]
    _default: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    rows: Vec<Row>,
}

/// The sections, in their order.
pub(super) struct Sections {
    rows: Vec<Row>,
}

impl Sections {
    pub(super) fn read() -> Sections {
        Sections { rows: read::<File>("sections").rows }
    }

    /// Our features of a section: those whose names are fixed, and those we gave its other decisions.
    fn of(&self, id: &str) -> Vec<String> {
        let fixed = self.rows.iter().find(|row| row.id == id).map(|row| row.features.as_slice()).unwrap_or_default();
        let ours = SECTIONS.iter().filter(|(section, _)| *section == id).flat_map(|(_, ours)| ours.iter());
        fixed.iter().cloned().chain(ours.map(|name| (*name).to_owned())).collect()
    }

    /// The features that a fact about a feature or a section is about: all of the section, and those that carry out
    /// a part of it elsewhere.
    pub(super) fn around(&self, name: &str) -> Vec<String> {
        let section = self.rows.iter().find(|row| row.id == name || row.features.iter().any(|it| it == name));
        let Some(section) = section else { panic!("{name} is no section and no feature of one") };
        let mut names = self.of(&section.id);
        names.extend(elsewhere(&section.id).iter().map(|name| (*name).to_owned()));
        names
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.rows.iter().any(|row| row.id == id)
    }
}

#[test]
fn there_are_as_many_sections_as_the_supplements_have() {
    let sections = Sections::read();
    let of = |platform: &str| sections.rows.iter().filter(|row| row.platform == platform).count();
    assert_eq!((of("lync_2013"), of("lync_2010_iphone")), (34, 12));
}

#[test]
fn every_section_has_its_features_on_its_platform() {
    let project = shipped();
    let model = project.model();
    let sections = Sections::read();
    let mut wrong = Vec::new();
    for row in &sections.rows {
        let names = sections.of(&row.id);
        for name in names.iter().filter(|name| model.names.features.find(name).is_none()) {
            wrong.push(format!("{}: there is no feature `{name}`", row.id));
        }
        // What a section of the desktop says may be a matter of its servers only.
        let platforms: &[&str] = match row.platform.as_str() {
            "lync_2013" => &["lync_2013", "lync_server_2013", "lync_2010"],
            _ => &["lync_2010_iphone"],
        };
        for feature in features(model, &names) {
            if !feature.platforms.iter().any(|platform| platforms.contains(&platform.as_str())) {
                wrong.push(format!("{}: `{}` is on {:?}", row.id, feature.declared.name, feature.platforms));
            }
        }
        if !row.also.is_empty() && names.len() < 2 && !COVERED.contains(&row.id.as_str()) {
            wrong.push(format!("{}: no feature for {:?}", row.id, row.also));
        }
    }
    nothing_of(&wrong);
}

/// Sections whose further decisions need no feature beside the first.
const COVERED: &[&str] = &[
    // A feature cannot decide what becomes of a file that somebody has: its disclosures say so.
    "recording",
    // Logging the text of messages is a condition of what server_side_logging discloses.
    "server_side_logging",
    // The history of a conversation goes with it: until when is said where it is stored.
    "iphone_send_as_email",
    // Merging on the phone has no switch, and is what the feature is.
    "iphone_unified_contact_store",
];

#[test]
fn sections_are_controlled_by_whom_the_catalogue_of_features_says() {
    let project = shipped();
    let sections = Sections::read();
    let mut wrong = Vec::new();
    for row in &sections.rows {
        let of = features(project.model(), &sections.of(&row.id));
        let says = |who: &str| of.iter().any(|it| it.controlled_by.iter().any(|by| by == who || by == "both"));
        let fits = match row.controlled_by_catalogue.as_str() {
            "both" => says("admin") && says("user"),
            other => says(other),
        };
        if !fits {
            wrong.push(format!(
                "{}: controlled by {}, not so in {:?}",
                row.id,
                row.controlled_by_catalogue,
                sections.of(&row.id)
            ));
        }
    }
    nothing_of(&wrong);
}

/// Features of no section: the vendor's block rules, what the phone's supplement takes for granted, and the clients
/// that the instructions for privacy mode warn of.
const OF_NO_SECTION: &[&str] =
    &["invite", "interrupt", "mobile_client", "legacy_client_viewing", "legacy_client_reset"];

#[test]
fn every_feature_belongs_to_one_section_and_is_documented() {
    let project = shipped();
    let sections = Sections::read();
    let mut wrong = Vec::new();
    for feature in project.model().features.values() {
        let name = &feature.declared.name;
        let of: Vec<&String> =
            sections.rows.iter().map(|row| &row.id).filter(|id| sections.of(id).contains(name)).collect();
        let expected = if OF_NO_SECTION.contains(&name.as_str()) { 0 } else { 1 };
        if of.len() != expected {
            wrong.push(format!("{name} belongs to {of:?}"));
        }
        if feature.declared.doc.as_ref().is_none_or(|doc| doc.trim().is_empty()) {
            wrong.push(format!("{name} has no documentation"));
        }
    }
    for (section, _) in SECTIONS {
        if !sections.has(section) {
            wrong.push(format!("there is no section {section}"));
        }
    }
    nothing_of(&wrong);
}
