//! Whether a counterexample is one, asked of the resolver: in the set that its test makes, the clause applies to the
//! people of the world, and they break it.

use super::given::MEETING;
use super::stage::Stage;
use crate::language::Span;
use crate::language::ast::Shape;
use crate::model::Subject;
use crate::prove::asked::{Asked, Met};
use crate::prove::claim::Claims;
use crate::resolve::{self, RuleSet, Somebody, alone, lookup, meeting, people};

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
        let Some((clause, cast)) = clauses.find(|it| it.span == clause).zip(self.cast_of()) else { return false };
        let claims = Claims::new(model, self.stage.set.organisation());
        Asked::new(&claims, self.rules.graph(), self.stage.shape, clause).ask(self.rules, &cast) == Met::Broken
    }

    /// The people of the world as the resolver knows them.
    fn cast_of(&self) -> Option<resolve::Cast> {
        let model = self.rules.model();
        Some(match self.stage.shape {
            Shape::User => alone(self.somebody(Subject::User)?),
            Shape::Viewer => resolve::Cast::view(self.somebody(Subject::Viewer)?, self.somebody(Subject::Owner)?),
            Shape::Party => resolve::Cast::view(self.somebody(Subject::Party)?, self.somebody(Subject::Peer)?),
            Shape::Participant => {
                let asker = self.somebody(Subject::Participant)?;
                let of = lookup::meeting(model, MEETING).ok()?;
                resolve::Cast::in_meeting(model, of, asker, meeting::role_in(model, of, asker))
            }
        })
    }

    fn somebody(&self, subject: Subject) -> Option<Somebody> {
        people::viewer(self.rules, &self.stage.cast.get(subject)?.name).ok().map(|named| named.somebody)
    }
}
