//! Rows of numbers in little space: column by column, each number as what it is beyond the least of its column, in as
//! few bytes as the greatest of them needs. A column whose numbers are all the same takes none, unless it is the first
//! of several rows. Many of them may be parts of one run of bytes, as a snapshot has them.

use std::sync::Arc;

/// How many bytes say of a column what its least number is, and how many bytes each of its numbers takes.
const ABOUT: usize = 5;

/// Rows of `N` numbers each. As bytes: the number of rows; of each column the least number and the width; then the
/// columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns<const N: usize> {
    all: Arc<Vec<u8>>,
    start: u32,
    length: u32,
}

impl<const N: usize> PartialEq for Columns<N> {
    fn eq(&self, other: &Self) -> bool {
        self.bytes() == other.bytes()
    }
}

impl<const N: usize> Eq for Columns<N> {}

impl<const N: usize> Columns<N> {
    /// These rows.
    pub(super) fn new(rows: &[[u32; N]]) -> Columns<N> {
        if rows.is_empty() {
            return Columns::default();
        }
        let column = |at: usize| rows.iter().map(move |row| row[at]);
        let least: [u32; N] = std::array::from_fn(|at| column(at).min().unwrap_or_default());
        let greatest: [u32; N] = std::array::from_fn(|at| column(at).max().unwrap_or_default());
        let mut widths: [usize; N] = std::array::from_fn(|at| width(greatest[at] - least[at]));
        // Several rows never take no space: how many there can be follows from the bytes.
        if rows.len() > 1
            && let Some(first) = widths.first_mut()
        {
            *first = (*first).max(1);
        }
        let mut bytes = Vec::with_capacity(4 + N * ABOUT + widths.iter().sum::<usize>() * rows.len());
        // Texts have less than 4 GiB, and so has whatever is listed in one.
        bytes.extend((rows.len() as u32).to_le_bytes());
        for (least, width) in least.iter().zip(widths) {
            bytes.extend(least.to_le_bytes());
            bytes.push(width as u8);
        }
        for at in 0..N {
            bytes.extend(column(at).flat_map(|number| (number - least[at]).to_le_bytes().into_iter().take(widths[at])));
        }
        let length = bytes.len() as u32;
        Columns { all: Arc::new(bytes), start: 0, length }
    }

    fn bytes(&self) -> &[u8] {
        let start = self.start as usize;
        self.all.get(start..start + self.length as usize).unwrap_or_default()
    }

