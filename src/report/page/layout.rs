//! A page as a terminal shows it: no line is wider than the terminal, and what has a meaning has a colour.

use std::borrow::Cow;
use std::ops::Range;

use textwrap::core::display_width;
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

use super::{Ink, Page};

/// How far behind its line what is wrapped of it stands.
const HANG: usize = 4;

/// What shows a page.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Screen {
    /// How wide lines can be, in columns; None is as wide as they are.
    pub width: Option<usize>,
    /// Whether it has colours.
    pub colour: bool,
}

impl Screen {
    /// What a pipe is: no width and no colours.
    pub const PIPE: Screen = Screen { width: None, colour: false };
    /// The same with colours.
    pub const COLOURED: Screen = Screen { width: None, colour: true };
}

impl Ink {
    /// What turns the colour on.
    fn on(self) -> &'static str {
        match self {
            Ink::Yes => "\u{1b}[32m",
            Ink::Partly => "\u{1b}[33m",
            Ink::No => "\u{1b}[2m",
            Ink::Loss => "\u{1b}[31m",
            Ink::Place => "\u{1b}[36m",
        }
    }
}

/// What turns every colour off.
const OFF: &str = "\u{1b}[0m";

impl Page {
    /// The page as a screen shows it. `spelt` spells out what a text must not do to the screen, line by line: colours
    /// are put on what it returns, and so are ours only.
    pub fn on(&self, screen: Screen, spelt: impl Fn(&str) -> Cow<'_, str>) -> Cow<'_, str> {
        if screen.width.is_none() && (!screen.colour || self.inks.is_empty()) {
            return spelt(&self.text);
        }
        let mut painter = Painter { page: self, colour: screen.colour, next: 0 };
        let mut shown = String::with_capacity(self.text.len() + self.text.len() / 4);
        let (mut start, mut joints) = (0, self.joints.iter().peekable());
        while start < self.text.len() {
            // The lines of one paragraph.
            let (first, mut lines) = (start, Vec::<String>::new());
            let ends = loop {
                let end = part(&self.text, start..self.text.len()).find('\n').map(|length| start + length);
                lines.push(painter.line(start..end.unwrap_or(self.text.len()), &spelt));
                start = end.map_or(self.text.len(), |end| end + 1);
                let joined = joints.next_if(|joint| Some(**joint) == end).is_some();
                if !joined || start >= self.text.len() {
                    break end.is_some();
                }
            };
            let width = screen.width.filter(|_| !self.copied.iter().any(|copied| copied.contains(&first)));
            shown.push_str(&paragraph(&lines, width));
            if ends {
                shown.push('\n');
            }
        }
        Cow::Owned(shown)
    }
}

/// Lines that may be broken elsewhere, if one of them is too wide.
fn paragraph(lines: &[String], width: Option<usize>) -> String {
    match width {
        Some(width) if lines.iter().any(|line| display_width(line) > width) => {
            let hang = match lines {
                [_, second, ..] => indent(second),
                [only] => indent(only) + HANG,
                [] => 0,
            };
            let rest = lines.iter().skip(1).map(|line| line.trim_start());
            let whole: Vec<&str> = lines.iter().take(1).map(String::as_str).chain(rest).collect();
            broken(&whole.join(" "), hang, width)
        }
        _ => lines.join("\n"),
    }
}

/// A part of a text.
fn part(text: &str, at: Range<usize>) -> &str {
    text.get(at).unwrap_or_default()
}

/// How many blanks a line begins with.
fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// A line in lines of this width at most, unless one word is wider.
fn broken(line: &str, hang: usize, width: usize) -> String {
    let (lead, words) = line.split_at(indent(line));
    // Half of the width is left for words.
    let [lead, hang] = [lead.len(), hang].map(|blanks| " ".repeat(blanks.min(width / 2)));
    let options = Options::new(width)
        .initial_indent(&lead)
        .subsequent_indent(&hang)
        .break_words(false)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    // Whoever writes such blanks keeps them.
    if words.contains(TIED) {
        return textwrap::wrap(words, options).join("\n");
    }
    let room = width.saturating_sub(hang.len().max(lead.len()));
    textwrap::wrap(&tied(words, room), options).join("\n").replace(TIED, " ")
}

/// A blank at which no line is broken.
const TIED: char = '\u{a0}';

/// A line in which a column that fits is not broken, and no closing brace begins a line.
fn tied(words: &str, room: usize) -> String {
    let is_row = words.contains("  ");
    let (mut tied, mut rest) = (String::with_capacity(words.len() * 2), words);
    while !rest.is_empty() {
        let (column, behind) = rest.split_at(rest.find("  ").unwrap_or(rest.len()));
        match is_row && display_width(column) <= room {
            true => tied.push_str(&column.replace(' ', "\u{a0}")),
            false => tied.push_str(&column.replace(" }", "\u{a0}}")),
        }
        rest = behind.trim_start_matches(' ');
        tied.push_str(&" ".repeat(behind.len() - rest.len()));
    }
    tied
}

/// A text that has its colours already, in lines of this width at most.
pub fn wrapped(text: &str, width: Option<usize>) -> Cow<'_, str> {
    if width.is_none() {
        return Cow::Borrowed(text);
    }
    let line = |line: &str| match line.strip_suffix('\n') {
        Some(line) => paragraph(&[line.to_owned()], width) + "\n",
        None => paragraph(&[line.to_owned()], width),
    };
    Cow::Owned(text.split_inclusive('\n').map(line).collect())
}

