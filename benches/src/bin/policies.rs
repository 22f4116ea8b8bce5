//! Measures reading, checking, linting and laying out a large set of policy files.
//!
//! `policies write DIR [FILES]` writes the set as a project, to time the command line on it.
//! `policies [FILES]` measures the library's own steps.

use std::path::Path;

use prescope::language::{Sources, format, parse};
use prescope::lint::Levels;
use prescope::project::Project;
use prescope_benches::measure::Times;
use prescope_benches::policies::{Policies, generate};

const FILES: usize = 1000;
const SEED: u64 = 2013;
const RUNS: usize = 5;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["write", folder, rest @ ..] => {
            let policies = generate(count(rest), SEED);
            match policies.write(Path::new(folder)) {
                Ok(()) => println!("{} files, {} bytes", policies.files.len(), policies.bytes()),
                Err(error) => eprintln!("{folder}: {error}"),
            }
        }
        rest => measure(&generate(count(rest), SEED)),
    }
}

fn count(rest: &[&str]) -> usize {
    rest.first().and_then(|it| it.parse().ok()).unwrap_or(FILES)
}

fn measure(policies: &Policies) {
    let megabytes = policies.bytes() as f64 / 1e6;
    println!("{} files, {megabytes:.1} MB, medians of {RUNS} runs\n", policies.files.len());
    let line = |what: &str, times: Times| {
        let (median, best) = (times.median.as_secs_f64(), times.best.as_secs_f64());
        println!("{what:<28} {median:>7.3} s   best {best:>7.3} s   {:>6.1} MB/s", megabytes / median);
    };
    let mut sources = Sources::default();
    let files: Vec<_> = policies.files.iter().map(|(path, text)| sources.add(path.as_str(), text.as_str())).collect();
    let parse_all = || files.iter().map(|file| parse(*file, sources.text(*file))).collect::<Vec<_>>();
    line("parse, one thread", Times::measure(RUNS, parse_all));
    let parsed = parse_all();
    let lay_out = || parsed.iter().filter(|it| format(it, sources.text(it.file)).is_ok()).count();
    line("lay out, one thread", Times::measure(RUNS, lay_out));
    let open = || Project::builder().policies(policies.files.clone()).directories([policies.directory.clone()]).build();
    line("check (from texts in memory)", Times::measure(RUNS, open));
    let project = open();
    assert!(!project.has_errors(), "{:#?}", project.diagnostics().iter().take(10).collect::<Vec<_>>());
    let (levels, _) = project.levels();
    line("lint (of a checked set)", Times::measure(RUNS, || project.lint(&levels)));
    println!("\n{} findings", project.lint(&Levels::usual()).len());
}
