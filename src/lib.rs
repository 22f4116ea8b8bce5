//! Who can see what, and why.

#[cfg(feature = "cli")]
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod directory;
pub mod format;
pub mod graph;
pub mod library;
pub mod model;
pub mod project;
pub mod report;
pub mod resolve;
pub mod syntax;
pub mod text;
