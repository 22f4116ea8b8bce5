//! What became of the 143 controls: the author's table against the model, and against somebody else's table.

use serde_json::Value;

use prescope::model::{Kind, Parameter, ParameterOf};
use prescope::syntax::ast::Role;

use super::facts::{list, text, texts};
use super::settings::{default_name, scope_name};
use crate::shipped::{SHIPPED, policies};

/// Controls of which the two tables say different things, and why the author's stands.
const DIFFERENCES: [(&str, &str); 9] = [
    ("EnablePIDFLOSupport", TRUNK),
    ("EnableBypass", TRUNK),
    ("ConcentratedTopology", TRUNK),
    ("EnableReferSupport", TRUNK),
    ("RTCPActiveCalls", TRUNK),
    ("RTCPCallsOnHold", TRUNK),
    ("Pin", "the secret is nowhere; that there is one decides, and is an attribute"),
    ("Template", "who has which role decides, and is an attribute"),
    ("user: privacy relationship", "the level is an entry in the directory, and the containers document it"),
];

const TRUNK: &str = "a trunk is a named object, and so its parameters are attributes";

fn tables() -> Vec<(Value, Value)> {
    let (ours, facts) = (list("catalogue/controls.yaml", "rows"), list("catalogue/controls_facts.yaml", "rows"));
    assert_eq!((ours.len(), facts.len()), (143, 143));
    let of = |row: &Value| {
        let found = facts.iter().find(|fact| text(fact, "control") == text(row, "control"));
        found.cloned().unwrap_or_else(|| panic!("no facts about {row}"))
    };
    ours.into_iter().map(|row| (row.clone(), of(&row))).collect()
}

#[test]
fn both_tables_of_controls_agree_but_for_a_few() {
    let mut different = Vec::new();
    for (ours, fact) in tables() {
        let same = match (text(&ours, "became"), text(&fact, "becomes")) {
            ("settings", "setting" | "alias") => text(&ours, "name") == text(&fact, "name"),
            ("attribute of user" | "attribute of meeting", "attribute") => {
                text(&fact, "name").is_empty() || text(&fact, "name") == text(&ours, "name")
            }
            // Where a comment stands is its author's choice.
            ("documentation", "comment") => true,
            _ => false,
        };
        if !same {
            different.push(text(&ours, "control").to_owned());
        }
    }
    let mut explained = DIFFERENCES.map(|(control, _)| control.to_owned()).to_vec();
    different.sort();
    explained.sort();
    assert_eq!(different, explained);
}

fn kind_name(kind: &Kind) -> String {
    match kind {
        Kind::Bool => "bool".to_owned(),
        Kind::Range(low, high) => format!("{low}..{high}"),
        Kind::Enumeration(values) => values.join(" | "),
        Kind::Text => "text".to_owned(),
        other => format!("{other:?}"),
    }
}

fn parameter(role: Role, name: &str) -> Option<&'static Parameter> {
    let model = SHIPPED.model();
    model.names.attributes.get(&role)?.find(name).map(|id| &model.parameters[id])
}

#[test]
fn every_control_became_what_its_author_says() {
    let model = SHIPPED.model();
    for (row, _) in tables() {
        let (first, last) = text(&row, "name").split_once('.').unwrap_or((text(&row, "name"), ""));
        let found = match text(&row, "became") {
            "settings" => {
                let class = model.names.classes.find(first);
                class.and_then(|class| model.names.settings[&class].find(last)).map(|id| &model.parameters[id])
            }
            "attribute of user" => parameter(Role::User, last),
            "attribute of meeting" => parameter(Role::Meeting, last),
            _ => {
                assert!(is_documented(text(&row, "name"), text(&row, "control")), "{row}");
                continue;
            }
        };
        let found = found.unwrap_or_else(|| panic!("{row}"));
        assert_eq!(kind_name(&found.kind), text(&row, "type"), "{row}");
        assert_eq!(default_name(found), text(&row, "default"), "{row}");
        if let ParameterOf::Setting(class) = found.of {
            let scopes: Vec<String> = model.classes[class].scopes.iter().map(scope_name).collect();
            assert_eq!(scopes, texts(&row, "scopes"), "{row}");
        }
    }
}

/// True if the comment of a declaration, or the file of that name, speaks of a control.
fn is_documented(name: &str, control: &str) -> bool {
    if name.ends_with(".prescope") {
        return policies().iter().any(|(file, _)| file == name);
    }
    let model = SHIPPED.model();
    let features = model.features.values().map(|feature| &feature.declared);
    let declared = features.chain(model.classes.values().map(|class| &class.declared));
    let speaks = |doc: &String| doc.to_lowercase().contains(&control.to_lowercase());
    declared.filter(|of| of.name == name).any(|of| of.doc.as_ref().is_some_and(speaks))
}
