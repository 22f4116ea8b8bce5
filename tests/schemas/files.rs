//! The schemas of YAML files agree with those who read the files.

use std::collections::BTreeSet;

use prescope::directory::FileKind;
use prescope::language::{Diagnostic, Sources};
use prescope::project::config;
use serde_json::Value;

use super::{complaints, schema, validator};
use crate::given;

/// A YAML text as programs for schemas see it.
fn value(text: &str) -> Value {
    // YAML 1.2, in which `yes` is a text.
    let options = serde_yaml::options! { strict_booleans: true };
    serde_yaml::from_str_with_options::<Option<Value>>(text, options)
        .unwrap_or_else(|error| panic!("{error}: {text}"))
        .unwrap_or_default()
}

/// What the reader of such a file reports.
fn read(name: &str, text: &str) -> Vec<Diagnostic> {
    let mut sources = Sources::default();
    let file = sources.add("file.yaml", text);
    match name {
        "directory" => prescope::directory::read(file, FileKind::Yaml, sources.text(file)).1,
        "project" => config::read(file, sources.text(file)).1,
        _ => panic!("`{name}` is no file"),
    }
}

/// Project files, and the directories that stand with them or are fixtures of directories.
fn good_files(name: &str) -> Vec<String> {
    let is_project = |path: &&String| path.ends_with("/prescope.yaml");
    let mut found = given::files_below("examples", ".yaml");
    found.extend(given::files_below("tests/fixtures/projects", ".yaml"));
    found.extend(given::files_below("tests/fixtures/expect", ".yaml"));
    found.extend(given::files_below("tests/fixtures/lint", ".yaml"));
    found.extend(given::files_below("tests/fixtures/directory/good", ".yaml"));
    found.retain(|path| !path.contains("/.") && (name == "project") == is_project(&path));
    found.retain(|path| read(name, &given::text_of(path)).is_empty());
    found
}

#[test]
fn good_files_validate() {
    for (name, at_least) in [("directory", 15), ("project", 5)] {
        let files = good_files(name);
        assert!(files.len() >= at_least, "{files:?}");
        let validator = validator(name);
        for path in files {
            assert_eq!(complaints(&validator, &value(&given::text_of(&path))), [""; 0], "{path}");
        }
    }
}

