//! How far a long command is: a bar on a terminal, nothing anywhere else.

use std::io::{self, IsTerminal};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::text::Progress;

/// What takes no longer than this shows no bar.
const SHORT: Duration = Duration::from_millis(500);

/// How long a bar of what is loaded stays as it is.
const STILL: Duration = Duration::from_millis(100);

const STEPS: &str = "{msg} {bar:40} {pos} of {len}";
const BYTES: &str = "{msg} {bar:40} {bytes} of {total_bytes}";
const WORDS: &str = "{msg}";

/// A bar on standard error, which goes when it is done.
#[derive(Debug)]
pub(super) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    /// So many steps of one kind; none where they are too few for anybody to wait for. Nobody watches a pipe.
    pub(super) fn new(doing: &'static str, steps: Option<usize>) -> Bar {
        let shown = steps.is_some() && io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(steps.map(|steps| steps as u64), target);
        say(&bar, STEPS, doing);
        Bar { bar }
    }

    /// One step is done.
    pub(super) fn step(&self) {
        self.bar.inc(1);
    }

    /// All steps are done.
    pub(super) fn done(&self) {
        self.bar.finish_and_clear();
    }
}

/// Loads something, with a bar of the bytes that have been read once that has taken a while. It has gone when this
/// returns.
pub(super) fn loading<T>(load: impl FnOnce(&Arc<Progress>) -> T) -> T {
    let progress = Arc::default();
    if !io::stderr().is_terminal() {
        return load(&progress);
    }
    thread::scope(|scope| {
        let (running, ended) = mpsc::channel::<()>();
        let watched = &progress;
        // Without a thread there is no bar, and everything else is as ever.
        _ = thread::Builder::new().spawn_scoped(scope, move || watch(watched, &ended));
        let loaded = load(&progress);
        drop(running);
        loaded
    })
}

/// Draws how far reading is until it has ended.
fn watch(progress: &Progress, ended: &Receiver<()>) {
    let goes_on = |patience| ended.recv_timeout(patience) == Err(RecvTimeoutError::Timeout);
    if !goes_on(SHORT) {
        return;
    }
    // Shown once it says something.
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
    loop {
        let (read, whole) = (progress.read(), progress.whole());
        if read < whole {
            bar.set_length(whole);
            bar.set_position(read);
            say(&bar, BYTES, "reading");
        } else {
            // Nobody knows how long the rest takes: opening files before, finding out what names mean behind.
            say(&bar, WORDS, if whole == 0 { "opening files" } else { "linking" });
        }
        if bar.is_hidden() {
            bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        if !goes_on(STILL) {
            break;
        }
    }
    bar.finish_and_clear();
}

fn say(bar: &ProgressBar, template: &str, doing: &'static str) {
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar.set_message(doing);
}
