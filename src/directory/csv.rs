//! A table as rows of cells, each with its place; the only module that knows the CSV parser.

use std::borrow::Cow;

use csv::{ByteRecord, ReaderBuilder};

use crate::diagnostic::{Code, Diagnostic};
use crate::text::{FileId, Span};

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

/// The rows of a table, the first one included, without empty lines.
pub(crate) fn rows(file: FileId, text: &str, code: Code) -> impl Iterator<Item = Result<Row<'_>, Box<Diagnostic>>> {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let delimiter = first.chars().find(|c| DELIMITERS.contains(c)).unwrap_or(',');
    let mut builder = ReaderBuilder::new();
    let mut reader = builder.has_headers(false).flexible(true).delimiter(delimiter as u8).from_reader(text.as_bytes());
    let mut record = ByteRecord::new();
    std::iter::from_fn(move || {
        let start = reader.position().byte() as usize;
        // Reading from memory cannot fail, and a record of any length is welcome.
        if !reader.read_byte_record(&mut record).unwrap_or(false) {
            return None;
        }
        let end = reader.position().byte() as usize;
        Some(row(file, text, start..end, &record, code))
    })
}

fn row<'a>(
    file: FileId,
    text: &'a str,
    part: std::ops::Range<usize>,
    record: &ByteRecord,
    code: Code,
) -> Result<Row<'a>, Box<Diagnostic>> {
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
            let text = Cow::Owned(String::from_utf8_lossy(bytes).trim().to_owned());
            Node { span, value: Value::Scalar { text, plain: true } }
        }
    };
    Ok(Row { span, cells: record.iter().enumerate().map(cell).collect() })
}

fn trimmed(file: FileId, text: &str, start: usize, end: usize) -> Node<'_> {
    let cell = text.get(start..end).unwrap_or_default();
    let start = start + cell.len() - cell.trim_start().len();
    let cell = cell.trim();
    let value = Value::Scalar { text: Cow::Borrowed(cell), plain: true };
    Node { span: Span::new(file, start, start + cell.len()), value }
}
