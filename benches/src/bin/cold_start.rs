//! Measures how long the command line takes from process start to exit, beside a process that does nothing.
//!
//! `cold_start [ROUNDS]` runs each command once a round, in turn, so that whatever else the machine does meets all of them.
//! The process that does nothing is this program itself, started with `nothing`.

use std::env;
use std::error::Error;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use prescope_benches::measure::Times;

const ROUNDS: usize = 400;
/// What a question may take beyond a process that does nothing.
const WANTED: Duration = Duration::from_millis(4);

/// The commands, each with what it is called.
const COMMANDS: &[(&str, &[&str])] = &[
    ("prescope --version", &["--version"]),
    ("can … see", &["can", "bob", "see", "anna", "note.out_of_office"]),
    ("can … use", &["can", "bob", "use", "recording", "--in", "budget_review"]),
    ("why … see", &["why", "bob", "see", "anna", "note.out_of_office"]),
];

fn main() -> Result<(), Box<dyn Error>> {
    match env::args().nth(1) {
        Some(word) if word == "nothing" => Ok(()),
        Some(rounds) => measure(rounds.parse()?),
        None => measure(ROUNDS),
    }
}

fn measure(rounds: usize) -> Result<(), Box<dyn Error>> {
    let own = env::current_exe()?;
    let program = own.with_file_name(format!("prescope{}", env::consts::EXE_SUFFIX));
    if !program.is_file() {
        return Err(format!("{} is missing: build the workspace first", program.display()).into());
    }
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/contoso");
    let mut commands = vec![("a process that does nothing", command(&own, &["nothing"], &project))];
    commands.extend(COMMANDS.iter().map(|(name, words)| (*name, command(&program, words, &project))));
    let mut runs: Vec<Vec<Duration>> = vec![Vec::new(); commands.len()];
    for round in 0..rounds + 10 {
        for ((name, command), runs) in commands.iter_mut().zip(&mut runs) {
            let start = Instant::now();
            let status = command.status()?;
            let taken = start.elapsed();
            if !status.success() {
                return Err(format!("`{name}` failed: {status}").into());
            }
            if round >= 10 {
                runs.push(taken); // the first ones find the files
            }
        }
    }
    let times: Vec<Times> = runs.into_iter().map(Times::of).collect();
    let nothing = times.first().map_or(Duration::ZERO, |times| times.median);
    println!(
        "{rounds} rounds in turn, from start to exit; wanted of `can` beyond a process that does nothing: {WANTED:?}\n"
    );
    println!("{:<28} {:>10} {:>10} {:>14}", "", "median", "best", "beyond nothing");
    let milliseconds = |time: Duration| format!("{:.2} ms", time.as_secs_f64() * 1e3);
    for ((name, _), times) in commands.iter().zip(&times) {
        let beyond = times.median.saturating_sub(nothing);
        let (median, best) = (milliseconds(times.median), milliseconds(times.best));
        println!("{name:<28} {median:>10} {best:>10} {:>14}", milliseconds(beyond));
    }
    Ok(())
}

fn command(program: &Path, words: &[&str], project: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(words).current_dir(project).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}
