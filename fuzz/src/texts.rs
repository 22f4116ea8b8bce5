//! The texts that people write: policies, directories, the project file, kept explanations.

use prescope::directory::{Address, Amendment, Domain, Entry, FileKind, Member, amend, read};
use prescope::expect::Reasons;
use prescope::language::{Diagnostic, Sources, Spanned, format, parse};
use prescope::project::{Project, config, readers};
use prescope::report::finding;
use prescope::report::page::Screen;
use prescope::report::telling::Telling;
use prescope::resolve::Entries;

use super::{PEOPLE, POLICY, everything, files};

/// How many bytes of a text a set is made of: what takes longest has limits of its own, which the suite counts.
const LARGE: usize = 20_000;

/// A policy file, by itself: every place is one of the text, and the layout is one that stays and means the same.
pub fn policy(bytes: &[u8]) {
    let mut sources = Sources::default();
    let file = sources.add("policy.prescope", String::from_utf8_lossy(bytes));
    let text = sources.text(file);
    let parsed = parse(file, text);
    shown(&sources, &parsed.diagnostics);
    // That it means the same, and that no comment is lost, is looked at by `format` itself.
    if let Ok(laid_out) = format(&parsed, text) {
        let again = parse(file, &laid_out);
        assert_eq!(format(&again, &laid_out).as_deref(), Ok(laid_out.as_str()), "the layout does not stay");
    }
}

/// A set whose policies are this text.
pub fn set(bytes: &[u8]) {
    whole(bytes, |text| Project::builder().policy("policy.prescope", text).directory("people.yaml", PEOPLE).build());
}

/// Policies.
pub fn policies() -> Vec<Vec<u8>> {
    let mut all = files::below(&["tests/fixtures", "examples", "policies"], &[".prescope"]);
    all.push(POLICY.as_bytes().to_vec());
    all
}

/// Policies that few others are needed for.
pub fn sets() -> Vec<Vec<u8>> {
    let mut all = files::below(&["tests/fixtures/model", "tests/fixtures/lint", "examples/minimal"], &[".prescope"]);
    all.extend((0..8).map(|_| POLICY.as_bytes().to_vec()));
    all
}

/// A directory in YAML.
pub fn directory_yaml(bytes: &[u8]) {
    directory(bytes, FileKind::Yaml);
    whole(bytes, |text| Project::builder().policy("policy.prescope", POLICY).directory("people.yaml", text).build());
}

/// A directory in lines of JSON.
pub fn directory_lines(bytes: &[u8]) {
    directory(bytes, FileKind::Lines);
    whole(bytes, |text| beside_people("people.ndjson", text));
}

/// A directory as a table.
pub fn directory_table(bytes: &[u8]) {
    directory(bytes, FileKind::Table);
    whole(bytes, |text| beside_people("people.csv", text));
}

fn directory(bytes: &[u8], kind: FileKind) {
    let mut sources = Sources::default();
    let file = sources.add("people", String::from_utf8_lossy(bytes));
    shown(&sources, &read(file, kind, sources.text(file)).1);
}

/// Directories in YAML.
pub fn directories_yaml() -> Vec<Vec<u8>> {
    let mut all = files::below(&["tests/fixtures/directory", "tests/fixtures/vectors", "examples"], &[".yaml"]);
    all.extend((0..8).map(|_| PEOPLE.as_bytes().to_vec()));
    all
}

