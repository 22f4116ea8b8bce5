//! What a rule is: its name, its documentation and its check, together. Documentation is Markdown, indented and wrapped
//! like the code around it; [`Rule::what`] and its like return it without either.

use super::context::Context;
use super::findings::Findings;
use super::level::Level;
use crate::language::Code;

/// A lint rule.
#[derive(Debug)]
pub struct Rule {
    /// Its code, `lint::kebab-name`; the severity is that of its usual level.
    pub code: Code,
    /// The level unless somebody sets another.
    pub level: Level,
    /// Whether a machine can mend what it finds.
    pub fixes: Fixes,
    /// What it finds.
    pub(super) what: &'static str,
    /// Why that is worth knowing.
    pub(super) why: &'static str,
    /// How far it sees.
    pub reach: Reach,
    /// A set that it complains of.
    pub bad: Example,
    /// The same, mended.
    pub good: Example,
    pub(super) check: fn(&Context<'_>, &mut Findings),
}

/// Whether a machine can mend what a rule finds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Fixes {
    /// It takes somebody who knows what is meant.
    None,
    /// At least sometimes, and without a change to any decision.
    Safe,
    /// At least sometimes, by an edit that is meant to change decisions.
    Unsafe,
}

/// How far a rule sees: its findings are exact for what is named here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// The declarations of the set, whoever is asked about.
    Declarations,
    /// The directory as it is, with everybody who could look at one of its users.
    Directory,
    /// Every possible world.
    Worlds,
    /// Something else, which is said here.
    Said(&'static str),
}

impl Reach {
    /// It in words.
    pub fn words(self) -> String {
        paragraph(match self {
            Reach::Declarations => "Exact for the declarations of the set. What people record is not looked at.",
            Reach::Directory => {
                "Exact for the directory as it is: every user, and everybody who could look at them, known or not."
            }
            Reach::Worlds => {
                r"
                Exact over every possible world: every value of every setting, attribute, network, site and presence
                that is read, unknown where it is unknown of people outside; and with each of them every group, list and
                level. The mode is the one that these values give. What memberships and manifests make of lists and
                levels is not looked at, so a condition that only they rule out is not found.
                "
            }
            Reach::Said(words) => words,
        })
    }
}

/// A small set: policies, and a directory where one is needed. For a rule about the files of a project it holds the
/// text of one file, whose first line is its name, and the project file.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The policy file.
    pub(super) policy: &'static str,
    /// The directory or the project file; empty for none.
    pub(super) directory: &'static str,
}

impl Example {
    /// The policy file.
    pub fn policy(self) -> String {
        unindented(self.policy)
    }

    /// The directory or the project file; empty for none.
    pub fn directory(self) -> String {
        unindented(self.directory)
    }
}

impl Rule {
    /// `kebab-name`, as in project files and suppressions.
    pub fn name(&self) -> &'static str {
        let name = self.code.name();
        name.strip_prefix("lint::").unwrap_or(name)
    }

    /// What it finds, as one paragraph.
    pub fn what(&self) -> String {
        paragraph(self.what)
    }

    /// Why that is worth knowing, as one paragraph.
    pub fn why(&self) -> String {
        paragraph(self.why)
    }
}

/// A text in one line, wherever its lines end in the code.
fn paragraph(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The lines of a text without the indentation of the first.
fn unindented(text: &str) -> String {
    let text = text.trim_start_matches('\n').trim_end();
    let indent = text.len() - text.trim_start().len();
    text.lines().map(|line| format!("{}\n", line.get(indent..).unwrap_or_default())).collect()
}
