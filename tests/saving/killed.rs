//! A command that is killed while it writes leaves the old or the new state whole, once the next one has looked.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use prescope::project::recover;

use super::{contents, project};

/// A command that writes several files at once, and one that only reads.
struct Commands {
    writes: &'static [&'static str],
    reads: &'static [&'static str],
    /// How often the writer is killed.
    kills: u32,
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prescope"));
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// When to kill: around the moment from which on there is no way back, wherever it is on this machine today. Each kill
/// that was too early or too late moves the next one.
struct Moment {
    middle: Duration,
    round: u32,
}

impl Moment {
    fn next(&mut self) -> Duration {
        self.round += 1;
        // From well before to well behind, in no order.
        self.middle.mul_f64(0.6 + 0.8 * f64::from(self.round * 37 % 101) / 101.0)
    }

    fn was(&mut self, too_late: bool) {
        self.middle = self.middle.mul_f64(if too_late { 0.97 } else { 1.03 });
    }
}

/// Kills the writer again and again, and looks what the reader then finds.
fn kill_at_any_moment(folder: &Path, commands: &Commands) {
    let old = contents(folder);
    let start = Instant::now();
    let ran = command(folder, commands.writes).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    let mut moment = Moment { middle: start.elapsed().mul_f64(0.8), round: 0 };
    let new = contents(folder);
    assert!(old.iter().zip(&new).filter(|(old, new)| old != new).count() > 5, "several files are written");
    let names = |all: &[(String, String)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&old), names(&new), "nothing is left behind");

    let (mut kept, mut taken, mut undone, mut finished) = (0, 0, 0, 0);
    // A busy machine may take more rounds until both ways of recovering have been seen.
    for round in 0..commands.kills * 4 {
        if round >= commands.kills && undone > 0 && finished > 0 {
            break;
        }
        for (name, text) in &old {
            fs::write(folder.join(name), text).unwrap();
        }
        let mut writer = command(folder, commands.writes).spawn().unwrap();
        sleep(moment.next());
        writer.kill().unwrap();
        writer.wait().unwrap();
        let left = contents(folder);
        let seen = command(folder, commands.reads).output().unwrap();
        assert!(seen.status.success(), "round {round}: {}", String::from_utf8_lossy(&seen.stderr));
        assert_eq!(contents(folder), left, "who reads changes nothing");
        // As if with nothing to write of its own: this alone finishes or undoes.
        let told = match recover(folder).unwrap() {
            None => String::new(),
            Some(recovered) => recovered.to_string(),
        };
        undone += u32::from(told.contains("undone"));
        finished += u32::from(told.contains("finished"));
        let state = contents(folder);
        assert!(state == old || state == new, "round {round}: {told}\n{:?}", names(&state));
        kept += u32::from(state == old);
        taken += u32::from(state == new);
        moment.was(state == new);
    }
    assert!(kept > 0 && taken > 0, "{kept} old and {taken} new: badly chosen moments");
    assert!(undone + finished > 0, "no writer was killed while it wrote");
}

#[test]
fn a_killed_formatter_leaves_the_old_or_the_new_state() {
    let sloppy =
        |number: usize| (format!("policies/part{number:02}.prescope"), format!("place  place{number}\n\n\n\n"));
    let files: Vec<_> = (0..8).map(sloppy).collect();
    let folder = project(&files, "users:\n");
    kill_at_any_moment(folder.path(), &Commands { writes: &["fmt"], reads: &["check"], kills: 40 });
}

#[test]
fn a_killed_migration_leaves_the_old_or_the_new_state() {
    let policy = "category note { text }
container unlisted(0) { publishes note }
container low(1) visible { publishes note }
container high(2) visible { publishes note }
manifest only { contact in visible, exactly one, default low, else move }
";
    let mut files = vec![("policies/set.prescope".to_owned(), policy.to_owned())];
    files.extend((0..7).map(|number| {
        let (one, other) = (format!("a{number}@x.y"), format!("b{number}@x.y"));
        let first = format!("  {one}:\n    # met once\n    contacts: [{other}]\n    memberships:\n      low: []\n");
        let second = format!("  {other}:\n    contacts:\n      - {one}  # again\n    memberships: {{}}\n");
        (format!("people/part{number:02}.yaml"), format!("users:\n{first}{second}"))
    }));
    let folder = project(&files, "organization: { domains: [x.y] }\n");
    let commands = Commands { writes: &["migrate", "--all", "--write"], reads: &["check"], kills: 220 };
    kill_at_any_moment(folder.path(), &commands);
    assert!(command(folder.path(), commands.writes).status().unwrap().success());
    assert!(
        command(folder.path(), &["migrate", "--all", "--check"]).status().unwrap().success(),
        "everybody is settled"
    );
}
