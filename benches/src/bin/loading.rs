//! How long a population takes to load from files, step by step: `loading SIZE FOLDER [RUNS]`. The projects are written
//! into the folder first. On one processor (`taskset -c 0`) no thread is started.

use std::error::Error;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use granit_parser::Parser;
use prescope::compile::{People, compile};
use prescope::directory::{Directory, FileKind, Reader, merge};
use prescope::language::{FileId, Sources};
use prescope::project::Project;
use prescope_benches::measure::Times;
use prescope_benches::population::{Population, Size};
use prescope_benches::project::{self, Form, POLICY};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [size, folder, rest @ ..] = arguments.as_slice() else { return Err("loading SIZE FOLDER [RUNS]".into()) };
    let size = Size::named(size).ok_or("small, medium or large")?;
    let runs: usize = rest.first().map_or(Ok(5), |runs| runs.parse())?;
    let population = Population::generate(size);
    let processors = std::thread::available_parallelism()?;
    println!("{}, {} entries, medians of {runs} runs, {processors} processors\n", size.name(), population.entries());
    println!("| | size | parser alone | read | link and graph | `Project::open`, elapsed | its processor time |");
    println!("|---|---|---|---|---|---|---|");
    let mut directories = Vec::new();
    for form in Form::ALL {
        let folder = Path::new(folder).join(form.extension());
        project::write(&population, form, &folder)?;
        directories.push(measure(form, &folder, runs)?);
    }
    println!(
        "\nthe three directories are {}",
        if directories.iter().all(|it| *it == directories[0]) { "equal" } else { "NOT EQUAL" }
    );
    Ok(())
}

fn measure(form: Form, folder: &Path, runs: usize) -> Result<Directory, Box<dyn Error>> {
    let mut paths =
        fs::read_dir(folder.join("directory"))?.map(|it| Ok(it?.path())).collect::<Result<Vec<_>, std::io::Error>>()?;
    paths.sort();
    let mut sources = Sources::default();
    for path in paths {
        sources.add(path.to_string_lossy(), fs::read_to_string(&path)?);
    }
    let bytes: usize = sources.files().map(|(_, source)| source.text().len()).sum();
    let parser =
        median(runs, || (), |()| sources.files().map(|(_, source)| drain(source.path(), source.text())).sum::<usize>());
    let reading = median(runs, || (), |()| everybody(&sources));
    let directory = everybody(&sources);
    let prepare = || {
        let mut sources = sources.clone();
        let policy = sources.add("policy.prescope", POLICY);
        (sources, policy, Box::new(directory.clone()))
    };
    let linking = median(runs, prepare, |(sources, policy, directory): (Sources, FileId, Box<Directory>)| {
        let (set, _) = compile(sources, &[policy], People::from(*directory));
        assert!(set.graph.is_some());
        set
    });
    let (mut elapsed, mut processor) = (Vec::new(), Vec::new());
    for _ in 0..runs {
        let (start, before) = (Instant::now(), processor_time());
        let project = black_box(Project::open(folder));
        elapsed.push(start.elapsed());
        processor.extend(processor_time().zip(before).map(|(after, before)| after - before));
        drop(project);
    }
    let (open, processor) = (Times::of(elapsed).median, Times::of(processor).median);
    let seconds = |it: Duration| format!("{:.3} s", it.as_secs_f64());
    println!(
        "| {} | {:.0} MB | {} | {} | {} | {} | {} |",
        form.extension(),
        bytes as f64 / 1e6,
        seconds(parser),
        seconds(reading),
        seconds(linking),
        seconds(open),
        seconds(processor)
    );
    Ok(directory)
}

/// All files, read and merged one after the other.
fn everybody(sources: &Sources) -> Directory {
    let mut reader = Reader::default();
    let read = sources.files().map(|(file, source)| reader.read(file, FileKind::guess(source.path()), source.text()).0);
    merge(read.collect::<Vec<_>>()).0
}

/// The parser's own work on a text: every event, value or record visited, none kept.
fn drain(path: &str, text: &str) -> usize {
    match FileKind::guess(path) {
        FileKind::Yaml => Parser::new_from_str(text).filter(|event| black_box(event).is_ok()).count(),
        FileKind::Lines => {
            let lines = text.lines().filter(|line| jiter::Jiter::new(line.as_bytes()).next_skip().is_ok());
            lines.count()
        }
        FileKind::Table => {
            let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
            let (mut record, mut count) = (csv::ByteRecord::new(), 0);
            while reader.read_byte_record(&mut record).unwrap_or(false) {
                count += black_box(&record).len();
            }
            count
        }
    }
}

/// The median processor time of several runs in one thread; elapsed time where the system does not say. Neither
/// preparing nor dropping what comes of it counts.
fn median<P, T>(runs: usize, mut prepare: impl FnMut() -> P, mut work: impl FnMut(P) -> T) -> Duration {
    let one = |_| {
        let prepared = prepare();
        let (start, before) = (Instant::now(), own_time());
        let result = black_box(work(prepared));
        let taken = own_time().zip(before).map_or_else(|| start.elapsed(), |(after, before)| after - before);
        drop(result);
        taken
    };
    Times::of((0..runs).map(one).collect()).median
}

/// What this thread has taken of a processor so far, where the system says so.
fn own_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    Some(Duration::from_nanos(text.split_whitespace().next()?.parse().ok()?))
}

/// What this process has taken of all processors so far, where the system says so; ticks are hundredths of a second.
fn processor_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(Duration::from_millis(ticks * 10))
}
