//! A terminal that nobody looks at.

use std::ffi::OsStr;
use std::fs::{File, OpenOptions};
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// Runs prescope at a terminal of so many columns; what it wrote there, and whether it ended well. `prepare` says which
/// of its streams the terminal is: the others lead nowhere.
pub(super) fn run(
    folder: &Path,
    arguments: &[&str],
    columns: u16,
    prepare: impl FnOnce(&mut Command, File),
) -> (String, bool) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_prescope"));
    command.args(arguments).current_dir(folder).env_remove("NO_COLOR").env("TERM", "xterm");
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let (seen, ended) = seen(command, columns, prepare);
    (seen, ended.success())
}

/// What a program writes to a terminal of so many columns, and how it ends.
pub(crate) fn seen(
    mut command: Command,
    columns: u16,
    prepare: impl FnOnce(&mut Command, File),
) -> (String, ExitStatus) {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a terminal");
    grantpt(&terminal).expect("a terminal");
    unlockpt(&terminal).expect("a terminal");
    tcsetwinsize(&terminal, Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).expect("a size");
    let name = ptsname(&terminal, Vec::new()).expect("its name");
    let end = OpenOptions::new().read(true).write(true).open(OsStr::from_bytes(name.as_bytes())).expect("its end");
    prepare(&mut command, end);
    let mut child = command.spawn().expect("the binary runs");
    // The command keeps the other end open.
    drop(command);
    let (mut terminal, mut seen, mut some) = (File::from(terminal), Vec::new(), [0; 4096]);
    // Once nobody has the other end any more, reading fails.
    while let Ok(read @ 1..) = terminal.read(&mut some) {
        seen.extend_from_slice(&some[..read]);
    }
    let ended = child.wait().expect("it ends");
    (String::from_utf8(seen).expect("UTF-8"), ended)
}
