//! The one layout of policy files: 100 columns, four blanks a level, every comment where its author put it.
//!
//! - An entry stands on one line if that fits. Otherwise it goes on below, four blanks further in: a condition breaks
//!   before `and`, `or`, `when` and `unless`, a list behind its commas, as late as possible and never inside a part
//!   that fits on a line of its own. The values of a type go on under their colon; if two lines do not hold them, each
//!   has its own.
//! - A block that its author wrote on one line stays there if it fits and holds no comment. Every other has a line for
//!   each entry, without commas (but for a name that would be read as part of the entry above), and an empty one is
//!   `{}`.
//! - Runs of neighbours of one kind align what follows their names: `=`, `{`, `:`, `in`, `as`, `has`, `when`, `unless`,
//!   titles. A blank line, a comment or an entry of several lines ends a run; only rules align across the lines their
//!   conditions go on with. A run that would get longer by it stays as it is. The verbs of a container's lines always
//!   have the same width. Nothing else aligns.
//! - Blank lines between entries are their author's, at most one at a time; none at the edges of a block, one below
//!   `//!`.
//! - Texts, quotes and numbers stay as written. Parts that may come in any order get the one of the grammar.
//!   Parentheses that change nothing go, except around an `and` beside an `or`.
//! - A comment at the end of a line stays there, one alone on its line stays before what it stood before; inside an
//!   entry the next word starts a line. Parentheses and commas stay where a comment would get another meaning without
//!   them.
//!
//! What was laid out is parsed once more, and refused if it says anything else than before.

#![deny(clippy::wildcard_enum_match_arm)] // a new construct does not compile until it can be printed

mod align;
mod condition;
mod entry;
mod feature;
mod fragment;
mod item;
mod list;
mod measure;
mod piece;
mod presence;
mod proof;
mod render;
mod rows;
mod setting;
mod tape;

pub use fragment::{Fragment, one_line};

use std::fmt;

use crate::diagnostic::Diagnostic;
use crate::syntax::{Parsed, parse};

/// How many characters a line holds.
const WIDTH: usize = 100;

/// How far each level stands in.
const INDENT: usize = 4;

/// Why a file is left as it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unsound {
    /// It has errors, so not all of it is in the tree.
    Unread,
    /// Laid out it would mean something else. That is a mistake of the formatter.
    Meaning,
    /// Laid out it would lose or move a comment. That is a mistake of the formatter.
    Comments,
}

impl fmt::Display for Unsound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Unsound::Unread => "a file with errors cannot be formatted",
            Unsound::Meaning => "formatting would change what the file means",
            Unsound::Comments => "formatting would lose a comment",
        })
    }
}

impl std::error::Error for Unsound {}

/// The text in the one layout. `parsed` is what the parser made of `text`.
pub fn format(parsed: &Parsed, text: &str) -> Result<String, Unsound> {
    if parsed.diagnostics.iter().any(Diagnostic::is_error) {
        return Err(Unsound::Unread);
    }
    let laid_out = tape::Tape::new(parsed, text).file(&parsed.items);
    if laid_out != text {
        check(parsed, &laid_out)?;
    }
    Ok(laid_out)
}

/// Compares what was laid out with what was read, places aside.
fn check(parsed: &Parsed, laid_out: &str) -> Result<(), Unsound> {
    let again = parse(parsed.file, laid_out);
    if again.diagnostics.iter().any(Diagnostic::is_error) || again.items != parsed.items {
        Err(Unsound::Meaning)
    } else if again.doc != parsed.doc || again.comments != parsed.comments {
        Err(Unsound::Comments)
    } else {
        Ok(())
    }
}
