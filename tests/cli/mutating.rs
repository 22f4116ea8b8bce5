//! `mutate` as a command: exit status, choice of slips, and what is told.

use std::fs;

use super::{Ran, run_in};

const SET: &str = "category note { text }\ncontainer all(0) { publishes note }\nmanifest only { }\n";

const TESTED: &str = "test \"everybody\" {\n    given domain example.org is same_enterprise\n    given person o@example.org\n    \
                      expect v@example.net sees o@example.org note\n}\n";

fn run(policy: &str, options: &str) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("prescope.yaml"), "policies: [\"*.prescope\"]\n").expect("a file");
    fs::write(folder.path().join("ours.prescope"), policy).expect("a file");
    let line = format!("mutate {options}");
    let ran = run_in(folder.path(), &line.split_whitespace().collect::<Vec<_>>(), b"");
    assert_eq!(fs::read_to_string(folder.path().join("ours.prescope")).expect("a file"), policy, "nothing is written");
    ran
}

#[test]
fn what_is_tested_is_caught() {
    let tested = format!("{SET}{TESTED}");
    let ran = run(&tested, "");
    assert_eq!(
        ran.clean().out,
        "1 slip: 1 caught, 0 survived (100.0 % caught); not counted: 0 that change no answer, 0 with errors\n"
    );
    let idle = run(&format!("{tested}invariant \"idle\" {{ always viewer sees note when false }}\n"), "").clean();
    assert!(
        idle.out.starts_with(
            "1 expectation catches no slip in these policies; directory and libraries were not changed:\n  \
             ours.prescope:9  \"idle\"\n\n"
        ),
        "{idle:?}"
    );
}

#[test]
fn what_is_not_tested_survives_with_the_test_that_is_missing() {
    let ran = run(SET, "");
    assert_eq!(ran.status, 1, "{ran:?}");
    assert_eq!(ran.err, "0.0 % are caught, which is below 100 %\n");
    insta::assert_snapshot!(ran.out);
    assert_eq!(run(SET, "--threshold 0").status, 0);
    let none = run("category note { text }\n", "");
    let nothing = "there is nothing in these policies to get wrong in these ways, so nothing was tried\n";
    assert_eq!(none.clean().out, nothing);
}

#[test]
fn what_cannot_be_tried_is_an_error() {
    let failing = run(&format!("{SET}invariant \"nobody\" {{ never viewer sees note }}\n"), "");
    assert_eq!((failing.status, failing.out.as_str()), (2, ""), "{failing:?}");
    assert!(failing.err.contains("ours.prescope:4 \"nobody\""), "{failing:?}");
    let broken = run(&SET.replace("sees", "noot").replace("publishes note", "publishes noot"), "");
    assert!(broken.status == 2 && broken.out.is_empty() && broken.err.contains("noot"), "{broken:?}");
    let unknown = run(SET, "--operators publisht");
    assert!(unknown.status == 2 && unknown.err.contains("'published'"), "{unknown:?}");
    for options in ["--one-in 0", "--threshold 101", "--threshold x", "--limit x"] {
        let mistaken = run(SET, options);
        assert!(mistaken.status == 2 && mistaken.out.is_empty(), "{options}: {mistaken:?}");
    }
}

#[test]
fn slips_are_chosen_by_kind() {
    let ran = run(SET, "--operators published,unpublished --format json");
    let document: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let kinds: Vec<&str> =
        document["slips"].as_array().unwrap().iter().filter_map(|it| it["operator"].as_str()).collect();
    assert_eq!(kinds, ["unpublished"]);
    assert_eq!(document["complete"], false);
    assert!(document.get("idle").is_none(), "{document}");
}
