//! Texts for people: what they say, where colour carries a meaning, and where a list may be broken otherwise. A pipe
//! gets what they say; for a terminal [`Page::on`] lays them out.

#[cfg(feature = "cli")]
mod layout;

use std::fmt;
use std::ops::{Deref, Range};

#[cfg(feature = "cli")]
pub use layout::{Screen, wrapped};

/// A text for people.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Page {
    text: String,
    /// What is coloured, from the first to the last; none of it overlaps.
    inks: Vec<(Range<usize>, Ink)>,
    /// The line ends that stand there only because a list was too long for a line.
    joints: Vec<usize>,
    /// What is copied from here into a file: its lines are not broken, however wide they are.
    copied: Vec<Range<usize>>,
}

/// What a colour means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ink {
    /// Something is seen, may be used, is gained, is added, or passed.
    Yes,
    /// Something is seen in part or as something else.
    Partly,
    /// Something is not seen, or may not be used.
    No,
    /// Something is lost or taken away, or failed.
    Loss,
    /// Where something stands.
    Place,
}

impl Page {
    /// A page with nothing on it.
    pub fn new() -> Page {
        Page::default()
    }

    /// A text whose colour means something.
    pub fn inked(ink: Ink, text: impl Into<String>) -> Page {
        let text = text.into();
        Page { inks: vec![(0..text.len(), ink)], text, ..Page::default() }
    }

    /// Lines that somebody may copy into a file.
    pub(super) fn to_copy(text: String) -> Page {
        Page { copied: std::iter::once(0..text.len()).collect(), text, ..Page::default() }
    }

    /// The difference of two files, as `diff -u` tells it.
    pub fn of_difference(difference: &str) -> Page {
        let mut page = Page::new();
        for line in difference.split_inclusive('\n') {
            let ink = match line.as_bytes().first() {
                Some(b'+') => Some(Ink::Yes),
                Some(b'-') => Some(Ink::Loss),
                Some(b'@') => Some(Ink::Place),
                _ => None,
            };
            match ink {
                Some(ink) => page.push_str(Page::inked(ink, line)),
                None => page.push_str(line),
            }
        }
        page
    }

    /// Lines that are one paragraph, which whoever shows it may break elsewhere.
    pub(super) fn paragraph(lines: &[String]) -> Page {
        let mut page = Page::new();
        for (at, line) in lines.iter().enumerate() {
            if at > 0 {
                page.join();
            }
            page.push_str(line.as_str());
        }
        page
    }

    /// The same behind a lead that stands in its indent.
    pub(super) fn behind(self, lead: &str) -> Page {
        let indent = self.text.len() - self.text.trim_start_matches(' ').len();
        let by = |at: usize| (at + lead.len()).saturating_sub(indent);
        let inks = self.inks.into_iter().map(|(at, ink)| (by(at.start)..by(at.end), ink)).collect();
        let text = format!("{lead}{}", self.text.trim_start_matches(' '));
        let copied = self.copied.into_iter().map(|at| by(at.start)..by(at.end)).collect();
        Page { text, inks, joints: self.joints.into_iter().map(by).collect(), copied }
    }

    /// The same words in one colour, without what its lines begin with.
    pub(super) fn in_ink(self, ink: Ink) -> Page {
        let mut inks = Vec::new();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let words = line.trim_start_matches(' ').trim_end_matches('\n');
            let at = start + line.len() - line.trim_start_matches(' ').len();
            if !words.is_empty() {
                inks.push((at..at + words.len(), ink));
            }
            start += line.len();
        }
        Page { inks, ..self }
    }

    /// The same with a colour for what nothing colours yet: a sign that it begins with.
    pub(super) fn marked(mut self, sign: Range<usize>, ink: Ink) -> Page {
        self.inks.insert(0, (sign, ink));
        self
    }

    /// Ends a line that goes on behind the indent of the next one.
    pub(super) fn join(&mut self) {
        self.joints.push(self.text.len());
        self.text.push('\n');
    }

    /// Puts something behind what is there.
    pub fn push_str(&mut self, more: impl Into<Page>) {
        let Page { text, inks, joints, copied } = more.into();
        let by = self.text.len();
        self.text.push_str(&text);
        self.inks.extend(inks.into_iter().map(|(at, ink)| (at.start + by..at.end + by, ink)));
        self.joints.extend(joints.into_iter().map(|at| at + by));
        self.copied.extend(copied.into_iter().map(|at| at.start + by..at.end + by));
    }

    /// Puts a letter behind what is there.
    pub fn push(&mut self, letter: char) {
        self.text.push(letter);
    }

    /// What it says.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Deref for Page {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<String> for Page {
    fn from(text: String) -> Page {
        Page { text, ..Page::default() }
    }
}

impl From<&str> for Page {
    fn from(text: &str) -> Page {
        Page::from(text.to_owned())
    }
}

impl<P: Into<Page>> std::ops::Add<P> for Page {
    type Output = Page;

    fn add(mut self, more: P) -> Page {
        self.push_str(more);
        self
    }
}

impl<P: Into<Page>> FromIterator<P> for Page {
    fn from_iter<I: IntoIterator<Item = P>>(pages: I) -> Page {
        let mut all = Page::new();
        pages.into_iter().for_each(|page| all.push_str(page));
        all
    }
}
