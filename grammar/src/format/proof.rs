//! Invariants and tests.

use super::INDENT;
use super::entry::Alike;
use super::piece::{Break, Group};
use super::tape::Tape;
use crate::syntax::ast::{
    Claim, Destination, Expect, Expectation, Extent, Given, Invariant, InvariantClause, Leaves, Name, Target, Test,
    TestItem, UseContext, Who,
};
use crate::text::{Span, Spanned};

impl<'a> Tape<'a> {
    pub(super) fn invariant(&mut self, invariant: &'a Invariant) -> Alike {
        self.word("invariant");
        self.name(&invariant.label);
        if invariant.under_policies {
            self.word("under policies");
        }
        self.block(&invariant.clauses, |tape, clause, _| tape.invariant_clause(&clause.it));
        Some("invariant")
    }

    pub(super) fn invariant_clause(&mut self, clause: &'a InvariantClause) -> Alike {
        self.word(clause.quantifier.it.name());
        match &clause.claim {
            Claim::In { negated, container } => {
                self.word(if *negated { "viewer not in" } else { "viewer in" });
                self.name(container);
            }
            Claim::Sees { extent, target } => {
                self.word("viewer");
                self.sees(extent, None, target);
            }
            Claim::Available { feature, available } => {
                self.name(feature);
                self.word(if *available { "available" } else { "unavailable" });
            }
            Claim::Disclosed { data, recipient } => {
                self.target(data);
                self.word("disclosed to");
                self.name(recipient);
            }
        }
        self.circumstance(&clause.when, Break::Tight);
        None
    }

    fn sees(&mut self, extent: &'a Spanned<Extent>, owner: Option<&'a Name>, target: &'a Target) {
        self.word(match &extent.it {
            Extent::Sees | Extent::SeesAs(_) => "sees",
            Extent::SeesSome => "sees some of",
            Extent::SeesNothing | Extent::SeesNotAs(_) => "does not see",
        });
        if let Some(owner) = owner {
            self.name(owner);
        }
        self.target(target);
        match &extent.it {
            Extent::SeesAs(_) | Extent::SeesNotAs(_) => {
                self.word("as");
                self.written(extent.span);
            }
            Extent::Sees | Extent::SeesSome | Extent::SeesNothing => {}
        }
    }

    pub(super) fn test(&mut self, test: &'a Test) -> Alike {
        self.word("test");
        self.name(&test.label);
        self.block(&test.items, |tape, item, _| {
            match &item.it {
                TestItem::Given(given) => tape.given(given, item.span),
                TestItem::Expect(expect) => tape.expect(expect),
            }
            None
        });
        Some("test")
    }

    fn given(&mut self, given: &'a Given, span: Span) {
        self.word("given");
        match given {
            Given::Directory(file) => self.name(file),
            Given::Person { new, person, assignments } => {
                if *new {
                    self.word("person");
                }
                self.name(person);
                if !*new || self.braced(span) {
                    self.assignments(assignments);
                }
            }
            Given::Entry { entry, container, owner } => {
                self.entry_name(entry);
                self.word("in");
                self.name(container);
                self.word("of");
                self.name(owner);
            }
            Given::Relation { person, negated, relation, owner } => {
                self.related(person, if *negated { "is not" } else { "is" }, relation, owner);
            }
            Given::Group { person, group } => {
                self.name(person);
                self.word("in group");
                self.name(group);
            }
            Given::Site { person, site } => {
                self.name(person);
                self.word("at site");
                self.name(site);
            }
            Given::Network { domain, network } => {
                self.word("domain");
                self.name(domain);
                self.word("is");
                self.name(network);
            }
            Given::Policy(policy) => {
                self.policy(policy);
            }
            Given::Meeting { meeting, organizer, participants, assignments } => {
                self.word("meeting");
                self.name(meeting);
                self.word("of");
                self.name(organizer);
                if !participants.is_empty() {
                    self.line_break(Break::Soft);
                    self.group(Group::Nest(INDENT), |tape| {
                        tape.word("with");
                        tape.commas(participants, |tape, (person, role)| tape.takes_part(person, role.as_ref()));
                    });
                }
                if self.braced(span) {
                    self.assignments(assignments);
                }
            }
        }
    }

    fn takes_part(&mut self, person: &'a Name, role: Option<&'a Name>) {
        self.name(person);
        if let Some(role) = role {
            self.word("as");
            self.name(role);
        }
    }

    fn expect(&mut self, expect: &'a Expect) {
        self.word("expect");
        match &expect.who {
            Who::Person(person) => self.name(person),
            Who::Exactly(people) => {
                self.word("exactly");
                self.group(Group::List, |tape| tape.names(people));
            }
            Who::Nobody => self.word("nobody"),
            Who::Any(network) => {
                self.word("any");
                self.name(network);
            }
        }
        self.line_break(Break::Rest);
        self.group(Group::Rest, |tape| {
            match &expect.what {
                Expectation::Sees { extent, owner, target } => tape.sees(extent, Some(owner), target),
                Expectation::In { negated, container, owner } => {
                    tape.word(if *negated { "not in" } else { "in" });
                    tape.name(container);
                    tape.word("of");
                    tape.name(owner);
                }
                Expectation::Uses { can, feature, context } => {
                    tape.word(if *can { "can use" } else { "cannot use" });
                    tape.name(feature);
                    tape.context(context);
                }
                Expectation::Leaves(leaves) => tape.leaves(leaves),
            }
            tape.mark();
            if let Some(because) = &expect.because {
                tape.line_break(Break::Soft);
                tape.word("because snapshot");
                tape.name(because);
            }
        });
    }

    fn leaves(&mut self, leaves: &'a Leaves) {
        self.word(match (&leaves.to, leaves.negated) {
            (Destination::Recipients(_), false) => "discloses",
            (Destination::Recipients(_), true) => "does not disclose",
            (Destination::Place(_), false) => "stores",
            (Destination::Place(_), true) => "does not store",
        });
        self.mark();
        self.commas(&leaves.data, Self::target);
        self.line_break(Break::Soft);
        self.of_role(leaves.whose.as_ref());
        match &leaves.to {
            Destination::Recipients(recipients) => {
                self.word("to");
                self.names(recipients);
            }
            Destination::Place(place) => {
                self.word("at");
                self.name(place);
            }
        }
        self.line_break(Break::Soft);
        self.word("through");
        self.name(&leaves.feature);
        self.context(&leaves.context);
    }

    fn context(&mut self, context: &'a UseContext) {
        let (word, name) = match context {
            UseContext::Alone => return,
            UseContext::In(meeting, _) => ("in", meeting),
            UseContext::With(peer) => ("with", peer),
            UseContext::Of(owner) => ("of", owner),
        };
        self.word(word);
        match context {
            UseContext::In(_, role) => self.takes_part(name, role.as_ref()),
            UseContext::Alone | UseContext::With(_) | UseContext::Of(_) => self.name(name),
        }
    }
}
