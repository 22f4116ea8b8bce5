//! Stored trees are what parsing their texts gives: to the last place, and to the last comment.
//!
//! `UPDATE=1 cargo test stored` writes the trees of the shipped policies anew.

use std::fs;

use prescope::library::{self, Shipped};
use prescope::syntax::{Parsed, parse, stored};
use prescope::text::{FileId, Sources};

use crate::given;

/// Every file of every library.
fn shipped() -> Vec<Shipped> {
    library::names().flat_map(|name| library::files(name).expect("a library has files")).collect()
}

/// Everything there is to a tree; equality of trees ignores places.
fn everything(tree: &Parsed) -> String {
    format!("{tree:#?}")
}

/// Where the tree of a shipped file lies.
fn beside(shipped: &Shipped) -> String {
    let path = shipped.path.replace("std/", "policies/").replace(".prescope", ".tree");
    let (folder, name) = path.rsplit_once('/').expect("a library is a folder");
    format!("{folder}/trees/{name}")
}

#[test]
fn the_stored_trees_are_those_of_the_texts() {
    let updating = std::env::var_os("UPDATE").is_some_and(|value| value == "1");
    let mut wrong = Vec::new();
    let mut sources = Sources::default();
    for shipped in shipped() {
        let file = sources.add_shipped(shipped.number, shipped.path, shipped.text);
        let parsed = parse(file, shipped.text);
        if updating {
            let tree = stored::write(&parsed, shipped.text).expect("a shipped file has no errors");
            fs::write(given::repository().join(beside(&shipped)), tree).unwrap();
            continue;
        }
        let same = |tree: Parsed| everything(&tree) == everything(&parsed);
        if !stored::read(file, shipped.text, shipped.tree).is_some_and(same) {
            wrong.push(beside(&shipped));
        }
    }
    assert!(wrong.is_empty(), "out of date, UPDATE=1 cargo test stored writes it anew: {}", wrong.join(", "));
}

#[test]
fn there_is_no_tree_without_a_text() {
    let mut expected: Vec<String> = shipped().iter().map(beside).collect();
    expected.sort();
    assert_eq!(given::files_below("policies", ".tree"), expected);
}

/// Every policy file without errors that tests and examples have: so, every construct of the language.
fn sound() -> Vec<(FileId, String, Parsed)> {
    let mut sources = Sources::default();
    let folders = ["examples", "policies", "tests/fixtures/syntax/good"];
    let paths = folders.iter().flat_map(|folder| given::files_below(folder, ".prescope"));
    let parsed = paths.map(|path| {
        let text = given::text_of(&path);
        let file = sources.add(path, text.as_str());
        let tree = parse(file, &text);
        (file, text, tree)
    });
    parsed.filter(|(_, _, tree)| tree.diagnostics.is_empty()).collect()
}

#[test]
fn a_tree_comes_back_as_it_was_written() {
    let sound = sound();
    assert!(sound.len() > 30, "{}", sound.len());
    for (file, text, tree) in sound {
        let bytes = stored::write(&tree, &text).unwrap();
        let read = stored::read(file, &text, &bytes).unwrap();
        assert_eq!(everything(&read), everything(&tree));
    }
}

#[test]
fn a_tree_holds_for_its_own_text_only() {
    let mut sources = Sources::default();
    let text = "// Who is there.\ncategory state { activity }\n";
    let (file, other) = (sources.add("a.prescope", text), sources.add("b.prescope", text));
    let bytes = stored::write(&parse(file, text), text).unwrap();
    assert!(stored::read(file, text, &bytes).is_some());
    assert!(stored::read(other, text, &bytes).is_none());
    assert!(stored::read(file, &text.replace("activity", "activitx"), &bytes).is_none());
    for end in 0..bytes.len() {
        assert!(stored::read(file, text, &bytes[..end]).is_none(), "cut behind {end}");
    }
    let version = [&[bytes[0] + 1], &bytes[1..]].concat();
    assert!(stored::read(file, text, &version).is_none());
}

#[test]
fn a_text_with_errors_has_no_stored_tree() {
    let mut sources = Sources::default();
    let text = "category state {";
    let file = sources.add("a.prescope", text);
    assert!(stored::write(&parse(file, text), text).is_none());
}
