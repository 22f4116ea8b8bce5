//! Answers: who sees what, by one walk that decides silently and explains when somebody listens.

mod answer;
mod assume;
mod audit;
mod availability;
mod channel;
mod condition;
mod cover;
mod decide;
mod direct;
mod disclose;
mod explain;
mod facts;
mod firing;
mod legacy;
mod lookup;
mod matrix;
mod narrate;
mod occasion;
mod open;
mod outcome;
mod probe;
mod question;
mod rule_set;
mod seeing;
mod settle;
pub mod suppose;
mod usage;
mod who;
mod world;

pub use answer::{Answer, CategoryAnswer, Decision, Matched};
pub use assume::{Assumption, AssumptionOf};
pub use audit::{AuditOf, By as AuditBy, Counts, Key, audit, audit_by};
pub use availability::{By, Ruling, decide_use};
pub use channel::{About, Channel, Getting, elsewhere, elsewhere_of, elsewhere_of_several, who_elsewhere};
pub use cover::{Cover, Exercised};
pub use decide::{category_answer, decide, decide_field};
pub use disclose::{Asked, Goes, Occasion, Revealed, disclosures};
pub use explain::{Explanation, Recording, UseExplanation, explain, explain_use, record};
pub(crate) use facts::read;
pub use facts::{Cast, LeftOpen};
pub use legacy::{Admitting, Assumed, Legacy};
pub use matrix::{Cell, Level, Matrix, level_of, matrix_of_owner, matrix_of_viewer};
pub use narrate::{Sentence, Verdict, why_manifest};
pub use occasion::Certainty;
pub(crate) use question::find;
pub use question::{Named, See, Unknown};
pub use rule_set::RuleSet;
pub use seeing::{Seeing, who_sees};
pub use settle::{Change, Contacts, Dropped, Origin, Settled, Stand, settled};
pub use usage::{Context, Use, Users, alone, controls, doubts_of};
pub use who::{Gets, Known, Open, Who, who};
pub use world::Entries;

// Whom questions and answers are about.
pub use crate::viewers::{Class, ClassOf, Matcher, Somebody, Standing};
