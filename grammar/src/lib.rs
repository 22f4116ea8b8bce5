//! The policy language of [prescope](https://docs.rs/prescope): what an editor, a highlighter or another tool needs of
//! it, and nothing else. What policies mean, and for whom, the crate `prescope` says.
//!
//! [`parse`] makes a tree ([`ast`]) of any text, with the place of every name ([`Span`]) and everything that is wrong
//! ([`Diagnostic`]), each with a help and, where a machine can mend it, a [`Fix`]. [`format()`] gives a text without
//! errors its one layout.
//!
//! ```
//! use prescope_language::{Sources, format, parse};
//!
//! let mut sources = Sources::default();
//! let file = sources.add("chat.prescope", "feature chat for user {\n  deny \"no account\" unless user.EnabledForSip }\n");
//! let parsed = parse(file, sources.text(file));
//! assert!(parsed.diagnostics.is_empty());
//! assert_eq!(
//!     format(&parsed, sources.text(file))?,
//!     "feature chat for user {\n    deny \"no account\" unless user.EnabledForSip\n}\n",
//! );
//! # Ok::<(), prescope_language::Unsound>(())
//! ```
//!
//! A text with mistakes has a tree too, of all that could be read:
//!
//! ```
//! use prescope_language::{Sources, code, edited, parse};
//!
//! let mut sources = Sources::default();
//! let file = sources.add("notes.prescope", "category note { personal }\ncontainr team (20) { publishes note }\n");
//! let parsed = parse(file, sources.text(file));
//! assert_eq!(parsed.items.len(), 1);
//!
//! let [wrong] = parsed.diagnostics.as_slice() else { panic!("one mistake") };
//! assert_eq!(wrong.code, code::UNEXPECTED);
//! let place = wrong.span().map(|span| (sources.start(span).line, sources.slice(span)));
//! assert_eq!(place, Some((2, "containr")));
//!
//! let fix = wrong.fix.as_ref().ok_or("a slip of the pen")?;
//! assert_eq!(fix.title, "write `container`");
//! assert!(parse(file, &edited(sources.text(file), &fix.edits)).diagnostics.is_empty());
//! # Ok::<(), &str>(())
//! ```
//!
//! Columns are counted in characters ([`Position`]), spans in bytes. Parsing never fails and never panics; nesting has
//! a limit, and so does the number of errors of a file. The grammar is `prescope.pest`, and every construct is
//! explained in `docs/language.md` of the repository.

mod diagnostic;
mod format;
mod syntax;
mod text;

pub use diagnostic::{Code, Diagnostic, Edit, Fix, Label, Severity, code, edited};
pub use format::{Unsound, format};
pub use syntax::{Parsed, ast, extent, parse};
pub use text::{FileId, Lines, Near, Position, Source, Sources, Span, Spanned, nearest};

// For prescope itself, whose messages name and list things as those of the language do.
#[doc(hidden)]
pub use format::{Fragment, one_line};
#[doc(hidden)]
pub use text::{is_command, one_of, spell};
