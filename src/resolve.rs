//! Answers: who sees what, by one walk that decides silently and explains when somebody listens.

mod assume;
mod availability;
mod class;
mod condition;
mod decide;
mod explain;
mod facts;
mod matrix;
mod narrate;
mod probe;
mod question;
mod rule_set;
mod settle;
mod somebody;
mod standing;
mod usage;
mod who;

pub use assume::{Assumption, AssumptionOf};
pub use availability::{By, Ruling, decide_use, possible_use};
pub use class::{Class, ClassOf};
pub use decide::{Answer, CategoryAnswer, Decision, Matched, category_answer, decide, decide_field};
pub use explain::{Explanation, UseExplanation, explain, explain_use};
pub use facts::{Cast, LeftOpen};
pub use matrix::{Cell, Level, Matrix, matrix_of_owner, matrix_of_viewer};
pub use narrate::{Sentence, Verdict};
pub use question::{Named, See, Unknown};
pub use rule_set::{Entries, RuleSet};
pub use settle::{Change, Dropped, Origin, Settled, Stand};
pub use somebody::Somebody;
pub use standing::{Matcher, Standing};
pub use usage::{Context, Use, Users, alone, shape_words};
pub use who::{Gets, Known, Open, Who, who};
