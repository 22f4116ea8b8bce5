//! What tests start from: the files of the repository, and sets made of texts.

use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use prescope::project::Project;
use prescope::resolve::{Entries, RuleSet};

/// The folder of the package.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
pub(crate) fn text_of(path: &str) -> String {
    let path = repository().join(path);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below a folder of the repository with this ending, as paths from the repository, sorted.
pub(crate) fn files_below(folder: &str, ending: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::from(folder)];
    while let Some(below) = open.pop() {
        let entries = std::fs::read_dir(repository().join(&below));
        for entry in entries.unwrap_or_else(|error| panic!("{}: {error}", below.display())).flatten() {
            let path = below.join(entry.file_name());
            if repository().join(&path).is_dir() {
                open.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path.to_string_lossy().into_owned());
            }
        }
    }
    found.sort();
    found
}

/// A set of one policy file and one directory file.
pub(crate) fn set(policy: &str, directory: &str) -> Project {
    Project::builder().policy("policy.prescope", policy).directory("directory.yaml", directory).build()
}

/// The set ready to be asked; the test ends if there is anything but warnings against it.
pub(crate) fn rules(project: &Project, entries: Entries) -> RuleSet {
    project.rules(entries).expect("no errors")
}

/// What holds for every result of every SARIF log: it is of one of the rules, and stands in a file of the project.
pub(crate) fn holds_as_result(result: &serde_json::Value, rules: &[serde_json::Value]) {
    let index = result["ruleIndex"].as_u64().expect("a rule") as usize;
    assert_eq!(rules[index]["id"], result["ruleId"]);
    let place = &result["locations"][0]["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().expect("a file");
    assert!(!uri.starts_with('/') && !uri.contains('\\'), "{uri}");
    assert!(place["region"]["endColumn"].is_u64(), "{place}");
}

/// Does the same with each thing, on both processors of a small machine; the results in the order of the things.
pub(crate) fn in_parallel<T: Sync, R: Send>(things: &[T], with: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(things.len())));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(thing) = things.get(index) else { break };
                    let result = with(thing);
                    done.lock().unwrap().push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Compares each text with a snapshot of its own, by what it is about: whoever reviews a change reads one answer at a
/// time.
macro_rules! snapshots {
    ($name:literal, $texts:expr) => {
        let mut seen = std::collections::BTreeSet::new();
        for (about, text) in $texts {
            let suffix = $crate::given::file_name(&about);
            assert!(seen.insert(suffix.clone()), "two texts are about {about}");
            insta::with_settings!({ snapshot_suffix => suffix, omit_expression => true, description => about }, {
                insta::assert_snapshot!($name, text);
            });
        }
    };
}
pub(crate) use snapshots;

/// What a text is about as part of a file's name.
pub(crate) fn file_name(about: &str) -> String {
    let words = about.split(|letter: char| !letter.is_alphanumeric() && letter != '_').filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// The parts of a text, each by its first line, which says where a part begins. What stands before the first part is
/// the head.
pub(crate) fn parts(text: &str, begins: impl Fn(&str) -> bool) -> Vec<(String, String)> {
    let mut parts = vec![("the head".to_owned(), String::new())];
    for line in text.split_inclusive('\n') {
        if begins(line) {
            parts.push((line.trim().to_owned(), String::new()));
        }
        parts.last_mut().unwrap().1.push_str(line);
    }
    parts.retain(|(_, text)| !text.trim().is_empty());
    parts
}
