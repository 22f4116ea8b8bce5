//! Which commands write files of a project.

use std::path::{Path, PathBuf};

use super::{Command, Reach};

/// Where a command writes.
#[derive(Debug)]
pub(in crate::cli) struct Writes<'a> {
    /// Files that were named; none is the project's own.
    pub(in crate::cli) files: &'a [PathBuf],
    pub(in crate::cli) reach: Reach,
}

/// Whether standard input is one of these paths.
pub(in crate::cli) fn has_input(paths: &[PathBuf]) -> bool {
    paths.iter().any(|path| path == Path::new("-"))
}

impl Command {
    /// Where this command writes; None if it only reads, or begins something new.
    pub(in crate::cli) fn writes(&self) -> Option<Writes<'_>> {
        let one = Writes { files: &[], reach: Reach { all_projects: false } };
        let (writes, wanted) = match self {
            Command::Fmt(fmt) => {
                let input = has_input(&fmt.files);
                (Writes { files: &fmt.files, reach: fmt.reach }, !(fmt.check || fmt.diff || input))
            }
            Command::Lint(lint) => (Writes { files: &lint.paths.paths, reach: lint.paths.reach }, lint.fix),
            Command::Test(test) => (Writes { files: &test.paths.paths, reach: test.paths.reach }, test.update),
            Command::Preference(_)
            | Command::Migrate(_)
            | Command::Contact(_)
            | Command::Block(_)
            | Command::Unblock(_)
            | Command::Set(_)
            | Command::New(_)
            | Command::Remove(_) => (one, self.planning().is_some_and(|planning| planning.write)),
            Command::Apply(_) | Command::Compile => (one, true),
            Command::Check(_)
            | Command::Explain(_)
            | Command::Mutate(_)
            | Command::Prove(_)
            | Command::Can(_)
            | Command::Why(_)
            | Command::Who(_)
            | Command::What(_)
            | Command::Disclosures(_)
            | Command::Audit(_)
            | Command::Batch(_)
            | Command::Mode(_)
            | Command::Show(_)
            | Command::Graph(_)
            | Command::Init(_)
            | Command::Schema(_)
            | Command::Completions(_)
            | Command::Diff(_)
            | Command::Man(_) => return None,
        };
        wanted.then_some(writes)
    }
}
