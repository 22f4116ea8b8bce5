//! No counterexample is told that the resolver does not find: groups that contain each other, people of the directory,
//! and worlds that nobody could record.

use prescope::language::Sources;
use prescope::model::{Id, Model, Subject, Value};
use prescope::project::Project;
use prescope::prove::{Counterexample, Limits, Trial, Unsayable, Verdict, witness};
use prescope::report::prove as report;
use prescope::symbolic::{Fact, Variable};

use super::witness::{alone, test, told};
use super::{RAISE, departures, proofs, verdict};

const LEVELS: &str = "category note { text }\ncontainer none(0) {}\n\
    container all(10) visible { publishes note }\nmembership \"a\" { all has everyone }\n";

const NESTED: &str = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n\
    groups: { outer: [\"group:between\"], between: [\"group:inner\"], inner: [anna@contoso.com] }\n";

fn nested(policy: &str) -> Project {
    Project::builder().policy("p.prescope", format!("{LEVELS}{policy}")).directory("people.yaml", NESTED).build()
}

/// Without what the directory says of the groups, somebody would be in `inner` and not in `outer`. The test of that
/// fails: whoever is in `inner` is in `outer`, and sees nothing. But there the clause does not apply.
#[test]
fn whoever_is_in_a_group_is_in_those_that_contain_it() {
    let beside = "guard note { deny \"inner\" when viewer in group inner }\n\
        invariant \"i\" { always viewer sees note unless viewer in group outer }\n";
    assert_eq!(verdict(&nested(beside)), Verdict::Proved);
    let nowhere = "invariant \"i\" { never viewer sees note when viewer in group inner unless viewer in group outer }";
    assert_eq!(verdict(&nested(nowhere)), Verdict::Vacuous);
    let broken = "guard note { deny \"one\" when viewer in group inner and viewer not in group outer }\n\
        invariant \"i\" { never viewer sees note when viewer in group inner }\n";
    let project = nested(broken);
    let mut departures = departures(project.model(), &verdict(&project));
    departures.sort();
    assert_eq!(departures, ["viewer in group inner", "viewer in group outer"]);
    test(&alone(&project).witnesses[0]);
    // A group between the two that policies name too.
    let all = "invariant \"i\" { always viewer sees note unless viewer in group outer and viewer in group between }\n\
        guard note { deny \"inner\" when viewer in group inner }\n";
    assert_eq!(verdict(&nested(all)), Verdict::Proved);
}

/// What memberships grant to a group is granted to whoever is in a group of it, of whatever role.
#[test]
fn groups_in_groups_have_what_is_granted() {
    let policy = "container more(20) visible { publishes note }\nmembership \"m\" { more has group outer }\n\
        invariant \"i\" { always viewer in more when viewer in group inner }\n";
    let project = nested(policy);
    // An entry of their own is as narrow, and what is granted has the higher number.
    assert_eq!(verdict(&project), Verdict::Proved);
    let owners = "guard note { deny \"b\" when owner in group inner }\n\
        invariant \"i\" { always viewer sees note unless owner in group outer }\n";
    assert_eq!(verdict(&nested(owners)), Verdict::Proved);
}

/// Of somebody in the directory more is recorded than in the world, which a test does not take away. The world is
/// confirmed without it.
#[test]
fn people_of_the_directory_are_asked_without_what_it_records() {
    let as_anna = |clause: &str| {
        let policy = format!(
            "container more(20) {{ publishes note }}\n\
            membership \"m\" {{ more has anna@contoso.com }}\ninvariant \"i\" {{ {clause} }}\n"
        );
        let project = nested(&policy);
        let anna = project.model().person("anna@contoso.com").expect("anna").index() as i64;
        let all = proofs(&project);
        let Verdict::Refuted(found) = &all[0].verdict else { panic!("{all:#?}") };
        let found = altered(&found[0], |variable| variable == Variable::Named, Value(anna));
        witness(project.set(), &mut project.set().sources.clone(), &all[0], &found).expect("a test").trial
    };
    assert!(matches!(as_anna("never viewer sees note"), Trial::Failed(_)));
    // The directory has her in the group.
    let known = as_anna("never viewer sees note unless viewer in group inner");
    assert!(matches!(known, Trial::Unsayable(Unsayable::Known)), "{known:#?}");
    // She is in the container, so it is not broken by her.
    let mistaken = as_anna("always viewer in more");
    assert!(matches!(mistaken, Trial::Mistaken(_)), "{mistaken:#?}");
}

/// The world with another value of one fact.
fn altered(found: &Counterexample, is_meant: impl Fn(Variable) -> bool, value: Value) -> Counterexample {
    let mut found = found.clone();
    let fact = found.world.facts.iter_mut().find(|fact| is_meant(fact.variable)).expect("the fact");
    *fact = Fact { value, ordinary: !fact.ordinary, ..*fact };
    found
}

/// A test can fail although the clause does not apply: a world like that is no counterexample.
#[test]
fn a_world_in_which_the_clause_does_not_apply_is_a_mistake() {
    let policy = "guard note { deny \"inner\" when viewer in group inner }\n\
        invariant \"i\" { always viewer sees note when viewer in group inner unless viewer in group between }\n\
        invariant \"j\" { always viewer sees note when viewer in group inner }\n";
    let project = nested(policy);
    let all = proofs(&project);
    assert_eq!(all[0].verdict, Verdict::Vacuous);
    let Verdict::Refuted(found) = &all[1].verdict else { panic!("{:?}", all[1]) };
    let ask = |proof: usize, found: &Counterexample| {
        let mut sources: Sources = project.set().sources.clone();
        witness(project.set(), &mut sources, &all[proof], found).expect("a test")
    };
    test(&ask(1, &found[0]));
    // Of the other invariant the test fails as well.
    let beside = ask(0, &found[0]);
    let Trial::Mistaken(tried) = &beside.trial else { panic!("{beside:#?}") };
    assert!(tried.outcome.checks.iter().all(|check| !check.passed), "{tried:#?}");
    let model: &Model = project.model();
    let inner = model.names.groups.find("inner").expect("a group");
    let is_inner = |variable| variable == Variable::Group(Subject::Viewer, inner);
    let outside = altered(&found[0], is_inner, Value::FALSE);
    assert!(matches!(ask(1, &outside).trial, Trial::Mistaken(_)));
    // It is not told as an answer.
    let mut proofs = told(&project, Limits::default());
    assert!(proofs.mistaken().is_none());
    proofs.told[1].witnesses = vec![beside];
    assert_eq!(proofs.mistaken().expect("a mistake").proof.invariant.declared.name, "j");
    let text = report::text(&proofs, RAISE);
    assert!(text.contains("which is a mistake of prescope; please report it"), "{}", text.as_str());
}
