//! The report: the same decisions asked of prescope, a hash map and, with the feature `peers`, two rival engines:
//! `compare SIZE`. First all of them answer 10,000 random questions and have to agree; then each is measured.

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use prescope_benches::engine::baseline::Baseline;
use prescope_benches::engine::ours::Ours;
#[cfg(feature = "peers")]
use prescope_benches::engine::{cedar::Cedar, rego::Rego};
use prescope_benches::hot::{Batch, HOT, PATHS};
use prescope_benches::population::{Population, Size};
use prescope_benches::time;

/// How many random questions all engines have to agree on.
const CHECKED: usize = 10_000;

/// How many questions are more than any cache holds.
const RANDOM: usize = 500_000;

/// How long threads are counted.
const COUNTED: Duration = Duration::from_secs(2);

type Names<'a> = (&'a str, &'a str, &'a str);

fn main() -> Result<(), Box<dyn Error>> {
    let size = std::env::args().nth(1).and_then(|name| Size::named(&name)).ok_or("compare small|medium|large")?;
    let population = Population::generate(size);
    let (owners, viewers, entries) = (population.owners.len(), population.viewers.len(), population.entries());
    println!("{}: {owners} owners, {viewers} viewers, {entries} entries\n", size.name());

    let (ours, loaded) = time::once(|| Ours::load(&population));
    let checked = Batch::of(&ours, &population, CHECKED, 1);
    let hot = Batch::of(&ours, &population, HOT, 2);
    let mut report = Report { rows: Vec::new() };
    let hot_names = time::each(HOT, || hot.names());
    report.row("prescope, by ids", loaded, time::each(HOT, || hot.ids()));
    report.row("prescope, by names", loaded, hot_names);

    let (map, loaded) = time::once(|| Baseline::load(&population));
    let expected: Vec<bool> =
        checked.by_names.iter().map(|(viewer, owner, field)| map.decide(viewer, owner, field)).collect();
    agree("prescope by ids", &checked.by_names, &expected, |at, _| {
        let (viewer, owner, field) = checked.by_ids[at];
        ours.decide_ids(viewer, owner, field)
    })?;
    agree("prescope by names", &checked.by_names, &expected, |_, (viewer, owner, field)| {
        ours.decide_names(viewer, owner, field)
    })?;
    let ask = |(viewer, owner, field): &Names<'_>| _ = black_box(map.decide(viewer, owner, field));
    report.row("hash map", loaded, time::each(HOT, || hot.by_names.iter().for_each(ask)));
    drop(map);
    #[cfg(feature = "peers")]
    peers(&population, &checked, &hot, &expected, &mut report)?;
    let seen = expected.iter().filter(|seen| **seen).count();
    println!("all agree on {CHECKED} random questions, of which {seen} are answered with yes\n");
    report.print(hot_names);

    println!();
    for (name, path) in PATHS.into_iter().skip(2) {
        let questions = if name == "counts" { 1 } else { HOT };
        let (each, unit) = match time::each(questions, || path(&hot)) {
            nanoseconds if nanoseconds >= 1e6 => (nanoseconds / 1e6, "ms"),
            nanoseconds if nanoseconds >= 1e3 => (nanoseconds / 1e3, "µs"),
            nanoseconds => (nanoseconds, "ns"),
        };
        println!("{name:<8} {each:>8.2} {unit}");
    }
    let random = Batch::of(&ours, &population, RANDOM, 3);
    println!("by ids,   {RANDOM} random questions: {:.1} ns", time::each(RANDOM, || random.ids()));
    println!("by names, {RANDOM} random questions: {:.1} ns", time::each(RANDOM, || random.names()));
    for (what, ask) in [("ids", Batch::ids as fn(&Batch<'_>)), ("names", |batch| batch.names())] {
        let (one, two) = (per_second(1, &random, ask), per_second(2, &random, ask));
        println!("by {what}, {one:.2} million a second on one thread, {two:.2} on two: {:.2} ×", two / one);
    }
    Ok(())
}

fn agree(
    engine: &str,
    questions: &[Names<'_>],
    expected: &[bool],
    mut ask: impl FnMut(usize, Names<'_>) -> bool,
) -> Result<(), Box<dyn Error>> {
    for (at, (names, expected)) in questions.iter().zip(expected).enumerate() {
        if ask(at, *names) != *expected {
            return Err(format!("{engine} disagrees: {names:?} is {expected}").into());
        }
    }
    Ok(())
}

#[cfg(feature = "peers")]
fn peers(
    population: &Population,
    checked: &Batch<'_>,
    hot: &Batch<'_>,
    expected: &[bool],
    report: &mut Report,
) -> Result<(), Box<dyn Error>> {
    let (mut rego, loaded) = time::once(|| Rego::load(population));
    agree("regorus", &checked.by_names, expected, |_, (viewer, owner, field)| {
        rego.decide(&Rego::ask(viewer, owner, field))
    })?;
    let asked: Vec<_> = hot.by_names.iter().map(|(viewer, owner, field)| Rego::ask(viewer, owner, field)).collect();
    report.row(
        "regorus 0.14.1",
        loaded,
        time::each(HOT, || asked.iter().for_each(|asked| _ = black_box(rego.decide(asked)))),
    );
    drop(rego);
    let (cedar, loaded) = time::once(|| Cedar::load(population));
    agree("cedar-policy", &checked.by_names, expected, |_, (viewer, owner, field)| {
        cedar.decide(&Cedar::ask(viewer, owner, field))
    })?;
    let asked: Vec<_> = hot.by_names.iter().map(|(viewer, owner, field)| Cedar::ask(viewer, owner, field)).collect();
    report.row(
        "cedar-policy 4.14.1",
        loaded,
        time::each(HOT, || asked.iter().for_each(|asked| _ = black_box(cedar.decide(asked)))),
    );
    Ok(())
}

/// How many million questions so many threads answer in a second, all of the same set.
fn per_second(threads: usize, batch: &Batch<'_>, ask: fn(&Batch<'_>)) -> f64 {
    let begun = Instant::now();
    let count = || {
        let mut rounds = 0;
        while begun.elapsed() < COUNTED {
            ask(batch);
            rounds += 1;
        }
        rounds
    };
    let rounds: usize = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(count)).collect();
        running.into_iter().map(|thread| thread.join().expect("a thread")).sum()
    });
    (rounds * batch.by_ids.len()) as f64 / begun.elapsed().as_secs_f64() / 1e6
}

struct Report {
    rows: Vec<(&'static str, Duration, f64)>,
}

impl Report {
    fn row(&mut self, engine: &'static str, loaded: Duration, nanoseconds: f64) {
        self.rows.push((engine, loaded, nanoseconds));
    }

    fn print(&self, names: f64) {
        println!("| engine | ready in | a decision | × prescope by names |");
        println!("|---|---|---|---|");
        for (engine, loaded, nanoseconds) in &self.rows {
            let (loaded, ratio) = (loaded.as_secs_f64(), nanoseconds / names);
            println!("| {engine} | {loaded:.2} s | {nanoseconds:.1} ns | {ratio:.2} |");
        }
    }
}
