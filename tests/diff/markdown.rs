//! A comparison as a comment of a pull request, and where nobody may be named.

use super::gates::changed;
use super::repository::Repository;
use super::{PROJECT, opened};
use crate::given;
use crate::tries::by_turns;

#[test]
fn a_comment_of_a_pull_request() {
    let repository = changed();
    let lines = ["", " --no-people"];
    let lines = lines.map(|more| format!("diff HEAD~1 HEAD --deny-new-visibility --format markdown{more}"));
    given::snapshots!("comment", lines.each_ref().map(|line| (line, first_part(&repository.told(line)))));
    let same = opened().told("diff main main --format markdown --deny-open-gain");
    insta::assert_snapshot!(same);
}

/// What stands before the structure, which is told as in a text.
fn first_part(text: &str) -> String {
    text.split("\n<details><summary>Structure").next().unwrap_or_default().to_owned()
}

/// Whoever reads what is only counted learns of nobody.
#[test]
fn nobody_is_named_where_people_are_counted() {
    let repository = changed();
    repository.commit(
        "three",
        &[("policies/more.prescope", "test \"t\" { expect kim@fabrikam.com sees anna@contoso.com note }\n")],
    );
    for (number, format) in ["text", "markdown", "json"].into_iter().enumerate() {
        for sides in by_turns(number, ["HEAD~2 HEAD", "HEAD HEAD~2", "HEAD~1 HEAD"]) {
            let line = format!("diff {sides} --deny-new-visibility --format {format}");
            let named = repository.prescope(&line).out;
            assert!(named.contains("contoso.com") || format == "json", "{named}");
            let counted = repository.prescope(&format!("{line} --no-people")).out;
            for name in ["kim", "anna", "bob", "carol"] {
                assert!(!counted.contains(name), "{name}: {counted}");
            }
        }
    }
    let mut text = repository.prescope("diff HEAD~2 HEAD --no-people").out;
    text.truncate(text.find("\nfeatures").expect("features"));
    insta::assert_snapshot!(text);
}

/// Names are words, whatever stands in them.
#[test]
fn names_are_no_markup() {
    let repository = Repository::new();
    let hostile = "</pre></details>|`*_[x](https://evil.example)~@everybody <!-- prescope-diff --> <img src=x> &amp;";
    repository.commit("one", &PROJECT);
    let policy = format!(
        "use std/lync2013\nextend container external {{ publishes note }}\n\
         extend guard note {{ deny \"{hostile}\" when owner.DisablePresenceNote }}\n\
         test \"{hostile}\" {{ expect anna@contoso.com sees bob@contoso.com note }}\n"
    );
    repository.commit("two", &[("policies/ours.prescope", &policy)]);
    repository.git(&["branch", "a|b`c<i>@all"]);
    let ran = repository.prescope("diff HEAD~1 a|b`c<i>@all --format markdown");
    assert_eq!(ran.status, 0, "{ran:?}");
    let text = ran.out;
    // The marker alone is a comment; in words it is spelt out.
    assert_eq!(text.matches("<!--").count(), 1, "{text}");
    assert!(text.starts_with("<!-- prescope-diff -->\n"), "{text}");
    assert!(!text.contains("<img") && !text.contains("<i>") && text.contains("img src=x"), "{text}");
    assert_eq!(text.matches("</pre>").count(), text.matches("<pre>").count(), "{text}");
    // Outside of what is taken as it is, nothing that others chose stands but as a code.
    let mut outside = text.clone();
    while let (Some(from), Some(to)) = (outside.find("<pre>"), outside.find("</pre>")) {
        outside.replace_range(from..to + 6, "");
    }
    assert!(!outside.contains('@') && !outside.contains('`'), "{outside}");
}

#[test]
fn a_comment_has_room() {
    let repository = Repository::new();
    let fields =
        |count: usize| -> String { (0..count).map(|at| format!("    a_rather_long_name_of_a_field_{at}\n")).collect() };
    let policy = |more: &str| {
        let containers: String = (0..30).map(|at| format!("container level{at}({}) {{ {more} }}\n", at + 1)).collect();
        format!("category topic {{\n{}}}\ncontainer others(0) {{ }}\n{containers}", fields(300))
    };
    let publishes: String =
        (0..300).map(|at| format!("publishes topic.a_rather_long_name_of_a_field_{at}\n")).collect();
    let users: String = (0..25)
        .map(|at| format!("  user{at}@contoso.com: {{ memberships: {{ level{at}: [\"user:kim@fabrikam.com\"] }} }}\n"))
        .collect();
    let people = format!("organization: {{ domains: [contoso.com] }}\nusers:\n{users}");
    repository.commit("one", &[PROJECT[0], ("policies/ours.prescope", &policy("")), ("people/all.yaml", &people)]);
    repository.commit("two", &[("policies/ours.prescope", &policy(&format!("\n{publishes}")))]);
    for sides in by_turns(0, ["HEAD~1 HEAD", "HEAD HEAD~1"]) {
        let text = repository.prescope(&format!("diff {sides} --format markdown")).clean().out;
        let length = text.chars().count();
        assert!(length < 60_000, "{length}");
        assert!(length < 20_000 || text.contains("more"), "{text}");
        assert!(text.contains("How to reproduce"), "{text}");
    }
}
