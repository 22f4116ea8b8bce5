//! Exact answers over every world they could be asked in: decision diagrams over finite domains.
//!
//! A world gives every reading a value of its domain and every question about groups and lists an answer. Worlds are
//! consistent: owners and organizers are people of the organisation, people outside have no site, exactly people inside
//! have known settings, and the mode of an owner is what the conditions of the manifests make it.
//!
//! Conditions by themselves are asked in worlds in which levels and lists are any, whatever manifests would make of
//! them ([`Space::new`]). A [`Question`] is asked in worlds that a directory could record ([`Space::for_question`]):
//! recorded entries and lists are any; the entries in force, the level and what is seen follow from them.
//!
//! Every operation has a node limit; beyond it the answer is [`Undecided`], never "no".

mod anchor;
mod answer;
mod apart;
mod both;
mod chain;
mod consistency;
mod domain;
mod encode;
mod in_force;
mod level;
mod names;
mod objects;
mod outcome;
mod partition;
mod question;
mod said;
mod sets;
mod settle;
mod variable;
mod world;

pub(crate) use answer::shows;
pub use apart::{Comparing, Decision, Difference, difference};
pub use both::Both;
pub use chain::{Link, Whereabouts};
pub use outcome::{Block, Deciding, Outcomes};
pub use question::{Asked, Question, Settings};
pub use variable::{EntryType, Variable};
pub use world::{Fact, World};

use std::sync::Arc;

use biodivine_lib_bdd::{Bdd, BddVariable, BddVariableSet};
use rustc_hash::FxHashMap;

use crate::language::ast::Effect;
use crate::model::{ClassId, ConditionId, Containers, FieldId, ManifestId, Model, Reading, Subject, Truth, Value};
use anchor::Anchor;
use chain::Chain;
use domain::Domains;
use encode::Ternary;
use in_force::InForce;
use level::Answering;
use names::Names;
use objects::Applying;

/// Nodes an operation may use unless a caller says otherwise: a few megabytes, and milliseconds.
pub const NODES: usize = 200_000;

/// The most bits that worlds can be told apart by: the library numbers them with 16 bits, and takes two for itself.
pub const MOST_BITS: usize = u16::MAX as usize - 2;

/// The question needs more nodes than the limit allows; nothing is known about its answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Undecided;

/// What a space has to tell apart. Domains of numbers and texts hold one value for each case that these conditions and
/// values tell apart.
#[derive(Clone, Copy, Debug)]
pub struct Terms<C, V> {
    /// What can be asked.
    pub conditions: C,
    /// Values for [`Space::given`].
    pub values: V,
}

/// A set of consistent worlds of one [`Space`].
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Worlds(Bdd);

impl Worlds {
    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_false()
    }

    /// The bits of the codes that it depends on, by number, in no order.
    pub fn bits(&self) -> impl Iterator<Item = usize> {
        self.0.support_set().into_iter().map(BddVariable::to_index)
    }
}

/// How many bits tell the worlds of a question apart, whether or not there can be so many.
pub fn bits_to_tell(question: Question<'_>, asked: &Asked) -> usize {
    let [domains] = Domains::for_questions(&[question], &Names::default(), &Chain::new(question, asked), [asked]);
    domains.values().map(|domain| encode::bits_for(domain.len())).sum()
}

/// All worlds in which some conditions can be asked.
#[derive(Debug)]
pub struct Space<'m> {
    model: &'m Model,
    manifests: &'m [ManifestId],
    domains: Domains,
    variables: BddVariableSet,
    /// The first bit of each variable's code.
    first_bits: Vec<usize>,
    bits: Vec<BddVariable>,
    consistent: Worlds,
    limit: usize,
    /// What is asked; None if conditions are asked by themselves.
    question: Option<Question<'m>>,
    /// What it tells apart of the domains whose entries match the viewer.
    chain: Chain,
    anchors: Vec<Anchor>,
    known: FxHashMap<ConditionId, Ternary>,
    in_force: Option<Arc<InForce>>,
    answering: FxHashMap<Containers, Arc<Answering>>,
    /// Which objects of a class apply to somebody.
    applying: FxHashMap<(Subject, ClassId), Arc<Applying>>,
    /// Where a field is seen, and where another value of it is.
    seen: FxHashMap<(FieldId, Option<Value>), Worlds>,
}

