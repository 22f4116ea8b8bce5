//! Fixes of lists of the directory: whatever form a list has, they write what amending it writes.

use prescope::Project;
use prescope::directory::{Address, Amendment, amend};
use prescope::language::FileId;
use prescope::lint::{Levels, Wanted, find};

/// Anna's own address, in her lists.
const OWN: &str = "anna@contoso.com";

/// The contacts of Anna in every form that a list can have; what is to become of the text, or None where the list is
/// left to people.
const FORMS: &[(&str, Option<&str>)] = &[
    ("contacts: [bob@contoso.com, anna@contoso.com]", Some("contacts: [bob@contoso.com]")),
    ("contacts: [ anna@contoso.com, bob@contoso.com ]", Some("contacts: [ bob@contoso.com ]")),
    (
        "contacts: [\"bob@contoso.com\",'anna@contoso.com',\"eve@contoso.com\",]",
        Some("contacts: [\"bob@contoso.com\",\"eve@contoso.com\",]"),
    ),
    ("contacts: [anna@contoso.com]", Some("contacts: []")),
    ("contacts: [\"sip:Anna@contoso.com\"] # the only one", Some("contacts: [] # the only one")),
    (
        "contacts:\n    - anna@contoso.com  # herself\n    # a colleague\n    - bob@contoso.com",
        Some("contacts:\n    # a colleague\n    - bob@contoso.com"),
    ),
    ("contacts:\n    - bob@contoso.com\n    - \"anna@contoso.com\"", Some("contacts:\n    - bob@contoso.com")),
    ("contacts:\n    - anna@contoso.com", Some("contacts: []")),
    (
        "contacts: [\n      bob@contoso.com,\n      anna@contoso.com\n    ]",
        Some("contacts: [\n      bob@contoso.com\n    ]"),
    ),
    (
        "contacts: [\n      anna@contoso.com, # herself\n      bob@contoso.com,\n    ]",
        Some("contacts: [\n      bob@contoso.com,\n    ]"),
    ),
    // Bob's contacts are the same list.
    ("contacts: &both [eve@contoso.com, anna@contoso.com]\n  bob@contoso.com: { contacts: *both }", None),
];

fn text(contacts: &str) -> String {
    let others = if contacts.contains("*both") { "" } else { "  bob@contoso.com: {}\n" };
    format!(
        "organization: {{ domains: [contoso.com] }}\nusers:\n  anna@contoso.com:\n    {contacts}\n{others}  \
         eve@contoso.com: {{}}\n"
    )
}

fn project(path: &str, text: &str) -> Project {
    let project = Project::builder().policy("ours.prescope", "use std/lync2013").directory(path, text);
    project.directory("home.yaml", "organization: { domains: [contoso.com] }\n").build()
}

fn file_of(project: &Project, path: &str) -> FileId {
    let mut files = project.sources().files();
    files.find(|(_, source)| source.path() == path).map(|(file, _)| file).expect("a file of the project")
}

/// The levels of these lints, and no others.
fn only(lints: &[&str]) -> Levels {
    let mut levels = Levels::usual();
    for rule in prescope::lint::RULES.iter().filter(|rule| !lints.contains(&rule.name())) {
        levels.set(rule.name(), prescope::lint::Level::Off).expect("a lint");
    }
    levels
}

/// The text of the directory when everything that these lints find is mended.
fn mended(path: &str, text: &str, lints: &[&str]) -> (usize, String) {
    let levels = only(lints);
    let project = project(path, text);
    assert_eq!(project.diagnostics(), [], "{text}");
    let mended = project.mend(&levels, Wanted::All);
    let file = file_of(&mended.project, path);
    (mended.applied, mended.project.sources().text(file).to_owned())
}

#[test]
fn a_fix_of_a_list_is_the_amendment() {
    for (contacts, expected) in FORMS {
        let before = text(contacts);
        let (applied, after) = mended("people.yaml", &before, &["self-membership"]);
        let Some(expected) = expected else {
            assert_eq!((applied, after), (0, before));
            continue;
        };
        assert_eq!((applied, &after), (1, &text(expected)), "{contacts}");
        let own = Address::parse(OWN).unwrap();
        let file = file_of(&project("people.yaml", &before), "people.yaml");
        assert_eq!(amend(file, &before, &[(own.clone(), vec![Amendment::RemoveContact(own)])]), Ok(after));
    }
}

