//! Readers that files alone lead to, for the fuzz targets: without a file for each input.

use std::path::{Path, PathBuf};

use super::pattern::matching;
use super::save;
use super::walk::{Listed, Listing};
use crate::language::{Diagnostic, Spanned};

/// What is wrong with patterns, matched against some files.
pub fn patterns(patterns: &[Spanned<String>]) -> Vec<Diagnostic> {
    let listed = |path: &str| Listed { path: PathBuf::from(path), ours: true };
    let files = ["a.prescope", "a/b.yaml", "a/b/c d.prescope"].map(listed).into();
    let folders = ["a", "a/b"].map(PathBuf::from).into();
    matching(patterns, "*.prescope", &Listing { files, folders, unread: Vec::new() }).found
}

/// The text of a journal as it is written again, and the files that it names; None if it is none of this folder, which
/// is one without links.
pub fn journal(folder: &Path, text: &str) -> Option<(String, Vec<PathBuf>)> {
    save::journal_again(folder, text)
}
