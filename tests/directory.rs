//! Reading, merging and building directories, and the project file.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on has failed")]

mod forms;
mod guesses;
mod hostile;
mod show;

use std::collections::BTreeSet;

use prescope::directory::{Directory, DirectoryBuilder, Entry, FileKind, Reader, Scalar, merge, read};
use prescope::language::{Diagnostic, Sources, Span};
use prescope::project::config;

use crate::given;

fn reading(text: &str) -> (Sources, Directory, Vec<Diagnostic>) {
    reading_as("directory.yaml", text)
}

/// Reads a text by what its name says it is.
fn reading_as(name: &str, text: &str) -> (Sources, Directory, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let file = sources.add(name, text);
    let (directory, found) = read(file, FileKind::guess(name), sources.text(file));
    (sources, directory, found)
}

fn named(path: &std::path::Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|diagnostic| diagnostic.code.name()).collect()
}

/// Lines and codes found, and those the comments of the fixture ask for (`# error: directory::yaml`).
fn compare_with_comments(sources: &Sources, text: &str, found: &[Diagnostic]) {
    let line = |diagnostic: &Diagnostic| sources.start(diagnostic.span().expect("a place")).line;
    let actual: BTreeSet<_> = found.iter().map(|one| (line(one), one.code.name().to_owned())).collect();
    let expected: BTreeSet<_> = (1..)
        .zip(text.lines())
        .flat_map(|(line, text)| text.split("# error: ").skip(1).map(move |code| (line, code.trim().to_owned())))
        .collect();
    let missing: Vec<_> = expected.difference(&actual).collect();
    let surplus: Vec<_> = actual.difference(&expected).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "not found: {missing:?}, not expected: {surplus:?}");
}

#[test]
fn good_files_are_read_whole() {
    insta::glob!("fixtures/directory/good/*", |path| {
        let (sources, directory, found) = reading_as(&named(path), &std::fs::read_to_string(path).unwrap());
        assert_eq!(show::messages(&sources, &found), "");
        insta::assert_snapshot!(show::directory(&directory));
    });
}

#[test]
fn bad_files_say_everything_that_is_wrong() {
    insta::glob!("fixtures/directory/bad/*", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let (sources, _, found) = reading_as(&named(path), &text);
        insta::assert_snapshot!(show::messages(&sources, &found));
        // Lines of JSON and tables have no comments.
        if FileKind::guess(&named(path)) == FileKind::Yaml {
            compare_with_comments(&sources, &text, &found);
        }
    });
}

#[test]
fn what_a_reader_has_read_before_changes_nothing() {
    let mut sources = Sources::default();
    for path in given::files_below("tests/fixtures/directory", "") {
        sources.add(path.as_str(), given::text_of(&path));
    }
    // All files together, twice over: the second time every address is known.
    let files: Vec<_> = sources.files().chain(sources.files()).collect();
    let mut reader = Reader::default();
    for (file, source) in files {
        let kind = FileKind::guess(source.path());
        let (alone, found_alone) = read(file, kind, source.text());
        let (behind_others, found) = reader.read(file, kind, source.text());
        assert_eq!(show::directory(&behind_others), show::directory(&alone), "{}", source.path());
        assert_eq!(show::messages(&sources, &found), show::messages(&sources, &found_alone));
    }
}

