//! What changes nothing: the order of files and of independent declarations, and the numbers of containers.

use std::collections::BTreeSet;

use prescope::language::Severity;
use prescope::project::Project;
use proptest::prelude::*;

use super::generate::worlds;
use super::generate_policy::renumbered;
use super::subject::{Subject, all_answers};
use super::write::{Layout, Sources, sources, spoilt};
use crate::tries::config;

/// What is found, without the places, which are other ones in another layout. Lists of names inside a message follow
/// the text, so words count and their order does not; nor does case, which a layout changes where it means nothing.
fn found(project: &Project) -> BTreeSet<(&'static str, Severity, Vec<String>)> {
    let words = |text: &str| -> Vec<String> {
        let mut words: Vec<String> =
            text.split_whitespace().map(|word| word.trim_matches([',', '`']).to_lowercase()).collect();
        words.sort();
        words
    };
    let told = project.diagnostics().iter();
    told.map(|it| {
        let help = it.help.as_deref().unwrap_or_default();
        (it.code.name(), it.severity, words(&format!("{} {help}", it.message)))
    })
    .collect()
}

fn project(sources: &Sources) -> Project {
    Project::builder().policies(sources.policies.clone()).directories(sources.directories.clone()).build()
}

proptest! {
    #![proptest_config(config(80))]

    #[test]
    fn the_order_of_files_and_declarations_changes_nothing(
        world in worlds(), seed in 1_u64.., files in 1_usize..4
    ) {
        let plain = Subject::of(&world);
        let shuffled = Subject::read(&sources(&world, Layout { files, seed }));
        prop_assert_eq!(all_answers(&shuffled, &world), all_answers(&plain, &world));
        prop_assert_eq!(found(&shuffled.project), found(&plain.project));
    }

    #[test]
    fn the_order_in_which_files_are_given_changes_nothing_at_all(
        world in worlds(), seed in 1_u64.., files in 2_usize..5
    ) {
        let given = sources(&world, Layout { files, seed });
        let mut reversed = given.clone();
        reversed.policies.reverse();
        reversed.directories.reverse();
        let (given, reversed) = (Subject::read(&given), Subject::read(&reversed));
        prop_assert_eq!(all_answers(&reversed, &world), all_answers(&given, &world));
        let told = |project: &Project| -> Vec<_> {
            let place = |span| (project.sources().path(span).to_owned(), project.sources().text(span).to_owned());
            let told = project.diagnostics().iter();
            told.map(|it| {
                let at = it.span().map(|span| (place(span.file), span.start, span.end));
                (it.code.name(), it.message.clone(), at)
            }).collect()
        };
        prop_assert_eq!(told(&reversed.project), told(&given.project));
    }

    #[test]
    fn the_order_of_declarations_changes_nothing_that_is_found_in_a_spoilt_set(
        world in worlds(), seed in 1_u64.., files in 1_usize..4, at in any::<prop::sample::Index>(), twice in any::<bool>()
    ) {
        let plain = project(&spoilt(&world, Layout::default(), at, twice));
        let shuffled = project(&spoilt(&world, Layout { files, seed }, at, twice));
        prop_assert_eq!(shuffled.has_errors(), plain.has_errors());
        prop_assert_eq!(found(&shuffled), found(&plain), "{:#?}", spoilt(&world, Layout::default(), at, twice));
    }

    #[test]
    fn only_the_order_of_the_ids_changes_anything(
        world in worlds(), gaps in proptest::collection::vec(any::<u8>(), 0..8)
    ) {
        let other = renumbered(&world, &gaps);
        let (here, there) = (Subject::of(&world), Subject::of(&other));
        prop_assert_eq!(all_answers(&there, &world), all_answers(&here, &world));
    }
}
