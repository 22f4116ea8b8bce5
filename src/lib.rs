//! Who can see what, and why: presence privacy and feature availability as policy files.
//!
//! Texts become trees ([`language`]), trees and a [`directory`] become a [`model`] in which every name is resolved, and a
//! model without errors becomes a rule [`graph`]. A question is answered by a walk through that graph ([`resolve`]);
//! the same walk with a listener is the explanation. What a stage finds wrong is a [`language::Diagnostic`], never a panic;
//! [`compile`] is the whole pipeline in one place, [`project`] finds and reads the files, [`report`] writes answers.
//!
//! From texts to an explanation:
//!
//! ```
//! use prescope::project::Project;
//! use prescope::resolve::{Answer, Entries, decide, explain};
//!
//! let policy = "use std/lync2013";
//! let people = "
//!     organization: { domains: [contoso.com] }
//!     federation:   { partners: [fabrikam.com] }
//!     users:        { anna@contoso.com: {} }
//! ";
//! let project = Project::from_sources(
//!     [("policy.prescope".to_owned(), policy.to_owned())],
//!     [("people.yaml".to_owned(), people.to_owned())],
//! );
//! assert!(project.diagnostics().is_empty());
//!
//! let rules = project.rules(Entries::InForce).ok_or("the set has errors")?;
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
//! Directories that come from a program are built with [`directory::DirectoryBuilder`]; `examples/embed.rs` shows it. The
//! language is documented in `docs/language.md`, the architecture in `ARCHITECTURE.md`.

pub mod change;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compile;
pub mod diagnostic;
pub mod diff;
pub mod directory;
pub mod expect;
pub mod graph;
pub mod library;
pub mod lint;
pub mod migrate;
pub mod model;
pub mod project;
pub mod report;
pub mod resolve;
pub mod symbolic;
pub mod text;
pub mod viewers;

pub use prescope_language as language;

/// The program in the README compiles and runs.
#[cfg(doctest)]
#[allow(rustdoc::invalid_codeblock_attributes, reason = "the words behind a block's language are for our own tests")]
#[doc = include_str!("../README.md")]
struct Readme;
