//! Measures what lies between two sets: what differs as it is declared, and a set with one item put back, of everybody
//! and of two people.

use std::collections::BTreeSet;
use std::error::Error;

use prescope::diff::{Present, Side, Structure};
use prescope::directory::Address;
use prescope::project::Project;
use prescope_benches::measure::Times;
use prescope_benches::population::{Population, Size};
use prescope_benches::project::{POLICY, directory};

const RUNS: usize = 9;

const CHANGE: &str = "
extend container external { publishes contact_card { mobile_phone, work_phone }, note }
guard contact_card.mobile_phone { deny \"never\" when viewer is not contact of owner }
";

fn main() -> Result<(), Box<dyn Error>> {
    println!("{:<8} {:<34} {:>10} {:>10}", "size", "step", "median", "best");
    for size in [Size::Small, Size::Medium] {
        measure(size)?;
    }
    Ok(())
}

fn measure(size: Size) -> Result<(), Box<dyn Error>> {
    let population = Population::generate(size);
    let side = |policy: String| -> Result<Project, Box<dyn Error>> {
        Ok(Project::builder().policy("policy.prescope", policy).people(directory(&population)?).build())
    };
    let (base, head) = (side(POLICY.to_owned())?, side(format!("{POLICY}{CHANGE}"))?);
    let row = |step: &str, times: Times| {
        let (median, best) = (times.median.as_secs_f64() * 1e3, times.best.as_secs_f64() * 1e3);
        println!("{:<8} {step:<34} {median:>7.2} ms {best:>7.2} ms", size.name());
    };
    let structure = Structure::between(base.set(), head.set());
    row("structure", Times::measure(RUNS, || Structure::between(base.set(), head.set())));
    let one: BTreeSet<_> = structure.items().into_iter().take(1).collect();
    let addresses = population.viewers.iter().filter_map(|viewer| Address::parse(&viewer.address));
    let two: Vec<Address> = addresses.take(2).collect();
    let hybrid = |present: &Present<'_>| structure.hybrid(Side::Head, &one, present).is_ok();
    row("one item put back, two people", Times::measure(RUNS, || hybrid(&Present::These(&two))));
    row("one item put back, everybody", Times::measure(RUNS, || hybrid(&Present::Everybody)));
    Ok(())
}
