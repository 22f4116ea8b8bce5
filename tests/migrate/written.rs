//! Migrations of the larger example as they stand in its files afterwards: what is recorded then is what was in force.

use std::collections::BTreeMap;

use prescope::migrate::{Options, migrations};
use prescope::project::Project;
use prescope::resolve::Entries::{InForce, Recorded};
use prescope::resolve::{RuleSet, Somebody, people};

use crate::cli::{copied, run_in};
use crate::given;

/// Everybody who is known, somebody nobody knows from everywhere, and nobody at all.
fn viewers(rules: &RuleSet) -> Vec<(String, Somebody)> {
    let known = rules.model().people.values().map(|person| person.address.to_string());
    let domains =
        ["contoso.com", "emea.contoso.com", "fabrikam.com", "adatum.com", "consultancy.example", "new.example"];
    let strangers = domains.iter().map(|domain| format!("nobody.yet@{domain}"));
    let all = known.chain(strangers).chain(["anonymous".to_owned()]);
    all.map(|name| (name.clone(), people::viewer(rules, &name).expect("a viewer").somebody)).collect()
}

/// Every answer about an owner, by viewer and field.
fn answers(rules: &RuleSet, owner: &str) -> BTreeMap<(String, String), String> {
    let owner = people::owner(rules, owner).expect("an owner");
    let mut all = BTreeMap::new();
    for (name, viewer) in viewers(rules) {
        for field in rules.model().fields.ids() {
            let answer = prescope::resolve::decide_field(rules, viewer, owner, field).answer;
            all.insert((name.clone(), rules.model().field_name(field)), format!("{answer:?}"));
        }
    }
    all
}

#[test]
fn what_is_recorded_in_the_files_is_what_was_in_force() {
    let folder = copied();
    let before = Project::open(folder.path());
    let in_force = given::rules(&before, InForce);
    let options = Options { to: None, absent_is_empty: true, keep_highest: false };
    let planned = migrations(&in_force, given::rules(&before, Recorded), people::owners(in_force.model()), options);
    let model = in_force.model();
    let address = |owner| model.people[model.users[owner].person].address.to_string();
    let complete = planned.plans.iter().filter(|plan| plan.is_complete());
    let moved: Vec<String> =
        complete.filter(|plan| !plan.amendments.is_empty()).map(|plan| address(plan.owner)).collect();
    assert!(moved.len() > 10, "{moved:?}");
    let meant: Vec<_> = moved.iter().map(|owner| answers(&in_force, owner)).collect();
    let recorded_before = given::rules(&before, Recorded);
    let was_other = moved.iter().zip(&meant).filter(|(owner, meant)| answers(&recorded_before, owner) != **meant);
    assert!(was_other.count() > 3, "nothing to migrate");

    let ran = run_in(folder.path(), &["migrate", "--all", "--absent-is-empty", "--write"], b"");
    assert_eq!(ran.err, "");
    let after = Project::open(folder.path());
    for entries in [Recorded, InForce] {
        let rules = given::rules(&after, entries);
        for (owner, meant) in moved.iter().zip(&meant) {
            assert_eq!(&answers(&rules, owner), meant, "{owner} {entries:?}");
        }
    }
    // Once more changes no byte.
    let texts = |folder: &std::path::Path| {
        let files = ["contoso", "london", "north-america", "redmond"];
        files.map(|name| std::fs::read_to_string(folder.join(format!("directory/{name}.yaml"))).expect("a file"))
    };
    let once = texts(folder.path());
    run_in(folder.path(), &["migrate", "--all", "--absent-is-empty", "--write"], b"");
    assert_eq!(texts(folder.path()), once);
}
