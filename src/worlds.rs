//! What differs between two sets in every world there can be: whatever a directory records, for whomever.
//!
//! Both sets are asked in the same worlds, by decision diagrams. What one side alone names is there in the worlds of
//! both: on the other side its fields are hidden, its features unavailable and its containers nobody's, and nothing
//! reads its settings. What cannot be compared is told, and never counts as equal. No world is told that the resolver
//! does not find as it is told, on both sides.

mod changes;
mod cubes;
mod decision;
mod evidence;
mod linked;
mod narrowed;
mod partitions;
mod reasons;
mod told;

pub use decision::{Decided, State};
pub use partitions::Aspect;
pub use told::{Told, Verified};

use indexmap::IndexMap;

use crate::compile::Set;
use crate::diff::Direction;
use crate::language::ast::Shape;
use crate::model::Containers;
use crate::prove::Obstacle;
use crate::symbolic::{Both, Deciding, MOST_BITS, Question, Settings, Undecided, Worlds};
use changes::Found;
use decision::Asking;
use linked::Linked;

/// Of so many rows it is sought where they are, and in which world; that takes longer than all the rest.
pub const LOCATED: usize = 60;

/// So many regions of a row are told.
pub const REGIONS: usize = 6;

/// What differs in every world.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Everywhere {
    /// What changes, gains first; what changes in the same worlds is one row.
    pub rows: Vec<Row>,
    /// What needs more nodes than the limit allows, or more bits than diagrams have.
    pub undecided: Vec<Open<Obstacle>>,
    /// What could not be compared everywhere, each with the reason.
    pub uncompared: Vec<Open<String>>,
    /// How many decisions were asked about.
    pub decisions: usize,
}

/// A decision of which not everything is known.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Open<W> {
    /// What is decided.
    pub decided: Decided,
    /// Why.
    pub why: W,
}

/// What changes in exactly the same worlds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Row {
    /// Who is in them.
    pub shape: Shape,
    /// Whether it is more or less.
    pub direction: Direction,
    /// What changes.
    pub changes: Vec<Change>,
    /// Where; None of rows behind the first [`LOCATED`].
    pub located: Option<Located>,
}

/// A decision with another outcome.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Change {
    /// What is decided.
    pub decided: Decided,
    /// What comes of it in BASE.
    pub before: State,
    /// What comes of it in HEAD.
    pub after: State,
}

/// Where something changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Located {
    /// Sets of worlds that together are all; of many, the first.
    pub regions: Vec<Region>,
    /// Whether there are worlds in none of those.
    pub rest: Rest,
    /// The world in which the least is out of the ordinary.
    pub world: Told,
}

/// Whether regions leave something out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rest {
    /// They are everything.
    Nothing,
    /// There is more.
    More,
}

/// The worlds in which all of these are so; without any, all.
pub type Region = Vec<Term>;

/// That something has one of some values.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Term {
    /// What.
    pub aspect: Aspect,
    /// The values.
    pub values: Vec<String>,
    /// All other values.
    pub others: Vec<String>,
}

/// A world that the resolver does not bear out: a mistake of prescope.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mistaken {
    /// What was told of it.
    pub change: Change,
}

/// Compares two sets in every world, with diagrams of so many nodes at most. None if either has errors.
pub fn compare(sets: [&Set; 2], limit: usize) -> Option<Result<Everywhere, Mistaken>> {
    let linked = Linked::new(sets)?;
    let comparing = Comparing { deciding: [0, 1].map(|side: usize| Deciding::new(linked.model(side))), linked, limit };
    let mut everywhere = Everywhere::default();
    for shape in [Shape::Viewer, Shape::User, Shape::Participant, Shape::Party] {
        if let Err(mistaken) = comparing.shape(shape, &mut everywhere) {
            return Some(Err(mistaken));
        }
    }
    // Gains of every shape come first.
    everywhere.rows.sort_by_key(|row| row.direction);
    Some(Ok(everywhere))
}

/// Two sets that are compared.
struct Comparing {
    linked: Linked,
    deciding: [Deciding; 2],
    limit: usize,
}

/// What changes where, before it is told: by direction, and by the worlds and the containers that decide.
type Rows = IndexMap<(Direction, Worlds, [Containers; 2]), Vec<Change>>;

