//! Lists of files as git prints them: `MODE … ID …`, a tabulator and the path, ended by a zero byte.

use std::collections::BTreeMap;
use std::path::PathBuf;

/// The files of a tree or of the index, by their paths.
pub(in super::super) type Entries = BTreeMap<PathBuf, Entry>;

/// A file of them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in super::super) struct Entry {
    /// What it is.
    pub(in super::super) sort: Sort,
    /// The name of what it holds: files that hold the same have the same.
    pub(in super::super) id: Box<str>,
}

/// What git keeps at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) enum Sort {
    /// A file.
    File,
    /// A symbolic link: the path that it leads to.
    Link,
    /// A submodule: which commit of another repository lies there.
    Submodule,
    /// Several versions of a file, of which nobody has chosen one yet.
    Conflict,
}

/// A tree: `MODE TYPE ID`.
pub(super) fn stored(listed: &[u8]) -> Entries {
    entries(listed, |[mode, _, id]| (sort(mode), id))
}

/// The index: `MODE ID STAGE`.
pub(super) fn staged(listed: &[u8]) -> Entries {
    entries(listed, |[mode, id, stage]| (if stage == "0" { sort(mode) } else { Sort::Conflict }, id))
}

fn entries(listed: &[u8], read: impl Fn([&str; 3]) -> (Sort, &str)) -> Entries {
    let entry = |line: &[u8]| {
        let tabulator = line.iter().position(|byte| *byte == b'\t')?;
        let (about, path) = (line.get(..tabulator)?, line.get(tabulator + 1..)?);
        let mut words = std::str::from_utf8(about).ok()?.split_ascii_whitespace();
        let (sort, id) = read([words.next()?, words.next()?, words.next()?]);
        Some((path_of(path), Entry { sort, id: id.into() }))
    };
    listed.split(|byte| *byte == 0).filter_map(entry).collect()
}

fn sort(mode: &str) -> Sort {
    match mode {
        "120000" => Sort::Link,
        "160000" => Sort::Submodule,
        _ => Sort::File,
    }
}

/// A path by its bytes.
#[cfg(unix)]
pub(in super::super) fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// A path by its bytes, which are UTF-8 where paths are no bytes.
#[cfg(not(unix))]
pub(in super::super) fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_with_whatever_names_hold() {
        let tree = "100644 blob aa\tb c\nd.yaml|120000 blob bb\ta/link|160000 commit cc\tsub|100755 blob dd\tä|"
            .replace('|', "\0");
        let read: Vec<(PathBuf, Sort, Box<str>)> =
            stored(tree.as_bytes()).into_iter().map(|(path, entry)| (path, entry.sort, entry.id)).collect();
        let expected = [
            ("a/link", Sort::Link, "bb"),
            ("b c\nd.yaml", Sort::File, "aa"),
            ("sub", Sort::Submodule, "cc"),
            ("ä", Sort::File, "dd"),
        ];
        assert_eq!(read, expected.map(|(path, sort, id)| (PathBuf::from(path), sort, id.into())));
    }

    #[test]
    fn a_file_of_several_stages_is_a_conflict() {
        let index = "100644 aa 0\ta|100644 bb 1\tb|100644 cc 2\tb|".replace('|', "\0");
        let sorts: Vec<Sort> = staged(index.as_bytes()).into_values().map(|entry| entry.sort).collect();
        assert_eq!(sorts, [Sort::File, Sort::Conflict]);
    }
}
