//! What rules say they see exactly, against enumeration: random small sets, every possible world of what is read or
//! everybody who could look, an evaluator that shares nothing with the project, and no finding too many or too few.

#![allow(clippy::print_stdout, reason = "the counts are what a reader of the test's output looks for")]

mod condition;
mod expected;
mod palette;
mod people;
mod set;

use std::collections::{BTreeMap, BTreeSet};

use prescope::language::Diagnostic;
use prescope::lint::{Levels, Wanted, apply};
use prescope::project::Project;
use prescope::resolve::{Asked, Cast, Certainty, Entries, Somebody, decide_field, decide_use, disclosures};

use crate::oracle::world::World;
use crate::oracle::write::{Layout, sources};
use crate::readers::Random;
use crate::tries::{at_least, seeds, tries};

/// In how many sets a rule has to find something, and in how many nothing.
const AT_LEAST: u32 = 1_000;

/// The same in the few sets that are tried by default.
const AT_LEAST_OF_FEW: u32 = 5;

fn enough() -> u32 {
    if tries(8) < 8 { AT_LEAST_OF_FEW } else { AT_LEAST }
}

/// The most sets of people that are asked for, to have so many of each.
const MOST: u32 = 9_000;

/// In how many sets each rule found something, and in how many it did not.
#[derive(Default)]
struct Tally(BTreeMap<&'static str, [u32; 2]>);

impl Tally {
    fn count(&mut self, rule: &'static str, found: bool) {
        self.0.entry(rule).or_default()[usize::from(!found)] += 1;
    }

    fn is_full(&self) -> bool {
        self.0.values().flatten().all(|count| *count >= enough())
    }

    /// Prints the counts; none may be too small to prove anything.
    fn close(&self) {
        for (rule, [fired, silent]) in &self.0 {
            println!("{rule}: found something in {fired} sets, nothing in {silent}");
        }
        for (rule, [fired, silent]) in &self.0 {
            let is_enough = [fired, silent].iter().all(|count| **count >= enough());
            assert!(is_enough, "{rule}: {fired} and {silent} sets are too few");
        }
    }
}

/// Numbers by chance, the same ones for the same seed.
fn dice(seed: u64) -> Random {
    Random::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x2013)
}

fn of<'f>(found: &'f [Diagnostic], rule: &'f str) -> impl Iterator<Item = &'f Diagnostic> {
    found.iter().filter(move |finding| finding.code.name().strip_prefix("lint::") == Some(rule))
}

fn span(finding: &Diagnostic) -> (usize, usize) {
    let span = finding.span().unwrap();
    (span.start as usize, span.end as usize)
}

const OF_CONDITIONS: [&str; 4] =
    ["constant-condition", "redundant-condition", "setting-without-effect", "unreachable-rule"];

#[test]
fn rules_about_conditions_find_all_there_is_and_nothing_else() {
    let mut tally = Tally::default();
    for seed in seeds(2_700) {
        let set = set::roll(&mut dice(seed));
        let written = set.write();
        let project = super::project(&written.text, "");
        let found = project.lint(&Levels::usual());
        let shown = || format!("seed {seed}\n{}\n{}", written.text, super::plain(project.sources(), &found));

        let constant: BTreeSet<_> =
            of(&found, "constant-condition").map(|it| (span(it).0, span(it).1, it.message.clone())).collect();
        assert_eq!(constant, set.constant(&written), "{}", shown());

        let redundant: BTreeSet<(usize, usize)> = of(&found, "redundant-condition").map(span).collect();
        let checked = std::panic::catch_unwind(|| set.check_redundant(&written, &redundant));
        let checked = checked.unwrap_or_else(|_| panic!("{}", shown()));
        assert_eq!(checked, redundant.len(), "{}", shown());

        let messages = |rule| -> BTreeSet<String> { of(&found, rule).map(|it| it.message.clone()).collect() };
        assert_eq!(messages("unreachable-rule"), set.unreachable(), "{}", shown());
        assert_eq!(messages("setting-without-effect"), set.without_effect(), "{}", shown());
        assert_eq!(messages("scope-resets-setting"), set.resets(), "{}", shown());
        for rule in OF_CONDITIONS {
            tally.count(rule, of(&found, rule).next().is_some());
        }
    }
    tally.close();
}

/// Every decision in names: of each user, everybody's view and use of everything, and what is disclosed.
fn decisions(project: &Project) -> Vec<String> {
    let rules = project.rules(Entries::InForce).unwrap();
    let model = rules.model();
    let mut all = Vec::new();
    let users = ["u0@contoso.com", "u1@contoso.com", "u2@contoso.com", "u3@contoso.com"];
    let others =
        ["nobody@contoso.com", "nobody@fabrikam.com", "nobody@live.com", "nobody@nowhere.example", "anonymous"];
    let viewers: Vec<&str> = people::PEOPLE.into_iter().chain(users).chain(others).collect();
    for owner in model.users.ids() {
        let owner_self = Somebody::user(model, owner);
        for viewer in &viewers {
            let somebody = prescope::resolve::people::viewer(&rules, viewer).unwrap().somebody;
            for field in model.fields.ids() {
                let decision = decide_field(&rules, somebody, owner, field);
                let container = decision.container.map(|id| model.containers[id].declared.name.as_str());
                let said =
                    format!("{viewer} of {owner:?} {}: {:?} {container:?}", model.field_name(field), decision.answer);
                all.push(said);
            }
            for feature in model.features.ids() {
                let available = decide_use(&rules, feature, &Cast::view(somebody, owner_self)).available;
                all.push(format!("{viewer} of {owner:?} {}: {available}", model.features[feature].declared.name));
            }
        }
        // What is possible depends on how conditions are written: roles that are left open make them unknown.
        let told = disclosures(&rules, Asked { user: Some(owner_self), ..Asked::default() });
        for told in told.iter().filter(|told| told.certainty == Certainty::Certain) {
            all.push(format!("{owner:?} {:?} {:?} {:?}", told.item, told.to, told.certainty));
        }
    }
    all
}

