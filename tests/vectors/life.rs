//! What commands make of recorded entries, and which manifest is in effect after a sequence of events.

use prescope::migrate::{Options, migrations};
use prescope::project::{Project, Wish};
use prescope::resolve::Entries::{InForce, Recorded};
use serde::Deserialize;

use super::{Entries, agree, canonical, list, memberships, read};
use crate::given;
use crate::tries::share;
use prescope::resolve::people;

#[derive(Deserialize)]
struct Life {
    commands: Vec<Command>,
    sequences: Vec<Sequence>,
}

#[derive(Deserialize)]
struct Command {
    id: String,
    says: String,
    manifest: String,
    contacts: Vec<String>,
    #[serde(default)]
    delegates: Vec<String>,
    entries: Entries,
    wish: Vec<String>,
    after: Entries,
    contacts_after: Vec<String>,
}

#[derive(Deserialize)]
struct Sequence {
    id: String,
    says: String,
    start: Start,
    events: Vec<String>,
    modes: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Start {
    mode: String,
    preference: String,
    admin: bool,
}

const OWNER: &str = "anna@contoso.com";

fn policy(private: bool) -> String {
    format!("use std/lync2013\npolicy PrivacyConfiguration global {{ EnablePrivacyMode = {private} }}\n")
}

const NEIGHBOURS: &str = "organization: { domains: [contoso.com] }
federation: { partners: [fabrikam.com, adatum.com], public_cloud: [live.com] }
groups: { team: [bob@contoso.com, dan@contoso.com, kim@fabrikam.com] }
";

/// The project after its owners have been migrated, as text would be read again.
pub(crate) fn migrated(project: &Project, options: Options) -> Project {
    let in_force = given::rules(project, InForce);
    let owners = people::owners(in_force.model());
    let planned = migrations(&in_force, given::rules(project, Recorded), owners, options);
    let texts = project.migrated(&planned).expect("what is planned can be written");
    project.with_texts(&texts).expect("the directory has files")
}

fn wished(project: &Project, wish: &[String]) -> Project {
    let words: Vec<&str> = wish.iter().map(String::as_str).collect();
    let own = |text: &str| text.to_owned();
    let wish = match words.as_slice() {
        ["migrate"] => return migrated(project, Options::default()),
        ["add", who] => Wish::AddContact(own(who), None),
        ["add", who, into] => Wish::AddContact(own(who), Some(own(into))),
        ["remove", who] => Wish::RemoveContact(own(who), None),
        ["remove", who, from] => Wish::RemoveContact(own(who), Some(own(from))),
        ["move", who, into] => Wish::MoveContact(own(who), own(into)),
        ["block", entry] => Wish::Block(own(entry), None),
        ["unblock", entry] => Wish::Unblock(own(entry)),
        other => panic!("no such wish: {other:?}"),
    };
    let planned = project.plan(OWNER, &wish).unwrap_or_else(|none| panic!("{wish:?}: {none:?}"));
    project.amended(&planned.changes).unwrap_or_else(|found| panic!("{wish:?}: {found:?}"))
}

/// What the directory records of the owner: containers as they are named there, and the contacts.
fn recorded(project: &Project) -> String {
    let directory = project.set().directory.as_ref().expect("a directory");
    let anna = directory.users.iter().find(|user| user.address.it.as_str() == OWNER).expect("Anna is a user");
    let mut entries = Entries::new();
    for (container, list) in anna.memberships.iter().flatten().filter(|(_, list)| !list.is_empty()) {
        entries.insert(container.it.clone(), list.iter().map(|entry| entry.it.to_string()).collect());
    }
    let contacts: Vec<String> = anna.contacts.iter().flatten().map(|contact| contact.it.to_string()).collect();
    canonical(&entries, &contacts)
}

#[test]
fn commands_record_what_they_should() {
    let Life { commands, .. } = read("life");
    assert_eq!(commands.len(), 33);
    agree(share(&commands).into_iter().map(|row| {
        let (contacts, delegates) = (list(&row.contacts), list(&row.delegates));
        let directory = format!(
            "{NEIGHBOURS}users:\n  {OWNER}: {{ contacts: {contacts}, delegates: {delegates}, memberships: {} }}\n",
            memberships(&row.entries)
        );
        let before = given::set(&policy(row.manifest == "private"), &directory);
        let after = wished(&before, &row.wish);
        let expected = canonical(&row.after, &row.contacts_after);
        (format!("{}: {}", row.id, row.says), expected, recorded(&after))
    }));
}

/// The text of the directory file.
fn text(project: &Project) -> String {
    let sources = project.sources();
    let file = sources.files().find(|(_, source)| source.path() == "directory.yaml").expect("the directory").0;
    sources.text(file).to_owned()
}

fn modes(project: &Project) -> (String, String) {
    let rules = given::rules(project, InForce);
    let owner = people::owner(&rules, OWNER).expect("Anna is a user");
    let in_effect = rules.standing(owner).manifest().expect("the catalogue has manifests");
    let in_effect = rules.model().manifests[in_effect].declared.name.clone();
    (rules.model().mode_word(owner).expect("a mode is recorded"), in_effect)
}

#[test]
fn modes_follow_administrators_preferences_and_clients() {
    let Life { sequences, .. } = read("life");
    assert_eq!(sequences.len(), 8);
    agree(share(&sequences).into_iter().map(|row| {
        // Nobody but the owner's contacts is recorded where privacy mode has been; on the way, both are.
        let entries = match row.start.mode.as_str() {
            "private" => "colleagues: [bob@contoso.com]",
            "standard" => "external: [federated], colleagues: [same_enterprise]",
            _ => "external: [federated], colleagues: [same_enterprise, bob@contoso.com]",
        };
        let directory = format!(
            "{NEIGHBOURS}users:\n  {OWNER}:\n    mode: {}\n    attributes: {{ privacy_preference: {} }}\n    \
             contacts: [bob@contoso.com, kim@fabrikam.com]\n    memberships: {{ {entries} }}\n",
            row.start.mode, row.start.preference
        );
        let mut project = given::set(&policy(row.start.admin), &directory);
        let mut passed = Vec::new();
        for event in &row.events {
            project = match event.split_once(' ') {
                Some(("admin", word)) => given::set(&policy(word == "on"), &text(&project)),
                Some(("prefer", word)) => {
                    let planned = project.plan(OWNER, &Wish::Prefer(word.to_owned())).expect("a preference");
                    project.amended(&planned.changes).expect("what is planned can be written")
                }
                _ => migrated(&project, Options::default()),
            };
            passed.push(modes(&project));
        }
        (format!("{}: {}", row.id, row.says), format!("{:?}", row.modes), format!("{passed:?}"))
    }));
}
