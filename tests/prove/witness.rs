//! Counterexamples in words: what is told of them, and that their tests fail until the clause holds.

use insta::assert_snapshot;
use prescope::expect::Options;
use prescope::language::{Diagnostic, Severity};
use prescope::project::Project;
use prescope::prove::{Limits, Proofs, Trial, Tried, Unsayable, Witness};
use prescope::report::{json, prove};

use super::{RAISE, nodes_at_most};
use crate::tries::{by_turns, is_whole, tries};

/// A set with an invariant for each result, but undecided.
pub(crate) const SAMPLE: &str = "\
use std/lync2013
extend container colleagues { publishes contact_card.home_phone }
invariant \"the number at home is for family\" {
    never viewer sees contact_card.home_phone unless viewer in friends_and_family
}
invariant \"contacts in privacy mode see a state\" {
    never viewer sees some of note when viewer in blocking
    always viewer sees state.availability
        when owner.mode == private and viewer is contact of owner and viewer.inside
}
invariant \"partners at work\" {
    never viewer sees note when viewer in external and viewer in workgroup
}
";

fn sample() -> Project {
    Project::builder().policy("ours.prescope", SAMPLE).build()
}

/// What is told of a set, all of it.
pub(super) fn told(project: &Project, limits: Limits) -> Proofs<'_> {
    Proofs::new(project.set(), limits, |_| true).expect("a set without errors")
}

/// The test of a counterexample.
pub(super) fn test(witness: &Witness) -> &Tried {
    match &witness.trial {
        Trial::Failed(tried) => tried,
        other => panic!("no test that fails: {other:#?}"),
    }
}

/// The codes of everything that can be found.
pub(crate) fn codes() -> Vec<&'static str> {
    let sample = sample();
    let found = |limits| -> Vec<Diagnostic> { prove::findings(&told(&sample, limits)) };
    let wider = super::disclosed::wider();
    let all = [found(Limits::default()), found(nodes_at_most(20)), wider].concat();
    all.iter().map(|finding| finding.code.name()).collect()
}

#[test]
fn a_counterexample_is_told_in_words_with_its_explanation_and_a_test() {
    assert_snapshot!(prove::text(&told(&sample(), Limits::default()), RAISE).as_str());
}

#[test]
fn what_is_undecided_says_how_much_it_would_take() {
    let sample = sample();
    let proofs = told(&sample, nodes_at_most(20));
    assert!(!proofs.is_clean() && proofs.not_proved().count() == 3);
    let text = prove::text(&proofs, RAISE);
    assert!(text.contains("    needs more than 20 nodes (35 bits): raise `--limit` or split"), "{}", text.as_str());
    assert!(text.ends_with(": 0 proved, 4 undecided\n"), "{}", text.as_str());
}

#[test]
fn findings_bring_the_test_along() {
    let sample = sample();
    let found = prove::findings(&told(&sample, Limits::default()));
    let told: Vec<_> = found.iter().map(|it| (it.code.name(), it.severity, it.span().is_some())).collect();
    let expected = [
        ("proof::refuted", Severity::Error, true),
        ("proof::refuted", Severity::Error, true),
        ("proof::vacuous", Severity::Warning, true),
    ];
    assert_eq!(told, expected);
    assert_snapshot!(found[1].sentence());
    assert!(found[1].help.as_ref().expect("a test").contains("given viewer@example.org in workgroup of"));
}

#[test]
fn a_document_has_every_clause_and_every_test() {
    let sample = sample();
    let document: serde_json::Value =
        serde_json::from_str(&json::proofs(&told(&sample, Limits::default()), None)).expect("a document");
    assert_eq!(
        document["counts"],
        serde_json::json!({ "proved": 1, "refuted": 2, "vacuous": 1, "undecided": 0, "left_out": 0 })
    );
    let clause = &document["invariants"][1]["clauses"][1];
    assert_eq!(clause["verdict"], "refuted");
    let counterexample = &clause["counterexamples"][0];
    assert_eq!(counterexample["facts"].as_array().map(Vec::len), Some(3), "{counterexample}");
    assert!(counterexample["explanation"][0]["text"].is_string(), "{counterexample}");
    assert!(counterexample["test"].as_str().is_some_and(|test| test.starts_with("test \"contacts in privacy mode")));
}

