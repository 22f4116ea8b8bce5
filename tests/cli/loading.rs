//! What somebody at a terminal sees while a large directory loads, and nobody else.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use prescope::project::Project;
use prescope::text::Progress;

use super::run_in;
use crate::tries::is_whole;

/// A project of so many users, each with nine contacts: one file of lines, and a table of some more people.
fn project(folder: &Path, users: usize) {
    fs::write(folder.join("prescope.yaml"), "policies: [\"*.prescope\"]\ndirectory: [\"people*\"]\n").expect("a file");
    fs::write(folder.join("a.prescope"), "use std/lync2013\n").expect("a file");
    fs::write(folder.join("people.yaml"), "organization: { domains: [contoso.com] }\n").expect("a file");
    let mut lines = String::new();
    for user in 0..users {
        let contacts: Vec<String> = (1..10).map(|next| format!("\"u{}@contoso.com\"", (user + next) % users)).collect();
        let contacts = contacts.join(",");
        _ = writeln!(lines, "{{\"user\":\"u{user}@contoso.com\",\"contacts\":[{contacts}]}}");
    }
    fs::write(folder.join("people.ndjson"), lines).expect("a file");
    let rows: String = (0..users / 4).map(|row| format!("v{row}@contoso.com\n")).collect();
    fs::write(folder.join("people.csv"), format!("user\n{rows}")).expect("a file");
}

#[test]
fn every_byte_that_is_read_is_counted_once() {
    let folder = tempfile::tempdir().expect("a folder");
    project(folder.path(), 2000);
    let length = |name: &str| fs::metadata(folder.path().join(name)).expect("a file").len();
    let whole = ["a.prescope", "people.yaml", "people.ndjson", "people.csv"].map(length).into_iter().sum::<u64>();
    let progress = Arc::new(Progress::default());
    // Opened twice, it is counted anew.
    for _ in 0..2 {
        let project = Project::open_watched(folder.path(), folder.path(), &progress);
        assert!(!project.has_errors(), "{:?}", project.diagnostics());
        assert_eq!((progress.read(), progress.whole()), (whole, whole));
    }
    let [policy, people] = ["a.prescope", "people.yaml"].map(|name| folder.path().join(name));
    Project::from_files_watched(&[policy], &[people], &progress);
    let whole = length("a.prescope") + length("people.yaml");
    assert_eq!((progress.read(), progress.whole()), (whole, whole));
}

#[cfg(target_os = "linux")]
mod at_a_terminal {
    use super::*;
    use crate::cli::pty;

    /// What a command writes on standard error where that is a terminal.
    fn seen(folder: &Path, arguments: &[&str]) -> String {
        let (seen, well) = pty::run(folder, arguments, 80, |command, terminal| {
            command.stderr(terminal);
        });
        assert!(well);
        seen
    }

    #[test]
    fn a_bar_of_bytes_shows_while_files_are_read_and_goes() {
        let folder = tempfile::tempdir().expect("a folder");
        // As many as take a while on this machine.
        let mut users = 40_000;
        let drawn = loop {
            project(folder.path(), users);
            let drawn = seen(folder.path(), &["check"]);
            if drawn.matches("reading").count() > 2 || users > 1_000_000 {
                break drawn;
            }
            users *= 2;
        };
        let bars: Vec<&str> = drawn.split("reading ").skip(1).filter(|bar| bar.contains(" of ")).collect();
        let places: Vec<&str> = bars.iter().filter_map(|bar| bar.split(" of ").next()?.split("  ").last()).collect();
        assert!(bars.len() > 2 && bars[0].contains("iB of "), "{users}: {drawn:?}");
        assert!(places.first() != places.last(), "it moves: {drawn:?}");
        // Whatever was drawn is wiped out, and there is nothing else.
        assert!(drawn.ends_with("\r\u{1b}[2K") || drawn.ends_with("\u{1b}[2K\r"), "{drawn:?}");
        assert!(!drawn.contains('\n'), "{drawn:?}");
        // That takes as long again.
        if is_whole() {
            let ran = run_in(folder.path(), &["check"], b"").clean();
            assert!(ran.err.is_empty(), "nothing on a pipe: {}", ran.err);
        }
    }

    #[test]
    fn what_is_loaded_at_once_shows_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        project(folder.path(), 10);
        for command in [&["check"][..], &["lint"], &["show"], &["can", "u1", "see", "u2", "note"]] {
            assert_eq!(seen(folder.path(), command), "", "{command:?}");
        }
    }
}
