//! What a machine may write: every fix there is leads to fewer errors, and none decides what its author has to decide.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use prescope::diagnostic::code;
use prescope::language::{Diagnostic, FileId, Fix, Severity, Sources, edited};
use prescope::project::Project;

use crate::given;
use crate::tries::is_due;

/// Every code that comes with a fix, and why the fix cannot change what the text means. A code that is not here may not
/// have one.
const SOUND: &[(&str, &str)] = &[
    ("syntax::missing-separator", "two entries stay two entries"),
    ("syntax::foreign-operator", "the operator has one counterpart"),
    ("syntax::foreign-type", "the type has one counterpart"),
    ("syntax::missing-label", "labels decide nothing"),
    ("syntax::bad-text", "the text is not read before"),
    ("syntax::unexpected", "the text is not read before"),
    ("directory::unknown-key", "the key is not read before, and no other is near"),
    ("directory::bad-entry", "the entry is not read before, and no other word is near"),
    ("directory::csv", "the column is not read before, and no other is near"),
    ("directory::unknown-group", "the name means nothing before, and no other is near"),
    ("directory::unknown-pool", "the name means nothing before, and no other is near"),
    ("directory::unknown-site", "the name means nothing before, and no other is near"),
    ("directory::unknown-tag", "the name means nothing before, and no other is near"),
    ("model::duplicate-name", "denials of two guards of one thing add up, as those of an extension do"),
    ("model::missing-use", "without the library the names mean nothing"),
    ("model::unknown-category", "the name means nothing before, and no other is near"),
    ("model::unknown-class", "the name means nothing before, and no other is near"),
    ("model::unknown-container", "the name means nothing before, and no other is near"),
    ("model::unknown-data", "the name means nothing before, and no other is near"),
    ("model::unknown-feature", "the name means nothing before, and no other is near"),
    ("model::unknown-field", "the name means nothing before, and no other is near"),
    ("model::unknown-label", "the label names nothing before, and no other is near"),
    ("model::unknown-library", "the name means nothing before, and no other is near"),
    ("model::unknown-manifest", "the name means nothing before, and no other is near"),
    ("model::unknown-person", "the test is refused before, and one slip of the pen leads to one person only"),
    ("model::unknown-place", "the name means nothing before, and no other is near"),
    ("model::unknown-recipient", "the name means nothing before, and no other is near"),
    ("model::unknown-role", "the name means nothing before, and no other is near"),
    ("model::unknown-setting", "the name means nothing before, and no other is near"),
    ("model::unknown-value", "only quotes change, or no other value is near"),
    ("model::wrong-type", "a range has the same two ends"),
    ("project::bad-file", "the word is not read before, and no other is near"),
    ("project::unknown-lint", "the name means nothing before, and no other is near"),
];

/// Texts with their findings.
fn samples() -> &'static [Project] {
    static SAMPLES: OnceLock<Vec<Project>> = OnceLock::new();
    SAMPLES.get_or_init(made)
}

fn made() -> Vec<Project> {
    let file = |path: &str| (path.rsplit('/').next().unwrap_or_default().to_owned(), given::text_of(path));
    let mut all = Vec::new();
    for path in given::files_below("tests/fixtures/syntax/bad", ".prescope") {
        all.push(Project::builder().policies([file(&path)]).build());
    }
    let folder = "tests/fixtures/model";
    for path in given::files_below(folder, ".prescope") {
        let name = path[folder.len() + 1..].trim_end_matches(".prescope");
        let yaml = given::files_below(folder, ".yaml").into_iter();
        let yaml = yaml.filter(|other| other[folder.len() + 1..].starts_with(&format!("{name}.")));
        all.push(Project::builder().policies([file(&path)]).directories(yaml.map(|path| file(&path))).build());
    }
    for path in given::files_below("tests/fixtures/directory", ".yaml") {
        all.push(Project::builder().directories([file(&path)]).build());
    }
    let more = [
        ("use std/lync_2013\n", ""),
        ("use std/lnyc2013\nextend container workgroup { publishes note }\n", ""),
        ("extend container workgroup { publishes note }\n", ""),
        ("extend guard note { without \"notes are of\" }\nuse std/lync2013\n", ""),
        (
            "use std/lync2013\n",
            "users: { anna@contoso.com: { polices: { } } }\norganization: { domains: [contoso.com] }\n",
        ),
        (
            "use std/lync2013\n",
            "organization: { domains: [contoso.com] }\nsites: { Redmond: { pools: [pool01.contoso.com] } }\n\
             groups: { designers: [], others: [\"group:desingers\"] }\nusers:\n  anna@contoso.com: { site: Redmnod }\n  \
             bob@contoso.com: { pool: pol01.contoso.com }\n  \
             carl@contoso.com: { memberships: { workgroup: [\"group:dseigners\"] } }\n",
        ),
        ("use std/lync2013\n", "a.csv"),
    ];
    for (policy, people) in more {
        let people = match people {
            "" => Vec::new(),
            "a.csv" => vec![("a.csv", "user,nmae\nanna@contoso.com,Anna\n")],
            yaml => vec![("a.yaml", yaml)],
        };
        all.push(Project::builder().policy("more.prescope", policy).directories(people).build());
    }
    all
}

