//! What an entry is made of before its lines are known: words, and the places where a line may end.

use std::borrow::Cow;

/// A part of an entry.
#[derive(Debug)]
pub(super) enum Piece<'a> {
    /// Words that stand together.
    Text(Cow<'a, str>),
    /// A blank where no line ends.
    Blank,
    /// Blanks that give words of a block the same width; none where the block stands on one line.
    Pad(usize),
    /// A blank that alignment widens. Columns end where the numbers of neighbours differ.
    Tab(u8),
    /// A place where a line may end.
    Break(Break),
    /// Pieces up to the matching [`Piece::Close`] belong together.
    Open(Group),
    /// The end of a group.
    Close,
    /// Up to here a [`Break::Tight`] or [`Break::Rest`] wants to stay on the line.
    Mark,
    /// A comment: whatever follows starts a line.
    Comment(Comment<'a>),
}

/// When a line ends.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Break {
    /// A blank, unless what follows up to the next break of this group does not fit.
    Soft,
    /// The same, but only what follows up to the mark has to fit.
    Tight,
    /// The same, where alignment widens the blank.
    TightTab,
    /// As [`Break::Soft`], where alignment widens the blank.
    Column(u8),
    /// The same; behind a list that needed several lines all of the next group has to fit.
    Rest,
    /// The same, and always where the clause before it needed several lines.
    Apart,
    /// Before a `|`.
    Bar,
    /// Behind an opening brace: nothing, or a blank.
    OpenEdge(bool),
    /// Before a closing brace: the same.
    CloseEdge(bool),
}

impl Break {
    /// How wide it is if the line goes on.
    pub(super) fn width(self) -> usize {
        match self {
            Break::Soft
            | Break::Apart
            | Break::Tight
            | Break::TightTab
            | Break::Column(_)
            | Break::Rest
            | Break::Bar => 1,
            Break::OpenEdge(blank) | Break::CloseEdge(blank) => usize::from(blank),
        }
    }
}

/// How the lines of a group stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Group {
    /// So much further in.
    Nest(usize),
    /// A level further in if the break before it ended a line.
    Clause,
    /// Where the lines around it stand; remembers whether it needed several.
    List,
    /// Where the lines around it stand; what follows a list.
    Rest,
    /// Values with bars between, under the colon before them.
    Values,
    /// In braces: on one line, or the braces apart from lines a level further in.
    Braces,
}

/// What a comment is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum CommentKind {
    /// `//`
    Plain,
    /// `///`
    Doc,
    /// `//!`
    FileDoc,
}

/// A comment as it stood in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment<'a> {
    /// From the slashes to the last character.
    pub(super) text: &'a str,
    /// Where it starts.
    pub(super) start: usize,
    /// What it is for.
    pub(super) kind: CommentKind,
    /// Alone on its line.
    pub(super) alone: bool,
}

impl Comment<'_> {
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

impl Piece<'_> {
    /// Its width on one line, in characters, without alignment.
    pub(super) fn width(&self) -> usize {
        match self {
            Piece::Text(text) => width(text),
            Piece::Blank | Piece::Tab(_) => 1,
            Piece::Pad(blanks) => *blanks,
            Piece::Break(at) => at.width(),
            Piece::Open(_) | Piece::Close | Piece::Mark | Piece::Comment(_) => 0,
        }
    }

    /// The column it belongs to, if alignment widens it.
    pub(super) fn tab(&self) -> Option<u8> {
        match self {
            Piece::Tab(column) => Some(*column),
            Piece::Break(Break::TightTab) => Some(0),
            Piece::Break(Break::Column(column)) => Some(*column),
            Piece::Text(_)
            | Piece::Blank
            | Piece::Pad(_)
            | Piece::Break(_)
            | Piece::Open(_)
            | Piece::Close
            | Piece::Mark
            | Piece::Comment(_) => None,
        }
    }

    pub(super) fn is_comment(&self) -> bool {
        matches!(self, Piece::Comment(_))
    }

    /// True for what prints nothing or blanks only.
    pub(super) fn is_gap(&self) -> bool {
        matches!(self, Piece::Blank | Piece::Pad(_) | Piece::Tab(_) | Piece::Break(_) | Piece::Open(_))
    }
}

/// Characters of a text.
pub(super) fn width(text: &str) -> usize {
    if text.is_ascii() { text.len() } else { text.chars().count() }
}
