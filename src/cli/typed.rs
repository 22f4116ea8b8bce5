//! Command lines as words: as they can be typed again, and as they are kept.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory};

use super::args::{ABOUT_TELLING, Arguments, Location};

/// A command line of these words, quoted for a shell, so that it can be typed again.
pub(super) fn shell(words: impl IntoIterator<Item = String>) -> String {
    shell_words(std::iter::once("prescope".to_owned()).chain(words))
}

/// Words as a shell reads them.
pub(super) fn shell_words(words: impl IntoIterator<Item = String>) -> String {
    let words = words.into_iter().map(|word| {
        let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./:=@~^,".contains(letter);
        if !word.is_empty() && word.chars().all(plain) { word } else { format!("'{}'", word.replace('\'', "'\\''")) }
    });
    words.collect::<Vec<String>>().join(" ")
}

/// The words that say where the project is.
pub(super) fn at(place: &Location) -> Vec<String> {
    let files = |name: &str, files: &[PathBuf]| -> Vec<String> {
        files.iter().flat_map(|file| [name.to_owned(), file.display().to_string()]).collect()
    };
    let folder = place.project.as_slice();
    [files("--project", folder), files("--policy", &place.policy), files("--directory", &place.directory)].concat()
}

/// The words of a command line that say what is planned: always the same ones, whatever the order in which they were
/// typed. Where the project is and how the plan is told is left out.
pub(super) fn asked(typed: &[OsString]) -> Result<Vec<String>, clap::Error> {
    let mut all = Arguments::command();
    let matches = all.try_get_matches_from_mut(typed)?;
    // Only then does every command know which of its options hold for all.
    all.build();
    let mut words = Vec::new();
    let (mut command, mut matches) = (&all, &matches);
    while let Some((name, of_command)) = matches.subcommand() {
        let Some(below) = command.find_subcommand(name) else { break };
        words.push(name.to_owned());
        words.extend(said(below, of_command));
        (command, matches) = (below, of_command);
    }
    Ok(words)
}

/// What is said to one command, but for what is said to a command of it.
fn said(command: &Command, matches: &ArgMatches) -> Vec<String> {
    let is_said = |argument: &&Arg| {
        let id = argument.get_id().as_str();
        !argument.is_global_set()
            && !ABOUT_TELLING.contains(&id)
            && matches.value_source(id) == Some(ValueSource::CommandLine)
    };
    let (places, options): (Vec<&Arg>, Vec<&Arg>) =
        command.get_arguments().filter(is_said).partition(|argument| argument.is_positional());
    let values = |argument: &Arg| -> Vec<String> {
        let raw = matches.get_raw(argument.get_id().as_str()).into_iter().flatten();
        raw.map(|value| value.to_string_lossy().into_owned()).collect()
    };
    let places: Vec<String> = places.into_iter().flat_map(&values).collect();
    let options: Vec<String> = options.into_iter().flat_map(|option| spelt(option, values(option))).collect();
    // Behind `--` nothing is taken for an option.
    match places.iter().any(|place| place.starts_with('-')) {
        true => options.into_iter().chain(["--".to_owned()]).chain(places).collect(),
        false => places.into_iter().chain(options).collect(),
    }
}

/// An option with its values.
fn spelt(option: &Arg, values: Vec<String>) -> Vec<String> {
    let name = format!("--{}", option.get_long().unwrap_or_default());
    if matches!(option.get_action(), ArgAction::SetTrue) {
        return vec![name];
    }
    let each = |value: String| match value.starts_with('-') {
        true => vec![format!("{name}={value}")],
        false => vec![name.clone(), value],
    };
    values.into_iter().flat_map(each).collect()
}