/// JUnit has a case for each clause, and only what holds is a success.
#[test]
fn build_servers_count_clauses() {
    let document = prove::junit([&told(&sample(), Limits::default())]);
    assert_eq!(document.matches("<testcase").count(), 4, "{document}");
    assert_eq!(document.matches("<failure").count(), 2, "{document}");
    assert_eq!(document.matches("<skipped").count(), 1, "{document}");
    assert!(document.contains("line=\"4\"") && document.contains("name=\"the number at home is for family: never"));
}

/// Pasted behind the policy, each test fails; with the mistakes mended, each passes.
#[test]
fn what_is_pasted_fails_until_the_clause_holds() {
    let sample = sample();
    let proofs = told(&sample, Limits { counterexamples: 20, ..Limits::default() });
    let tests: Vec<String> =
        proofs.told.iter().flat_map(|told| &told.witnesses).map(|witness| test(witness).text.clone()).collect();
    assert!(tests.len() > 2, "{tests:#?}");
    let with = |policy: &str, tests: &[String]| {
        let project = Project::builder().policy("ours.prescope", format!("{policy}{}", tests.concat())).build();
        let run = project.test(Options::default()).expect("a set without errors");
        run.outcomes.iter().map(|outcome| (outcome.impossible.is_empty(), outcome.passed())).collect::<Vec<_>>()
    };
    // Two of one name are an error, so each by itself.
    for one in &tests {
        assert_eq!(with(SAMPLE, std::slice::from_ref(one)), [(true, false)], "{one}");
    }
    let mended = SAMPLE.replace("extend container colleagues { publishes contact_card.home_phone }\n", "");
    assert_eq!(with(&mended, &tests[..1]), [(true, true)], "{}", tests[0]);
}

/// Each further world lacks something of every one before it.
#[test]
fn further_counterexamples_are_others() {
    let policy = "use std/lync2013\ninvariant \"i\" { never interrupt available }\n";
    let project = Project::builder().policy("p.prescope", policy).build();
    let proofs = told(&project, Limits { counterexamples: 20, ..Limits::default() });
    let witnesses = &proofs.told[0].witnesses;
    assert!(witnesses.len() > 1, "{witnesses:#?}");
    for (at, one) in witnesses.iter().enumerate() {
        test(one);
        for before in &witnesses[..at] {
            assert!(before.facts.len() <= one.facts.len(), "{one:#?}");
            assert!(!before.facts.iter().all(|fact| one.facts.contains(fact)), "{before:#?}\n{one:#?}");
        }
    }
}

/// Claims of every kind, in sets with and without a directory, each broken by somebody whom a test can bring.
#[test]
fn every_kind_of_counterexample_is_a_test() {
    let directory = "organization: { domains: [contoso.com] }\n\
        federation: { open: true, partners: [fabrikam.com], public_cloud: [live.com] }\n\
        sites: { Oslo: {}, London: {} }\n\
        users: { owner@contoso.com: { site: Oslo }, anna@contoso.com: {} }\n\
        groups: { staff: [anna@contoso.com] }\n";
    let policy = "use std/lync2013\n\
        policy ConferencingPolicy site London { AllowConferenceRecording = true }\n\
        policy ConferencingPolicy tag Executives { EnableP2PRecording = true }\n\
        membership \"friends\" when owner.privacy_preference == standard { friends_and_family has kim@fabrikam.com }\n\
        membership \"guests\" { external has domain guests.example }\n";
    let clauses = [
        "never viewer sees contact_card.home_phone",
        "always viewer sees contact_card",
        "never viewer sees some of note when viewer.network == federated",
        "never viewer sees some of note when viewer.network == public_cloud",
        "never viewer does not see note",
        "always viewer does not see state when viewer.network == other",
        "never viewer sees state.availability as offline",
        "never viewer sees state.availability as offline when viewer in blocking",
        "never viewer does not see state.availability as offline when viewer in external",
        "never recording available",
        "never recording available when not participant.inside",
        "always recording unavailable when organizer.site == \"London\"",
        "never p2p_recording available when party.site == peer.site",
        "never interrupt available",
        "always invite available when viewer.inside",
        "never viewer sees some of state when viewer in external and owner.site == viewer.site",
        "never contact_card disclosed to participants",
    ];
    let ways = [(None, ""), (None, " under policies"), (Some(directory), ""), (Some(directory), " under policies")];
    // By default every third clause, each in another way.
    for (number, clause) in clauses.into_iter().enumerate().filter(|(number, _)| is_whole() || number % 3 == 0) {
        for (people, under) in by_turns(number, ways) {
            let policy = format!("{policy}invariant \"i\"{under} {{ {clause} }}\n");
            let policy = if people.is_some() { policy } else { policy.replace("site London", "tag London") };
            let builder = Project::builder().policy("p.prescope", policy);
            let project = match people {
                None => builder.build(),
                Some(people) => builder.directory("people.yaml", people).build(),
            };
            assert!(!project.has_errors(), "{:#?}", project.diagnostics());
            let proofs = told(&project, Limits { counterexamples: tries(8) as usize, ..Limits::default() });
            for witness in &proofs.told[0].witnesses {
                let failing = matches!(witness.trial, Trial::Failed(_));
                assert!(failing, "{clause}{under}: {witness:#?}");
            }
            let refuted = !proofs.told[0].witnesses.is_empty();
            assert!(refuted || !under.is_empty() || clause.contains("viewer.site"), "{clause} holds: {people:?}");
        }
    }
}

