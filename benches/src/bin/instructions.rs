//! Counts the instructions of the hot paths on the small population, with valgrind's callgrind: the same on a machine
//! with other work. `instructions` compares with `benches/instructions.txt`; `UPDATE=1 instructions` writes it.
//!
//! Counts differ a little from run to run, since hashes are seeded anew in each process.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::{env, fs};

use prescope_benches::hot::{PATHS, WHOLE};

/// Rounds of each path.
const ROUNDS: u64 = 5;

/// How many hundredths more or less than recorded are no news.
const TOLERANCE: f64 = 3.0;

fn main() -> Result<ExitCode, Box<dyn Error>> {
    if !Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success()) {
        println!("skipped: there is no valgrind on the path");
        return Ok(ExitCode::SUCCESS);
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.txt");
    let recorded = fs::read_to_string(&file).unwrap_or_default();
    let recorded = |path: &str| {
        let mut lines = recorded.lines().filter_map(|line| line.split_once(' '));
        lines.find(|(name, _)| *name == path).and_then(|(_, count)| count.trim().parse::<f64>().ok())
    };
    let beside = env::current_exe()?.with_file_name(format!("hot_paths{}", env::consts::EXE_SUFFIX));
    let (mut well, mut text) = (true, String::new());
    for (path, _) in PATHS.into_iter().chain(WHOLE) {
        let count = instructions(&beside, path)?;
        let change = recorded(path).map(|before| (count as f64 / before - 1.0) * 100.0);
        let told = change.map_or("not recorded".to_owned(), |change| format!("{change:+.1} %"));
        println!("{path:<8} {count:>12} instructions a round   {told}");
        well &= change.is_some_and(|change| change.abs() <= TOLERANCE);
        _ = writeln!(text, "{path} {count}");
    }
    if env::var_os("UPDATE").is_some() {
        fs::write(&file, text)?;
        return Ok(ExitCode::SUCCESS);
    }
    if !well {
        println!(
            "\nmore than {TOLERANCE} % away from benches/instructions.txt; if that is meant, write it with UPDATE=1"
        );
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// The instructions of one round of a path: what is done inside the function of this name, and in all that it calls.
fn instructions(program: &PathBuf, path: &str) -> Result<u64, Box<dyn Error>> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(format!("--toggle-collect=*Batch*::{path}"))
        .arg(program)
        .args(["small", path, &ROUNDS.to_string()])
        .output()?;
    let told = String::from_utf8_lossy(&output.stderr);
    let collected = told.lines().find_map(|line| line.split_once("Collected : ")).map(|(_, count)| count.trim());
    match collected.and_then(|count| count.parse::<u64>().ok()) {
        Some(count) if count > 0 && output.status.success() => Ok(count / ROUNDS),
        _ => Err(format!("valgrind counted nothing for `{path}`:\n{told}").into()),
    }
}
