//! Who can see what, and why.

pub mod diagnostic;
pub mod directory;
pub mod model;
pub mod syntax;
pub mod text;
