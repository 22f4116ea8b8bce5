//! One test binary: its modules read like the pipeline.

mod directory;
mod oracle;
mod shipped;
mod syntax;
mod truth;
