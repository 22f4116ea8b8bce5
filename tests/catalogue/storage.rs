//! What features store, where, and how long, against what the sources say.

use prescope::model::{Model, ParameterOf, Retention};
use serde::Deserialize;

use super::names::{is_item, is_known_item, is_no_data, is_place};
use super::{Sections, features, nothing_of, read, shipped, stores};

/// A row of `storage.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    feature: String,
    item: String,
    stored: bool,
    place: String,
    #[serde(rename = "retention")]
    _retention: String,
    setting: String,
}

/// `storage.yaml`.
#[derive(Deserialize)]
pub(super) struct Facts {
    rows: Vec<Row>,
}

/// Facts that are no storage of a feature: feature, item, place, and why.
const EXCEPTIONS: &[(&str, &str, &str, &str)] =
    &[("pin_authentication", "pin", "backend_database", "what is kept is the hash, and both go by one name")];

/// Settings that say how much is kept, not how long.
const NO_PERIODS: &[&str] = &["UserServicesConfiguration.MaxPersonalNotes"];

impl Row {
    fn is_excepted(&self) -> bool {
        let this = (self.feature.as_str(), self.item.as_str(), self.place.as_str());
        let excepted = EXCEPTIONS.iter().any(|(feature, item, place, _)| (*feature, *item, *place) == this);
        excepted || is_no_data(&self.item)
    }

    fn name(&self) -> String {
        format!("{}: {} at {}", self.feature, self.item, self.place)
    }

    /// What is wrong with a set by this row.
    fn wrong(&self, model: &Model, sections: &Sections) -> Option<String> {
        let of = features(model, &sections.around(&self.feature));
        let stored = stores(model, &of);
        let here: Vec<_> = stored
            .iter()
            .filter(|(item, place, _)| is_item(&self.feature, &self.item, item) && is_place(&self.place, place))
            .collect();
        if here.is_empty() == self.stored {
            let says = if self.stored { "is not stored" } else { "is stored" };
            return Some(format!("{} {says}", self.name()));
        }
        let by_setting = |retention: &Option<Retention>| match retention {
            Some(Retention::Setting(_, parameter)) => {
                let parameter = &model.parameters[*parameter];
                let ParameterOf::Setting(class) = parameter.belongs_to else { return false };
                self.setting == format!("{}.{}", model.classes[class].declared.name, parameter.declared.name)
            }
            _ => false,
        };
        let expected = !self.setting.is_empty() && !NO_PERIODS.contains(&self.setting.as_str());
        (expected && !here.iter().any(|(_, _, it)| by_setting(&it.retention)))
            .then(|| format!("{} is not stored for {}", self.name(), self.setting))
    }
}

impl Facts {
    pub(super) fn wrong(&self, model: &Model, sections: &Sections) -> Vec<String> {
        self.rows.iter().filter(|row| !row.is_excepted()).filter_map(|row| row.wrong(model, sections)).collect()
    }
}

#[test]
fn features_store_what_the_sources_say_they_do_and_nothing_that_they_deny() {
    let facts: Facts = read("storage");
    nothing_of(&facts.wrong(shipped().model(), &Sections::read()));
}

#[test]
fn every_stored_item_of_the_facts_has_a_name_here_or_a_reason_not_to() {
    let facts: Facts = read("storage");
    let unknown = facts.rows.iter().filter(|row| !row.is_excepted() && !is_known_item(&row.item));
    nothing_of(&unknown.map(Row::name).collect::<Vec<_>>());
}
