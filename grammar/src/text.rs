//! Texts, places in them, and nearest names. Knows no word of the language.

mod command;
mod line_index;
mod source;
mod span;
mod suggest;

#[doc(hidden)]
pub use command::{is_command, spell};
pub use line_index::Position;
pub use source::{FileId, Lines, Source, Sources};
pub use span::{Span, Spanned};
#[doc(hidden)]
pub use suggest::one_of;
pub use suggest::{Near, nearest};
