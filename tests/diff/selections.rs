//! What of a comparison is told, where it is written, and that neither changes what gates judge.

use std::fs;

use serde_json::Value;

use super::gates::changed;
use super::wire::{FIXTURE, told};
use crate::cli::run_in;
use crate::given;

const GATES: &str = "--deny-new-visibility --deny-open-gain --max-gain 1 --deny-new-use --deny-new-disclosure \
                     --deny-removed-invariants";

const SELECTIONS: [&str; 7] = [
    "--only structure",
    "--only effect",
    "--field note.mood",
    "--field note.text --field note.plans",
    "--feature ringing",
    "--owner-group board",
    "--only effect --field note.text --feature taking",
];

#[test]
fn what_is_left_out_is_counted() {
    let told = |line: &str| {
        let out = told(line).clean().out;
        let head: String = out.split_inclusive('\n').take_while(|line| *line != "\n").collect();
        let sections = out.split("\n\n").skip(1).filter_map(|part| part.lines().next());
        format!("$ {line}\n{head}{}\n\n", sections.map(|line| format!("  ... {line}\n")).collect::<String>())
    };
    insta::assert_snapshot!(SELECTIONS.map(told).concat());
}

/// What is told and what is left out are all there is, and the gates say the same.
#[test]
fn a_selection_narrows_what_is_told_and_not_what_is_judged() {
    let whole = told(&format!("{GATES} --format json"));
    let all = whole.json();
    let number = |of: &Value| of.as_u64().expect("a number");
    let length = |of: &Value| of.as_array().map_or(0, Vec::len) as u64;
    for line in SELECTIONS {
        let narrowed = told(&format!("{GATES} {line} --format json"));
        assert_eq!(narrowed.status, whole.status);
        let part = narrowed.json();
        assert_eq!(part["gates"], all["gates"], "{line}");
        let left_out = &part["selection"]["left_out"];
        for (of, word) in [("known", "gained"), ("known", "lost"), ("open", "gained"), ("open", "lost")] {
            let told = part["effect"].get(of).map_or(0, |counts| number(&counts[word]));
            assert_eq!(told + number(&left_out[of][word]), number(&all["effect"][of][word]), "{line} {of} {word}");
        }
        for list in ["features", "disclosures"] {
            assert_eq!(
                length(&part["effect"][list]) + number(&left_out[list]),
                length(&all["effect"][list]),
                "{line} {list}"
            );
        }
        assert_eq!(length(&part["structure"]) + number(&left_out["structure"]), length(&all["structure"]), "{line}");
        for format in ["text", "markdown", "sarif"] {
            let out = told(&format!("{line} --format {format}")).out;
            assert!(out.contains("left out") && out.contains("narrowed to "), "{line} {format}: {out}");
        }
    }
    assert!(all.get("selection").is_none());
}

#[test]
fn only_the_owners_of_a_group_are_told() {
    let document = told("--owner-group board --format json").json();
    let groups = document["effect"]["groups"].as_array().expect("a list");
    let owners: Vec<&Value> = groups.iter().map(|group| &group["owners"]["first"]).collect();
    assert_eq!(owners, ["anna@contoso.com"]);
    assert_eq!(document["effect"]["known"]["lost"], 0);
}

#[test]
fn names_that_neither_side_has_are_refused() {
    let lines = ["--field note.mod", "--field nots", "--feature takin", "--owner-group bord", "--witness 0"];
    given::snapshots!("refused", lines.map(|line| (line, told(line).failed())));
    // Also where nothing differs, and what one side alone has is there.
    let same = |line: &str| {
        let words: Vec<&str> = ["diff", "after", "./after"].into_iter().chain(line.split(' ')).collect();
        run_in(&given::repository().join(FIXTURE), &words, b"")
    };
    for line in &lines[..4] {
        assert_eq!(same(line).status, 2, "{line}");
    }
    assert!(same("--field note").clean().out.contains("narrowed to note\nleft out: nothing"));
    assert_eq!(told("--feature taking --owner-group board").status, 2);
}

#[test]
fn so_many_examples_as_are_asked_for() {
    let examples = |many: usize| told(&format!("--witness {many}")).clean().out.matches("e.g. ").count();
    assert_eq!([1, 2, 3, 9].map(examples), [2, 3, 4, 4]);
    let document = told("--witness 9 --format json").clean().json();
    let group = &document["effect"]["groups"][0];
    let others = group["more_witnesses"].as_array().expect("a list");
    let all: Vec<String> = [&group["witness"]]
        .into_iter()
        .chain(others)
        .map(|it| format!("{} of {}", it["viewer"].as_str().expect("a text"), it["owner"].as_str().expect("a text")))
        .collect();
    assert_eq!(
        all,
        [
            "bob@contoso.com of anna@contoso.com",
            "anna@contoso.com of bob@contoso.com",
            "anyone at fabrikam.com (federated) of anna@contoso.com"
        ]
    );
    assert!(others.iter().all(|it| !it["why"].as_array().expect("a list").is_empty()), "{others:?}");
}

