//! The texts of a set: the only owner of file contents.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use super::Span;
use super::line_index::{LineIndex, Position};

/// A file of one [`Sources`]; a shipped file is the same one in all of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(into = "u32", from = "u32")]
pub struct FileId(u32);

/// The first of the shipped files; no set comes near that many of its own.
const SHIPPED: u32 = 1 << 31;

impl FileId {
    /// The place of whatever a program makes without a text. Every set has this file; it is empty and shown as
    /// `(program)`.
    pub const PROGRAM: FileId = FileId(u32::MAX);
}

/// Stored, the highest bit comes last: so a file of either sort is a small number, which takes one byte.
impl From<FileId> for u32 {
    fn from(file: FileId) -> u32 {
        file.0.rotate_left(1)
    }
}

impl From<u32> for FileId {
    fn from(stored: u32) -> FileId {
        FileId(stored.rotate_right(1))
    }
}

/// A text that is there, or one that is read when somebody first asks for it. Copies share it.
#[derive(Clone, Debug)]
enum Text {
    Shipped(&'static str),
    Here(Arc<String>),
    Later(Arc<Later>),
}

struct Later {
    read: Box<dyn Fn() -> String + Send + Sync>,
    text: OnceLock<String>,
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Later").field("text", &self.text).finish_non_exhaustive()
    }
}

/// One text with the name it goes by in messages.
#[derive(Clone, Debug)]
pub struct Source {
    path: Cow<'static, str>,
    text: Text,
    /// Found when the first place is asked for; most texts are never spoken of.
    lines: OnceLock<LineIndex>,
}

impl Source {
    const fn empty(path: &'static str) -> Source {
        Source { path: Cow::Borrowed(path), text: Text::Shipped(""), lines: OnceLock::new() }
    }

    /// The path as messages show it, with `/` between the parts.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        match &self.text {
            Text::Shipped(text) => text,
            Text::Here(text) => text,
            Text::Later(later) => later.text.get_or_init(|| own((later.read)())),
        }
    }

    fn index(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text()))
    }
}

/// Some whole lines of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lines {
    /// The first byte of the first line.
    pub start: usize,
    /// One past the last byte of the last line, its line end included.
    pub end: usize,
    /// The first line, from 0.
    pub first: usize,
    /// How many there are.
    pub count: usize,
}

impl Source {
    /// Line and column of a byte.
    pub fn start(&self, byte: usize) -> Position {
        self.index().position(self.text(), byte as u32)
    }

    /// The lines from `before` lines above one byte to `after` lines below another. None beyond the text.
    pub fn lines(&self, first_byte: usize, last_byte: usize, before: usize, after: usize) -> Option<Lines> {
        let length = self.text().len();
        if first_byte > length || last_byte > length {
            return None;
        }
        let first = self.index().line(first_byte as u32).saturating_sub(before);
        let last = self.index().line(last_byte as u32) + after;
        let start = self.index().start_of(first).unwrap_or(0);
        let end = self.index().start_of(last + 1).unwrap_or(length);
        let count = last.min(self.index().last()) + 1 - first;
        Some(Lines { start, end, first, count })
    }

    /// The length of the longest of some lines, in bytes, its line end included.
    pub fn longest(&self, lines: Lines) -> usize {
        let start_of = |line: usize| self.index().start_of(line).unwrap_or(lines.end);
        (lines.first..lines.first + lines.count).map(|line| start_of(line + 1) - start_of(line)).max().unwrap_or(0)
    }
}

/// All texts of a set, in the order they were added.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
    shipped: BTreeMap<FileId, Source>,
}

impl Sources {
    /// Takes a text in. A leading byte order mark is dropped, so that line 1 starts with its first character.
    /// Texts of 4 GiB and more are cut (offsets are 32 bits); no policy or directory comes near.
    pub fn add(&mut self, path: impl Into<String>, text: impl Into<String>) -> FileId {
        self.push(&path.into(), Text::Here(Arc::new(own(text.into()))))
    }

    /// The same with a text that is read when somebody first asks for it.
    pub fn add_later(&mut self, path: impl Into<String>, read: impl Fn() -> String + Send + Sync + 'static) -> FileId {
        self.push(&path.into(), Text::Later(Arc::new(Later { read: Box::new(read), text: OnceLock::new() })))
    }

    fn push(&mut self, path: &str, text: Text) -> FileId {
        let path = Cow::Owned(path.replace('\\', "/"));
        self.take(Source { path, text, lines: OnceLock::new() })
    }

