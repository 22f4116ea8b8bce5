//! What differs between two sets in every world: against an evaluator of its own, and as the command tells it.

mod command;
mod laws;
mod names;
