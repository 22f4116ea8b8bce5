//! One test binary: its modules read like the pipeline.

mod directory;
mod oracle;
mod symbolic;
mod syntax;
