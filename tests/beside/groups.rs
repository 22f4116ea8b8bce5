//! Somebody who is in by a group: the entry that put the group there, and the line of each group.

use serde_json::{Value, json};

use crate::cli::run_in;

const POLICY: &str = r#"category note { personal }
container unlisted(0) { }
container low(100) visible { publishes note }
container high(200) visible { publishes note }
container top(300) visible { publishes note }
membership "the board" when owner.site == Oslo {
    high has group board
}
"#;

const PEOPLE: &str = r#"organization: { domains: [contoso.com] }
sites: { Oslo: { pools: [] } }
users:
  anna@contoso.com:
    memberships:
      low: ["group:project", eve@contoso.com]
      top: ["group:falcon"]
  bob@contoso.com: { site: Oslo }
  dan@contoso.com: {}
  eve@contoso.com: {}
groups:
  project:
    - "group:leads"
    - kim@fabrikam.com
  leads:
    - "group:makers"
  makers:
    - dan@contoso.com
  board:
    - "group:makers"
    - eve@contoso.com
  falcon: []
"#;

fn asked(line: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("a file");
    write("prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [people.yaml]\n");
    write("a.prescope", POLICY);
    write("people.yaml", PEOPLE);
    run_in(folder.path(), &line.split(' ').collect::<Vec<_>>(), b"").clean().out
}

fn json(line: &str) -> Value {
    serde_json::from_str(&asked(&format!("{line} --format json"))).expect("JSON")
}

/// File and line of a place.
fn line(at: &Value) -> (&str, u64) {
    (at["file"].as_str().expect("a file"), at["line"].as_u64().expect("a line"))
}

fn through(membership: &Value) -> Vec<(&str, (&str, u64))> {
    let groups = membership["through"].as_array().expect("groups").iter();
    groups.map(|of| (of["group"].as_str().expect("a name"), line(&of["at"]))).collect()
}

#[test]
fn the_entry_and_the_line_of_the_group_are_told() {
    let told = asked("why kim@fabrikam.com see anna note.personal");
    let found: Vec<&str> = told.lines().skip(4).take(2).collect();
    assert!(found[0].contains("2 membership") && found[0].ends_with("people.yaml:6"), "{told}");
    assert!(found[0].contains("as member of group project"), "{told}");
    assert!(
        found[1].contains("kim@fabrikam.com is in group project") && found[1].ends_with("people.yaml:14"),
        "{told}"
    );
}

#[test]
fn groups_in_groups_are_told_from_the_outermost() {
    let told = asked("why dan see anna note.personal");
    let places: Vec<&str> =
        told.lines().filter_map(|line| line.rsplit_once("people.yaml:")).map(|(_, at)| at).collect();
    assert_eq!(places, ["1", "6", "13", "16", "18"], "{told}");
    for said in
        ["group leads is in group project", "group makers is in group leads", "dan@contoso.com is in group makers"]
    {
        assert!(told.contains(said), "{told}");
    }
}

#[test]
fn a_membership_that_grants_to_a_group_is_told_the_same_way() {
    let told = asked("why dan see bob note.personal");
    assert!(told.contains("membership \"the board\" grants it to group board"), "{told}");
    for place in ["a.prescope:7", "people.yaml:20", "people.yaml:18"] {
        assert!(told.contains(place), "{place} in {told}");
    }
    let document = json("why dan see bob note.personal");
    let membership = &document["membership"];
    assert_eq!(line(&membership["at"]), ("a.prescope", 7), "where the entry stands, as ever");
    assert_eq!(through(membership), [("board", ("a.prescope", 7)), ("makers", ("people.yaml", 20))]);
}

#[test]
fn json_adds_the_groups_and_leaves_the_place() {
    let document = json("can dan see anna note.personal");
    let membership = &document["membership"];
    assert_eq!(line(&membership["at"]), ("people.yaml", 18), "where the group names the person, as ever");
    let groups = [("project", ("people.yaml", 6)), ("leads", ("people.yaml", 13)), ("makers", ("people.yaml", 16))];
    assert_eq!(through(membership), groups);
    let who = json("who sees anna note.personal");
    let people = who["known"]["people"].as_array().expect("people");
    let of = |uri: &str| people.iter().find(|person| person["uri"] == uri).expect("listed");
    assert_eq!(of("dan@contoso.com")["membership"], *membership, "the same in every command");
    assert_eq!(through(&of("kim@fabrikam.com")["membership"]), [("project", ("people.yaml", 6))]);
    let own = &of("eve@contoso.com")["membership"];
    assert_eq!(own["through"], Value::Null, "an entry of one's own has no groups");
    assert_eq!(own["at"], json!({ "file": "people.yaml", "line": 6, "column": 30 }));
}
