//! Measures what `diff` does beyond loading two sides, by what was changed: `sides small|medium|large`. With the feature
//! `peers` also how long a rival engine would take to be asked the same, pair by pair.

use std::error::Error;
use std::time::Duration;

use prescope::diff::{Diff, Structure};
use prescope::project::Project;
use prescope::resolve::Entries;
use prescope_benches::measure::Times;
use prescope_benches::population::{BLOCKED, Population, Size};
use prescope_benches::project::{POLICY, built, changed, side};

fn main() -> Result<(), Box<dyn Error>> {
    let size = std::env::args().nth(1).and_then(|name| Size::named(&name)).ok_or("sides small|medium|large")?;
    let population = Population::generate(size);
    let base = built(&population);
    let mut other = population.clone();
    if let Some((_, level)) = other.owners.first_mut().and_then(|owner| owner.contacts.first_mut()) {
        *level = if *level == BLOCKED { 0 } else { BLOCKED };
    }
    let runs = if size == Size::Large { 3 } else { 9 };
    println!("{:<8} {:<10} {:<18} {:>12} {:>12}", "size", "change", "step", "median", "best");
    compare(size, "publish", runs, [&base, &changed(&population)?])?;
    compare(size, "mode", runs, [&base, &side(&population, &POLICY.replace("true", "false"))?])?;
    compare(size, "one entry", runs, [&base, &side(&other, POLICY)?])?;
    compare(size, "nothing", runs, [&base, &side(&population, POLICY)?])?;
    #[cfg(feature = "peers")]
    peer(&population, &base);
    Ok(())
}

fn compare(size: Size, change: &str, runs: usize, projects: [&Project; 2]) -> Result<(), Box<dyn Error>> {
    let rules = |project: &Project| project.rules(Entries::InForce).map_err(|_| "a set with errors");
    let [before, after] = [rules(projects[0])?, rules(projects[1])?];
    let sets = projects.map(Project::set);
    let row = |step: &str, times: Times| {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1e3;
        let (median, best) = (milliseconds(times.median), milliseconds(times.best));
        println!("{:<8} {change:<10} {step:<18} {median:>9.1} ms {best:>9.1} ms", size.name());
    };
    let diff = Diff::between(&before, &after);
    let (effect, structure) = (diff.effect(), Structure::between(sets[0], sets[1]));
    row("effect", Times::measure(runs, || Diff::between(&before, &after).effect()));
    row("groups", Times::measure(runs, || diff.groups(&effect.presence, 1)));
    row("disclosures", Times::measure(runs, || diff.disclosures()));
    row("structure", Times::measure(runs, || Structure::between(sets[0], sets[1])));
    let whole = || {
        let diff = Diff::between(&before, &after);
        let effect = diff.effect();
        let groups = diff.groups(&effect.presence, 1);
        let structure = Structure::between(sets[0], sets[1]);
        let witnesses = groups.iter().take(prescope::report::diff::REASONS);
        let causes = witnesses.map(|group| structure.causes(&group.witness.answered(before.model()), Entries::InForce));
        let causes: Vec<_> = causes.collect();
        let aside = (diff.arrived(), diff.left());
        (effect, groups, diff.disclosures(), structure.differences, causes, aside)
    };
    row("all, with causes", Times::measure(runs, whole));
    drop(structure);
    Ok(())
}

/// What it would take to ask the same of cedar-policy: each viewer about each field of each owner, on both sides.
#[cfg(feature = "peers")]
fn peer(population: &Population, base: &Project) {
    use prescope_benches::engine::cedar::Cedar;
    use prescope_benches::question::questions;
    use prescope_benches::time::each;

    const ASKED: usize = 1000;
    let cedar = Cedar::load(population);
    let model = base.model();
    let fields: Vec<String> = model.fields.ids().map(|field| model.field_name(field)).collect();
    let asked = questions(population, fields.len(), ASKED, 7).into_iter().map(|it| {
        let address = |at: u32| population.viewers[at as usize].address.as_str();
        Cedar::ask(address(it.viewer), address(it.owner), &fields[it.field as usize])
    });
    let asked: Vec<_> = asked.collect();
    let one = each(ASKED, || asked.iter().for_each(|asked| _ = std::hint::black_box(cedar.decide(asked))));
    let questions = 2.0 * population.owners.len() as f64 * (population.viewers.len() - 1) as f64 * fields.len() as f64;
    let hours = questions * one.median / 1e9 / 3600.0;
    println!("cedar-policy, pair by pair: {questions:.2e} questions of {:.2} µs are {hours:.1} h", one.median / 1e3);
}
