//! The shipped catalogue against facts that somebody else transcribed from the two supplements and the cmdlets' pages.
//!
//! `sections`, `settings` and `controls` compare what is declared, `exposure` and `storage` what is revealed in which
//! world, and `lines` every single rule and disclosure. `removal` takes each line away and sees that somebody notices.

#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]

mod controls;
mod cut;
mod exposure;
mod facts;
mod lines;
mod removal;
mod sections;
mod settings;
mod storage;
