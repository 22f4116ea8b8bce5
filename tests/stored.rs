//! The trees that the build script stores are what parsing their texts gives: to the last place, and to the last
//! comment.

use std::fs;

use prescope::language::{Parsed, Sources, parse};
use prescope::library;

use crate::tries::share;
use crate::{build, given};

/// Everything there is to a tree; equality of trees ignores places.
fn everything(tree: &Parsed) -> String {
    format!("{tree:#?}")
}

fn read(bytes: &[u8]) -> Parsed {
    postcard::from_bytes(bytes).expect("a tree")
}

#[test]
fn the_trees_in_the_program_are_those_of_the_texts() {
    let shipped: Vec<_> = library::names().filter_map(library::files).flatten().collect();
    assert!(shipped.len() > 20, "{}", shipped.len());
    for shipped in share(shipped) {
        let mut sources = Sources::default();
        let file = sources.add_shipped(shipped.number, shipped.path, shipped.text);
        let parsed = everything(&parse(file, shipped.text));
        assert_eq!(everything(&read(shipped.tree)), parsed, "{}", shipped.path);
        assert_eq!(everything(&shipped.read(&mut sources)), parsed, "{}", shipped.path);
    }
}

#[test]
fn a_tree_comes_back_as_it_was_written() {
    let mut sources = Sources::default();
    let folders = ["examples", "policies", "tests/fixtures/syntax/good"];
    let paths = folders.iter().flat_map(|folder| given::files_below(folder, ".prescope"));
    let parsed = paths.map(|path| {
        let text = given::text_of(&path);
        parse(sources.add(path, text.as_str()), &text)
    });
    // Those without errors: so, every construct of the language.
    let sound: Vec<Parsed> = parsed.filter(|tree| tree.diagnostics.is_empty()).collect();
    assert!(sound.len() > 30, "{}", sound.len());
    for tree in share(sound) {
        assert_eq!(everything(&read(&postcard::to_stdvec(&tree).unwrap())), everything(&tree));
    }
}

#[test]
fn a_build_takes_every_file_but_tests() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b/two", "a/one", "b/tests", "b/tests_more", "b/three"] {
        let path = folder.path().join(name).with_extension("prescope");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "category state { activity }\n").unwrap();
    }
    fs::write(folder.path().join("prescope.yaml"), "policies: [\"*.prescope\"]\n").unwrap();
    let out = tempfile::tempdir().unwrap();
    let table = build::libraries(folder.path(), out.path()).unwrap();
    let names: Vec<&str> = table.split('"').filter(|word| word.starts_with("std/")).collect();
    assert_eq!(names, ["std/a", "std/a/one.prescope", "std/b", "std/b/three.prescope", "std/b/two.prescope"]);
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 3);
}

#[test]
fn a_shipped_file_with_errors_ends_the_build() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("a")).unwrap();
    fs::write(folder.path().join("a/wrong.prescope"), "category state { activity }\ncategory").unwrap();
    let wrong = build::libraries(folder.path(), folder.path()).unwrap_err().to_string();
    assert!(wrong.starts_with("std/a/wrong.prescope:2: "), "{wrong}");
}
