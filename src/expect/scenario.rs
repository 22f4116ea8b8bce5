//! The set that a test asks: the project's own, or one linked and built again with what the test gives. Nothing is
//! parsed twice.

use std::borrow::Cow;
use std::sync::Arc;

use indexmap::IndexMap;

use super::Beside;
use super::given::Facts;
use crate::compile::Set;
use crate::diagnostic::{Sink, code};
use crate::directory::Directory;
use crate::graph::{self, RuleGraph};
use crate::language::ast::{Given, Invariant, Name, PolicyObject, Test, TestItem};
use crate::language::{Diagnostic, FileId, Span, Spanned};
use crate::model::{self, Alike, Input, Model, Organisation, Scenario, Stranger};
use crate::resolve::{Entries, RuleSet};

/// A directory that a test names: the file that names it, and the name as written there. None is the project's own.
type Which = Option<(FileId, String)>;

/// The sets of all tests.
pub(super) struct Scenarios<'a> {
    set: &'a Set,
    /// The directory of tests that name none.
    directory: Option<&'a Directory>,
    beside: &'a Beside,
    /// The invariant that is asked of what tests give.
    invariant: Option<&'a Arc<Invariant>>,
    /// Sets that several tests may share: those of directories without further facts.
    shared: IndexMap<Which, Arc<RuleSet>>,
    /// Who is known before a test says anything.
    known: IndexMap<Which, Known<'a>>,
}

/// What a set says by itself, whatever tests give.
struct Known<'a> {
    model: Cow<'a, Model>,
    alike: Alike,
}

/// What a test asks.
pub(super) struct Staged {
    pub(super) rules: Arc<RuleSet>,
    /// What is doubtful about the people it names.
    pub(super) doubts: Vec<Stranger>,
}

impl<'a> Scenarios<'a> {
    pub(super) fn new(set: &'a Set, graph: &Arc<RuleGraph>, beside: &'a Beside) -> Scenarios<'a> {
        let own = RuleSet::new(Arc::clone(graph), Entries::InForce);
        let shared = IndexMap::from([(None, Arc::new(own))]);
        Scenarios { shared, ..Scenarios::for_directory(set, set.directory.as_deref(), beside) }
    }

    /// Those of tests that are not asked of the set's own directory, but of this one.
    pub(super) fn for_directory(set: &'a Set, directory: Option<&'a Directory>, beside: &'a Beside) -> Scenarios<'a> {
        Scenarios { set, directory, beside, invariant: None, shared: IndexMap::new(), known: IndexMap::new() }
    }

    /// Those of which an invariant of the set is asked besides, if there is one.
    pub(super) fn asking(self, invariant: Option<&'a Arc<Invariant>>) -> Scenarios<'a> {
        Scenarios { invariant, ..self }
    }

    /// The set with the facts of a test, or what is wrong with them.
    pub(super) fn stage(&mut self, test: &Test) -> Result<Staged, Vec<Diagnostic>> {
        let given: Vec<(&Given, Span)> = test.items.iter().filter_map(given_in).collect();
        let named = named(&given)?.map(|name| (name.span.file, name.it.clone()));
        let directory = match &named {
            Some(name) => Some(self.named_directory(name, &given)?),
            None => self.directory,
        };
        let doubts = self.strangers(&named, directory, test);
        if doubts.iter().any(|doubt| doubt.found.is_error()) {
            return Err(doubts.into_iter().map(|doubt| doubt.found).collect());
        }
        let plain = given.len() == usize::from(named.is_some());
        if let Some(rules) = self.shared.get(&named).filter(|_| plain) {
            return Ok(Staged { rules: Arc::clone(rules), doubts });
        }
        let rules = Arc::new(self.build(directory, &given)?);
        if plain {
            self.shared.insert(named, Arc::clone(&rules));
        }
        Ok(Staged { rules, doubts })
    }

    /// Whom the test names though nobody is called that.
    fn strangers(&mut self, named: &Which, directory: Option<&Directory>, test: &Test) -> Vec<Stranger> {
        let set = self.set;
        let known = self.known.entry(named.clone()).or_insert_with(|| {
            let model = match named {
                None => Cow::Borrowed(&*set.model),
                // What is wrong with it is told by the set of the test.
                Some(_) => {
                    let input = Input { directory, ..set.input() };
                    Cow::Owned(model::link_scenario(input, Scenario::default()).0)
                }
            };
            Known { model, alike: Alike::default() }
        });
        let organisation = if directory.is_some() { Organisation::Directory } else { Organisation::Invented };
        model::strangers(&known.model, &known.alike, test, organisation)
    }

    fn build(&self, directory: Option<&Directory>, given: &[(&Given, Span)]) -> Result<RuleSet, Vec<Diagnostic>> {
        let mut facts = Facts::new(directory, &self.set.model);
        facts.bring(given.iter().map(|(given, _)| *given));
        let mut policies: Vec<&PolicyObject> = Vec::new();
        for (given, at) in given {
            if let Given::Policy(policy) = given {
                policies.push(policy);
            }
            facts.take(given, *at);
        }
        let (changed, people) = facts.done()?;
        let input = Input { directory: Some(&changed), ..self.set.input() };
        let scenario = Scenario {
            policies: &policies,
            people: &people,
            partial_directory: directory.is_none(),
            invariant: self.invariant,
        };
        let (model, found) = model::link_scenario(input, scenario);
        let mut sink = Sink::new();
        sink.extend(found);
        match graph::build(Arc::new(model), &mut sink) {
            Some(graph) => Ok(RuleSet::new(Arc::new(graph), Entries::InForce)),
            None => Err(sink.into_vec().into_iter().filter(Diagnostic::is_error).collect()),
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
            let diagnostic = Diagnostic::new(code::UNREADABLE, message).help("give the file together with the set");
            vec![at.into_iter().fold(diagnostic, |diagnostic, at| diagnostic.at(at, ""))]
        };
        let named = self.beside.directories.get(name).ok_or_else(missing)?;
        let errors: Vec<Diagnostic> = named.found.iter().filter(|found| found.is_error()).cloned().collect();
        if errors.is_empty() { Ok(&named.directory) } else { Err(errors) }
    }
}

fn given_in(line: &Spanned<TestItem>) -> Option<(&Given, Span)> {
    match &line.it {
        TestItem::Given(given) => Some((given, line.span)),
        TestItem::Expect(_) => None,
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
            Diagnostic::new(code::CONFLICTING_STATEMENT, "a test has one directory")
                .at(second.span, "a second one here")
                .at(first.span, "the first one here")
                .help("keep one of them"),
        ]),
        (first, _) => Ok(first),
    }
}
