//! What the values of policy objects can act on, and whether they do.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxHashMap, FxHashSet};

use super::exact::{Block, Deciding, Outcomes, readings, space};
use crate::graph::RuleGraph;
use crate::model::{
    Condition, ConditionId, Model, Object, ObjectId, ParameterId, ParameterOf, Reading, Retention, Subject, Truth,
    Value, What,
};
use crate::symbolic::{Space, Undecided, Worlds};

/// What a set decides, as far as values can act on it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Decided {
    Block(Block),
    /// A disclosure or storage of a feature: it happens where the feature is available.
    Line(Block, ConditionId),
    /// A condition by itself.
    Condition(ConditionId),
}

impl Decided {
    /// Everything of a set that values can act on, each thing once.
    fn all(model: &Model) -> IndexSet<Decided> {
        let mut all = IndexSet::new();
        for block in Block::all(model) {
            if let Block::Feature(feature) = block {
                let feature = &model.features[feature];
                let lines =
                    feature.discloses.iter().map(|line| line.when).chain(feature.stores.iter().map(|line| line.when));
                // A line without a condition says what the block says.
                let always = |when: &ConditionId| matches!(model.conditions.get(*when), Condition::Constant(true));
                all.extend(lines.filter(|when| !always(when)).map(|when| Decided::Line(block, when)));
            }
            all.insert(Decided::Block(block));
        }
        let shows = model.containers.values().flat_map(|it| it.holds.values()).flat_map(|held| &held.shows);
        let single = shows.map(|shows| shows.when);
        let single = single.chain(model.manifests.values().filter_map(|manifest| manifest.when));
        all.extend(single.chain(model.memberships.values().map(|membership| membership.when)).map(Decided::Condition));
        all
    }

    fn conditions(self, deciding: &Deciding) -> Vec<ConditionId> {
        let deciding = |block| deciding.set(deciding.number(block)).iter().copied();
        match self {
            Decided::Block(block) => deciding(block).collect(),
            Decided::Line(block, when) => deciding(block).chain([when]).collect(),
            Decided::Condition(when) => vec![when],
        }
    }

    fn outcomes(self, outcomes: &mut Outcomes<'_>) -> Result<Vec<Worlds>, Undecided> {
        match self {
            Decided::Block(block) => Ok(vec![outcomes.available(block)?]),
            Decided::Line(block, when) => {
                let available = outcomes.available(block)?;
                let space = &mut outcomes.space;
                let (certain, never) = (space.holding(when, Truth::True)?, space.holding(when, Truth::False)?);
                Ok(vec![space.both(&available, &certain)?, space.except(&available, &never)?])
            }
            Decided::Condition(when) => {
                let space = &mut outcomes.space;
                Ok(vec![space.holding(when, Truth::True)?, space.holding(when, Truth::False)?])
            }
        }
    }
}

/// What values can act on, with what it reads of them.
#[derive(Debug)]
struct Target {
    decided: Decided,
    conditions: Vec<ConditionId>,
    /// Each reading of a parameter in them once, sorted, with the parameter.
    read: Vec<(Reading, ParameterId)>,
    /// The parameters in these readings, whoever they are read of: each once, sorted.
    parameters: Vec<ParameterId>,
}

impl Target {
    fn new(model: &Model, deciding: &Deciding, decided: Decided) -> Target {
        let conditions = decided.conditions(deciding);
        let read: BTreeSet<Reading> = conditions.iter().flat_map(|condition| readings(model, *condition)).collect();
        let read = read.into_iter().filter_map(|reading| match reading.what {
            What::Parameter(parameter) => Some((reading, parameter)),
            _ => None,
        });
        let read: Vec<(Reading, ParameterId)> = read.collect();
        let parameters: BTreeSet<ParameterId> = read.iter().map(|(_, parameter)| *parameter).collect();
        Target { decided, conditions, read, parameters: parameters.into_iter().collect() }
    }