/// Every line of these is a part that a reader takes or refuses, and the schema with it.
#[test]
fn readers_and_schemas_agree_about_parts() {
    let directories = [
        "organization: { domains: [contoso.com], hosting: }",
        "organization: { domains: }",
        "organization: { domains: contoso.com }",
        "organization: { domains: [contoso..com] }",
        "organization: { domains: ['-x.example'] }",
        "organization: { domains: [[contoso.com]] }",
        "organization: { hosting: true }",
        "organization: { domain: [contoso.com] }",
        "organisation: {}",
        "[]",
        "5",
        "users:",
        "users: []",
        "users: { anna: {} }",
        "users: { anna@contoso.com: , 'sip:Bob@Contoso.com': }",
        "users: { anna@contoso.com: Anna }",
        "users: { anna@contoso.com: { name: 1984, pool: , site: true } }",
        "users: { anna@contoso.com: { name: [Anna] } }",
        "users: { anna@contoso.com: { shoe_size: 41 } }",
        "users: { anna@contoso.com: { policies: { ConferencingPolicy: , LocationPolicy: 5 } } }",
        "users: { anna@contoso.com: { policies: [ConferencingPolicy] } }",
        "users: { anna@contoso.com: { attributes: { a: true, b: 1, c: x, d: } } }",
        "users: { anna@contoso.com: { attributes: { a: [x] } } }",
        "users: { anna@contoso.com: { contacts: [bob@contoso.com, 'sip:kim@fabrikam.com'] } }",
        "users: { anna@contoso.com: { contacts: [bob] } }",
        "users: { anna@contoso.com: { contacts: [bob@contoso.com, bob@contoso.com] } }",
        "users: { anna@contoso.com: { contacts: bob@contoso.com } }",
        "users: { anna@contoso.com: { delegates: ['b ob@contoso.com'] } }",
        "users: { anna@contoso.com: { memberships: { 300: [same_enterprise, 'group:x', 'domain:y.example'], w: } } }",
        "users: { anna@contoso.com: { memberships: { w: [same-enterprise] } } }",
        "users: { anna@contoso.com: { memberships: { w: ['usr:dan@contoso.com'] } } }",
        "users: { anna@contoso.com: { memberships: { w: ['group:'] } } }",
        "users: { anna@contoso.com: { memberships: { w: ['domain:spam..example'] } } }",
        "users: { anna@contoso.com: { memberships: { w: [user: dan@contoso.com] } } }",
        "users: { anna@contoso.com: { memberships: { w: [true] } } }",
        "users: { anna@contoso.com: { memberships: { w: [~] } } }",
        "users: { anna@contoso.com: { memberships: [w] } }",
        "users: { anna@contoso.com: { presence: { state.availability: busy, note: { personal: x, other: } } } }",
        "users: { anna@contoso.com: { presence: { state: busy } } }",
        "users: { anna@contoso.com: { presence: { state: } } }",
        "users: { anna@contoso.com: { presence: { note: { personal: [a] } } } }",
        "meetings: { m: { organizer: anna@contoso.com } }",
        "meetings: { m: {} }",
        "meetings: { m: }",
        "meetings: { m: { organizer: } }",
        "meetings: { m: { organizer: Anna } }",
        "meetings: { m: { organizer: a@b.c, participants: { anonymous: attendee, bob@contoso.com: 5 } } }",
        "meetings: { m: { organizer: a@b.c, participants: { guest: attendee } } }",
        "meetings: { m: { organizer: a@b.c, participants: { bob@contoso.com: } } }",
        "meetings: { m: { organizer: a@b.c, in_session: { ConferencingPolicy: { AllowPolls: true, X: }, Y: } } }",
        "meetings: { m: { organizer: a@b.c, in_session: { ConferencingPolicy: 5 } } }",
        "groups: { g: [anna@contoso.com, 'user:bob@contoso.com', 'group:h'], h: }",
        "groups: { g: [board] }",
        "groups: { g: ['domain:contoso.com'] }",
        "groups: { g: anna@contoso.com }",
        "sites: { Redmond: { pools: [a, 5] }, London: }",
        "sites: { Redmond: { pools: a } }",
        "sites: { Redmond: { pool: [a] } }",
        "federation: { open: true, partners: [], public_cloud: }",
        "federation: { open: true, blocked: [spam.example, x] }",
        "federation: { blocked: spam.example }",
        "federation: { blocked: [[a]] }",
        "federation: { open: yes }",
        "federation: { open: 1 }",
    ];
    let projects = [
        "policies: ['policies/**/*.prescope']",
        "policies: policies/*.prescope",
        "policies: [[a]]",
        "policies: [true]",
        "directory: { a: b }",
        "policy: []",
        "lint: { block-bypass: error, missing-documentation: \"off\" }",
        "lint: { block-bypass: fatal }",
        "lint: { block-bypass: }",
        "lint: [block-bypass]",
        "lint:",
        "- policies",
        "requires: \"0.1\"",
        "requires: 0.1",
        "requires: ",
        "requires: [0.1]",
        "requires: latest",
        "requires: \"0.1.x\"",
        "requires: \"01\"",
        "requires: 0.1.0-rc.1",
    ];
    for (name, parts) in [("directory", directories.as_slice()), ("project", projects.as_slice())] {
        let validator = validator(name);
        let (mut taken, mut refused) = (0, 0);
        for text in parts {
            // A schema refuses what is wrong; what is doubtful only `check` says.
            let wrong = read(name, text).into_iter().filter(Diagnostic::is_error);
            let reported: Vec<String> = wrong.map(|it| it.message).collect();
            let refusals = complaints(&validator, &value(text));
            assert_eq!(reported.is_empty(), refusals.is_empty(), "{text}\nreader: {reported:?}\nschema: {refusals:?}");
            if reported.is_empty() { taken += 1 } else { refused += 1 }
        }
        assert!(taken > 2 && refused > 2, "{name}: {taken} taken, {refused} refused");
    }
}

/// Fixtures of what readers refuse, as far as they are YAML that programs for schemas can read.
#[test]
fn bad_files_do_not_validate() {
    let validator = validator("directory");
    for name in ["addresses", "entries", "kinds", "not_a_mapping"] {
        let text = given::text_of(&format!("tests/fixtures/directory/bad/{name}.yaml"));
        assert!(!validator.is_valid(&value(&text)), "{name}");
    }
}

/// The keys a reader says it knows, when it is asked for one it does not.
fn known_keys(name: &str, text: &str) -> BTreeSet<String> {
    let found = read(name, text);
    let help = found.iter().filter(|it| it.message.contains("has no key")).filter_map(|it| it.help.clone());
    let help = help.collect::<Vec<_>>().join(" ");
    help.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn schemas_name_the_keys_that_readers_know() {
    let places = [
        ("project", "", "zzz: 1"),
        ("directory", "", "zzz: 1"),
        ("directory", "/properties/organization", "organization: { zzz: 1 }"),
        ("directory", "/properties/federation", "federation: { zzz: 1 }"),
        ("directory", "/properties/sites/additionalProperties", "sites: { a: { zzz: 1 } }"),
        ("directory", "/$defs/user", "users: { a@b.c: { zzz: 1 } }"),
        ("directory", "/$defs/meeting", "meetings: { m: { organizer: a@b.c, zzz: 1 } }"),
    ];
    for (name, place, text) in places {
        let schema = schema(name);
        let part = schema.pointer(place).unwrap_or_else(|| panic!("{name} has nothing at {place}"));
        let described: BTreeSet<String> = part["properties"].as_object().expect("keys").keys().cloned().collect();
        assert_eq!(described, known_keys(name, text), "{name}{place}");
        assert_eq!(part["additionalProperties"], false, "{name}{place}");
    }
    // Each mapping with fixed keys was looked at.
    let closed = schema("directory").to_string().matches("\"additionalProperties\":false").count();
    assert_eq!(closed, places.len() - 1);
    assert_eq!(
        schema("project")["properties"]["lint"]["additionalProperties"]["enum"],
        serde_json::json!(config::LEVELS)
    );
}
