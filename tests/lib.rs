//! One test binary: its modules read like the pipeline.

mod oracle;
mod syntax;
