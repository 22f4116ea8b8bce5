//! Cases: who takes part, and how many of them break a clause.

use crate::language::ast::Shape;
use crate::model::{MeetingId, Model, UserId, Value};
use crate::resolve::{Cast, alone};
use crate::viewers::{ClassOf, Somebody};

/// People of a directory, or of a class of people whom nobody knows, of whom a clause is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Case {
    /// A user alone.
    User(UserId),
    /// Somebody who looks at an owner.
    View {
        /// Who looks.
        viewer: ClassOf,
        /// At whom.
        owner: UserId,
    },
    /// Somebody in a meeting.
    Participant {
        /// Who.
        participant: ClassOf,
        /// Which meeting.
        meeting: MeetingId,
        /// As what they take part in it; None where the set has no roles.
        role: Option<Value>,
    },
    /// Two in a conversation.
    Pair {
        /// One side.
        party: ClassOf,
        /// The other.
        peer: ClassOf,
    },
}

/// Of whom or what there may be several violations: each case belongs to one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    /// An owner, for each viewer.
    Owner(UserId),
    /// A user.
    User(UserId),
    /// A meeting, for each participant.
    Meeting(MeetingId),
    /// One side of a conversation, for each peer.
    Party(ClassOf),
}

/// How many cases.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Of people whom the directory has.
    pub known: usize,
    /// With somebody of a class of people whom nobody knows; each class is one.
    pub open: usize,
}

/// The cases of a directory that break a clause.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Violations {
    /// How many there are.
    pub count: Tally,
    /// Whose they are: owners, users and parties by address, meetings in the order of the directory. Only those with
    /// any.
    pub by: Vec<(Whose, Tally)>,
    /// The first: of the first of those, with the first other by address, or else of the first class.
    pub first: Case,
}

/// What was found of a clause.
#[derive(Clone, Default)]
pub(super) struct Finding {
    /// There is a case in which it applies.
    pub(super) applies: bool,
    pub(super) violations: Option<Violations>,
}

impl Case {
    /// Which features can be asked about it.
    pub fn shape(self) -> Shape {
        match self {
            Case::User(_) => Shape::User,
            Case::View { .. } => Shape::Viewer,
            Case::Participant { .. } => Shape::Participant,
            Case::Pair { .. } => Shape::Party,
        }
    }

    /// Who plays which role; one of a class stands for all.
    pub fn cast(self, model: &Model) -> Cast {
        match self {
            Case::User(user) => alone(Somebody::user(model, user)),
            Case::View { viewer, owner } => Cast::view(viewer.representative(model), Somebody::user(model, owner)),
            Case::Participant { participant, meeting, role } => {
                Cast::in_meeting(model, meeting, participant.representative(model), role)
            }
            Case::Pair { party, peer } => Cast::view(party.representative(model), peer.representative(model)),
        }
    }
}

impl Tally {
    /// Known people, so many.
    pub(super) fn known(known: usize) -> Tally {
        Tally { known, open: 0 }
    }

    /// All of them.
    pub fn all(self) -> usize {
        self.known + self.open
    }

    fn add(&mut self, more: Tally) {
        self.known += more.known;
        self.open += more.open;
    }
}

impl Finding {
    /// Counts violations, which come in the order in which they are told. The first is asked for once.
    pub(super) fn add(&mut self, whose: Whose, tally: Tally, first: impl FnOnce() -> Option<Case>) {
        if tally.all() == 0 {
            return;
        }
        if let Some(violations) = &mut self.violations {
            violations.count.add(tally);
            violations.by.push((whose, tally));
        } else if let Some(first) = first() {
            self.violations = Some(Violations { count: tally, by: vec![(whose, tally)], first });
        }
    }
}