    /// The values that an object gives what is read.
    fn given(&self, model: &Model, object: &Object) -> Given {
        self.parameters.iter().filter_map(|id| Some((*id, value_of(model, object, *id)?))).collect()
    }
}

/// The value that an object gives a setting of its class.
fn value_of(model: &Model, object: &Object, parameter: ParameterId) -> Option<Value> {
    let parameter = &model.parameters[parameter];
    object.values.get(parameter.slot).copied().filter(|_| parameter.belongs_to == ParameterOf::Setting(object.class))
}

/// What an object gives the parameters that a target reads, sorted by parameter.
type Given = Vec<(ParameterId, Value)>;

fn retentions(model: &Model) -> impl Iterator<Item = ParameterId> {
    model.features.values().flat_map(|feature| &feature.stores).filter_map(|line| match line.retention {
        Some(Retention::Setting(_, parameter)) => Some(parameter),
        _ => None,
    })
}

/// Which settings matter to which targets. The worlds of a target are laid out once, whatever objects ask.
#[derive(Debug)]
pub(super) struct Weighing<'m> {
    graph: &'m RuleGraph,
    targets: Vec<Target>,
    /// The targets that read a parameter, by position.
    reading: FxHashMap<ParameterId, Vec<usize>>,
    /// What says how long something is kept.
    kept: FxHashSet<ParameterId>,
    /// The values that objects give a setting, each once.
    values: FxHashMap<ParameterId, BTreeSet<Value>>,
    laid_out: FxHashMap<usize, Result<LaidOut<'m>, Undecided>>,
    /// What an object gives a target, by the number of what was found out of it: many objects are alike.
    asked: FxHashMap<(usize, ObjectId), usize>,
    known: IndexMap<(usize, Given), Result<FxHashSet<ParameterId>, Undecided>>,
}

impl<'m> Weighing<'m> {
    pub(super) fn new(graph: &'m RuleGraph, deciding: &Deciding) -> Weighing<'m> {
        let model = graph.model();
        let targets: Vec<Target> =
            Decided::all(model).into_iter().map(|decided| Target::new(model, deciding, decided)).collect();
        let mut reading: FxHashMap<ParameterId, Vec<usize>> = FxHashMap::default();
        for (at, target) in targets.iter().enumerate() {
            target.parameters.iter().for_each(|parameter| reading.entry(*parameter).or_default().push(at));
        }
        let mut values: FxHashMap<ParameterId, BTreeSet<Value>> = FxHashMap::default();
        for object in model.objects.values() {
            for (parameter, value) in model.classes[object.class].settings.iter().zip(&object.values) {
                values.entry(*parameter).or_default().insert(*value);
            }
        }
        Weighing {
            graph,
            targets,
            reading,
            kept: retentions(model).collect(),
            values,
            laid_out: FxHashMap::default(),
            asked: FxHashMap::default(),
            known: IndexMap::default(),
        }
    }

    /// Whether any outcome changes with a parameter for somebody to whom one of these objects applies. None if nothing
    /// reads the parameter, or if it says how long something is kept.
    pub(super) fn effect(&mut self, objects: &[ObjectId], parameter: ParameterId) -> Option<Result<bool, Undecided>> {
        if self.kept.contains(&parameter) {
            return None;
        }
        let targets = self.reading.get(&parameter)?.clone();
        let mut effect = Ok(false);
        for object in objects {
            for target in &targets {
                match self.matters(*target, *object, parameter) {
                    Ok(true) => return Some(Ok(true)),
                    Err(Undecided) => effect = Err(Undecided),
                    Ok(false) => {}
                }
            }
        }
        Some(effect)
    }

    fn matters(&mut self, at: usize, object: ObjectId, parameter: ParameterId) -> Result<bool, Undecided> {
        let asked = match self.asked.get(&(at, object)) {
            Some(known) => *known,
            None => {
                let number = self.find_out(at, object);
                self.asked.insert((at, object), number);
                number
            }
        };
        match self.known.get_index(asked) {
            Some((_, Ok(matter))) => Ok(matter.contains(&parameter)),
            Some((_, Err(undecided))) => Err(*undecided),
            None => Ok(false),
        }
    }

    /// Finds out which of what a target reads of an object matter; the number under which it is known.
    fn find_out(&mut self, at: usize, object: ObjectId) -> usize {
        let model = self.graph.model();
        let Some(target) = self.targets.get(at) else { return usize::MAX };
        let key = (at, target.given(model, &model.objects[object]));
        if let Some(known) = self.known.get_index_of(&key) {
            return known;
        }
        let laid_out = self.laid_out.entry(at).or_insert_with(|| LaidOut::new(self.graph, target, &self.values));
        let laid_out = laid_out.as_ref().map_err(|undecided| *undecided);
        let matter = laid_out.and_then(|laid_out| laid_out.matter(&target.read, &key.1));
        self.known.insert_full(key, matter).0
    }
}

/// The worlds of a target that tell apart every value which objects give it, and its outcomes there.
#[derive(Debug)]
struct LaidOut<'m> {
    space: Space<'m>,
    outcomes: Vec<Worlds>,
}

