//! A population from its snapshot: `snapshot FOLDER`, a project that `populate` wrote and `prescope compile` compiled.

use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use prescope::project::Ready;
use prescope::resolve::Entries;
use prescope_benches::measure::Times;

const RUNS: usize = 51;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("say where: snapshot FOLDER")?;
    let open = || Ready::open(&folder).map_err(|_| "the set has errors");
    // The first time, memory is new to the process, as it is to a command.
    let begun = Instant::now();
    let first = open()?;
    let taken = begun.elapsed();
    if let Some(stale) = first.stale() {
        return Err(format!("the snapshot does not hold: {stale}").into());
    }
    let path = std::path::Path::new(&folder).join(".prescope.snapshot");
    let length = std::fs::metadata(&path)?.len();
    let read = Times::measure(RUNS, || std::fs::read(&path).map(|bytes| bytes.len()));
    let ready = Times::measure(RUNS, || open().is_ok());
    let kept = Times::measure(RUNS, || open().map(|ready| ready.rules(Entries::InForce)).map(black_box));
    drop(first);
    println!("snapshot of {:.1} MB", length as f64 / 1e6);
    println!("{:20} {:13.1} ms", "ready, the first time", ms(taken));
    for (what, times) in [("its bytes", read), ("ready, and dropped", ready), ("ready to be asked", kept)] {
        println!("{what:20} median {:6.1} ms, best {:6.1} ms", ms(times.median), ms(times.best));
    }
    Ok(())
}

fn ms(time: std::time::Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
