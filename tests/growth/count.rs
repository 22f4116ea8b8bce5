//! Counting what a run takes: bytes by an allocator that counts, instructions by valgrind.

use std::alloc::System;
use std::ffi::OsStr;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{env, fs};

use stats_alloc::StatsAlloc;
use tempfile::TempDir;

use super::given::Given;

/// Names the file into which a run writes what it has allocated; this program runs the command line then.
pub(crate) const COUNTED_INTO: &str = "PRESCOPE_COUNTED_INTO";

/// Names the program whose instructions are counted; one that is built with optimisation takes a fraction of the time.
const PROGRAM: &str = "PRESCOPE_PROGRAM";

/// Runs the command line in this process, and writes down how many bytes it has allocated.
pub(crate) fn run_counted(into: &OsStr, allocator: &StatsAlloc<System>) -> ExitCode {
    let before = allocator.stats().bytes_allocated;
    let code = prescope::cli::run(env::args_os());
    let allocated = allocator.stats().bytes_allocated - before;
    fs::write(into, allocated.to_string()).expect("the count is written");
    code
}

/// How many bytes a run allocates, over all threads, and how many it prints.
pub(crate) fn allocated(given: &Given) -> Result<(u64, u64), String> {
    let counted = tempfile::NamedTempFile::new().expect("a file");
    let mut program = Command::new(env::current_exe().expect("this program"));
    program.args(&given.command).env(COUNTED_INTO, counted.path());
    let printed = run(given, program)?;
    Ok((read_count(counted.path(), "")?, printed))
}

/// How many instructions a run takes; None without valgrind.
pub(crate) fn instructions(given: &Given) -> Result<Option<u64>, String> {
    if !Command::new("valgrind").arg("--version").output().is_ok_and(|output| output.status.success()) {
        return Ok(None);
    }
    let counted = tempfile::NamedTempFile::new().expect("a file");
    let program = env::var_os(PROGRAM).map_or_else(|| PathBuf::from(env!("CARGO_BIN_EXE_prescope")), PathBuf::from);
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(format!("--log-file={}", counted.path().display()));
    valgrind.arg(fs::canonicalize(&program).map_err(|error| format!("{}: {error}", program.display()))?);
    valgrind.args(&given.command);
    run(given, valgrind)?;
    read_count(counted.path(), "Collected : ").map(Some)
}

/// The number behind a marker.
fn read_count(path: &Path, marker: &str) -> Result<u64, String> {
    let told = fs::read_to_string(path).expect("what was counted");
    let counted = told.split_once(marker).and_then(|(_, behind)| behind.split_whitespace().next()?.parse().ok());
    counted.ok_or_else(|| format!("nothing was counted: {told}"))
}

/// Runs a program on a project of its own; how many bytes it prints, if it ends as it should.
fn run(given: &Given, mut program: Command) -> Result<u64, String> {
    let folder = write(given);
    program.current_dir(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().expect("the program runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = given.input.clone();
    // The program may end without reading it all.
    let writer = std::thread::spawn(move || _ = stdin.write_all(input.as_bytes()));
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    let told = [output.stdout.as_slice(), &output.stderr].map(String::from_utf8_lossy).concat();
    let (status, says) = given.ends;
    if output.status.code() != Some(status) || !told.contains(says) {
        let excerpt: String = told.chars().take(2000).collect();
        return Err(format!(
            "{:?} ended with {}, not with {status} and `{says}`:\n{excerpt}",
            given.command, output.status
        ));
    }
    Ok(told.len() as u64)
}

fn write(given: &Given) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in &given.files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    if given.committed {
        let who =
            ["-c", "user.name=Somebody", "-c", "user.email=somebody@contoso.example", "-c", "commit.gpgSign=false"];
        for words in [&["init", "--quiet"][..], &["add", "--all"], &["commit", "--quiet", "--message", "All"]] {
            let mut git = Command::new("git");
            // Whoever runs this may be a hook of another repository.
            ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"].iter().for_each(|name| _ = git.env_remove(name));
            let status = git.args(who).args(words).current_dir(folder.path()).status();
            assert!(status.expect("git, which this needs").success(), "git {words:?}");
        }
    }
    folder
}
