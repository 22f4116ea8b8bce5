//! `man`: the manual, out of the same definitions as the help.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::{Command, CommandFactory};
use clap_mangen::Man as Page;

use super::Status;
use super::args::{Arguments, Man};
use super::failure::Failure;
use super::output::Output;
use crate::project;

pub(super) fn run(command: &Man, output: &mut Output) -> Result<Status, Failure> {
    let mut all = Arguments::command().disable_help_subcommand(true);
    // Only then does every command know its options that hold for all, and its whole name.
    all.build();
    let Some(folder) = &command.folder else {
        let (_, text) = page(&all)?;
        output.print(&text)?;
        return Ok(Status::Clean);
    };
    let mut pages: Vec<(PathBuf, String)> = Vec::new();
    for command in std::iter::once(&all).chain(all.get_subcommands()) {
        let (name, text) = page(command)?;
        pages.push((folder.join(name), text));
    }
    fs::create_dir_all(folder)
        .map_err(|error| Failure::Other(format!("`{}` cannot be made: {error}", folder.display()), None))?;
    project::save(&pages).map_err(|error| Failure::Other(error.to_string(), None))?;
    for (path, _) in &pages {
        output.print(&format!("wrote {}\n", path.display()))?;
    }
    Ok(Status::Clean)
}

/// The name of a page's file, and its text.
fn page(command: &Command) -> io::Result<(String, String)> {
    let page = Page::new(command.clone()).source(concat!("prescope ", env!("CARGO_PKG_VERSION")));
    let mut text = Vec::new();
    page.render(&mut text)?;
    Ok((page.get_filename(), String::from_utf8_lossy(&text).into_owned()))
}
