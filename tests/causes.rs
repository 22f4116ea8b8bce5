//! Causes before what follows from them: what is shown beside a cause is what is left when the cause is mended, no more
//! and no less.

use std::collections::BTreeMap;

use prescope::language::Diagnostic;
use prescope::project::Project;
use prescope::report::page::Screen;
use prescope::report::telling::Telling;
use prescope::report::{Beside, finding, github, json, junit, sarif};

use crate::given;
use crate::tries::{by_turns, share};

/// The texts of the larger example, by path.
fn contoso() -> BTreeMap<String, String> {
    let folder = "examples/contoso/";
    let files = given::files_below(folder, ".prescope").into_iter().chain(given::files_below(folder, ".yaml"));
    let own = files.filter(|path| !path.ends_with("prescope.yaml"));
    own.map(|path| (path.replace(folder, ""), given::text_of(&path))).collect()
}

fn compiled(texts: &BTreeMap<String, String>) -> Project {
    let of = |ending: &'static str| texts.clone().into_iter().filter(move |(path, _)| path.ends_with(ending));
    Project::builder().policies(of(".prescope")).directories(of(".yaml")).build()
}

/// What a finding says and where, but for the line: the mended text may have another number of them.
fn told(project: &Project, finding: &Diagnostic) -> String {
    let path = finding.span().map(|span| project.sources().path(span.file).to_owned()).unwrap_or_default();
    format!("{path}: {} [{}]", finding.message, finding.code.name())
}

/// One mistake in one file of the example: where, what stands there, what somebody writes instead, the code that names
/// it.
type Mistake = (&'static str, &'static str, &'static str, &'static str);

const MISTAKES: &[Mistake] = &[
    ("policies/contoso.prescope", "use std/lync2013", "use std/lync2031", "model::unknown-library"),
    ("policies/contoso.prescope", "use std/lync2013", "use lync", "model::unknown-library"),
    ("policies/contoso.prescope", "use std/lync2013\n", "", "model::missing-use"),
    ("directory/contoso.yaml", "organization: {", "organization:{", "directory::unknown-key"),
    ("directory/contoso.yaml", "organization:", "organisation:", "directory::unknown-key"),
    ("directory/contoso.yaml", "federation:", "\tfederation:", "directory::yaml"),
    ("directory/contoso.yaml", "domains: [contoso.com", "domains: contoso.com", "directory::yaml"),
    ("directory/contoso.yaml", "groups:", "gruops:", "directory::unknown-key"),
    ("directory/contoso.yaml", "sites:", "sitse:", "directory::unknown-key"),
    ("directory/redmond.yaml", "    attributes:", "\tattributes:", "directory::yaml"),
    ("directory/london.yaml", "users:", "user:", "directory::unknown-key"),
    ("policies/levels.prescope", "inner_circle(401)", "inner_circle(401", "syntax::unexpected"),
    ("policies/levels.prescope", "container inner_circle", "contaner inner_circle", "syntax::unexpected"),
    ("policies/levels.prescope", "\"Inner Circle\"", "\"Inner Circle", "syntax::bad-text"),
    ("policies/contoso.prescope", "works_from: office |", "works_from: office %", "syntax::unexpected"),
    ("policies/meetings.prescope", "recipient works_council", "recipeint works_council", "syntax::unexpected"),
    ("policies/meetings.prescope", "feature minutes", "faeture minutes", "syntax::unexpected"),
];

/// Mistakes of their own, which stay whatever else is wrong.
const OTHERS: [(&str, &str); 3] = [
    ("policies/more.prescope", "use std/lync2013\nextend container colleages { publishes note }\n"),
    ("policies/other.prescope", "guard contact_card.phote { deny \"x\" when viewer.nothing }\n"),
    ("policies/third.prescope", "policy ClientPolicy global { Nothing = 5 }\n"),
];

