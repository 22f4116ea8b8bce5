//! What a directory file is written in.

use std::path::Path;

/// What a directory file is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Kind {
    /// YAML, which can hold everything.
    #[default]
    Yaml,
    /// JSON, one user on each line.
    Lines,
    /// A table with a header, of people or of one list of theirs.
    Table,
}

impl Kind {
    /// By the end of the file's name; everything without one of those that are known is YAML.
    pub fn guess(path: &str) -> Kind {
        Kind::named(Path::new(path)).unwrap_or_default()
    }

    /// By the end of the file's name, in any case: `.ndjson` and `.jsonl`, `.csv` and `.tsv`, `.yaml`, `.yml` and, which
    /// YAML includes, `.json`. None if it says nothing.
    pub fn named(path: &Path) -> Option<Kind> {
        match path.extension()?.to_ascii_lowercase().to_str()? {
            "ndjson" | "jsonl" => Some(Kind::Lines),
            "csv" | "tsv" => Some(Kind::Table),
            "yaml" | "yml" | "json" => Some(Kind::Yaml),
            _ => None,
        }
    }
}
