//! What sections say about the vendor, and what their features do.

use prescope::model::Model;
use serde::Deserialize;

use super::{Sections, disclosures, features, nothing_of, read, shipped};

/// A row of `vendor.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    section: String,
    sends: Sends,
    #[serde(rename = "what")]
    _what: String,
    #[serde(rename = "condition")]
    _condition: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
enum Sends {
    Nothing,
    Something,
    NothingByItself,
    Silent,
}

/// `vendor.yaml`.
#[derive(Deserialize)]
pub(super) struct Facts {
    rows: Vec<Row>,
}

/// Sections that say nothing about the vendor, and still name a service that bears its name.
const SILENT_BUT_SENDING: &[&str] = &["iphone_push_notifications"];

impl Facts {
    pub(super) fn wrong(&self, model: &Model, sections: &Sections) -> Vec<String> {
        self.rows.iter().filter_map(|row| of_section(row, model, sections)).collect()
    }
}

fn of_section(row: &Row, model: &Model, sections: &Sections) -> Option<String> {
    let disclosed = disclosures(model, &features(model, &sections.around(&row.section)));
    let to_vendor = || disclosed.iter().filter(|(_, to, _)| *to == "vendor");
    let says_nothing = to_vendor().any(|(_, _, it)| it.item.is_none());
    let sends: Vec<_> = to_vendor().filter(|(_, _, it)| it.item.is_some()).collect();
    // What is sent by hand only has a condition; a report and a notification have the feature's rules.
    let whenever = sends.iter().any(|(_, _, it)| model.condition_name(it.when) == "true");
    let silent_but_sending = SILENT_BUT_SENDING.contains(&row.section.as_str());
    let wrong = match row.sends {
        Sends::Nothing if !says_nothing => "does not say `discloses nothing to vendor`",
        Sends::Nothing if !sends.is_empty() => "discloses something to the vendor",
        Sends::Something if sends.is_empty() => "discloses nothing to the vendor",
        Sends::NothingByItself if sends.is_empty() => "does not say what can be sent to the vendor by hand",
        Sends::NothingByItself if whenever => "sends to the vendor by itself",
        Sends::Silent if silent_but_sending == sends.is_empty() => "breaks its silence about the vendor",
        _ => return None,
    };
    Some(format!("{} {wrong}", row.section))
}

#[test]
fn features_promise_about_the_vendor_what_their_sections_do() {
    let facts: Facts = read("vendor");
    assert_eq!(facts.rows.len(), 46);
    nothing_of(&facts.wrong(shipped().model(), &Sections::read()));
}