impl<'m> Space<'m> {
    /// The space of these terms, with at most this many nodes. The manifests come in the order in which they are asked,
    /// which decides the mode of an owner.
    pub fn new(
        model: &'m Model,
        manifests: &'m [ManifestId],
        terms: Terms<impl IntoIterator<Item = ConditionId>, impl IntoIterator<Item = (Reading, Value)>>,
        limit: usize,
    ) -> Result<Space<'m>, Undecided> {
        let mut space = Space::over(model, manifests, Domains::new(model, manifests, terms), limit)?;
        space.consistent = Worlds(space.consistency()?);
        Ok(space)
    }

    /// The space of all that is asked of a question, with this many nodes at most.
    pub fn for_question(question: Question<'m>, asked: &Asked, limit: usize) -> Result<Space<'m>, Undecided> {
        let chain = Chain::new(question, asked);
        let [domains] = Domains::for_questions(&[question], &Names::default(), &chain, [asked]);
        Space::of_domains(question, chain, domains, limit)
    }

    /// The space of a question in which these variables are told apart.
    fn of_domains(
        question: Question<'m>,
        chain: Chain,
        domains: Domains,
        limit: usize,
    ) -> Result<Space<'m>, Undecided> {
        let (model, manifests) = (question.graph.model(), question.graph.manifest_order());
        let mut space = Space::over(model, manifests, domains, limit)?;
        (space.question, space.chain) = (Some(question), chain);
        space.anchors = space.anchored(question)?;
        let (values, people) = (Worlds(space.consistency()?), Worlds(space.possible(question)?));
        space.consistent = space.both(&values, &people)?;
        Ok(space)
    }

    fn over(
        model: &'m Model,
        manifests: &'m [ManifestId],
        domains: Domains,
        limit: usize,
    ) -> Result<Space<'m>, Undecided> {
        let mut first_bits = Vec::new();
        let mut count = 0usize;
        for domain in domains.values() {
            first_bits.push(count);
            count += encode::bits_for(domain.len());
        }
        let count = u16::try_from(count).ok().filter(|_| count <= MOST_BITS).ok_or(Undecided)?;
        let variables = BddVariableSet::new_anonymous(count);
        let bits = variables.variables();
        Ok(Space {
            model,
            manifests,
            domains,
            first_bits,
            bits,
            consistent: Worlds(variables.mk_true()),
            limit,
            question: None,
            chain: Chain::default(),
            anchors: Vec::new(),
            known: FxHashMap::default(),
            in_force: None,
            answering: FxHashMap::default(),
            applying: FxHashMap::default(),
            seen: FxHashMap::default(),
            variables,
        })
    }

    /// How many bits tell its worlds apart.
    pub fn bits(&self) -> usize {
        self.bits.len()
    }

    /// The worlds in which a condition has this truth.
    pub fn holding(&mut self, condition: ConditionId, truth: Truth) -> Result<Worlds, Undecided> {
        let ternary = self.ternary(condition)?;
        let worlds = match truth {
            Truth::True => ternary.holds,
            Truth::False => ternary.fails,
            Truth::Unknown => self.or(&ternary.holds, &ternary.fails)?.not(),
        };
        self.both(&Worlds(worlds), &self.all())
    }

    /// The worlds in which a condition is not known to be false.
    pub fn unless_false(&mut self, condition: ConditionId) -> Result<Worlds, Undecided> {
        let fails = self.holding(condition, Truth::False)?;
        self.except(&self.all(), &fails)
    }

    /// The worlds in which a rule with this condition fires: an allow if it holds, a denial unless it fails.
    pub fn firing(&mut self, effect: Effect, condition: ConditionId) -> Result<Worlds, Undecided> {
        match effect {
            Effect::Allow => self.holding(condition, Truth::True),
            Effect::Deny => self.unless_false(condition),
        }
    }

    /// The variables of its worlds, in the order in which they are told apart.
    pub fn variables(&self) -> impl Iterator<Item = Variable> {
        self.domains.variables()
    }

    /// The values that a variable has in these worlds, one for each case that is told apart; the ordinary one is first.
    pub fn values(&self, variable: Variable) -> &[Value] {
        self.domains.index(variable).map_or(&[], |index| self.domains.values_of(index))
    }

    /// True if the condition holds in some world.
    pub fn satisfiable(&mut self, condition: ConditionId) -> Result<bool, Undecided> {
        Ok(!self.holding(condition, Truth::True)?.is_empty())
    }

    /// True if the second holds wherever the first does.
    pub fn implies(&mut self, first: ConditionId, second: ConditionId) -> Result<bool, Undecided> {
        let (first, second) = (self.holding(first, Truth::True)?, self.holding(second, Truth::True)?);
        Ok(self.except(&first, &second)?.is_empty())
    }

    /// True if both have the same truth in every world, unknown included.
    pub fn equivalent(&mut self, first: ConditionId, second: ConditionId) -> Result<bool, Undecided> {
        for truth in [Truth::True, Truth::False] {
            if self.holding(first, truth)? != self.holding(second, truth)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A smallest world in which the condition holds.
    pub fn witness(&mut self, condition: ConditionId) -> Result<Option<World>, Undecided> {
        let worlds = self.holding(condition, Truth::True)?;
        self.smallest(&worlds)
    }
}
