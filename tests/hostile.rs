//! Nothing that is given as a file ends in a crash or goes on for ever: it ends in findings.

mod files;
mod mutations;
#[cfg(unix)]
mod own;
mod sealed;
mod shown;
mod unreadable;
mod words;

use std::path::Path;
use std::time::{Duration, Instant};

use crate::cli::{Ran, run_in};

/// How long a hostile file may take, on a slow machine and without optimisation.
const PATIENCE: Duration = Duration::from_secs(60);

/// A policy that is sound, beside a hostile directory.
const POLICY: &str = "use std/lync2013\n";

/// A directory that is sound, beside a hostile policy.
const DIRECTORY: &str = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n";

/// Runs a command on a policy file and a directory file with these bytes.
fn run(command: &[&str], policy: &[u8], directory: &[u8]) -> Ran {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("policy.prescope"), policy).expect("a file");
    std::fs::write(folder.path().join("people.yaml"), directory).expect("a file");
    run_patiently(folder.path(), &[command, &["--policy", "policy.prescope", "--directory", "people.yaml"]].concat())
}

fn run_patiently(folder: &Path, arguments: &[&str]) -> Ran {
    let start = Instant::now();
    let ran = run_in(folder, arguments, b"");
    assert!(start.elapsed() < PATIENCE, "{arguments:?} took {:?}", start.elapsed());
    assert!(!ran.err.contains("panicked") && !ran.err.contains("overflow"), "{arguments:?}: {}", ran.err);
    ran
}

/// `check` finds something, and no question is answered.
#[track_caller]
fn refused(policy: &[u8], directory: &[u8]) -> String {
    let check = run(&["check"], policy, directory);
    assert_eq!((check.status, check.err.as_str()), (1, ""), "{}", excerpt(&check.out));
    let answer = run(&["can", "bob@contoso.com", "see", "anna@contoso.com", "note"], policy, directory);
    assert_eq!((answer.status, answer.out.as_str()), (2, ""), "{}", excerpt(&answer.err));
    assert!(answer.err.ends_with("error: a set with errors answers no question\n"));
    check.out
}

fn refused_policy(policy: impl AsRef<[u8]>) -> String {
    refused(policy.as_ref(), DIRECTORY.as_bytes())
}

fn refused_directory(directory: impl AsRef<[u8]>) -> String {
    refused(POLICY.as_bytes(), directory.as_ref())
}

/// `check` has nothing to say.
#[track_caller]
fn accepted(policy: impl AsRef<[u8]>, directory: impl AsRef<[u8]>) {
    let check = run(&["check"], policy.as_ref(), directory.as_ref());
    assert_eq!((check.status, check.err.as_str()), (0, ""), "{}", excerpt(&check.out));
    assert!(check.out.starts_with("no errors: "), "{}", excerpt(&check.out));
}

fn excerpt(text: &str) -> String {
    text.chars().take(2000).collect()
}
