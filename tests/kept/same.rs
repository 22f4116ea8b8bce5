//! The same answers, whether a set comes from its files or from a snapshot.

use std::collections::BTreeSet;
use std::fs;
use std::sync::Arc;

use prescope::diagnostic::Sink;
use prescope::graph;
use prescope::model::{Condition, Kept, Model, NotKept};
use prescope::project::{Project, Ready};
use prescope::resolve::{Entries, RuleSet};
use proptest::prelude::*;

use super::{FILE, run};
use crate::cli::{copied, run_in};
use crate::given;
use crate::oracle::{self, MODES};
use crate::tries::{config, share};

/// Questions about everything there is, each in text and in JSON.
fn questions() -> Vec<String> {
    let mut lines = vec!["can kim@fabrikam.com see anna@contoso.com note".to_owned()];
    for path in ["examples/contoso/questions.txt", "examples/contoso/uses.txt"] {
        let text = given::text_of(path);
        let asked = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines.extend(asked.step_by(4).map(|line| format!("why {line}")));
    }
    for line in [
        "who sees anna@contoso.com state.availability",
        "who sees paul@contoso.com note --recorded",
        "who uses recording --in budget_review",
        "what kim@fabrikam.com sees of anna@contoso.com",
        "what kim@fabrikam.com sees",
        "what --of anna@contoso.com",
        "what bob@contoso.com uses",
        "disclosures",
        "audit --by container",
        "mode",
        "mode anna paul",
    ] {
        lines.push(line.to_owned());
    }
    let json: Vec<String> = lines.iter().map(|line| format!("{line} --format json")).collect();
    lines.extend(json);
    lines.extend(
        ["show", "show recording", "show state", "graph --format json", "graph --format dot"].map(str::to_owned),
    );
    lines.extend(["can annna see anna note", "show nothing_of_that_name"].map(str::to_owned));
    lines
}

#[test]
fn every_question_has_the_same_answer() {
    let folder = copied();
    let ran = run(folder.path(), "compile").clean();
    assert_eq!(ran.out, "wrote .prescope.snapshot: the set of 12 files\n");
    for line in share(questions()) {
        let (with, without) = (run(folder.path(), &line), run(folder.path(), &format!("{line} --no-snapshot")));
        assert_eq!((with.status, &with.out, &with.err), (without.status, &without.out, &without.err), "{line}");
    }
    let batch: &[u8] = br#"{"id": 1, "see": {"viewer": "kim@fabrikam.com", "owner": "anna", "category": "note"}}"#;
    let with = run_in(folder.path(), &["batch"], batch).clean();
    assert_eq!(with.out, run_in(folder.path(), &["batch", "--no-snapshot"], batch).clean().out);
    assert!(with.out.contains("redmond.yaml"), "{}", with.out);
}

