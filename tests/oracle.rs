//! An evaluator of its own, written from the meaning of the language and from nothing else, and the laws that the
//! project's evaluator has to keep with it.
//!
//! `world` is the data, `generate` makes it, `write` turns it into files, `evaluate` answers. `vectors` tests the
//! evaluator itself, `settling` its laws about settling, `laws` the project against it.

#![allow(unreachable_pub, reason = "a module of a test binary: nothing here is reachable from outside")]
#![allow(clippy::expect_used, reason = "a test may stop where a world is not what the generator promises")]

mod condition;
mod evaluate;
mod generate;
mod generate_policy;
mod settle;
mod settling;
mod tape;
mod vectors;
mod world;
mod write;
mod write_condition;
mod write_directory;

// The project's API is being built. To enable the laws, remove the two `cfg`s.
#[cfg(any())]
mod laws;
#[cfg(any())]
mod subject;
