//! All cases of a directory, asked shape by shape.

use indexmap::IndexMap;

use super::case::{Case, Finding, Tally, Whose};
use crate::language::ast::Shape;
use crate::model::Model;
use crate::prove::asked::{Asked, Met};
use crate::resolve::{RuleSet, Trait, people};
use crate::viewers::{ClassOf, Joint, Kinds, Reads, open_classes};

/// What is found of each clause, over all cases.
pub(super) struct Gathering<'r> {
    pub(super) rules: &'r RuleSet,
    /// Everybody of the set, as if it were compared with itself.
    pub(super) joint: Joint,
    /// The classes of people whom nobody knows, in the order of `joint`.
    pub(super) classes: Vec<ClassOf>,
    /// Of each clause.
    pub(super) findings: Vec<Finding>,
}

/// Clauses that read the same of people, and everybody by what that is.
pub(super) struct Alike<'a, 'm> {
    pub(super) asked: Vec<&'a Asked<'m>>,
    pub(super) kinds: Kinds<Trait>,
    /// Whether lists of an owner are read.
    pub(super) lists: Reads,
}

impl<'r> Gathering<'r> {
    pub(super) fn new(rules: &'r RuleSet, clauses: usize) -> Gathering<'r> {
        let model = rules.model();
        Gathering {
            rules,
            joint: Joint::new([model, model]),
            classes: open_classes(model).into_iter().map(|class| class.who).collect(),
            findings: vec![Finding::default(); clauses],
        }
    }

    pub(super) fn model(&self) -> &'r Model {
        self.rules.model()
    }

    /// Asks all cases of a shape.
    pub(super) fn gather(&mut self, shape: Shape, asked: &[&Asked<'_>]) {
        match shape {
            Shape::User => self.users(asked),
            Shape::Viewer => self.views(asked),
            Shape::Participant => self.meetings(asked),
            Shape::Party => self.pairs(asked),
        }
    }

    fn users(&mut self, asked: &[&Asked<'_>]) {
        for user in people::owners(self.model()) {
            let case = Case::User(user);
            for asked in asked {
                if self.met(asked, case) == Met::Broken {
                    self.findings[asked.at].add(Whose::User(user), Tally::known(1), || Some(case));
                }
            }
        }
    }

    /// Asks one case.
    pub(super) fn met(&mut self, asked: &Asked<'_>, case: Case) -> Met {
        let met = asked.ask(self.rules, &case.cast(self.model()));
        self.findings[asked.at].applies |= met != Met::Aside;
        met
    }

    /// Clauses by what they read, with everybody by what that is.
    pub(super) fn alike<'a, 'm>(&self, asked: &[&'a Asked<'m>]) -> Vec<Alike<'a, 'm>> {
        let mut groups: IndexMap<&'a Reads, Vec<&'a Asked<'m>>> = IndexMap::new();
        for asked in asked {
            groups.entry(&asked.reads).or_default().push(asked);
        }
        let alike = groups.into_iter().map(|(reads, asked)| Alike {
            asked,
            kinds: Kinds::new(&self.joint, |[viewer, _]| Trait::new(self.rules, reads, viewer)),
            lists: Reads { relations: reads.relations, ..Reads::default() },
        });
        alike.collect()
    }
}
