//! Steps of the walk in sentences: the one place with the words. Text, JSON and pictures all print these.

mod availability;
mod fact;
mod guard;
mod leave;
mod membership;
mod mode;
mod publication;

use crate::language::Span;
use crate::model::{CategoryId, FieldId, UserId};
use crate::viewers::Somebody;

use super::answer::Answer;
use super::facts::Cast;
use super::probe::Step;
use super::question::{AskedLevel, See};
use super::rule_set::RuleSet;
use fact::Facts;

pub(super) use availability::narrate_use;
pub(super) use leave::narrate_leave;
pub use mode::why_manifest;

/// One sentence of an explanation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sentence {
    /// How deep it lies inside the sentences before it.
    pub depth: usize,
    /// What kind of step it tells: `viewer`, `membership`, `published`, `guard` …
    pub step: &'static str,
    /// What became of the step.
    pub verdict: Verdict,
    /// What was found.
    pub text: String,
    /// Why, or what else there is to know; may be empty.
    pub detail: String,
    /// The text that says so.
    pub at: Option<Span>,
}

/// What became of a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// It holds.
    Held,
    /// It does not.
    Failed,
    /// It is not known.
    Unknown,
    /// It would hold, and something else comes before it.
    Outranked,
}

impl Verdict {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Held => "held",
            Verdict::Failed => "failed",
            Verdict::Unknown => "unknown",
            Verdict::Outranked => "outranked",
        }
    }
}

impl Sentence {
    fn new(step: &'static str, verdict: Verdict, text: impl Into<String>) -> Sentence {
        Sentence { depth: 0, step, verdict, text: text.into(), detail: String::new(), at: None }
    }

    fn because(mut self, detail: impl Into<String>) -> Sentence {
        self.detail = detail.into();
        self
    }

    fn at(mut self, span: Option<Span>) -> Sentence {
        self.at = span;
        self
    }

    fn inside(mut self, depth: usize) -> Sentence {
        self.depth = depth;
        self
    }
}

/// What the walk found for one or several fields that came out alike.
#[derive(Debug)]
pub(super) struct Recorded {
    pub(super) fields: Vec<FieldId>,
    pub(super) answer: Answer,
    pub(super) steps: Vec<(usize, Step)>,
}

/// All sentences of an explanation.
pub(super) fn narrate(rules: &RuleSet, question: &See, recorded: &[Recorded]) -> Vec<Sentence> {
    let viewer = (question.viewer(), question.viewer_name());
    let telling = Telling::new(rules, viewer, question.owner(), Some(question.category()));
    let telling = Telling { several: recorded.len() > 1, ..telling };
    let mut sentences = Vec::new();
    telling.facts.assumptions(&mut sentences);
    // Viewer and membership are the same for all fields of a category.
    if let Some(first) = recorded.first() {
        for (_, step) in &first.steps {
            telling.about_viewer(*step, &mut sentences);
        }
    }
    for group in recorded {
        telling.about_fields(group, &mut sentences);
    }
    sentences
}

/// All sentences about a level.
pub(super) fn narrate_level(rules: &RuleSet, question: &AskedLevel, steps: &[(usize, Step)]) -> Vec<Sentence> {
    let viewer = (question.viewer(), question.viewer_name());
    let telling = Telling::new(rules, viewer, question.owner(), None);
    let mut sentences = Vec::new();
    telling.facts.assumptions(&mut sentences);
    steps.iter().for_each(|(_, step)| telling.about_viewer(*step, &mut sentences));
    sentences
}

/// What the tellers share.
struct Telling<'a> {
    rules: &'a RuleSet,
    viewer: Somebody,
    /// The viewer's address, or `anonymous`.
    viewer_name: &'a str,
    owner: UserId,
    /// What is looked at; None if only the level is asked.
    category: Option<CategoryId>,
    facts: Facts<'a>,
    /// The fields went different ways, so it has to be said which a sentence is about.
    several: bool,
}

impl Facts<'_> {
    fn assumptions(&self, sentences: &mut Vec<Sentence>) {
        for assumption in self.rules.assumptions() {
            let text = self.assumption(assumption);
            sentences.push(Sentence::new("assumed", Verdict::Held, text).because("as if, instead of what is set"));
        }
    }
}

impl<'a> Telling<'a> {
    fn new(
        rules: &'a RuleSet,
        (viewer, viewer_name): (Somebody, &'a str),
        owner: UserId,
        category: Option<CategoryId>,
    ) -> Telling<'a> {
        let facts = Facts { rules, cast: Cast::view(viewer, Somebody::user(rules.model(), owner)) };
        Telling { rules, viewer, viewer_name, owner, category, facts, several: false }
    }

    /// The name of what is looked at.
    fn category_name(&self) -> &'a str {
        self.category.map_or("", |category| &self.rules.model().categories[category].declared.name)
    }

    fn about_viewer(&self, step: Step, sentences: &mut Vec<Sentence>) {
        match step {
            Step::Viewer(viewer) => {
                sentences.push(self.facts.somebody("viewer", viewer, self.viewer_name));
            }
            Step::Own => sentences.push(
                Sentence::new("owner", Verdict::Held, format!("{} is the owner", self.viewer_name))
                    .because("owners see everything of their own"),
            ),
            Step::Membership(matcher, container) => self.membership(Some((matcher, container)), None, sentences),
            Step::NoMembership(fallback) => self.membership(None, fallback, sentences),
            _ => {}
        }
    }

    /// Publication and guards of the fields that went the same way. In a category each group says which fields it is.
    fn about_fields(&self, group: &Recorded, sentences: &mut Vec<Sentence>) {
        let mut steps = group.steps.as_slice();
        while let Some(((depth, step), rest)) = steps.split_first() {
            let inner = rest.iter().take_while(|(inner, _)| inner > depth).count();
            let (inside, after) = rest.split_at(inner);
            match step {
                Step::Guard(guard, false) => sentences.push(self.lets_pass(*guard)),
                Step::Guard(guard, true) => self.denies(*guard, inside, sentences),
                step => self.publication(*step, inside, group, sentences),
            }
            steps = after;
        }
    }
}
