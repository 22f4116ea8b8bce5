//! What a viewer gets, and what made it.

use crate::model::{ContainerId, Value};
use crate::viewers::Matcher;

/// What a viewer gets of a field.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Answer {
    /// The owner's own value.
    Visible,
    /// This value instead of the owner's.
    Altered(Value),
    /// Nothing.
    Hidden,
}

impl Answer {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Answer::Visible => "visible",
            Answer::Altered(_) => "altered",
            Answer::Hidden => "hidden",
        }
    }
}

/// The entry that decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Matched {
    /// Whom it matches.
    pub matcher: Matcher,
    /// Where it stands.
    pub container: ContainerId,
}

/// An answer with what made it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Decision {
    /// What the viewer gets.
    pub answer: Answer,
    /// The container that answered; None if none did, or if the viewer is the owner.
    pub container: Option<ContainerId>,
    /// The entry that named it; None if no entry did.
    pub matched: Option<Matched>,
}

/// What a viewer gets of a whole category.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum CategoryAnswer {
    /// Every field.
    Visible,
    /// Some of it, or altered.
    Partial,
    /// Nothing.
    Hidden,
}

impl CategoryAnswer {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            CategoryAnswer::Visible => "visible",
            CategoryAnswer::Partial => "partial",
            CategoryAnswer::Hidden => "hidden",
        }
    }

    /// What the answers for the fields amount to. A category without fields is hidden.
    pub fn from_answers(answers: impl IntoIterator<Item = Answer>) -> CategoryAnswer {
        let (mut visible, mut hidden) = (true, true);
        for answer in answers {
            visible &= answer == Answer::Visible;
            hidden &= answer == Answer::Hidden;
        }
        match (visible, hidden) {
            (_, true) => CategoryAnswer::Hidden,
            (true, false) => CategoryAnswer::Visible,
            (false, false) => CategoryAnswer::Partial,
        }
    }
}
