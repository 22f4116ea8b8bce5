//! Texts, places in them, and nearest names. Knows no word of our domain.

mod by_text;
mod guesses;
mod line_index;
mod looks;
mod moved;
mod progress;
mod shown;
mod slips;
mod source;
mod span;
mod suggest;
pub(crate) mod sum;

pub(crate) use by_text::ByText;
pub(crate) use guesses::first_of;
pub use guesses::{Guesses, listed, one_of};
pub use line_index::Position;
pub(crate) use looks::{Odd, hidden, looks, odd, taken_for_ascii};
pub use moved::Moved;
pub use progress::Progress;
pub(crate) use progress::Way;
pub(crate) use shown::{is_command, is_plain, line, one_line, shown, spell};
pub(crate) use slips::Slips;
pub use source::{FileId, Lines, Source, Sources};
pub use span::{Span, Spanned};
pub(crate) use suggest::is_slip;
pub use suggest::{Near, nearest};
