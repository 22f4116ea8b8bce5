//! Nothing can be taken out of the shipped catalogue unnoticed: not a rule, not a requirement, not a disclosure, not a
//! line about storage.
//!
//! Each line is taken out by itself, the rest is compiled and asked what the other modules ask, but only about the
//! feature the line belongs to: first what others transcribed, then what is stored line by line.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use super::cut::{Cut, Trees, cuts};
use super::exposure::{Statement, promises, statements};
use super::facts::{Mapped, list, text};
use super::{lines, sections, storage};
use crate::shipped::{Shipped, policies};
use crate::truth::table::{Row, Table};
use crate::truth::tables;

/// Everything there is to ask, read once.
struct Checks {
    tables: Vec<(Table, Vec<Row>)>,
    statements: Vec<Statement>,
    stored: Vec<Value>,
    groups: Vec<Mapped>,
    vendor: Vec<Value>,
    lines: Vec<Value>,
}

/// Who noticed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Noticed {
    /// It no longer compiles, which would hide that nobody asks.
    Errors,
    /// Facts that somebody else transcribed.
    Facts,
    /// The table of lines only.
    Lines,
    /// Nobody.
    Nobody,
}

impl Checks {
    fn read() -> Checks {
        let rows = |table: Table| {
            let rows = table.stored();
            (table, rows)
        };
        Checks {
            tables: tables().into_iter().map(rows).collect(),
            statements: statements(),
            stored: list("catalogue/storage.yaml", "rows"),
            groups: Mapped::read("storage", "at"),
            vendor: list("catalogue/vendor.yaml", "rows"),
            lines: lines::entries(),
        }
    }

    fn noticed(&self, cut: &Cut, shipped: &Shipped) -> Noticed {
        if self.facts_differ(&cut.of, shipped) {
            return Noticed::Facts;
        }
        let entry = lines::entry(&self.lines, &cut.of);
        let differs = entry.is_none_or(|entry| lines::check(shipped, entry).is_some());
        if differs { Noticed::Lines } else { Noticed::Nobody }
    }

    /// The cheap ones first.
    fn facts_differ(&self, of: &str, shipped: &Shipped) -> bool {
        let about = |names: &[String]| names.iter().any(|name| name == of);
        let of_section = |row: &&Value| about(&sections::features_of(text(row, "section")));
        let of_storage = |row: &&Value| about(&storage::about(row, &self.groups));
        let mut statements = self.statements.iter().filter(|statement| about(&statement.about));
        let name = of.strip_prefix("guard ").unwrap_or(of);
        self.vendor.iter().filter(of_section).any(|row| !promises(shipped, row).is_empty())
            || self.stored.iter().filter(of_storage).any(|row| storage::check(shipped, row, &self.groups).is_some())
            || statements.any(|statement| statement.check(shipped).is_some())
            || self
                .tables
                .iter()
                .filter(|(table, _)| table.about.contains(&name))
                .any(|(table, rows)| rows.iter().any(|row| !table.holds(shipped, row)))
    }
}

#[test]
fn no_line_can_be_taken_out_of_the_catalogue_unnoticed() {
    let policies = policies();
    let cuts = cuts(&policies);
    let trees = Trees::of(&policies);
    let checks = Checks::read();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found: Vec<(usize, Noticed)> = Vec::new();
        while let Some((index, cut)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, cuts.get(at)?)))
        {
            let noticed = match trees.without(cut) {
                Some(shipped) => checks.noticed(cut, &shipped),
                None => Noticed::Errors,
            };
            found.push((index, noticed));
        }
        found
    };
    let found = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        [work(), other.join().expect("the other half")].concat()
    });
    let mut counts: BTreeMap<Noticed, usize> = BTreeMap::new();
    let mut unnoticed = Vec::new();
    for (index, noticed) in found {
        *counts.entry(noticed).or_default() += 1;
        if matches!(noticed, Noticed::Nobody | Noticed::Errors) {
            let cut = &cuts[index];
            unnoticed.push(format!("{noticed:?} {}, {}: {}", cut.of, cut.what, cut.text(&policies)));
        }
    }
    assert!(unnoticed.is_empty(), "{} unnoticed:\n{}", unnoticed.len(), unnoticed.join("\n"));
    assert_eq!(counts.values().sum::<usize>(), cuts.len());
    // The stored lines are the author's word again; the more others notice, the better.
    assert!(counts[&Noticed::Facts] >= FOUND_BY_FACTS, "{counts:?}");
}

/// How many of the lines are held by facts that somebody else wrote down.
const FOUND_BY_FACTS: usize = 280;