    /// Takes a source of another set in, as it is there: a text that nobody has asked for is not read for this.
    pub fn take(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId(self.files.len() as u32 - 1)
    }

    /// Lets go of the text of a file that others have too, by the same id, and shares theirs.
    pub fn share(&mut self, file: FileId, others: &Sources) {
        if let (Some(own), Some(other)) = (self.files.get_mut(file.0 as usize), others.files.get(file.0 as usize)) {
            *own = other.clone();
        }
    }

    /// Reads every text that has not been asked for, before its file may change.
    pub fn read_all(&self) {
        for (_, source) in self.files() {
            source.text();
        }
    }

    /// The same texts by other paths; those of shipped files stay.
    #[must_use]
    pub fn with_paths(&self, path: impl Fn(&str) -> String) -> Sources {
        let files = self.files.iter().map(|source| Source { path: Cow::Owned(path(&source.path)), ..source.clone() });
        Sources { files: files.collect(), shipped: self.shipped.clone() }
    }

    /// Takes a shipped text in: the file with this number among all that are shipped. Its id is the same in every set,
    /// so its tree can be kept with its places.
    pub fn add_shipped(
        &mut self,
        number: usize,
        path: impl Into<Cow<'static, str>>,
        text: impl Into<Cow<'static, str>>,
    ) -> FileId {
        let file = FileId(SHIPPED + number as u32);
        let text = match text.into() {
            Cow::Borrowed(text) => Text::Shipped(text),
            Cow::Owned(text) => Text::Here(Arc::new(text)),
        };
        let source = Source { path: path.into(), text, lines: OnceLock::new() };
        self.shipped.insert(file, source);
        file
    }

    /// Takes a shipped text of other sources in, if it is not there yet.
    pub fn adopt_shipped(&mut self, file: FileId, others: &Sources) {
        if let Some(source) = others.shipped.get(&file) {
            self.shipped.entry(file).or_insert_with(|| source.clone());
        }
    }

    /// Takes a shipped text out again.
    pub fn remove_shipped(&mut self, file: FileId) {
        self.shipped.remove(&file);
    }

    /// The source of a file. A file of another set has the empty source.
    pub fn source(&self, file: FileId) -> &Source {
        static NONE: Source = Source::empty("");
        static PROGRAM: Source = Source::empty("(program)");
        let empty = if file == FileId::PROGRAM { &PROGRAM } else { &NONE };
        self.files.get(file.0 as usize).or_else(|| self.shipped.get(&file)).unwrap_or(empty)
    }

    /// The path of a file as messages show it.
    pub fn path(&self, file: FileId) -> &str {
        self.source(file).path()
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &str {
        self.source(file).text()
    }

    /// The text a span covers.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.start as usize..span.end as usize).unwrap_or_default()
    }

    /// What stands at a span, in one line: blanks and line ends count as one blank.
    pub fn in_one_line(&self, span: Span) -> String {
        self.slice(span).split_whitespace().collect::<Vec<&str>>().join(" ")
    }

    /// The line on which a span starts.
    pub fn line(&self, span: Span) -> &str {
        let text = self.text(span.file);
        let (before, behind) = text.split_at_checked(span.start as usize).unwrap_or((text, ""));
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = behind.find('\n').map_or(text.len(), |at| before.len() + at);
        text.get(start..end).unwrap_or_default()
    }

    /// Line and column where a span starts.
    pub fn start(&self, span: Span) -> Position {
        let source = self.source(span.file);
        source.index().position(source.text(), span.start)
    }

    /// Line and column behind the last character of a span.
    pub fn end(&self, span: Span) -> Position {
        let source = self.source(span.file);
        source.index().position(source.text(), span.end)
    }

    /// Every file: the set's own in the order they were added, then those that are shipped.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &Source)> {
        let own = self.files.iter().enumerate().map(|(index, source)| (FileId(index as u32), source));
        own.chain(self.shipped.iter().map(|(file, source)| (*file, source)))
    }
}

/// A text without byte order mark, and with offsets of 32 bits.
fn own(mut text: String) -> String {
    if text.starts_with('\u{feff}') {
        text.drain(..'\u{feff}'.len_utf8());
    }
    if text.len() >= u32::MAX as usize {
        let cut = (0..u32::MAX as usize).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        text.truncate(cut);
    }
    text
}
