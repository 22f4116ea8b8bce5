//! The grammar, compiled.

use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "../grammar/prescope.pest"]
pub(super) struct Grammar;
