//! One test binary: its modules read like the pipeline.

mod allocations;
mod architecture;
mod cli;
mod examples;
mod given;
mod oracle;
mod vectors;
