//! What a finding is known by in another version of its project: lines move and are laid out otherwise, and it stays.

mod laid_out;
mod outline;

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::Path;

use super::sum::{EMPTY, go_on};
use crate::language::{Diagnostic, FileId, Sources, Span};
use laid_out::LaidOut;
use outline::Outline;

/// How much is looked at of a place, and of its line on either side of it, in bytes: each can be most of a file.
const EXCERPT: usize = 200;

/// Words that go on with a condition. A line that begins with one belongs to the line above, where a shorter condition
/// would stand.
const GOES_ON: [&[u8]; 4] = [b"and", b"or", b"unless", b"when"];

/// The fingerprints of findings about some texts.
#[derive(Debug)]
pub(crate) struct Fingerprints<'s> {
    sources: &'s Sources,
    /// The texts that findings are about.
    read: BTreeMap<FileId, Read>,
}

/// A text that findings are about.
#[derive(Debug, Default)]
struct Read {
    /// Of policies, the one layout and what encloses the places there.
    laid_out: Option<(LaidOut, Outline)>,
    /// What encloses the places of the text as it is.
    outline: OnceCell<Outline>,
}

/// What a finding is known by, and what may change of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Fingerprint {
    /// What stays.
    pub(crate) sum: u64,
    /// How many more there are than the finding names, as its message says.
    pub(crate) more: u64,
}

impl<'s> Fingerprints<'s> {
    pub(crate) fn new(sources: &'s Sources) -> Fingerprints<'s> {
        Fingerprints { sources, read: BTreeMap::new() }
    }

    /// That of a finding: the code, the message, what encloses the place (the declaration, or the user and the level),
    /// the text at the place, and the rest of its line as `fmt` would lay it out, up to where a list or a block could
    /// be broken otherwise; all without blanks. The path is no part of it, since files are renamed, and neither is how
    /// many more there are. Several findings can have the same.
    pub(crate) fn fingerprint(&mut self, finding: &Diagnostic) -> Fingerprint {
        let (stays, more) = what_stays(self.sources, finding);
        let sum = with(with(EMPTY, finding.code.name().as_bytes()), stays.as_bytes());
        Fingerprint { sum: self.placed(sum, finding), more }
    }

    /// The sum with what encloses the place, and what stands there.
    fn placed(&mut self, sum: u64, finding: &Diagnostic) -> u64 {
        let Some(span) = finding.span() else { return sum };
        let (path, text) = (self.sources.path(span.file), self.sources.text(span.file));
        let is_policy = is_policy(path);
        let read = self.read.entry(span.file).or_insert_with(|| Read::new(is_policy, span.file, text));
        let found = read.laid_out.as_ref().and_then(|(laid_out, outline)| {
            let place = laid_out.place(span)?;
            Some((laid_out.text(), place, outline))
        });
        let (text, span, outline) = found.unwrap_or_else(|| {
            let outline = || if is_policy { Outline::of_policies(text) } else { Outline::of_data(path, text) };
            (text, span, read.outline.get_or_init(outline))
        });
        let sum = go_on(sum, &outline.around(span.start as usize).to_be_bytes());
        in_line(text.as_bytes(), span).into_iter().fold(sum, with)
    }
}

impl Read {
    fn new(is_policy: bool, file: FileId, text: &str) -> Read {
        let laid_out = if is_policy { LaidOut::read(file, text) } else { None };
        let laid_out = laid_out.map(|laid_out| {
            let outline = Outline::of_policies(laid_out.text());
            (laid_out, outline)
        });
        Read { laid_out, outline: OnceCell::new() }
    }
}

fn is_policy(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension.eq_ignore_ascii_case("prescope"))
}

/// The message of a finding without what changes beside it: the paths of its files, and how many more there are, which
/// is told apart.
fn what_stays(sources: &Sources, finding: &Diagnostic) -> (String, u64) {
    let mut message = finding.message.clone();
    for label in &finding.labels {
        message = message.replace(&format!("`{}`", sources.path(label.span.file)), "");
    }
    let (mut stays, mut more) = (String::with_capacity(message.len()), 0_u64);
    for (index, part) in message.split(" and ").enumerate() {
        let (count, rest) = part.split_once(" more").unwrap_or(("", part));
        let counts = index > 0 && (count == "one" || !count.is_empty() && count.bytes().all(|it| it.is_ascii_digit()));
        match (counts, index) {
            (true, _) => {
                more = more.saturating_add(count.parse().unwrap_or(1));
                stays.truncate(stays.trim_end_matches(',').len());
                stays.push_str(
                    rest.strip_prefix(" on this line").or(rest.strip_prefix(" in this name")).unwrap_or(rest),
                );
            }
            (false, 0) => stays.push_str(part),
            (false, _) => stays.extend([" and ", part]),
        }
    }
    (stays, more)
}

/// The sum with one more text, apart from those before it.
fn with(sum: u64, text: &[u8]) -> u64 {
    go_on(text.split(u8::is_ascii_whitespace).fold(sum, go_on), b"\n")
}

