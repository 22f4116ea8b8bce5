//! Every test, in the order of the pipeline.

mod syntax;
