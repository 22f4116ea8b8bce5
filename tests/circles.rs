//! Files of a module do not use each other in circles, so that each can be understood before those that use it.

use std::collections::{BTreeMap, BTreeSet};

use crate::given;

/// The modules of both crates that have several files.
const MODULES: &[&str] = &[
    "grammar/src/format",
    "grammar/src/syntax",
    "grammar/src/text",
    "src/change",
    "src/cli",
    "src/diff",
    "src/directory",
    "src/expect",
    "src/graph",
    "src/lint",
    "src/migrate",
    "src/model",
    "src/project",
    "src/report",
    "src/resolve",
    "src/symbolic",
    "src/viewers",
];

/// The paths that a `use` names, without its braces.
fn spelled_out(tree: &str) -> Vec<String> {
    let tree = tree.trim();
    let Some((before, inside)) = tree.split_once('{') else { return vec![tree.to_owned()] };
    let inside = inside.strip_suffix('}').expect("a brace that is closed");
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (at, letter) in inside.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&inside[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&inside[start..]);
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| spelled_out(&format!("{}{}", before.trim(), part.trim()))).collect()
}

/// What a file of a crate uses of it, as paths from the crate's root. What stands in a module for tests is left out.
fn used(text: &str, module: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let trees = text.split(';').filter_map(|statement| {
        let (before, tree) = statement.rsplit_once("use ")?;
        let line = before.rsplit('\n').next()?.trim();
        let of_the_crate = ["crate::", "super::"].iter().any(|root| tree.starts_with(root));
        (of_the_crate && (line.is_empty() || line.starts_with("pub"))).then(|| tree.replace('\n', " "))
    });
    let paths = trees.flat_map(|tree| spelled_out(&tree));
    paths.filter_map(|path| absolute(&path, module)).collect()
}

/// A path as seen from the root of the crate; None if it leads out of it, or into what the file itself declares.
fn absolute(path: &str, module: &str) -> Option<String> {
    let mut from: Vec<&str> = module.split("::").collect();
    let mut steps = path.split("::").peekable();
    match *steps.peek()? {
        "crate" => from.clear(),
        "super" => {}
        _ => return None,
    }
    steps.next_if_eq(&"crate");
    while steps.next_if_eq(&"super").is_some() {
        from.pop();
    }
    from.extend(steps);
    Some(from.join("::"))
}

/// The file in which a path ends: the longest that is one.
fn file_of<'f>(path: &str, files: &'f BTreeMap<String, String>) -> Option<&'f str> {
    let mut path = path;
    loop {
        if let Some((module, _)) = files.get_key_value(path) {
            return Some(module);
        }
        path = path.rsplit_once("::")?.0;
    }
}

/// Which files each file of a module uses: by their paths in the crate, with the file that opens the module left out,
/// since it only lists the others.
fn uses(files: &BTreeMap<String, String>, top: &str) -> BTreeMap<String, BTreeSet<String>> {
    let others = |module: &str, text: &str| {
        let known = used(text, module).into_iter().filter_map(|path| file_of(&path, files).map(str::to_owned));
        known.filter(|known| known != module && known != top).collect()
    };
    files.iter().map(|(module, text)| (module.clone(), others(module, text))).collect()
}

/// What is left once files that use no other, and files that no other uses, are taken away again and again.
fn circles(mut uses: BTreeMap<String, BTreeSet<String>>) -> BTreeMap<String, BTreeSet<String>> {
    loop {
        let used: BTreeSet<String> = uses.values().flatten().cloned().collect();
        let before = uses.len();
        uses.retain(|module, others| !others.is_empty() && used.contains(module));
        let left: BTreeSet<String> = uses.keys().cloned().collect();
        uses.values_mut().for_each(|others| others.retain(|other| left.contains(other)));
        if uses.len() == before {
            return uses;
        }
    }
}

#[test]
fn files_of_a_module_stand_in_no_circle() {
    let (mut seen, mut found, mut wrong) = (0, 0, Vec::new());
    for folder in MODULES {
        let (root, top) = folder.rsplit_once('/').expect("a crate and a module");
        let paths = given::files_below(folder, ".rs").into_iter().chain([format!("{folder}.rs")]);
        let module = |path: &str| path[root.len() + 1..].trim_end_matches(".rs").replace('/', "::");
        let files: BTreeMap<String, String> = paths.map(|path| (module(&path), given::text_of(&path))).collect();
        let uses = uses(&files, top);
        (seen, found) = (seen + uses.values().map(BTreeSet::len).sum::<usize>(), found + files.len());
        let circles = circles(uses);
        if !circles.is_empty() {
            wrong.push(format!("{folder}: {circles:#?}"));
        }
    }
    assert!(seen > found, "{found} files use others of their module {seen} times");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_circle_is_found_through_braces_parents_and_re_exports() {
    let files = [
        ("top::a", "use super::{b::Thing, d};\n"),
        ("top::b", "pub(crate) use super::c::{\n    inner::{One, Other},\n};\n"),
        ("top::c", "use crate::top::a::Name as Other;\nuse crate::elsewhere::a;\n"),
        ("top::d", "#[cfg(test)]\nmod tests {\n    use crate::top::a;\n}\n"),
        ("top", "use a::Thing;\n"),
    ];
    let files = files.map(|(module, text)| (module.to_owned(), text.to_owned())).into();
    let left: Vec<String> = circles(uses(&files, "top")).into_keys().collect();
    assert_eq!(left, ["top::a", "top::b", "top::c"]);
}
