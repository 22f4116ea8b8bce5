//! How far a long command is: a bar on a terminal, nothing anywhere else.

use std::io::{self, IsTerminal};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// A bar on standard error, which goes when it is done.
#[derive(Debug)]
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// So many steps of one kind. Nobody watches a pipe, and few steps are over before anybody looks.
    pub(super) fn of(doing: &'static str, steps: usize, long: bool) -> Progress {
        let shown = long && io::stderr().is_terminal();
        let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(steps as u64), target);
        if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {pos} of {len}") {
            bar.set_style(style);
        }
        bar.set_message(doing);
        Progress { bar }
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