#[test]
fn answers_are_counted_by_what_is_asked() {
    let table = |by: &str| {
        let out = told(&format!("--only effect --by {by}")).clean().out;
        out.split("\n\n").find(|part| part.starts_with("by ")).expect("a table").to_owned() + "\n\n"
    };
    insta::assert_snapshot!(["field", "site", "owner-group"].map(table).concat());
    for by in ["field", "site", "owner-group"] {
        let effect = told(&format!("--by {by} --format json")).json()["effect"].clone();
        let counts = effect["tally"]["counts"].as_array().expect("a list").clone();
        for (of, word) in [("known", "gained"), ("known", "lost"), ("open", "gained")] {
            let sum: u64 = counts.iter().map(|count| count[of][word].as_u64().expect("a number")).sum();
            // Nobody here is in two groups.
            assert_eq!(effect[of][word], sum, "{by} {of} {word}");
        }
    }
    assert!(told("--by site --format markdown").out.contains("By what was asked for"));
}

/// What manifests make of entries makes no difference then, and causes are those of the recorded ones.
#[test]
fn recorded_entries_are_compared_if_that_is_asked() {
    let repository = changed();
    let told = |line: &str| repository.prescope(&format!("diff HEAD~1 HEAD --only effect {line}")).clean();
    let document = told("--recorded --format json").json();
    let counts = |of: &str, word: &str| document["effect"][of][word].clone();
    assert_eq!((counts("known", "lost"), counts("open", "lost")), (0.into(), 0.into()), "no manifest takes anything");
    assert_eq!(document["entries"], "recorded");
    for format in ["text", "markdown", "sarif"] {
        let out = told(&format!("--recorded --format {format}")).out.to_lowercase();
        assert!(out.contains("on the recorded entries"), "{format}: {out}");
    }
}

#[test]
fn a_file_is_written_whole_and_no_other_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let sides = given::repository().join(FIXTURE);
    let file = folder.path().join("out");
    let write = |format: &str, gate: &str| {
        let path = file.to_str().expect("a path");
        let line = format!("diff before after --format {format} -o {path} {gate}");
        run_in(&sides, &line.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>(), b"")
    };
    for format in ["json", "text", "sarif", "markdown", "markdown", "json"] {
        let ran = write(format, "").clean();
        assert_eq!(ran.out, format!("wrote {}\n", file.display()));
        if format != "markdown" {
            assert_eq!(fs::read_to_string(&file).expect("a file"), told(&format!("--format {format}")).out, "{format}");
        }
    }
    // Why it fails is said where it was called too.
    let denied = write("json", "--max-gain 0");
    assert_eq!(denied.status, 1);
    assert!(denied.out.contains("denied     max-gain: 4 found (arrived, and not counted: 9); limit 0"), "{denied:?}");
    fs::write(&file, "").expect("a file");
    write("text", "").clean();
    let schema = "{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[]}";
    let findings = run_in(&sides.join("after"), &["lint", "--format", "sarif"], b"").out;
    assert!(findings.contains("\"name\":\"prescope\""), "{findings}");
    for others in ["category mine { }\n", "BASE camp\n", schema, &findings] {
        fs::write(&file, others).expect("a file");
        let refused = write("text", "").failed();
        assert!(refused.contains("holds something else than a comparison"), "{refused}");
        assert_eq!(fs::read_to_string(&file).expect("a file"), others);
    }
    fs::remove_file(&file).expect("it goes");
    fs::create_dir(&file).expect("a folder");
    assert!(write("text", "").failed().contains("cannot be replaced: "));
    let left: Vec<_> = fs::read_dir(folder.path()).expect("a folder").flatten().map(|it| it.file_name()).collect();
    assert_eq!(left, ["out"], "nothing is left behind");
}

/// What would be ignored is refused, and said to be.
#[test]
fn options_that_would_change_nothing_are_refused() {
    for (line, words) in [
        ("--only structure --by field", "--by changes nothing beside --only structure"),
        ("--only structure --witness 2", "--witness changes nothing beside --only structure"),
        ("--only structure --field note", "--field changes nothing beside --only structure"),
        ("--format sarif --by site", "--by changes nothing beside --format sarif"),
        ("--format sarif --witness 1", "--witness changes nothing beside --format sarif"),
    ] {
        let ran = told(line);
        assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{line}: {ran:?}");
        assert!(ran.err.contains(words) && ran.err.contains("\n  help: leave --"), "{line}: {ran:?}");
    }
    for line in
        ["--only structure --format sarif", "--only effect --by field --witness 2", "--format sarif --field note"]
    {
        assert_eq!(told(line).status, 0, "{line}");
    }
}
