//! One set of findings in every format: nothing may be lost or added.

use prescope::diagnostic::code;
use prescope::language::{Diagnostic, Severity};
use prescope::lint::Levels;
use prescope::project::Project;
use prescope::report::finding::{plain, summary};
use prescope::report::telling::Telling;
use prescope::report::{Beside, github, json, junit, sarif};
use serde_json::Value;

use crate::given;

fn found() -> (Project, Vec<Diagnostic>) {
    let project = super::opened("examples/contoso");
    let mut found = project.lint(&Levels::usual());
    // Every severity.
    found[0].severity = Severity::Error;
    found[1].severity = Severity::Information;
    (project, found)
}

#[test]
fn every_format_counts_the_same() {
    let (project, found) = found();
    let sources = project.sources();
    let count = |severity| found.iter().filter(|it| it.severity == severity).count();
    let expected = [count(Severity::Error), count(Severity::Warning), count(Severity::Information)];
    let [errors, warnings, notes] = expected;

    let text = plain(sources, &found);
    let words = [": error: ", ": warning: ", ": information: "];
    assert_eq!(words.map(|word| text.matches(word).count()), expected);
    assert_eq!(summary(&found).unwrap(), format!("{errors} error, {warnings} warnings and {notes} note"));

    let document: Value = serde_json::from_str(&json::findings(sources, &found, Beside::default())).unwrap();
    let counts = ["error", "warning", "information"].map(|name| document["counts"][name].as_u64().unwrap() as usize);
    assert_eq!(counts, expected);
    assert_eq!(document["findings"].as_array().unwrap().len(), found.len());

    let log: Value = serde_json::from_str(&sarif::sarif(sources, &Telling::each(&found), Beside::default())).unwrap();
    let results = log["runs"][0]["results"].as_array().unwrap();
    let levels = ["error", "warning", "note"].map(|level| results.iter().filter(|it| it["level"] == level).count());
    assert_eq!(levels, expected);

    let annotations = github::github(sources, &Telling::each(&found));
    let commands = ["::error ", "::warning ", "::notice "];
    let starts = |command| annotations.lines().filter(|line| line.starts_with(command)).count();
    assert_eq!(commands.map(starts), expected);
    assert!(annotations.starts_with("::error "), "the heaviest first");

    let report = junit::junit(sources, &found, Beside::default());
    let types = ["error", "warning", "information"].map(|name| report.matches(&format!("type=\"{name}\"")).count());
    assert_eq!(types, expected);
}

#[test]
fn sarif_names_every_rule_and_every_place() {
    let (project, found) = found();
    let log: Value =
        serde_json::from_str(&sarif::sarif(project.sources(), &Telling::each(&found), Beside::default())).unwrap();
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    for rule in prescope::lint::RULES {
        assert!(rules.iter().any(|it| it["id"] == rule.code.name()), "{}", rule.name());
    }
    let mut fingerprints = std::collections::BTreeSet::new();
    for (result, finding) in run["results"].as_array().unwrap().iter().zip(&found) {
        given::holds_as_result(result, rules);
        let related = result["relatedLocations"].as_array().map_or(0, Vec::len);
        assert_eq!(related, finding.labels.len() - 1);
        assert_eq!(result["fixes"].is_array(), finding.fix.is_some());
        let fingerprint = result["partialFingerprints"]["prescope/v1"].as_str().unwrap();
        assert!(fingerprints.insert(fingerprint.to_owned()), "twice: {fingerprint}");
    }
}

#[test]
fn annotations_escape_what_would_end_them() {
    let project = super::project("container c(0) { }\ncategory \u{e4} { f }\n".replace('\u{e4}', "x").as_str(), "");
    let finding = Diagnostic::new(code::YAML, "50% of\nit, here: `::`");
    let text = github::github(project.sources(), &Telling::each(&[finding]));
    assert_eq!(text, "::error title=directory%3A%3Ayaml::50%25 of%0Ait, here: `::`\n");
}
