//! What follows from a plan besides its effect: tests that begin to fail or to pass, findings that come and go, and who
//! has to migrate next. Both states of the project are asked the same, each once.

use std::collections::HashMap;
use std::hash::Hash;

use super::{Project, SetErrors};
use crate::expect::{Options, Outcome};
use crate::language::{Diagnostic, FileId, Span};
use crate::migrate::{self, Migration};
use crate::model::UserId;
use crate::resolve::Entries;

/// What follows from a plan.
#[derive(Clone, Debug)]
pub struct Follows {
    /// Tests.
    pub tests: Tests,
    /// Findings of `lint`.
    pub findings: Findings,
    /// Owners and their entries, as the second state knows them.
    pub owners: Owners,
    /// How many invariants there are; nobody has tried to prove them.
    pub invariants: usize,
}

/// What becomes of tests.
#[derive(Clone, Debug)]
pub struct Tests {
    /// How many there are.
    pub ran: usize,
    /// How many fail before and after.
    pub failing: usize,
    /// Those that passed, and fail.
    pub fail: Vec<Turned>,
    /// Those that failed, and pass.
    pub pass: Vec<Turned>,
}

/// A test that passes in one state, and fails in the other.
#[derive(Clone, Debug)]
pub struct Turned {
    /// Where its label stands, before and after.
    pub at: [Span; 2],
    /// How it fails where it does.
    pub failed: Outcome,
}

/// What becomes of findings. One that has only moved is the same.
#[derive(Clone, Debug)]
pub struct Findings {
    /// How many there are before and after.
    pub stay: usize,
    /// Those that come, with places in the second state.
    pub come: Vec<Diagnostic>,
    /// Those that go, with places in the first.
    pub go: Vec<Diagnostic>,
}

/// Owners whose recorded entries are not those in force any more.
#[derive(Clone, Debug, Default)]
pub struct Owners {
    /// Those who have to migrate, and had not to.
    pub migrate: Vec<UserId>,
    /// Those of whom policy demands what the manifest drops, and did not.
    pub held: Vec<UserId>,
    /// Those for whom another manifest is in effect, and of whom the directory does not say what they would migrate.
    pub unknown: Vec<UserId>,
}

impl Follows {
    /// What follows where the first state becomes the second.
    pub fn between(before: &Project, after: &Project) -> Result<Follows, SetErrors> {
        Ok(Follows {
            tests: Tests::between(before, after)?,
            findings: Findings::between(before, after),
            owners: Owners::between(before, after)?,
            invariants: after.model().invariants.len(),
        })
    }
}

impl Tests {
    /// No plan adds tests or takes any away, so the runs have the same ones in the same order.
    fn between(before: &Project, after: &Project) -> Result<Tests, SetErrors> {
        let [old, new] = [before, after].map(|project| project.test(Options::default()));
        let (old, new) = (old?.outcomes, new?.outcomes);
        let mut tests = Tests { ran: new.len(), failing: 0, fail: Vec::new(), pass: Vec::new() };
        for (old, new) in old.into_iter().zip(new) {
            let at = [old.at, new.at];
            match (old.passed(), new.passed()) {
                (true, false) => tests.fail.push(Turned { at, failed: new }),
                (false, true) => tests.pass.push(Turned { at, failed: old }),
                (false, false) => tests.failing += 1,
                (true, true) => {}
            }
        }
        Ok(tests)
    }
}

impl Findings {
    fn between(before: &Project, after: &Project) -> Findings {
        let (levels, _) = before.levels();
        let (old, new) = (before.lint(&levels), after.lint(&levels));
        let about = |project: &Project, finding: &Diagnostic| {
            let text = finding.span().map(|span| project.sources().slice(span).to_owned());
            (said(finding), text)
        };
        // Those about the same text first; what an edit made of the text is left for the second look.
        let total = new.len();
        let (go, come) = unpaired(old, new, |finding| about(before, finding), |finding| about(after, finding));
        let (go, come) = unpaired(go, come, said, said);
        Findings { stay: total - come.len(), come, go }
    }
}

/// What a finding says of which file, wherever that stands.
fn said(finding: &Diagnostic) -> (&'static str, String, Option<FileId>) {
    (finding.code.name(), finding.message.clone(), finding.span().map(|span| span.file))
}

/// Those of two lists of which the other has none, each for one.
fn unpaired<T, K: Hash + Eq>(
    old: Vec<T>,
    new: Vec<T>,
    old_key: impl Fn(&T) -> K,
    new_key: impl Fn(&T) -> K,
) -> (Vec<T>, Vec<T>) {
    let mut left: HashMap<K, usize> = HashMap::new();
    new.iter().for_each(|it| *left.entry(new_key(it)).or_default() += 1);
    let mut paired: HashMap<K, usize> = HashMap::new();
    let go = old.into_iter().filter(|it| match left.get_mut(&old_key(it)) {
        Some(more) if *more > 0 => {
            *more -= 1;
            *paired.entry(old_key(it)).or_default() += 1;
            false
        }
        _ => true,
    });
    let go = go.collect();
    let come = new.into_iter().filter(|it| match paired.get_mut(&new_key(it)) {
        Some(more) if *more > 0 => {
            *more -= 1;
            false
        }
        _ => true,
    });
    (go, come.collect())
}

impl Owners {
    /// No plan adds users or takes any away, so both states know the same ones.
    fn between(before: &Project, after: &Project) -> Result<Owners, SetErrors> {
        let sets = |project: &Project| Ok([project.rules(Entries::InForce)?, project.rules(Entries::Recorded)?]);
        let (old, new) = (sets(before)?, sets(after)?);
        let plan = |[in_force, recorded]: &[_; 2], owner| {
            migrate::migration(in_force, recorded, owner, migrate::Options::default())
        };
        let mut owners = Owners::default();
        for owner in after.model().users.ids() {
            let then = plan(&new, owner);
            if then.is_settled() {
                continue;
            }
            let now: Migration = plan(&old, owner);
            if !then.amendments.is_empty() && now.amendments.is_empty() {
                owners.migrate.push(owner);
            }
            if !then.residue.is_empty() && now.residue.is_empty() {
                owners.held.push(owner);
            }
            if then.unknown.is_some() && then.manifest != now.manifest {
                owners.unknown.push(owner);
            }
        }
        Ok(owners)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_finding_is_paired_with_one() {
        let pair = |old: &[&'static str], new: &[&'static str]| {
            unpaired(old.to_vec(), new.to_vec(), |it| (*it).to_owned(), |it| (*it).to_owned())
        };
        assert_eq!(pair(&["a", "a", "b"], &["b", "a", "c"]), (vec!["a"], vec!["c"]));
        assert_eq!(pair(&[], &["a", "a"]), (vec![], vec!["a", "a"]));
        assert_eq!(pair(&["a"], &["a", "a", "a"]), (vec![], vec!["a", "a"]));
    }
}
