//! The library inside another program.

fn main() {}
