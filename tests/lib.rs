//! One test binary: its modules read like the pipeline.

mod catalogue;
mod directory;
mod oracle;
mod shipped;
mod syntax;
mod truth;
