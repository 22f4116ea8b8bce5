//! What the values of policy objects can act on, and whether they do.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::context::Context;
use super::exact::{Block, Outcomes, readings};
use crate::model::{
    Condition, ConditionId, Model, Object, ObjectId, ParameterId, ParameterOf, Reading, Retention, Subject, Truth,
    Value, What,
};
use crate::symbolic::{Space, Undecided, Worlds};

/// The values that an object gives what a use reads.
fn given(model: &Model, of: &Use, object: &Object) -> Given {
    of.parameters.iter().filter_map(|id| Some((*id, value_of(model, object, *id)?))).collect()
}

/// The value that an object gives a setting of its class.
fn value_of(model: &Model, object: &Object, parameter: ParameterId) -> Option<Value> {
    let of = &model.parameters[parameter];
    object.values.get(of.slot).copied().filter(|_| of.belongs_to == ParameterOf::Setting(object.class))
}

/// What an object gives the parameters that a use reads, by parameter.
type Given = Vec<(ParameterId, Value)>;

/// What a setting can act on.
#[derive(Debug)]
struct Use {
    of: Of,
    conditions: Vec<ConditionId>,
    /// What they read, sorted.
    parameters: Vec<ParameterId>,
}

#[derive(Debug)]
enum Of {
    Block(Block),
    /// A disclosure or storage of a feature: it happens where the feature is available.
    Line(Block, ConditionId),
    /// A condition by itself.
    Condition(ConditionId),
}

fn uses(context: &Context<'_>) -> Vec<Use> {
    let model = context.model();
    let mut all = Vec::new();
    let mut add = |of: Of, conditions: Vec<ConditionId>| {
        let read = conditions.iter().flat_map(|condition| readings(model, *condition));
        let parameters = read.filter_map(|reading| match reading.what {
            What::Parameter(parameter) => Some(parameter),
            _ => None,
        });
        let parameters: BTreeSet<ParameterId> = parameters.collect();
        let parameters = parameters.into_iter().collect();
        all.push(Use { of, conditions, parameters });
    };
    for block in Block::all(model) {
        let conditions = context.deciding().set(context.deciding().number(block)).to_vec();
        if let Block::Feature(feature) = block {
            let feature = &model.features[feature];
            let lines =
                feature.discloses.iter().map(|line| line.when).chain(feature.stores.iter().map(|line| line.when));
            // A line without a condition says what the block says.
            let always = |when: &ConditionId| matches!(model.conditions.get(*when), Condition::Constant(true));
            for when in lines.filter(|when| !always(when)) {
                add(Of::Line(block, when), conditions.iter().copied().chain([when]).collect());
            }
        }
        add(Of::Block(block), conditions);
    }
    let shows = model.containers.values().flat_map(|it| it.holds.values()).flat_map(|held| &held.shows);
    let single = shows.map(|shows| shows.when);
    let single = single.chain(model.manifests.values().filter_map(|manifest| manifest.when));
    for when in single.chain(model.memberships.values().map(|membership| membership.when)) {
        add(Of::Condition(when), vec![when]);
    }
    all
}

fn retentions(model: &Model) -> impl Iterator<Item = ParameterId> {
    model.features.values().flat_map(|feature| &feature.stores).filter_map(|line| match line.retention {
        Some(Retention::Setting(_, parameter)) => Some(parameter),
        _ => None,
    })
}

/// Which settings matter to which uses. The worlds of a use are laid out once, whatever objects ask.
#[derive(Debug)]
pub(super) struct Weighing<'m> {
    uses: Vec<Use>,
    /// The uses that read a parameter, by position.
    reading: FxHashMap<ParameterId, Vec<usize>>,
    /// What says how long something is kept.
    kept: FxHashSet<ParameterId>,
    /// The values that objects give a setting, each once.
    values: FxHashMap<ParameterId, BTreeSet<Value>>,
    spaces: FxHashMap<usize, Result<Weighed<'m>, Undecided>>,
    /// What an object gives a use, by the number of what was found out of it: many objects are alike.
    asked: FxHashMap<(usize, ObjectId), usize>,
    known: IndexMap<(usize, Given), Result<FxHashSet<ParameterId>, Undecided>>,
}

/// The worlds of a use that tell apart every value which objects give it, and its outcomes there.
#[derive(Debug)]
struct Weighed<'m> {
    space: Space<'m>,
    read: Vec<Reading>,
    outcomes: Vec<Worlds>,
}

