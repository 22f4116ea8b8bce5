//! The set that a test asks: the project's own, or one linked and built again with what the test gives. Nothing is
//! parsed twice.

use std::sync::Arc;

use indexmap::IndexMap;

use super::Subject;
use super::given::Facts;
use crate::diagnostic::{Code, Diagnostic};
use crate::directory::Directory;
use crate::graph;
use crate::model::{self, Input, Scenario};
use crate::resolve::{Entries, RuleSet};
use crate::syntax::ast::{Given, Name, PolicyObject};
use crate::text::{FileId, Span};

/// The sets of all tests.
pub(super) struct Scenarios<'a> {
    subject: Subject<'a>,
    /// Sets that several tests may share: the project's own under None, and those of a named directory.
    shared: IndexMap<Option<(FileId, String)>, Arc<RuleSet>>,
}

impl<'a> Scenarios<'a> {
    pub(super) fn new(subject: Subject<'a>) -> Scenarios<'a> {
        let own = RuleSet::new(Arc::clone(subject.graph), Entries::InForce);
        Scenarios { subject, shared: IndexMap::from([(None, Arc::new(own))]) }
    }

    /// The set with these facts, or what is wrong with them.
    pub(super) fn set(&mut self, given: &[(&Given, Span)]) -> Result<Arc<RuleSet>, Vec<Diagnostic>> {
        let named = named(given)?.map(|name| (name.span.file, name.it.clone()));
        let plain = given.len() == usize::from(named.is_some());
        if let Some(set) = self.shared.get(&named).filter(|_| plain) {
            return Ok(Arc::clone(set));
        }
        let set = Arc::new(self.build(named.as_ref(), given)?);
        if plain {
            self.shared.insert(named, Arc::clone(&set));
        }
        Ok(set)
    }

    fn build(&self, named: Option<&(FileId, String)>, given: &[(&Given, Span)]) -> Result<RuleSet, Vec<Diagnostic>> {
        let directory = match named {
            Some(name) => Some(self.named_directory(name, given)?),
            None => self.subject.directory,
        };
        let nothing = Directory::default();
        let mut facts = Facts::new(directory.unwrap_or(&nothing), directory.is_none(), self.subject.graph.model());
        let mut policies: Vec<&PolicyObject> = Vec::new();
        for (given, at) in given {
            match given {
                Given::Policy(policy) => policies.push(policy),
                given => facts.take(given, *at),
            }
        }
        let changed = facts.done()?;
        let input = Input { own: self.subject.own, libraries: self.subject.libraries, directory: Some(&changed) };
        let scenario = Scenario { policies: &policies, partial_directory: directory.is_none() };
        let (model, mut found) = model::link_scenario(input, scenario);
        let errors = found.iter().any(Diagnostic::is_error);
        let (graph, circles) = graph::build(Arc::new(model), errors);
        found.extend(circles);
        match graph {
            Some(graph) => Ok(RuleSet::new(Arc::new(graph), Entries::InForce)),
            None => Err(found.into_iter().filter(Diagnostic::is_error).collect()),
        }
    }

    fn named_directory(
        &self,
        name: &(FileId, String),
        given: &[(&Given, Span)],
    ) -> Result<&'a Directory, Vec<Diagnostic>> {
        let at = given.iter().find(|(given, _)| matches!(given, Given::Directory(_))).map(|(_, at)| *at);
        let missing = || {
            let message = format!("the directory `{}` was not read", name.1);
            let diagnostic = Diagnostic::new(Code::UNREADABLE, message).help("give the file together with the set");
            vec![at.into_iter().fold(diagnostic, |diagnostic, at| diagnostic.at(at, ""))]
        };
        let named = self.subject.beside.directories.get(name).ok_or_else(missing)?;
        let errors: Vec<Diagnostic> = named.found.iter().filter(|found| found.is_error()).cloned().collect();
        if errors.is_empty() { Ok(&named.directory) } else { Err(errors) }
    }
}

/// The directory a test names instead of the project's.
fn named<'g>(given: &[(&'g Given, Span)]) -> Result<Option<&'g Name>, Vec<Diagnostic>> {
    let mut names = given.iter().filter_map(|(given, _)| match given {
        Given::Directory(name) => Some(name),
        _ => None,
    });
    match (names.next(), names.next()) {
        (Some(first), Some(second)) => Err(vec![
            Diagnostic::new(Code::CONFLICTING_STATEMENT, "a test has one directory")
                .at(second.span, "a second one here")
                .at(first.span, "the first one here")
                .help("keep one of them"),
        ]),
        (first, _) => Ok(first),
    }
}
