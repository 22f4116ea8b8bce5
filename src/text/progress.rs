//! How far texts are read: counted by those who read them, on several threads, and looked at by somebody who waits.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// How many bytes of a text are read before they are counted: a thousand times as long as counting takes.
const STEP: usize = 64 << 10;

/// How many bytes there are to read, and how many have been.
#[derive(Debug, Default)]
pub struct Progress {
    whole: AtomicU64,
    read: AtomicU64,
}

impl Progress {
    /// How many bytes there are to read; 0 until that is known.
    pub fn whole(&self) -> u64 {
        self.whole.load(Relaxed)
    }

    /// How many of them have been read.
    pub fn read(&self) -> u64 {
        self.read.load(Relaxed)
    }

    /// So many bytes are to be read from now on, none of which has been.
    pub(crate) fn start(&self, whole: usize) {
        self.read.store(0, Relaxed);
        self.whole.store(whole as u64, Relaxed);
    }
}

/// The way through one text. Whoever drops it has read the text to its end.
#[derive(Debug)]
pub(crate) struct Way<'p> {
    progress: Option<&'p Progress>,
    length: usize,
    counted: usize,
}

impl<'p> Way<'p> {
    /// At the beginning of a text of this length. Without a progress, nobody counts.
    pub(crate) fn through(length: usize, progress: Option<&'p Progress>) -> Way<'p> {
        Way { progress, length, counted: 0 }
    }

    /// Everything before this byte is read.
    pub(crate) fn reach(&mut self, byte: usize) {
        if byte >= self.counted + STEP {
            self.count(byte);
        }
    }

    fn count(&mut self, byte: usize) {
        let byte = byte.min(self.length);
        if let Some(progress) = self.progress {
            progress.read.fetch_add((byte - self.counted) as u64, Relaxed);
        }
        self.counted = byte;
    }
}

impl Drop for Way<'_> {
    fn drop(&mut self) {
        self.count(self.length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_counted_in_steps_and_to_its_end() {
        let progress = Progress::default();
        progress.start(3 * STEP);
        let mut way = Way::through(2 * STEP + 1, Some(&progress));
        way.reach(STEP - 1);
        assert_eq!(progress.read(), 0, "not worth it");
        way.reach(STEP + 5);
        assert_eq!(progress.read(), STEP as u64 + 5);
        way.reach(9 * STEP);
        assert_eq!(progress.read(), 2 * STEP as u64 + 1, "no more than there is");
        way.reach(9 * STEP);
        drop(way);
        drop(Way::through(STEP - 1, Some(&progress)));
        assert_eq!((progress.read(), progress.whole()), (3 * STEP as u64, 3 * STEP as u64));
    }
}
