//! Why a command could not answer.

use std::fmt;
use std::io;

use super::words;
use crate::change::Objection;
use crate::diff::NoRename;
use crate::project::SaveError;
use crate::project::side::SideError;
use crate::resolve::Unknown;
use crate::text::shown;

/// Why a command could not answer.
#[derive(Debug)]
pub(super) enum Failure {
    /// The set has errors, which have been printed already.
    Errors,
    /// Something else: what, and what to do.
    Other(String, Option<String>),
    /// The output cannot be written, though the command is done.
    Output(io::Error),
    /// The reader of the output has gone.
    Closed,
}

impl From<Unknown> for Failure {
    fn from(unknown: Unknown) -> Failure {
        let (message, help) = words::unknown(&unknown);
        Failure::Other(message, help)
    }
}

impl From<Objection> for Failure {
    fn from(objection: Objection) -> Failure {
        let (message, help) = words::objection(&objection);
        Failure::Other(message, help)
    }
}

impl From<NoRename> for Failure {
    fn from(no: NoRename) -> Failure {
        let (message, help) = words::rename(&no);
        Failure::Other(message, help)
    }
}

impl From<SideError> for Failure {
    fn from(error: SideError) -> Failure {
        let (message, help) = words::side(&error);
        Failure::Other(message, help)
    }
}

impl From<SaveError> for Failure {
    fn from(error: SaveError) -> Failure {
        let told = error.diagnostic();
        Failure::Other(told.message, told.help)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::Closed,
            _ => Failure::Output(error),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let broken;
        let (message, help) = match self {
            Failure::Errors => ("a set with errors answers no question", None),
            Failure::Other(message, help) => (message.as_str(), help.as_deref()),
            Failure::Output(error) => {
                broken = format!("the output cannot be written: {error}");
                (broken.as_str(), None)
            }
            Failure::Closed => ("nobody reads the output", None),
        };
        write!(f, "error: {}", shown(message))?;
        match help {
            Some(help) => write!(f, "\n  help: {}", shown(help)),
            None => Ok(()),
        }
    }
}
