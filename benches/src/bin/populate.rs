//! Writes a population as a prescope project: `populate small FOLDER`, with its people as `yaml`, `ndjson` or `csv`.

use std::error::Error;
use std::path::Path;

use prescope_benches::population::{Population, Size};
use prescope_benches::project::{self, Form};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(size), Some(folder)) = (arguments.next().and_then(|name| Size::named(&name)), arguments.next()) else {
        return Err("say what and where: populate small|medium|large|wide FOLDER [yaml|ndjson|csv]".into());
    };
    let form = arguments.next().map_or(Some(Form::Yaml), |name| Form::named(&name)).ok_or("yaml, ndjson or csv")?;
    let population = Population::generate(size);
    project::write(&population, form, Path::new(&folder))?;
    let (owners, viewers, entries) = (population.owners.len(), population.viewers.len(), population.entries());
    println!("{}: {owners} owners, {viewers} viewers, {entries} entries in {folder}", size.name());
    Ok(())
}