/// Applies every fix of some rules, whatever comes of it, until none is left. Returns the policy and how often.
fn all_fixed(policy: &str, directory: &str, rules: &[&str]) -> (String, usize) {
    let mut policy = policy.to_owned();
    for round in 0..60 {
        let project = super::project(&policy, directory);
        let mut found = project.lint(&Levels::usual());
        found.retain(|finding| rules.iter().any(|rule| finding.code.name().strip_prefix("lint::") == Some(*rule)));
        let (texts, ..) = apply(project.sources(), &found, Wanted::Safe, |_| true);
        match texts.into_iter().next() {
            Some((file, text)) if project.sources().path(file) == "policy.prescope" => policy = text,
            Some((file, _)) => panic!("{} has nothing to mend", project.sources().path(file)),
            None => return (policy, round),
        }
    }
    panic!("fixes without end: {policy}");
}

/// Rules whose fixes are safe by themselves; one of them writes what another would take away if it did not matter.
const SAFE: [&str; 5] =
    ["constant-condition", "redundant-condition", "scope-resets-setting", "setting-without-effect", "unreachable-rule"];

/// Nobody has to look at what comes of them.
#[test]
fn fixes_of_rules_about_conditions_change_nothing_and_come_to_an_end() {
    let (mut mended, mut longest) = (0_u32, 0);
    for seed in seeds(300) {
        let mut dice = dice(seed);
        let set = set::roll(&mut dice);
        let (policy, directory) = (set.write().text, set::directory(&mut dice));
        let (after, rounds) = all_fixed(&policy, &directory, &SAFE);
        mended += u32::from(rounds > 0);
        longest = longest.max(rounds);
        let [before_all, after_all] = [&policy, &after].map(|policy| decisions(&super::project(policy, &directory)));
        assert_eq!(before_all, after_all, "seed {seed}\n{policy}\n{after}");
    }
    println!("{mended} sets mended, in {longest} rounds at most");
    assert!(mended >= at_least(150), "{mended}");
}

/// The project of a generated organisation.
fn organisation(world: &World) -> Project {
    let sources = sources(world, Layout::default());
    let [(_, policy), (_, directory)] = [&sources.policies[0], &sources.directories[0]];
    super::project(policy, directory)
}

#[test]
fn rules_about_people_find_all_there_is_and_nothing_else() {
    let mut tally = Tally::default();
    // The first set that is wrong, of each rule.
    let mut wrong: BTreeMap<&str, String> = BTreeMap::new();
    for (count, seed) in (0..).zip(seeds(MOST)) {
        // Rare findings need more sets than others.
        if count >= tries(1_000) && (tally.is_full() || !wrong.is_empty()) {
            break;
        }
        let world = people::roll(&mut dice(seed));
        let project = organisation(&world);
        let found = project.lint(&Levels::usual());
        for (rule, expected) in expected::expected(&world) {
            let up_to = expected::UP_TO.iter().find(|(of, _)| *of == rule).map(|(_, end)| *end);
            let told = |it: &Diagnostic| match up_to {
                Some("`") => String::new(),
                Some(end) => it.message.split(end).next().unwrap_or_default().to_owned(),
                None => it.message.clone(),
            };
            let mut messages: Vec<String> = of(&found, rule).map(told).collect();
            messages.sort();
            if messages != expected {
                let shown = || format!("seed {seed}\n{world:?}\nfound {messages:#?}\nexpected {expected:#?}");
                wrong.entry(rule).or_insert_with(shown);
            }
            tally.count(rule, !messages.is_empty());
        }
    }
    let wrong: Vec<String> = wrong.into_iter().map(|(rule, shown)| format!("── {rule}\n{shown}")).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    tally.close();
}

/// Fixes come to an end, safe ones without a change to any decision, whatever rules they are of.
#[test]
fn fixes_of_all_rules_come_to_an_end() {
    let mut mended = [0_u32; 2];
    for seed in seeds(150) {
        let world = people::roll(&mut dice(seed));
        let before = decisions(&organisation(&world));
        for wanted in [Wanted::Safe, Wanted::All] {
            let levels = Levels::usual();
            let done = organisation(&world).mend(&levels, wanted);
            mended[usize::from(wanted == Wanted::All)] += u32::from(done.applied > 0);
            if wanted == Wanted::Safe {
                assert_eq!(before, decisions(&done.project), "seed {seed}\n{world:?}");
            }
            let again = done.project.mend(&levels, wanted);
            assert_eq!(again.applied, 0, "seed {seed}\n{world:?}");
        }
    }
    println!("mended by safe fixes {}, by all of them {}", mended[0], mended[1]);
    assert!(mended.iter().all(|mended| *mended >= at_least(75)), "{mended:?}");
}
