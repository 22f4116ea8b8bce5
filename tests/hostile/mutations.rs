//! Real files with something lost, doubled or swapped: whatever comes of it compiles to a set or to findings, and can
//! be rendered.

use std::sync::OnceLock;

use prescope::project::Project;
use prescope::report::page::Screen;
use prescope::report::telling::Telling;
use prescope::report::{Beside, finding, json};
use prescope::resolve::Entries::InForce;
use prescope::resolve::{explain, who};
use proptest::prelude::*;

use crate::given;
use crate::tries::config;

/// One accident.
#[derive(Clone, Debug)]
enum Accident {
    DropBytes(usize, usize),
    DoubleBytes(usize, usize),
    Insert(usize, &'static str),
    DropLine(usize),
    DoubleLine(usize),
    SwapLines(usize, usize),
}

/// What slips in: everything that means something somewhere, and what means nothing anywhere.
const SLIPS: [&str; 24] = [
    "{",
    "}",
    "(",
    ")",
    "\"",
    "'",
    ":",
    ",",
    ".",
    "|",
    "=",
    "//",
    "///",
    "#",
    "&",
    "*a",
    "- ",
    "\n",
    "\t",
    "\0",
    "é",
    "not ",
    "99999999999999999999",
    "extend ",
];

fn accident() -> impl Strategy<Value = Accident> {
    let at = || 0..usize::MAX;
    prop_oneof![
        (at(), 1..40_usize).prop_map(|(at, length)| Accident::DropBytes(at, length)),
        (at(), 1..40_usize).prop_map(|(at, length)| Accident::DoubleBytes(at, length)),
        (at(), 0..SLIPS.len()).prop_map(|(at, slip)| Accident::Insert(at, SLIPS[slip])),
        at().prop_map(Accident::DropLine),
        at().prop_map(Accident::DoubleLine),
        (at(), at()).prop_map(|(one, other)| Accident::SwapLines(one, other)),
    ]
}

impl Accident {
    fn happen(&self, text: &str) -> String {
        let part = |at: usize, length: usize| {
            let at = at % (text.len() + 1);
            let start = (0..=at).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
            let end = (start + length).min(text.len());
            start..(end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
        };
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        let line = |at: usize| at % lines.len().max(1);
        match *self {
            Accident::DropBytes(at, length) => {
                let part = part(at, length);
                [&text[..part.start], &text[part.end..]].concat()
            }
            Accident::DoubleBytes(at, length) => {
                let part = part(at, length);
                [&text[..part.end], &text[part.start..]].concat()
            }
            Accident::Insert(at, slip) => {
                let at = part(at, 0).start;
                [&text[..at], slip, &text[at..]].concat()
            }
            _ if lines.is_empty() => String::new(),
            Accident::DropLine(at) => {
                lines.remove(line(at));
                lines.concat()
            }
            Accident::DoubleLine(at) => {
                let at = line(at);
                lines.insert(at, lines[at]);
                lines.concat()
            }
            Accident::SwapLines(one, other) => {
                let (one, other) = (line(one), line(other));
                lines.swap(one, other);
                lines.concat()
            }
        }
    }
}

/// The larger example, the catalogue as files of one's own, and every fixture of the parser.
fn sets() -> &'static [Vec<(String, String)>] {
    static SETS: OnceLock<Vec<Vec<(String, String)>>> = OnceLock::new();
    SETS.get_or_init(|| {
        let read = |folder: &str, ending: &str| -> Vec<(String, String)> {
            given::files_below(folder, ending).into_iter().map(|path| (path.clone(), given::text_of(&path))).collect()
        };
        let mut contoso = read("examples/contoso/policies", ".prescope");
        contoso.extend(read("examples/contoso/directory", ".yaml"));
        let mut catalogue = read("policies/lync2013", ".prescope");
        catalogue.extend(read("policies/lync2013", ".yaml"));
        vec![contoso, catalogue, read("tests/fixtures/syntax", ".prescope")]
    })
}

/// Compiles a set, renders what was found, and asks something if there is an answer.
fn goes_through(files: Vec<(String, String)>) {
    let (directory, policies) = files.into_iter().partition::<Vec<_>, _>(|(path, _)| path.ends_with(".yaml"));
    let project = Project::builder().policies(policies).directories(directory).build();
    let found = project.diagnostics();
    for diagnostic in found {
        for label in &diagnostic.labels {
            assert!(label.span.end as usize <= project.sources().text(label.span.file).len(), "{diagnostic:?}");
        }
    }
    _ = finding::plain(project.sources(), found);
    _ = finding::graphical(project.sources(), &Telling::grouped(project.sources(), found, "`--all`"), Screen::COLOURED);
    _ = json::findings(project.sources(), found, Beside::default());
    let Ok(rules) = project.rules(InForce) else {
        assert!(found.iter().any(prescope::language::Diagnostic::is_error), "no answers, and no reason");
        return;
    };
    if let Ok(question) = rules.see("kim@fabrikam.com", "anna@contoso.com", "state", None) {
        _ = explain(&rules, &question);
        _ = who(&rules, &question);
    }
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn damaged_files_compile_to_a_set_or_to_findings(
        set in 0..3_usize,
        accidents in prop::collection::vec((0..usize::MAX, accident()), 1..6),
    ) {
        let mut files = sets()[set].clone();
        for (file, accident) in &accidents {
            let file = file % files.len();
            files[file].1 = accident.happen(&files[file].1);
        }
        goes_through(files);
    }
}
