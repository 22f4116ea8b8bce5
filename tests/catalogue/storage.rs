//! What is kept, where, and which setting says for how long.

use serde_json::Value;

use super::facts::{Mapped, list, text};
use crate::shipped::{SHIPPED, Shipped};

/// What is wrong with a statement of `storage.yaml`.
pub(crate) fn check(shipped: &Shipped, row: &Value, groups: &[Mapped]) -> Option<String> {
    let stored = row.get("stored").and_then(Value::as_bool).expect("stored");
    let says = |group: &&Mapped| group.says(text(row, "feature"), text(row, "item"), text(row, "place"));
    let setting = text(row, "setting").rsplit('.').next().unwrap_or_default();
    let mut said = false;
    for group in groups.iter().filter(says) {
        said = true;
        let kept = group.ours.is_empty() || group.ours.iter().any(|line| line.is_declared(shipped));
        if (stored && !kept) || (!stored && kept && !group.ours.is_empty()) {
            return Some(format!("stored {stored}: {row}"));
        }
        let by_setting = group.ours.iter().any(|line| line.retention(shipped).iter().any(|name| name == setting));
        if stored && !setting.is_empty() && group.because.is_empty() && !by_setting {
            return Some(format!("not kept for {setting}: {row}"));
        }
    }
    (!said).then(|| format!("mapping.yaml says nothing of {row}"))
}

/// The features of ours that a statement is about.
pub(crate) fn about(row: &Value, groups: &[Mapped]) -> Vec<String> {
    let says = |group: &&Mapped| group.says(text(row, "feature"), text(row, "item"), text(row, "place"));
    groups.iter().filter(says).flat_map(|group| group.ours.iter().map(|line| line.feature.clone())).collect()
}

#[test]
fn every_statement_about_storage_holds() {
    let rows = list("catalogue/storage.yaml", "rows");
    assert_eq!(rows.len(), 53);
    let groups = Mapped::read("storage", "at");
    let wrong: Vec<String> = rows.iter().filter_map(|row| check(&SHIPPED, row, &groups)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
