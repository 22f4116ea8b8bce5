//! What each feature reveals to whom, in the worlds that the conditions describe, and about the vendor.

use serde_json::Value;

use super::facts::{Mapped, assumption, list, text};
use super::sections;
use crate::shipped::{SHIPPED, Shipped, World};

/// A statement with all it needs to be asked.
pub(crate) struct Statement {
    /// The features of ours that it is about.
    pub(crate) about: Vec<String>,
    row: Value,
    worlds: Vec<World>,
    said_by: Vec<Mapped>,
}

/// Every statement of `exposure.yaml`.
pub(crate) fn statements() -> Vec<Statement> {
    let worlds = list("catalogue/mapping.yaml", "worlds");
    let unsaid = list("catalogue/mapping.yaml", "unsaid");
    let is_for = |of: &Value, row: &Value| {
        text(of, "feature") == text(row, "feature")
            && text(row, "condition").starts_with(text(of, "condition"))
            && (text(of, "to").is_empty() || text(of, "to") == text(row, "to"))
    };
    let groups = Mapped::read("exposure", "to");
    let mut statements = Vec::new();
    for row in list("catalogue/exposure.yaml", "rows") {
        if unsaid.iter().any(|of| is_for(of, &row)) {
            continue;
        }
        let says = |group: &&Mapped| group.says(text(&row, "feature"), text(&row, "item"), text(&row, "to"));
        let said_by: Vec<Mapped> = groups.iter().filter(says).cloned().collect();
        assert!(!said_by.is_empty(), "mapping.yaml says nothing of {row}");
        let about = said_by.iter().flat_map(|group| group.ours.iter().map(|line| line.feature.clone())).collect();
        let worlds = worlds.iter().find(|of| is_for(of, &row)).map_or_else(|| vec![World::new()], worlds_of);
        statements.push(Statement { about, row, worlds, said_by });
    }
    statements
}

fn worlds_of(row: &Value) -> Vec<World> {
    let worlds = row.get("in").and_then(Value::as_array).expect("worlds");
    let world = |world: &Value| {
        let values = world.as_array().expect("a world");
        values.iter().map(|value| assumption(value.as_str().expect("an assumption"))).collect()
    };
    worlds.iter().map(world).collect()
}

impl Statement {
    /// What is wrong with it, if anything.
    pub(crate) fn check(&self, shipped: &Shipped) -> Option<String> {
        let discloses = self.row.get("discloses").and_then(Value::as_bool).expect("discloses");
        for group in &self.said_by {
            for world in &self.worlds {
                let live = |line: &super::facts::Line| line.is_live(shipped, world, !discloses);
                let holds = match discloses {
                    true => group.ours.is_empty() || group.ours.iter().any(live),
                    false => !group.ours.iter().any(live),
                };
                if !holds {
                    return Some(format!("{} in {world:?}", self.row));
                }
            }
        }
        None
    }
}

#[test]
fn every_statement_about_exposure_holds() {
    let wrong: Vec<String> = statements().iter().filter_map(|statement| statement.check(&SHIPPED)).collect();
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_exception_is_of_use_and_says_why() {
    let rows = list("catalogue/exposure.yaml", "rows");
    for unsaid in list("catalogue/mapping.yaml", "unsaid") {
        let is_it = |row: &&Value| {
            text(row, "feature") == text(&unsaid, "feature")
                && text(row, "condition").starts_with(text(&unsaid, "condition"))
        };
        assert!(rows.iter().any(|row| is_it(&row)), "{unsaid}");
        assert!(!text(&unsaid, "because").is_empty(), "{unsaid}");
    }
    for (name, place) in [("exposure", "to"), ("storage", "at")] {
        let groups = Mapped::read(name, place);
        assert!(groups.iter().all(|group| !group.ours.is_empty() || !group.because.is_empty()));
    }
}

/// What a section says of the vendor, and what its features do.
pub(crate) fn vendor(shipped: &Shipped, row: &Value) -> Option<String> {
    let model = shipped.model();
    let vendor = model.names.recipients.find("vendor").expect("the vendor");
    let features = sections::features_of(text(row, "section"));
    let lines = |wanted: bool| {
        features.iter().any(|feature| {
            let of = &model.features[shipped.feature(feature)];
            of.discloses.iter().any(|line| line.to == vendor && line.item.is_none() == wanted)
        })
    };
    let (nothing, something) = (lines(true), lines(false));
    let holds = match text(row, "sends") {
        "nothing" => nothing && !something,
        // The phone's section is the only silent one with something to tell: of a service with the vendor's name.
        "silent" if !text(row, "what").is_empty() => something,
        "silent" => !something,
        _ => something,
    };
    (!holds).then(|| format!("{row}: nothing {nothing}, something {something}"))
}

#[test]
fn every_section_says_of_the_vendor_what_its_source_says() {
    let rows = list("catalogue/vendor.yaml", "rows");
    assert_eq!(rows.len(), 46);
    let wrong: Vec<String> = rows.iter().filter_map(|row| vendor(&SHIPPED, row)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where a source promises that nothing goes to the vendor, each feature that states a part of it repeats the promise;
/// where it is silent, so are they.
pub(crate) fn promises(shipped: &Shipped, row: &Value) -> Vec<String> {
    let model = shipped.model();
    let vendor = model.names.recipients.find("vendor").expect("the vendor");
    let sends = text(row, "sends");
    let mut wrong = Vec::new();
    for feature in sections::features_of(text(row, "section")) {
        let of = &model.features[shipped.feature(&feature)];
        let promises = of.discloses.iter().any(|line| line.to == vendor && line.item.is_none());
        let expected = sends == "nothing" && !SILENT.contains(&feature.as_str());
        if promises != expected {
            wrong.push(format!("{feature} of {}: promises {promises}", text(row, "section")));
        }
    }
    wrong
}

/// Features of a section that promises something, which have nothing to promise: they decide and handle no data.
const SILENT: [&str; 2] = ["iphone_delegate_configuration", "iphone_settings"];

#[test]
fn every_feature_promises_what_its_section_promises() {
    let rows = list("catalogue/vendor.yaml", "rows");
    let wrong: Vec<String> = rows.iter().flat_map(|row| promises(&SHIPPED, row)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
