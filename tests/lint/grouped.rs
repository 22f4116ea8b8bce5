//! Findings of one cause are told together, within what their readers take, and nothing goes unsaid.

use prescope::lint::{Levels, RULES};
use serde_json::Value;

use crate::cli::run_in;
use crate::tries::{is_whole, share};

const PROJECT: &str = "policies: [\"*.prescope\"]\ndirectory: [\"people.yaml\"]\n";
const PEOPLE: &str = "organization: { domains: [contoso.com] }\nfederation: { partners: [fabrikam.com] }\n";

fn folder(policy: &str, people: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("prescope.yaml", PROJECT), ("a.prescope", policy), ("people.yaml", people)] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// A mode that nobody's entries have been migrated to.
fn not_migrated(owners: usize) -> tempfile::TempDir {
    let policy = "use std/lync2013\n\npolicy PrivacyConfiguration global {\n    EnablePrivacyMode = true\n}\n";
    let mut people = format!("{PEOPLE}users:\n");
    for owner in 0..owners {
        people
            .push_str(&format!("  u{owner}@contoso.com: {{ mode: standard, attributes: {{ client: lync_2013 }} }}\n"));
    }
    folder(policy, &people)
}

/// Each user in groups that there are not.
fn unknown_groups(users: usize, groups: impl Fn(usize) -> String) -> tempfile::TempDir {
    let mut people = format!("{PEOPLE}users:\n");
    for user in 0..users {
        people.push_str(&format!("  u{user}@contoso.com: {{ memberships: {{ external: [{}] }} }}\n", groups(user)));
    }
    folder("use std/lync2013\n", &people)
}

fn prescope(folder: &tempfile::TempDir, arguments: &[&str]) -> (i32, String) {
    let ran = run_in(folder.path(), arguments, b"");
    (ran.status, ran.out + &ran.err)
}

fn json(folder: &tempfile::TempDir, arguments: &[&str]) -> Value {
    run_in(folder.path(), arguments, b"").json()
}

const LINT: [&str; 3] = ["lint", "--allow", "legacy-client-bypass"];

#[test]
fn one_cause_with_many_owners_is_told_once() {
    let folder = not_migrated(40);
    let lint = |more: &[&str]| prescope(&folder, &[&LINT, more].concat());
    let (status, text) = lint(&["--deny", "warnings"]);
    assert_eq!(status, 1, "the status is about all of them");
    assert_eq!(text.matches("lint::mode-mismatch\n").count(), 1, "{text}");
    assert!(text.contains("the entries of u0@contoso.com are those of `standard`\n"), "{text}");
    let rest = "  also: people.yaml:5:27: the entries of u1@contoso.com are those of `standard`\n  \
                also: people.yaml:6:27: the entries of u2@contoso.com are those of `standard`\n  \
                and 37 more like it; `--all` shows each\n\n\
                of 40 findings, 37 are not shown: 37 of `lint::mode-mismatch`; `--all` shows each\n40 errors\n";
    assert!(text.ends_with(rest), "{text}");

    let (_, all) = lint(&["--all"]);
    assert_eq!(all.matches("lint::mode-mismatch\n").count(), 40);
    assert!(all.ends_with("\n\n40 warnings\n") && !all.contains("--all"), "{all}");
    let counted = json(&folder, &[&LINT[..], &["--format", "json"]].concat());
    assert_eq!(counted["findings"].as_array().unwrap().len(), 40, "JSON keeps each");
    assert_eq!(lint(&["--format", "junit"]).1.matches("<failure").count(), 40, "JUnit too");
}

