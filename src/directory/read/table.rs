//! People as a table, and their lists as tables; the first row says which of them a file is.
//!
//! A table of people has one row for each user. A table of lists has one row for each item, so any number for a user; a
//! row without an item says that the list is there, and adds nothing to it.

mod lists;
mod people;

use crate::diagnostic::{Code, Diagnostic};
use crate::directory::Directory;
use crate::directory::csv::{Row, rows};
use crate::directory::form::Form;
use crate::text::FileId;

use lists::Listing;
use people::Columns;

/// The column of the user's address, which every table has.
const USER: &str = "user";

/// Reads a table into a directory.
pub(super) fn read<'a>(form: &mut Form<'a>, file: FileId, text: &'a str, directory: &mut Directory) {
    let mut rows = rows(file, text, Code::CSV);
    let header = match rows.next() {
        Some(Ok(header)) => header,
        Some(Err(wrong)) => return form.report(*wrong),
        None => return,
    };
    let width = header.cells.len();
    let rows = rows.filter_map(|row| match row {
        Ok(row) if row.cells.len() == width => Some(row),
        Ok(row) => {
            form.report(uneven(&row, width));
            None
        }
        Err(wrong) => {
            form.report(*wrong);
            None
        }
    });
    let rows: Vec<Row<'a>> = rows.collect();
    if let Some(listing) = Listing::of(&header) {
        directory.lists = listing.read(form, &rows);
    } else if let Some(columns) = Columns::of(form, &header) {
        directory.users = rows.iter().filter_map(|row| columns.user(form, row)).collect();
    }
}

fn uneven(row: &Row<'_>, width: usize) -> Diagnostic {
    let count = |cells: usize| if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") };
    Diagnostic::new(Code::CSV, format!("a row of {} in a table of {width} columns", count(row.cells.len())))
        .at(row.span, "")
        .help("leave cells empty rather than out; a cell with a comma in it stands in quotes")
}
