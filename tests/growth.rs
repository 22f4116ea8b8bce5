//! Cost grows no faster than the work. Each shape of input is run at a size and at four times that size, and what the
//! command takes is counted, not timed: allocated bytes and output here, instructions where valgrind is
//! (`cargo test --test growth -- --ignored`). [CONTRIBUTING.md](../CONTRIBUTING.md#growth) says how to add a shape.
#![allow(clippy::disallowed_methods, reason = "what is counted is run on files")]
#![allow(clippy::expect_used, clippy::panic, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what was counted is worth reading where everything is well, too")]

#[path = "tries.rs"]
#[allow(dead_code, reason = "the suite tries more than shapes")]
mod tries;

mod growth {
    mod count;
    pub(crate) mod given;
    pub(crate) mod shapes;

    pub(crate) use count::{COUNTED_INTO, allocated, instructions, run_counted};
}

use std::alloc::System;
use std::env;
use std::process::ExitCode;

use libtest_mimic::{Arguments, Completion, Failed, Trial};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use growth::given::{Given, Shape};

/// Counts for the whole process, whichever thread allocates.
#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How many times as large the second run is, and how many times as much it may take.
const TIMES: usize = 4;
const AT_MOST: f64 = 6.0;

fn main() -> ExitCode {
    // The shapes are run by this same program, as processes of their own.
    if let Some(into) = env::var_os(growth::COUNTED_INTO) {
        return growth::run_counted(&into, ALLOCATOR);
    }
    let arguments = Arguments::from_args();
    let shapes = || growth::shapes::ALL.iter().copied().flatten();
    let bytes = tries::share(shapes())
        .into_iter()
        .map(|shape| Trial::test(shape.name, || bytes_grow(shape)).with_kind("bytes"));
    let instructions = shapes().map(|shape| {
        let trial = Trial::ignorable_test(shape.name, || instructions_grow(shape));
        trial.with_kind("instructions").with_ignored_flag(true)
    });
    libtest_mimic::run(&arguments, bytes.chain(instructions).collect()).exit_code()
}

fn bytes_grow(shape: &Shape) -> Result<(), Failed> {
    let [small, large] = both(shape).map(|given| growth::allocated(&given));
    let ((small_bytes, small_output), (large_bytes, large_output)) = (small?, large?);
    let judged = [
        judge(shape, "allocated bytes", small_bytes, large_bytes),
        judge(shape, "bytes of output", small_output, large_output),
    ];
    judged.into_iter().collect()
}

fn instructions_grow(shape: &Shape) -> Result<Completion, Failed> {
    let [small, large] = both(shape).map(|given| growth::instructions(&given));
    let (Some(small), Some(large)) = (small?, large?) else {
        return Ok(Completion::ignored_with("there is no valgrind on the path"));
    };
    judge(shape, "instructions", small, large).map(|()| Completion::Completed)
}

/// The shape at its size, and at four times that.
fn both(shape: &Shape) -> [Given; 2] {
    [shape.size, shape.size * TIMES].map(shape.given)
}

fn judge(shape: &Shape, of: &str, small: u64, large: u64) -> Result<(), Failed> {
    let times = large as f64 / small.max(1) as f64;
    let told = format!("{}: {of} from {small} to {large}, × {times:.1}", shape.name);
    println!("{told}");
    if times <= AT_MOST {
        return Ok(());
    }
    Err(format!("{told}; a size of {} × {TIMES} may take × {AT_MOST} at most", shape.size).into())
}
