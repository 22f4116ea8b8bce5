//! What machines read of a comparison: the document, SARIF, and by what both recognise a finding.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::repository::write;
use crate::cli::{Ran, run_in};
use crate::given;

/// The two sides that lie among the fixtures.
pub(super) const FIXTURE: &str = "tests/fixtures/diff";

/// A command line in the folder of the two sides.
pub(super) fn told(line: &str) -> Ran {
    told_in(&given::repository().join(FIXTURE), line)
}

fn told_in(folder: &Path, line: &str) -> Ran {
    let words: Vec<&str> = ["diff", "before", "after"].into_iter().chain(line.split(' ')).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    run_in(folder, &words, b"")
}

/// The fixtures with other files on the second side.
fn changed(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for side in ["before", "after"] {
        for name in ["prescope.yaml", "ours.prescope", "people.yaml"] {
            let text = given::text_of(&format!("{FIXTURE}/{side}/{name}"));
            write(folder.path(), &[(&format!("{side}/{name}"), &text)]);
        }
    }
    write(&folder.path().join("after"), files);
    folder
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON")
}

#[test]
fn a_group_says_what_changes_for_whom_and_why() {
    let document = told("--format json").clean().json();
    let mut group = document["effect"]["groups"][0].clone();
    let witness = group.as_object_mut().and_then(|group| group.remove("witness")).expect("a witness");
    insta::assert_snapshot!("group", pretty(&group));
    insta::assert_snapshot!("witness", pretty(&witness));
    insta::assert_snapshot!("group-of-the-directory", pretty(&document["effect"]["groups"][1]["causes"]));
    insta::assert_snapshot!("disclosures", pretty(&document["effect"]["disclosures"]));
    let counts = |of: &str| &document["effect"][of];
    assert_eq!(*counts("known"), json!({ "gained": 4, "lost": 1, "differs": 0 }));
    assert_eq!(*counts("open"), json!({ "gained": 2, "lost": 0, "differs": 0 }));
    // Each answer is in one group.
    for (direction, word) in [("gains", "gained"), ("loses", "lost"), ("differs", "differs")] {
        for of in ["known", "open"] {
            let groups = document["effect"]["groups"].as_array().expect("a list");
            let alike = groups.iter().filter(|group| group["direction"] == direction);
            let sum: u64 = alike.map(|group| group["count"][of].as_u64().expect("a number")).sum();
            assert_eq!(counts(of)[word], sum, "{direction} {of}");
        }
    }
}

#[test]
fn the_structure_says_what_each_side_says_and_where() {
    let document = told("--format json --only structure").clean().json();
    let named = |name: &str| {
        let all = document["structure"].as_array().expect("a list");
        all.iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("no {name}")).clone()
    };
    insta::assert_snapshot!("invariant", pretty(&named("moods")));
    let kinds = |name: &str| [named(name)["kind"].clone(), named(name)["change"].clone()];
    assert_eq!(kinds("friends"), ["container", "changed"]);
    assert_eq!(kinds("tom@contoso.com"), ["user", "added"]);
    assert!(document["effect"].is_null(), "it was not asked for");
}

/// A condition that was written anew is told as what it is.
#[test]
fn a_rewritten_condition_says_whether_it_means_the_same() {
    let policy = given::text_of(&format!("{FIXTURE}/before/ours.prescope"));
    let meanings = |condition: &str| {
        let policy = policy.replace("when owner.trainee", condition);
        let folder = changed(&[("ours.prescope", &policy)]);
        let document = told_in(folder.path(), "--format json").clean().json();
        let structure = document["structure"].as_array().expect("a list").clone();
        let guard = structure.into_iter().find(|it| it["kind"] == "guard").expect("the guard");
        (guard["same_meaning"].clone(), guard["parts"][0]["meaning"].clone())
    };
    assert_eq!(meanings("unless not owner.trainee"), (true.into(), "same".into()));
    assert_eq!(meanings("unless owner.trainee"), (false.into(), "other".into()));
}

/// The fingerprints of groups and disclosures.
fn fingerprints(folder: &Path, line: &str) -> BTreeSet<String> {
    let document = told_in(folder, &format!("--format json {line}")).clean().json();
    let effect = &document["effect"];
    let lists = ["groups", "disclosures"].map(|list| effect[list].as_array().expect("a list"));
    let all = lists.iter().flat_map(|list| list.iter());
    let found: Vec<String> = all.map(|it| it["fingerprint"].as_str().expect("a text").to_owned()).collect();
    let unlike: BTreeSet<String> = found.iter().cloned().collect();
    assert_eq!(unlike.len(), found.len(), "each is its own");
    unlike
}

