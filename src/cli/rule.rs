//! `rule`: what a lint finds, and why.

use super::Status;
use super::args::Rule;
use super::failure::Failure;
use super::output::Output;
use crate::language::nearest;
use crate::lint::{RULES, document, find};

pub(super) fn run(command: &Rule, output: &mut Output) -> Result<Status, Failure> {
    match &command.name {
        None => {
            let widest = RULES.iter().map(|rule| rule.name().len()).max().unwrap_or(0);
            for rule in RULES {
                let line = format!("{:widest$}  {:11}  {}\n", rule.name(), rule.level.name(), rule.code.title());
                output.tell(line)?;
            }
        }
        Some(name) => {
            let rule = find(name).ok_or_else(|| unknown(name))?;
            output.tell(document(rule).trim_end())?;
            output.tell("\n")?;
        }
    }
    Ok(Status::Clean)
}

/// A name that no lint has.
pub(super) fn unknown(name: &str) -> Failure {
    let near = nearest(name, RULES.iter().map(|rule| rule.name())).map(|near| near.help());
    let help = near.unwrap_or_else(|| "`prescope rule` lists them".to_owned());
    Failure::Other(format!("there is no lint `{name}`"), Some(help))
}
