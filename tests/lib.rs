//! One test binary: its modules read like the pipeline.

mod directory;
mod format;
mod oracle;
mod syntax;
