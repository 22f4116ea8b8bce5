//! What is decided, by the names that either side has, and what comes of it.

use indexmap::IndexSet;

use super::linked::Linked;
use crate::diff::{NamedLeaving, Seen};
use crate::language::ast::Shape;
use crate::model::{ConditionId, Containers, FeatureId, FieldId, Model, Organisation};
use crate::resolve::{Answer, Certainty};
use crate::symbolic::{Asked, Block, Deciding, shows};

/// Something that is decided.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Decided {
    /// What the viewer sees of a field.
    Sees {
        /// Its category.
        category: String,
        /// The field.
        field: String,
    },
    /// Whether a feature is available.
    Uses(String),
    /// Whether something leaves.
    Leaves(NamedLeaving),
}

/// What comes of a decision.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum State {
    /// What is seen.
    Seen(Seen),
    /// The feature is unavailable.
    Unavailable,
    /// The feature is available.
    Available,
    /// It leaves, as certainly as that; None if it does not.
    Leaves(Option<Certainty>),
}

impl State {
    /// The more somebody gets, the higher.
    pub(super) fn rank(&self) -> u8 {
        match self {
            State::Seen(seen) => seen.rank(),
            State::Unavailable | State::Leaves(None) => 0,
            State::Leaves(Some(Certainty::Possible)) => 1,
            State::Available | State::Leaves(Some(Certainty::Certain)) => 2,
        }
    }

    /// True if nobody gets anything.
    pub(super) fn is_nothing(&self) -> bool {
        self.rank() == 0
    }
}

impl Decided {
    /// The feature, if it is about one.
    pub fn feature(&self) -> Option<&str> {
        match self {
            Decided::Sees { .. } => None,
            Decided::Uses(feature) => Some(feature),
            Decided::Leaves(leaving) => Some(&leaving.feature),
        }
    }

    /// The field as a set knows it.
    pub(super) fn field_in(&self, model: &Model) -> Option<FieldId> {
        let Decided::Sees { category, field } = self else { return None };
        model.names.fields.get(&model.names.categories.find(category)?)?.find(field)
    }

    /// The feature as a set knows it, if it is for a shape.
    pub(super) fn feature_in(&self, model: &Model, shape: Shape) -> Option<FeatureId> {
        let id = model.names.features.find(self.feature()?)?;
        (model.features[id].shape == shape).then_some(id)
    }
}

/// Everything that is asked about the worlds of a shape.
pub(super) struct Asking<'l> {
    pub(super) linked: &'l Linked,
    pub(super) deciding: &'l [Deciding; 2],
    pub(super) shape: Shape,
}

impl Asking<'_> {
    /// What is decided on either side, in order of declaration.
    pub(super) fn decisions(&self) -> Vec<Decided> {
        let mut all: IndexSet<Decided> = IndexSet::new();
        for model in self.linked.models() {
            for (_, field) in model.fields.iter().filter(|_| self.shape == Shape::Viewer) {
                let category = model.categories[field.category].declared.name.clone();
                all.insert(Decided::Sees { category, field: field.declared.name.clone() });
            }
        }
        for model in self.linked.models() {
            let of_shape = model.features.values().filter(|feature| feature.shape == self.shape);
            all.extend(of_shape.map(|feature| Decided::Uses(feature.declared.name.clone())));
        }
        for (side, model) in self.linked.models().into_iter().enumerate() {
            for (id, _) in model.features.iter().filter(|(_, feature)| feature.shape == self.shape) {
                all.extend(self.leaving(side, id).map(|(leaving, _)| Decided::Leaves(leaving)));
            }
        }
        all.into_iter().collect()
    }

    /// What a feature of a side lets leave, and when.
    pub(super) fn leaving(&self, side: usize, id: FeatureId) -> impl Iterator<Item = (NamedLeaving, ConditionId)> {
        leaving(self.linked.model(side), self.linked.sets[side].organisation(), id)
    }

    /// What has to be asked on each side to decide these.
    pub(super) fn asked(&self, decisions: &[Decided]) -> [Asked; 2] {
        [0, 1].map(|side: usize| {
            let model = self.linked.model(side);
            let mut asked = Asked { level: self.shape == Shape::Viewer, ..Asked::default() };
            let mut conditions: IndexSet<ConditionId> = IndexSet::new();
            for decided in decisions {
                asked.fields.extend(decided.field_in(model));
                let Some(id) = decided.feature_in(model, self.shape) else { continue };
                let deciding = &self.deciding[side];
                conditions.extend(deciding.set(deciding.number(Block::Feature(id))));
                if let Decided::Leaves(wanted) = decided {
                    let lines = self.leaving(side, id).filter(|(leaving, _)| leaving == wanted);
                    conditions.extend(lines.map(|(_, when)| when));
                }
            }
            asked.conditions = conditions.into_iter().collect();
            asked
        })
    }

    /// The containers among which somebody is looked for, on each side.
    pub(super) fn among(&self, decided: &Decided) -> [Containers; 2] {
        let everywhere = Containers(u64::MAX);
        [0, 1].map(|side: usize| {
            let field = decided.field_in(self.linked.model(side));
            field.map_or(everywhere, |field| self.linked.graph(side).tables().rules(field).among)
        })
    }

    /// The values that a container of a side shows in place of the owner's.
    pub(super) fn shown(&self, side: usize, field: FieldId) -> IndexSet<Answer> {
        let model = self.linked.model(side);
        let all = model.containers.ids().flat_map(|container| shows(model, container, field));
        all.map(|shows| Answer::Altered(shows.value)).collect()
    }
}

/// What a feature lets leave, and when: everywhere it goes, by names.
pub(super) fn leaving(
    model: &Model,
    organisation: Organisation,
    id: FeatureId,
) -> impl Iterator<Item = (NamedLeaving, ConditionId)> {
    model.leaving(id, organisation).flat_map(move |line| {
        let named = move |goes| NamedLeaving::new(model, id, (line.item, line.whose), &goes);
        line.goes().into_iter().map(move |goes| (named(goes), line.when))
    })
}
