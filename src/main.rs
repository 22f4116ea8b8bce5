//! The command line. Everything it does is a library call.

use std::process::ExitCode;

fn main() -> ExitCode {
    prescope::cli::run(std::env::args_os())
}
