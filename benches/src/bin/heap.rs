//! The live heap of a loaded population: `heap SIZE` as a program gives it, `heap FOLDER` of a project in files. Only what
//! one thread allocates is counted, so a project is to be read on one processor.

use std::error::Error;

use prescope::{Entries, Project, RuleSet, SetErrors};
use prescope_benches::engine::ours::Ours;
use prescope_benches::population::{Population, Size};

fn main() -> Result<(), Box<dyn Error>> {
    let of = std::env::args().nth(1).ok_or("heap small|medium|large|FOLDER")?;
    match Size::named(&of) {
        Some(size) => {
            let population = Population::generate(size);
            report(&of, || Ok(Ours::rules(&population)))
        }
        None => report(&of, || from_files(&of)),
    }
}

/// The set alone: texts, trees and directory are dropped.
fn from_files(folder: &str) -> Result<RuleSet, SetErrors> {
    let rules = Project::open(folder).rules(Entries::InForce)?;
    rules.prepare();
    Ok(rules)
}

fn report(of: &str, load: impl FnOnce() -> Result<RuleSet, SetErrors>) -> Result<(), Box<dyn Error>> {
    let mut loaded = None;
    let counted = allocation_counter::measure(|| loaded = Some(load()));
    let rules = loaded.ok_or("nothing was loaded")??;
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    let live = megabytes(u64::try_from(counted.bytes_current)?);
    println!("{of}: live {live:.1} MB, at most {:.1} MB while loading", megabytes(counted.bytes_max));
    drop(rules);
    Ok(())
}
