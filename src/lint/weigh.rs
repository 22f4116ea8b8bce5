//! What the values of policy objects can act on, and whether they do.

use rustc_hash::{FxHashMap, FxHashSet};

use super::context::Context;
use super::exact::{Block, readings};
use crate::model::{
    ClassId, Condition, ConditionId, Model, Object, ParameterId, Reading, Retention, Truth, Value, What,
};
use crate::symbolic::{Space, Undecided, Worlds};

/// The values that an object gives what a use reads.
fn given(model: &Model, of: &Use, object: &Object) -> Vec<(ParameterId, Value)> {
    let settings = model.classes[object.class].settings.iter().zip(&object.values);
    settings.filter(|(id, _)| of.parameters.contains(id)).map(|(id, value)| (*id, *value)).collect()
}

/// What a setting can act on.
#[derive(Debug)]
struct Use {
    of: Of,
    conditions: Vec<ConditionId>,
    parameters: FxHashSet<ParameterId>,
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
        let parameters = parameters.collect();
        all.push(Use { of, conditions, parameters });
    };
    for block in Block::all(model) {
        let conditions = block.conditions(model);
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
    spaces: FxHashMap<(usize, ClassId), Result<Weighed<'m>, Undecided>>,
    known: FxHashMap<Asked, Result<bool, Undecided>>,
}

/// The worlds of a use that tell apart every value which objects of a class give it, and its outcomes there.
#[derive(Debug)]
struct Weighed<'m> {
    space: Space<'m>,
    read: Vec<Reading>,
    outcomes: Vec<Worlds>,
}

/// A use, a parameter, and what the object gives the parameters of that use.
type Asked = (usize, ParameterId, Vec<(ParameterId, Value)>);

impl<'m> Weighing<'m> {
    pub(super) fn new(context: &Context<'_>) -> Weighing<'m> {
        let uses = uses(context);
        let mut reading: FxHashMap<ParameterId, Vec<usize>> = FxHashMap::default();
        for (at, of) in uses.iter().enumerate() {
            of.parameters.iter().for_each(|parameter| reading.entry(*parameter).or_default().push(at));
        }
        let kept = retentions(context.model()).collect();
        Weighing { uses, reading, kept, spaces: FxHashMap::default(), known: FxHashMap::default() }
    }

    /// Whether any outcome changes with a parameter for somebody to whom an object applies. None if nothing reads the
    /// parameter, or if it says how long something is kept.
    pub(super) fn effect(
        &mut self,
        context: &Context<'m>,
        object: &Object,
        parameter: ParameterId,
    ) -> Option<Result<bool, Undecided>> {
        let reading = self.reading.get(&parameter).filter(|_| !self.kept.contains(&parameter))?.clone();
        let mut effect = Ok(false);
        for at in reading {
            effect = match (effect, self.matters(context, at, object, parameter)) {
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
        object: &Object,
        parameter: ParameterId,
    ) -> Result<bool, Undecided> {
        let Some(of) = self.uses.get(at) else { return Ok(false) };
        // Many objects are alike in what a use reads of them.
        let key = (at, parameter, given(context.model(), of, object));
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let weighed = self.spaces.entry((at, object.class)).or_insert_with(|| Weighed::new(context, of, object.class));
        let matters = weighed.as_ref().map_err(|undecided| *undecided).and_then(|it| it.matters(&key.2, parameter));
        self.known.insert(key, matters);
        matters
    }
}

impl<'m> Weighed<'m> {
    fn new(context: &Context<'m>, of: &Use, class: ClassId) -> Result<Weighed<'m>, Undecided> {
        let model = context.model();
        let read: FxHashSet<Reading> = of.conditions.iter().flat_map(|condition| readings(model, *condition)).collect();
        let mut read: Vec<Reading> = read.into_iter().collect();
        read.sort_unstable();
        let objects = model.objects.values().filter(|object| object.class == class);
        let values: FxHashSet<(ParameterId, Value)> = objects.flat_map(|object| given(model, of, object)).collect();
        let mut values: Vec<(Reading, Value)> = read
            .iter()
            .flat_map(|reading| {
                let of_reading = values.iter().filter(|(parameter, _)| reading.what == What::Parameter(*parameter));
                of_reading.map(|(_, value)| (*reading, *value))
            })
            .collect();
        values.sort_unstable();
        let mut space = context.space(of.conditions.iter().copied(), values)?;
        let outcomes = outcomes(model, of, &mut space)?;
        Ok(Weighed { space, read, outcomes })
    }

    fn matters(&self, given: &[(ParameterId, Value)], parameter: ParameterId) -> Result<bool, Undecided> {
        let asked = self.read.iter().filter(|it| it.what == What::Parameter(parameter));
        for asked in asked {
            let others = self.read.iter().filter(|it| it.of == asked.of && *it != asked);
            let mut within = self.space.all();
            for other in others {
                let value = given.iter().find(|(parameter, _)| other.what == What::Parameter(*parameter));
                if let Some((_, value)) = value {
                    within = self.space.both(&within, &self.space.fixed(*other, *value)?)?;
                }
            }
            for outcome in &self.outcomes {
                let outcome = self.space.both(outcome, &within)?;
                if !self.space.is_independent_of(&outcome, *asked)? {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

fn outcomes(model: &Model, of: &Use, space: &mut Space<'_>) -> Result<Vec<Worlds>, Undecided> {
    match of.of {
        Of::Block(block) => Ok(vec![block.available(model, space)?]),
        Of::Line(block, when) => {
            let available = block.available(model, space)?;
            let (certain, never) = (space.holding(when, Truth::True)?, space.holding(when, Truth::False)?);
            Ok(vec![space.both(&available, &certain)?, space.except(&available, &never)?])
        }
        Of::Condition(when) => Ok(vec![space.holding(when, Truth::True)?, space.holding(when, Truth::False)?]),
    }
}
