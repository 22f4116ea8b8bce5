//! Where two graphs decide differently that were made of the same names: what a change of rules means, if anything.
//!
//! Both are asked in the same worlds. A parameter whose default changes is compared as well where nobody gives it a
//! value: there it has the old one in the one, and the new one in the other.

use indexmap::{IndexMap, IndexSet};

use super::answer::shows;
use super::{Asked, Block, Both, Deciding, Question, Settings, Undecided, Variable, World, Worlds};
use crate::graph::RuleGraph;
use crate::language::ast::Shape;
use crate::model::{
    ConditionId, Containers, FeatureId, FieldId, Goal, Item, Leaving, Model, Organisation, ParameterId, Reading,
    Retention, Subject, Value, Way, What,
};

/// Something that is decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Decision {
    /// What the viewer sees of a field.
    Sees(FieldId),
    /// Whether a feature is available.
    Uses(FeatureId),
    /// Which container is the viewer's level.
    Level,
    /// What a feature discloses and stores.
    Discloses(FeatureId),
}

/// A world in which two graphs decide something differently.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Difference {
    /// Who is in it.
    pub shape: Shape,
    /// What is decided differently.
    pub decision: Decision,
    /// What is so in it. None has less out of the ordinary.
    pub world: World,
}

/// What leaves: what of whom, where to, and how long it is kept there.
type Left = (Item, Option<Subject>, Goal, Option<Kept>);

/// How long something is kept: as words say, or a setting, whose default counts too.
#[derive(Clone, PartialEq, Eq, Hash)]
enum Kept {
    Words(String),
    Setting(Subject, ParameterId, Value),
}

/// In which worlds two graphs are compared.
#[derive(Clone, Copy, Debug)]
pub struct Comparing {
    /// Whether a directory says of which networks domains are.
    pub organisation: Organisation,
    /// Which values settings can have.
    pub settings: Settings,
    /// How many nodes a diagram may have.
    pub limit: usize,
}

/// The plainest world in which two graphs decide something differently; None if there is none. Their models have to be
/// of the same names, in the same order. Where some decision needs more nodes than the limit and no other one differs,
/// that is not known.
pub fn difference(graphs: [&RuleGraph; 2], how: Comparing) -> Result<Option<Difference>, Undecided> {
    let deciding = graphs.map(|graph| Deciding::new(graph.model()));
    let shapes = [Shape::Viewer, Shape::User, Shape::Participant, Shape::Party].into_iter();
    plainest(shapes.map(|shape| Sides::new(graphs, &deciding, shape, how)?.difference()))
}

/// The one with the least out of the ordinary, the first of several alike. Where there is none, and something is not
/// known, that is not known either.
fn plainest(all: impl Iterator<Item = Result<Option<Difference>, Undecided>>) -> Result<Option<Difference>, Undecided> {
    let (found, unknown): (Vec<_>, Vec<_>) = all.partition(Result::is_ok);
    let found = found.into_iter().filter_map(Result::ok).flatten();
    match (found.min_by_key(|it| it.world.departures().count()), unknown.is_empty()) {
        (None, false) => Err(Undecided),
        (found, _) => Ok(found),
    }
}

/// Two graphs in the same worlds.
struct Sides<'m> {
    shape: Shape,
    both: Both<'m>,
    /// Parameters of which the defaults differ.
    defaults: Vec<(ParameterId, [Value; 2])>,
}

impl<'m> Sides<'m> {
    fn new(
        graphs: [&'m RuleGraph; 2],
        deciding: &[Deciding; 2],
        shape: Shape,
        how: Comparing,
    ) -> Result<Sides<'m>, Undecided> {
        let Comparing { organisation, settings, limit } = how;
        let questions = graphs.map(|graph| Question { graph, shape, organisation, settings });
        let asked = [0, 1].map(|side| everything(questions[side], &deciding[side]));
        let both = Both::alike(questions, &asked, limit)?;
        let [before, after] = questions.map(Question::model);
        let defaults = before.parameters.iter().map(|(id, of)| (id, [of.default, after.parameters[id].default]));
        let defaults = defaults.filter(|(_, [old, new])| old != new).collect();
        Ok(Sides { shape, both, defaults })
    }

    fn models(&self) -> [&'m Model; 2] {
        [0, 1].map(|side| self.both.sides[side].model)
    }

    fn difference(mut self) -> Result<Option<Difference>, Undecided> {
        let shape = self.shape;
        let decisions = self.decisions().into_iter();
        plainest(decisions.map(|decision| {
            let world = self.differs(decision)?;
            Ok(world.map(|world| Difference { shape, decision, world }))
        }))
    }

    /// What is decided in these worlds. What tests can ask comes first.
    fn decisions(&self) -> Vec<Decision> {
        let [model, _] = self.models();
        let features = model.features.iter().filter(|(_, feature)| feature.shape == self.shape);
        let features: Vec<FeatureId> = features.map(|(id, _)| id).collect();
        let mut decisions = Vec::new();
        if self.shape == Shape::Viewer {
            decisions.extend(model.fields.ids().map(Decision::Sees));
            decisions.push(Decision::Level);
        }
        decisions.extend(features.iter().copied().map(Decision::Uses));
        decisions.extend(features.into_iter().map(Decision::Discloses));
        decisions
    }

