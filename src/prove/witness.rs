//! Counterexamples as somebody would tell them: what is out of the ordinary in words, and a test that can be pasted
//! into a policy file. Nothing is told that was not tried: the test is read and run, so that the resolver answers, and
//! it has to fail.

mod cast;
mod expected;
mod given;
mod words;

use super::{Counterexample, Proof, Verdict};
use crate::compile::Set;
use crate::directory::{Address, Directory, Group, Member};
use crate::expect::{Check, Outcome, attempt};
use crate::language::ast::{ItemKind, Quantifier};
use crate::language::{Sources, format, parse};
use crate::text::written;
use cast::Cast;
use expected::Expecting;
use given::Givens;

/// What stands in place of the path of a test that is in no file.
pub const PLACE: &str = "the test";

/// A counterexample in words.
#[derive(Clone, Debug)]
pub struct Witness {
    /// What is out of the ordinary, each in a few words.
    pub facts: Vec<String>,
    /// What became of the test.
    pub trial: Trial,
}

/// A test of a counterexample.
#[derive(Clone, Debug)]
pub enum Trial {
    /// It fails, as it does until the clause holds.
    Failed(Tried),
    /// It does not fail, though it should: a mistake of prescope.
    NotFailed(Tried),
    /// No test can say it.
    Unsayable(Unsayable),
}

/// A test that was run.
#[derive(Clone, Debug)]
pub struct Tried {
    /// Its text, as it can be pasted.
    pub text: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// Why no test can say what a counterexample is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unsayable {
    /// No feature discloses it, and a test names the feature.
    Disclosed,
    /// A test gives facts beside the directory, and takes none of somebody who is in it away, nor a group out of
    /// another one.
    Known,
    /// What it would have to give, tests cannot give.
    Impossible,
}

/// The counterexample of a refuted clause in words. The text of the test is added to the sources, for the places that
/// its outcome names. None if what is written is no test.
pub fn witness(set: &Set, sources: &mut Sources, proof: &Proof<'_>, found: &Counterexample) -> Option<Witness> {
    let model = &*set.model;
    let organisation = set.organisation();
    let facts = found.world.departures().map(|fact| words::fact(model, fact)).collect();
    let cast = Cast::new(model, organisation, found);
    let given = Givens { model, organisation, cast: &cast, world: &found.world }.lines();
    let wanted = proof.clause.quantifier == Quantifier::Always;
    let mut expected = Expecting { model, organisation, cast: &cast, shape: found.shape, wanted }.lines(proof);
    if expected.is_empty() {
        return Some(Witness { facts, trial: Trial::Unsayable(Unsayable::Disclosed) });
    }
    let label = written::text(&label(proof, found));
    let text = |expected: &[String]| {
        let lines: String = given.iter().chain(expected).map(|line| format!("    {line}\n")).collect();
        format!("test {label} {{\n{lines}}}\n")
    };
    let directory = set.directory.as_deref().map(|directory| surroundings(directory, &cast));
    let mut first = tried(set, directory.as_ref(), sources, &text(&expected))?;
    let sound = first.outcome.impossible.is_empty();
    let mut failing = first.outcome.checks.iter().map(|check| sound && failed(check));
    let all = expected.len();
    expected.retain(|_| failing.next() == Some(true));
    if !expected.is_empty() && expected.len() < all {
        first = tried(set, directory.as_ref(), sources, &text(&expected))?;
    }
    let trial = match expected.is_empty() {
        false => Trial::Failed(first),
        true if !first.outcome.impossible.is_empty() => Trial::Unsayable(Unsayable::Impossible),
        true if cast.is_known() || model.groups.values().any(|group| !group.groups.is_empty()) => {
            Trial::Unsayable(Unsayable::Known)
        }
        true => Trial::NotFailed(first),
    };
    Some(Witness { facts, trial })
}

/// The organisation without its people but those in a world: nobody else has a part in the answer, and to go through
/// all of them would take as long for each counterexample as for the whole set.
fn surroundings(directory: &Directory, cast: &Cast) -> Directory {
    let is_there = |address: &Address| cast.iter().any(|(_, member)| member.name == address.as_str());
    let group = |group: &Group| {
        let members = group.members.iter().filter(|member| match &member.it {
            Member::Person(address) => is_there(address),
            Member::Group(_) => true,
        });
        Group { name: group.name.clone(), members: members.cloned().collect() }
    };
    Directory {
        domains: directory.domains.clone(),
        hosting: directory.hosting.clone(),
        open: directory.open,
        partners: directory.partners.clone(),
        public_cloud: directory.public_cloud.clone(),
        blocked: directory.blocked.clone(),
        sites: directory.sites.clone(),
        users: directory.users.iter().filter(|user| is_there(&user.address.it)).cloned().collect(),
        meetings: Vec::new(),
        groups: directory.groups.iter().map(group).collect(),
        lists: Vec::new(),
    }
}

/// Whether an expectation failed because the answer is another one.
fn failed(check: &Check) -> bool {
    !check.passed && check.unknown.is_none()
}

/// The label of a test of a clause: that of its invariant, and which of its counterexamples to which clause it is.
fn label(proof: &Proof<'_>, found: &Counterexample) -> String {
    let invariant = proof.invariant;
    let clause = invariant.clauses.iter().position(|clause| clause.span == proof.clause.span).unwrap_or_default() + 1;
    let name = &invariant.declared.name;
    let number = match &proof.verdict {
        Verdict::Refuted(all) => all.iter().position(|it| it == found).filter(|at| *at > 0),
        _ => None,
    };
    let number = number.map(|at| format!(" {}", at + 1)).unwrap_or_default();
    match invariant.clauses.len() {
        0 | 1 => format!("{name}: counterexample{number}"),
        _ => format!("{name}: counterexample{number} to clause {clause}"),
    }
}

/// Reads a test, and runs it. What is wrong with its text counts as impossible.
fn tried(set: &Set, directory: Option<&Directory>, sources: &mut Sources, text: &str) -> Option<Tried> {
    let text = laid_out(text);
    let file = sources.add(PLACE, text.clone());
    let parsed = parse(file, &text);
    let tree = parsed.items.into_iter().find_map(|item| match item.kind {
        ItemKind::Test(tree) => Some(tree),
        _ => None,
    })?;
    let mut outcome = attempt(set, directory, &tree);
    outcome.impossible.splice(0..0, parsed.diagnostics);
    Some(Tried { text, outcome })
}

/// A text in its one layout.
fn laid_out(text: &str) -> String {
    let mut sources = Sources::default();
    let file = sources.add(PLACE, text);
    format(&parse(file, text), text).unwrap_or_else(|_| text.to_owned())
}
