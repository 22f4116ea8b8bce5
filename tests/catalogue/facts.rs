//! Statements of the fixtures, and the lines of the catalogue they are about.

use serde_json::Value;

use prescope::model::Retention;
use prescope::resolve::{Asked, Goes, Revealed, RuleSet, disclosures};

use crate::shipped::{Shipped, World, fixture};

/// The list of a fixture.
pub(crate) fn list(file: &str, name: &str) -> Vec<Value> {
    fixture(file).get(name).and_then(Value::as_array).cloned().unwrap_or_else(|| panic!("no {name} in {file}"))
}

/// A text of a row; empty if there is none.
pub(crate) fn text<'r>(row: &'r Value, key: &str) -> &'r str {
    row.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The texts of a row's list.
pub(crate) fn texts(row: &Value, key: &str) -> Vec<String> {
    let all = row.get(key).and_then(Value::as_array);
    all.into_iter().flatten().map(|value| value.as_str().expect("a text").to_owned()).collect()
}

/// A group of statements and the lines that say them.
#[derive(Clone)]
pub(crate) struct Mapped {
    feature: String,
    items: Vec<String>,
    places: Vec<String>,
    /// The lines of ours.
    pub(crate) ours: Vec<Line>,
    /// Why there are none, or why they say less.
    pub(crate) because: String,
}

impl Mapped {
    /// The groups of a list of `mapping.yaml`.
    pub(crate) fn read(name: &str, place: &str) -> Vec<Mapped> {
        let rows = list("catalogue/mapping.yaml", name);
        let read = |row: &Value| Mapped {
            feature: text(row, "feature").to_owned(),
            items: texts(row, "items"),
            places: texts(row, place),
            ours: texts(row, "ours").iter().map(|line| Line::read(line)).collect(),
            because: text(row, "because").to_owned(),
        };
        rows.iter().map(read).collect()
    }

    /// True if a statement belongs to the group.
    pub(crate) fn says(&self, feature: &str, item: &str, place: &str) -> bool {
        self.feature == feature
            && self.items.iter().any(|of| of == item)
            && (self.places.is_empty() || self.places.iter().any(|of| of == place))
    }
}

/// `FEATURE: DATA to RECIPIENT`, `FEATURE: DATA at PLACE`, or `FEATURE`.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) feature: String,
    /// The data, and where it goes; None asks whether the feature is available.
    pub(crate) reveals: Option<(String, String)>,
}

impl Line {
    fn read(line: &str) -> Line {
        match line.split_once(": ") {
            None => Line { feature: line.to_owned(), reveals: None },
            Some((feature, rest)) => {
                let (data, goes) = rest.split_once(' ').expect("to whom");
                Line { feature: feature.to_owned(), reveals: Some((data.to_owned(), goes.to_owned())) }
            }
        }
    }

    /// True if a line of the feature, whatever its condition, says it: that data, or the whole it belongs to.
    pub(crate) fn is_declared(&self, shipped: &Shipped) -> bool {
        let Some((data, goes)) = &self.reveals else { return true };
        let model = shipped.model();
        let of = &model.features[shipped.feature(&self.feature)];
        let disclosed = of.discloses.iter().filter_map(|line| {
            Some((model.item_name(line.item?), format!("to {}", model.recipients[line.to].declared.name)))
        });
        let place = |at| format!("at {}", model.places[at].declared.name);
        let stored = of.stores.iter().map(|line| (model.item_name(line.item), place(line.at)));
        disclosed.chain(stored).any(|(item, to)| to == *goes && covers(&item, data))
    }

    /// The names of the settings that say how long it is kept.
    pub(crate) fn retention(&self, shipped: &Shipped) -> Vec<String> {
        let Some((data, goes)) = &self.reveals else { return Vec::new() };
        let model = shipped.model();
        let of = &model.features[shipped.feature(&self.feature)];
        let lines = of.stores.iter().filter(|line| {
            covers(&model.item_name(line.item), data) && *goes == format!("at {}", model.places[line.at].declared.name)
        });
        let setting = lines.filter_map(|line| match &line.retention {
            Some(Retention::Setting(_, id)) => Some(model.parameters[*id].declared.name.clone()),
            _ => None,
        });
        setting.collect()
    }

    /// True if it is revealed in a world, when Anna uses the feature, or at least may be.
    pub(crate) fn is_live(&self, shipped: &Shipped, world: &World, overlapping: bool) -> bool {
        let Some((data, goes)) = &self.reveals else {
            return self.is_available(shipped, world);
        };
        let rules = shipped.world(world);
        revealed_by(&rules, &self.feature).iter().any(|revealed| {
            let item = rules.model().item_name(revealed.item);
            let fits = covers(&item, data) || (overlapping && covers(data, &item));
            fits && *goes == goes_name(&rules, &revealed.to)
        })
    }

    fn is_available(&self, shipped: &Shipped, world: &World) -> bool {
        use prescope::resolve::Context;
        use prescope::syntax::ast::Shape;
        let context = match shipped.model().features[shipped.feature(&self.feature)].shape {
            Shape::Participant => Context { meeting: Some("review"), ..Context::default() },
            _ => Context::default(),
        };
        shipped.ruling("anna@contoso.com", &self.feature, context, world).available
    }
}

/// What a feature reveals when Anna uses it.
fn revealed_by(rules: &RuleSet, feature: &str) -> Vec<Revealed> {
    let anna = rules.viewer("anna@contoso.com").expect("Anna").somebody;
    let feature = rules.model().names.features.find(feature).unwrap_or_else(|| panic!("no feature {feature}"));
    disclosures(rules, Asked { user: Some(anna), feature: Some(feature), ..Asked::default() })
}

fn goes_name(rules: &RuleSet, goes: &Goes) -> String {
    match goes {
        Goes::Recipient(to) => format!("to {}", rules.model().recipients[*to].declared.name),
        Goes::Place(at, _) | Goes::Hoster(_, at) => format!("at {}", rules.model().places[*at].declared.name),
    }
}

/// True if the first is the second, or the whole that it is part of.
fn covers(whole: &str, part: &str) -> bool {
    part == whole || part.strip_prefix(whole).is_some_and(|rest| rest.starts_with('.'))
}

/// `path=value` as an assumption.
pub(crate) fn assumption(text: &str) -> (String, String) {
    let (path, value) = text.split_once('=').unwrap_or_else(|| panic!("no value in {text}"));
    (path.to_owned(), value.trim_matches('"').to_owned())
}
