//! How much each rule weighs: usually, in this project, and in this run.

use std::fmt;

use indexmap::IndexMap;

use super::level::Level;
use super::registry::{RULES, find};
use super::rule::Rule;
use crate::diagnostic::code;
use crate::language::{Diagnostic, Near, Spanned, nearest};

/// A name that no rule has.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownLint {
    /// The name.
    pub name: String,
    /// The rules that were most likely meant.
    pub near: Option<Near>,
}

/// What is wrong. Not what to do about it.
impl fmt::Display for UnknownLint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "there is no lint `{}`", self.name)
    }
}

impl std::error::Error for UnknownLint {}

/// The levels of all rules.
#[derive(Clone, Debug, Default)]
pub struct Levels {
    set: IndexMap<&'static str, Level>,
    /// Only these rules are asked.
    only: Option<Vec<&'static str>>,
}

impl Levels {
    /// Every rule at its usual level.
    pub fn usual() -> Levels {
        Levels::default()
    }

    /// One rule at least as a warning, and no other.
    pub fn only(rule: &'static Rule) -> Levels {
        let level = rule.level.max(Level::Warning);
        Levels { set: IndexMap::from([(rule.name(), level)]), only: Some(vec![rule.name()]) }
    }

    /// Asks this rule and others that are selected, and no more; one that is off finds warnings.
    pub fn select(&mut self, name: &str) -> Result<(), UnknownLint> {
        let rule = known(name)?;
        if self.level(rule) == Level::Off {
            self.set.insert(rule.name(), Level::Warning);
        }
        self.only.get_or_insert_default().push(rule.name());
        Ok(())
    }

    /// Sets the level of a rule.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), UnknownLint> {
        self.set.insert(known(name)?.name(), level);
        Ok(())
    }

    /// Takes the levels of a project file in; names that no rule has are reported.
    pub fn configure(&mut self, levels: &[(Spanned<String>, Spanned<String>)]) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (name, level) in levels {
            // A level that is none has been reported; whether there is such a lint is another question.
            if let Err(unknown) = self.set(&name.it, Level::named(&level.it).unwrap_or(Level::Warning)) {
                found.push(
                    Diagnostic::new(code::UNKNOWN_LINT, unknown.to_string())
                        .at(name.span, "")
                        .help("`prescope explain` lists them")
                        .suggest(unknown.near),
                );
            }
        }
        found
    }

    /// The level of a rule.
    pub fn level(&self, rule: &Rule) -> Level {
        if self.only.as_ref().is_some_and(|only| !only.contains(&rule.name())) {
            return Level::Off;
        }
        self.set.get(rule.name()).copied().unwrap_or(rule.level)
    }
}

fn known(name: &str) -> Result<&'static Rule, UnknownLint> {
    let near = || nearest(name, RULES.iter().map(|it| it.name()));
    find(name).ok_or_else(|| UnknownLint { name: name.to_owned(), near: near() })
}
