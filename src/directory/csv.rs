//! A table as rows of cells, each with its place; the only module that knows the CSV parser.

use std::borrow::Cow;
use std::ops::Range;

use csv::{ByteRecord, Reader, ReaderBuilder};
use memchr::{Memchr2, memchr2_iter};

use crate::language::{Code, Diagnostic, FileId, Span};
use crate::text::shown;

use super::yaml::{Node, Value};

/// What may stand between cells; the first line says which does.
const DELIMITERS: [char; 3] = [',', ';', '\t'];

/// A line of a table.
#[derive(Debug)]
pub(crate) struct Row<'a> {
    /// The whole of it.
    pub(crate) span: Span,
    /// The cells, without the blanks around them.
    pub(crate) cells: Vec<Node<'a>>,
}

impl<'a> Row<'a> {
    /// Nothing yet, with room for what comes.
    pub(crate) fn empty(file: FileId) -> Row<'a> {
        Row { span: Span::new(file, 0, 0), cells: Vec::new() }
    }
}

/// The rows of a table, the first one included, without empty lines.
pub(crate) struct Rows<'a> {
    file: FileId,
    text: &'a str,
    code: Code,
    delimiter: char,
    reading: Reading<'a>,
}

enum Reading<'a> {
    /// Without any quote a line is a row, and what stands between delimiters is a cell. Holds where the next line
    /// begins, and what finds the ends of its cells.
    Lines(usize, Memchr2<'a>),
    /// With quotes that is for the parser to say.
    Records(Box<(Reader<&'a [u8]>, ByteRecord)>),
}

impl<'a> Rows<'a> {
    /// The rows of a text.
    pub(crate) fn new(file: FileId, text: &'a str, code: Code) -> Rows<'a> {
        let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
        let delimiter = first.chars().find(|c| DELIMITERS.contains(c)).unwrap_or(',');
        let reading = match has_quotes(text) {
            true => Rows::records(text, delimiter),
            false => Reading::Lines(0, memchr2_iter(delimiter as u8, b'\n', text.as_bytes())),
        };
        Rows { file, text, code, delimiter, reading }
    }

    fn records(text: &'a str, delimiter: char) -> Reading<'a> {
        let mut builder = ReaderBuilder::new();
        let builder = builder.has_headers(false).flexible(true).delimiter(delimiter as u8);
        Reading::Records(Box::new((builder.from_reader(text.as_bytes()), ByteRecord::new())))
    }

    /// Puts the next row in the place of the one before; None behind the last.
    pub(crate) fn next_into(&mut self, row: &mut Row<'a>) -> Option<Result<(), Box<Diagnostic>>> {
        row.cells.clear();
        let (file, text) = (self.file, self.text);
        match &mut self.reading {
            Reading::Lines(next, ends) => loop {
                let start = *next;
                if start >= text.len() {
                    return None;
                }
                let (mut at, mut is_last) = (start, false);
                while !is_last {
                    let end = ends.next().unwrap_or(text.len());
                    *next = end + 1;
                    is_last = text.as_bytes().get(end) != Some(&(self.delimiter as u8));
                    let end = if is_last { without_return(text, at, end) } else { end };
                    row.cells.push(trimmed(file, text, at, end));
                    row.span = Span::new(file, start, end);
                    at = *next;
                }
                if !row.span.is_empty() {
                    return Some(Ok(()));
                }
                row.cells.clear();
            },
            Reading::Records(reading) => {
                let (reader, record) = reading.as_mut();
                let start = reader.position().byte() as usize;
                // Reading from memory cannot fail, and a record of any length is welcome.
                if !reader.read_byte_record(record).unwrap_or(false) {
                    return None;
                }
                let end = reader.position().byte() as usize;
                Some(fill(row, &Piece { file, text, range: start..end }, record, self.code))
            }
        }
    }
}

/// True if a text has quotes, or ends lines as only the parser knows.
fn has_quotes(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr2_iter(b'"', b'\r', bytes).any(|at| bytes.get(at) == Some(&b'"') || bytes.get(at + 1) != Some(&b'\n'))
}

/// The end of a line that may end with two characters.
fn without_return(text: &str, start: usize, end: usize) -> usize {
    let cell = text.as_bytes().get(start..end).unwrap_or_default();
    if cell.ends_with(b"\r") { end - 1 } else { end }
}

/// The part of a text that a record was read from.
struct Piece<'a> {
    file: FileId,
    text: &'a str,
    range: Range<usize>,
}

fn fill<'a>(row: &mut Row<'a>, piece: &Piece<'a>, record: &ByteRecord, code: Code) -> Result<(), Box<Diagnostic>> {
    let Piece { file, text, range: ref part } = *piece;
    let raw = text.get(part.clone()).unwrap_or_default();
    // Empty lines before the row are read with it.
    let start = part.start + raw.len() - raw.trim_start_matches(['\r', '\n']).len();
    let end = part.start + raw.trim_end_matches(['\r', '\n']).len();
    let span = Span::new(file, start, end);
    let quotes = raw.bytes().filter(|byte| *byte == b'"').count();
    if quotes % 2 == 1 {
        let first_line = raw.trim_start_matches(['\r', '\n']).lines().next().unwrap_or_default();
        let open = Diagnostic::new(code, "a quote that is never closed")
            .at(Span::new(file, start, start + first_line.len()), "in this line")
            .help("close the quote; write a quote inside a cell twice");
        return Err(Box::new(open));
    }
    let cell = |(index, bytes): (usize, &[u8])| match record.range(index) {
        // Without quotes the cells stand in the text as they are, one delimiter apart.
        Some(range) if quotes == 0 => {
            let start = start + range.start + index;
            trimmed(file, text, start, start + range.len())
        }
        _ => {
            let text = Cow::Owned(meant(String::from_utf8_lossy(bytes).trim()).to_owned());
            Node::new(span, Value::Scalar { text, plain: true })
        }
    };
    row.span = span;
    row.cells.extend(record.iter().enumerate().map(cell));
    Ok(())
}

/// A text as a cell that a spreadsheet shows and does not run: what would begin a formula has an apostrophe in front.
/// [`meant`] takes it away again.
pub(crate) fn cell(text: &str) -> String {
    let text = shown(text);
    let text = if is_run(&text) { format!("'{text}") } else { text.into_owned() };
    // Some spreadsheets divide by semicolons; and a line that begins with colons commands a build service.
    let quoted = text.contains(['"', ',', ';']) || text.starts_with(':') || text.trim() != text;
    if quoted { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// What a cell means: without the apostrophe in front of what a spreadsheet would run.
fn meant(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| is_run(rest)).unwrap_or(cell)
}

/// True if a spreadsheet would run a text, or would but for apostrophes in front.
fn is_run(text: &str) -> bool {
    const FORMULA: [char; 8] = ['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];
    text.trim_start_matches('\'').trim_start().starts_with(FORMULA)
}

fn trimmed(file: FileId, text: &str, start: usize, end: usize) -> Node<'_> {
    let cell = text.get(start..end).unwrap_or_default();
    let (start, cell) = match cell.as_bytes() {
        // Almost no cell has blanks around it.
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => (start, cell),
        _ => (start + cell.len() - cell.trim_start().len(), cell.trim()),
    };
    let said = meant(cell);
    let (start, cell) = (start + cell.len() - said.len(), said);
    let value = Value::Scalar { text: Cow::Borrowed(cell), plain: true };
    Node::new(Span::new(file, start, start + cell.len()), value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::diagnostic::code;
    use crate::language::Sources;

    /// Spans and texts of all rows.
    fn all(mut rows: Rows<'_>) -> Vec<(Span, Vec<(Span, String)>)> {
        let mut row = Row::empty(rows.file);
        let mut read = Vec::new();
        while let Some(next) = rows.next_into(&mut row) {
            assert!(next.is_ok());
            read.push((row.span, row.cells.iter().map(|cell| (cell.span, cell.as_text().to_owned())).collect()));
        }
        read
    }

    proptest! {
        #[test]
        fn lines_without_quotes_are_what_the_parser_reads(text in "([a,; \tä'+]{0,4}(\n|\r\n)){0,12}[a,; ä]{0,3}") {
            let mut sources = Sources::default();
            let file = sources.add("people.csv", "");
            let lines = Rows::new(file, &text, code::CSV);
            prop_assert!(matches!(lines.reading, Reading::Lines(..)));
            let mut records = Rows::new(file, &text, code::CSV);
            records.reading = Rows::records(&text, records.delimiter);
            prop_assert_eq!(all(lines), all(records));
        }

        #[test]
        fn a_cell_is_read_as_what_was_written_and_no_spreadsheet_runs_it(text in "['=+@:;,\"-]{0,4}[-a=+@'\" ]{0,4}") {
            let text = text.trim();
            let written = format!("{},b\n", cell(text));
            let run = written.strip_prefix('"').unwrap_or(&written).trim_start();
            prop_assert!(!run.starts_with(['=', '+', '-', '@']) && !written.starts_with(':'), "{}", written);
            let mut sources = Sources::default();
            let file = sources.add("people.csv", "");
            // The first row says what divides cells.
            let table = format!("a,b\n{written}");
            let read = all(Rows::new(file, &table, code::CSV));
            prop_assert_eq!(&read[1].1[0].1, text);
        }
    }
}
