//! `init`: a project to begin with.

use std::path::{Path, PathBuf};

use super::Status;
use super::args::{Init, Location};
use super::failure::Failure;
use super::output::Output;
use crate::project::{self, LeftOut, Origin, Reason, StartError};
use crate::text::line;

/// What to try first. The questions are about the people of the project that is written.
const NEXT: [(&str, &str); 5] = [
    ("prescope check", "all errors at once"),
    ("prescope test", "what has to stay so"),
    ("prescope why bob see anna contact_card.mobile_phone", "an answer, with the lines that made it"),
    ("prescope what kim@fabrikam.com sees of anna", "everything a partner sees"),
    ("prescope show", "every name there is"),
];

pub(super) fn run(place: &Location, command: &Init, output: &mut Output) -> Result<Status, Failure> {
    let folder = command.folder.as_ref().or(place.project.as_ref());
    if command.folder.is_some() && place.project.is_some() || !place.policy.is_empty() {
        let message = "`init` begins a project in one folder".to_owned();
        return Err(Failure::Other(message, Some("name it once, as in `prescope init FOLDER`".to_owned())));
    }
    let folder = folder.cloned().unwrap_or_else(|| PathBuf::from(""));
    let started = project::start(&folder, Origin::of_build().as_ref()).map_err(|error| failure(&error))?;
    output.wrote(started.written.iter().map(|path| folder.join(path).display().to_string()));
    for path in &started.written {
        output.tell(line!("wrote {}", folder.join(path).display()))?;
    }
    for left_out in &started.left_out {
        output.tell(reason(&folder, left_out))?;
    }
    let widest = NEXT.iter().map(|(line, _)| line.len()).max().unwrap_or(0);
    output.tell("\nnext\n")?;
    if !folder.as_os_str().is_empty() {
        output.tell(line!("  cd {}", folder.display()))?;
    }
    for (line, does) in NEXT {
        output.tell(format!("  {line:widest$}  {does}\n"))?;
    }
    if started.written.contains(&".pre-commit-config.yaml") {
        output.tell(line!("  {:widest$}  the same before every commit, in a git repository", "pre-commit install"))?;
    }
    Ok(Status::Clean)
}

/// Why a file was left out, and what to do about it.
fn reason(folder: &Path, left_out: &LeftOut) -> String {
    let path = folder.join(left_out.path);
    let path = path.display();
    match &left_out.reason {
        Reason::Exists => {
            let text: String = left_out.text.lines().map(|line| format!("  {line}\n").replace("  \n", "\n")).collect();
            format!("\n{}\n{text}", line!("kept {path} as it is; ours would have been"))
        }
        Reason::Root(root) => {
            line!("left out {path}, which counts at the root of the repository only: {}", root.display())
        }
        Reason::NoOrigin => line!(
            "left out {path}: it would install this prescope, and nobody knew when it was built where others get it from"
        ),
    }
}

fn failure(error: &StartError) -> Failure {
    let help = match error {
        StartError::Exists(_) => "take another folder: `init` replaces nothing, and has written nothing",
        StartError::Folder(..) | StartError::Save(_) => "take a folder in which you may write; nothing was written",
    };
    Failure::Other(error.to_string(), Some(help.to_owned()))
}
