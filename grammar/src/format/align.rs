//! Columns of neighbours.

use super::INDENT;
use super::entry::Entry;
use super::render::Page;

/// How much wider each blank of a run has to be, so that as many columns align as lines can hold.
pub(super) fn aligned(run: &[Entry<'_>], indent: usize) -> Vec<Vec<usize>> {
    if run.len() < 2 {
        return Vec::new();
    }
    let columns: Vec<Vec<(u8, usize)>> = run.iter().map(columns).collect();
    let most = columns.iter().map(Vec::len).max().unwrap_or(0);
    let costs = |entry: &Entry<'_>, pads: &[usize]| {
        let mut page = Page::default();
        page.entry(&entry.pieces, indent, indent + INDENT, pads);
        page.end_line();
        page.lines + page.too_long
    };
    let longer = |(entry, pads): (&Entry<'_>, &Vec<usize>)| {
        pads.iter().any(|pad| *pad > 0) && costs(entry, pads) > costs(entry, &[])
    };
    let all = (1..=most).rev().map(|most| pads(&columns, most));
    all.into_iter().find(|pads| !run.iter().zip(pads).any(longer)).unwrap_or_default()
}

/// The same for the first columns, whatever lines can hold. Neighbours share a column if it is of one kind.
fn pads(columns: &[Vec<(u8, usize)>], most: usize) -> Vec<Vec<usize>> {
    let mut pads: Vec<Vec<usize>> = columns.iter().map(|row| vec![0; row.len()]).collect();
    for index in 0..most {
        let cell = |row: usize| columns.get(row).and_then(|row| row.get(index)).copied();
        let kind = |row: usize| cell(row).map(|(kind, _)| kind);
        let mut from = 0;
        while from < columns.len() {
            let count = (from..columns.len()).take_while(|row| kind(*row) == kind(from)).count().max(1);
            let widest = (from..from + count).filter_map(cell).map(|(_, width)| width).max().unwrap_or(0);
            for row in from..from + count {
                let pad = pads.get_mut(row).and_then(|row| row.get_mut(index));
                if let (Some((_, width)), Some(pad)) = (cell(row), pad) {
                    *pad = widest - width;
                }
            }
            from += count;
        }
    }
    pads
}

/// The columns it has, with the width of what stands before each.
fn columns(entry: &Entry<'_>) -> Vec<(u8, usize)> {
    let (mut columns, mut width) = (Vec::new(), 0);
    for piece in &entry.pieces {
        if let Some(column) = piece.tab() {
            columns.push((column, width));
            width = 0;
        } else {
            width += piece.width();
        }
    }
    columns
}
