//! Two sets that are asked in the same worlds, whatever either of them calls them.
//!
//! What one side alone names is there in the worlds of both, and nothing on the other side reads it: an entry in a
//! container that a side does not have is nobody's there. Two things of one name whose values cannot be compared are
//! two things, each of its own side.

use std::collections::BTreeSet;

use super::chain::Chain;
use super::domain::Domains;
use super::encode::bits_for;
use super::names::Names;
use super::{Asked, Fact, Outcomes, Question, Space, Undecided, Variable, World, Worlds};
use crate::model::{Value, What};

/// Two sets in the same worlds.
#[derive(Debug)]
pub struct Both<'m> {
    /// What each side decides.
    pub sides: [Outcomes<'m>; 2],
    names: Names<'m>,
    all: Worlds,
}

/// What both sides tell apart.
struct Joined {
    chain: Chain,
    domains: [Domains; 2],
}

impl Joined {
    fn new(questions: &[Question<'_>; 2], names: &Names<'_>, asked: &[Asked; 2]) -> Joined {
        let chain = Chain::new(questions[0], &asked[0]).with(Chain::new(questions[1], &asked[1]));
        let domains = Domains::for_questions(questions, names, &chain, asked.each_ref());
        Joined { chain, domains }
    }
}

impl<'m> Both<'m> {
    /// Both sides, with this many nodes at most. Texts have to have the same numbers in both, and each has to know all
    /// people and domains of the other.
    pub fn new(questions: [Question<'m>; 2], asked: &[Asked; 2], limit: usize) -> Result<Both<'m>, Undecided> {
        Both::by(Names::new(questions.map(Question::model)), questions, asked, limit)
    }

    /// The same of sets in which everything has the same number.
    pub(super) fn alike(questions: [Question<'m>; 2], asked: &[Asked; 2], limit: usize) -> Result<Both<'m>, Undecided> {
        Both::by(Names::default(), questions, asked, limit)
    }

    fn by(
        names: Names<'m>,
        questions: [Question<'m>; 2],
        asked: &[Asked; 2],
        limit: usize,
    ) -> Result<Both<'m>, Undecided> {
        let Joined { chain, domains: [before, after] } = Joined::new(&questions, &names, asked);
        let side = |question: Question<'m>, domains: Domains| {
            let space = Space::of_domains(question, chain.clone(), domains, limit)?;
            Ok(Outcomes::new(question.model(), space))
        };
        let sides = [side(questions[0], before)?, side(questions[1], after)?];
        let all = sides[0].space.both(&sides[0].space.all(), &sides[1].space.all())?;
        Ok(Both { sides, names, all })
    }

    /// How many bits tell the worlds of both apart.
    pub fn bits_to_tell(questions: [Question<'_>; 2], asked: &[Asked; 2]) -> usize {
        let Joined { domains: [all, _], .. } =
            Joined::new(&questions, &Names::new(questions.map(Question::model)), asked);
        all.values().map(|domain| bits_for(domain.len())).sum()
    }

    /// The worlds that both sides can have.
    pub fn all(&self) -> &Worlds {
        &self.all
    }

    /// Operations on sets of worlds, whichever side they are of.
    pub fn space(&self) -> &Space<'m> {
        &self.sides[0].space
    }

    /// The worlds of a set that a side can have and the other cannot, unless the set has the same one with a value that
    /// both have: what is told of that world is told of all.
    pub fn beyond(&self, side: usize, worlds: &Worlds) -> Result<Worlds, Undecided> {
        let space = self.space();
        let alone = space.except(worlds, &self.all)?;
        if alone.is_empty() {
            return Ok(alone);
        }
        let lacking = self.sides[1 - side].space.domains.lacking();
        let common = space.both(worlds, &self.all)?;
        let lacking: BTreeSet<usize> = lacking.collect();
        let alike = lacking.into_iter().try_fold(common, |alike, index| space.whatever_value(&alike, index))?;
        space.except(&alone, &alike)
    }

    /// The world of a set in which the least is out of the ordinary, as each side knows it: its facts stand at the same
    /// positions in both.
    pub fn smallest(&self, worlds: &Worlds) -> Result<Option<[World; 2]>, Undecided> {
        let [before, after] = &self.sides;
        Ok(before.space.smallest(worlds)?.zip(after.space.smallest(worlds)?).map(|(before, after)| [before, after]))
    }

    /// Whether a side has what a variable of its worlds is about.
    pub fn knows(&self, side: usize, variable: Variable) -> bool {
        self.names.knows(side, variable)
    }

    /// Whether the other side has what a variable of a side is about.
    pub fn shares(&self, side: usize, variable: Variable) -> bool {
        let there = self.names.to(1 - side, self.names.from(side, variable));
        self.names.knows(1 - side, there)
    }

    /// What the other side calls the same as a side does, be it of another sort.
    pub fn namesake(&self, side: usize, what: What) -> Option<What> {
        self.names.namesake(side, what)
    }

    /// Whether a side can name a fact of its worlds.
    pub fn names(&self, side: usize, fact: &Fact) -> bool {
        self.names.knows(side, fact.variable) && self.names.names_value(side, fact.variable, fact.value)
    }

    /// Whether the other side lacks the value that a variable of a side has.
    pub fn lacks(&self, side: usize, index: usize, value: Value) -> bool {
        let position = self.sides[side].space.domains.values_of(index).iter().position(|it| *it == value);
        position.is_some_and(|position| !self.sides[1 - side].space.domains.has_position(index, position))
    }
}
