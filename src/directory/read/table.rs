//! People as a table, and their lists as tables; the first row says which of them a file is.
//!
//! A table of people has one row for each user. A table of lists has one row for each item, so any number for a user; a
//! row without an item says that the list is there, and adds nothing to it.

mod lists;
mod people;

use crate::diagnostic::code;
use crate::directory::Directory;
use crate::directory::csv::{Row, Rows};
use crate::directory::form::Form;
use crate::language::{Diagnostic, FileId};
use crate::text::Way;

use lists::Listing;
use people::Columns;

/// The column of the user's address, which every table has.
const USER: &str = "user";

/// The rows below the first.
struct Body<'a> {
    rows: Rows<'a>,
    width: usize,
    way: Way<'a>,
}

impl<'a> Body<'a> {
    /// Puts the next good row in the place of the one before, and reports the others; false behind the last.
    fn next_into(&mut self, form: &mut Form<'a>, row: &mut Row<'a>) -> bool {
        while let Some(next) = self.rows.next_into(row) {
            self.way.reach(row.span.end as usize);
            match next {
                Ok(()) if row.cells.len() == self.width => return true,
                Ok(()) => form.report(uneven(row, self.width)),
                Err(wrong) => form.report(*wrong),
            }
        }
        false
    }
}

/// Reads a table.
pub(super) fn read<'a>(form: &mut Form<'a>, file: FileId, text: &'a str, way: Way<'a>) -> Directory {
    let mut directory = Directory::default();
    let mut rows = Rows::new(file, text, code::CSV);
    let mut header = Row::empty(file);
    match rows.next_into(&mut header) {
        Some(Ok(())) => {}
        Some(Err(wrong)) => {
            form.report(*wrong);
            return directory;
        }
        None => return directory,
    }
    let mut body = Body { rows, width: header.cells.len(), way };
    let mut row = Row::empty(file);
    if let Some(listing) = Listing::from_header(&header) {
        directory.lists = listing.read(form, &mut body, &mut row);
    } else if let Some(columns) = Columns::from_header(form, &header) {
        while body.next_into(form, &mut row) {
            directory.users.extend(columns.user(form, &row));
        }
    } else {
        // Nothing can be made of the rows, but they may be wrong too.
        while body.next_into(form, &mut row) {}
    }
    directory
}

fn uneven(row: &Row<'_>, width: usize) -> Diagnostic {
    let count = |cells: usize| if cells == 1 { "1 cell".to_owned() } else { format!("{cells} cells") };
    Diagnostic::new(code::CSV, format!("a row of {} in a table of {width} columns", count(row.cells.len())))
        .at(row.span, "")
        .help("leave cells empty rather than out; a cell with a comma in it stands in quotes")
}
