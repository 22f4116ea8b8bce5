//! What leaves through features.

use schemars::JsonSchema;
use serde::Serialize;

use super::answer::first_meetings;
use super::json::{At, words};
use super::page::Page;
use super::place;
use super::table::Rows;
use super::usage::control_name;
use crate::language::Sources;
use crate::model::{ConditionId, Goes, Model, RecipientId, Retention, Subject, Value};
use crate::resolve::{Occasion, Revealed};

/// A table, feature by feature.
pub fn text(model: &Model, sources: &Sources, revealed: &[Revealed]) -> Page {
    if revealed.is_empty() {
        return Page::from("nothing is disclosed\n");
    }
    let mut rows = Rows::default();
    rows.push(["feature", "what", "to", "", "", "when", ""]);
    let mut last = None;
    for line in revealed {
        let feature = if last.replace(line.feature) == Some(line.feature) {
            String::new()
        } else {
            model.features[line.feature].declared.name.clone()
        };
        rows.push([
            feature,
            model.item_of(line.item, line.whose),
            goes(model, &line.to),
            line.certainty.name().to_owned(),
            occasions(model, line),
            condition(model, line.when),
            place(sources, line.span),
        ]);
    }
    rows.render("")
}

/// The condition behind `when`, if it can fail.
pub(super) fn condition(model: &Model, when: ConditionId) -> String {
    model.condition_unless_always(when).map(|condition| format!("when {condition}")).unwrap_or_default()
}

fn goes(model: &Model, to: &Goes) -> String {
    let recipient = |to: RecipientId| {
        let name = &model.recipients[to].declared.name;
        if model.recipients[to].external { format!("{name} (external)") } else { name.clone() }
    };
    match to {
        Goes::Recipient(to) => recipient(*to),
        Goes::Hoster(to, at) => format!("{}, who keeps {}", recipient(*to), model.places[*at].declared.name),
        Goes::Place(at, retention) => {
            let at = &model.places[*at].declared.name;
            match retention {
                None => format!("stored at {at}"),
                Some(retention) => format!("stored at {at} {}", kept(model, retention)),
            }
        }
    }
}

/// "in budget_review", "as presenter in board_call": the meetings in which it is certain, or else those in which it can
/// be, and the roles that it takes.
fn occasions(model: &Model, line: &Revealed) -> String {
    let so: Vec<&Occasion> = line.occasions.iter().filter(|it| it.certainty == line.certainty).collect();
    let names = model.roles();
    let mut roles: Vec<&Value> = so.iter().flat_map(|occasion| &occasion.roles).collect();
    roles.sort_unstable();
    roles.dedup();
    let mut words = Vec::new();
    if roles.len() < names.len() && !roles.is_empty() {
        let roles: Vec<&str> = roles.iter().filter_map(|role| names.get(role.0 as usize)).map(String::as_str).collect();
        words.push(format!("as {}", roles.join(" or ")));
    }
    let mut meetings = so.iter().filter_map(|occasion| occasion.meeting).peekable();
    if meetings.peek().is_some() {
        words.push(format!("in {}", first_meetings(model, meetings)));
    }
    words.join(" ")
}

/// How long something is kept: "for organizer's KeepDays".
pub(super) fn kept(model: &Model, retention: &Retention) -> String {
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
    /// What is doubtful about the question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

/// Something that a feature discloses or stores.
#[derive(Serialize, JsonSchema)]
struct Wire {
    /// The feature.
    feature: String,
    /// What, as a category, a field or data of the feature.
    item: String,
    /// Whose, if it is said.
    #[serde(rename = "of")]
    whose: Option<&'static str>,
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
    /// `certain` only if it happens whenever the feature is used, and in a meeting of the directory if it is about
    /// meetings.
    #[schemars(extend("enum" = words::certainties()))]
    certainty: &'static str,
    /// Of a feature of meetings: in which it happens, or can.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    r#in: Vec<WireOccasion>,
    /// Where it is said.
    at: At,
}

/// A meeting in which something is disclosed or stored.
#[derive(Serialize, JsonSchema)]
struct WireOccasion {
    /// Which; null is any that the directory does not have.
    meeting: Option<String>,
    /// As what people take part who disclose it.
    roles: Vec<String>,
    /// `certain` for people who take part as the directory lists them.
    #[schemars(extend("enum" = words::certainties()))]
    certainty: &'static str,
}

/// `prescope/disclosures/v1`
pub fn json(model: &Model, sources: &Sources, revealed: &[Revealed], warnings: Vec<String>) -> String {
    let names = model.roles();
    let occasion = |occasion: &Occasion| WireOccasion {
        meeting: occasion.meeting.map(|meeting| model.meetings[meeting].name.clone()),
        roles: occasion.roles.iter().filter_map(|role| names.get(role.0 as usize).cloned()).collect(),
        certainty: occasion.certainty.name(),
    };
    let wire = |line: &Revealed| {
        let (to, at, retention) = match &line.to {
            Goes::Recipient(to) => (Some(*to), None, None),
            Goes::Hoster(to, at) => (Some(*to), Some(*at), None),
            Goes::Place(at, retention) => (None, Some(*at), retention.as_ref()),
        };
        Wire {
            feature: model.features[line.feature].declared.name.clone(),
            item: model.item_name(line.item),
            whose: line.whose.map(Subject::name),
            to: to.map(|to| model.recipients[to].declared.name.clone()),
            external: to.map(|to| model.recipients[to].external),
            place: at.map(|at| model.places[at].declared.name.clone()),
            retention: retention.map(|retention| kept(model, retention)),
            when: model.condition_name(line.when),
            certainty: line.certainty.name(),
            r#in: line.occasions.iter().map(occasion).collect(),
            at: At::new(sources, line.span),
        }
    };
    super::json::line(&Document { schema: SCHEMA, disclosures: revealed.iter().map(wire).collect(), warnings })
}
