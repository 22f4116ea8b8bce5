//! One test binary: its modules read like the pipeline.

mod allocations;
mod architecture;
mod cli;
mod directory;
mod docs;
mod examples;
mod expect;
mod given;
mod oracle;
mod syntax;
mod vectors;
