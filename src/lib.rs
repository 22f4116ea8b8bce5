//! Who can see what, and why.

pub mod diagnostic;
pub mod directory;
pub mod graph;
pub mod model;
pub mod project;
pub mod resolve;
pub mod syntax;
pub mod text;