/// Directories in lines of JSON.
pub fn directories_lines() -> Vec<Vec<u8>> {
    let mut all = files::below(&["tests/fixtures", "examples"], &[".ndjson", ".jsonl"]);
    all.push(br#"{"address": "cid@x.y", "name": "C", "site": "London", "contacts": ["ann@x.y", "kim@p.q"], "memberships": {"friends": ["group:crew", "user:ann@x.y"]}, "presence": {"state.availability": "busy"}, "attributes": {"age": 3}}
{"address": "dan@x.y", "mode": "private", "delegates": []}
"#.to_vec());
    all
}

/// Directories as tables.
pub fn directories_table() -> Vec<Vec<u8>> {
    let mut all = files::below(&["tests/fixtures", "examples"], &[".csv", ".tsv"]);
    all.push(b"address,name,site,attributes.age,presence.state.availability\ncid@x.y,\"C, \"\"D\"\"\",London,3,busy\ndan@x.y,,,,\n".to_vec());
    all.push(b"user,contact\nann@x.y,cid@x.y\nbob@x.y,kim@p.q\n".to_vec());
    all.push(b"user,container,entry\nann@x.y,friends,user:cid@x.y\nbob@x.y,partners,federated\n".to_vec());
    all
}

/// Changes of a directory in YAML: whatever it is, they are made or refused.
pub fn amended(bytes: &[u8]) {
    let mut sources = Sources::default();
    let file = sources.add("people.yaml", String::from_utf8_lossy(bytes));
    let known = |text: &str| Address::parse(text);
    let (Some(ann), Some(new), Some(kim)) = (known("ann@x.y"), known("new@x.y"), known("kim@p.q")) else { return };
    let entry = || Entry::User(new.clone());
    let changes = vec![
        Amendment::AddContact(new.clone()),
        Amendment::RemoveContact(kim),
        Amendment::AddEntry { container: "friends".to_owned(), entry: entry() },
        Amendment::RemoveEntry { container: "partners".to_owned(), entry: Entry::Federated },
        Amendment::SetMode("standard".to_owned()),
    ];
    match amend(file, sources.text(file), &[(ann, changes)]) {
        Ok(text) => {
            let after = sources.add("after.yaml", text);
            let (_, found) = read(after, FileKind::Yaml, sources.text(after));
            assert!(!found.iter().any(Diagnostic::is_error), "{}", finding::plain(&sources, &found));
        }
        Err(found) => shown(&sources, &found),
    }
}

/// A project file, its patterns included.
pub fn project_file(bytes: &[u8]) {
    let mut sources = Sources::default();
    let file = sources.add("prescope.yaml", String::from_utf8_lossy(bytes));
    let (config, found) = config::read(file, sources.text(file));
    shown(&sources, &found);
    shown(&sources, &readers::patterns(&config.policies));
    shown(&sources, &readers::patterns(&config.directory));
}

/// Project files.
pub fn project_files() -> Vec<Vec<u8>> {
    let mut all = files::below(&["tests/fixtures", "examples"], &["prescope.yaml"]);
    all.push(b"requires: \"0.1\"\npolicies: [\"a/**/*.prescope\", \"{b,c}/[!x-z]?.prescope\"]\ndirectory: [\"./*.yaml\"]\nlint: { missing-mask: off, block-bypass: error }\n".to_vec());
    all
}

/// One pattern on each line.
pub fn patterns(bytes: &[u8]) {
    let mut sources = Sources::default();
    let file = sources.add("patterns", String::from_utf8_lossy(bytes));
    let at = |line: &str| Spanned::new(line.to_owned(), prescope::language::Span::new(file, 0, 0));
    let all: Vec<_> = sources.text(file).lines().map(at).collect();
    shown(&sources, &readers::patterns(&all));
}

/// Patterns.
pub fn some_patterns() -> Vec<Vec<u8>> {
    let all =
        ["policies/**/*.prescope", "./a/{b,c,{d,e}}/[a-z]*[!0-9].yaml", "**/**/?\n/abs/../x", "a/**\nb[", "\\*\\"];
    all.map(|text| text.as_bytes().to_vec()).to_vec()
}

/// The version that a project requires.
pub fn version(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    project_file(format!("requires: {text}\npolicies: [a.prescope]\n").as_bytes());
    project_file(format!("requires: {text:?}\npolicies: [a.prescope]\n").as_bytes());
}

/// Versions.
pub fn versions() -> Vec<Vec<u8>> {
    ["0.1", "0", "0.1.0", "1.2.3-rc.1+build.5", "99999999999999999999.0"].map(|text| text.as_bytes().to_vec()).to_vec()
}

/// Addresses, domains, entries and members: written again they are the same.
pub fn addresses(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for line in text.lines() {
        if let Some(address) = Address::parse(line) {
            assert_eq!(Address::parse(address.as_str()).as_ref(), Some(&address));
        }
        if let Some(domain) = Domain::parse(line) {
            assert_eq!(Domain::parse(domain.as_str()).as_ref(), Some(&domain));
        }
        if let Ok(entry) = Entry::parse(line) {
            assert_eq!(Entry::parse(&entry.to_string()).as_ref(), Ok(&entry));
        }
        if let Ok(member) = Member::parse(line) {
            assert_eq!(Member::parse(&member.to_string()).as_ref(), Ok(&member));
        }
    }
}

/// Addresses.
pub fn some_addresses() -> Vec<Vec<u8>> {
    let all = [
        "SIP:Bob@Contoso.COM\nuser:a.b+c@x.y",
        "bob@b\u{fc}cher.example\nBOB@XN--BCHER-KVA.example.",
        "group:a \"b\"\ndomain:x.y.",
        "\u{130}\u{df}@stra\u{df}e.de\n\u{212a}@x.y",
        "federated\neveryone\nsame_enterprise",
    ];
    all.map(|text| text.as_bytes().to_vec()).to_vec()
}

/// Kept explanations: written again they are the same, blanks at the ends of lines aside.
pub fn reasons(bytes: &[u8]) {
    let text = Reasons::parse(&String::from_utf8_lossy(bytes)).text();
    assert_eq!(Reasons::parse(&text).text(), text);
}

/// Kept explanations of tests.
pub fn some_reasons() -> Vec<Vec<u8>> {
    let mut all = files::below(&["tests/fixtures", "examples"], &[".prescope.snap"]);
    all.push(format!("{}\n\"own\"\n  one\n    two\n\n\"oth\\\"er\"\n  three\n", Reasons::HEAD).into_bytes());
    all
}

/// A set of this text among others, with everything that can be said and asked of it.
fn whole(bytes: &[u8], project: impl FnOnce(&str) -> Project) {
    if bytes.len() > LARGE {
        return;
    }
    let project = project(&String::from_utf8_lossy(bytes));
    shown(project.sources(), project.diagnostics());
    if let (Ok(in_force), Ok(recorded)) = (project.rules(Entries::InForce), project.rules(Entries::Recorded)) {
        everything(&in_force, &recorded, project.sources(), bytes.len() as u64);
    }
}

fn beside_people(path: &str, text: &str) -> Project {
    let project = Project::builder().policy("policy.prescope", POLICY);
    project.directory(path, text).directory("people.yaml", PEOPLE).build()
}

/// Every place is one of its text, and everything found can be shown.
fn shown(sources: &Sources, found: &[Diagnostic]) {
    for label in found.iter().flat_map(|diagnostic| &diagnostic.labels) {
        let (start, end) = (label.span.start as usize, label.span.end as usize);
        assert!(sources.text(label.span.file).get(start..end).is_some(), "{found:?}");
    }
    _ = (finding::plain(sources, found), finding::graphical(sources, &Telling::each(found), Screen::COLOURED));
}
