//! What of a comparison is told, and how much is not.

use super::{COLUMNS, Comparison, Found};
use crate::diff::{LeftOut, Selection};
use crate::report::page::Page;
use crate::report::table::wrap;
use crate::text::counted;

/// Both in lines; nothing if everything is told.
pub(super) fn text(comparison: Comparison<'_>) -> Page {
    let mut text = Page::new();
    for line in lines(comparison) {
        text.push_str(wrap(line.split(' '), "  ", COLUMNS).behind("") + "\n");
    }
    text
}

/// The same as sentences.
pub(super) fn lines(comparison: Comparison<'_>) -> Vec<String> {
    if comparison.selection.is_everything() {
        return Vec::new();
    }
    let left_out = match comparison.found {
        Found::Same(_) => "nothing".to_owned(),
        Found::Different(of) => left_out(of.left_out),
    };
    let gates = if comparison.gates.is_empty() { "" } else { "; gates judge everything" };
    vec![format!("narrowed to {}{gates}", wanted(comparison.selection)), format!("left out: {left_out}")]
}

/// "the effect, note.personal, owners in group sales"
fn wanted(selection: &Selection) -> String {
    let only = selection.only.map(|section| format!("the {}", section.word()));
    let fields = selection.fields.iter().map(|chosen| chosen.written.clone());
    let features = selection.features.iter().map(|name| format!("feature {name}"));
    let owners = selection.owners.as_ref().map(|group| format!("owners in group {}", group.name));
    only.into_iter().chain(fields).chain(features).chain(owners).collect::<Vec<String>>().join(", ")
}

fn left_out(of: &LeftOut) -> String {
    let sum = |counts: [usize; 3]| counts.iter().sum::<usize>();
    let counts = [
        (of.structure, "difference", " in structure"),
        (of.settings, "setting", ""),
        (sum(of.known), "answer", " of known people"),
        (sum(of.open), "answer", " of open classes"),
        (of.features, "feature", ""),
        (of.disclosures, "disclosure", ""),
        (of.aside_owners, "owner", " on one side only"),
    ];
    let told = counts.into_iter().filter(|(count, ..)| *count > 0);
    let mut told: Vec<String> = told.map(|(count, word, more)| counted(count, word) + more).collect();
    if let [known, open] = of.aside
        && known + open > 0
    {
        told.push(format!(
            "what is visible of owners on one side only to known people ({known}) and open classes ({open})"
        ));
    }
    if told.is_empty() { "nothing that differs".to_owned() } else { told.join(", ") }
}
