//! The page of findings names tests that there are.

use std::collections::BTreeSet;

use crate::given;

use super::{all_well, document};

/// Texts of the page between two marks, with line ends as blanks.
fn between(text: &str, mark: char) -> impl Iterator<Item = &str> {
    text.split(mark).skip(1).step_by(2)
}

/// The last names of paths such as `truth::recording::who_records`, which are functions of tests.
fn functions(text: &str) -> BTreeSet<&str> {
    between(text, '`').filter_map(|path| path.rsplit_once("::")).map(|(_, name)| name).collect()
}

#[test]
fn every_test_that_is_named_is_one() {
    let page = document("docs/found.md");
    let prose: Vec<&str> = page.prose().into_iter().map(|(_, line)| line.trim()).collect();
    let prose = prose.join(" ");
    let sources: String = ["tests", "benches/tests"]
        .iter()
        .flat_map(|at| given::files_below(at, ".rs"))
        .map(|it| given::text_of(&it))
        .collect();
    let named = functions(&prose);
    assert!(named.len() > 10, "{named:?}");
    let is_test = |name: &&str| sources.contains(&format!("\nfn {name}() {{\n"));
    let missing = named.into_iter().filter(|name| !is_test(name)).map(|name| format!("there is no test `{name}`"));
    let mut wrong: Vec<String> = missing.collect();

    let catalogue: String =
        given::files_below("policies/lync2013", ".prescope").iter().map(|it| given::text_of(it)).collect();
    let labels = prose.split("catalogue's test").skip(1).flat_map(|rest| {
        let sentence = rest.split(". ").next().unwrap_or(rest);
        between(sentence, '"').map(str::to_owned).collect::<Vec<_>>()
    });
    let labels: Vec<String> = labels.collect();
    assert!(labels.len() > 3, "{labels:?}");
    let missing = labels.into_iter().filter(|label| !catalogue.contains(&format!("test \"{label}\" {{")));
    wrong.extend(missing.map(|label| format!("the catalogue has no test \"{label}\"")));
    all_well(&wrong);
}

/// The examples in which two pages of the vendor name another level are those that a test has found.
#[test]
fn the_table_of_examples_is_what_the_test_finds() {
    let page = document("docs/found.md").text;
    let number = |cell: &str| Some(cell.rsplit_once('(')?.1.split_once(')')?.0.to_owned());
    let rows = page.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, example, one, other, _] = cells.as_slice() else { return None };
        let id = example.split(':').next()?;
        Some(format!("{id}: {}, {} by the other page", number(one)?, number(other)?))
    });
    let snapshot = given::text_of(
        "tests/vectors/snapshots/suite__vectors__resolution__the_vendors_other_page_names_another_container_in_some_rows.snap",
    );
    let found: Vec<&str> = snapshot.lines().filter(|line| line.ends_with("by the other page")).collect();
    assert!(found.len() > 3, "{snapshot}");
    assert_eq!(rows.collect::<Vec<_>>(), found);
}