/// What stands in its line before a place, at it, and behind it.
fn in_line(text: &[u8], span: Span) -> [&[u8]; 3] {
    let start = (span.start as usize).min(text.len());
    let end = (span.end as usize).clamp(start, text.len());
    let behind = &text[end..text.len().min(end + EXCERPT)];
    let to = (0..behind.len()).find(|at| ends(behind[*at], [&behind[at + 1..], b""]));
    let place = &text[start..end.min(start + EXCERPT)];
    [before(text, start), place, &behind[..to.unwrap_or(behind.len())]]
}

/// What stands in its line before a place.
fn before(text: &[u8], start: usize) -> &[u8] {
    let before = &text[start.saturating_sub(EXCERPT)..start];
    let from = (0..before.len()).rev().find(|at| ends(before[*at], [&before[at + 1..], &text[start..]]));
    bullet(&before[from.map_or(0, |at| at + 1)..])
}

/// Whether a line ends with this, or one that another layout would make of it; and what comes then.
fn ends(letter: u8, then: [&[u8]; 2]) -> bool {
    match letter {
        b'{' | b'}' | b'[' | b']' | b',' => true,
        b'\n' => {
            let [then, rest] = then;
            let next = then.iter().chain(rest).copied().skip_while(u8::is_ascii_whitespace);
            let word: Vec<u8> = next.take_while(u8::is_ascii_alphanumeric).take(EXCERPT).collect();
            !GOES_ON.contains(&word.as_slice())
        }
        _ => false,
    }
}

/// Without what makes an item of a list that stands in lines of its own.
fn bullet(before: &[u8]) -> &[u8] {
    let before = before.trim_ascii_start();
    before.strip_prefix(b"-").unwrap_or(before)
}

#[cfg(test)]
mod tests {
    use super::Fingerprints;
    use crate::language::{Code, Diagnostic, Severity, Sources, Span};

    const CODE: Code = Code::new("test::wrong", Severity::Warning, "something is wrong");

    /// The fingerprint of a finding whose place is what stands between `<` and `>`.
    fn print(path: &str, marked: &str) -> u64 {
        let (start, end) = (marked.find('<').expect("a start"), marked.find('>').expect("an end"));
        let mut sources = Sources::default();
        let file = sources.add(path, marked.replace(['<', '>'], ""));
        let finding = Diagnostic::new(CODE, "it is wrong").at(Span::new(file, start, end - 1), "");
        Fingerprints::new(&sources).fingerprint(&finding).sum
    }

    /// Of policies, whatever `fmt` makes the same; also beside parts that it puts into another order.
    #[test]
    fn layout_makes_no_difference() {
        for (one, other) in [
            ("container a(1) { masks <note> }", "// more\n\ncontainer a(1) {\n    masks   <note>\n}\n"),
            ("recipient <a> \"The title\" external", "recipient\n<a>\n\"The title\"\n\n   external"),
            (
                "feature f for user {\n    deny \"x\" when <user.a> and user.b\n}",
                "feature f for user { deny\n\"x\"\nwhen\n(<user.a>)\nand user.b }",
            ),
        ] {
            assert_eq!(print("a.prescope", one), print("a.prescope", other), "{one:?} and {other:?}");
        }
        let reordered = "container r(3) blocking visible {}\nrecipient <a>\n\"The title\" external";
        assert_eq!(print("a.prescope", reordered), print("b.prescope", "recipient <a> \"The title\" external"));
        for (one, other) in [
            ("list: [one, <two>]", "list:\n  - one\n  - <two>\n"),
            ("sites: { Oslo: <x>, Rome: y }", "sites:\n  Oslo: <x>\n  Rome: y\n"),
            ("a: <b>\r\n", "a:   <b>\n"),
        ] {
            assert_eq!(print("a.yaml", one), print("a.yaml", other), "{one:?} and {other:?}");
        }
    }

    #[test]
    fn what_it_is_about_makes_one() {
        let rule = |rule: &str| print("a.prescope", &format!("feature f for user {{\n    {rule}\n}}\n"));
        let prints = [
            rule("deny \"x\" when <user.a>"),
            rule("deny \"y\" when <user.a>"),
            rule("deny \"x\" when <user.b>"),
            rule("deny \"x\" unless <user.a>"),
            rule("deny \"x\" when <user.a> and user.b"),
            print("a.prescope", "// one <x>\n"),
            print("a.prescope", "// two <x>\n"),
            print("a.yaml", "one: <x>\n"),
            print("a.yaml", "two: <x>\n"),
        ];
        let different: std::collections::BTreeSet<u64> = prints.into_iter().collect();
        assert_eq!(different.len(), prints.len());
    }

    /// Also of a file that does not parse, at the very end, and of none.
    #[test]
    fn every_place_has_one() {
        assert_eq!(print("a.prescope", "container {\n  <x>"), print("a.prescope", "container {\n\n\n <x>\n"));
        assert_ne!(print("a.prescope", "<>"), print("a.prescope", "place <x>"));
        let nowhere = Diagnostic::new(CODE, "it is wrong");
        assert_ne!(Fingerprints::new(&Sources::default()).fingerprint(&nowhere).sum, print("a.yaml", "a<>"));
    }

    /// However long a line is, no more of it is read than says what the place is.
    #[test]
    fn long_lines_are_cut() {
        let long = "x ".repeat(1000);
        let [one, other] =
            [("a", "c"), ("d", "e")].map(|(first, last)| print("a.yaml", &format!("{first}{long}<b>{long}{last}")));
        assert_eq!(one, other);
    }
}
