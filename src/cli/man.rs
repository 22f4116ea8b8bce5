//! `man`: the manual, out of the same definitions as the help.

use std::fs;
use std::io;

use clap::{Command, CommandFactory};
use clap_mangen::Man as Page;

use super::Status;
use super::args::{Arguments, Man};
use super::failure::Failure;
use super::output::Output;
use crate::project::{self, Before, FileChange};
use crate::text::line;

/// What every page begins with.
const HEAD: &[u8] = br".ie \n(.g .ds Aq";

pub(super) fn run(command: &Man, output: &mut Output) -> Result<Status, Failure> {
    let mut all = Arguments::command().disable_help_subcommand(true);
    // Only then does every command know its options that hold for all, and its whole name.
    all.build();
    let Some(folder) = &command.folder else {
        let (_, text) = page(&all)?;
        output.print_file(&text)?;
        return Ok(Status::Clean);
    };
    let mut pages: Vec<FileChange> = Vec::new();
    for command in std::iter::once(&all).chain(all.get_subcommands()) {
        let (name, text) = page(command)?;
        pages.push(FileChange {
            path: folder.join(name),
            before: Before::Own { head: HEAD },
            new: Some(text.into_bytes()),
        });
    }
    fs::create_dir_all(folder)
        .map_err(|error| Failure::Other(format!("`{}` cannot be made: {error}", folder.display()), None))?;
    project::save(folder, &pages)?;
    output.wrote(pages.iter().map(|page| page.path.display().to_string()));
    for page in &pages {
        output.tell(line!("wrote {}", page.path.display()))?;
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
