//! How much a finding weighs.

use crate::language::Severity;

/// The level of a rule.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// It is not asked.
    Off,
    /// Worth knowing.
    Information,
    /// Most likely a mistake.
    Warning,
    /// Not to be.
    Error,
}

impl Level {
    /// Its name in project files.
    pub const fn name(self) -> &'static str {
        match self {
            Level::Off => "off",
            Level::Information => "information",
            Level::Warning => "warning",
            Level::Error => "error",
        }
    }

    /// The level of this name.
    pub fn named(name: &str) -> Option<Level> {
        [Level::Off, Level::Information, Level::Warning, Level::Error].into_iter().find(|level| level.name() == name)
    }

    /// The severity of findings at this level.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Level::Off => None,
            Level::Information => Some(Severity::Information),
            Level::Warning => Some(Severity::Warning),
            Level::Error => Some(Severity::Error),
        }
    }
}
