//! Reading, merging and building directories, and the project file.

mod show;

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use prescope::diagnostic::Diagnostic;
use prescope::directory::{Directory, DirectoryBuilder, Entry, Scalar, merge, read};
use prescope::project::config;
use prescope::text::{Sources, Span};
use proptest::prelude::*;

fn reading(text: &str) -> (Sources, Directory, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let file = sources.add("directory.yaml", text);
    let (directory, found) = read(file, sources.text(file));
    (sources, directory, found)
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
    insta::glob!("fixtures/directory/good/*.yaml", |path| {
        let (sources, directory, found) = reading(&std::fs::read_to_string(path).unwrap());
        assert_eq!(show::messages(&sources, &found), "");
        insta::assert_snapshot!(show::directory(&directory));
    });
}

#[test]
fn bad_files_say_everything_that_is_wrong() {
    insta::glob!("fixtures/directory/bad/*.yaml", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        let (sources, _, found) = reading(&text);
        insta::assert_snapshot!(show::messages(&sources, &found));
        compare_with_comments(&sources, &text, &found);
    });
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

/// Hostile texts end soon, with a message that has a line, also on the 2 MB stack of a thread.
fn survives(name: &str, text: String, expected: &str) {
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    let reading_it = move || {
        let (sources, _, found) = reading(&text);
        let lines = found.iter().all(|one| one.span().is_some_and(|span| sources.start(span).line >= 1));
        (codes(&found), lines)
    };
    let start = Instant::now();
    let (codes, lines) = thread.spawn(reading_it).unwrap().join().unwrap();
    assert!(start.elapsed() < Duration::from_secs(20), "{name} took {:?}", start.elapsed());
    assert!(lines, "{name}: a message without a line");
    match expected {
        "" => assert!(codes.is_empty(), "{name}: {codes:?}"),
        _ => assert!(codes.contains(&expected), "{name}: {codes:?}"),
    }
}

#[test]
fn hostile_files_are_refused_and_nothing_else_happens() {
    let yaml = "directory::yaml";
    let laughs = |width: usize| {
        let lines = (1..12).map(|n| format!("a{n}: &a{n} [{}]\n", vec![format!("*a{}", n - 1); width].join(", ")));
        format!("a0: &a0 [lol, lol]\n{}", lines.collect::<String>())
    };
    survives("billion laughs", laughs(10), yaml);
    let chain = (1..60).map(|n| format!("a{n}: &a{n} {}*a{}{}\n", "[".repeat(30), n - 1, "]".repeat(30)));
    survives("depth by aliases", format!("a0: &a0 x\n{}", chain.collect::<String>()), yaml);
    survives(
        "large scalar, many aliases",
        format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), "*a,".repeat(1 << 12)),
        yaml,
    );
    survives(
        "nested anchors",
        (0..50).map(|n| format!("{}k: &a{n}\n", " ".repeat(n))).collect(),
        "directory::unknown-key",
    );
    survives("open brackets", "[".repeat(100_000), yaml);
    survives("open braces", "{a: ".repeat(100_000), yaml);
    survives("brackets", "[".repeat(100_000) + &"]".repeat(100_000), yaml);
    survives("dashes", "- ".repeat(100_000), yaml);
    survives("question marks", "? ".repeat(100_000), yaml);
    survives("nested mappings", (0..2000).map(|depth| " ".repeat(depth) + "a:\n").collect(), yaml);
    survives("a NUL", "users:\n  a@b.example: { name: \"x\0y\" }\n".into(), yaml);
    survives("an escape character", "users: { a@b.example: { name: \u{1b}[2J } }\n".into(), yaml);
    survives("a tab", "users:\n\ta@b.example:\n".into(), yaml);
    survives("tags", "!<tag:x> ".repeat(10_000), yaml);
    survives("anchors", "&a ".repeat(10_000), yaml);
    survives("comments", "# x\n".repeat(300_000), "");
    survives("a long comment", format!("# {}\nusers: {{}}", "x".repeat(10 << 20)), "");
    survives("a long line", format!("users: {{ a@b.example: {{ name: \"{}\" }} }}", "x".repeat(10 << 20)), "");
    survives("a long list", format!("x: [{}]", "a@b.example, ".repeat(200_000)), "directory::unknown-key");
    survives("a long key", format!("{}: 1", "k".repeat(1 << 20)), yaml);
    survives("a long open quote", format!("users: \"{}", "x\\n ".repeat(1 << 19)), yaml);
    survives(
        "many bad values",
        format!("users: {{ a@b.example: {{ contacts: [{}] }} }}", "[], ".repeat(50_000)),
        "directory::bad-value",
    );
    survives("one key many times", "users: {}\n".repeat(50_000), "directory::duplicate-key");
    survives(
        "merge bomb",
        format!(
            "a: &a {{ {} }}\nb: {{ <<: [{}] }}",
            (0..5000).map(|n| format!("k{n}: 1, ")).collect::<String>(),
            "*a, ".repeat(5000)
        ),
        yaml,
    );
    survives("half a directive", "%YAML 9999999999999999.1\n---\n".into(), yaml);
}

