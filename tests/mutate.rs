//! Slips of authors: which there are, which make a difference, and what is told of those that nothing catches.

mod alike;

use std::collections::BTreeSet;

use prescope::expect::Beside;
use prescope::mutate::{Counts, Fate, Mutant, Mutants, Operator, Options, Share, Untried, Witness, mutations};
use prescope::project::Project;
use prescope::report::mutate::word;

use crate::given;
use crate::tries::{WRITTEN, is_whole};

/// A set in which every kind of slip can be made.
pub(crate) const EVERYTHING: &str = include_str!("fixtures/mutate/everything.prescope");

fn project(policy: &str) -> Project {
    let project = Project::builder().policy("policy.prescope", policy).build();
    let errors: Vec<_> = project.diagnostics().iter().filter(|found| found.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    project
}

/// The mutants of a share of all slips, or of all.
fn mutants(project: &Project) -> Mutants {
    let one_in = if is_whole() { 1 } else { WRITTEN };
    let options = Options { share: Share { one_in, seed: 0 }, ..Options::default() };
    Mutants::new(project.set(), &Beside::default(), &options, &|_| {}).expect("a set whose tests pass")
}

/// Parts of the sample, by the line where each ends.
const PARTS: [(&str, usize); 3] = [("containers", 38), ("manifests", 54), ("features", usize::MAX)];

/// The slips in a part of the sample, one line for each, with what became of it.
fn listed(project: &Project, mutants: &Mutants, part: &str) -> String {
    let part_of = |line: usize| PARTS.into_iter().find(|(_, end)| line < *end).map(|(name, _)| name);
    let lines = mutants.all.iter().filter_map(|mutant| {
        let at = project.sources().start(mutant.mutation.at);
        let fate = word(&mutant.fate);
        let (operator, says) = (mutant.mutation.operator.name(), &mutant.mutation.says);
        (part_of(at.line) == Some(part)).then(|| format!("{:>3}  {operator:<17} {fate:<8} {says}\n", at.line))
    });
    lines.collect()
}

fn survivors(mutants: &Mutants) -> Vec<(&str, &Witness)> {
    fn survivor(mutant: &Mutant) -> Option<(&str, &Witness)> {
        let Mutant { mutation, fate: Fate::Survived(witness), .. } = mutant else { return None };
        Some((mutation.says.as_str(), witness))
    }
    mutants.all.iter().filter_map(survivor).collect()
}

#[test]
fn every_kind_of_slip_is_tried() {
    let project = project(EVERYTHING);
    let all = mutations(project.set(), &Options::default()).expect("a set without errors");
    let tried: BTreeSet<Operator> = all.iter().map(|mutation| mutation.operator).collect();
    let missing: Vec<&str> = Operator::ALL.iter().filter(|it| !tried.contains(it)).map(|it| it.name()).collect();
    assert!(missing.is_empty(), "the sample lacks {missing:?}");
}

#[test]
fn slips_come_to_what_is_kept() {
    let project = project(EVERYTHING);
    let mutants = mutants(&project);
    for (part, _) in PARTS {
        let listed = listed(&project, &mutants, part);
        if is_whole() {
            insta::with_settings!({ snapshot_suffix => part }, { insta::assert_snapshot!(listed) });
        } else {
            let kept =
                given::text_of(&format!("tests/snapshots/suite__mutate__slips_come_to_what_is_kept@{part}.snap"));
            listed.lines().for_each(|line| assert!(kept.lines().any(|it| it == line), "{line}"));
        }
    }
}

/// Tests that are proposed are what is missing: with them, nothing survives that a test can say.
#[test]
fn proposed_tests_catch_what_survived() {
    let project_before = project(EVERYTHING);
    let before = mutants(&project_before);
    let survivors = survivors(&before);
    let tests: Vec<&str> = survivors.iter().filter_map(|(_, witness)| witness.test.as_deref()).collect();
    assert!(!tests.is_empty(), "{survivors:#?}");
    let with_tests = project(&format!("{EVERYTHING}\n{}", tests.join("\n")));
    let after = mutants(&with_tests);
    let left: Vec<&str> = self::survivors(&after)
        .into_iter()
        .filter(|(_, witness)| witness.test.is_some())
        .map(|(says, _)| says)
        .collect();
    assert!(left.is_empty(), "{left:#?}");
    assert!(after.counts().caught >= before.counts().caught + tests.len());
}

#[test]
fn what_fails_anyway_catches_nothing() {
    let failing = project(
        "category note { text }\ncontainer all(0) { publishes note }\n\
         invariant \"nobody\" { never viewer sees note }\n",
    );
    let Err(Untried::Failing(failing)) = Mutants::new(failing.set(), &Beside::default(), &Options::default(), &|_| {})
    else {
        panic!("an invariant that does not hold");
    };
    let [only] = failing.as_slice() else { panic!("{failing:?}") };
    assert_eq!(only.label, "nobody");
}

#[test]
fn a_set_with_errors_has_no_mutants() {
    let broken = Project::builder().policy("policy.prescope", "container all(0) { publishes noot }\n").build();
    let untried = Mutants::new(broken.set(), &Beside::default(), &Options::default(), &|_| {});
    assert_eq!(untried.map(|_| ()), Err(Untried::Errors));
}

/// An expectation that no slip touches says nothing; one that is alone in catching a slip is not listed.
#[test]
fn expectations_that_catch_nothing_are_listed() {
    let project = project(
        "category note { text }\ncontainer all(0) { publishes note }\n\
         test \"a note\" {\n    given domain example.org is same_enterprise\n    given person o@example.org\n    expect v@example.net sees o@example.org note\n}\n\
         invariant \"true anyway\" { always viewer sees note when false }\n\
         invariant \"everybody\" { always viewer sees note }\n",
    );
    let mutants = Mutants::new(project.set(), &Beside::default(), &Options::default(), &|_| {}).expect("passing tests");
    let counts = Counts { caught: 1, ..Counts::default() };
    assert_eq!(mutants.counts(), counts, "{:#?}", mutants.all);
    let idle: Vec<&str> = mutants.idle().expect("all were tried").into_iter().map(|it| it.label.as_str()).collect();
    assert_eq!(idle, ["true anyway"]);
}

/// The slips of a set of one file that has no tests, each with what became of it.
fn fates(policy: &str) -> Vec<(String, Fate)> {
    let project = project(policy);
    let mutants = Mutants::new(project.set(), &Beside::default(), &Options::default(), &|_| {}).expect("no tests");
    mutants.all.into_iter().map(|mutant| (mutant.mutation.says, mutant.fate)).collect()
}

/// Meetings may have sampled each setting of their organizer, and may not: then what applies to the organizer counts.
#[test]
fn objects_count_that_only_organizers_read() {
    let fates = fates(
        "attributes participant { role: organizer | presenter | attendee = attendee }\n\
         settings Conf at global, site { Rec: bool = false }\npolicy Conf global { Rec = true }\n\
         feature rec for participant of meeting { allow \"on\" when organizer.Rec }\n",
    );
    let of_object: Vec<_> = fates.iter().filter(|(says, _)| says.starts_with("policy")).collect();
    assert_eq!(of_object.len(), 2, "{fates:#?}");
    let survived = |fate: &Fate| matches!(fate, Fate::Survived(witness) if witness.test.is_some());
    assert!(of_object.iter().all(|(_, fate)| survived(fate)), "{of_object:#?}");
}

/// Policies may write classes in any case.
#[test]
fn values_are_other_ones_however_names_are_written() {
    let fates = fates(
        "settings Conf at global { Rec: bool = false }\npolicy conf global { rec = true }\n\
         feature f for user { allow \"on\" when user.Rec }\n",
    );
    assert!(fates.iter().any(|(says, _)| says == "policy `conf global`: sets `rec` to `false`"), "{fates:#?}");
}

/// How long something is kept is an answer too.
#[test]
fn retention_counts() {
    let fates = fates(
        "attributes user { purge: bool = false }\nsettings Days at global { Days: 1..30 = 7 }\n\
         data log \"Log\"\nplace archive \"Archive\"\nfeature keeping for user {\n    \
         stores log at archive until \"somebody deletes it\"\n    \
         stores log at archive for user.Days when user.purge\n    otherwise available\n}\n",
    );
    let is_alike = |wanted: &str| fates.iter().any(|(says, fate)| says.contains(wanted) && *fate == Fate::Alike);
    assert!(!is_alike("without this storage") && !is_alike("user.purge") && !is_alike("`Days`"), "{fates:#?}");
}

/// A category without a list is what its own declaration has; an extended container can publish too much as well.
#[test]
fn what_is_published_is_what_stands_there() {
    let project = project(
        "use std/lync2013\nextend category contact_card { pronouns }\n\
         extend container colleagues { publishes contact_card }\n\
         extend container colleagues { publishes contact_card.pronouns }\n",
    );
    let all = mutations(project.set(), &Options::default()).expect("a set without errors");
    let said = |wanted: &str| all.iter().filter(|mutation| mutation.says == wanted).count();
    assert_eq!(said("`colleagues` does not publish `contact_card.pronouns`"), 1, "{all:#?}");
    assert_eq!(said("`colleagues` does not publish `contact_card.home_phone`"), 1);
    assert_eq!(said("`colleagues` publishes `state.last_active` too"), 1);
    assert_eq!(said("`colleagues` publishes `contact_card.home_phone` too"), 0, "it does already");
}

/// A proposed test has a label that no test has.
#[test]
fn labels_of_proposed_tests_are_new() {
    let set = "category note { text }\ncontainer all(0) { publishes note }\nmanifest only { }\n";
    let taken = "test \"not so: all does not publish note.text\" {\n\
                 given domain example.org is same_enterprise\ngiven person o@example.org\n\
                 expect v@example.net in all of o@example.org\n}\n";
    let fates = fates(&format!("{set}{taken}"));
    let [(_, Fate::Survived(Witness { test: Some(test), .. }))] = fates.as_slice() else { panic!("{fates:#?}") };
    assert!(test.starts_with("test \"not so: all does not publish note.text (2)\" {"), "{test}");
}

/// Parts of all slips: none twice, none left out, the same for the same seed.
#[test]
fn shares_are_seeded_parts() {
    let project = project(EVERYTHING);
    let says = |one_in, seed| -> Vec<String> {
        let options = Options { share: Share { one_in, seed }, ..Options::default() };
        let all = mutations(project.set(), &options).expect("a set without errors");
        all.into_iter().map(|mutation| format!("{} {:?}", mutation.says, mutation.at)).collect()
    };
    let all = says(1, 0);
    let tenth = says(10, 7);
    assert_eq!(tenth, says(10, 7));
    assert!(tenth.len() == all.len() / 10 || tenth.len() == all.len() / 10 + 1, "{} of {}", tenth.len(), all.len());
    assert!(tenth.iter().all(|one| all.contains(one)));
    let mut never: BTreeSet<&String> = all.iter().collect();
    for seed in 0..200 {
        says(10, seed).iter().for_each(|one| _ = never.remove(one));
        if never.is_empty() {
            break;
        }
    }
    assert!(never.is_empty(), "never chosen: {never:?}");
    let options = Options { share: Share { one_in: 10, seed: 7 }, ..Options::default() };
    let sample = Mutants::new(project.set(), &Beside::default(), &options, &|_| {}).expect("passing tests");
    assert_eq!(sample.idle(), None, "what catches nothing of a part may catch something of the rest");
}

/// Whether anything is decided differently is not known beyond the limit of nodes, and that is no success.
#[test]
fn beyond_the_limit_nothing_is_known() {
    let project = project(EVERYTHING);
    let options = Options { limit: 3, operators: vec![Operator::Published], ..Options::default() };
    let mutants = Mutants::new(project.set(), &Beside::default(), &options, &|_| {}).expect("passing tests");
    let counts = mutants.counts();
    assert!(counts.unknown > 0 && counts.alike == 0, "{counts:?}");
    assert!(mutants.survivors().count() == counts.unknown + counts.survived);
}
