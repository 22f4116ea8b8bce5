//! Whether a counterexample is one, asked of the resolver: in the set that its test makes, the clause applies to the
//! people of the world, and they break it.

use super::stage::Stage;
use crate::language::Span;
use crate::prove::asked::{Asked, Met};
use crate::prove::claim::Claims;
use crate::resolve::RuleSet;

/// What is asked of whom.
pub(super) struct Confirming<'a> {
    /// The set that a test makes, with the invariant.
    pub(super) rules: &'a RuleSet,
    pub(super) stage: &'a Stage<'a>,
}

impl Confirming<'_> {
    /// Whether the clause at a place is broken. It is not if nobody can ask it there.
    pub(super) fn is_broken(&self, clause: Span) -> bool {
        let model = self.rules.model();
        let mut clauses = model.invariants.iter().flat_map(|invariant| &invariant.clauses);
        let Some((clause, cast)) = clauses.find(|it| it.span == clause).zip(self.stage.cast_of(self.rules)) else {
            return false;
        };
        let claims = Claims::new(model, self.stage.set.organisation());
        Asked::new(&claims, self.rules.graph(), self.stage.shape, clause).ask(self.rules, &cast) == Met::Broken
    }
}
