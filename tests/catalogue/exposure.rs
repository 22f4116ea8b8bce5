//! What features reveal, and to whom, against what the sources say.

use prescope::model::Model;
use serde::Deserialize;

use super::names::{is_item, is_known_item, is_no_data, is_recipient};
use super::{Sections, disclosures, features, nothing_of, read, shipped};

/// A row of `exposure.yaml`.
#[derive(Deserialize, Debug)]
#[serde(deny_unknown_fields)]
pub(super) struct Row {
    pub(super) feature: String,
    pub(super) item: String,
    pub(super) to: String,
    pub(super) discloses: bool,
    pub(super) condition: String,
}

/// `exposure.yaml`.
#[derive(Deserialize)]
pub(super) struct Facts {
    pub(super) rows: Vec<Row>,
}

/// Facts that are no disclosure of a feature: feature, item (`*` is any), recipient, and why.
const EXCEPTIONS: &[(&str, &str, &str, &str)] = &[
    ("lync_web_app_server", "meeting_information", "server", "which meeting it is, is the question of the feature"),
    ("personal_picture", "uploaded_picture", "server", "the server keeps it: a place, not a recipient"),
    ("private_line", "private_number", "chosen_people", "its owner tells them, by word of mouth"),
    ("recording", "recording", "chosen_people", "what the recorder does with a file is not the feature's doing"),
    ("unified_contact_store", "*", "exchange", "the mailbox keeps it: a place, not a recipient"),
    ("iphone_logging", "*", "owner", "it is on the person's own phone: a place, not a recipient"),
];

impl Row {
    fn is_of(&self, (feature, item, to, _): &(&str, &str, &str, &str)) -> bool {
        self.discloses && *feature == self.feature && (*item == "*" || *item == self.item) && *to == self.to
    }

    fn is_excepted(&self) -> bool {
        is_no_data(&self.item) || EXCEPTIONS.iter().any(|exception| self.is_of(exception))
    }

    fn name(&self) -> String {
        format!("{}: {} to {}", self.feature, self.item, self.to)
    }

    /// What is wrong with a set by this row.
    fn wrong(&self, model: &Model, sections: &Sections) -> Option<String> {
        let of = features(model, &sections.around(&self.feature));
        let disclosed = disclosures(model, &of);
        let is = |item: &str, to: &str| is_item(&self.feature, &self.item, item) && is_recipient(&self.to, to);
        let here: Vec<_> = disclosed.iter().filter(|(item, to, it)| it.item.is_some() && is(item, to)).collect();
        if self.discloses {
            return here.is_empty().then(|| format!("{} is not disclosed", self.name()));
        }
        if self.condition.is_empty() {
            return (!here.is_empty()).then(|| format!("{} is disclosed", self.name()));
        }
        // It goes there sometimes, so something has to decide: a rule of a feature, or a condition.
        let decided = of.iter().any(|it| !it.rules.is_empty())
            || here.iter().any(|(_, _, it)| model.condition_name(it.when) != "true");
        (!decided && !here.is_empty()).then(|| format!("{} is disclosed whatever happens", self.name()))
    }
}

impl Facts {
    pub(super) fn wrong(&self, model: &Model, sections: &Sections) -> Vec<String> {
        let asked = self.rows.iter().filter(|row| !row.is_excepted());
        asked.filter_map(|row| row.wrong(model, sections)).collect()
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
    let needed = |exception: &(&str, &str, &str, &str)| {
        let of = facts.rows.iter().filter(|row| row.is_of(exception) && !is_no_data(&row.item));
        of.map(|row| row.wrong(project.model(), &sections)).any(|wrong| wrong.is_some())
    };
    let idle = EXCEPTIONS.iter().filter(|exception| !needed(exception));
    nothing_of(&idle.map(|(feature, item, to, _)| format!("{feature}: {item} to {to}")).collect::<Vec<_>>());
}
