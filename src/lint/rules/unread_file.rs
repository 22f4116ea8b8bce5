//! `unread-file`: policies and people that lie in the project and are not read.

use crate::directory::FileKind;
use crate::language::{Code, Diagnostic, FileId, Severity, Sources, Span};
use crate::lint::context::{Context, Findings};
use crate::lint::levels::Level;
use crate::lint::rule::{Example, Fixes, Reach, Rule};

pub(crate) static RULE: Rule = Rule {
    code: Code::new("lint::unread-file", Severity::Warning, "a file of the project that is not read"),
    level: Level::Warning,
    fixes: Fixes::None,
    what: "Files named `*.prescope`, in any case, that no pattern of `prescope.yaml` matches, and files of people (YAML, \
           JSON, tables) in a folder from which a pattern of `directory` reads. Hidden folders, `target`, \
           `node_modules`, other projects and repositories, and what links to folders lead to are left out; so are files \
           that a test names. A suppression stands at the top of the file; for lines of JSON and tables, which have no \
           comments, at the patterns in `prescope.yaml`.",
    why: "Whoever wrote the file believes that it holds. None of its rules does, and none of its tests is run.",
    reach: Reach::Said("The files below the folder of the project, at the moment it is read."),
    bad: Example {
        policy: "// drafts/levels.prescope\nextend container colleagues { masks note }\n",
        directory: "# prescope.yaml\npolicies: [\"policies/**/*.prescope\"]\n",
    },
    good: Example {
        policy: "// drafts/levels.prescope\n// allow(unread-file): we decide on this in May\n\
                 extend container colleagues { masks note }\n",
        directory: "# prescope.yaml\npolicies: [\"policies/**/*.prescope\"]\n",
    },
    check,
};

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
    /// A part of the directory, written like this.
    People(FileKind),
}

fn check(context: &Context<'_>, findings: &mut Findings) {
    for unread in context.unread() {
        findings.push(unread.told(RULE.code, context.sources()));
    }
}

impl Unread {
    /// What is said of it, under this code: at the file itself if a comment can stand there, which keeps that back.
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
