//! One directory in its three forms: as YAML, as lines of JSON and as tables it is the same, with the same mistakes.

use proptest::collection::vec;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use prescope::directory::{Directory, FileKind, merge, read};
use prescope::language::Sources;

use crate::tries::config;

const ADDRESSES: [&str; 8] = [
    "ann@x.y",
    "SIP:Ann@X.y",
    "bob@x.y",
    "sip:bob@x.y",
    "jürgen@bücher.example",
    "eve@xn--bcher-kva.example",
    "bob",
    "a b@x.y",
];
const ENTRIES: [&str; 12] = [
    "user:ann@x.y",
    "ANN@x.y",
    "sip:ann@x.y",
    "user:sip:bob@x.y",
    "user:bob",
    "domain:x.y",
    "domain:X.Y.",
    "domain:..",
    "group:team",
    "federated",
    "everyone",
    "usr:ann@x.y",
];
const CONTAINERS: [&str; 4] = ["external", "colleagues", "7", "同事"];
const ATTRIBUTES: [&str; 3] = ["client", "count", "shares"];
const VALUES: [&str; 6] = ["true", "false", "17", "-3", "busy", "frei"];

#[derive(Clone, Debug)]
struct User {
    mode: Option<&'static str>,
    attributes: Vec<(usize, &'static str)>,
    contacts: Option<Vec<&'static str>>,
    delegates: Option<Vec<&'static str>>,
    memberships: Option<Vec<(&'static str, Vec<&'static str>)>>,
}

fn users() -> impl Strategy<Value = Vec<User>> {
    let attributes = (subsequence(vec![0, 1, 2], 0..=3), vec(select(&VALUES[..]), 3));
    let attributes = attributes.prop_map(|(names, values)| names.into_iter().zip(values).collect());
    let list = || of(vec(select(&ADDRESSES[..]), 0..6));
    let entries = vec(vec(select(&ENTRIES[..]), 0..6), 4);
    let memberships = (subsequence(CONTAINERS.to_vec(), 0..=4), entries);
    let memberships = of(memberships.prop_map(|(containers, entries)| containers.into_iter().zip(entries).collect()));
    let user = (of(select(vec!["standard", "private"])), attributes, list(), list(), memberships);
    let user = user.prop_map(|(mode, attributes, contacts, delegates, memberships)| User {
        mode,
        attributes,
        contacts,
        delegates,
        memberships,
    });
    vec(user, 0..5)
}

fn list(items: &[&str]) -> String {
    let items: Vec<String> = items.iter().map(|item| format!("\"{item}\"")).collect();
    format!("[{}]", items.join(", "))
}

/// The parts of a user as JSON, which is YAML too.
fn parts(user: &User) -> Vec<String> {
    let mut parts: Vec<String> = user.mode.iter().map(|mode| format!("\"mode\": \"{mode}\"")).collect();
    let value = |value: &str| match value {
        "true" | "false" => value.to_owned(),
        number if number.parse::<i64>().is_ok() => number.to_owned(),
        text => format!("\"{text}\""),
    };
    let attributes = user.attributes.iter().map(|(name, of)| format!("\"{}\": {}", ATTRIBUTES[*name], value(of)));
    parts.push(format!("\"attributes\": {{{}}}", attributes.collect::<Vec<_>>().join(", ")));
    parts.extend(user.contacts.iter().map(|items| format!("\"contacts\": {}", list(items))));
    parts.extend(user.delegates.iter().map(|items| format!("\"delegates\": {}", list(items))));
    if let Some(memberships) = &user.memberships {
        let memberships = memberships.iter().map(|(name, entries)| format!("\"{name}\": {}", list(entries)));
        parts.push(format!("\"memberships\": {{{}}}", memberships.collect::<Vec<_>>().join(", ")));
    }
    parts
}

fn address(number: usize) -> String {
    format!("user{number}@x.y")
}

fn yaml(users: &[User]) -> String {
    let users = users.iter().enumerate();
    let users = users.map(|(number, user)| format!("  {}: {{ {} }}\n", address(number), parts(user).join(", ")));
    format!("users:\n{}", users.collect::<String>())
}

fn lines(users: &[User]) -> String {
    let users = users.iter().enumerate();
    let line = |(number, user)| format!("{{\"user\": \"{}\", {}}}\n", address(number), parts(user).join(", "));
    users.map(line).collect()
}

/// The tables of people, contacts, delegates and entries.
fn tables(users: &[User], quoted: bool) -> Vec<(&'static str, String)> {
    let row = |cells: &[&str]| {
        let cells = cells.iter().map(|cell| if quoted { format!("\"{cell}\"") } else { (*cell).to_owned() });
        cells.collect::<Vec<_>>().join(",") + "\n"
    };
    let mut people = "user,mode,attributes.client,attributes.count,attributes.shares\n".to_owned();
    let (mut contacts, mut delegates) = ("user,contact\n".to_owned(), "user,delegate\n".to_owned());
    let mut entries = "user,container,entry\n".to_owned();
    for (number, user) in users.iter().enumerate() {
        let address = address(number);
        let attribute =
            |at: usize| user.attributes.iter().find(|(name, _)| *name == at).map_or("", |(_, value)| *value);
        people += &row(&[&address, user.mode.unwrap_or_default(), attribute(0), attribute(1), attribute(2)]);
        for (table, items) in [(&mut contacts, &user.contacts), (&mut delegates, &user.delegates)] {
            // A row without an item says that the list is there.
            let none = items.iter().filter(|items| items.is_empty()).map(|_| &"");
            items.iter().flatten().chain(none).for_each(|item| *table += &row(&[&address, item]));
        }
        if let Some(memberships) = &user.memberships {
            if memberships.is_empty() {
                entries += &row(&[&address, "", ""]);
            }
            for (container, items) in memberships {
                let none = items.is_empty().then_some(&"");
                items.iter().chain(none).for_each(|item| entries += &row(&[&address, container, item]));
            }
        }
    }
    vec![("people.csv", people), ("contacts.csv", contacts), ("delegates.csv", delegates), ("entries.csv", entries)]
}

/// The directory of some files, and what is wrong: codes, messages and, if wanted, the texts they point at.
fn reading(files: &[(&str, String)], places: bool) -> (Directory, Vec<String>) {
    let mut sources = Sources::default();
    let ids: Vec<_> = files.iter().map(|(path, text)| sources.add(*path, text.as_str())).collect();
    let (directories, mut found): (Vec<_>, Vec<_>) =
        ids.into_iter().map(|file| read(file, FileKind::guess(sources.path(file)), sources.text(file))).unzip();
    let (directory, merging) = merge(directories);
    found.push(merging);
    let told = found.iter().flatten().map(|one| {
        let places = one.labels.iter().filter(|_| places).map(|label| sources.slice(label.span));
        format!("{} {} {:?}", one.code.name(), one.message, places.collect::<Vec<_>>())
    });
    let mut told: Vec<String> = told.collect();
    told.sort();
    (directory, told)
}

proptest! {
    #![proptest_config(config(256))]

    #[test]
    fn every_form_says_the_same(users in users()) {
        for quoted in [false, true] {
            // A cell in quotes is shown with its whole row.
            let of_yaml = reading(&[("people.yaml", yaml(&users))], !quoted);
            prop_assert_eq!(&reading(&[("people.ndjson", lines(&users))], !quoted), &of_yaml);
            prop_assert_eq!(&reading(&tables(&users, quoted), !quoted), &of_yaml);
        }
    }
}
