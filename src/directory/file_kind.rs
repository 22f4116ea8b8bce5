//! What a directory file is written in.

use std::path::Path;

/// What a directory file is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum FileKind {
    /// YAML, which can hold everything.
    #[default]
    Yaml,
    /// JSON, one user on each line.
    Lines,
    /// A table with a header, of people or of one list of theirs.
    Table,
}

impl FileKind {
    /// By the end of the file's name; everything without one of those that are known is YAML.
    pub fn guess(path: &str) -> FileKind {
        FileKind::named(Path::new(path)).unwrap_or_default()
    }

    /// By the end of the file's name, in any case: `.ndjson` and `.jsonl`, `.csv` and `.tsv`, `.yaml`, `.yml` and,
    /// which YAML includes, `.json`. None if it says nothing.
    pub fn named(path: &Path) -> Option<FileKind> {
        match path.extension()?.to_ascii_lowercase().to_str()? {
            "ndjson" | "jsonl" => Some(FileKind::Lines),
            "csv" | "tsv" => Some(FileKind::Table),
            "yaml" | "yml" | "json" => Some(FileKind::Yaml),
            _ => None,
        }
    }
}
