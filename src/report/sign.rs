//! Signs for answers in tables, each in the colour of what it means, and the line below a table that explains them.

use super::page::{Ink, Page};
use super::table::Cell;

/// How much is given.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Sign {
    /// All of it.
    Full,
    /// A part, or something else.
    Half,
    /// Nothing.
    Empty,
}

impl Sign {
    fn letter(self) -> &'static str {
        match self {
            Sign::Full => "●",
            Sign::Half => "◐",
            Sign::Empty => "○",
        }
    }

    fn ink(self) -> Ink {
        match self {
            Sign::Full => Ink::Yes,
            Sign::Half => Ink::Partly,
            Sign::Empty => Ink::No,
        }
    }
}

impl From<Sign> for Cell {
    fn from(sign: Sign) -> Cell {
        Cell::inked(sign.ink(), sign.letter())
    }
}

/// What signs mean, in a line.
pub(super) fn legend(meanings: &[(Sign, &str)]) -> Page {
    let mut text = Page::new();
    for (at, (sign, meaning)) in meanings.iter().enumerate() {
        text.push_str(if at == 0 { "  " } else { "   " });
        text.push_str(Page::inked(sign.ink(), sign.letter()));
        text.push_str(format!(" {meaning}"));
    }
    text + "\n"
}
