//! The domain's facts, row by row: which container answers, which manifest is in effect, which policy object applies,
//! what a level is shown, and what becomes of recorded entries. The fixtures say what their columns mean.

mod fields;
pub(crate) mod life;
mod modes;
mod resolution;
mod settling;

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;

use crate::given;

/// Entries by container, as rows write them.
type Entries = BTreeMap<String, Vec<String>>;

/// A file of rows.
fn read<T: DeserializeOwned>(name: &str) -> T {
    let text = given::text_of(&format!("tests/fixtures/vectors/{name}.yaml"));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}.yaml: {error}"))
}

/// A list as YAML.
fn list(items: &[String]) -> String {
    let quoted: Vec<String> = items.iter().map(|item| format!("{item:?}")).collect();
    format!("[{}]", quoted.join(", "))
}

/// Memberships as YAML.
fn memberships(entries: &Entries) -> String {
    let lines: Vec<String> = entries.iter().map(|(container, of)| format!("{container}: {}", list(of))).collect();
    format!("{{ {} }}", lines.join(", "))
}

/// Containers with their entries, and the contacts, in one order.
fn canonical(entries: &Entries, contacts: &[String]) -> String {
    let sorted = |of: &[String]| {
        let mut of = of.to_vec();
        of.sort();
        of
    };
    let entries: BTreeMap<&String, Vec<String>> = entries.iter().map(|(name, of)| (name, sorted(of))).collect();
    format!("{entries:?}, contacts {:?}", sorted(contacts))
}

/// Compares what each row came to, and names every row that came to something else.
pub(crate) fn agree(rows: impl IntoIterator<Item = (String, String, String)>) {
    let wrong: Vec<String> = rows
        .into_iter()
        .filter(|(_, expected, found)| expected != found)
        .map(|(row, expected, found)| format!("{row}\n    expected {expected}\n    found    {found}"))
        .collect();
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}
