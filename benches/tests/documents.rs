//! What `docs/coming-from.md` says of other engines, asked of those engines.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;
use std::str::FromStr;

use cedar_policy::{
    Authorizer, Context, Decision, Entities, EntityUid, PolicySet, Request, Schema, ValidationMode, Validator,
};
use regorus::{Engine, Value};

const PAGE: &str = include_str!("../../docs/coming-from.md");

/// The people of the page, as data of engines: a network, and a client if it is known.
const PEOPLE: [(&str, &str, Option<&str>); 5] = [
    ("bob@contoso.com", "same_enterprise", Some("new")),
    ("eve@contoso.com", "same_enterprise", Some("new")),
    ("dan@contoso.com", "same_enterprise", Some("old")),
    ("lee@fabrikam.com", "federated", None),
    ("kim@fabrikam.com", "federated", None),
];

/// The first code block of the page in a language.
fn block(language: &str) -> String {
    let start = format!("\n```{language}\n");
    let (_, rest) = PAGE.split_once(&start).expect("a block in this language");
    rest.split_once("\n```").expect("its end").0.to_owned()
}

/// Whether a column of the page's table says that each person is let in, by address.
fn said(column: usize) -> BTreeMap<String, bool> {
    let rows = PAGE.lines().filter_map(|line| {
        let cells: Vec<&str> = line.split('|').map(|cell| cell.trim().trim_matches('*')).collect();
        let (address, _) = cells.get(1)?.split_once(',')?;
        address.contains('@').then_some(())?;
        Some((address.to_owned(), matches!(*cells.get(column)?, "allows" | "sees")))
    });
    let said: BTreeMap<String, bool> = rows.collect();
    assert_eq!(said.len(), PEOPLE.len(), "{said:?}");
    said
}

/// What an engine says of each person.
fn asked(decide: impl FnMut(&(&str, &str, Option<&str>)) -> bool) -> BTreeMap<String, bool> {
    PEOPLE.iter().map(|person| person.0.to_owned()).zip(PEOPLE.iter().map(decide)).collect()
}

#[test]
fn rego_says_what_the_page_says() {
    let mut engine = Engine::new();
    engine.add_policy("phone.rego".to_owned(), block("rego")).expect("a policy");
    let lists = r#"{"owners": {"anna": {"callers": ["kim@fabrikam.com"], "blocked": ["eve@contoso.com"]}}}"#;
    engine.add_data(Value::from_json_str(lists).expect("JSON")).expect("data");
    let allowed = asked(|(address, _, client)| {
        let client = client.map_or(String::new(), |client| format!(r#", "client": "{client}""#));
        let input = format!(r#"{{"owner": "anna", "viewer": {{"address": "{address}"{client}}}}}"#);
        engine.set_input(Value::from_json_str(&input).expect("JSON"));
        engine.eval_rule("data.phone.allow".to_owned()).expect("a value") == Value::from(true)
    });
    assert_eq!(allowed, said(2));
}

fn cedar() -> PolicySet {
    PolicySet::from_str(&block("cedar")).expect("policies")
}

fn uid(kind: &str, id: &str) -> EntityUid {
    EntityUid::from_str(&format!("{kind}::\"{id}\"")).expect("an entity")
}

#[test]
fn cedar_says_what_the_page_says_and_reports_an_error_for_kim() {
    let mut entities: Vec<String> = PEOPLE.iter().map(|(address, network, client)| {
        let client = client.map_or(String::new(), |client| format!(r#", "client": "{client}""#));
        format!(r#"{{"uid": {{"type": "Person", "id": "{address}"}}, "attrs": {{"network": "{network}"{client}}}, "parents": []}}"#)
    }).collect();
    let person = |address: &str| format!(r#"{{"__entity": {{"type": "Person", "id": "{address}"}}}}"#);
    entities.push(format!(
        r#"{{"uid": {{"type": "Phone", "id": "anna"}}, "attrs": {{"callers": [{}], "blocked": [{}]}}, "parents": []}}"#,
        person("kim@fabrikam.com"),
        person("eve@contoso.com"),
    ));
    let entities = Entities::from_json_str(&format!("[{}]", entities.join(",")), None).expect("entities");
    let policies = cedar();
    let mut erred = Vec::new();
    let allowed = asked(|(address, ..)| {
        let request =
            Request::new(uid("Person", address), uid("Action", "see"), uid("Phone", "anna"), Context::empty(), None);
        let response = Authorizer::new().is_authorized(&request.expect("a request"), &policies, &entities);
        if response.diagnostics().errors().next().is_some() {
            erred.push((*address).to_owned());
        }
        response.decision() == Decision::Allow
    });
    assert_eq!(allowed, said(3));
    assert_eq!(erred, ["lee@fabrikam.com", "kim@fabrikam.com"], "the attribute that nobody knows");
}

/// With a schema, Cedar refuses the policy that reads an attribute which may be missing.
#[test]
fn cedar_refuses_it_where_a_schema_says_that_the_client_may_be_missing() {
    let schema = |client: &str| {
        let text = format!(
            "entity Person = {{ network: String, {client}: String }};
             entity Phone = {{ callers: Set<Person>, blocked: Set<Person> }};
             action see appliesTo {{ principal: Person, resource: Phone }};"
        );
        Schema::from_cedarschema_str(&text).expect("a schema").0
    };
    let passes =
        |client: &str| Validator::new(schema(client)).validate(&cedar(), ValidationMode::default()).validation_passed();
    assert!(passes("client"));
    assert!(!passes("client?"));
}
