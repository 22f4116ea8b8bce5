//! The life cycle of a directory's entries: which manifest is in effect, what recorded entries have to become, contacts
//! that come and go. Everything here is a plan; nothing is written, and [`crate::diff`] says what it changes for whom.

mod act;
mod contact;
mod mode;
mod plan;
mod preference;
mod refusal;
mod rewrite;

pub use act::{Act, Because, Does};
pub use contact::{Block, Proposal, add, block, entry_matchers, move_to, remove, unblock};
pub use mode::{Mode, OptOut, State, mode};
pub use plan::{Lost, Migration, Migrations, Options, Unrecorded, migration, migrations};
pub use preference::{Preference, preference};
pub use refusal::{Note, Refusal};
pub use rewrite::{Residue, recorded_of, spelt};
