//! What features reveal, and to whom, against what the sources say.

use prescope::model::Model;
use serde::Deserialize;

use super::names::{is_item, is_known_item, is_recipient};
use super::{Sections, disclosures, features, nothing_of, read, shipped};

/// A row of `exposure.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    feature: String,
    item: String,
    to: String,
    discloses: bool,
    #[serde(rename = "condition")]
    _condition: String,
}

/// `exposure.yaml`.
#[derive(Deserialize)]
pub(super) struct Facts {
    rows: Vec<Row>,
}

/// Facts that are no disclosure of a feature: feature, item (`*` is any), recipient, and why.
const EXCEPTIONS: &[(&str, &str, &str, &str)] = &[
];

impl Row {
    fn is_excepted(&self) -> bool {
        let fits = |pattern: &str, name: &str| pattern == "*" || pattern == name;
        EXCEPTIONS.iter().any(|(feature, item, to, _)| {
            fits(feature, &self.feature) && fits(item, &self.item) && fits(to, &self.to)
        })
    }

    fn name(&self) -> String {
        format!("{}: {} to {}", self.feature, self.item, self.to)
    }

    /// What is wrong with a set by this row.
    fn wrong(&self, all: &[Row], model: &Model, sections: &Sections) -> Option<String> {
        let of = features(model, &sections.around(&self.feature));
        let disclosed = disclosures(model, &of);
        let is = |item: &str, to: &str| is_item(&self.feature, &self.item, item) && is_recipient(&self.to, to);
        let found = disclosed.iter().any(|(item, to, it)| it.item.is_some() && is(item, to));
        if self.discloses {
            return (!found).then(|| format!("{} is not disclosed", self.name()));
        }
        // A true row of the same thing: then they exclude each other by conditions, and something has to decide.
        let other = |row: &&Row| {
            row.discloses && (&row.feature, &row.item, &row.to) == (&self.feature, &self.item, &self.to)
        };
        if all.iter().find(other).is_none() {
            return found.then(|| format!("{} is disclosed", self.name()));
        }
        let decided = of.iter().any(|it| !it.rules.is_empty())
            || disclosed.iter().any(|(item, to, it)| is(item, to) && model.condition_name(it.when) != "true");
        (!decided).then(|| format!("{} is disclosed whatever happens", self.name()))
    }
}

impl Facts {
    pub(super) fn wrong(&self, model: &Model, sections: &Sections) -> Vec<String> {
        let asked = self.rows.iter().filter(|row| !row.is_excepted());
        asked.filter_map(|row| row.wrong(&self.rows, model, sections)).collect()
    }
}

#[test]
fn features_disclose_what_the_sources_say_they_do_and_nothing_that_they_deny() {
    let facts: Facts = read("exposure");
    nothing_of(&facts.wrong(shipped().model(), &Sections::read()));
}

#[test]
fn every_item_of_the_facts_has_a_name_here_or_a_reason_not_to() {
    let facts: Facts = read("exposure");
    let unknown = facts.rows.iter().filter(|row| !row.is_excepted() && !is_known_item(&row.item));
    nothing_of(&unknown.map(Row::name).collect::<Vec<_>>());
}

#[test]
fn every_exception_is_one() {
    let facts: Facts = read("exposure");
    let (project, sections) = (shipped(), Sections::read());
    let idle = EXCEPTIONS.iter().filter(|(feature, item, to, _)| {
        !facts.rows.iter().any(|row| {
            let fits = |pattern: &str, name: &str| pattern == "*" || pattern == name;
            fits(feature, &row.feature)
                && fits(item, &row.item)
                && fits(to, &row.to)
                && (!is_known_item(&row.item) || row.wrong(&facts.rows, project.model(), &sections).is_some())
        })
    });
    nothing_of(&idle.map(|(feature, item, to, _)| format!("{feature}: {item} to {to}")).collect::<Vec<_>>());
}
