//! Renames: what is told to be called otherwise in HEAD is compared as if BASE had called it so.

use prescope::Set;
use prescope::diff::{Diff, NoRename, Renames, Structure};
use prescope::project::Project;
use prescope::resolve::{Entries, RuleSet};
use proptest::prelude::*;

use super::edit::edited;
use super::generate::worlds;
use super::laws_structure::project;
use super::tape::Tape;
use super::write::{Layout, Sources, sources};
use crate::structure::{alike, graph, joins, texts};
use crate::tries::config;

/// Names that stand for one thing in all random sets, so that texts can be searched for them: with what goes before in
/// a rename.
const NAMES: [(&str, &str); 14] = [
    ("state.", "availability"),
    ("state.", "location"),
    ("note.", "personal"),
    ("card.", "email"),
    ("feed.", "history"),
    ("", "external"),
    ("", "colleagues"),
    ("", "workgroup"),
    ("", "staff"),
    ("", "board"),
    ("", "anna@contoso.com"),
    ("", "bob@contoso.com"),
    ("", "kim@fabrikam.com"),
    ("", "zoe@contoso.com"),
];

/// The texts with other names: `x_NAME` for each, wherever it stands as a word.
fn renamed(sources: &Sources, names: &[(&str, &str)]) -> Sources {
    let is_of_word = |letter: char| letter.is_alphanumeric() || "_@-".contains(letter);
    let renamed = |text: &String| {
        let mut text = text.clone();
        for (_, name) in names {
            let places: Vec<usize> = text.match_indices(name).map(|(at, _)| at).collect();
            for at in places.into_iter().rev() {
                let starts = text[..at].chars().next_back().is_none_or(|letter| !is_of_word(letter));
                let ends = text[at + name.len()..].chars().next().is_none_or(|letter| !is_of_word(letter));
                // The title of a container is no name.
                if starts && ends && !text[..at].ends_with(") \"") {
                    text.insert_str(at, "x_");
                }
            }
        }
        text
    };
    let all = |files: &[(String, String)]| files.iter().map(|(path, text)| (path.clone(), renamed(text))).collect();
    Sources { policies: all(&sources.policies), directories: all(&sources.directories) }
}

/// The names that are told, as far as both sides have them.
fn told<'n>([base, head]: [&Project; 2], names: &[(&'n str, &'n str)]) -> (Renames, Vec<(&'n str, &'n str)>) {
    let mut fitting = Vec::new();
    let mut written = Vec::new();
    for (category, name) in names {
        let one = format!("{category}{name}={category}x_{name}");
        match Renames::read(std::slice::from_ref(&one), [base.model(), head.model()]) {
            Ok(_) => {
                fitting.push((*category, *name));
                written.push(one);
            }
            Err(NoRename::Unknown { .. }) => {}
            Err(no) => panic!("{no}"),
        }
    }
    (Renames::read(&written, [base.model(), head.model()]).expect("each fits"), fitting)
}

fn rules(set: &Set) -> RuleSet {
    RuleSet::new(graph(set).clone(), Entries::InForce)
}

proptest! {
    #![proptest_config(config(96))]

    #[test]
    fn what_is_told_as_renamed_is_compared_as_one(
        world in worlds(), other in worlds(), choices in proptest::collection::vec(any::<u8>(), 40)
    ) {
        let mut tape = Tape::new(&choices);
        let names = tape.some(&NAMES, 40);
        let files = sources(&world, Layout::default());
        let (base, same) = (project(files.clone()), project(renamed(&files, &names)));
        let (renames, fitting) = told([&base, &same], &names);
        let applied = renames.applied(base.set()).expect("no errors");
        let structure = Structure::renamed(&applied, same.set(), &renames);
        prop_assert!(structure.is_empty(), "{:?} {:#?}", fitting, structure.differences);
        prop_assert!(structure.looks_renamed().is_empty());
        prop_assert!(alike(graph(&applied), graph(same.set())), "{:?}", fitting);
        prop_assert!(renamed(&files, &names) == files || !fitting.is_empty(), "{:?}", names);

        // What else differs is what would differ if BASE had the names already.
        let edited = edited(&world, &other, &mut tape);
        let head = project(renamed(&sources(&edited, Layout::default()), &names));
        let (renames, fitting) = told([&base, &head], &names);
        let (applied, written) =
            (renames.applied(base.set()).expect("no errors"), project(renamed(&files, &fitting)));
        let [one, other] =
            [&applied, written.set()].map(|base| Diff::between(&rules(base), &rules(head.set())).outcome());
        prop_assert_eq!(one, other, "{:?}", fitting);
        let one = Structure::renamed(&applied, head.set(), &renames);
        let other = Structure::between(written.set(), head.set());
        prop_assert_eq!(texts(&one), texts(&other), "{:?}", fitting);
        joins(&one, [&applied, head.set()]);
    }
}
