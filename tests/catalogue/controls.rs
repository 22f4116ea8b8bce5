//! What became of each documented control: the author's table against an independent one, and both against the set.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::settings::{ATTRIBUTES, attribute, default_name, scope_name, setting};
use super::{files, nothing_of, read, shipped};

/// A row of `controls.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    control: String,
    #[serde(rename = "carried_by")]
    _carried_by: String,
    became: String,
    name: String,
    #[serde(rename = "type")]
    _type: Option<String>,
    default: Option<String>,
    scopes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Author {
    rows: Vec<Row>,
}

/// A row of `controls_facts.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fact {
    control: String,
    becomes: String,
    name: String,
    #[serde(rename = "sections")]
    _sections: Vec<String>,
    #[serde(rename = "note")]
    _note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Independent {
    rows: Vec<Fact>,
}

fn author() -> BTreeMap<String, Row> {
    read::<Author>("controls").rows.into_iter().map(|row| (row.control.clone(), row)).collect()
}

fn independent() -> BTreeMap<String, Fact> {
    read::<Independent>("controls_facts").rows.into_iter().map(|row| (row.control.clone(), row)).collect()
}

/// Controls that became more than the independent table asks for, and why.
const MORE: &[(&str, &str)] = &[
    ("Pin", "the secret is not read, but whether there is one decides"),
    ("Template", "the role a person's rights come from decides what an administrator may do"),
];

#[test]
fn both_tables_know_the_same_controls() {
    let (author, independent) = (author(), independent());
    assert_eq!(author.len(), 143);
    assert_eq!(author.keys().collect::<Vec<_>>(), independent.keys().collect::<Vec<_>>());
}

#[test]
fn controls_became_what_the_facts_say() {
    let author = author();
    let mut wrong = Vec::new();
    for (control, fact) in independent() {
        let Some(row) = author.get(&control) else { continue };
        let trunk = ATTRIBUTES.iter().find(|(class, name, _)| fact.name == format!("{class}.{name}"));
        let fits = match (fact.becomes.as_str(), row.became.as_str(), trunk) {
            (_, _, Some((_, _, ours))) => row.name == format!("user.{ours}"),
            ("setting" | "alias", "settings", None) => row.name == fact.name,
            ("attribute", "attribute of user" | "attribute of meeting", None) => {
                fact.name.is_empty() || row.name == fact.name
            }
            ("comment" | "directory", "documentation", None) => true,
            _ => MORE.iter().any(|(of, _)| *of == control),
        };
        if !fits {
            wrong.push(format!("{control}: {} {}, but {} {}", fact.becomes, fact.name, row.became, row.name));
        }
    }
    nothing_of(&wrong);
}

#[test]
fn whatever_a_control_became_is_there() {
    let project = shipped();
    let model = project.model();
    let mut wrong = Vec::new();
    for (control, row) in author() {
        let (parameter, scopes) = match row.became.as_str() {
            "settings" => match row.name.split_once('.').and_then(|(class, name)| setting(model, class, name)) {
                Some((class, parameter)) => (Some(parameter), class.scopes.iter().map(scope_name).collect()),
                None => (None, Vec::new()),
            },
            "documentation" => continue,
            _ => (attribute(model, &row.name), Vec::new()),
        };
        match parameter {
            None => wrong.push(format!("{control}: there is no {}", row.name)),
            Some(parameter) => {
                let default = default_name(model, parameter);
                if row.default.as_ref() != Some(&default) || row.scopes != scopes {
                    wrong.push(format!("{control}: {} is {default} by default, at {scopes:?}", row.name));
                }
            }
        }
    }
    nothing_of(&wrong);
}

#[test]
fn controls_that_are_words_only_have_their_words() {
    let project = shipped();
    let model = project.model();
    let files = files();
    let mentions = |doc: &String, control: &str| doc.to_lowercase().contains(&control.to_lowercase());
    let mut wrong = Vec::new();
    for (control, row) in author().into_iter().filter(|(_, row)| row.became == "documentation") {
        let class = model.names.classes.find(&row.name).map(|id| &model.classes[id].declared);
        let feature = model.names.features.find(&row.name).map(|id| &model.features[id].declared);
        let found = match (class.or(feature), files.iter().find(|(path, _)| path.ends_with(&format!("/{}", row.name))))
        {
            (Some(declared), _) => declared.doc.as_ref().is_some_and(|doc| mentions(doc, &control)),
            // A file speaks of it as a whole.
            (None, file) => file.is_some(),
        };
        if !found {
            wrong.push(format!("{control}: {} does not mention it", row.name));
        }
    }
    nothing_of(&wrong);
}
