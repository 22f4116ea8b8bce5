//! Invariants and tests, with their names checked.

use std::sync::Arc;

use super::Declared;
use crate::language::{Span, ast};

/// An invariant whose names exist and whose conditions are well-typed.
#[derive(Clone, Debug)]
pub struct Invariant {
    /// Its label.
    pub declared: Declared,
    /// As written; shared with the tree of its file.
    pub tree: Arc<ast::Invariant>,
    /// Where it stands.
    pub span: Span,
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
