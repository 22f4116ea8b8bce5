//! Owners who stand in exports, lines of JSON or tables: they are planned for and never written.

use std::fs;

use insta::assert_snapshot;
use tempfile::TempDir;

use super::{Ran, run_in};

const FILES: [(&str, &str); 7] = [
    ("prescope.yaml", "policies: [set.prescope]\ndirectory: [\"people/*\"]\n"),
    ("set.prescope", "use std/lync2013\n\npolicy PrivacyConfiguration global {\n    EnablePrivacyMode = true\n}\n"),
    (
        "people/all.yaml",
        "organization: { domains: [x.y] }
federation: { partners: [p.q] }
users:
  ann@x.y: { contacts: [bob@x.y] }  # her entries are in a table
  bea@x.y: { memberships: {} }
  bob@x.y: { contacts: [ann@x.y], memberships: { colleagues: [same_enterprise] } }
",
    ),
    (
        "people/lines.ndjson",
        "{\"user\": \"carl@x.y\", \"contacts\": [\"ann@x.y\"], \"memberships\": {\"colleagues\": [\"same_enterprise\"]}}\n",
    ),
    ("people/entries.csv", "user,container,entry\nann@x.y,colleagues,same_enterprise\n"),
    ("people/people.csv", "user,name\ndan@x.y,Dan\n"),
    // A list without an item has no other place.
    ("people/contacts.csv", "user,contact\nbea@x.y,\n"),
];

fn exported() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("people")).expect("a folder");
    for (name, text) in FILES {
        fs::write(folder.path().join(name), text).expect("a file");
    }
    folder
}

fn run(folder: &TempDir, line: &str) -> Ran {
    run_in(folder.path(), &line.split(' ').collect::<Vec<_>>(), b"")
}

#[test]
fn exports_are_not_written_and_nothing_else_with_them() {
    let folder = exported();
    let mut told = String::new();
    for line in [
        "migrate --all --write",
        "migrate carl --write",
        "contact add carl eve@p.q --write",
        "contact add ann eve@p.q --write",
        "contact add bea eve@p.q --write",
        "block ann eve@p.q --write",
        "preference dan standard --write",
    ] {
        told.push_str(&format!("$ prescope {line}\n{}", run(&folder, line).failed()));
    }
    assert_snapshot!(told);
    for (name, text) in FILES {
        assert_eq!(fs::read_to_string(folder.path().join(name)).expect("a file"), text, "{name}");
    }
}

#[test]
fn what_stands_in_yaml_is_written_beside_exports() {
    let folder = exported();
    let planned = run(&folder, "migrate carl").clean();
    assert!(planned.out.contains("remove from colleagues (200): same_enterprise"), "{}", planned.out);
    assert!(run(&folder, "migrate bob --write").clean().out.ends_with("written: people/all.yaml\n"));
    // Of Ann only the entries stand apart; her choice is written beside her contacts.
    assert!(run(&folder, "preference ann standard --write").clean().out.ends_with("written: people/all.yaml\n"));
    let now = fs::read_to_string(folder.path().join("people/all.yaml")).expect("a file");
    assert!(now.contains("attributes: { privacy_preference: standard } }  # her entries are in a table\n"), "{now}");
    assert!(now.contains("mode: private") && now.contains("user:ann@x.y"), "{now}");
}
