//! One test binary: its modules read like the pipeline.

mod allocations;
mod architecture;
mod cli;
mod diagnostics;
mod directory;
mod docs;
mod examples;
mod given;
mod hostile;
mod oracle;
mod syntax;
mod vectors;