proptest! {
    #[test]
    fn any_text_is_read(text in any::<String>()) {
        all_places_are_real(&text);
    }

    #[test]
    fn anything_like_a_directory_is_read(parts in prop::collection::vec(piece(), 0..60)) {
        all_places_are_real(&parts.concat());
    }
}

fn piece() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "users:",
        "meetings:",
        "groups:",
        "sites:",
        "a@b.example",
        "ü@b.example",
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "\"",
        "'",
        "&a ",
        "*a",
        "<<: *a",
        "!x ",
        "!!str ",
        "|\n",
        ">-\n",
        "# 李",
        "contacts",
        "presence: ",
        "memberships: ",
        "user:",
        "~",
        "5",
        "true",
        "\t",
        "\r\n",
        "? ",
        "---\n",
        "...\n",
        "%YAML 1.2\n",
        "\\",
        "organizer: ",
    ])
}

fn all_places_are_real(text: &str) {
    let (sources, directory, found) = reading(text);
    for label in found.iter().flat_map(|diagnostic| &diagnostic.labels) {
        let covered = sources.text(label.span.file).get(label.span.start as usize..label.span.end as usize);
        assert!(covered.is_some(), "{:?} is no place in {text:?}", label.span);
    }
    for user in &directory.users {
        assert!(!sources.slice(user.address.span).is_empty());
    }
}

fn merging(files: &[(&str, &str)]) -> (Sources, Vec<Directory>) {
    let mut sources = Sources::default();
    let ids: Vec<_> = files.iter().map(|(path, text)| sources.add(*path, *text)).collect();
    let read: Vec<_> = ids.into_iter().map(|file| read(file, sources.text(file))).collect();
    assert!(read.iter().all(|(_, found)| found.is_empty()));
    (sources, read.into_iter().map(|(directory, _)| directory).collect())
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
            "organization: { domains: [Contoso.com, emea.contoso.com], hosting: acme }\nfederation: { open: false, partners: [y.example, x.example] }\nusers:\n  bob@contoso.com:\n  sip:ANNA@contoso.com: { name: second }\n",
        ),
        (
            "c.yaml",
            "federation: { open: true }\nusers: { anna@contoso.com: { name: third } }\ngroups: { board: [] }\nsites: { Redmond: }\nmeetings: { m: { organizer: anna@contoso.com } }\n",
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
    let mut sources = Sources::default();
    let mut built = DirectoryBuilder::new(sources.add("database", ""));
    let fill = |built: &mut DirectoryBuilder| {
        built.domain("contoso.com")?.domain("emea.contoso.com")?.domain("contoso.com")?.hosting("on_premises");
        built.open_federation(false).partner("fabrikam.com")?.public_cloud("live.com")?;
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
        for entry in ["domain:spam.example", "user:eve@contoso.com", "public_cloud", "everyone"] {
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
    let mut sources = Sources::default();
    let mut built = DirectoryBuilder::new(sources.add("database", ""));
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
    assert_eq!(config::read(sources.add("empty", ""), ""), (config::Config::default(), vec![]));
}

#[test]
fn a_bad_project_file_says_everything_that_is_wrong() {
    let text =
        "policy: [a]\ndirectory: directory/*.yaml\nlint: { a: warn, b: erorr, c: , d: [off], e: false }\nlint: {}\n";
    let mut sources = Sources::default();
    let (_, found) = config::read(sources.add("prescope.yaml", text), text);
    insta::assert_snapshot!(show::messages(&sources, &found));
}
