//! `compile`: a snapshot of the set, for questions to come.

use super::Status;
use super::args::Location;
use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::model::NotKept;
use crate::project::NoSnapshot;
use crate::text::line;

pub(super) fn run(place: &Location, output: &mut Output) -> Result<Status, Failure> {
    let project = open::sound(place, output)?;
    let written = project.write_snapshot()?;
    output.wrote([written.path.to_owned()]);
    let files = if written.files == 1 { "1 file".to_owned() } else { format!("{} files", written.files) };
    output.tell(line!("wrote {}: the set of {files}", written.path))?;
    Ok(Status::Clean)
}

impl From<NoSnapshot> for Failure {
    fn from(none: NoSnapshot) -> Failure {
        let help = match none {
            NoSnapshot::Errors => return Failure::Errors,
            NoSnapshot::Save(error) => return error.into(),
            NoSnapshot::NoProject => "leave --policy and --directory out, or name a project with --project",
            NoSnapshot::Changed(_) => "run the command again; it starts from what is there now",
            NoSnapshot::Unreadable(..) => "see that every file of the project can be read",
            NoSnapshot::Name(_) => "rename it, or go without a snapshot: questions are answered from the files",
            NoSnapshot::NoKey(_) => "put that right, or go without a snapshot: questions are answered from the files",
            NoSnapshot::NotKept(NotKept::TooLarge) => "go without one: questions are answered from the files",
            NoSnapshot::NotKept(NotKept::Condition) => "make several rules of it, or go without a snapshot",
            NoSnapshot::NotKept(NotKept::Unsound) => {
                "please report it, this is a mistake of prescope; go without a snapshot"
            }
        };
        Failure::Other(none.to_string(), Some(help.to_owned()))
    }
}
