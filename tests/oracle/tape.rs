//! A tape of bytes from which a generator takes its choices. Zero is always the plainest choice and an exhausted tape
//! reads as zeros, so shrinking the tape shrinks the world.

#[derive(Debug)]
pub struct Tape<'a> {
    bytes: std::slice::Iter<'a, u8>,
}

impl<'a> Tape<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Tape { bytes: bytes.iter() }
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        let byte = usize::from(self.bytes.next().copied().unwrap_or(0));
        if bound == 0 { 0 } else { byte % bound }
    }

    /// True `percent` times in a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) >= 100 - percent
    }

    pub fn between(&mut self, least: usize, most: usize) -> usize {
        least + self.below(most - least + 1)
    }

    pub fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())].clone()
    }

    /// Those that a coin keeps, in their order.
    pub fn some<T: Clone>(&mut self, from: &[T], percent: usize) -> Vec<T> {
        from.iter().filter(|_| self.chance(percent)).cloned().collect()
    }

    /// As `some`, but never none.
    pub fn at_least_one<T: Clone>(&mut self, from: &[T], percent: usize) -> Vec<T> {
        let kept = self.some(from, percent);
        if kept.is_empty() { vec![self.pick(from)] } else { kept }
    }

    pub fn maybe<T>(&mut self, percent: usize, make: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.chance(percent).then(|| make(self))
    }
}