/// The project with one fix made.
fn fixed(project: &Project, fix: &Fix) -> Project {
    let mut texts: BTreeMap<FileId, String> = BTreeMap::new();
    for edit in &fix.edits {
        let file = edit.span.file;
        let of_file: Vec<_> = fix.edits.iter().filter(|edit| edit.span.file == file).collect();
        texts.insert(file, edited(project.sources().text(file), of_file));
    }
    project.with_texts(&texts).expect("a project of texts")
}

fn errors(project: &Project) -> usize {
    project.diagnostics().iter().filter(|it| it.is_error()).map(|it| 1 + it.followers).sum()
}

/// What a finding is about: not its place, which an edit before it moves.
fn about(sources: &Sources, finding: &Diagnostic) -> (&'static str, String, String) {
    let text = finding.span().map(|span| sources.slice(span).to_owned()).unwrap_or_default();
    (finding.code.name(), finding.message.clone(), text)
}

#[test]
fn a_fix_mends_what_it_is_for_and_breaks_nothing() {
    let (mut seen, mut number) = (BTreeSet::new(), 0);
    for project in samples() {
        for finding in project.diagnostics() {
            let Some(fix) = &finding.fix else { continue };
            let code = finding.code.name();
            // By default of each code the first, and a share of the others.
            number += 1;
            if !(seen.insert(code) || is_due(number)) {
                continue;
            }
            assert!(SOUND.iter().any(|(known, _)| *known == code), "why is the fix of {code} sound? {finding:?}");
            assert!(
                finding.severity == Severity::Error,
                "what means something is not made to mean another: {finding:?}"
            );
            let mended = fixed(project, fix);
            // What could not be read before may be wrong in other ways.
            let unread = code.starts_with("syntax::") || code == "model::unknown-library";
            assert!(unread || errors(&mended) <= errors(project), "{finding:?}: {:?}", mended.diagnostics());
            let of_this = |project: &Project| {
                let wanted = about(project.sources(), finding);
                let alike = |it: &&Diagnostic| about(project.sources(), it) == wanted;
                project.diagnostics().iter().filter(alike).count()
            };
            let before = about(project.sources(), finding);
            let left = mended.diagnostics().iter().filter(|it| about(mended.sources(), it) == before).count();
            assert!(left < of_this(project), "{finding:?} is still there");
        }
    }
    let missing: Vec<&str> = SOUND.iter().map(|(code, _)| *code).filter(|code| !seen.contains(code)).collect();
    // These come of project files and of names that a directory declares.
    let elsewhere = ["project::bad-file", "project::unknown-lint"];
    let missing: Vec<&str> = missing.into_iter().filter(|code| !elsewhere.contains(code)).collect();
    assert!(missing.is_empty(), "no sample has a fix of {missing:?}");
}

/// `lync_2013` for `lync_2010` or one address for another would be somebody's guess. In a test, where a slip can be
/// meant to be one person only, it is told what somebody new has to be brought with.
#[test]
fn a_fix_changes_no_digit_and_no_address() {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let mut fixes = 0;
    for project in samples() {
        for finding in project.diagnostics().iter().filter(|it| it.code.name().contains("::unknown-")) {
            for edit in finding.fix.iter().flat_map(|fix| &fix.edits) {
                let written = project.sources().slice(edit.span);
                fixes += 1;
                assert_eq!(digits(written), digits(&edit.text), "{finding:?}");
                assert!(!edit.text.contains('@') || finding.code == code::UNKNOWN_PERSON, "{finding:?}");
            }
        }
    }
    assert!(fixes > 20, "{fixes}");
}
