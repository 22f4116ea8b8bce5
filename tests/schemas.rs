//! The JSON Schemas: every document there is follows its own, and every mistake a reader reports a schema knows too.

mod files;

use std::collections::{BTreeMap, BTreeSet};

use jsonschema::{Draft, Validator};
use prescope::report::json::schema::{DESCRIBED, described};
use serde_json::{Value, json};

use crate::cli::run_in;
use crate::given;
use crate::tries::{is_whole, share};

/// A schema by its name.
pub(crate) fn schema(name: &str) -> Value {
    let text = described(name).unwrap_or_else(|| panic!("there is no schema `{name}`")).schema();
    serde_json::from_str(&text).expect("a schema is JSON")
}

/// What holds documents against a schema.
pub(crate) fn validator(name: &str) -> Validator {
    jsonschema::options().with_draft(Draft::Draft202012).build(&schema(name)).expect("a schema that can be used")
}

/// What is wrong with a document, in words.
fn complaints(validator: &Validator, document: &Value) -> Vec<String> {
    validator.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

/// The name of the contract a document follows.
fn contract(document: &Value) -> Option<&str> {
    document["schema"].as_str()?.strip_prefix("prescope/")?.strip_suffix("/v1")
}

/// Every document of ours inside of a text, whatever stands around it and however it is laid out.
fn documents(text: &str) -> Vec<Value> {
    let starts = text.match_indices("\"schema\"").filter_map(|(at, _)| text[..at].rfind('{'));
    let read = starts.filter_map(|at| serde_json::Deserializer::from_str(&text[at..]).into_iter().next());
    read.filter_map(Result::ok).filter(|document: &Value| contract(document).is_some()).collect()
}

/// Holds all documents against the schemas of their contracts, and says how many there were of each.
fn hold(documents: impl IntoIterator<Item = (String, Value)>) -> BTreeMap<String, usize> {
    let (mut validators, mut seen, mut wrong) = (BTreeMap::new(), BTreeMap::new(), Vec::new());
    for (place, document) in documents {
        let name = contract(&document).unwrap_or_else(|| panic!("{place}: {document}")).to_owned();
        let validator = validators.entry(name.clone()).or_insert_with(|| validator(&name));
        wrong.extend(complaints(validator, &document).into_iter().map(|it| format!("{place}: {name}: {it}")));
        *seen.entry(name).or_default() += 1;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    seen
}

#[test]
fn every_schema_is_one_and_says_what_it_is() {
    for it in DESCRIBED {
        let schema = schema(it.name);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["title"], format!("prescope {}: {}", it.name, it.is));
        let wrong = jsonschema::draft202012::meta::validate(&schema).map_err(|error| error.to_string());
        assert_eq!(wrong, Ok(()), "{}", it.name);
    }
    let names: BTreeSet<&str> = DESCRIBED.iter().map(|it| it.name).collect();
    assert_eq!(names.len(), DESCRIBED.len(), "each name once");
}

/// The contracts named in the source are those with a schema, and each schema insists on its own.
#[test]
fn every_contract_has_a_schema() {
    let mut named = BTreeSet::new();
    for path in given::files_below("src", ".rs") {
        let text = given::text_of(&path);
        let behind = text.match_indices("\"prescope/").map(|(at, start)| &text[at + start.len()..]);
        named.extend(behind.filter_map(|it| it.split('"').next()?.strip_suffix("/v1")).map(str::to_owned));
    }
    let mut described = BTreeSet::new();
    for it in DESCRIBED {
        let text = it.schema();
        if text.contains("\"const\": \"prescope/") {
            let own = format!("\"const\": \"prescope/{}/v1\"", it.name);
            assert_eq!(text.matches(&own).count(), text.matches("\"const\": \"prescope/").count(), "{}", it.name);
            described.insert(it.name.to_owned());
        }
    }
    assert!(named.len() > 8, "{named:?}");
    assert_eq!(named, described);
}

/// A program that generates types from a schema should not have to think about null where there never is one.
#[test]
fn what_may_be_absent_is_never_null() {
    fn look(schema: &Value, place: &str, wrong: &mut Vec<String>) {
        if let Some(properties) = schema["properties"].as_object() {
            let required: Vec<&str> =
                schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
            for (name, property) in properties.iter().filter(|(name, _)| !required.contains(&name.as_str())) {
                if property["type"] != "array"
                    && property.to_string().contains("\"null\"")
                    && property["properties"].is_null()
                {
                    wrong.push(format!("{place}.{name}"));
                }
            }
        }
        match schema {
            Value::Object(parts) => parts.iter().for_each(|(name, it)| look(it, &format!("{place}/{name}"), wrong)),
            Value::Array(parts) => parts.iter().for_each(|it| look(it, place, wrong)),
            _ => {}
        }
    }
    let mut wrong = Vec::new();
    for it in DESCRIBED.iter().filter(|it| it.schema().contains("\"const\": \"prescope/")) {
        look(&schema(it.name), it.name, &mut wrong);
    }
    assert_eq!(wrong, [""; 0]);
}

#[test]
fn documents_in_documents_and_snapshots_follow_their_schemas() {
    let mut found = Vec::new();
    for (folder, ending) in [("tests", ".snap"), ("docs", ".md"), ("tests/fixtures", ".json"), ("examples", ".json")] {
        for path in given::files_below(folder, ending) {
            found.extend(documents(&given::text_of(&path)).into_iter().map(|document| (path.clone(), document)));
        }
    }
    let seen = hold(found);
    assert!(seen.values().sum::<usize>() >= 10, "{seen:?}");
}

/// What commands print, each contract at least once, and in each of its forms.
#[test]
fn what_commands_print_follows_the_schemas() {
    let lines = [
        ("examples/contoso", "prove --format json"),
        ("tests/fixtures/mutate", "mutate --one-in 3 --format json"),
        ("examples/contoso", "test --prove --format json"),
        ("tests/fixtures/prove", "prove --format json"),
        ("tests/fixtures/prove", "prove --in-directory --format json"),
        ("tests/fixtures/prove", "prove --in-directory --all-worlds --format json"),
        ("examples/contoso", "can kim see anna note --format json"),
        ("examples/contoso", "can eve see anna state.availability --format json"),
        ("examples/contoso", "can nobody@contoso.com see anna note --format json"),
        ("examples/contoso", "why anna see anna note.personal --format json"),
        ("examples/contoso", "why carol see anna state --assume owner.EnablePrivacyMode=true --format json"),
        ("examples/contoso", "why bob see anna contact_card.home_phone --format json"),
        ("examples/contoso", "can bob use recording --in budget_review --format json"),
        ("examples/contoso", "why noor use recording --in budget_review --as presenter --format json"),
        ("examples/contoso", "why bob use p2p_recording --with carol --format json"),
        ("examples/contoso", "can bob use invite --of anna --format json"),
        ("examples/contoso", "who sees anna contact_card --format json"),
        ("examples/contoso", "who sees uma state.availability --format json"),
        ("tests/fixtures/projects/suffix", "who sees anna@contoso.com state --format json"),
        ("examples/contoso", "who uses recording --in budget_review --format json"),
        ("examples/contoso", "who uses address_book_service --format json"),
        ("examples/contoso", "what --of tom --format json"),
        ("examples/contoso", "what --of anna --recorded --format json"),
        ("examples/contoso", "what kim sees of anna --format json"),
        ("examples/contoso", "what eve sees --format json"),
        ("examples/contoso", "what bob uses --format json"),
        ("examples/contoso", "what bob uses --in budget_review --format json"),
        ("examples/contoso", "disclosures --format json"),
        ("examples/contoso", "disclosures --user bob --format json"),
        ("examples/contoso", "audit --format json"),
        ("examples/contoso", "audit --by site --format json"),
        ("examples/contoso", "check --format json"),
        ("examples/contoso", "lint --deny warnings --format json"),
        ("tests/fixtures/broken_project", "check --format json"),
        ("tests/fixtures/lint", "lint --policy directory.prescope --directory directory.yaml --format json"),
        ("tests/fixtures/lint", "lint --policy suppressions.prescope --warn missing-documentation --format json"),
        ("examples/contoso", "test --format json"),
        ("tests/fixtures/expect/failing", "test --format json"),
        ("tests/fixtures/expect/forms", "test --fail-fast --filter e --format json"),
        ("examples/contoso", "test --coverage --coverage-format json"),
        ("tests/fixtures/expect/forms", "test --coverage --coverage-format json"),
        ("examples/contoso", "mode --format json"),
        ("examples/contoso", "mode rita tom --format json"),
        ("examples/contoso", "migrate --all --format json"),
        ("examples/contoso", "migrate paul hugo finn --keep-highest --format json"),
        ("examples/contoso", "migrate --all --to standard --absent-is-empty --format json"),
        ("examples/contoso", "preference tom standard --format json"),
        ("examples/contoso", "contact add tom kim --format json"),
        ("examples/contoso", "contact remove anna bob --format json"),
        ("examples/contoso", "block tom kim --format json"),
        ("examples/contoso", "set PrivacyConfiguration.EnablePrivacyMode=true --at all --format json"),
        (
            "examples/contoso",
            "set PrivacyConfiguration.EnablePrivacyMode=true ClientVersionPolicy.OldestClient=communicator_2007 --format json",
        ),
        (
            "examples/contoso",
            "new PrivacyConfiguration --at service:UserServer:pool01.contoso.com --like global --format json",
        ),
        ("examples/contoso", "remove PrivacyConfiguration --at global --format json"),
        ("examples/contoso", "diff ./ --format json"),
        ("tests/fixtures/diff", "diff before after --witness 3 --deny-new-use --format json"),
        (
            "tests/fixtures/diff",
            "diff before after --no-people --only effect --field note --by owner-group --format json",
        ),
        ("tests/fixtures/diff", "diff after before --only structure --format json"),
        ("tests/fixtures/renamed", "diff before after --renamed state.place=state.location --format json"),
        (
            "tests/fixtures/renamed",
            "diff before after --no-people --renamed bob@contoso.com=rob@contoso.com --format json",
        ),
        ("examples/contoso", "graph --format json"),
        ("examples/contoso", "graph --focus interrupt --format json"),
    ];
    let mut found = Vec::new();
    for (folder, line) in share(lines) {
        let arguments: Vec<&str> = line.split(' ').collect();
        let ran = run_in(&given::repository().join(folder), &arguments, b"");
        let document = serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{line}: {error}: {ran:?}"));
        found.push((line.to_owned(), document));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("plan.json");
    let arguments = ["block", "tom", "kim", "-o", kept.to_str().expect("a name")];
    run_in(&given::repository().join("examples/contoso"), &arguments, b"").clean();
    let plan = std::fs::read_to_string(kept).expect("a plan");
    found.push(("-o".to_owned(), serde_json::from_str(&plan).expect("JSON")));
    let seen = hold(found);
    let contracts = DESCRIBED.iter().map(|it| it.name).filter(|name| schema(name).to_string().contains("\"prescope/"));
    let unseen: Vec<&str> = contracts.filter(|name| !seen.contains_key(*name)).collect();
    assert!(unseen.is_empty() || !is_whole(), "no command here prints {unseen:?}");
}

#[test]
fn lines_of_a_batch_follow_the_schemas() {
    let good = [
        r#"{"id": 1, "see": {"viewer": "kim@fabrikam.com", "owner": "anna@contoso.com", "category": "note"}}"#,
        r#"{"id": {"a": []}, "see": {"viewer": "eve@contoso.com", "owner": "anna@contoso.com", "category": "state", "field": "availability"}}"#,
        r#"{"see": {"viewer": "anonymous", "owner": "bob@contoso.com", "category": "state", "field": null}}"#,
        r#"{"id": "x", "use": {"subject": "bob@contoso.com", "feature": "recording", "meeting": "budget_review"}}"#,
        r#"{"use": {"subject": "bob@contoso.com", "feature": "p2p_recording", "peer": "carol@contoso.com"}}"#,
    ];
    let bad = [
        r#"{"id": 1}"#,
        r#"[]"#,
        r#"{"see": {"viewer": "kim@fabrikam.com", "owner": "anna@contoso.com"}}"#,
        r#"{"see": {"viewer": "kim@fabrikam.com", "owner": 5, "category": "note"}}"#,
        r#"{"see": {"viewer": "kim@fabrikam.com", "owner": "anna@contoso.com", "category": "note", "colour": "red"}}"#,
        r#"{"ask": 1, "see": {"viewer": "kim@fabrikam.com", "owner": "anna@contoso.com", "category": "note"}}"#,
        r#"{"see": {"viewer": "a@b", "owner": "c@d", "category": "note"}, "use": {"subject": "a@b", "feature": "x"}}"#,
        r#"{"use": {"subject": "bob@contoso.com"}}"#,
    ];
    let input = good.iter().chain(&bad).map(|line| format!("{line}\n")).collect::<String>();
    let ran = run_in(&given::repository().join("examples/contoso"), &["batch"], input.as_bytes());
    let answers: Vec<Value> = ran.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(answers.len(), good.len() + bad.len());
    let (questions, replies) = (validator("batch-question"), validator("batch-answer"));
    for (index, (line, answer)) in good.iter().chain(&bad).zip(&answers).enumerate() {
        let is_good = index < good.len();
        let document: Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(questions.is_valid(&document), is_good, "{line}: {:?}", complaints(&questions, &document));
        assert_eq!(answer["error"].is_null(), is_good, "{line}: {answer}");
        assert_eq!(complaints(&replies, answer), [""; 0], "{answer}");
    }
}

/// A schema that lets everything pass would pass the tests above.
#[test]
fn what_breaks_a_contract_is_refused() {
    let line = "why bob see anna state.availability --format json";
    let arguments: Vec<&str> = line.split(' ').collect();
    let good = run_in(&given::repository().join("examples/contoso"), &arguments, b"").out;
    let good: Value = serde_json::from_str(&good).expect("JSON");
    let answers = validator("answer");
    assert!(answers.is_valid(&good));
    let broken = |change: &dyn Fn(&mut Value)| {
        let mut document = good.clone();
        change(&mut document);
        assert_ne!(document, good, "nothing was changed");
        assert!(!answers.is_valid(&document), "{document}");
    };
    broken(&|it| it["schema"] = json!("prescope/who/v1"));
    broken(&|it| it["answer"] = json!("perhaps"));
    broken(&|it| it["fields"] = json!({}));
    broken(&|it| it["fields"][0]["answer"] = json!("partial"));
    broken(&|it| it["container"]["id"] = json!("200"));
    broken(&|it| it["container"]["id"] = json!(-1));
    broken(&|it| it["membership"]["type"] = json!("colleague"));
    broken(&|it| it["membership"]["at"] = json!("directory.yaml:3"));
    broken(&|it| it["explanation"][0]["verdict"] = json!(null));
    broken(&|it| it["question"]["see"]["owner"] = json!(null));
    broken(&|it| it["value"] = json!(null));
    broken(&|it| _ = it.as_object_mut().expect("an object").remove("membership"));
    broken(&|it| _ = it.as_object_mut().expect("an object").remove("question"));
}