impl<'m> LaidOut<'m> {
    fn new(
        graph: &'m RuleGraph,
        target: &Target,
        values: &FxHashMap<ParameterId, BTreeSet<Value>>,
    ) -> Result<LaidOut<'m>, Undecided> {
        let values = target.read.iter().flat_map(|(reading, parameter)| {
            values.get(parameter).into_iter().flatten().map(|value| (*reading, *value))
        });
        let space = space(graph, target.conditions.iter().copied(), values)?;
        let mut outcomes = Outcomes::new(graph.model(), space);
        let found = target.decided.outcomes(&mut outcomes)?;
        Ok(LaidOut { space: outcomes.space, outcomes: found })
    }

    /// Which of the parameters that are read change an outcome while the others have what is given.
    fn matter(
        &self,
        read: &[(Reading, ParameterId)],
        given: &[(ParameterId, Value)],
    ) -> Result<FxHashSet<ParameterId>, Undecided> {
        let mut by_role: BTreeMap<Subject, Vec<Fixed>> = BTreeMap::new();
        for (reading, parameter) in read {
            if let Ok(at) = given.binary_search_by_key(parameter, |(parameter, _)| *parameter)
                && let Some((_, value)) = given.get(at)
            {
                by_role.entry(reading.whose).or_default().push((*reading, *parameter, *value));
            }
        }
        let mut matter = FxHashSet::default();
        for fixed in by_role.values() {
            for outcome in &self.outcomes {
                self.add_mattering(outcome, fixed, &mut matter)?;
            }
        }
        Ok(matter)
    }

    /// Adds those that change an outcome, all others given. Of each half the other is given at once, so what is asked
    /// about gets smaller with every step.
    fn add_mattering(
        &self,
        outcome: &Worlds,
        among: &[Fixed],
        matter: &mut FxHashSet<ParameterId>,
    ) -> Result<(), Undecided> {
        if let [(reading, parameter, _)] = among {
            if !matter.contains(parameter) && !self.space.is_independent_of(outcome, *reading)? {
                matter.insert(*parameter);
            }
            return Ok(());
        }
        let (left, right) = among.split_at(among.len() / 2);
        for (asked, given) in [(left, right), (right, left)] {
            if asked.iter().any(|(_, parameter, _)| !matter.contains(parameter)) {
                self.add_mattering(
                    &self.space.given(outcome, given.iter().map(|(reading, _, value)| (*reading, *value)))?,
                    asked,
                    matter,
                )?;
            }
        }
        Ok(())
    }
}

/// A reading of a parameter, and what an object gives it.
type Fixed = (Reading, ParameterId, Value);
