//! What leaves through features.

use schemars::JsonSchema;
use serde::Serialize;

use super::json::{At, words};
use super::place;
use super::table::Rows;
use super::usage::control_name;
use crate::model::{Model, Retention, Subject};
use crate::resolve::{Goes, Revealed, RuleSet};
use crate::text::Sources;

/// A table, feature by feature.
pub fn text(rules: &RuleSet, sources: &Sources, revealed: &[Revealed]) -> String {
    let model = rules.model();
    if revealed.is_empty() {
        return "nothing is disclosed\n".to_owned();
    }
    let mut rows = Rows::default();
    rows.push(["feature", "what", "to", "", "when", ""]);
    let mut last = None;
    for line in revealed {
        let feature = if last.replace(line.feature) == Some(line.feature) {
            String::new()
        } else {
            model.features[line.feature].declared.name.clone()
        };
        rows.push([
            feature,
            item(model, line),
            goes(model, &line.to),
            line.certainty.name().to_owned(),
            condition(model, line),
            place(sources, line.span),
        ]);
    }
    rows.render("")
}

fn item(model: &Model, line: &Revealed) -> String {
    let name = model.item_name(line.item);
    line.of.map_or(name.clone(), |of| format!("{name} of {}", of.name()))
}

fn condition(model: &Model, line: &Revealed) -> String {
    match model.condition_name(line.when).as_str() {
        "true" => String::new(),
        condition => format!("when {condition}"),
    }
}

fn goes(model: &Model, to: &Goes) -> String {
    match to {
        Goes::Recipient(to) => model.recipients[*to].declared.name.clone(),
        Goes::Hoster(to, at) => {
            format!("{}, who keeps {}", model.recipients[*to].declared.name, model.places[*at].declared.name)
        }
        Goes::Place(at, retention) => {
            let at = &model.places[*at].declared.name;
            match retention {
                None => format!("stored at {at}"),
                Some(retention) => format!("stored at {at} {}", kept(model, retention)),
            }
        }
    }
}

fn kept(model: &Model, retention: &Retention) -> String {
    match retention {
        Retention::Until(words) => format!("until {words}"),
        Retention::Setting(of, id) => {
            let name = control_name(model, *id);
            format!("for {}'s {name}", of.name())
        }
    }
}

const SCHEMA: &str = "prescope/disclosures/v1";

/// What leaves through features.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// What leaves, feature by feature.
    disclosures: Vec<Wire>,
}

/// Something that a feature discloses or stores.
#[derive(Serialize, JsonSchema)]
struct Wire {
    /// The feature.
    feature: String,
    /// What, as a category, a field or data of the feature.
    item: String,
    /// Whose, if it is said.
    of: Option<&'static str>,
    /// To which recipient.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    /// Whether people outside of the organisation can be among the recipients.
    #[serde(skip_serializing_if = "Option::is_none")]
    external: Option<bool>,
    /// Where it is stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<String>,
    /// For how long.
    #[serde(skip_serializing_if = "Option::is_none")]
    retention: Option<String>,
    /// The condition as it is written; `true` if there is none.
    when: String,
    /// `possible` if anything that decides it is unknown.
    #[schemars(extend("enum" = words::certainties()))]
    certainty: &'static str,
    /// Where it is said.
    at: At,
}

/// `prescope/disclosures/v1`
pub fn json(rules: &RuleSet, sources: &Sources, revealed: &[Revealed]) -> String {
    let model = rules.model();
    let wire = |line: &Revealed| {
        let (to, at, retention) = match &line.to {
            Goes::Recipient(to) => (Some(*to), None, None),
            Goes::Hoster(to, at) => (Some(*to), Some(*at), None),
            Goes::Place(at, retention) => (None, Some(*at), retention.as_ref()),
        };
        Wire {
            feature: model.features[line.feature].declared.name.clone(),
            item: model.item_name(line.item),
            of: line.of.map(Subject::name),
            to: to.map(|to| model.recipients[to].declared.name.clone()),
            external: to.map(|to| model.recipients[to].external),
            place: at.map(|at| model.places[at].declared.name.clone()),
            retention: retention.map(|retention| kept(model, retention)),
            when: model.condition_name(line.when),
            certainty: line.certainty.name(),
            at: At::of(sources, line.span),
        }
    };
    super::json::line(&Document { schema: SCHEMA, disclosures: revealed.iter().map(wire).collect() })
}
