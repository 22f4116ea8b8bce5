//! The report: the same decisions asked of prescope, a hash map and, with the feature `peers`, two rival engines:
//! `compare SIZE [alone]`, where `alone` leaves the rival engines out. First all of them answer 10,000 random questions and have to agree; then each is measured.

use std::error::Error;
use std::hint::black_box;
use std::time::{Duration, Instant};

use prescope_benches::engine::baseline::Baseline;
use prescope_benches::engine::ours::Ours;
#[cfg(feature = "peers")]
use prescope_benches::engine::{cedar::Cedar, rego::Rego};
use prescope_benches::hot::{Batch, HOT, PATHS};
use prescope_benches::population::{Population, Size};
use prescope_benches::time::{self, Each};

/// How many random questions all engines have to agree on.
const CHECKED: usize = 10_000;

/// How many questions are more than any cache holds.
const RANDOM: usize = 500_000;

/// How long threads are counted.
const COUNTED: Duration = Duration::from_secs(2);

type Names<'a> = (&'a str, &'a str, &'a str);

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let size = arguments.next().and_then(|name| Size::named(&name)).ok_or("compare small|medium|large [alone]")?;
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
    if arguments.next().is_none_or(|word| word != "alone") {
        peers(&population, &checked, &hot, &expected, &mut report)?;
    }
    let seen = expected.iter().filter(|seen| **seen).count();
    println!("all agree on {CHECKED} random questions, of which {seen} are answered with yes\n");
    report.print(hot_names.median);

    println!("\n| | median | best batch |\n|---|---|---|");
    for (name, path) in PATHS.into_iter().skip(2) {
        let questions = if name == "counts" { 1 } else { HOT };
        let each = time::each(questions, || path(&hot));
        println!("| {name} | {} | {} |", told(each.median), told(each.best));
    }
    let random = Batch::of(&ours, &population, RANDOM, 3);
    for (what, path) in PATHS.into_iter().take(2) {
        let each = time::each(RANDOM, || path(&random));
        println!("| {what}, {RANDOM} random questions | {} | {} |", told(each.median), told(each.best));
    }
    println!();
    for (what, ask) in PATHS.into_iter().take(2) {
        for (threads, batch) in [(1, &hot), (2, &hot), (1, &random), (2, &random)] {
            let questions = batch.by_ids.len();
            let (elapsed, on_processor) = per_second(threads, batch, ask);
            println!(
                "{what}, {questions} questions, {threads} threads: {elapsed:.2} million a second, {on_processor:.2} a second of processor"
            );
        }
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

/// How many million questions so many threads answer in a second, all of the same set; and in a second that each of
/// them has a processor, for a machine with other work.
fn per_second(threads: usize, batch: &Batch<'_>, ask: fn(&Batch<'_>)) -> (f64, f64) {
    let begun = Instant::now();
    let count = || {
        let (mut questions, before) = (0, time::on_processor());
        while begun.elapsed() < COUNTED {
            ask(batch);
            questions += batch.by_ids.len();
        }
        let taken = time::on_processor().zip(before).map(|(after, before)| (after - before).as_secs_f64());
        (questions as f64 / 1e6, taken.unwrap_or(f64::NAN))
    };
    let answered: Vec<(f64, f64)> = std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(count)).collect();
        running.into_iter().map(|thread| thread.join().expect("a thread")).collect()
    });
    let elapsed = begun.elapsed().as_secs_f64();
    let all = |each: fn(&(f64, f64)) -> f64| answered.iter().map(each).sum::<f64>();
    (all(|(questions, _)| *questions) / elapsed, all(|(questions, taken)| questions / taken))
}

/// A time as people read it.
fn told(nanoseconds: f64) -> String {
    match nanoseconds {
        1e6.. => format!("{:.1} ms", nanoseconds / 1e6),
        1e3.. => format!("{:.2} µs", nanoseconds / 1e3),
        _ => format!("{nanoseconds:.1} ns"),
    }
}

struct Report {
    rows: Vec<(&'static str, Duration, Each)>,
}

impl Report {
    fn row(&mut self, engine: &'static str, loaded: Duration, each: Each) {
        self.rows.push((engine, loaded, each));
    }

    fn print(&self, names: f64) {
        println!("| engine | ready in | a decision | best batch | × prescope by names |");
        println!("|---|---|---|---|---|");
        for (engine, loaded, each) in &self.rows {
            let (loaded, ratio) = (loaded.as_secs_f64(), each.median / names);
            println!("| {engine} | {loaded:.2} s | {} | {} | {ratio:.2} |", told(each.median), told(each.best));
        }
    }
}
