//! A part of all mutants, the same one for the same seed.

/// How many of all mutants are tried.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Share {
    /// One in so many; all of them for 1.
    pub one_in: usize,
    /// Which ones.
    pub seed: u64,
}

impl Default for Share {
    fn default() -> Share {
        Share { one_in: 1, seed: 0 }
    }
}

impl Share {
    /// One of each so many that follow each other, so that every part of the policies has its share.
    pub(super) fn chosen<T>(self, all: Vec<T>) -> Vec<T> {
        let one_in = self.one_in.max(1);
        let is_chosen = |at: usize| {
            let group = at / one_in;
            (mixed(self.seed, group as u64) % one_in as u64) as usize == at % one_in
        };
        all.into_iter().enumerate().filter(|(at, _)| is_chosen(*at)).map(|(_, one)| one).collect()
    }

    /// True if none is left out.
    pub fn is_all(self) -> bool {
        self.one_in <= 1
    }
}

/// A number in which every bit of the seed and of the index counts (the finish of splitmix64).
fn mixed(seed: u64, index: u64) -> u64 {
    let mut mixed = seed.wrapping_add(index.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
