//! What is done with texts and names of others beside reading policies: found again, guessed at, compared by their looks,
//! listed, shown and counted.

mod by_text;
mod guesses;
mod looks;
mod progress;
mod shown;
mod slips;
pub(crate) mod sum;

pub(crate) use by_text::ByText;
pub(crate) use guesses::first_of;
pub use guesses::{Guesses, listed};
pub(crate) use looks::{Odd, hidden, looks, odd, taken_for_ascii};
pub use progress::Progress;
pub(crate) use progress::Way;
pub(crate) use shown::{is_plain, line, one_line, shown};
pub(crate) use slips::{Slips, is_slip};
