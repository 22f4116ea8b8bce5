//! What is done with texts and names of others beside reading policies: found again, guessed at, compared by their
//! looks, listed, shown and counted, and what is wrong with them told in plain lines.

mod by_text;
mod counted;
mod fingerprint;
mod guesses;
mod looks;
mod plain;
mod progress;
mod shown;
mod slips;
pub(crate) mod sum;
pub(crate) mod written;

pub(crate) use by_text::ByText;
pub(crate) use counted::counted;
pub(crate) use fingerprint::{Fingerprint, Fingerprints};
pub(crate) use guesses::first_of;
pub use guesses::{Guesses, listed};
pub(crate) use looks::{Odd, hidden, looks, odd, taken_for_ascii};
pub(crate) use plain::place;
pub use plain::{followers, plain, severity_name};
pub use progress::Progress;
pub(crate) use progress::Way;
pub(crate) use shown::{is_plain, line, one_line, shown};
pub(crate) use slips::{Slips, is_slip};
