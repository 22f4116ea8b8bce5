//! The house: floors, which crate lives where, files that fit in one reading, and lists that are written twice.

mod lines;
mod signatures;

use std::collections::{BTreeMap, BTreeSet};

use crate::given;

/// Crates that one place only knows: where their names may stand.
const ROOMS: &[(&str, &[&str])] = &[
    ("clap", &["src/cli.rs", "src/cli/"]),
    ("clap_complete", &["src/cli/completions.rs"]),
    ("clap_mangen", &["src/cli/man.rs"]),
    ("miette", &["src/report/finding/graphical.rs"]),
    ("prescope_language", &["build.rs", "src/lib.rs"]),
    ("pest", &["grammar/src/syntax.rs", "grammar/src/syntax/"]),
    ("pest_derive", &["grammar/src/syntax/"]),
    ("petgraph", &["src/graph.rs", "src/graph/"]),
    ("granit_parser", &["src/directory/yaml.rs", "src/directory/yaml/"]),
    ("serde_json", &["src/report/json.rs", "src/report/json/", "src/cli/batch.rs"]),
    ("schemars", &["src/report/"]),
    (
        "serde",
        &[
            "src/report/",
            "src/directory/yaml.rs",
            "src/directory/yaml/",
            "grammar/src/syntax.rs",
            "grammar/src/syntax/",
            "grammar/src/text/",
            "src/directory/address.rs",
            "src/model.rs",
            "src/model/",
            "src/project/snapshot.rs",
            "src/project/stamp.rs",
            "src/project/snapshot/",
        ],
    ),
    ("postcard", &["build.rs", "src/library.rs", "src/model/kept.rs", "src/project/snapshot.rs"]),
    ("blake3", &["src/project/seal.rs", "src/project/save/stage.rs", "src/project/snapshot/envelope.rs"]),
    ("etcetera", &["src/project/seal.rs"]),
    ("getrandom", &["src/project/seal.rs"]),
    ("tempfile", &["src/project/"]),
    ("rustix", &["src/project/read.rs", "src/project/seal.rs"]),
    ("xattr", &["src/project/save/stage.rs"]),
    ("jiter", &["src/directory/json.rs"]),
    ("csv", &["src/directory/csv.rs"]),
    ("memchr", &["src/directory/csv.rs", "src/directory/json.rs", "src/directory/read/lines.rs"]),
    ("biodivine_lib_bdd", &["src/symbolic.rs", "src/symbolic/"]),
    ("quick_junit", &["src/report/"]),
    ("globset", &["src/project/pattern.rs"]),
    ("semver", &["src/project/version.rs"]),
    ("similar", &["src/cli/"]),
    ("terminal_size", &["src/cli/output.rs"]),
    ("textwrap", &["src/report/page/layout.rs"]),
    ("indicatif", &["src/cli/progress.rs"]),
    ("foldhash", &["src/model/names.rs", "src/text/by_text.rs", "src/text/slips.rs", "src/directory/known.rs"]),
    ("hashbrown", &["src/text/by_text.rs"]),
    ("idna", &["src/directory/address.rs"]),
    ("strsim", &["grammar/src/text/suggest.rs", "src/text/slips.rs"]),
    ("unicode_security", &["src/text/looks.rs"]),
];

/// The number that CONTRIBUTING.md promises between these words.
fn promised(before: &str, behind: &str) -> usize {
    let text = given::text_of("CONTRIBUTING.md").split_whitespace().collect::<Vec<_>>().join(" ");
    let number = text.split_once(before).and_then(|(_, rest)| rest.split_once(behind)).map(|(number, _)| number);
    number.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("no number behind `{before}`: {number:?}"))
}

/// The sources of both crates.
fn sources() -> impl Iterator<Item = String> {
    ["build.rs".to_owned()]
        .into_iter()
        .chain(["src", "grammar/src"].into_iter().flat_map(|it| given::files_below(it, ".rs")))
}

/// The floor of each module, as the table below a heading of ARCHITECTURE.md has it. Modules of one floor do not know
/// each other.
fn floors(heading: &str) -> BTreeMap<String, usize> {
    let text = given::text_of("ARCHITECTURE.md");
    let chapter = text.lines().skip_while(|line| *line != heading);
    let table = chapter.skip_while(|line| !line.starts_with("| floor |")).skip(2);
    let rows = table.take_while(|line| line.starts_with('|')).map(|line| line.split('|').map(str::trim));
    let mut floors = BTreeMap::new();
    for mut row in rows {
        let (_, floor, modules) = (row.next(), row.next().expect("a number"), row.next().expect("modules"));
        for module in modules.split(", ").map(|name| name.trim_matches('`')) {
            let known = floors.insert(module.to_owned(), floor.parse().expect("a number"));
            assert_eq!(known, None, "`{module}` is on two floors");
        }
    }
    floors
}

