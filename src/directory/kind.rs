//! What a directory file is written in.

use std::ffi::OsStr;
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
    /// By the end of the file's name: `.ndjson` and `.jsonl`, `.csv` and `.tsv`; everything else is YAML.
    pub fn of(path: &str) -> Kind {
        let ending = Path::new(path).extension().map(OsStr::to_ascii_lowercase);
        match ending.as_ref().and_then(|ending| ending.to_str()) {
            Some("ndjson" | "jsonl") => Kind::Lines,
            Some("csv" | "tsv") => Kind::Table,
            _ => Kind::Yaml,
        }
    }
}
