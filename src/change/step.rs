//! What becomes of one object, in the words of people.

use crate::language::Span;
use crate::language::ast::Literal;
use crate::model::{ClassId, ParameterId, Scope};

/// What becomes of an object.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Done {
    /// It is declared.
    New,
    /// Settings of it get values.
    Set,
    /// It says already what is asked for.
    Kept,
    /// Its declaration goes.
    Removed,
    /// It is `like` one that changes, and so changes too.
    Follows,
}

impl Done {
    /// All there are.
    pub const ALL: [Done; 5] = [Done::New, Done::Set, Done::Kept, Done::Removed, Done::Follows];

    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Done::New => "new",
            Done::Set => "set",
            Done::Kept => "unchanged",
            Done::Removed => "remove",
            Done::Follows => "follows",
        }
    }
}

/// One object, and what becomes of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// What becomes of it.
    pub done: Done,
    /// Its class.
    pub class: ClassId,
    /// Where it applies.
    pub scope: Scope,
    /// The same in words: `site Redmond`.
    pub words: String,
    /// What it says of settings.
    pub values: Vec<Value>,
    /// The place of its scope, before the change; None if it is not declared.
    pub span: Option<Span>,
}

/// What an object says of a setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Value {
    /// The setting.
    pub parameter: ParameterId,
    /// What it was.
    pub before: Literal,
    /// Whether the object itself said so.
    pub said: bool,
    /// What it is to be.
    pub after: Literal,
}
