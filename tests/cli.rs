//! The contracts of the command line, by running the built binary.

mod apart;
mod asking;
mod batch;
mod contracts;
mod everywhere;
mod features;
mod life;
mod loading;
mod located;
mod looking;
mod meant;
mod mutating;
mod origin;
mod paths;
mod places;
mod proving;
#[cfg(target_os = "linux")]
pub(crate) mod pty;
mod shells;
mod starting;
#[cfg(target_os = "linux")]
mod terminal;
mod unread;
mod using;
mod version;
mod workflow;

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::given;

pub(crate) use life::copied;

/// How a run ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) status: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The answer as one JSON document.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Nothing but an answer: status 0, nothing on standard error.
    #[track_caller]
    pub(crate) fn clean(self) -> Ran {
        assert_eq!((self.status, self.err.as_str()), (0, ""), "{self:?}");
        self
    }

    /// No answer: status 2, nothing on standard output; the words on standard error.
    #[track_caller]
    pub(crate) fn failed(self) -> String {
        assert_eq!((self.status, self.out.as_str()), (2, ""), "{self:?}");
        self.err
    }
}

/// Runs the binary in a folder, with this on its standard input.
pub(crate) fn run_in<A: AsRef<OsStr>>(folder: &Path, arguments: &[A], input: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_prescope"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    // The binary may end without reading it all.
    let writer = std::thread::spawn(move || _ = stdin.write_all(&input));
    let output = child.wait_with_output().expect("the binary ends");
    writer.join().expect("the writer ends");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("output is UTF-8");
    let status = output.status.code().unwrap_or_else(|| panic!("killed by a signal: {}", output.status));
    Ran { status, out: text(output.stdout), err: text(output.stderr) }
}

/// Runs a command line, written as one, on the larger example.
fn contoso(line: &str) -> Ran {
    let arguments: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
    run_in(&given::repository().join("examples/contoso"), &arguments, b"")
}

/// The keys of an object, in order of the alphabet.
pub(crate) fn keys(of: &Value) -> Vec<&str> {
    of.as_object().unwrap_or_else(|| panic!("not an object: {of}")).keys().map(String::as_str).collect()
}
