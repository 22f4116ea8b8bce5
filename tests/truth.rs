//! The shipped catalogue against truth tables that somebody else transcribed from the sources: every row of every
//! table is asked.
//!
//! A table's columns are the vendor's names; `World` says what each is here. Where the tables let the author choose a
//! name, the choice stands in the tables' modules.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

pub(crate) mod collaboration;
pub(crate) mod meetings;
pub(crate) mod people;
pub(crate) mod presence;
pub(crate) mod table;
pub(crate) mod voice;

use std::collections::BTreeSet;

use super::shipped::SHIPPED;
use table::Table;

/// Every table, the cheap ones first.
pub(crate) fn tables() -> Vec<Table> {
    let mut tables = [meetings::tables(), people::tables(), presence::tables(), voice::tables()].concat();
    tables.extend(collaboration::tables());
    tables.sort_by_key(|table| table.rows);
    tables
}

#[test]
fn every_row_of_every_truth_table_holds() {
    for table in tables() {
        let failures = table.check(&SHIPPED);
        assert!(failures.is_empty(), "{}, {} wrong:\n{}", table.file, failures.len(), failures.join("\n"));
    }
}

#[test]
fn every_truth_table_is_asked_and_none_has_lost_a_row() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/truth");
    let files = std::fs::read_dir(folder).expect("the tables");
    let name = |entry: std::io::Result<std::fs::DirEntry>| entry.expect("a file").file_name().into_string();
    let stored: BTreeSet<String> = files.map(|entry| name(entry).expect("a name")).collect();
    let asked: BTreeSet<String> = tables().iter().map(|table| format!("{}.yaml", table.file)).collect();
    assert_eq!(asked, stored);
    for table in tables() {
        assert_eq!(table.stored().len(), table.rows, "{} {}", table.file, table.list);
    }
}