impl Comparing {
    fn questions(&self, shape: Shape) -> [Question<'_>; 2] {
        [0, 1].map(|side: usize| Question {
            graph: self.linked.graph(side),
            shape,
            organisation: self.linked.sets[side].organisation(),
            settings: Settings::Any,
        })
    }

    /// Compares everything that is decided in the worlds of a shape.
    fn shape(&self, shape: Shape, everywhere: &mut Everywhere) -> Result<(), Mistaken> {
        let asking = Asking { linked: &self.linked, deciding: &self.deciding, shape };
        let decisions = asking.decisions();
        everywhere.decisions += decisions.len();
        if shape == Shape::Viewer
            && let Some(why) = self.linked.matches_otherwise()
        {
            let open = |decided: &Decided| Open { decided: decided.clone(), why: why.clone() };
            everywhere.uncompared.extend(decisions.iter().map(open));
            return Ok(());
        }
        if decisions.is_empty() {
            return Ok(());
        }
        let questions = self.questions(shape);
        let mut together = Both::new(questions, &asking.asked(&decisions), self.limit).ok();
        let mut rows = Rows::new();
        for decided in &decisions {
            let found = together.as_mut().and_then(|both| asking.changes(both, decided).ok());
            match found {
                Some(found) => everywhere.take(decided, found, &mut rows),
                None => self.alone(&asking, decided, everywhere)?,
            }
        }
        match &mut together {
            Some(both) => self.tell(both, rows, (shape, everywhere)),
            None => Ok(()),
        }
    }

    /// By itself a decision may need fewer nodes.
    fn alone(&self, asking: &Asking<'_>, decided: &Decided, everywhere: &mut Everywhere) -> Result<(), Mistaken> {
        let asked = asking.asked(std::slice::from_ref(decided));
        let questions = self.questions(asking.shape);
        let both = Both::new(questions, &asked, self.limit);
        match both.and_then(|mut both| asking.changes(&mut both, decided).map(|found| (both, found))) {
            Ok((mut both, found)) => {
                let mut rows = Rows::new();
                everywhere.take(decided, found, &mut rows);
                self.tell(&mut both, rows, (asking.shape, everywhere))
            }
            Err(Undecided) => {
                let why = match Both::bits_to_tell(questions, &asked) {
                    bits if bits > MOST_BITS => Obstacle::Bits(bits),
                    bits => Obstacle::Nodes { bits, limit: self.limit },
                };
                everywhere.undecided.push(Open { decided: decided.clone(), why });
                Ok(())
            }
        }
    }

    /// Adds rows with where they are. What cannot be located within the limit is undecided.
    fn tell<'m>(
        &'m self,
        both: &mut Both<'m>,
        rows: Rows,
        (shape, everywhere): (Shape, &mut Everywhere),
    ) -> Result<(), Mistaken> {
        for ((direction, worlds, among), changes) in rows {
            let located = if everywhere.rows.len() < LOCATED {
                match self.located(both, (shape, &changes), (&worlds, among)) {
                    Ok(located) => Some(located?),
                    Err(Undecided) => None,
                }
            } else {
                None
            };
            everywhere.rows.push(Row { shape, direction, changes, located });
        }
        Ok(())
    }
}

impl Everywhere {
    /// Takes in what was found of a decision.
    fn take(&mut self, decided: &Decided, found: Found, rows: &mut Rows) {
        self.uncompared.extend(found.uncompared.into_iter().map(|why| Open { decided: decided.clone(), why }));
        for (change, worlds) in found.changes {
            rows.entry((change.direction(), worlds, found.among)).or_default().push(change);
        }
    }

    /// True if nothing differs, and everything was compared.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.undecided.is_empty() && self.uncompared.is_empty()
    }
}

impl Change {
    /// Whether it is more or less.
    pub fn direction(&self) -> Direction {
        match self.after.rank().cmp(&self.before.rank()) {
            std::cmp::Ordering::Greater => Direction::Gains,
            std::cmp::Ordering::Less => Direction::Loses,
            std::cmp::Ordering::Equal => Direction::Differs,
        }
    }
}
