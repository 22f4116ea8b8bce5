//! Every line of every feature and guard, one by one: each rule in a world where it decides, and what is revealed.

use serde_json::Value;

use prescope::model::{FeatureId, Item, Model, Retention, Subject};
use prescope::resolve::{Answer, Context};

use super::facts::{assumption, list, text, texts};
use crate::shipped::{SHIPPED, Shipped, World};

/// What a feature discloses and stores, each as one sentence.
pub(crate) fn revealed(model: &Model, feature: FeatureId) -> [(&'static str, Vec<String>); 2] {
    let of = &model.features[feature];
    let what = |item: Item, of: Option<Subject>| {
        let whose = of.map(|subject| format!(" of {}", subject.name())).unwrap_or_default();
        format!("{}{whose}", model.item_name(item))
    };
    let when = |condition| match model.condition_name(condition).as_str() {
        "true" => String::new(),
        text => format!(" when {text}"),
    };
    let disclosed = of.discloses.iter().map(|line| {
        let item = line.item.map_or("nothing".to_owned(), |item| what(item, line.of));
        format!("{item} to {}{}", model.recipients[line.to].declared.name, when(line.when))
    });
    let stored = of.stores.iter().map(|line| {
        let how_long = match &line.retention {
            Some(Retention::Setting(subject, id)) => {
                format!(" for {}.{}", subject.name(), model.parameters[*id].declared.name)
            }
            Some(Retention::Until(text)) => format!(" until {text}"),
            None => String::new(),
        };
        let place = &model.places[line.at].declared.name;
        format!("{} at {place}{how_long}{}", what(line.item, line.of), when(line.when))
    });
    [("discloses", disclosed.collect()), ("stores", stored.collect())]
}

/// The entry of a feature, or of `guard` and what it guards, in `lines.yaml`.
pub(crate) fn entry<'l>(entries: &'l [Value], name: &str) -> Option<&'l Value> {
    entries.iter().find(|entry| match name.strip_prefix("guard ") {
        Some(guarded) => text(entry, "guard") == guarded,
        None => text(entry, "feature") == name,
    })
}

/// All entries, guards first.
pub(crate) fn entries() -> Vec<Value> {
    [list("catalogue/lines.yaml", "guards"), list("catalogue/lines.yaml", "features")].concat()
}

fn rows<'e>(entry: &'e Value, key: &str) -> impl Iterator<Item = &'e Value> {
    entry.get(key).and_then(Value::as_array).into_iter().flatten()
}

fn world(row: &Value) -> World {
    texts(row, "in").iter().map(|text| assumption(text)).collect()
}

/// What is wrong with an entry, if anything.
pub(crate) fn check(shipped: &Shipped, entry: &Value) -> Option<String> {
    if entry.get("guard").is_some() { guard(shipped, entry) } else { feature(shipped, entry) }
}

/// A guard's rule hides what would be seen.
fn guard(shipped: &Shipped, entry: &Value) -> Option<String> {
    let target = text(entry, "sees");
    let hides = |row: &&Value| {
        let viewer = text(row, "who");
        // Only Anna has people at every level.
        let owner = if viewer.starts_with('l') { "anna@contoso.com" } else { "cleo@contoso.com" };
        shipped.sees(viewer, owner, target, &world(row)) == Answer::Hidden
    };
    rows(entry, "rules").find(|row| !hides(row)).map(|row| format!("{target} is seen: {row}"))
}

fn feature(shipped: &Shipped, entry: &Value) -> Option<String> {
    let name = text(entry, "feature");
    let model = shipped.model();
    let required = model.features[shipped.feature(name)].requires.iter();
    let required: Vec<&str> = required.map(|(id, _)| model.features[*id].declared.name.as_str()).collect();
    let stored: Vec<&str> = rows(entry, "requires").map(|row| text(row, "feature")).collect();
    if required != stored {
        return Some(format!("{name} requires {required:?}"));
    }
    let deciding = rows(entry, "requires").filter(|row| text(row, "never").is_empty());
    for row in deciding.chain(rows(entry, "rules")) {
        let required = text(row, "feature");
        let expected = if required.is_empty() { text(row, "label").to_owned() } else { format!("requires {required}") };
        let found = shipped.reason(shipped.ruling(who(row), name, context(name, row), &world(row)));
        if found != expected {
            return Some(format!("{name} is decided by {found}: {row}"));
        }
    }
    let lines = revealed(shipped.model(), shipped.feature(name));
    let differs = lines.into_iter().find(|(word, lines)| *lines != texts(entry, word));
    differs.map(|(word, lines)| format!("{name} {word} {lines:?}"))
}

fn who(row: &Value) -> &str {
    match text(row, "who") {
        "" => "anna@contoso.com",
        who => who,
    }
}

fn context<'r>(feature: &str, row: &'r Value) -> Context<'r> {
    use prescope::syntax::ast::Shape;
    match SHIPPED.model().features[SHIPPED.feature(feature)].shape {
        Shape::User => Context::default(),
        Shape::Viewer => Context { owner: Some("anna@contoso.com"), ..Context::default() },
        Shape::Party => Context { peer: Some(text(row, "with")), ..Context::default() },
        Shape::Participant => Context { meeting: Some("review"), role: Some(text(row, "as")), ..Context::default() },
    }
}

#[test]
fn every_line_of_the_catalogue_is_as_stored() {
    let wrong: Vec<String> = entries().iter().filter_map(|entry| check(&SHIPPED, entry)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_feature_and_guard_has_its_lines_stored() {
    let entries = entries();
    let features = SHIPPED.model().features.values().map(|feature| feature.declared.name.clone());
    let guards = SHIPPED.model().guards.values().map(|guard| format!("guard {}", guard.declared.name));
    let missing: Vec<String> = features.chain(guards).filter(|name| entry(&entries, name).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
