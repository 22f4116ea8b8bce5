//! What is asked about the worlds of a space: who is in them, and what can be recorded of them.

use indexmap::IndexSet;

use crate::graph::RuleGraph;
use crate::language::ast::Shape;
use crate::model::{ContainerId, DomainId, Entry, GroupId, Model, Organisation, PersonId, Subject};

/// A question about people and rules. A world has the people of its shape and nobody else: no rule reads a third person.
/// A viewer is somebody else than the owner.
#[derive(Clone, Copy, Debug)]
pub struct Question<'m> {
    /// The rules.
    pub graph: &'m RuleGraph,
    /// Who is in the world.
    pub shape: Shape,
    /// Whether a directory says of which networks domains are, and who hosts the organisation.
    pub organisation: Organisation,
}

impl<'m> Question<'m> {
    pub(super) fn model(self) -> &'m Model {
        self.graph.model()
    }

    /// True if somebody is in its worlds. Of somebody who is not, nothing is known.
    pub(super) fn is_about(self, subject: Subject) -> bool {
        Subject::of_shape(self.shape).contains(&subject)
    }

    /// The containers in which entries can stand, from the highest number.
    pub(super) fn containers(self) -> impl Iterator<Item = ContainerId> {
        let containers = self.model().containers.iter().rev();
        containers.filter(|(_, container)| container.number != 0).map(|(id, _)| id)
    }

    /// The people whom memberships name.
    pub(super) fn people(self) -> IndexSet<PersonId> {
        self.granted(|entry| if let Entry::Person(person) = entry { Some(person) } else { None })
    }

    /// The domains that memberships name.
    pub(super) fn domains(self) -> IndexSet<DomainId> {
        self.granted(|entry| if let Entry::Domain(domain) = entry { Some(domain) } else { None })
    }

    /// The groups that memberships name.
    pub(super) fn groups(self) -> IndexSet<GroupId> {
        self.granted(|entry| if let Entry::Group(group) = entry { Some(group) } else { None })
    }

    fn granted<T: std::hash::Hash + Eq>(self, named: impl Fn(Entry) -> Option<T>) -> IndexSet<T> {
        let grants = self.model().memberships.values().flat_map(|membership| &membership.grants);
        grants.filter_map(|(_, entry, _)| named(*entry)).collect()
    }
}