/// What is told of the only clause of a set.
pub(super) fn alone<'p>(project: &'p Project) -> prescope::prove::Told<'p> {
    assert!(!project.has_errors(), "{:#?}", project.diagnostics());
    told(project, Limits::default()).told.remove(0)
}

/// A domain that nobody names can still be below one that a membership names.
#[test]
fn domains_that_are_made_up_match_no_membership() {
    let levels = "match domains by suffix\ncategory note { text }\n\
        container none(0) {}\ncontainer low(10) visible { publishes note }\n";
    let people = "organization: { domains: [contoso.com, emea.contoso.com] }\n";
    for (granted, clause, directory) in [
        ("example.org", "always viewer sees note when viewer.inside", None),
        ("net", "always viewer sees note when viewer.network == federated", None),
        ("contoso.com", "always viewer sees note when viewer.inside", Some(people)),
    ] {
        let policy =
            format!("{levels}membership \"a\" {{ low has domain {granted} }}\ninvariant \"i\" {{ {clause} }}\n");
        let builder = Project::builder().policy("p.prescope", policy);
        let project = match directory {
            None => builder.build(),
            Some(people) => builder.directory("people.yaml", people).build(),
        };
        test(&alone(&project).witnesses[0]);
    }
}

/// Names that stand for those that nothing names are those of nothing in the set.
#[test]
fn names_that_are_made_up_are_new() {
    let policy = "attributes user { cost: text = \"none\" }\ncategory note { text }\n\
        container none(0) {}\ncontainer all(10) visible { publishes note }\nmembership \"a\" { all has everyone }\n\
        guard note { deny \"one\" when owner.cost == \"another text 1\"\n\
        deny \"two\" when viewer.cost == owner.cost and owner.cost != \"none\" }\n\
        invariant \"i\" { always viewer does not see note when owner.cost != \"none\" and viewer.inside }\n";
    let project = Project::builder().policy("p.prescope", policy).build();
    test(&alone(&project).witnesses[0]);
}

/// What tests cannot give is told, and is no mistake of prescope.
#[test]
fn a_meeting_without_roles_is_no_test() {
    let policy = "feature use for participant of meeting { otherwise available }\n\
        invariant \"i\" { never use available }\n";
    let project = Project::builder().policy("p.prescope", policy).build();
    let told = alone(&project);
    assert!(matches!(told.witnesses[0].trial, Trial::Unsayable(Unsayable::Impossible)), "{told:#?}");
}

/// Each setting of an organizer may have been sampled by itself, so that no object has all of them.
#[test]
fn samples_of_meetings_may_be_of_several_objects() {
    let policy = "attributes participant { role: organizer | presenter | attendee = attendee }\n\
        settings C at global, tag { a: bool = true, b: bool = false }\npolicy C tag T { a = false, b = true }\n\
        feature f for participant of meeting { allow \"both\" when organizer.a and organizer.b }\n\
        invariant \"i\" under policies { never f available }\n";
    let project = Project::builder().policy("p.prescope", policy).build();
    let told = alone(&project);
    test(&told.witnesses[0]);
}

/// Who hosts the organisation is not known without a directory, so nothing is surely stored with them.
#[test]
fn whoever_may_host_gets_what_is_stored_perhaps() {
    let policy = |clause: &str| {
        format!(
            "data minutes\nrecipient hoster external\nplace archive\n\
             feature a for user {{ stores minutes at archive, otherwise available }}\ninvariant \"i\" {{ {clause} }}\n"
        )
    };
    for clause in ["always minutes disclosed to hoster", "never minutes disclosed to hoster"] {
        let project = Project::builder().policy("p.prescope", policy(clause)).build();
        let told = alone(&project);
        assert_eq!(told.witnesses.len(), 1, "{clause}: {told:#?}");
    }
}