    /// The plainest world in which a decision differs.
    fn differs(&mut self, decision: Decision) -> Result<Option<World>, Undecided> {
        let parts = self.parts(decision);
        let before = self.regions(0, decision, &parts)?;
        let after = self.regions(1, decision, &parts)?;
        let mut apart = Vec::new();
        for regions in before.iter().zip(&after) {
            apart.push(self.apart(regions.0, regions.1)?);
            for (parameter, values) in &self.defaults {
                apart.extend(self.apart_by_default(*parameter, *values, [regions.0, regions.1])?);
            }
        }
        let space = self.both.space();
        space.smallest(&space.any_of(apart)?)
    }

    fn apart(&self, before: &Worlds, after: &Worlds) -> Result<Worlds, Undecided> {
        let space = self.both.space();
        let differ = space.either(&space.except(before, after)?, &space.except(after, before)?)?;
        space.both(self.both.all(), &differ)
    }

    /// Where it makes a difference that somebody's parameter has no value of its own.
    fn apart_by_default(
        &self,
        parameter: ParameterId,
        values: [Value; 2],
        regions: [&Worlds; 2],
    ) -> Result<Vec<Worlds>, Undecided> {
        let space = self.both.space();
        let readings = space.variables().filter_map(|variable| match variable {
            Variable::Reading(reading) if reading.what == What::Parameter(parameter) => Some(reading),
            _ => None,
        });
        let mut apart = Vec::new();
        for reading in readings.collect::<Vec<Reading>>() {
            let given = |side: usize| space.given(regions[side], [(reading, values[side])]);
            let differ = self.apart(&given(0)?, &given(1)?)?;
            // Told where it has the value that it had by default.
            apart.push(space.both(&differ, &space.with_value(reading, values[0])?)?);
        }
        Ok(apart)
    }

    /// What a decision consists of.
    fn parts(&self, decision: Decision) -> Parts {
        match decision {
            Decision::Sees(field) => {
                let values = self.models().into_iter().flat_map(|model| {
                    model.containers.ids().flat_map(move |container| shows(model, container, field)).map(|it| it.value)
                });
                Parts::Values(values.collect())
            }
            Decision::Discloses(feature) => {
                let leaving = self.models().into_iter().flat_map(|model| leaving(model, feature)).map(|(what, _)| what);
                Parts::Leaving(leaving.collect())
            }
            Decision::Uses(_) | Decision::Level => Parts::None,
        }
    }

    /// The worlds of each part of a decision, on one side.
    fn regions(&mut self, side: usize, decision: Decision, parts: &Parts) -> Result<Vec<Worlds>, Undecided> {
        let outcomes = &mut self.both.sides[side];
        match (decision, parts) {
            (Decision::Sees(field), Parts::Values(values)) => {
                let space = &mut outcomes.space;
                let mut regions = vec![space.visible(field)?];
                for value in values {
                    regions.push(space.altered(field, *value)?);
                }
                Ok(regions)
            }
            (Decision::Uses(feature), _) => Ok(vec![outcomes.available(Block::Feature(feature))?]),
            (Decision::Level, _) => {
                let answering = outcomes.space.answering(Containers(u64::MAX))?;
                let regions = answering.iter().map(|(_, answers)| Worlds(answers.clone()));
                regions.map(|worlds| outcomes.space.both(&worlds, &outcomes.space.all())).collect()
            }
            (Decision::Discloses(feature), Parts::Leaving(all)) => {
                let available = outcomes.available(Block::Feature(feature))?;
                let mut whens: IndexMap<Left, Vec<ConditionId>> = IndexMap::new();
                leaving(outcomes.model, feature).for_each(|(what, when)| whens.entry(what).or_default().push(when));
                let mut regions = Vec::new();
                for what in all {
                    regions.extend(outcomes.leaving(&available, whens.get(what).into_iter().flatten().copied())?);
                }
                Ok(regions)
            }
            (Decision::Sees(_), _) | (Decision::Discloses(_), _) => Ok(Vec::new()),
        }
    }
}

/// What a decision consists of, so that both sides name the same.
enum Parts {
    None,
    /// The values that are shown instead of the owner's.
    Values(IndexSet<Value>),
    /// What leaves.
    Leaving(IndexSet<Left>),
}

/// Everything that is asked of the worlds of a shape.
fn everything(question: Question<'_>, deciding: &Deciding) -> Asked {
    let model = question.model();
    let mut asked = Asked::default();
    if question.shape == Shape::Viewer {
        asked.fields = model.fields.ids().collect();
        asked.level = true;
    }
    for (id, _) in model.features.iter().filter(|(_, feature)| feature.shape == question.shape) {
        asked.conditions.extend(deciding.set(deciding.number(Block::Feature(id))));
        asked.conditions.extend(leaving(model, id).map(|(_, when)| when));
    }
    asked
}

/// What a feature lets leave, and when. What hosts get follows from what is stored.
fn leaving(model: &Model, feature: FeatureId) -> impl Iterator<Item = (Left, ConditionId)> {
    let lines = model.leaving(feature, Organisation::Directory);
    lines.map(|line| ((line.item, line.whose, line.goal(), kept(model, &line)), line.when))
}

fn kept(model: &Model, line: &Leaving<'_>) -> Option<Kept> {
    let Way::Stored { retention: Some(retention), .. } = line.way else { return None };
    Some(match retention {
        Retention::Until(words) => Kept::Words(words.clone()),
        Retention::Setting(whose, setting) => Kept::Setting(*whose, *setting, model.parameters[*setting].default),
    })
}
