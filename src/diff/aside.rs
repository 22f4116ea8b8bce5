//! Owners whom one of the two sets alone has: they have no answer in the other, so nobody gains or loses by them.

use super::Diff;
use crate::model::FieldId;
use crate::resolve::{Answer, decide_field};

/// Owners in one of the two sets only, and what is seen of them: of each viewer and field one.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Aside {
    /// How many.
    pub owners: usize,
    /// What is seen of them, in order of declaration; nothing of fields that nobody sees.
    pub fields: Vec<AsideField>,
}

/// What is seen of one field of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AsideField {
    /// Its category.
    pub category: String,
    /// The field.
    pub field: String,
    /// By known people.
    pub known: AsideCounts,
    /// By open classes.
    pub open: AsideCounts,
}

/// How often something is seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct AsideCounts {
    /// As it is.
    pub visible: usize,
    /// As another value.
    pub altered: usize,
}

impl Aside {
    /// How much is visible to known people.
    pub fn known(&self) -> usize {
        self.fields.iter().map(|of| of.known.visible).sum()
    }

    /// How much is visible to open classes.
    pub fn open(&self) -> usize {
        self.fields.iter().map(|of| of.open.visible).sum()
    }
}

impl AsideCounts {
    /// Seen in any way.
    pub fn seen(self) -> usize {
        self.visible + self.altered
    }

    fn add(&mut self, answer: Answer, count: usize) {
        match answer {
            Answer::Hidden => {}
            Answer::Altered(_) => self.altered += count,
            Answer::Visible => self.visible += count,
        }
    }
}

impl Diff<'_> {
    /// The owners whom the second set has and the first has not.
    pub fn arrived(&self) -> Aside {
        self.aside(1)
    }

    /// The owners whom the first set has and the second has not.
    pub fn left(&self) -> Aside {
        self.aside(0)
    }

    fn aside(&self, side: usize) -> Aside {
        let rules = self.sets()[side];
        let model = rules.model();
        let fields: Vec<FieldId> = model.fields.ids().collect();
        let mut seen = vec![[AsideCounts::default(); 2]; fields.len()];
        let mut owners = 0;
        for owner in self.only_on(side) {
            owners += 1;
            for cohort in rules.viewers(owner, rules.graph().tables().viewer_reads()).cohorts() {
                for ([known, open], field) in seen.iter_mut().zip(&fields) {
                    let answer = decide_field(rules, cohort.representative, owner, *field).answer;
                    known.add(answer, cohort.known);
                    open.add(answer, cohort.open);
                }
            }
        }
        let field = |(id, [known, open]): (FieldId, [AsideCounts; 2])| {
            let of = &model.fields[id];
            let category = model.categories[of.category].declared.name.clone();
            AsideField { category, field: of.declared.name.clone(), known, open }
        };
        let seen = fields.into_iter().zip(seen).filter(|(_, both)| both.iter().any(|counts| counts.seen() > 0));
        Aside { owners, fields: seen.map(field).collect() }
    }
}
