//! What of all that differs in every world somebody wants to be told.

use super::{Change, Decided, Everywhere, Open, Row};
use crate::diff::Selection;

impl Everywhere {
    /// What is wanted of it.
    #[must_use]
    pub fn narrowed(&self, selection: &Selection) -> Everywhere {
        let is_wanted = |decided: &Decided| is_wanted(selection, decided);
        let rows = self.rows.iter().filter_map(|row| {
            let changes: Vec<Change> = row.changes.iter().filter(|it| is_wanted(&it.decided)).cloned().collect();
            (!changes.is_empty()).then(|| Row { changes, ..row.clone() })
        });
        Everywhere {
            rows: rows.collect(),
            undecided: open(&self.undecided, is_wanted),
            uncompared: open(&self.uncompared, is_wanted),
            decisions: self.decisions,
        }
    }

    /// How many decisions change, of which one counts once for each direction.
    pub fn changes(&self) -> usize {
        self.rows.iter().map(|row| row.changes.len()).sum()
    }
}

fn open<W: Clone>(all: &[Open<W>], is_wanted: impl Fn(&Decided) -> bool) -> Vec<Open<W>> {
    all.iter().filter(|it| is_wanted(&it.decided)).cloned().collect()
}

fn is_wanted(selection: &Selection, decided: &Decided) -> bool {
    match decided {
        Decided::Sees { category, field } => selection.has_answers() && selection.has_field(category, field),
        Decided::Uses(_) | Decided::Leaves(_) => {
            selection.has_features() && decided.feature().is_none_or(|feature| selection.has_feature(feature))
        }
    }
}
