//! Counts over everybody.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Serialize;

use super::json::{WireChannel, channel};
use super::page::Page;
use super::table::Rows;
use crate::directory::csv::cell;
use crate::language::Sources;
use crate::model::Model;
use crate::resolve::{Channel, Counts, Key};

/// What the row of a key is called.
fn name(model: &Model, key: Key) -> String {
    match key {
        Key::Owner(owner) => model.people[model.users[owner].person].address.to_string(),
        Key::Field(field) => model.field_name(field),
        Key::Container(container) => container.map_or("nobody answers".to_owned(), |it| model.container_name(it)),
        Key::Network(network) => network.name().to_owned(),
        Key::Site(site) => site.map_or("no site".to_owned(), |it| model.sites[it].name.clone()),
    }
}

/// Counts, and what they are by.
#[derive(Clone, Copy, Debug)]
pub struct Audit<'a> {
    /// The set that was counted.
    pub model: &'a Model,
    /// The rows.
    pub rows: &'a IndexMap<Key, Counts>,
    /// The heading of what the rows are: `owner`, `field`.
    pub by: &'a str,
}

/// A table.
pub fn text(audit: Audit<'_>) -> Page {
    let Audit { model, rows, by } = audit;
    let mut table = Rows::default();
    table.push([by, "owners seen", "seen by known people", "seen by open classes"]);
    for (key, counts) in rows {
        let cells = [name(model, *key), counts.owners.to_string(), counts.known.to_string(), counts.open.to_string()];
        table.push(cells);
    }
    let mut text = table.render("");
    text.push_str(
        "\nowners seen: of whom somebody sees some of it; seen by: pairs of viewer and owner for each field, open classes \
         counted apart\n",
    );
    text
}

/// Comma-separated values with a heading (RFC 4180).
pub fn csv(audit: Audit<'_>) -> String {
    let Audit { model, rows, by } = audit;
    let mut text = format!("{by},owners,known,open\r\n");
    for (key, counts) in rows {
        let name = cell(&name(model, *key));
        text.push_str(&format!("{name},{},{},{}\r\n", counts.owners, counts.known, counts.open));
    }
    text
}

const SCHEMA: &str = "prescope/audit/v1";

/// Counts over everybody.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document<'a> {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// What the rows are: `owner`, `field`, `container`, `network` or `site`.
    by: &'a str,
    /// The rows.
    rows: Vec<Row>,
    /// Available features that disclose the same to some of these viewers, of some of these owners; no row counts them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<WireChannel>,
}

/// The counts of a row.
#[derive(Serialize, JsonSchema)]
struct Row {
    /// The name of what is counted here.
    key: String,
    /// Owners of whom somebody sees some of it.
    owners: usize,
    /// Pairs of known viewers and owners, for each field.
    known: usize,
    /// The same for classes of people whom the files do not know.
    open: usize,
}

/// `prescope/audit/v1`
pub fn json(audit: Audit<'_>, sources: &Sources, channels: &[Channel]) -> String {
    let Audit { model, rows, by } = audit;
    let row = |(key, counts): (&Key, &Counts)| Row {
        key: name(model, *key),
        owners: counts.owners,
        known: counts.known,
        open: counts.open,
    };
    let elsewhere = channels.iter().map(|it| channel(model, sources, it)).collect();
    super::json::line(&Document { schema: SCHEMA, by, rows: rows.iter().map(row).collect(), elsewhere })
}
