//! One hot path over and over: `hot_paths SIZE PATH ROUNDS`.

use std::error::Error;
use std::time::Instant;

use prescope_benches::engine::ours::Ours;
use prescope_benches::hot::{Batch, QUESTIONS};
use prescope_benches::population::{Population, Size};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [size, path, rounds] = arguments.as_slice() else { return Err("hot_paths SIZE PATH ROUNDS".into()) };
    let size = Size::named(size).ok_or("small, medium or large")?;
    let rounds: usize = rounds.parse()?;
    let population = Population::generate(size);
    let ours = Ours::load(&population);
    let batch = Batch::of(&ours, &population, QUESTIONS, 2);
    let round = match path.as_str() {
        "ids" => Batch::decide_ids,
        "names" => Batch::decide_names,
        _ => return Err("no such path".into()),
    };
    round(&batch);
    let begun = Instant::now();
    (0..rounds).for_each(|_| round(&batch));
    println!("{:.1} ns", begun.elapsed().as_secs_f64() * 1e9 / (rounds * QUESTIONS) as f64);
    Ok(())
}
