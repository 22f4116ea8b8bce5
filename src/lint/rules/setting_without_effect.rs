//! `setting-without-effect`: values set where they cannot change any decision.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Severity};
use crate::graph::Node;
use crate::lint::context::{Context, Findings};
use crate::lint::edit;
use crate::lint::exact::{Block, readings};
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Rule};
use crate::model::{
    ClassId, Condition, ConditionId, Model, Object, ParameterId, Reading, Retention, Truth, Value, What,
};
use crate::symbolic::{NODES, Space, Undecided, Worlds};
use crate::text::Span;

pub(crate) static RULE: Rule = Rule {
    code: Code::lint(
        "lint::setting-without-effect",
        Severity::Warning,
        "a value that cannot change anything where it is set",
    ),
    level: Level::Warning,
    fixes: Fixes::Safe,
    what: "Values in policy objects that no feature, guard, manifest or disclosure can depend on, given the other values \
           of the same object: polls where data collaboration is off, for example. Settings that nothing reads at all \
           are not mentioned.",
    why: "Whoever reads the policy believes that something was decided. Shown exactly: with the object's other values \
          fixed, every value of this setting gives the same outcome in every possible world.",
    bad: Example {
        policy: "use std/lync2013\n\npolicy ConferencingPolicy global {\n    EnableDataCollaboration = false\n    AllowPolls = false\n}\n",
        directory: "",
    },
    good: Example {
        policy: "use std/lync2013\n\npolicy ConferencingPolicy global {\n    EnableDataCollaboration = false\n}\n",
        directory: "",
    },
    check,
};

fn check(context: &Context<'_>, findings: &mut Findings) {
    let model = context.model();
    let uses = uses(context);
    let mut by_parameter: FxHashMap<ParameterId, Vec<usize>> = FxHashMap::default();
    for (at, of) in uses.iter().enumerate() {
        of.parameters.iter().for_each(|parameter| by_parameter.entry(*parameter).or_default().push(at));
    }
    let kept: FxHashSet<ParameterId> = retentions(model).collect();
    let mut weighing = Weighing { model, uses: &uses, spaces: FxHashMap::default(), known: FxHashMap::default() };
    for (id, object) in model.objects.iter().filter(|(_, object)| context.is_own(object.span)) {
        for (slot, parameter) in model.classes[object.class].settings.iter().enumerate() {
            let set_at = object.set_at.get(slot).copied().flatten();
            let Some(at) = set_at.filter(|at| own_line(context, object, *at)) else { continue };
            // Nothing reads it, or it says how long something is kept.
            let Some(reading) = by_parameter.get(parameter).filter(|_| !kept.contains(parameter)) else { continue };
            let mut any = Ok(false);
            for at in reading {
                any = match (any, weighing.matters(*at, object, *parameter)) {
                    (_, Ok(true)) => Ok(true),
                    (Err(Undecided), _) | (_, Err(Undecided)) => Err(Undecided),
                    (known, Ok(false)) => known,
                };
                if any == Ok(true) {
                    break;
                }
            }
            match any {
                Ok(true) => {}
                Err(Undecided) => findings.undecided(at, "whether this value can change anything"),
                Ok(false) => {
                    let name = &model.parameters[*parameter].declared.name;
                    let object = Node::Object(id).name(model);
                    let finding = findings
                        .finding(format!("`{name}` has no effect in `{object}`"))
                        .at(at, "no decision depends on it here")
                        .help("leave it out, or change what it depends on");
                    findings.push_with(finding, removal(context, at));
                }
            }
        }
    }
}

/// The values that an object gives what a use reads.
fn given(model: &Model, of: &Use, object: &Object) -> Vec<(ParameterId, Value)> {
    let settings = model.classes[object.class].settings.iter().zip(&object.values);
    settings.filter(|(id, _)| of.parameters.contains(id)).map(|(id, value)| (*id, *value)).collect()
}

/// What a setting can act on.
struct Use {
    of: Of,
    conditions: Vec<ConditionId>,
    parameters: FxHashSet<ParameterId>,
}

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
struct Weighing<'m> {
    model: &'m Model,
    uses: &'m [Use],
    spaces: FxHashMap<(usize, ClassId), Result<Weighed<'m>, Undecided>>,
    known: FxHashMap<Asked, Result<bool, Undecided>>,
}

/// The worlds of a use that tell apart every value which objects of a class give it, and its outcomes there.
struct Weighed<'m> {
    space: Space<'m>,
    read: Vec<Reading>,
    outcomes: Vec<Worlds>,
}

/// A use, a parameter, and what the object gives the parameters of that use.
type Asked = (usize, ParameterId, Vec<(ParameterId, Value)>);

impl Weighing<'_> {
    /// True if the outcome changes with the parameter for anybody to whom the object applies.
    fn matters(&mut self, at: usize, object: &Object, parameter: ParameterId) -> Result<bool, Undecided> {
        let Some(of) = self.uses.get(at) else { return Ok(false) };
        let given = given(self.model, of, object);
        // Many objects are alike in what a use reads of them.
        let key = (at, parameter, given);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let weighed =
            self.spaces.entry((at, object.class)).or_insert_with(|| Weighed::new(self.model, of, object.class));
        let matters = weighed.as_ref().map_err(|undecided| *undecided).and_then(|it| it.matters(&key.2, parameter));
        self.known.insert(key, matters);
        matters
    }
}

impl<'m> Weighed<'m> {
    fn new(model: &'m Model, of: &Use, class: ClassId) -> Result<Weighed<'m>, Undecided> {
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
        let mut space = Space::new(model, of.conditions.iter().copied(), values, NODES)?;
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

/// True if the value stands in the object itself and was not taken over with `like`.
fn own_line(context: &Context<'_>, object: &Object, at: Span) -> bool {
    context.item(object.span).is_some_and(|item| {
        let whole = item.span.0;
        at.file == whole.file && whole.start <= at.start && at.end <= whole.end
    })
}

/// The assignment with its line, if it has one for itself.
fn removal(context: &Context<'_>, at: Span) -> Option<crate::diagnostic::Fix> {
    let whole = edit::lines(context.sources(), at);
    (whole != at).then(|| edit::fix("leave it out", whole, ""))
}
