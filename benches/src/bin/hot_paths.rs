//! One hot path over and over: `hot_paths SIZE PATH ROUNDS`. Prints the time of a round; with a counter of instructions
//! around it, everything outside of [`Batch`] is preparation.

use std::error::Error;
use std::time::Instant;

use prescope_benches::engine::ours::Ours;
use prescope_benches::hot::{Batch, HOT, PATHS, Sets, WHOLE};
use prescope_benches::population::{Population, Size};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [size, path, rounds] = arguments.as_slice() else { return Err("hot_paths SIZE PATH ROUNDS".into()) };
    let size = Size::named(size).ok_or("small, medium or large")?;
    let rounds: usize = rounds.parse()?;
    let population = Population::generate(size);
    let ours = Ours::load(&population);
    let mut batch = Batch::of(&ours, &population, HOT, 2);
    batch.sets = Some(Sets::of(&population)?);
    let (_, round) = PATHS.into_iter().chain(WHOLE).find(|(name, _)| name == path).ok_or("there is no such path")?;
    let begun = Instant::now();
    (0..rounds).for_each(|_| round(&batch));
    println!("{path}: {:.0} ns a round", begun.elapsed().as_secs_f64() * 1e9 / rounds as f64);
    Ok(())
}
