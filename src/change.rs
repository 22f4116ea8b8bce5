//! What an administrator wants of policy objects (`set`, `new`, `remove`), as edits of the files they stand in: which
//! lines, what then holds for whom, and whether that is what was wanted.
//!
//! A [`Request`] names the objects. [`plan`] makes edits of it, which change only the lines they must. The pipeline
//! starts again from the edited texts, and [`contradiction`] compares what came out with what was planned, in the tree
//! and in the values of every object and user. [`crate::diff`] says what changes for whom, [`Preflight`] whether
//! privacy mode may be turned on.

mod declared;
mod deed;
mod layout;
mod named_scope;
mod objection;
mod plan;
mod preflight;
mod request;
mod scope;
mod step;
mod values;
mod verify;

pub use named_scope::NamedScope;
pub use objection::Objection;
pub use plan::{Plan, plan};
pub use preflight::{OldClient, Preflight};
pub use request::{Assigned, At, Request};
pub use step::{Done, Step, Value};
pub use values::value_words;
pub use verify::{Contradiction, contradiction};