fn with(mistake: &Mistake, others: bool) -> (Project, Project) {
    let (path, right, wrong, _) = mistake;
    let mut texts = contoso();
    if others {
        // The second file would say `use` for the first.
        let uses = if right.starts_with("use") { 1 } else { 0 };
        texts.extend(OTHERS.iter().skip(uses).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    }
    let mended = compiled(&texts);
    let text = texts.get_mut(*path).expect("a file");
    assert!(text.contains(right), "{path} says `{right}`");
    *text = text.replacen(right, wrong, 1);
    (compiled(&texts), mended)
}

#[test]
fn what_is_shown_beside_a_cause_is_what_is_left_without_it() {
    for (number, mistake) in share(MISTAKES.iter().enumerate()) {
        // Each with others beside it or without, or both.
        for others in by_turns(number, [true, false]) {
            let (broken, mended) = with(mistake, others);
            let [cause, rest @ ..] = broken.diagnostics() else { panic!("{mistake:?} is found") };
            assert_eq!(cause.code.name(), mistake.3, "{mistake:?}: {:?}", broken.diagnostics());
            assert!(cause.followers > 0, "{mistake:?}");
            let rest: Vec<String> = rest.iter().map(|finding| told(&broken, finding)).collect();
            let left: Vec<String> = mended.diagnostics().iter().map(|finding| told(&mended, finding)).collect();
            assert_eq!(rest, left, "{mistake:?}");
            assert_eq!(left.len() > 2, others);
        }
    }
}

/// The library is one fix away, and the fix is right.
#[test]
fn the_fix_of_a_missing_library_is_the_whole_mend() {
    for mistake in MISTAKES.iter().filter(|mistake| mistake.3 == "model::missing-use") {
        let (broken, mended) = with(mistake, false);
        let fix = broken.diagnostics()[0].fix.clone().expect("a fix");
        let file = fix.edits[0].span.file;
        let text = prescope::language::edited(broken.sources().text(file), &fix.edits);
        let again = broken.with_texts(&[(file, text)].into()).expect("a project of texts");
        assert_eq!((again.diagnostics(), mended.diagnostics()), (&[][..], &[][..]));
    }
}

/// A set with a language of its own is not told to use ours because one of its names is misspelt.
#[test]
fn a_library_is_missed_only_where_it_would_help() {
    let found = |policy: &str| {
        let project = Project::builder().policy("a.prescope", policy).build();
        project.diagnostics().iter().map(|it| it.code.name()).collect::<Vec<_>>()
    };
    let own = "category state { a }\ncategory contact_card { b }\ncontainer workgroup(1) { publishes note }\n";
    assert_eq!(found(own), ["model::unknown-category"]);
    assert_eq!(found("category notes { a }\ncontainer c(1) { publishes note }\n"), ["model::unknown-category"]);
    assert_eq!(found("extend container workgroup { publishes note }\n"), ["model::missing-use"]);
    assert_eq!(found("extend container c { publishes c }\n"), ["model::unknown-container"]);
}

/// Every format says how much it does not show.
#[test]
fn every_format_says_what_it_leaves_out() {
    let (broken, _) = with(&MISTAKES[0], false);
    let (sources, found) = (broken.sources(), broken.diagnostics());
    let followers = found[0].followers;
    let said = format!("{followers} more findings follow from this one and are not shown");
    assert!(followers > 100);
    let telling = Telling::grouped(sources, found, "`--all`");
    for text in [
        finding::plain(sources, found),
        finding::graphical(sources, &telling, Screen::PIPE),
        sarif::sarif(sources, &telling, Beside::default()),
        github::github(sources, &telling),
        junit::junit(sources, found, Beside::default()),
    ] {
        assert!(text.contains(&said), "{text}");
    }
    let told = finding::summary(found).expect("something to count");
    assert_eq!(told, format!("1 error ({followers} more follow and are not shown)"));
    let json: serde_json::Value =
        serde_json::from_str(&json::findings(sources, found, Beside::default())).expect("JSON");
    assert_eq!(json["counts"]["followers"], followers);
    assert_eq!(json["findings"][0]["followers"], followers);
}

/// A place of one's own comes before one in a library, which its reader cannot change.
#[test]
fn ones_own_line_comes_first() {
    let policy = "use std/lync2013\nextend feature recording { otherwise available }\n\
                  attributes user { client: a | b = a }\n";
    let project = Project::builder().policy("own.prescope", policy).build();
    assert!(project.diagnostics().len() > 1);
    for finding in project.diagnostics() {
        let path = finding.span().map(|span| project.sources().path(span.file));
        assert_eq!(path, Some("own.prescope"), "{finding:?}");
    }
}
