//! Tables of facts: rows of columns, and what each row says of the catalogue.

use serde_json::Value;

use crate::shipped::{Shipped, World, fixture};

/// One table and how to ask a row of it.
#[derive(Clone)]
pub(crate) struct Table {
    /// The fixture, without folder and ending.
    pub(crate) file: &'static str,
    /// The list in it.
    pub(crate) list: &'static str,
    /// How many rows that list has.
    pub(crate) rows: usize,
    /// The features and guards it is about.
    pub(crate) about: &'static [&'static str],
    /// Asks a row.
    pub(crate) ask: fn(&Shipped, &Row, &mut Found),
}

/// What the catalogue answered: each thing with what the row says of it.
#[derive(Default)]
pub(crate) struct Found(Vec<(String, bool, bool)>);

impl Found {
    /// An answer, and the one the table gives.
    pub(crate) fn is(&mut self, what: &str, found: bool, expected: bool) {
        self.0.push((what.to_owned(), found, expected));
    }
}

impl Table {
    /// Its rows as stored.
    pub(crate) fn stored(&self) -> Vec<Row> {
        let file = fixture(&format!("truth/{}.yaml", self.file));
        let rows = file.get(self.list).and_then(Value::as_array).expect("a list");
        rows.iter().cloned().map(Row).collect()
    }

    /// The rows that do not hold, each with what is wrong.
    pub(crate) fn check(&self, shipped: &Shipped) -> Vec<String> {
        let mut failures = Vec::new();
        for row in self.stored() {
            let found = self.found(shipped, &row);
            let wrong = found.0.iter().filter(|(_, found, expected)| found != expected);
            failures.extend(wrong.map(|(what, found, _)| format!("{what} is {found} in {}", row.0)));
        }
        failures
    }

    /// True if a row holds.
    pub(crate) fn holds(&self, shipped: &Shipped, row: &Row) -> bool {
        self.found(shipped, row).0.iter().all(|(_, found, expected)| found == expected)
    }

    fn found(&self, shipped: &Shipped, row: &Row) -> Found {
        let mut found = Found::default();
        (self.ask)(shipped, row, &mut found);
        found
    }
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(crate) struct Row(pub(crate) Value);

impl Row {
    /// A column that is true or false.
    pub(crate) fn truth(&self, column: &str) -> bool {
        self.0.get(column).and_then(Value::as_bool).unwrap_or_else(|| panic!("{column} in {}", self.0))
    }

    /// A column of text.
    pub(crate) fn text(&self, column: &str) -> &str {
        self.0.get(column).and_then(Value::as_str).unwrap_or_else(|| panic!("{column} in {}", self.0))
    }

    /// A column that is a number.
    pub(crate) fn number(&self, column: &str) -> i64 {
        self.0.get(column).and_then(Value::as_i64).unwrap_or_else(|| panic!("{column} in {}", self.0))
    }

    /// The values of columns, each under the path it has here. What is null is not known, and so not assumed.
    pub(crate) fn world(&self, columns: &[(&str, &str)]) -> World {
        let value = |column: &str| match &self.0[column] {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            other => Some(other.to_string()),
        };
        columns.iter().filter_map(|(column, path)| Some(((*path).to_owned(), value(column)?))).collect()
    }
}

/// A path that has a value.
pub(crate) fn set(path: &str, value: &str) -> (String, String) {
    (path.to_owned(), value.to_owned())
}
