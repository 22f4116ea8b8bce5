//! Fixes: what they make of the bad examples, and what they may not touch.

use prescope::diff::Diff;
use prescope::lint::{Fixes, Levels, RULES, Wanted, apply};
use prescope::resolve::Entries;

use super::{codes, example, project};
use crate::given;
use crate::tries::share;

#[test]
fn a_fix_takes_its_finding_away_and_changes_no_decision() {
    let mut shown = Vec::new();
    for rule in share(RULES.iter().filter(|rule| rule.fixes != Fixes::None)) {
        let levels = if rule.name().contains("suppression") { Levels::usual() } else { Levels::only(rule) };
        let before = example(rule.bad);
        let rules_before = before.rules(Entries::InForce).unwrap();
        let wanted = if rule.fixes == Fixes::Unsafe { Wanted::All } else { Wanted::Safe };
        let mended = before.mend(&levels, wanted);
        assert!(mended.applied > 0, "{}: nothing was mended, {:?}", rule.name(), mended.skipped);
        assert_eq!(codes(&mended.project.lint(&levels)), Vec::<&str>::new(), "{}", rule.name());
        if rule.fixes == Fixes::Safe {
            let rules = mended.project.rules(Entries::InForce).unwrap();
            assert!(Diff::between(&rules_before, &rules).is_empty(), "{}", rule.name());
        }
        let texts = mended.changed.iter().map(|file| mended.project.sources().text(*file));
        shown.push((rule.name().to_owned(), texts.collect::<String>()));
    }
    given::snapshots!("mended", shown);
}

#[test]
fn at_least_half_of_the_rules_can_be_mended() {
    let mendable = RULES.iter().filter(|rule| rule.fixes != Fixes::None).count();
    assert!(2 * mendable >= RULES.len(), "{mendable} of {}", RULES.len());
}

#[test]
fn fixes_that_change_decisions_wait_until_they_are_wanted() {
    let rule = prescope::lint::find("everyone-outside-default").unwrap();
    let levels = Levels::only(rule);
    let mended = example(rule.bad).mend(&levels, Wanted::Safe);
    assert_eq!((mended.applied, mended.skipped.len()), (0, 1));
    assert_eq!(example(rule.bad).mend(&levels, Wanted::All).applied, 1);
}

#[test]
fn what_would_change_a_decision_is_refused_and_the_rest_is_mended() {
    // The `standard` manifest lets a contact stand once; without the entry in the workgroup he would not be moved.
    let directory = "organization: { domains: [contoso.com] }\nusers:\n  anna@contoso.com:\n    contacts: [bob@contoso.com]\n    \
                     memberships:\n      workgroup: [\"user:bob@contoso.com\"]\n      blocked: [\"user:bob@contoso.com\", \"user:anna@contoso.com\"]\n  bob@contoso.com: {}\n";
    let before = project("use std/lync2013\n", directory);
    let rules = before.rules(Entries::InForce).unwrap();
    let mended = before.mend(&Levels::usual(), Wanted::Safe);
    assert_eq!(mended.applied, 1);
    // Anna blocks herself: she sees everything of her own, but whether she may invite herself is a decision, too.
    let refused: Vec<_> = mended.skipped.iter().map(|skipped| (skipped.code, skipped.why)).collect();
    assert_eq!(refused, [("lint::self-membership", "it would change a decision, or leave an error")]);
    assert!(Diff::between(&rules, &mended.project.rules(Entries::InForce).unwrap()).is_empty());
}

#[test]
fn of_two_fixes_that_overlap_one_waits_for_the_next_round() {
    // The second rule never decides, and a part of its condition changes nothing.
    let policy = "use std/lync2013\n\nextend feature invite {\n    deny \"partners\" when viewer.network == federated\n    \
                  deny \"partners again\" when viewer.network == federated and not viewer.inside\n}\n";
    let before = project(policy, "");
    let levels = Levels::usual();
    let findings = before.lint(&levels);
    assert_eq!(codes(&findings), ["lint::unreachable-rule", "lint::redundant-condition"]);
    let (texts, applied, skipped) = apply(before.sources(), &findings, Wanted::Safe, |_| true);
    assert_eq!((applied, texts.len()), (1, 1));
    let skipped: Vec<_> = skipped.iter().map(|skipped| (skipped.code, skipped.why)).collect();
    assert_eq!(skipped, [("lint::redundant-condition", "it overlaps with another fix")]);
    // The other way round it is the other that waits, and its turn comes.
    let turned: Vec<_> = findings.into_iter().rev().collect();
    let (_, applied, skipped) = apply(before.sources(), &turned, Wanted::Safe, |_| true);
    assert_eq!((applied, skipped.first().map(|it| it.code)), (1, Some("lint::unreachable-rule")));
    let mended = before.mend(&levels, Wanted::Safe);
    assert_eq!((mended.applied, mended.skipped.as_slice()), (1, &[][..]));
    assert_eq!(codes(&mended.project.lint(&levels)), [""; 0]);
}

#[test]
fn mending_contoso_changes_no_decision() {
    let before = super::opened("examples/contoso");
    let rules = before.rules(Entries::InForce).unwrap();
    let (levels, _) = before.levels();
    let mended = before.mend(&levels, Wanted::Safe);
    assert!(mended.applied > 0);
    assert!(Diff::between(&rules, &mended.project.rules(Entries::InForce).unwrap()).is_empty());
    // Nothing is left that could be mended.
    let again = mended.project.mend(&levels, Wanted::Safe);
    assert_eq!(again.applied, 0);
}
