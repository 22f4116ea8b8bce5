//! One test binary: its modules read like the pipeline.

mod given;
mod oracle;
mod vectors;
