//! What the measurements share: generators of policy files and of populations, the same from the same seed; the questions
//! asked of them; the engines that answer: prescope, its peers, and a hash map; and the shipped catalogue.

pub mod catalogue;
pub mod engine;
pub mod hot;
pub mod measure;
pub mod policies;
pub mod population;
pub mod project;
pub mod question;
pub mod random;
pub mod time;
