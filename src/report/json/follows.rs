//! What follows from a plan besides its effect, on the wire.

use schemars::JsonSchema;
use serde::Serialize;

use super::At;
use super::effect::addresses;
use super::finding::{WireFinding, finding, is_none};
use crate::project::{self, Turned};
use crate::report::follows::{Sides, why};

/// What follows besides the effect.
#[derive(Serialize, JsonSchema)]
pub(super) struct WireFollows {
    /// What becomes of the tests of the set's own files.
    tests: WireTests,
    /// What becomes of findings of `lint`, compared by what they say of which file, not by line.
    findings: WireFindings,
    /// Owners whose recorded entries are not those in force any more.
    migrate: WireOwners,
    /// Invariants of the set, which a plan does not try to prove; absent if there are none.
    #[serde(skip_serializing_if = "is_none")]
    invariants_not_proved: usize,
}

/// What becomes of tests.
#[derive(Serialize, JsonSchema)]
struct WireTests {
    /// How many ran, before and after.
    ran: usize,
    /// How many fail before and after.
    failing: usize,
    /// Those that passed, and fail afterwards.
    fail: Vec<WireTurned>,
    /// Those that failed, and pass afterwards.
    pass: Vec<WireTurned>,
}

/// A test that passes before or after, and not both.
#[derive(Serialize, JsonSchema)]
struct WireTurned {
    /// Its label.
    test: String,
    /// Where it stands in the files as they are.
    at: At,
    /// The first thing that is not as expected, where it fails.
    because: String,
}

/// What becomes of findings.
#[derive(Serialize, JsonSchema)]
struct WireFindings {
    /// How many there are before and after.
    stay: usize,
    /// Those that come, with places in the files as they are.
    come: Vec<WireFinding>,
    /// Those that go, with places in the files as they were read.
    go: Vec<WireFinding>,
}

/// Owners whose recorded entries are not those in force any more.
#[derive(Serialize, JsonSchema)]
struct WireOwners {
    /// Those who have to migrate next, and had not to.
    next: Vec<String>,
    /// Those of whom policy demands what the manifest drops, and did not.
    held: Vec<String>,
    /// Those for whom another manifest is in effect, and of whom the directory does not say what they record.
    unknown: Vec<String>,
}

/// What follows from a plan.
#[allow(missing_debug_implementations, reason = "it is written, and nothing else")]
#[derive(Clone, Copy)]
pub struct Follows<'f> {
    /// The project before and after.
    pub sides: Sides<'f>,
    /// What follows.
    pub found: &'f project::Follows,
}

impl WireFollows {
    pub(super) fn new(follows: Follows<'_>) -> WireFollows {
        let Follows { sides, found } = follows;
        let turned = |test: &Turned| {
            let (sources, at) = sides.test_at(test);
            let test = &test.failed;
            WireTurned { test: test.label.clone(), at: At::new(sources, at), because: why(test) }
        };
        let (sources, come) = sides.found(&found.findings.come);
        let come = come.iter().map(|it| finding(sources, it));
        let go = found.findings.go.iter().map(|it| finding(sides.before.sources(), it));
        let users = |users| addresses(sides.after.model(), users);
        WireFollows {
            tests: WireTests {
                ran: found.tests.ran,
                failing: found.tests.failing,
                fail: found.tests.fail.iter().map(turned).collect(),
                pass: found.tests.pass.iter().map(turned).collect(),
            },
            findings: WireFindings { stay: found.findings.stay, come: come.collect(), go: go.collect() },
            migrate: WireOwners {
                next: users(&found.owners.migrate),
                held: users(&found.owners.held),
                unknown: users(&found.owners.unknown),
            },
            invariants_not_proved: found.invariants,
        }
    }
}
