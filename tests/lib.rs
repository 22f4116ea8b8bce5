//! One test binary: its modules read like the pipeline.

mod docs;
mod oracle;
