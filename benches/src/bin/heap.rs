//! The live heap of a loaded population: `heap SIZE`.

use std::error::Error;

use prescope_benches::engine::ours::Ours;
use prescope_benches::population::{Population, Size};

fn main() -> Result<(), Box<dyn Error>> {
    let size = std::env::args().nth(1).and_then(|name| Size::named(&name)).ok_or("heap small|medium|large")?;
    let population = Population::generate(size);
    let mut loaded = None;
    let counted = allocation_counter::measure(|| loaded = Some(Ours::rules(&population)));
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let live = megabytes(u64::try_from(counted.bytes_current)?);
    println!("{}: live {live:.1} MB, at most {:.1} MB while loading", size.name(), megabytes(counted.bytes_max));
    drop(loaded);
    Ok(())
}
