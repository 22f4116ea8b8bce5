//! One test binary: its modules read like the pipeline.

mod directory;
mod lint;
mod oracle;
mod symbolic;
mod syntax;