#[test]
fn fingerprints_stay_while_the_same_changes_whatever_made_it() {
    let folder = changed(&[]);
    let first = fingerprints(folder.path(), "");
    assert_eq!(first.len(), 3);
    assert_eq!(fingerprints(folder.path(), "--no-people"), first, "they name nobody");
    let policy = given::text_of(&format!("{FIXTURE}/after/ours.prescope"));
    let people = given::text_of(&format!("{FIXTURE}/after/people.yaml"));
    // The same in other lines, in two files, with somebody more.
    let split = policy.replace("{ publishes note }", "{ publishes note.text }");
    let more = "\n\n// Moved.\nextend container friends {\n    publishes note.plans, note.mood\n}\n";
    let colleagues =
        people.replace("  tom@", "  ute@contoso.com: { memberships: { friends: [bob@contoso.com] } }\n  tom@");
    let moved = changed(&[
        ("ours.prescope", &format!("// A line more.\n\n{split}")),
        ("more.prescope", more),
        ("people.yaml", &colleagues),
    ]);
    assert_eq!(fingerprints(moved.path(), ""), first);
    // Another field; and the same answers for another reason, with another disclosure.
    let fewer =
        changed(&[("ours.prescope", &policy.replace("{ publishes note }", "{ publishes note.text, note.mood }"))]);
    let guarded = changed(&[]);
    let closed = format!("{policy}\nguard note.mood, note.plans {{\n    deny \"closed\"\n}}\n");
    write(&guarded.path().join("before"), &[("ours.prescope", &closed)]);
    for (folder, same) in [(fewer, 2), (guarded, 2)] {
        let now = fingerprints(folder.path(), "");
        assert_eq!((now.len(), now.intersection(&first).count()), (3, same), "{now:?}");
    }
}

/// The log, with everything in it that every log has.
fn log(ran: &Ran) -> Value {
    let log = ran.json();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let mut fingerprints = BTreeSet::new();
    for result in run["results"].as_array().expect("results") {
        given::holds_as_result(result, rules);
        let fingerprint = result["partialFingerprints"]["prescope/v1"].as_str().expect("a text");
        assert!(fingerprints.insert(fingerprint.to_owned()), "twice: {fingerprint}");
    }
    log
}

#[test]
fn sarif_has_a_result_for_each_group_and_whatever_is_denied() {
    let ran = told("--format sarif --deny-new-visibility --deny-new-use=taking --deny-removed-invariants --max-gain 9");
    assert_eq!(ran.status, 1);
    let log = log(&ran);
    let results = log["runs"][0]["results"].as_array().expect("results");
    let told = results.iter().map(|result| {
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().expect("a file");
        format!(
            "{} {} {file}:{}\n  {}\n{}",
            result["level"].as_str().expect("a level"),
            result["ruleId"].as_str().expect("a rule"),
            place["region"]["startLine"],
            result["message"]["text"].as_str().expect("a text"),
            result["relatedLocations"]
                .as_array()
                .into_iter()
                .flatten()
                .map(|it| format!("    {}\n", it["message"]["text"].as_str().expect("a text")))
                .collect::<String>()
        )
    });
    insta::assert_snapshot!(told.collect::<String>());
    let groups = self::told("--format json").json()["effect"]["groups"].clone();
    for group in groups.as_array().expect("a list") {
        let alike = |result: &&Value| result["partialFingerprints"]["prescope/v1"] == group["fingerprint"];
        assert_eq!(results.iter().filter(alike).count(), 1, "{group}");
    }
}

/// What was there on the first side only stands in its file.
#[test]
fn what_is_gone_stands_where_it_was() {
    let policy = given::text_of(&format!("{FIXTURE}/after/ours.prescope"));
    let guard = "guard note.plans {\n    deny \"trainees\" when owner.trainee\n}\n";
    assert!(policy.contains(guard));
    let people = given::text_of(&format!("{FIXTURE}/after/people.yaml"));
    let trainee = people.replace("{ site: London, ", "{ site: London, attributes: { trainee: true }, ");
    let folder = changed(&[("ours.prescope", &policy.replace(guard, "")), ("people.yaml", &trainee)]);
    write(&folder.path().join("before"), &[("people.yaml", &trainee), ("ours.prescope", &policy)]);
    let log = log(&told_in(folder.path(), "--format sarif").clean());
    let results = log["runs"][0]["results"].as_array().expect("results");
    let gain = results.iter().find(|it| it["ruleId"] == "diff::gain").expect("a gain");
    let place = &gain["locations"][0]["physicalLocation"];
    assert_eq!(place["region"]["startLine"], 10, "{gain}");
}

/// Whoever reads what is only counted learns of nobody, in documents and in findings.
#[test]
fn nobody_is_named_in_what_machines_read() {
    let names = ["anna", "bob", "eve@", "tom"];
    for format in ["json --witness 5", "sarif"] {
        let gates = "--deny-new-visibility --deny-new-use";
        let named = told(&format!("--format {format} {gates}")).out;
        assert!(names[..3].iter().all(|name| named.contains(name)), "{named}");
        let counted = told(&format!("--format {format} {gates} --no-people")).out;
        for name in names {
            assert!(!counted.contains(name), "{name}: {counted}");
        }
        assert!(!counted.contains("people.yaml"), "a line of a directory is somebody: {counted}");
    }
    // An answer that the directory made change is no finding, and it is said how much that is.
    let log = log(&told("--format sarif --no-people").clean()).to_string();
    assert!(!log.contains("\"diff::loss\",\"ruleIndex\"") && log.contains("1 group of answers"), "{log}");
    let document = told("--format json --no-people").clean().json();
    let loss = &document["effect"]["groups"][1];
    assert_eq!(loss["count"], json!({ "known": 1, "open": 0 }));
    assert_eq!(loss["causes"][0]["kind"], "user");
    let users = document["structure"].as_array().expect("a list").iter().filter(|it| it["kind"] == "user");
    assert!(users.clone().all(|it| it["count"] == 1 && it["name"].is_null()) && users.count() == 2);
}