#[test]
fn annotations_and_sarif_say_what_they_stand_for() {
    let folder = not_migrated(40);
    let (_, annotations) = prescope(&folder, &[&LINT[..], &["--format", "github"]].concat());
    let lines: Vec<&str> = annotations.lines().collect();
    let [first, rest] = lines.as_slice() else { panic!("{annotations}") };
    assert!(first.starts_with("::warning file=people.yaml,line=4,"), "{first}");
    assert!(first.contains("%0Aalso: people.yaml:5:27: ") && first.ends_with("%0A37 more like it; `--all` shows each"));
    let said = "of 40 findings, 37 are not shown: 37 of `lint::mode-mismatch`; `--all` shows each";
    assert_eq!(*rest, format!("::notice title=prescope::{said}"));
    let all = prescope(&folder, &[&LINT[..], &["--format", "github", "--all"]].concat()).1;
    assert_eq!((all.lines().count(), all.matches("::warning ").count()), (40, 40));

    let log = json(&folder, &[&LINT[..], &["--format", "sarif"]].concat());
    let run = &log["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 1);
    let result = &run["results"][0];
    assert_eq!(result["occurrenceCount"], 40);
    assert!(result["message"]["text"].as_str().unwrap().ends_with("37 more like it; `--all` shows each"));
    let lines = result["relatedLocations"].as_array().unwrap().iter();
    let lines: Vec<u64> = lines.map(|it| it["physicalLocation"]["region"]["startLine"].as_u64().unwrap()).collect();
    assert_eq!(lines[lines.len() - 2..], [5, 6]);
    let notification = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!((&notification["level"], &notification["message"]["text"]), (&"note".into(), &said.into()));
    let all = json(&folder, &[&LINT[..], &["--format", "sarif", "--all"]].concat());
    assert_eq!(all["runs"][0]["results"].as_array().unwrap().len(), 40);
    assert!(all["runs"][0].get("invocations").is_none());
    // What a group is known by stays when the first of it has been mended.
    let fewer = not_migrated(40);
    let people = std::fs::read_to_string(fewer.path().join("people.yaml")).unwrap();
    std::fs::write(fewer.path().join("people.yaml"), people.replacen("mode: standard", "mode: private", 1)).unwrap();
    let fewer = json(&fewer, &[&LINT[..], &["--format", "sarif"]].concat());
    assert_eq!(fewer["runs"][0]["results"][0]["occurrenceCount"], 39);
    assert_eq!(fewer["runs"][0]["results"][0]["partialFingerprints"], result["partialFingerprints"]);
}

#[test]
fn few_findings_and_other_causes_are_told_by_themselves() {
    let folder =
        unknown_groups(9, |user| format!("\"group:sales\"{}", if user < 3 { ", \"group:legal\"" } else { "" }));
    let (status, text) = prescope(&folder, &["check"]);
    assert_eq!(status, 1);
    assert_eq!(text.matches("there is no group `legal`").count(), 3, "{text}");
    assert_eq!(text.matches("directory::unknown-group\n").count(), 3 + 1, "{text}");
    assert!(text.contains("  and 6 more like it; `--all` shows each\n") && text.ends_with("12 errors\n"), "{text}");
    let (_, three) = prescope(&unknown_groups(3, |_| "\"group:sales\"".to_owned()), &["check"]);
    assert!(three.matches("directory::unknown-group\n").count() == 3 && !three.contains("--all"), "{three}");
}

#[test]
fn other_commands_group_what_keeps_them_from_answering() {
    let folder = unknown_groups(9, |_| "\"group:sales\"".to_owned());
    let (status, text) = prescope(&folder, &["can", "kim@fabrikam.com", "see", "u1@contoso.com", "contact_card"]);
    assert_eq!(status, 2, "{text}");
    assert!(text.contains("  and 6 more like it; `prescope check --all` shows each\n"), "{text}");
}

#[test]
fn what_finds_no_room_is_counted() {
    let wrong = |users| unknown_groups(users, |user| format!("\"group:g{user}\", \"user:gone{user}@contoso.com\""));
    let folder = wrong(510);
    let (status, text) = prescope(&folder, &["check"]);
    assert_eq!(status, 1);
    assert_eq!(text.matches("directory::unknown-group\n").count(), 50);
    let rest = "of 1020 findings, 920 are not shown: 460 of `directory::unknown-group`, 460 of \
                `directory::unknown-user`; `--all` shows each\n510 errors and 510 warnings\n";
    assert!(text.ends_with(rest), "{text}");

    let (_, annotations) = prescope(&folder, &["check", "--format", "github"]);
    let of = |command: &str| annotations.lines().filter(|line| line.starts_with(command)).count();
    assert_eq!([of("::error "), of("::warning "), of("::notice ")], [10, 10, 1], "{annotations}");
    assert!(annotations.contains("of 1020 findings, 1000 are not shown: "), "{annotations}");

    // As many as that take a second.
    if !is_whole() {
        return;
    }
    let log = json(&wrong(2_600), &["check", "--format", "sarif"]);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 5000);
    let errors = results.iter().filter(|result| result["level"] == "error").count();
    assert_eq!(errors, 2_600, "the heaviest are kept");
    let said = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(said.as_str().unwrap().starts_with("of 5200 findings, 200 are not shown: 200 of "), "{said}");
}

#[test]
fn what_is_suppressed_is_no_part_of_a_group() {
    let folder = not_migrated(10);
    let people = std::fs::read_to_string(folder.path().join("people.yaml")).unwrap();
    let allowed = people.replacen("standard, ", "standard, # allow(mode-mismatch): next week\n    ", 4);
    std::fs::write(folder.path().join("people.yaml"), allowed).unwrap();
    let (_, text) = prescope(&folder, &LINT);
    assert!(text.contains("the entries of u4@contoso.com") && !text.contains("u3@contoso.com are"), "{text}");
    assert!(text.contains("  and 3 more like it") && text.ends_with("\n6 warnings\n"), "{text}");
}

/// A message that names an owner is another one for each owner: there the rule has to say what others share.
#[test]
fn every_rule_about_owners_says_what_they_share() {
    for rule in share(RULES) {
        let project = super::example(rule.bad);
        for finding in project.lint(&Levels::only(rule)) {
            let model = project.model();
            for user in model.users.values() {
                let address = model.people[user.person].address.as_str();
                if finding.message.contains(address) {
                    let cause = finding.cause.as_deref().unwrap_or_else(|| panic!("{finding:?}"));
                    assert!(!cause.contains(address), "{finding:?}");
                }
            }
        }
    }
}