#[test]
fn a_set_comes_from_its_snapshot_without_a_look_at_its_texts() {
    let folder = copied();
    assert_eq!(Project::open(folder.path()).write_snapshot().unwrap().files, 12);
    let ready = Ready::open(folder.path()).unwrap();
    assert_eq!(ready.stale(), None);
    // That it is one shows where nothing is known of tests, which a snapshot leaves out.
    assert!(ready.model().tests.is_empty());
    assert!(!Ready::new(Project::open(folder.path())).unwrap().model().tests.is_empty());
    // A text that is another by the time it is asked for is none.
    let path = folder.path().join("directory/redmond.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("anna", "hanna")).unwrap();
    let file = ready.sources().files().find(|(_, it)| it.path() == "directory/redmond.yaml").unwrap().0;
    assert_eq!(ready.sources().text(file), "");
    let (other, _) = ready.sources().files().find(|(_, it)| it.path() == "directory/london.yaml").unwrap();
    assert!(!ready.sources().text(other).is_empty());
}

#[test]
fn the_same_set_has_the_same_bytes() {
    let model = |folder: &str| Project::open(given::repository().join(folder));
    for folder in ["examples/contoso", "examples/minimal"] {
        let [one, other] = [(); 2].map(|()| Kept::new(model(folder).model()).unwrap());
        assert!(one.model == other.model && one.lists == other.lists, "{folder}");
    }
}

#[test]
fn commands_that_read_the_files_say_nothing_of_snapshots() {
    let folder = copied();
    fs::write(folder.path().join(FILE), "something else").unwrap();
    for line in ["check", "fmt --check", "test", "migrate paul", "contact add tom kim"] {
        let ran = run(folder.path(), line);
        assert!(!ran.err.contains("snapshot"), "{line}: {}", ran.err);
    }
}

/// The files that a file includes.
fn included(file: &str) -> Vec<String> {
    let folder = file.rsplit_once('/').expect("a folder").0;
    let text = given::text_of(file);
    let paths = text.lines().filter_map(|line| line.trim().strip_prefix("include_bytes!(\"")?.strip_suffix("\"),"));
    let beside = |path: &str| match (path.strip_prefix("../"), folder.rsplit_once('/')) {
        (Some(path), Some((above, _))) => format!("{above}/{path}"),
        _ => format!("{folder}/{path}"),
    };
    paths.map(beside).collect()
}

#[test]
fn what_is_stored_how_is_known_by_the_files_that_say_it() {
    let named: BTreeSet<String> =
        ["src/model/kept.rs", "grammar/src/syntax/ast.rs"].iter().flat_map(|list| included(list)).collect();
    let derives = |path: &String| given::text_of(path).contains("Deserialize");
    let folders = ["src/model", "grammar/src/text", "grammar/src/syntax/ast"].into_iter();
    let mut stored: BTreeSet<String> =
        folders.flat_map(|folder| given::files_below(folder, ".rs")).filter(derives).collect();
    let others = [
        "src/model.rs",
        "src/model/columns.rs",
        "src/model/listing.rs",
        "grammar/src/syntax/ast.rs",
        "grammar/src/syntax/words.rs",
        "src/directory/address.rs",
    ];
    stored.extend(others.map(str::to_owned));
    assert_eq!(named, stored);
}

/// What would not be read again is not written, and is called what it is.
#[test]
fn a_model_that_would_be_refused_is_not_kept() {
    let project = Project::open(given::repository().join("examples/minimal"));
    let told = |change: &dyn Fn(&mut Model)| {
        let mut model = project.model().clone();
        change(&mut model);
        Kept::new(&model).unwrap_err()
    };
    let deep = told(&|model| {
        let mut condition = model.conditions.always();
        for _ in 0..600 {
            condition = model.conditions.intern(Condition::Not(condition));
        }
    });
    assert_eq!(deep, NotKept::Condition);
    // Twice as many parts in each step, though few are written down.
    let large = told(&|model| {
        let mut condition = model.conditions.always();
        for _ in 0..20 {
            condition = model.conditions.intern(Condition::All([condition; 2].into()));
        }
    });
    assert_eq!(
        large.to_string(),
        "a condition has more than 1048576 parts or nests deeper than 512, and a snapshot holds none"
    );
    let unsound = told(&|model| {
        let twice = model.fields.values().next().unwrap().clone();
        model.fields.push(twice);
    });
    assert_eq!(unsound, NotKept::Unsound);
    assert!(!unsound.to_string().contains("GiB"));
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn a_model_comes_out_as_it_went_in(world in oracle::worlds()) {
        let subject = oracle::Subject::of(&world);
        let kept = Kept::new(subject.project.model()).unwrap();
        let model = Kept::read(&kept.model, &Arc::new(kept.lists), 0).unwrap();
        let mut sink = Sink::new();
        let graph = graph::build(Arc::new(model), &mut sink);
        prop_assert!(sink.into_vec().is_empty());
        let graph = Arc::new(graph.unwrap());
        for (mode, entries) in MODES.into_iter().zip([Entries::InForce, Entries::Recorded]) {
            let rules = RuleSet::new(Arc::clone(&graph), entries);
            prop_assert_eq!(
                oracle::answers(&rules, &world, mode),
                oracle::answers(subject.rules(mode), &world, mode)
            );
        }
    }
}
