//! A world as a test: who is in it, what has to be given, and room for what is expected.

use std::sync::Arc;

use super::cast::Cast;
use super::given::{Givens, MEETING};
use super::surroundings::{bare, surroundings};
use super::{PLACE, words};
use crate::compile::Set;
use crate::directory::Directory;
use crate::language::ast::{ItemKind, Shape, Test};
use crate::language::{Diagnostic, FileId, Sources, format, parse};
use crate::model::{FeatureId, Subject};
use crate::prove::Counterexample;
use crate::resolve::{self, RuleSet, alone, lookup, meeting, people};
use crate::text::written;

/// A world of a set, ready to be asked by a test.
pub(crate) struct Stage<'s> {
    pub(super) set: &'s Set,
    pub(super) shape: Shape,
    pub(super) cast: Cast,
    given: Vec<String>,
    /// What is out of the ordinary, each in a few words.
    pub(crate) facts: Vec<String>,
}

impl<'s> Stage<'s> {
    pub(crate) fn new(set: &'s Set, found: &Counterexample) -> Stage<'s> {
        let (model, organisation) = (&*set.model, set.organisation());
        let cast = Cast::new(model, organisation, found);
        let given = Givens { model, organisation, cast: &cast, world: &found.world }.lines();
        let facts = found.world.departures().map(|fact| words::fact(model, fact)).collect();
        Stage { set, shape: found.shape, cast, given, facts }
    }

    /// Somebody, as a test writes them.
    pub(crate) fn person(&self, subject: Subject) -> Option<String> {
        self.cast.get(subject).map(|member| written::address(&member.name))
    }

    /// Whoever uses a feature there, and the feature with what stands behind it: the meeting, or the other person.
    fn using(&self, feature: FeatureId) -> Option<(String, String)> {
        let (who, context) = match self.shape {
            Shape::User => (Subject::User, String::new()),
            Shape::Viewer => (Subject::Viewer, format!(" of {}", self.person(Subject::Owner)?)),
            Shape::Participant => (Subject::Participant, format!(" in {MEETING}")),
            Shape::Party => (Subject::Party, format!(" with {}", self.person(Subject::Peer)?)),
        };
        Some((self.person(who)?, format!("{}{context}", self.set.model.features[feature].declared.name)))
    }

    /// The expectation that a feature can be used, or cannot.
    pub(crate) fn uses(&self, feature: FeatureId, verb: &str) -> Option<String> {
        let (who, using) = self.using(feature)?;
        Some(format!("expect {who} {verb} use {using}"))
    }

    /// The expectation that something leaves through a feature, or does not: "discloses note to vendor".
    pub(crate) fn leaves(&self, feature: FeatureId, what: &str) -> Option<String> {
        let (who, using) = self.using(feature)?;
        Some(format!("expect {who} {what} through {using}"))
    }

    /// The text of a test that expects something, as it can be pasted.
    pub(crate) fn test(&self, label: &str, expected: &[String]) -> String {
        let lines: String = self.given.iter().chain(expected).map(|line| format!("    {line}\n")).collect();
        laid_out(&format!("test {} {{\n{lines}}}\n", written::text(label)))
    }

    /// The people of the world as the resolver knows them in the set that the test makes.
    pub(crate) fn cast_of(&self, rules: &RuleSet) -> Option<resolve::Cast> {
        let somebody =
            |subject: Subject| people::viewer(rules, &self.cast.get(subject)?.name).ok().map(|named| named.somebody);
        let model = rules.model();
        Some(match self.shape {
            Shape::User => alone(somebody(Subject::User)?),
            Shape::Viewer => resolve::Cast::view(somebody(Subject::Viewer)?, somebody(Subject::Owner)?),
            Shape::Party => resolve::Cast::view(somebody(Subject::Party)?, somebody(Subject::Peer)?),
            Shape::Participant => {
                let asker = somebody(Subject::Participant)?;
                let of = lookup::meeting(model, MEETING).ok()?;
                resolve::Cast::in_meeting(model, of, asker, meeting::role_in(model, of, asker))
            }
        })
    }

    /// What of the directory is there when the world is asked: nothing that is recorded of anybody.
    pub(crate) fn nobody(&self) -> Option<Directory> {
        self.directory().as_ref().map(bare)
    }

    /// What of the directory is there when it is tried.
    pub(crate) fn directory(&self) -> Option<Directory> {
        self.set.directory.as_deref().map(|directory| surroundings(directory, &self.cast))
    }
}

/// A test by its text; None if it is none.
pub(crate) fn read(text: &str) -> Option<Arc<Test>> {
    let file = Sources::default().add(PLACE, text);
    parsed(file, text).filter(|(_, found)| found.is_empty()).map(|(test, _)| test)
}

/// The first test of a text, and what is wrong with the text.
pub(super) fn parsed(file: FileId, text: &str) -> Option<(Arc<Test>, Vec<Diagnostic>)> {
    let parsed = parse(file, text);
    let test = parsed.items.into_iter().find_map(|item| match item.kind {
        ItemKind::Test(test) => Some(test),
        _ => None,
    });
    test.map(|test| (test, parsed.diagnostics))
}

/// A text in its one layout.
fn laid_out(text: &str) -> String {
    let file = Sources::default().add(PLACE, text);
    format(&parse(file, text), text).unwrap_or_else(|_| text.to_owned())
}