#[test]
fn a_span_covers_exactly_what_was_written() {
    let text = "\
organization: { domains: [bücher.example] }
users:
  \"Jürgen@Bücher.example\": &j
    name: 'Größe ''🙂'''
    contacts: [ 李@example.com ,\"b@example.com\"]
    memberships: { 同事: [ user:李@example.com ] }
    presence: { state: { availability: 忙 } , note.personal: \"a\\tb\" }
  b@example.com: { contacts: &c [a@example.com] }
  c@example.com: { contacts: *c }
";
    let (sources, directory, found) = reading(text);
    assert_eq!(show::messages(&sources, &found), "");
    let covered = |span: Span| sources.slice(span).to_owned();
    assert_eq!(covered(directory.domains[0].span), "bücher.example");
    let user = &directory.users[0];
    assert_eq!(covered(user.address.span), "Jürgen@Bücher.example");
    let name = user.name.as_ref().unwrap();
    assert_eq!((name.it.as_str(), covered(name.span).as_str()), ("Größe '🙂'", "Größe ''🙂''"));
    let contacts = user.contacts.as_ref().unwrap();
    assert_eq!(covered(contacts[0].span), "李@example.com");
    assert_eq!(covered(contacts[1].span), "b@example.com");
    let (container, entries) = &user.memberships.as_ref().unwrap()[0];
    assert_eq!((covered(container.span), covered(entries[0].span)), ("同事".into(), "user:李@example.com".into()));
    let (field, value) = &user.presence[0];
    assert_eq!((field.it.as_str(), covered(field.span).as_str()), ("state.availability", "availability"));
    assert_eq!(covered(value.span), "忙");
    let (_, note) = &user.presence[1];
    assert_eq!((&note.it, covered(note.span).as_str()), (&Scalar::Text("a\tb".into()), "a\\tb"));
    assert_eq!(covered(directory.users[2].contacts.as_ref().unwrap()[0].span), "a@example.com");
}

#[test]
fn windows_line_ends_change_nothing() {
    let text = include_str!("fixtures/directory/good/organisation.yaml");
    let (_, unix, _) = reading(text);
    let (_, windows, found) = reading(&text.replace('\n', "\r\n"));
    assert_eq!(codes(&found), [""; 0]);
    assert_eq!(unix, windows);
}

fn merging(files: &[(&str, &str)]) -> (Sources, Vec<Directory>) {
    let mut sources = Sources::default();
    let ids: Vec<_> = files.iter().map(|(path, text)| sources.add(*path, *text)).collect();
    let read: Vec<_> =
        ids.into_iter().map(|file| read(file, FileKind::guess(sources.path(file)), sources.text(file))).collect();
    assert!(read.iter().all(|(_, found)| found.is_empty()));
    (sources, read.into_iter().map(|(directory, _)| directory).collect())
}

#[test]
fn lists_in_files_of_their_own_are_their_users() {
    let (sources, files) = merging(&[
        ("people.csv", "user,name\nanna@contoso.com,Anna\nbob@contoso.com,Bob\n"),
        ("more.ndjson", "{\"user\": \"dan@contoso.com\", \"contacts\": []}\n"),
        (
            "contacts.csv",
            "user,contact\nanna@contoso.com,bob@contoso.com\nbbo@contoso.com,anna@contoso.com\ndan@contoso.com,\n",
        ),
        ("entries.csv", "user,container,entry\nanna@contoso.com,external,federated\nbob@contoso.com,,\n"),
        ("delegates.csv", "user,delegate\nanna@contoso.com,bob@contoso.com\n"),
    ]);
    let (merged, found) = merge(files);
    insta::assert_snapshot!(format!("{}{}", show::directory(&merged), show::messages(&sources, &found)));
}

#[test]
fn files_join_and_what_stands_in_two_is_shown_in_both() {
    let (sources, files) = merging(&[
        (
            "a.yaml",
            "organization: { domains: [contoso.com], hosting: on_premises }\nfederation: { open: false, partners: [x.example] }\nusers: { anna@contoso.com: { name: first } }\n",
        ),
        (
            "b.yaml",
            "organization: { domains: [Contoso.com, emea.contoso.com], hosting: acme }\nfederation: { open: false, partners: [y.example, x.example], blocked: [z.example] }\nusers:\n  bob@contoso.com:\n  sip:ANNA@contoso.com: { name: second }\n",
        ),
        (
            "c.yaml",
            "federation: { open: true, blocked: [w.example, Z.example] }\nusers: { anna@contoso.com: { name: third } }\ngroups: { board: [] }\nsites: { Redmond: }\nmeetings: { m: { organizer: anna@contoso.com } }\n",
        ),
        (
            "d.yaml",
            "groups: { board: [] }\nsites: { redmond: }\nmeetings: { m: { organizer: bob@contoso.com }, M: { organizer: bob@contoso.com } }\n",
        ),
    ]);
    let (merged, found) = merge(files.clone());
    insta::assert_snapshot!(show::directory(&merged) + "\n" + &show::messages(&sources, &found));

    let mut messages = found;
    messages.sort_by_key(Diagnostic::span);
    for turn in 1..files.len() {
        let mut turned = files.clone();
        turned.rotate_left(turn);
        let (other, mut found) = merge(turned);
        found.sort_by_key(Diagnostic::span);
        assert_eq!(messages, found);
        assert_eq!((&merged.hosting, &merged.open), (&other.hosting, &other.open));
        for user in &merged.users {
            assert!(other.users.contains(user));
        }
    }
}

#[test]
fn a_built_directory_equals_a_read_one() {
    let text = include_str!("fixtures/directory/good/organisation.yaml");
    let (_, directory, _) = reading(text);
    let mut built = DirectoryBuilder::new();
    let fill = |built: &mut DirectoryBuilder| {
        built.domain("contoso.com")?.domain("emea.contoso.com")?.domain("contoso.com")?.hosting("on_premises");
        built.closed_federation().partner("fabrikam.com")?.public_cloud("live.com")?.blocked("spam.example")?;
        built.site("Redmond", ["pool01.contoso.com"]).site("Empty", []);
        built
            .user("sip:Anna@contoso.com")?
            .name("Anna Ott")
            .pool("pool01.contoso.com")
            .network_site("HQ")
            .policy("ConferencingPolicy", "Others")
            .policy("conferencingpolicy", "Executives")
            .attribute("privacy_preference", "none")
            .attribute("client", Scalar::Blank)
            .mode("standard")
            .contact("bob@contoso.com")?
            .contact("kim@fabrikam.com")?
            .contact("Bob@contoso.com")?
            .delegate("dan@contoso.com")?
            .entry("external", "federated")?
            .typed_entry("colleagues", Entry::SameEnterprise);
        let mut anna = built.user("anna@contoso.com")?;
        for entry in ["user:dan@contoso.com", "group:assistants", "frontdesk@contoso.com"] {
            anna.entry("workgroup", entry)?;
        }
        for entry in ["domain:spam.example", "user:eve@contoso.com", "public_cloud", "authenticated", "everyone"] {
            anna.entry("32000", entry)?;
        }
        anna.presence("state.availability", "busy").presence("note.personal", "Back Monday");
        built.user("bob@contoso.com")?;
        built.user("dan@contoso.com")?;
        built
            .meeting("budget_review", "anna@contoso.com")?
            .attribute("annotation", "presenters")
            .participant("bob@contoso.com", "presenter")?
            .participant("kim@fabrikam.com", "attendee")?
            .anonymous("attendee")
            .sampled("ConferencingPolicy", "AllowConferenceRecording", true)
            .sampled("ConferencingPolicy", "MaxMeetingSize", 250);
        built.group("executives", ["anna@contoso.com", "group:board"])?.group("board", [])?;
        Ok::<_, prescope::directory::Malformed>(())
    };
    fill(&mut built).unwrap();
    assert_eq!(show::directory(&built.build()), show::directory(&directory));
}

#[test]
fn a_built_directory_refuses_what_is_malformed() {
    let mut built = DirectoryBuilder::new();
    let refused = |result: Result<(), prescope::directory::Malformed>| result.unwrap_err().to_string();
    assert_eq!(refused(built.domain("con toso").map(drop)), "`con toso` is not a domain name");
    assert_eq!(refused(built.user("anna").map(drop)), "`anna` is not an address");
    let mut anna = built.user("anna@contoso.com").unwrap();
    assert_eq!(refused(anna.entry("external", "strangers").map(drop)), "`strangers` is not a membership entry");
    assert_eq!(refused(anna.contact(" bob ").map(drop)), "`bob` is not an address");
}

#[test]
fn a_project_file_is_read() {
    let text = "policies: [\"policies/**/*.prescope\"]\ndirectory: [\"directory/*.yaml\"]\n\
                lint: { legacy-client-bypass: error, missing-documentation: off }\n";
    let mut sources = Sources::default();
    let (config, found) = config::read(sources.add("prescope.yaml", text), text);
    assert_eq!(show::messages(&sources, &found), "");
    assert_eq!(config.policies[0].it, "policies/**/*.prescope");
    assert_eq!(sources.slice(config.directory[0].span), "directory/*.yaml");
    let lint: Vec<_> = config.lint.iter().map(|(name, level)| (name.it.as_str(), level.it.as_str())).collect();
    assert_eq!(lint, [("legacy-client-bypass", "error"), ("missing-documentation", "off")]);
    let (config, found) = config::read(sources.add("empty", ""), "");
    assert_eq!(config, config::Config::default());
    assert_eq!(show::messages(&sources, &found), "", "what there is to match is for the project to say");
}

#[test]
fn a_bad_project_file_says_everything_that_is_wrong() {
    let text =
        "policy: [a]\ndirectory: directory/*.yaml\nlint: { a: warn, b: erorr, c: , d: [off], e: false }\nlint: {}\n";
    let mut sources = Sources::default();
    let (_, found) = config::read(sources.add("prescope.yaml", text), text);
    insta::assert_snapshot!(show::messages(&sources, &found));
}
