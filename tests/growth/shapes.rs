//! Every shape, by what grows.

mod groups;
mod questions;

use super::given::Shape;

/// All of them. A new file of shapes joins this list.
pub(crate) const ALL: &[&[Shape]] = &[groups::SHAPES, questions::SHAPES];
