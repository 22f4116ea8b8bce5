//! One test binary: its modules read like the pipeline.

mod directory;
mod docs;
mod oracle;
mod syntax;