/// Puts colours on lines, one after the other.
struct Painter<'a> {
    page: &'a Page,
    colour: bool,
    /// The first ink that may still come.
    next: usize,
}

impl Painter<'_> {
    fn line(&mut self, line: Range<usize>, spelt: &impl Fn(&str) -> Cow<'_, str>) -> String {
        let text = part(&self.page.text, line.clone());
        let shown = spelt(text);
        let inks = self.inks_in(&line);
        if !self.colour || inks.is_empty() {
            return shown.into_owned();
        }
        // Where letters are spelt out, places have moved: only a line of one colour keeps it.
        if shown != text {
            let whole =
                |(at, _): &&(Range<usize>, Ink)| part(text, 0..at.start).trim().is_empty() && at.end == text.len();
            return match inks.iter().find(whole) {
                Some((_, ink)) => format!("{}{shown}{OFF}", ink.on()),
                None => shown.into_owned(),
            };
        }
        let (mut painted, mut done) = (String::with_capacity(text.len() + inks.len() * 8), 0);
        for (at, ink) in inks {
            painted.push_str(part(text, done..at.start));
            painted.push_str(&format!("{}{}{OFF}", ink.on(), part(text, at.clone())));
            done = at.end;
        }
        painted + part(text, done..text.len())
    }

    /// What is coloured in a line, as places in it.
    fn inks_in(&mut self, line: &Range<usize>) -> Vec<(Range<usize>, Ink)> {
        let rest = self.page.inks.iter().skip(self.next);
        self.next += rest.take_while(|(at, _)| at.end <= line.start).count();
        let inks = self.page.inks.iter().skip(self.next).take_while(|(at, _)| at.start < line.end);
        let clipped = inks.map(|(at, ink)| {
            let (start, end) = (at.start.max(line.start), at.end.min(line.end));
            (start - line.start..end - line.start, *ink)
        });
        clipped.filter(|(at, _)| !at.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spelt(text: &str) -> Cow<'_, str> {
        Cow::Owned(text.replace('\u{1b}', "\\u{1b}"))
    }

    fn on(page: &Page, width: Option<usize>, colour: bool) -> String {
        page.on(Screen { width, colour }, spelt).into_owned()
    }

    #[test]
    fn a_pipe_gets_what_a_page_says() {
        let page = Page::from("a line that is long\n") + Page::inked(Ink::Yes, "●") + "\n";
        assert_eq!(on(&page, None, false), "a line that is long\n●\n");
        assert_eq!(page.to_string(), "a line that is long\n●\n");
    }

    #[test]
    fn lines_are_broken_between_words_and_hang() {
        let page = Page::from("  one two three\nfour\n\n  anna@contoso.com\n");
        assert_eq!(on(&page, Some(10), false), "  one two\n     three\nfour\n\n  anna@contoso.com\n");
        let page = Page::from("  你好 你好 你好\n");
        assert_eq!(on(&page, Some(11), false), "  你好 你好\n     你好\n", "two columns a letter");
    }

    #[test]
    fn a_column_that_fits_is_not_broken() {
        let page = Page::from("  anyone else  nobody answers  here\n");
        assert_eq!(on(&page, Some(24), false), "  anyone else\n      nobody answers\n      here\n");
        assert_eq!(on(&page, Some(14), false), "  anyone else\n      nobody\n      answers\n      here\n");
        let page = Page::from("\u{1b}[1m{ a b c d }\n");
        assert_eq!(wrapped(&page, Some(10)), "\u{1b}[1m{ a b c\n    d }\n");
    }

    #[test]
    fn a_paragraph_is_filled_anew() {
        let page = Page::paragraph(&["    one two".to_owned(), "    three four five".to_owned()]) + "\nsix\n";
        assert_eq!(on(&page, Some(30), false), "    one two\n    three four five\nsix\n", "it fits");
        assert_eq!(on(&page, Some(18), false), "    one two three\n    four five\nsix\n");
    }

    #[test]
    fn colours_are_ours_and_take_no_room() {
        let page = Page::from("ab ") + Page::inked(Ink::Loss, "cd") + " ef\n";
        assert_eq!(on(&page, None, true), "ab \u{1b}[31mcd\u{1b}[0m ef\n");
        assert_eq!(on(&page, Some(8), true), "ab \u{1b}[31mcd\u{1b}[0m ef\n");
        let evil = Page::from("\u{1b}[1m ") + Page::inked(Ink::Loss, "cd") + "\n";
        assert_eq!(on(&evil, None, true), "\\u{1b}[1m cd\n");
        let evil = Page::of_difference("+\u{1b}[1m\n-a\n b\n");
        assert_eq!(on(&evil, None, true), "\u{1b}[32m+\\u{1b}[1m\u{1b}[0m\n\u{1b}[31m-a\u{1b}[0m\n b\n");
    }
}
