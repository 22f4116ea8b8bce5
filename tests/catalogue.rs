//! The shipped catalogue against facts that were transcribed from the sources by themselves.
//!
//! Each module holds one fact table and the words that tie its names to ours. A check says what is wrong in sentences;
//! `removal` takes the catalogue apart line by line and wants to hear one of them each time.

mod asked;
mod controls;
mod exposure;
mod lines;
mod names;
mod recipients;
mod removal;
mod sections;
mod settings;
mod storage;
mod vendor;
mod witnesses;
mod worlds;

use prescope::library;
use prescope::model::{Disclosure, Feature, Model, Storage};
use prescope::project::Project;
use serde::de::DeserializeOwned;

use crate::given;
use sections::Sections;

/// The catalogue as anybody gets it.
fn shipped() -> Project {
    Project::builder().policy("catalogue.prescope", "use std/lync2013\n").build()
}

/// The paths and texts of the catalogue's files.
fn files() -> Vec<(String, String)> {
    let files = library::files("std/lync2013").unwrap();
    files.map(|file| (file.path.to_owned(), file.text.to_owned())).collect()
}

/// A table of facts.
fn read<T: DeserializeOwned>(name: &str) -> T {
    let text = given::text_of(&format!("tests/fixtures/catalogue/{name}.yaml"));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}.yaml: {error}"))
}

/// Ends the test if a check found anything.
fn nothing_of(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} of it:\n{}", wrong.len(), wrong.join("\n"));
}

/// All fact tables that speak of lines.
struct Facts {
    sections: Sections,
    exposure: exposure::Facts,
    vendor: vendor::Facts,
    storage: storage::Facts,
    settings: settings::Facts,
    lines: lines::Facts,
}

impl Facts {
    fn read() -> Facts {
        Facts {
            sections: Sections::read(),
            exposure: read("exposure"),
            vendor: read("vendor"),
            storage: read("storage"),
            settings: read("settings"),
            lines: read("lines"),
        }
    }

    /// What the tables of the sources hold against a set.
    fn held_by_sources(&self, model: &Model) -> Vec<String> {
        let mut wrong = self.exposure.wrong(model, &self.sections);
        wrong.extend(self.vendor.wrong(model, &self.sections));
        wrong.extend(self.storage.wrong(model, &self.sections));
        wrong.extend(self.settings.wrong(model));
        wrong
    }
}

/// The features of these names that the set has.
fn features<'a>(model: &'a Model, names: &[String]) -> Vec<&'a Feature> {
    let of = |name: &String| model.names.features.find(name).map(|id| &model.features[id]);
    names.iter().filter_map(of).collect()
}

/// What features disclose, with its name and its recipient's.
fn disclosures<'a>(model: &'a Model, of: &[&'a Feature]) -> Vec<(String, &'a str, &'a Disclosure)> {
    let named = |disclosure: &'a Disclosure| {
        let item = disclosure.item.map_or_else(|| "nothing".to_owned(), |item| model.item_name(item));
        (item, model.recipients[disclosure.to].declared.name.as_str(), disclosure)
    };
    of.iter().flat_map(|feature| feature.discloses.iter()).map(named).collect()
}

/// What features store, with its name and its place's.
fn stores<'a>(model: &'a Model, of: &[&'a Feature]) -> Vec<(String, &'a str, &'a Storage)> {
    let named = |storage: &'a Storage| {
        (model.item_name(storage.item), model.places[storage.at].declared.name.as_str(), storage)
    };
    of.iter().flat_map(|feature| feature.stores.iter()).map(named).collect()
}
