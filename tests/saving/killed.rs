//! A command that is killed while it writes leaves the old or the new state whole, once the next one has looked.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{contents, project};

/// How often a writer is killed.
const KILLS: u32 = 220;

/// A command that writes several files at once, and one that only reads.
struct Commands {
    writes: &'static [&'static str],
    reads: &'static [&'static str],
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prescope"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// Kills the writer again and again, at moments spread over the time that it takes, and looks what the reader then finds.
fn kill_at_any_moment(folder: &Path, commands: &Commands) {
    let old = contents(folder);
    let start = Instant::now();
    assert!(command(folder, commands.writes).status().unwrap().success());
    let whole = start.elapsed();
    let new = contents(folder);
    assert!(old.iter().zip(&new).filter(|(old, new)| old != new).count() > 5, "several files are written");
    let names = |all: &[(String, String)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&old), names(&new), "nothing is left behind");

    let (mut kept, mut taken, mut undone, mut finished) = (0, 0, 0, 0);
    for round in 0..KILLS {
        for (name, text) in &old {
            fs::write(folder.join(name), text).unwrap();
        }
        let mut writer = command(folder, commands.writes).spawn().unwrap();
        // Later moments than it takes are of no use, and the first ones of little.
        sleep(whole.mul_f64(0.2 + f64::from(round * 37 % KILLS) / f64::from(KILLS)));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let told = command(folder, commands.reads).output().unwrap().stderr;
        let told = String::from_utf8(told).unwrap();
        undone += u32::from(told.contains("undone"));
        finished += u32::from(told.contains("finished"));
        let state = contents(folder);
        assert!(state == old || state == new, "round {round}: {told}\n{:?}", names(&state));
        kept += u32::from(state == old);
        taken += u32::from(state == new);
    }
    eprintln!("{whole:?}: {kept} old ({undone} undone), {taken} new ({finished} finished)");
    assert!(kept > 0 && taken > 0, "{kept} old and {taken} new: the moments are badly chosen");
}

#[test]
fn a_killed_writer_leaves_the_old_or_the_new_state() {
    let sloppy =
        |number: usize| (format!("policies/part{number:02}.prescope"), format!("place  place{number}\n\n\n\n"));
    let files: Vec<_> = (0..24).map(sloppy).collect();
    let folder = project(&files, "users:\n");
    kill_at_any_moment(folder.path(), &Commands { writes: &["fmt"], reads: &["check"] });
}
