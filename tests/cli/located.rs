//! Files as other tools look for them: from the top of the repository on, however the project was named.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{Ran, run_in};
use crate::diff::repository::write;

/// A repository with a project two folders down, in which a lint, a test and an invariant fail.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let files = [
        (".git/HEAD", "ref: refs/heads/main\n"),
        ("conf/presence/prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [people.yaml]\n"),
        (
            "conf/presence/people.yaml",
            "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {}, bob@contoso.com: {} }\n",
        ),
        (
            "conf/presence/a.prescope",
            "category note { text }\ncontainer low(0) visible {}\nrecipient board \"The board\" external\n\
             test \"t\" { expect anna@contoso.com sees bob@contoso.com note }\n\
             invariant \"i\" { always viewer sees note.text }\n",
        ),
    ];
    write(folder.path(), &files);
    folder
}

fn run(folder: &Path, line: &str) -> Ran {
    run_in(folder, &line.split(' ').collect::<Vec<_>>(), b"")
}

#[test]
fn other_tools_get_paths_from_the_top_of_the_repository() {
    let repository = repository();
    let there = "conf/presence/a.prescope";
    for command in ["lint", "test", "prove", "test --prove", "test --coverage --coverage-format lcov"] {
        for (folder, place) in [
            ("conf/presence", ""),
            ("conf", " --project presence"),
            (".", " --project conf/presence/prescope.yaml"),
            (".", " -C conf/presence"),
            ("conf/presence", " --project ../presence"),
        ] {
            let formats: &[&str] = match command {
                "lint" | "prove" => &["sarif", "github", "junit"],
                "test --coverage --coverage-format lcov" => &["text"],
                _ => &["github", "junit"],
            };
            for format in formats {
                let ran = run(&repository.path().join(folder), &format!("{command} --format {format}{place}"));
                let found =
                    ran.out.match_indices("a.prescope").map(|(at, _)| ran.out[..at].ends_with("conf/presence/"));
                let found: Vec<bool> = found.collect();
                assert!(!found.is_empty() && found.iter().all(|is| *is), "{command} {format} {folder}: {}", ran.out);
            }
        }
    }
    let linted = run(repository.path(), &format!("lint --format github {there}")).clean().out;
    assert!(linted.contains(&format!("file={there},line=3,")), "{linted}");
    let all = run(&repository.path().join("conf"), "lint --format github --all-projects").clean().out;
    assert!(all.contains(&format!("file={there},line=3,")), "{all}");
}

/// Whoever reads for people reads what they would type.
#[test]
fn people_get_paths_as_they_named_them() {
    let repository = repository();
    let text = run(&repository.path().join("conf"), "lint --project presence").clean().out;
    assert!(text.contains("[a.prescope:3:"), "{text}");
}

#[test]
fn a_log_says_what_its_paths_begin_at_and_what_could_have_been_found() {
    let repository = repository();
    let log: Value = run(&repository.path().join("conf/presence"), "lint --format sarif").clean().json();
    let run_of = &log["runs"][0];
    assert_eq!(run_of["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uriBaseId"], "%SRCROOT%");
    assert!(run_of["originalUriBaseIds"]["%SRCROOT%"]["description"]["text"].is_string(), "{run_of}");
    let driver = &run_of["tool"]["driver"];
    let rules = driver["rules"].as_array().expect("rules");
    assert!(rules.len() > prescope::lint::RULES.len(), "{}", rules.len());
    // A report with nothing in it looks as if nobody had looked.
    let sound = "category note { text }\ncontainer low(0) visible {}\n";
    fs::write(repository.path().join("conf/presence/a.prescope"), sound).expect("a file");
    for command in ["lint --select unused-suppression", "check"] {
        let report = run(&repository.path().join("conf/presence"), &format!("{command} --format junit")).clean().out;
        assert!(report.contains("tests=\"1\"") && report.contains("failures=\"0\""), "{report}");
    }
}
