//! Every world: whether it is compared, and what is said where prescope contradicts itself.

use crate::cli::args::Diff;
use crate::cli::failure::Failure;
use crate::compile::Set;
use crate::project::side::Side;
use crate::report::diff::changes_in_worlds;
use crate::worlds::{Everywhere, compare};

/// What differs in every world, where that is asked for or there is nobody else to ask about; None if it is not. What
/// comes or goes with a whole project is nobody's gain.
pub(super) fn everywhere(command: &Diff, sides: &[Side; 2], sets: [&Set; 2]) -> Result<Option<Everywhere>, Failure> {
    let has_people = sets.iter().any(|set| !set.model.users.is_empty());
    // Worlds have entries in force.
    if command.recorded || has_people && !command.all_worlds || !sides.iter().all(Side::has_project) {
        return Ok(None);
    }
    match compare(sets, command.limit) {
        Some(Ok(everywhere)) => Ok(Some(everywhere)),
        None => Ok(None),
        Some(Err(mistaken)) => {
            let message = format!(
                "the world in which this differs is none, since the resolver does not find it: {}",
                changes_in_worlds(&[mistaken.change])
            );
            let help = "please report this mistake of prescope with both sides".to_owned();
            Err(Failure::Other(message, Some(help)))
        }
    }
}
