//! Every rule, requirement, disclosure and storage of every feature and guard, compared with a table that was read
//! through once against the sources. It is what notices a line that is gone.
//!
//! `UPDATE=1 cargo test catalogue` writes the table anew; whoever does so reads the difference as a reviewer.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use prescope::language::ast::{Effect, Otherwise};
use prescope::model::{ConditionId, Declared, Model, Retention, RuleId};
use serde::Deserialize;

use super::{given, nothing_of, read, shipped};

const HEADER: &str = "\
# Every line of the catalogue that decides, requires, discloses or stores, feature by feature.
#
# features, guards  by name; of each, its lines in their order
#   rules      allow or deny with the label; when: the condition, absent where there is none
#   otherwise  what decides when no rule fires
#   requires   features
#   discloses  what, of: whose, to: whom, when: the condition
#   stores     what, of: whose, at: the place, for: the setting or until: the words that say how long
#
# Written by `UPDATE=1 cargo test catalogue`, and then read against exposure.yaml, storage.yaml and the
# sources: a difference here is a change of what the catalogue says.
";

/// One line: its words by what they are.
type Line = BTreeMap<String, String>;

/// The order in which the words of a line are written.
const ORDER: &[&str] = &["allow", "deny", "discloses", "stores", "of", "to", "at", "for", "until", "when"];

/// The lines of a feature or guard.
#[derive(Deserialize, PartialEq, Eq, Debug, Default, Clone)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Lines {
    name: String,
    otherwise: String,
    rules: Vec<Line>,
    requires: Vec<String>,
    discloses: Vec<Line>,
    stores: Vec<Line>,
}

/// The lines of all.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct Facts {
    features: Vec<Lines>,
    guards: Vec<Lines>,
}

fn line<const N: usize>(words: [(&str, Option<String>); N]) -> Line {
    words.into_iter().filter_map(|(what, word)| word.map(|word| (what.to_owned(), word))).collect()
}

fn when(model: &Model, id: ConditionId) -> Option<String> {
    Some(model.condition_name(id)).filter(|condition| condition != "true")
}

fn rules(model: &Model, rules: &[RuleId]) -> Vec<Line> {
    let of = |rule: &RuleId| {
        let rule = &model.rules[*rule];
        let effect = if rule.effect == Effect::Allow { "allow" } else { "deny" };
        line([(effect, Some(rule.declared.name.clone())), ("when", when(model, rule.when))])
    };
    rules.iter().map(of).collect()
}

impl Facts {
    /// The lines of a set.
    fn of(model: &Model) -> Facts {
        let name = |declared: &Declared| declared.name.clone();
        let mut facts = Facts::default();
        for feature in model.features.values() {
            let otherwise = if feature.otherwise == Otherwise::Available { "available" } else { "unavailable" };
            let discloses = feature.discloses.iter().map(|it| {
                let item = it.item.map_or_else(|| "nothing".to_owned(), |item| model.item_name(item));
                line([
                    ("discloses", Some(item)),
                    ("of", it.whose.map(|of| of.name().to_owned())),
                    ("to", Some(name(&model.recipients[it.to].declared))),
                    ("when", when(model, it.when)),
                ])
            });
            let stores = feature.stores.iter().map(|it| {
                let (setting, words) = match &it.retention {
                    Some(Retention::Setting(of, setting)) => {
                        (Some(format!("{}.{}", of.name(), model.parameters[*setting].declared.name)), None)
                    }
                    Some(Retention::Until(words)) => (None, Some(words.clone())),
                    None => (None, None),
                };
                line([
                    ("stores", Some(model.item_name(it.item))),
                    ("of", it.whose.map(|of| of.name().to_owned())),
                    ("at", Some(name(&model.places[it.at].declared))),
                    ("for", setting),
                    ("until", words),
                    ("when", when(model, it.when)),
                ])
            });
            facts.features.push(Lines {
                name: name(&feature.declared),
                otherwise: otherwise.to_owned(),
                rules: rules(model, &feature.rules),
                requires: feature.requires.iter().map(|(of, _)| name(&model.features[*of].declared)).collect(),
                discloses: discloses.collect(),
                stores: stores.collect(),
            });
        }
        for guard in model.guards.values() {
            let rules = rules(model, &guard.rules);
            facts.guards.push(Lines { name: name(&guard.declared), rules, ..Lines::default() });
        }
        facts
    }

    /// What differs between the table and a set.
    pub(super) fn wrong(&self, model: &Model) -> Vec<String> {
        let found = Facts::of(model);
        let mut wrong = Vec::new();
        for (expected, found) in [(&self.features, &found.features), (&self.guards, &found.guards)] {
            for lines in expected {
                let there = found.iter().find(|it| it.name == lines.name);
                if there != Some(lines) {
                    wrong.push(format!("{}\n    expected {lines:?}\n    found    {there:?}", lines.name));
                }
            }
            let more = found.iter().filter(|it| expected.iter().all(|lines| lines.name != it.name));
            wrong.extend(more.map(|it| format!("{} is not in lines.yaml", it.name)));
        }
        wrong
    }

    /// The table as YAML.
    fn written(&self) -> String {
        let mut text = HEADER.to_owned();
        for (kind, of) in [("features", &self.features), ("guards", &self.guards)] {
            let _ = writeln!(text, "\n{kind}:");
            for lines in of {
                let _ = writeln!(text, "  - name: {}", quoted(&lines.name));
                if !lines.otherwise.is_empty() {
                    let _ = writeln!(text, "    otherwise: {}", lines.otherwise);
                }
                if !lines.requires.is_empty() {
                    let _ = writeln!(text, "    requires: [{}]", lines.requires.join(", "));
                }
                for (what, lines) in
                    [("rules", &lines.rules), ("discloses", &lines.discloses), ("stores", &lines.stores)]
                {
                    if !lines.is_empty() {
                        let _ = writeln!(text, "    {what}:");
                    }
                    for line in lines {
                        let words =
                            ORDER.iter().filter_map(|what| Some(format!("{what}: {}", quoted(line.get(*what)?))));
                        let words: Vec<String> = words.collect();
                        let _ = writeln!(text, "      - {{ {} }}", words.join(", "));
                    }
                }
            }
        }
        text
    }
}

/// A word as YAML: bare if it is a name, otherwise in single quotes.
fn quoted(word: &str) -> String {
    let bare = word.chars().all(|letter| letter.is_alphanumeric() || "._".contains(letter));
    if bare { word.to_owned() } else { format!("'{}'", word.replace('\'', "''")) }
}

#[test]
fn every_line_of_the_catalogue_is_in_the_table() {
    let project = shipped();
    if std::env::var_os("UPDATE").is_some_and(|value| value == "1") {
        let path = given::repository().join("tests/fixtures/catalogue/lines.yaml");
        std::fs::write(path, Facts::of(project.model()).written()).unwrap();
    }
    nothing_of(&read::<Facts>("lines").wrong(project.model()));
}
