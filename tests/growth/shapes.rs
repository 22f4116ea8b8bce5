//! Every shape, by what grows.

mod groups;
mod names;
mod policies;
mod questions;

use super::given::Shape;

/// All of them. A new file of shapes joins this list.
pub(crate) const ALL: &[&[Shape]] = &[groups::SHAPES, names::SHAPES, policies::SHAPES, questions::SHAPES];
