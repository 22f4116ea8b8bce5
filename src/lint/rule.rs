//! What a rule is: its name, its documentation and its check, together.

use super::context::{Context, Findings};
use super::levels::Level;
use super::registry::RULES;
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
    pub what: &'static str,
    /// Why that is worth knowing.
    pub why: &'static str,
    /// How far it sees.
    pub reach: Reach,
    /// A set that it complains of.
    pub bad: Example,
    /// The same, mended.
    pub good: Example,
    pub(super) check: fn(&Context<'_>, &mut Findings),
}

/// Whether a machine can mend what a rule finds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fixes {
    /// It takes somebody who knows what is meant.
    None,
    /// At least sometimes, and without a change to any decision.
    Safe,
    /// At least sometimes, by an edit that is meant to change decisions.
    Unsafe,
}

/// How far a rule sees: what it finds is exactly what it says, of what is named here.
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
    pub const fn words(self) -> &'static str {
        match self {
            Reach::Declarations => "Exact for the declarations of the set. What people record is not looked at.",
            Reach::Directory => {
                "Exact for the directory as it is: every user, and everybody who could look at them, known or not."
            }
            Reach::Worlds => {
                "Exact over every possible world: every value of every setting, attribute, network, site and presence \
                 that is read, unknown where it is unknown of people outside; and with each of them every group, list \
                 and level. The mode is the one that these values give. What memberships and manifests make of lists \
                 and levels is not looked at, so a condition that only they rule out is not found."
            }
            Reach::Said(words) => words,
        }
    }
}

/// A small set: policies, and a directory where one is needed. What is about the files of a project has a file of it, whose
/// first line is its name, and the project file.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// The policy file.
    pub policy: &'static str,
    /// The directory or the project file; empty for none.
    pub directory: &'static str,
}

impl Rule {
    /// `kebab-name`, as in project files and suppressions.
    pub fn name(&self) -> &'static str {
        let name = self.code.name();
        name.strip_prefix("lint::").unwrap_or(name)
    }
}

/// The documentation of a rule in Markdown.
pub fn document(rule: &Rule) -> String {
    let mut text = format!("## {}\n\n", rule.name());
    let fixes = match rule.fixes {
        Fixes::None => "no automatic fix",
        Fixes::Safe => "`--fix` mends it",
        Fixes::Unsafe => "`--fix --unsafe-fixes` mends it, and changes decisions",
    };
    text.push_str(&format!("Level: {} · {fixes}\n\n", rule.level.name()));
    text.push_str(&format!("**What it finds.** {}\n\n**Why.** {}\n\n", rule.what, rule.why));
    text.push_str(&format!("**How far it sees.** {}\n\n", rule.reach.words()));
    example(&mut text, "Bad", rule.bad);
    example(&mut text, "Good", rule.good);
    text
}

fn example(text: &mut String, title: &str, example: Example) {
    text.push_str(&format!("{title}:\n\n"));
    for (language, content) in [("prescope", example.policy), ("yaml", example.directory)] {
        if !content.is_empty() {
            text.push_str(&format!("```{language}\n{content}```\n\n"));
        }
    }
}

/// The page of all rules in Markdown.
pub fn document_all() -> String {
    let mut text = String::from(
        "# Lint rules\n\n\
         Generated from the rules themselves; `UPDATE=1 cargo test` rewrites it. `prescope rule NAME` prints one of them.\n\n\
         Levels are set in `prescope.yaml` (`lint: { NAME: off | information | warning | error }`) and with `--deny`, \
         `--warn` and `--allow`. A comment `// allow(NAME): reason` on a line or above it (in YAML `# allow(NAME): reason`) \
         keeps a finding of that line back; the reason is needed.\n\n",
    );
    for rule in RULES {
        text.push_str(&format!("- [{0}](#{0}) ({1}): {2}\n", rule.name(), rule.level.name(), rule.code.title()));
    }
    for rule in RULES {
        text.push('\n');
        text.push_str(document(rule).trim_end());
        text.push('\n');
    }
    text
}
