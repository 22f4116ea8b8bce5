//! Where something stands in a text.

use serde::{Deserialize, Serialize};

use super::FileId;

/// A range of bytes in one file. Always on character borders of that file's text.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end` of `file`, in bytes.
    pub const fn new(file: FileId, start: usize, end: usize) -> Span {
        // Sources refuse texts of 4 GiB and more, so offsets fit.
        Span { file, start: start as u32, end: end as u32 }
    }

    /// The range from the start of this one to the end of the other.
    #[must_use]
    pub fn to(self, other: Span) -> Span {
        Span { file: self.file, start: self.start, end: other.end.max(self.start) }
    }

    /// The empty range before this one.
    #[must_use]
    pub fn before(self) -> Span {
        Span { end: self.start, ..self }
    }

    /// The empty range behind this one.
    #[must_use]
    pub fn after(self) -> Span {
        Span { start: self.end, ..self }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// True for an empty range.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }
}

/// A value and the place it was read from.
///
/// Equality and hashing look at the value only: two trees are equal when they mean the same, wherever they stand.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// The value.
    pub it: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Puts a value and its place together.
    pub fn new(it: T, span: Span) -> Spanned<T> {
        Spanned { it, span }
    }

    /// The same place with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned { it: change(self.it), span: self.span }
    }
}

impl<T: PartialEq> PartialEq for Spanned<T> {
    fn eq(&self, other: &Self) -> bool {
        self.it == other.it
    }
}

impl<T: Eq> Eq for Spanned<T> {}

impl<T: std::hash::Hash> std::hash::Hash for Spanned<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.it.hash(state);
    }
}
