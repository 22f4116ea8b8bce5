//! Who can see what, and why.

pub mod diagnostic;
pub mod directory;
pub mod project;
pub mod syntax;
pub mod text;