/// The module at the top of the tree that a file in a folder belongs to; None for `lib.rs` and `main.rs`.
fn module_of<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    let below = path.strip_prefix(folder)?.strip_prefix('/')?;
    let module = below.split_once('/').map_or_else(|| below.trim_end_matches(".rs"), |(module, _)| module);
    (!["lib", "main"].contains(&module)).then_some(module)
}

/// The lines of a file that are code, with their numbers.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(index, line)| (index + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The names behind every `prefix` of a line that begins a word.
fn names_behind<'a>(line: &'a str, prefix: &'a str) -> impl Iterator<Item = &'a str> {
    line.match_indices(prefix).filter_map(move |(at, _)| {
        let before = line[..at].chars().next_back();
        let begins = before.is_none_or(|letter| !letter.is_alphanumeric() && !"_:$".contains(letter));
        let behind = &line[at + prefix.len()..];
        let end = behind.find(|letter: char| !letter.is_alphanumeric() && letter != '_').unwrap_or(behind.len());
        begins.then_some(&behind[..end])
    })
}

/// The modules of a crate, and what they know that they may not.
fn known_below(folder: &str, heading: &str) -> (BTreeSet<String>, Vec<String>) {
    let floors = floors(heading);
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for path in given::files_below(folder, ".rs") {
        let Some(module) = module_of(folder, &path) else { continue };
        let Some(&floor) = floors.get(module) else { panic!("{path}: `{module}` has no floor yet") };
        seen.insert(module.to_owned());
        for (number, line) in code(&given::text_of(&path)) {
            assert!(!line.contains("use crate::{"), "{path}:{number}: one `use` for each module");
            for known in names_behind(line, "crate::").filter(|known| *known != module) {
                // A macro or the crate's own name is no module.
                if floors.get(known).is_none_or(|below| *below >= floor) {
                    wrong.push(format!("{path}:{number}: `{module}` knows `{known}`"));
                }
            }
        }
    }
    (seen, wrong)
}

#[test]
fn modules_know_only_what_lies_below_them() {
    let crates = [("src", "## Floors", Some("language")), ("grammar/src", "### The language", None)];
    for (folder, heading, beside) in crates {
        let (mut seen, wrong) = known_below(folder, heading);
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        seen.extend(beside.map(str::to_owned));
        assert!(seen.iter().eq(floors(heading).keys()), "every floor is furnished: {seen:?}");
    }
}

