//! Files of a project that are not read, and what is said of them.

use crate::directory::FileKind;
use crate::language::{Code, Diagnostic, FileId, Sources, Span};

/// A file of the project that is not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Unread {
    /// The file; its text is the beginning of what stands in it.
    pub file: FileId,
    /// What it would be read as.
    pub content: Content,
    /// The place of the patterns of which none matches it.
    pub patterns: Span,
}

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Content {
    /// Policies.
    Policies,
    /// A part of the directory, in this format.
    People(FileKind),
}

impl Unread {
    /// The finding about it, with this code. Its place is in the file itself if a comment there can suppress the
    /// finding.
    pub fn told(&self, code: Code, sources: &Sources) -> Diagnostic {
        let (key, commented) = match self.content {
            Content::Policies => ("policies", true),
            Content::People(kind) => ("directory", kind == FileKind::Yaml),
        };
        let path = sources.path(self.file);
        let told = Diagnostic::new(code, format!("`{path}` is not read: no pattern of `{key}` matches it"))
            .help(format!("add a pattern for it to `{key}`, or take the file out of the project"));
        if commented {
            let first = self.first_said(sources.text(self.file));
            return told.at(first, "").at(self.patterns, "none of these matches it");
        }
        told.at(self.patterns, "none of these matches it").at(Span::new(self.file, 0, 0), "not read")
    }

    /// The first line that is no comment; the end if there is none.
    fn first_said(&self, text: &str) -> Span {
        let comment = if self.content == Content::Policies { "//" } else { "#" };
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let said = line.trim();
            if !said.is_empty() && !said.starts_with(comment) {
                let start = start + (line.len() - line.trim_start().len());
                return Span::new(self.file, start, start + said.len());
            }
            start += line.len();
        }
        Span::new(self.file, text.len(), text.len())
    }
}
