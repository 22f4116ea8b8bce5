//! Who can see what, and why: presence privacy and feature availability as policy files.
//!
//! A set is policies and a directory. From texts to an answer, and to why:
//!
//! ```
//! use prescope::{Answer, Entries, Project, decide, explain};
//!
//! let policy = "use std/lync2013";
//! let people = "
//!     organization: { domains: [contoso.com] }
//!     federation:   { partners: [fabrikam.com] }
//!     users:        { anna@contoso.com: {} }
//! ";
//! let project = Project::builder().policy("policy.prescope", policy).directory("people.yaml", people).build();
//! let rules = project.rules(Entries::InForce)?;
//!
//! let question = rules.see("kim@fabrikam.com", "anna@contoso.com", "state", Some("location"))?;
//! assert_eq!(decide(&rules, &question).answer, Answer::Hidden);
//!
//! let explanation = explain(&rules, &question);
//! let steps: Vec<&str> = explanation.sentences.iter().map(|sentence| sentence.step).collect();
//! assert_eq!(steps.first(), Some(&"viewer"));
//! assert!(steps.contains(&"membership"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The names to begin with
//!
//! | to | there is |
//! |---|---|
//! | load a set | [`Project`]: a folder, files, or texts. It has a [`Set`] and every [`Diagnostic`]; asked for its rules, it gives a [`RuleSet`] on recorded [`Entries`] or those in force |
//! | bring people from a program | [`DirectoryBuilder`], for [`Project::builder`] |
//! | ask who sees what | [`See`], made by [`RuleSet::see`]; [`decide`] makes a [`Decision`] with its [`Answer`], [`explain`] tells why |
//! | ask who may use what | [`Use`], made by [`RuleSet::use_feature`] in a [`Context`]; [`decide_use`], [`explain_use`] |
//! | ask as if | [`Assumption`], for [`RuleSet::assuming`] |
//! | list | [`who`] sees something: everybody, known or not |
//! | compare two sets | [`Diff`]: what changes for whom |
//!
//! Whoever asks about many owners calls [`RuleSet::prepare`] first, and then [`decide_known`] by ids or
//! [`decide_named`] by names: neither allocates.
//!
//! # What can go wrong
//!
//! No text makes anything panic, and deciding cannot fail. What can is an [`Error`](std::error::Error), `Send` and `Sync`, that
//! says what is wrong when it is printed:
//!
//! | error | when |
//! |---|---|
//! | [`SetErrors`] | a set with errors is asked for its rules |
//! | [`Unknown`] | a question names what is not there, or does not say all it has to |
//! | [`Malformed`] | a [`DirectoryBuilder`] is given something that is no address, domain or entry |
//! | [`project::NoPlan`], [`change::Objection`], [`project::SaveError`] | a change cannot be planned or written |
//!
//! # Threads
//!
//! A [`RuleSet`] never changes and can be shared between threads, as a [`Project`] can. `examples/embed.rs` swaps a reloaded one in
//! while others ask. Nothing is kept between sets, and no thread outlives the call that started it.
//!
//! # Features
//!
//! `cli`, which is on unless you say `default-features = false`, is the program and what only it needs. Everything else
//! named here is there without it. Tools that read policies and answer nothing, such as editors, use the crate
//! `prescope-language`, which is [`language`] here.
//!
//! # Below
//!
//! Texts become trees ([`language`]), trees and a [`directory`] become a [`model`] in which every name is resolved, and a
//! model without errors becomes a rule [`graph`]. A question is answered by a walk through that graph ([`resolve`]); the
//! same walk with a listener is the explanation. [`compile`] is the whole pipeline in one place, [`project`] finds, reads
//! and writes the files, [`report`] turns answers into text and JSON. The language is documented in `docs/language.md`,
//! the architecture in `ARCHITECTURE.md`.

pub mod change;
#[cfg(feature = "cli")]
#[doc(hidden)]
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod diff;
pub mod directory;
pub mod expect;
pub mod graph;
#[doc(hidden)]
pub mod library;
pub mod lint;
pub mod migrate;
pub mod model;
pub mod project;
pub mod report;
pub mod resolve;
#[doc(hidden)]
pub mod symbolic;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod viewers;

pub use prescope_language as language;

pub use compile::Set;
pub use diff::Diff;
pub use directory::{DirectoryBuilder, Malformed};
pub use language::Diagnostic;
pub use project::{Project, SetErrors};
pub use resolve::{
    Answer, Assumption, Context, Decision, Entries, RuleSet, See, Unknown, Use, decide, decide_known, decide_named,
    decide_use, explain, explain_use, who,
};

/// The program in the README compiles and runs.
#[cfg(doctest)]
#[allow(rustdoc::invalid_codeblock_attributes, reason = "the words behind a block's language are for our own tests")]
#[doc = include_str!("../README.md")]
struct Readme;