#[test]
fn crates_stay_in_their_rooms() {
    let mut wrong = Vec::new();
    for path in sources() {
        let text = given::text_of(&path);
        for (name, rooms) in ROOMS.iter().filter(|(name, _)| text.contains(name)) {
            let path_to = format!("{name}::");
            for (number, line) in code(&text).filter(|(_, line)| line.contains(name)) {
                let named = names_behind(line, &path_to).next().is_some()
                    || [";", " as "].iter().any(|end| line.contains(&format!("use {name}{end}")));
                if named && !rooms.iter().any(|room| path.starts_with(room)) {
                    wrong.push(format!("{path}:{number}: {name}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where words of the command line stand in a text outside of `cli`, how often, and why they may.
const SPOKEN: &[(&str, usize, &str)] = &[
    ("src/expect/reason.rs", 1, "the first line of a file, by which it is known who wrote it"),
    ("src/lint/allow.rs", 1, "lints are documented for the command line"),
    ("src/lint/document.rs", 4, "lints are documented for the command line"),
    ("src/lint/fix.rs", 1, "lints are documented for the command line"),
    ("src/lint/levels.rs", 1, "lints are documented for the command line"),
    ("src/lint/rules/missing_documentation.rs", 1, "lints are documented for the command line"),
    ("src/project/git.rs", 9, "options of git"),
    ("src/project/save/tests.rs", 1, "options of the test program"),
    ("src/report/tests/github.rs", 1, "the title of an annotation, which names the tool"),
];

/// Whether a line of code spells an option, as in `--in`, or a command, as in `prescope migrate`.
fn speaks_command_line(line: &str, commands: &[&str]) -> bool {
    let letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    let option = line.match_indices("--").any(|(at, dashes)| {
        !line[..at].ends_with(letter) && line[at + dashes.len()..].starts_with(|next: char| next.is_ascii_lowercase())
    });
    option || names_behind(line, "prescope ").any(|word| commands.contains(&word))
}

#[test]
fn only_the_command_line_speaks_command_line() {
    let args = given::text_of("src/cli/args.rs");
    let commands = args.lines().filter_map(|line| line.trim().split_once('(')).map(|(name, _)| name.to_lowercase());
    let commands: Vec<String> = commands.chain(["compile".to_owned()]).collect();
    let commands: Vec<&str> = commands.iter().map(String::as_str).collect();
    assert!(["can", "migrate", "test"].iter().all(|name| commands.contains(name)), "{commands:?}");
    for (line, speaks) in [
        ("add --in MEETING", true),
        ("prescope migrate anna", true),
        ("xn--bcher a -- b --", false),
        ("prescope directory", false),
    ] {
        assert_eq!(speaks_command_line(line, &commands), speaks, "{line}");
    }
    let mut found = Vec::new();
    for path in given::files_below("src", ".rs").into_iter().chain(given::files_below("src", ".json")) {
        if path == "src/cli.rs" || path.starts_with("src/cli/") {
            continue;
        }
        let text = given::text_of(&path);
        let lines: Vec<_> = code(&text).filter(|(_, line)| speaks_command_line(line, &commands)).collect();
        let may = SPOKEN.iter().find(|(spoken, ..)| *spoken == path).map_or(0, |(_, count, _)| *count);
        if lines.len() != may {
            found.push(format!("{path}: {may} allowed\n{lines:#?}"));
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn report_receives_answers_and_asks_nothing() {
    let mut wrong = Vec::new();
    for path in given::files_below("src/report", ".rs").into_iter().chain(["src/report.rs".to_owned()]) {
        for (number, line) in code(&given::text_of(&path)) {
            if line.contains("RuleSet") {
                wrong.push(format!("{path}:{number}: a `RuleSet` can be asked"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_function_is_called_by_a_preposition_alone() {
    let mut wrong = Vec::new();
    for folder in ["src", "grammar/src"] {
        for path in given::files_below(folder, ".rs") {
            for (number, line) in code(&given::text_of(&path)) {
                if names_behind(line, "fn ").any(|name| name == "of") {
                    wrong.push(format!("{path}:{number}: `of` does not say what it makes"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words that fit so much that each of them once named half a dozen things.
const ONE_THING: &[&str] = &["Change", "Changed", "Kind", "Place", "Subject"];

#[test]
fn words_that_fit_many_things_name_one_of_each_crate() {
    let mut declared: BTreeMap<(&str, bool), Vec<String>> = BTreeMap::new();
    for path in sources() {
        let text = given::text_of(&path);
        for (_, line) in code(&text) {
            let mut words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            let Some(name) = words.by_ref().find(|word| ["struct", "enum"].contains(word)).and_then(|_| words.next())
            else {
                continue;
            };
            if let Some(word) = ONE_THING.iter().find(|word| **word == name) {
                declared.entry((*word, path.starts_with("grammar"))).or_default().push(path.clone());
            }
        }
    }
    assert!(declared.contains_key(&("Subject", false)), "types are found");
    declared.retain(|_, paths| paths.len() > 1);
    assert_eq!(declared, BTreeMap::new());
}

#[test]
fn files_fit_in_one_reading_and_say_what_they_are_for() {
    let most = promised("and has at most ", " lines");
    let mut wrong = Vec::new();
    for path in sources().chain(given::files_below("tests", ".rs")) {
        let text = given::text_of(&path);
        let lines = text.lines().count();
        if lines > most {
            wrong.push(format!("{path}: {lines} lines"));
        }
        if !text.starts_with("//!") {
            wrong.push(format!("{path}: does not begin with what it is for"));
        }
        if path.ends_with("mod.rs") {
            wrong.push(format!("{path}: `name.rs` stands beside `name/`"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn snapshots_can_be_reviewed() {
    let most = promised("A snapshot has at most ", " lines");
    let lines = |path: &String| given::text_of(path).lines().count();
    let long: Vec<String> = given::files_below("tests", ".snap")
        .into_iter()
        .filter(|path| lines(path) > most)
        .map(|path| format!("{path}: {} lines", lines(&path)))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

#[test]
fn the_shipped_library_is_the_folder() {
    for library in prescope::library::names() {
        let folder = library.replace("std/", "policies/");
        let own_tests = |path: &str| path.rsplit('/').next().is_some_and(|name| name.starts_with("tests"));
        let on_disk: Vec<String> =
            given::files_below(&folder, ".prescope").into_iter().filter(|path| !own_tests(path)).collect();
        let embedded: Vec<_> = prescope::library::files(library).expect("a library has files").collect();
        let paths: Vec<String> = embedded.iter().map(|file| file.path.replace("std/", "policies/")).collect();
        assert_eq!(paths, on_disk);
        for (file, path) in embedded.iter().zip(&on_disk) {
            assert_eq!(file.text, given::text_of(path), "{path}");
        }
    }
    let folders: BTreeSet<String> =
        given::files_below("policies", ".prescope").iter().filter_map(|path| folder_of(path)).collect();
    let libraries: BTreeSet<String> =
        prescope::library::names().map(|name| name.replace("std/", "policies/")).collect();
    assert_eq!(folders, libraries);
}

fn folder_of(path: &str) -> Option<String> {
    path.rsplit_once('/').map(|(folder, _)| folder.to_owned())
}