impl<'m> Weighing<'m> {
    pub(super) fn new(context: &Context<'_>) -> Weighing<'m> {
        let model = context.model();
        let uses = uses(context);
        let mut reading: FxHashMap<ParameterId, Vec<usize>> = FxHashMap::default();
        for (at, of) in uses.iter().enumerate() {
            of.parameters.iter().for_each(|parameter| reading.entry(*parameter).or_default().push(at));
        }
        let mut values: FxHashMap<ParameterId, BTreeSet<Value>> = FxHashMap::default();
        for object in model.objects.values() {
            for (parameter, value) in model.classes[object.class].settings.iter().zip(&object.values) {
                values.entry(*parameter).or_default().insert(*value);
            }
        }
        Weighing {
            uses,
            reading,
            kept: retentions(model).collect(),
            values,
            spaces: FxHashMap::default(),
            asked: FxHashMap::default(),
            known: IndexMap::default(),
        }
    }

    /// Whether any outcome changes with a parameter for somebody to whom an object applies. None if nothing reads the
    /// parameter, or if it says how long something is kept.
    pub(super) fn effect(
        &mut self,
        context: &Context<'m>,
        object: ObjectId,
        parameter: ParameterId,
    ) -> Option<Result<bool, Undecided>> {
        let uses = self.reading.get(&parameter).filter(|_| !self.kept.contains(&parameter))?.len();
        let mut effect = Ok(false);
        for at in 0..uses {
            let Some(of) = self.reading.get(&parameter).and_then(|reading| reading.get(at)).copied() else { continue };
            effect = match (effect, self.matters(context, of, object, parameter)) {
                (_, Ok(true)) => return Some(Ok(true)),
                (Err(Undecided), _) | (_, Err(Undecided)) => Err(Undecided),
                (known, Ok(false)) => known,
            };
        }
        Some(effect)
    }

    fn matters(
        &mut self,
        context: &Context<'m>,
        at: usize,
        object: ObjectId,
        parameter: ParameterId,
    ) -> Result<bool, Undecided> {
        let asked = match self.asked.get(&(at, object)) {
            Some(known) => *known,
            None => {
                let number = self.find_out(context, at, object);
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

    /// Finds out which of what a use reads of an object matter; the number under which it is known.
    fn find_out(&mut self, context: &Context<'m>, at: usize, object: ObjectId) -> usize {
        let model = context.model();
        let Some(of) = self.uses.get(at) else { return usize::MAX };
        let key = (at, given(model, of, &model.objects[object]));
        if let Some(known) = self.known.get_index_of(&key) {
            return known;
        }
        let weighed = self.spaces.entry(at).or_insert_with(|| Weighed::new(context, of, &self.values));
        let matter = weighed.as_ref().map_err(|undecided| *undecided).and_then(|weighed| weighed.matter(&key.1));
        self.known.insert_full(key, matter).0
    }
}

impl<'m> Weighed<'m> {
    fn new(
        context: &Context<'m>,
        of: &Use,
        values: &FxHashMap<ParameterId, BTreeSet<Value>>,
    ) -> Result<Weighed<'m>, Undecided> {
        let model = context.model();
        let read: BTreeSet<Reading> = of.conditions.iter().flat_map(|condition| readings(model, *condition)).collect();
        let read: Vec<Reading> = read.into_iter().collect();
        let values = read.iter().flat_map(|reading| {
            let values = match reading.what {
                What::Parameter(parameter) => values.get(&parameter),
                _ => None,
            };
            values.into_iter().flatten().map(|value| (*reading, *value))
        });
        let space = context.space(of.conditions.iter().copied(), values)?;
        let mut outcomes = Outcomes::new(model, space);
        let of_use = outcomes_of(of, &mut outcomes)?;
        Ok(Weighed { space: outcomes.space, read, outcomes: of_use })
    }

    /// Which of these parameters change an outcome while the others have what is given.
    fn matter(&self, given: &[(ParameterId, Value)]) -> Result<FxHashSet<ParameterId>, Undecided> {
        let mut of_subjects: BTreeMap<Subject, Vec<Fixed>> = BTreeMap::new();
        for reading in &self.read {
            let What::Parameter(parameter) = reading.what else { continue };
            if let Ok(at) = given.binary_search_by_key(&parameter, |(parameter, _)| *parameter)
                && let Some((_, value)) = given.get(at)
            {
                of_subjects.entry(reading.whose).or_default().push((*reading, parameter, *value));
            }
        }
        let mut matter = FxHashSet::default();
        for fixed in of_subjects.values() {
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

fn outcomes_of(of: &Use, outcomes: &mut Outcomes<'_>) -> Result<Vec<Worlds>, Undecided> {
    match of.of {
        Of::Block(block) => Ok(vec![outcomes.available(block)?]),
        Of::Line(block, when) => {
            let available = outcomes.available(block)?;
            let space = &mut outcomes.space;
            let (certain, never) = (space.holding(when, Truth::True)?, space.holding(when, Truth::False)?);
            Ok(vec![space.both(&available, &certain)?, space.except(&available, &never)?])
        }
        Of::Condition(when) => {
            let space = &mut outcomes.space;
            Ok(vec![space.holding(when, Truth::True)?, space.holding(when, Truth::False)?])
        }
    }
}