/// Each fix by itself leaves the other entry, and both together must not leave a key without a list, which would say
/// that nothing is known.
#[test]
fn a_list_that_loses_everything_is_empty() {
    for (entries, expected) in [
        ("\n        - everyone\n        - user:anna@contoso.com", " []"),
        (" [everyone, \"user:anna@contoso.com\"]", " []"),
        (" [\n          everyone,\n          \"user:anna@contoso.com\"\n        ]", " []"),
    ] {
        let text = |entries: &str| text(&format!("memberships:\n      external:{entries}"));
        let (applied, after) = mended("people.yaml", &text(entries), &["self-membership", "everyone-outside-default"]);
        assert_eq!((applied, after), (2, text(expected)));
    }
}

/// In privacy mode somebody with a level becomes a contact; whoever is added is written as those before are.
#[test]
fn a_contact_is_added_as_its_neighbours_are_written() {
    let rule = find("entry-without-contact").unwrap();
    for (contacts, expected) in [
        ("contacts: [bob@contoso.com]", "contacts: [bob@contoso.com, eve@contoso.com]"),
        ("contacts: [\"bob@contoso.com\"]", "contacts: [\"bob@contoso.com\", \"eve@contoso.com\"]"),
        ("contacts:\n      - bob@contoso.com", "contacts:\n      - bob@contoso.com\n      - eve@contoso.com"),
    ] {
        let people =
            |contacts: &str| text(&format!("{contacts}\n    memberships: {{ colleagues: [eve@contoso.com] }}"));
        let policy = "use std/lync2013\n\npolicy PrivacyConfiguration global {\n    EnablePrivacyMode = true\n}\n";
        let project = Project::builder().policy("ours.prescope", policy).directory("people.yaml", people(contacts));
        let mended = project.build().mend(&Levels::only(rule), Wanted::All);
        assert_eq!(mended.applied, 1, "{contacts}");
        assert_eq!(mended.project.sources().text(file_of(&mended.project, "people.yaml")), people(expected));
    }
}

/// Taking the only contact out leaves `[]`, and whoever is added behind it a dash: one of the two waits.
#[test]
fn whoever_leaves_a_list_and_whoever_is_added_to_it_never_meet() {
    for contacts in [
        "contacts:\n      - anna@contoso.com",
        "contacts: [anna@contoso.com]",
        "contacts: [\n      anna@contoso.com,\n    ]",
    ] {
        let people = text(&format!("{contacts}\n    memberships: {{ colleagues: [eve@contoso.com] }}"));
        let policy = "use std/lync2013\n\npolicy PrivacyConfiguration global {\n    EnablePrivacyMode = true\n}\n";
        let project = Project::builder().policy("ours.prescope", policy).directory("people.yaml", people).build();
        let levels = only(&["self-membership", "entry-without-contact"]);
        let found: Vec<_> = project.lint(&levels).iter().map(|it| (it.code.name(), it.fix.is_some())).collect();
        assert_eq!(found, [("lint::self-membership", true), ("lint::entry-without-contact", true)], "{contacts}");
        let mended = project.mend(&levels, Wanted::All).project;
        assert_eq!(mended.diagnostics(), [], "{contacts}");
        let text = mended.sources().text(file_of(&mended, "people.yaml"));
        let lists = text.split("memberships").next().unwrap();
        assert!(!lists.contains("      - anna@") && !lists.contains("[anna@"), "{text}");
    }
}

/// Lines and tables come from programs, which would bring the entry back; a row without its cell would mean another
/// thing.
#[test]
fn lines_and_tables_are_left_to_the_programs_that_write_them() {
    let home = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {}, bob@contoso.com: {} }\n";
    let line = "{\"user\": \"eve@contoso.com\", \"contacts\": [\"eve@contoso.com\", \"bob@contoso.com\"]}\n";
    let table = "user,contact\nanna@contoso.com,anna@contoso.com\nanna@contoso.com,bob@contoso.com\n";
    for (path, text) in [("people.ndjson", line), ("contacts.csv", table)] {
        let project = Project::builder().policy("ours.prescope", "use std/lync2013").directory("home.yaml", home);
        let project = project.directory(path, text).build();
        let found = project.lint(&Levels::only(find("self-membership").unwrap()));
        let found: Vec<_> = found.iter().map(|it| (it.code.name(), it.fix.is_some())).collect();
        assert_eq!(found, [("lint::self-membership", false)], "{path}");
    }
}