/// Sides without people have no results, and say that nobody was asked.
#[test]
fn sarif_says_what_was_not_looked_at() {
    let folder = changed(&[]);
    for side in ["before", "after"] {
        fs::write(folder.path().join(side).join("prescope.yaml"), "policies: [\"*.prescope\"]\n").expect("a file");
    }
    // Worlds have no recorded entries, so nothing is asked in place of people.
    let ran = told_in(folder.path(), "--format sarif --recorded --deny-open-gain");
    assert_eq!(ran.status, 1);
    let log = log(&ran);
    let notes = &log["runs"][0]["invocations"][0]["toolExecutionNotifications"];
    assert!(notes.to_string().contains("neither side has anybody to ask about"), "{log}");
    let gate = &log["runs"][0]["results"][0];
    assert!(gate["level"] == "error" && gate["message"]["text"].to_string().contains("undecided"), "{gate}");
}

/// Carol's answers are others by a policy, Anna's by the directory too; Anna is the example.
fn by_policy_and_directory(anna: &str) -> tempfile::TempDir {
    let people = |anna: &str| {
        let users =
            ["bob", "carol", "dan"].map(|name| format!("  {name}@contoso.com: {{ contacts: [kim@fabrikam.com] }}\n"));
        let organization = "organization: { domains: [contoso.com] }\nfederation: { partners: [fabrikam.com] }\n";
        let groups = "groups: { staff: [bob@contoso.com, carol@contoso.com, dan@contoso.com] }\n";
        format!("{organization}{groups}users:\n{anna}{}", users.concat())
    };
    let folder = tempfile::tempdir().expect("a folder");
    let project = "policies: [ours.prescope]\ndirectory: [people.yaml]\n";
    let staff =
        "use std/lync2013\n\nmembership \"staff\" when owner in group staff {\n    workgroup has kim@fabrikam.com\n}\n";
    let member = anna.replace("] }", "], memberships: { workgroup: [kim@fabrikam.com] } }");
    for (side, policy, anna) in [("before", "use std/lync2013\n", anna), ("after", staff, member.as_str())] {
        let files = [("prescope.yaml", project), ("ours.prescope", policy), ("people.yaml", &people(anna))];
        write(&folder.path().join(side), &files);
    }
    folder
}

const ANNA: &str = "  anna@contoso.com: { contacts: [kim@fabrikam.com] }\n";

/// Its example is one of the directory, and three of the four owners are not.
#[test]
fn what_a_policy_makes_change_is_a_result_though_nobody_is_named() {
    let folder = by_policy_and_directory(ANNA);
    let groups = told_in(folder.path(), "--format json").clean().json()["effect"]["groups"].clone();
    let log = log(&told_in(folder.path(), "--format sarif --no-people").clean());
    let results = log["runs"][0]["results"].as_array().expect("results");
    let of_group = |result: &&Value| result["ruleId"] != "diff::new-disclosure";
    let told: Vec<&Value> =
        results.iter().filter(of_group).map(|it| &it["partialFingerprints"]["prescope/v1"]).collect();
    let all: Vec<&Value> = groups.as_array().expect("a list").iter().map(|it| &it["fingerprint"]).collect();
    assert!(!all.is_empty() && told == all, "{told:?} {all:?}");
    assert!(!log.to_string().contains("anna") && !log.to_string().contains("people.yaml"), "{log:#}");
}

#[test]
fn causes_stand_below_the_example_that_they_are_of() {
    let folder = by_policy_and_directory(ANNA);
    let out = told_in(folder.path(), "--only effect --witness 2").clean().out;
    let at = |words: &str| out.find(words).unwrap_or_else(|| panic!("no {words}: {out}"));
    let group = &out[at("e.g. ")..];
    let (because, second) = (group.find("because ").expect("a cause"), group.rfind("e.g. ").expect("another"));
    assert!(because < second && group[..because].contains("of anna@"), "{out}");
    assert!(!group[second..].contains("because"), "{out}");
}

/// The first owner is the example, and their causes are those that are told.
#[test]
fn fingerprints_stay_when_the_example_is_somebody_else() {
    let [with, without] = [ANNA, ""].map(|anna| fingerprints(by_policy_and_directory(anna).path(), ""));
    assert!(!with.is_empty());
    assert_eq!(with, without);
}
