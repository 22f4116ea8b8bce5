//! Who can see what, and why: presence privacy and feature availability as policy files.
//!
//! A set is made of policies and a directory. This program compiles one, asks a question, and asks why:
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
//! # The names to learn first
//!
//! | to | use |
//! |---|---|
//! | load a set | a [`Project`]: [`Project::open`] a folder, [`Project::from_files`], or [`Project::builder`] for texts. [`Project::rules`] returns a [`RuleSet`] on the [`Entries`] you choose, recorded or in force; [`Project::set`] has the whole [`Set`], [`Project::diagnostics`] every [`Diagnostic`] |
//! | bring people from a program | [`DirectoryBuilder`], for [`Project::builder`] |
//! | ask who sees what | [`RuleSet::see`] makes a [`See`]; [`decide`] answers for one field with a [`Decision`], which holds the [`Answer`]; [`resolve::decisions`] answers for every field of a category; [`explain`] says why |
//! | ask who may use what | [`RuleSet::use_feature`] makes a [`Use`] in a [`Context`]; [`decide_use`] takes its `feature()` and `cast()`, [`explain_use`] takes it whole |
//! | ask "what if" | an [`Assumption`], read by [`Assumption::typed`], for [`RuleSet::assuming`] |
//! | list | [`who`] lists everybody who sees something, known or not; [`resolve::who_uses`] lists who may use a feature, [`resolve::what_uses`] what somebody may use |
//! | compare two sets | a [`Diff`]: [`Diff::between`], then [`Diff::effect`]: what changes for whom, of owners in both sets; [`Diff::arrived`] and [`Diff::left`] count the others. A [`diff::Structure`] says what differs as it is declared, and [`diff::Structure::hybrid`] puts some of it back |
//! | name what an answer holds | [`RuleSet::model`]: `people[id].address`, [`field_name`](model::Model::field_name), [`value_name`](model::Model::value_name) |
//!
//! Two sets, who sees a field in the first, and what changes in the second:
//!
//! ```
//! use prescope::{Diff, Entries, Project, who};
//!
//! let people = "
//!     organization: { domains: [contoso.com] }
//!     federation:   { partners: [fabrikam.com] }
//!     users:        { anna@contoso.com: {}, bob@contoso.com: {} }
//! ";
//! let load = |policy: &str| {
//!     let project = Project::builder().policy("policy.prescope", policy).directory("people.yaml", people).build();
//!     project.rules(Entries::InForce)
//! };
//! let before = load("use std/lync2013")?;
//! let after = load("use std/lync2013\nextend container external { publishes note }")?;
//!
//! let question = before.see("anonymous", "anna@contoso.com", "note", Some("personal"))?;
//! let list = who(&before, &question);
//! let known: Vec<&str> = list.known.iter().map(|it| before.model().people[it.person].address.as_str()).collect();
//! assert_eq!(known, ["bob@contoso.com"]);
//! for open in &list.open {
//!     println!("{}: {}", open.class.words(before.model()), open.gets.sees());
//! }
//!
//! for (_owners, shifts) in Diff::between(&before, &after).effect().presence.alike {
//!     assert_eq!(shifts[0].rest[0].everybody.words(), "anyone at fabrikam.com (federated)");
//!     assert_eq!(shifts[0].changes[0].field, "personal");
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! To ask about many owners, call [`RuleSet::prepare`] first, then [`decide_known`] with ids, which allocates nothing,
//! or [`decide_named`] with names, which allocates nothing if they are canonical and known.
//!
//! # What can go wrong
//!
//! No text causes a panic, and deciding cannot fail. Whatever can fail returns an [`Error`](std::error::Error) that is
//! `Send` and `Sync` and, when printed, says what is wrong:
//!
//! | error | when |
//! |---|---|
//! | [`SetErrors`] | a set with errors is asked for its rules |
//! | [`Unknown`] | a question names what is not there, or does not say all it has to |
//! | [`Malformed`] | a [`DirectoryBuilder`] is given something that is no address, domain or entry |
//! | [`project::NoPlan`], [`project::NoChange`], [`change::Objection`], [`migrate::Refusal`], [`project::SaveError`] | a change cannot be planned or written. Of these, [`project::NoPlan`] and [`project::NoChange`] also refuse a directory that a program built |
//!
//! Whoever sees or uses something may have an address that nobody has: that is no error, since strangers may ask too.
//! [`See::warnings`] and [`Use::warnings`] say what is doubtful about it. [`report::unknown::help`] says what to do
//! about an [`Unknown`]. Warnings about a set are in [`Project::diagnostics`], whether or not it has errors.
//!
//! # Threads
//!
//! A [`RuleSet`] never changes. Threads can share it, and a [`Project`] too. `examples/embed.rs` swaps in a reloaded
//! set while others ask. Nothing is kept between sets, and no thread outlives the call that started it.
//!
//! # Features
//!
//! `cli`, which is on unless you say `default-features = false`, is the program and what only it needs. Everything else
//! named here is there without it. Tools that read policies and answer nothing, such as editors, use the crate
//! `prescope-language`, which is [`language`] here.
//!
//! # Below
//!
//! Texts become trees ([`language`]), trees and a [`directory`] become a [`model`] in which every name is resolved, and
//! a model without errors becomes a rule [`graph`]. A question is answered by a walk through that graph ([`resolve`]);
//! the same walk with a listener is the explanation. [`compile`] is the whole pipeline in one place, [`project`] finds,
//! reads and writes the files, [`report`] turns answers into text and JSON. The language is documented in
//! `docs/language.md`, the architecture in `ARCHITECTURE.md`.

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
#[doc(hidden)]
pub mod mutate;
pub mod project;
pub mod prove;
pub mod report;
pub mod resolve;
#[doc(hidden)]
pub mod symbolic;
#[doc(hidden)]
pub mod text;
#[doc(hidden)]
pub mod viewers;
#[doc(hidden)]
pub mod worlds;

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
