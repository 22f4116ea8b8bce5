//! `schema`: the JSON Schemas of what is written and read.

use super::Status;
use super::args::Schema;
use super::failure::Failure;
use super::output::Output;
use crate::language::nearest;
use crate::report::json::schema::{DESCRIBED, described};

pub(super) fn run(command: &Schema, output: &mut Output) -> Result<Status, Failure> {
    match &command.name {
        None => {
            let widest = DESCRIBED.iter().map(|it| it.name.len()).max().unwrap_or(0);
            for it in DESCRIBED {
                output.tell(format!("{:widest$}  {}\n", it.name, it.is))?;
            }
        }
        Some(name) => output.print(&described(name).ok_or_else(|| unknown(name))?.schema())?,
    }
    Ok(Status::Clean)
}

fn unknown(name: &str) -> Failure {
    let near = nearest(name, DESCRIBED.iter().map(|it| it.name)).map(|near| near.help());
    let help = near.unwrap_or_else(|| "`prescope schema` lists them".to_owned());
    Failure::Other(format!("there is no schema `{name}`"), Some(help))
}
