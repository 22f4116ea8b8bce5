//! Proofs of invariants: of the shipped catalogue, of what extends it, and of every kind of claim.
//!
//! `enumerate` asks an evaluator of its own in every world of small sets; `agreement` holds the diagrams against what
//! is decided for the people of random directories.

mod agreement;
mod chain;
mod claims;
mod confirmed;
mod directory;
mod disclosed;
mod entries;
mod enumerate;
mod facts;
pub(crate) mod features;
mod leaving;
pub(crate) mod small;
mod under;
mod witness;

pub(crate) use witness::{SAMPLE, codes};

use prescope::expect::Options;
use prescope::model::{Claim, Id, Model, Network, Value};
use prescope::project::Project;
use prescope::prove::{Limits, Obstacle, Proof, Verdict, prove};
use prescope::symbolic::{EntryType, Fact, Variable, Whereabouts};

use crate::given;

/// How a command allows more nodes.
const RAISE: &str = "raise `--limit`";

/// The catalogue's own files, with what its tests and invariants say.
fn catalogue() -> Project {
    let paths = given::files_below("policies/lync2013", ".prescope");
    Project::builder().policies(paths.into_iter().map(|path| (path.clone(), given::text_of(&path)))).build()
}

/// A set that uses the catalogue.
fn extended(policy: &str) -> Project {
    Project::builder().policy("policy.prescope", format!("use std/lync2013\n{policy}")).build()
}

fn nodes_at_most(nodes: usize) -> Limits {
    Limits { nodes, ..Limits::default() }
}

fn proofs(project: &Project) -> Vec<Proof<'_>> {
    let errors: Vec<_> = project.diagnostics().iter().filter(|found| found.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    prove(project.set(), Limits::default()).expect("a set without errors")
}

/// The verdicts, in order.
fn verdicts(project: &Project) -> Vec<Verdict> {
    proofs(project).into_iter().map(|proof| proof.verdict).collect()
}

/// The only clause's.
fn verdict(project: &Project) -> Verdict {
    let [verdict] = <[Verdict; 1]>::try_from(verdicts(project)).expect("one clause");
    verdict
}

/// What is out of the ordinary in a world that breaks a clause, as somebody would write it.
fn departures(model: &Model, verdict: &Verdict) -> Vec<String> {
    let Verdict::Refuted(found) = verdict else { panic!("not refuted: {verdict:?}") };
    found[0].world.departures().map(|fact| written(model, fact)).collect()
}

fn written(model: &Model, fact: &Fact) -> String {
    let Value(value) = fact.value;
    match fact.variable {
        Variable::Reading(reading) => {
            let kind = model.kind_of(reading.what);
            format!("{} is {}", model.reading_name(reading), model.value_name(&kind, fact.value))
        }
        Variable::Entry(of, container) => {
            let of = match of {
                EntryType::Everyone => "everyone",
                EntryType::Authenticated => "authenticated",
                EntryType::Network => "their network",
                EntryType::OtherNetwork(network) => network.name(),
                EntryType::Domain(0) => "their domain",
                EntryType::Domain(1) => "the domain above theirs",
                EntryType::Domain(_) => "a domain above theirs",
                EntryType::Person => "viewer",
            };
            format!("{of} in {}", model.containers[container].declared.name)
        }
        Variable::Listed(of, delegate) => format!("{} is {}", of.name(), if delegate { "delegate" } else { "contact" }),
        Variable::Group(of, group) => format!("{} in group {}", of.name(), model.groups[group].name),
        Variable::Granted(of, class) => {
            let object = usize::try_from(value).map_or("none", |id| model.objects[Id::from_index(id)].spelt.as_str());
            format!("{} has {} {object}", of.name(), model.classes[class].declared.name)
        }
        Variable::Anonymous => "viewer is anonymous".to_owned(),
        Variable::NetworkAbove(_) => format!("a domain above theirs is {}", Network::ALL[value as usize].name()),
        Variable::Domain => match Whereabouts::of_value(fact.value) {
            Whereabouts::At(domain) => format!("viewer is at {}", model.domains[domain].name),
            Whereabouts::Below(domain) => format!("viewer is below {}", model.domains[domain].name),
            Whereabouts::Elsewhere => "viewer is elsewhere".to_owned(),
        },
        Variable::NetworkSite(of) | Variable::Pool(of) => {
            format!("{} is at {}", of.name(), model.objects[Id::from_index(value as usize)].spelt)
        }
        Variable::Named | Variable::Level(_) => {
            format!("{:?} is {value}", fact.variable)
        }
    }
}

/// Every invariant that the catalogue states of itself.
#[test]
fn the_catalogue_keeps_what_it_promises() {
    let project = catalogue();
    let proofs = proofs(&project);
    let broken: Vec<_> = proofs.iter().filter(|proof| proof.verdict != Verdict::Proved).collect();
    assert!(broken.is_empty(), "{broken:#?}");
    let sees = proofs.iter().filter(|proof| matches!(proof.clause.claim, Claim::Sees(..))).count();
    let disclosed = proofs.iter().filter(|proof| matches!(proof.clause.claim, Claim::Disclosed(..))).count();
    let placed = proofs.iter().filter(|proof| matches!(proof.clause.claim, Claim::In(..))).count();
    assert_eq!((proofs.len(), sees, placed, disclosed), (122, 94, 5, 8));
    assert_eq!(project.model().invariants.len(), 33);
}

