//! The same fields in two sets.

use indexmap::IndexSet;

use super::shift::Seen;
use crate::model::{FieldId, UserId};
use crate::resolve::{Answer, Decision, RuleSet, decide_field};
use crate::viewers::Somebody;

/// A field in both sets; None where a set does not have it.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) category: String,
    pub(super) name: String,
    /// How many fields the category has.
    pub(super) siblings: usize,
    pub(super) ids: [Option<FieldId>; 2],
}

/// Fields in the order of declaration of the second set, then those that only the first has.
pub(super) fn fields(sets: [&RuleSet; 2]) -> Vec<Field> {
    let mut names: IndexSet<(&str, &str)> = IndexSet::new();
    for model in [sets[1], sets[0]].map(RuleSet::model) {
        for category in model.categories.values() {
            let fields = category.fields.iter().map(|field| model.fields[*field].declared.name.as_str());
            names.extend(fields.map(|field| (category.declared.name.as_str(), field)));
        }
    }
    let find = |set: &RuleSet, category: &str, field: &str| {
        let names = &set.model().names;
        names.fields.get(&names.categories.find(category)?)?.find(field)
    };
    let field = |(category, name): &(&str, &str)| Field {
        ids: sets.map(|set| find(set, category, name)),
        siblings: names.iter().filter(|(of, _)| of == category).count(),
        category: (*category).to_owned(),
        name: (*name).to_owned(),
    };
    names.iter().map(field).collect()
}

/// What is seen on each side. Nobody sees anything of a field that is not there.
pub(super) fn answers(decided: [Option<Decision>; 2]) -> [Answer; 2] {
    decided.map(|decision| decision.map_or(Answer::Hidden, |decision| decision.answer))
}

impl Field {
    /// What is decided on each side; None where the field is not there.
    pub(super) fn decided(
        &self,
        sets: [&RuleSet; 2],
        owners: [UserId; 2],
        viewer: [Somebody; 2],
    ) -> [Option<Decision>; 2] {
        [0, 1].map(|side| Some(decide_field(sets[side], viewer[side], owners[side], self.ids[side]?)))
    }

    /// What answers show, without the sets they came from.
    pub(super) fn seen(&self, sets: [&RuleSet; 2], answers: [Answer; 2]) -> [Seen; 2] {
        [0, 1].map(|side| self.ids[side].map_or(Seen::Hidden, |id| Seen::new(sets[side].model(), id, answers[side])))
    }

    /// True if two answers do not show the same. Values of two sets are compared by name.
    pub(super) fn differ(&self, sets: [&RuleSet; 2], answers: [Answer; 2]) -> bool {
        match answers {
            [Answer::Altered(_), Answer::Altered(_)] => {
                let [before, after] = self.seen(sets, answers);
                before != after
            }
            [before, after] => before != after,
        }
    }
}
