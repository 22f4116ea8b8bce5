//! What the measurements share: generators of policy files and of populations, the same from the same seed.

pub mod measure;
pub mod policies;
pub mod random;
