//! What the stages find: its codes, where they put it, and causes before what follows from them. What a diagnostic is,
//! the language says.

mod cause;
pub mod code;
mod sink;

pub use sink::Sink;