/// Half of what would be allowed is far more than the diagrams of the catalogue need.
#[test]
fn the_diagrams_of_the_catalogue_are_small() {
    let project = catalogue();
    let proved = |nodes| {
        prove(project.set(), nodes_at_most(nodes)).unwrap().iter().all(|proof| proof.verdict == Verdict::Proved)
    };
    assert!(proved(2_000), "they need more than 2,000 nodes");
}

/// What is so, in the words of the test that is written of a counterexample, and which has to fail.
fn ran(project: &Project) -> String {
    let run = project.test(Options::default()).expect("a set without errors");
    let [outcome] = <[_; 1]>::try_from(run.outcomes).expect("one test");
    assert!(outcome.impossible.is_empty() && !outcome.passed(), "{outcome:#?}");
    let [check] = <[_; 1]>::try_from(outcome.checks).expect("one expectation");
    check.actual
}

#[test]
fn a_level_that_publishes_more_is_reached_without_any_entry() {
    let project = extended(
        r#"
        extend container colleagues { publishes contact_card { home_phone } }
        invariant "home" { never viewer sees contact_card.home_phone unless viewer in friends_and_family }
        test "home: counterexample" {
            given owner@contoso.com { client = lync_2013 }
            given person viewer@contoso.com
            expect viewer@contoso.com does not see owner@contoso.com contact_card.home_phone
        }
        "#,
    );
    // `standard` adds the organisation to `colleagues`.
    assert_eq!(departures(project.model(), &verdict(&project)), [""; 0]);
    assert_eq!(ran(&project), "visible");
}

#[test]
fn settling_makes_a_contact_who_sees_another_state() {
    let project = extended(
        r#"
        invariant "contacts see a state" {
            always viewer sees state.availability
                when owner.mode == private and viewer is contact of owner and viewer.inside
        }
        test "contacts see a state: counterexample" {
            given policy PrivacyConfiguration global { EnablePrivacyMode = true }
            given owner@contoso.com { state.availability = do_not_disturb }
            given viewer@contoso.com in workgroup of owner@contoso.com
            expect viewer@contoso.com sees owner@contoso.com state.availability
        }
        "#,
    );
    let departures = departures(project.model(), &verdict(&project));
    assert_eq!(
        departures,
        ["owner.EnablePrivacyMode is true", "viewer in workgroup", "owner.state.availability is do_not_disturb"]
    );
    assert_eq!(ran(&project), "altered to urgent_interruptions_only");
}

#[test]
fn a_level_is_asked_where_it_is_claimed() {
    let project = extended(
        r#"
        invariant "contacts" {
            never viewer in workgroup when viewer is contact of owner and viewer.inside and owner.EnablePrivacyMode
        }
        test "contacts: counterexample" {
            given policy PrivacyConfiguration of owner@contoso.com { EnablePrivacyMode = true }
            given viewer@contoso.com is contact of owner@contoso.com
            given viewer@contoso.com in workgroup of owner@contoso.com
            expect viewer@contoso.com not in workgroup of owner@contoso.com
        }
        "#,
    );
    let departures = departures(project.model(), &verdict(&project));
    assert_eq!(departures, ["owner.EnablePrivacyMode is true", "viewer in workgroup"]);
    assert_eq!(ran(&project), "in workgroup (300) by viewer@contoso.com");
}

/// Both are at one site, which no policy and no directory names.
#[test]
fn people_meet_at_a_site_that_nobody_names() {
    let project = Project::builder().policy(
        "policy.prescope",
        r#"
        feature drop_by for party with peer { allow "one site" when party.site == peer.site, otherwise unavailable }
        invariant "apart" { never drop_by available when party.inside and peer.inside }
        test "apart: counterexample" {
            given party@contoso.com at site elsewhere
            given peer@contoso.com at site elsewhere
            expect party@contoso.com cannot use drop_by with peer@contoso.com
        }
        "#,
    );
    assert_eq!(ran(&project.build()), "available, by \"one site\"");
}

#[test]
fn too_few_nodes_leave_a_clause_undecided() {
    let project = catalogue();
    let proofs = prove(project.set(), nodes_at_most(20)).unwrap();
    for Proof { clause, verdict, .. } in &proofs {
        match clause.claim {
            Claim::Sees(..) => {
                assert!(matches!(verdict, Verdict::Undecided(Obstacle::Nodes { limit: 20, .. })), "{verdict:?}");
            }
            _ => assert!(matches!(verdict, Verdict::Undecided(_) | Verdict::Proved), "{verdict:?}"),
        }
    }
}

#[test]
fn a_set_with_errors_is_not_asked() {
    let project =
        Project::builder().policy("p.prescope", "invariant \"x\" { never viewer sees nothing_there }").build();
    assert!(prove(project.set(), Limits::default()).is_none());
}