    /// The columns and the number of rows; none where bytes are not those of columns.
    fn columns(&self) -> ([Column<'_>; N], usize) {
        self.read().unwrap_or(([Column::default(); N], 0))
    }

    fn read(&self) -> Option<([Column<'_>; N], usize)> {
        if self.length == 0 {
            return Some(([Column::default(); N], 0));
        }
        let (count, rest) = self.bytes().split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let (about, mut rest) = rest.split_at_checked(N * ABOUT)?;
        let mut columns = [Column::default(); N];
        for (column, about) in columns.iter_mut().zip(about.as_chunks::<ABOUT>().0) {
            let [least @ .., width] = *about;
            let (numbers, behind) = rest.split_at_checked(count.checked_mul(usize::from(width))?)?;
            *column = Column { least: u32::from_le_bytes(least), width, numbers };
            rest = behind;
        }
        let is_whole = rest.is_empty() && (count <= 1 || columns.first().is_some_and(|first| first.width > 0));
        is_whole.then_some((columns, count))
    }

    /// Every row.
    pub(super) fn rows(&self) -> impl Iterator<Item = [u32; N]> {
        let (columns, count) = self.columns();
        (0..count).map(move |row| columns.map(|column| column.number(row)))
    }

    /// The first number of every row; None where bytes are not those of columns.
    pub(super) fn firsts(&self) -> Option<impl Iterator<Item = u32>> {
        let (columns, count) = self.read()?;
        let first = columns.first().copied().unwrap_or_default();
        Some((0..count).map(move |row| first.number(row)))
    }

    /// True if a row begins with this number; rows are sorted by their first one.
    pub(super) fn begins_any(&self, number: u32) -> bool {
        let (columns, mut behind) = self.columns();
        let Some(first) = columns.first() else { return false };
        let mut from = 0;
        while from < behind {
            let middle = usize::midpoint(from, behind);
            match first.number(middle).cmp(&number) {
                std::cmp::Ordering::Equal => return true,
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Greater => behind = middle,
            }
        }
        false
    }

    /// Writes the bytes behind others; their length.
    pub(super) fn keep(&self, written: &mut Vec<u8>) -> u32 {
        written.extend_from_slice(self.bytes());
        self.length
    }

    /// So many of the next bytes; None if there are fewer.
    pub(super) fn kept(length: u32, given: &mut GivenOut) -> Option<Columns<N>> {
        let columns = Columns { all: Arc::clone(&given.all), start: given.next, length };
        given.next = given.next.checked_add(length)?;
        (given.next as usize <= given.all.len()).then_some(columns)
    }
}

#[derive(Clone, Copy, Default)]
struct Column<'a> {
    least: u32,
    width: u8,
    numbers: &'a [u8],
}

impl Column<'_> {
    fn number(&self, row: usize) -> u32 {
        let beyond = match self.width {
            0 => 0,
            1 => number::<1>(self.numbers, row),
            2 => number::<2>(self.numbers, row),
            3 => number::<3>(self.numbers, row),
            _ => number::<4>(self.numbers, row),
        };
        self.least.wrapping_add(beyond)
    }
}

fn number<const WIDTH: usize>(numbers: &[u8], row: usize) -> u32 {
    let mut all = [0; 4];
    if let Some(bytes) = numbers.as_chunks::<WIDTH>().0.get(row) {
        all[..WIDTH].copy_from_slice(bytes);
    }
    u32::from_le_bytes(all)
}

/// The bytes that a number takes.
fn width(number: u32) -> usize {
    (u32::BITS - number.leading_zeros()).div_ceil(8) as usize
}

/// Bytes that were written one behind the other, to be given out again in the same order.
#[derive(Debug)]
pub(super) struct GivenOut {
    all: Arc<Vec<u8>>,
    next: u32,
}

impl GivenOut {
    /// Those that begin at a byte.
    pub(super) fn from(all: Arc<Vec<u8>>, start: u32) -> GivenOut {
        GivenOut { all, next: start }
    }

    /// True if nothing is left.
    pub(super) fn is_done(&self) -> bool {
        self.next as usize == self.all.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_out_as_they_went_in_whatever_their_width() {
        let greatest = [0, 1, 255, 256, 65_535, 65_536, 0xff_ffff, 0x100_0000, u32::MAX];
        for (at, greatest) in greatest.into_iter().enumerate() {
            let rows = [[0, 7, greatest], [greatest / 2, 7, greatest], [greatest, 7, greatest - greatest / 3]];
            let columns = Columns::new(&rows);
            assert_eq!(columns.rows().collect::<Vec<_>>(), rows);
            assert!(rows.iter().all(|row| columns.begins_any(row[0])), "{at}");
            assert!(!columns.begins_any(greatest.wrapping_add(1)) || greatest == u32::MAX);
            let least = columns.length as usize - 4 - 3 * ABOUT;
            let expected = 3 * (width(greatest).max(1) + width(greatest / 3));
            assert_eq!(least, expected, "the middle column is the same in all rows");
        }
        assert_eq!(Columns::<3>::new(&[]).rows().count(), 0);
    }

    #[test]
    fn bytes_that_are_no_columns_have_no_rows() {
        for length in 0..40 {
            let columns = Columns::<4> { all: Arc::new(vec![0xff; 40]), start: 0, length };
            assert_eq!(columns.rows().count(), 0);
            assert!(!columns.begins_any(7));
        }
    }
}
