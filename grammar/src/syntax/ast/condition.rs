//! Conditions.

use serde::{Deserialize, Serialize};

use super::Name;
use crate::syntax::words::words;
use crate::text::{Span, Spanned};

/// `when A unless B`: both optional; `unless B` is `when not B`, and both together are `A and not B`. Boxed, because it
/// is part of most lines and most lines have none.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Circumstance {
    /// What has to hold.
    pub when: Option<Box<Spanned<Condition>>>,
    /// What has not.
    pub unless: Option<Box<Spanned<Condition>>>,
}

impl Circumstance {
    /// True if nothing is asked.
    pub fn is_always(&self) -> bool {
        self.when.is_none() && self.unless.is_none()
    }

    /// From the first condition to the last.
    pub fn span(&self) -> Option<Span> {
        match (&self.when, &self.unless) {
            (Some(when), Some(unless)) => Some(when.span.to(unless.span)),
            (Some(only), None) | (None, Some(only)) => Some(only.span),
            (None, None) => None,
        }
    }
}

/// A condition. `and` and `or` hold two or more operands, as written without parentheses between them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Condition {
    /// `true` or `false`.
    Constant(bool),
    /// `not A`
    Not(Box<Spanned<Condition>>),
    /// `A and B and …`
    And(Vec<Spanned<Condition>>),
    /// `A or B or …`
    Or(Vec<Spanned<Condition>>),
    /// A dotted path alone: a bool, or `ROLE.inside`.
    Reading(Path),
    /// `A == B` and the other comparisons.
    Compare {
        /// Left operand.
        left: Operand,
        /// The operator.
        operator: Spanned<Comparison>,
        /// Right operand.
        right: Operand,
    },
    /// `PATH in { a, b }`, `PATH not in { a, b }`
    OneOf {
        /// What is read.
        reading: Path,
        /// `not in`
        negated: bool,
        /// The values.
        values: Vec<Spanned<Literal>>,
    },
    /// `ROLE in CONTAINER`, `ROLE in visible`, `ROLE not in blocking`: the name may be a flag.
    InContainer {
        /// The role.
        role: Name,
        /// `not in`
        negated: bool,
        /// A container or a flag.
        container: Name,
    },
    /// `ROLE in group NAME`
    InGroup {
        /// The role.
        role: Name,
        /// `not in`
        negated: bool,
        /// The group.
        group: Name,
    },
    /// `ROLE is contact of ROLE`, `ROLE is not delegate of ROLE`
    Is {
        /// Who.
        role: Name,
        /// `is not`
        negated: bool,
        /// As what.
        relation: Spanned<Relation>,
        /// Of whom.
        whose: Name,
    },
}

words! {
    /// What somebody is to an owner.
    pub enum Relation {
        /// On the contact list.
        Contact = "contact",
        /// On the delegate list.
        Delegate = "delegate",
    }
}

/// One side of a comparison.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Operand {
    /// A dotted path.
    Reading(Path),
    /// A value.
    Literal(Spanned<Literal>),
}

impl Operand {
    /// Its place.
    pub fn span(&self) -> Span {
        match self {
            Operand::Reading(path) => path.span(),
            Operand::Literal(literal) => literal.span,
        }
    }
}

/// A dotted path of two or three names: `owner.EnablePrivacyMode`, `owner.PrivacyConfiguration.EnablePrivacyMode`,
/// `owner.state.availability`.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub struct Path {
    /// The names between the dots; at least two.
    pub names: Vec<Name>,
    /// The place of the whole path. Equal paths may stand anywhere.
    pub place: Spanned<()>,
}

impl Path {
    /// Its place.
    pub fn span(&self) -> Span {
        self.place.span
    }
}

/// A value as written.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Literal {
    /// A bare word: a value of an enumeration, a site, a manifest.
    Word(String),
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A quoted text, without its quotes.
    Text(String),
}

/// A comparison.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Comparison {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// How it is written.
    pub fn sign(self) -> &'static str {
        match self {
            Comparison::Equal => "==",
            Comparison::NotEqual => "!=",
            Comparison::Less => "<",
            Comparison::AtMost => "<=",
            Comparison::Greater => ">",
            Comparison::AtLeast => ">=",
        }
    }

    /// True if two values of one kind compare like this.
    pub fn holds<V: Ord + Copy>(self, left: V, right: V) -> bool {
        match self {
            Comparison::Equal => left == right,
            Comparison::NotEqual => left != right,
            Comparison::Less => left < right,
            Comparison::AtMost => left <= right,
            Comparison::Greater => left > right,
            Comparison::AtLeast => left >= right,
        }
    }
}
