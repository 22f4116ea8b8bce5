//! Mistakes in a command line, with proposals that are near: clap's own are near in letters only by half.

use clap::CommandFactory;
use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, Error};

use super::args::Arguments;
use crate::language::nearest;

/// What was typed, and what clap proposes instead.
const PROPOSED: [(ContextKind, ContextKind); 3] = [
    (ContextKind::InvalidSubcommand, ContextKind::SuggestedSubcommand),
    (ContextKind::InvalidArg, ContextKind::SuggestedArg),
    (ContextKind::InvalidValue, ContextKind::SuggestedValue),
];

/// Words for which there is no command, and what to say instead of a proposal.
const ELSEWHERE: &[(&str, &str)] = &[
    ("rule", "`prescope explain CODE` says what a lint finds, and why"),
    ("list", "`prescope show` lists every name"),
    ("format", "`prescope fmt` formats policy files"),
];

/// The same mistake without proposals that nobody can have meant.
pub(super) fn honest(mut error: Error) -> Error {
    for (typed, proposed) in PROPOSED {
        let Some(ContextValue::String(typed)) = error.get(typed).cloned() else { continue };
        let proposals = match error.remove(proposed) {
            Some(ContextValue::String(only)) => vec![only],
            Some(ContextValue::Strings(several)) => several,
            _ => Vec::new(),
        };
        let elsewhere =
            ELSEWHERE.iter().find(|(word, _)| proposed == ContextKind::SuggestedSubcommand && *word == typed);
        if let Some((_, words)) = elsewhere {
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(*words)]));
            continue;
        }
        let bare = |word: &str| word.trim_start_matches('-').to_owned();
        let commands = Arguments::command();
        let known: Vec<String> = match proposed {
            ContextKind::SuggestedSubcommand => commands.get_subcommands().map(|it| it.get_name().to_owned()).collect(),
            _ => proposals,
        };
        let near = |known: &&String| nearest(&bare(&typed), [bare(known).as_str()]).is_some();
        let mut near: Vec<String> = known.iter().filter(near).cloned().collect();
        match near.len() {
            0 => {}
            1 => _ = error.insert(proposed, ContextValue::String(near.remove(0))),
            _ => _ = error.insert(proposed, ContextValue::Strings(near)),
        }
    }
    error
}
