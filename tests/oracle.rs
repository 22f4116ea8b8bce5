//! An evaluator of its own, written from the meaning of the language and from nothing else, and the laws that the
//! project's evaluator has to keep with it.
//!
//! `world` is the data, `generate` makes it, `write` turns it into files, `evaluate` answers. `vectors` tests the
//! evaluator itself, `settling` its laws about settling, `laws` the project against it.

#![allow(unreachable_pub, reason = "a module of a test binary: nothing here is reachable from outside")]
#![allow(clippy::expect_used, reason = "a test may stop where a world is not what the generator promises")]

pub(crate) mod condition;
pub(crate) mod edit;
pub(crate) mod evaluate;
pub(crate) mod generate;
pub(crate) mod generate_policy;
mod laws;
mod laws_assume;
mod laws_cause;
mod laws_change;
mod laws_count;
mod laws_diff;
mod laws_explain;
mod laws_migrate;
mod laws_order;
mod laws_renamed;
mod laws_structure;
mod laws_who;
mod regressions;
pub(crate) mod settle;
pub(crate) mod settling;
pub(crate) mod subject;
pub(crate) mod tape;
mod vectors;
pub(crate) mod world;
pub(crate) mod write;
pub(crate) mod write_condition;
mod write_directory;

pub(crate) use generate::worlds;
pub(crate) use subject::{MODES, Subject, answers};
