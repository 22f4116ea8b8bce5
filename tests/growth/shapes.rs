//! Every shape, by what grows.

mod findings;
mod groups;
mod names;
mod policies;
mod questions;

use super::given::Shape;

/// All of them. A new file of shapes joins this list.
pub(crate) const ALL: &[&[Shape]] =
    &[findings::SHAPES, groups::SHAPES, names::SHAPES, policies::SHAPES, questions::SHAPES];
