//! Invariants and tests, with their names checked.

use std::sync::Arc;

use super::{ConditionId, Declared, FeatureId, FieldId, Item, RecipientId, Value};
use crate::language::ast::Quantifier;
use crate::language::{Span, ast};

/// An invariant whose names exist and whose conditions are well-typed.
#[derive(Clone, Debug)]
pub struct Invariant {
    /// Its label.
    pub declared: Declared,
    /// As written; shared with the tree of its file.
    pub tree: Arc<ast::Invariant>,
    /// What it claims, in order. A clause that names what is not there is missing: the set has an error then.
    pub clauses: Vec<Clause>,
    /// Where it stands.
    pub span: Span,
}

/// A clause of an invariant with its names resolved.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Never or always.
    pub quantifier: Quantifier,
    /// What.
    pub claim: Claim,
    /// Where: in every world in which this is not known to be false.
    pub when: ConditionId,
    /// Where it stands.
    pub span: Span,
}

/// What a clause claims.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Claim {
    /// What the condition `viewer in CONTAINER` or `viewer not in CONTAINER` asks.
    In(ConditionId),
    /// The viewer sees this much of these fields: of one, or of all that a category has.
    Sees(Sees, Vec<FieldId>),
    /// A feature is available.
    Available(FeatureId),
    /// A feature is unavailable.
    Unavailable(FeatureId),
    /// Something is disclosed to somebody.
    Disclosed(Item, RecipientId),
}

/// How much of some fields somebody sees.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sees {
    /// Every one, as the owner has it.
    All,
    /// At least one.
    Some,
    /// None.
    Nothing,
    /// This value instead of the owner's.
    As(Value),
    /// Anything but this value instead of the owner's.
    NotAs(Value),
}

/// A test whose names exist.
#[derive(Clone, Debug)]
pub struct Test {
    /// Its label.
    pub declared: Declared,
    /// As written; shared with the tree of its file.
    pub tree: Arc<ast::Test>,
    /// Where it stands.
    pub span: Span,
}
