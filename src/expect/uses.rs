//! `X can use FEATURE` and `X cannot use FEATURE`, in every context, for one, for several and for everybody.
//!
//! Of a meeting, everybody are its participants; with `as ROLE`, everybody as that.

use super::Answered;
use super::everybody::{self, Member, verdict};
use super::reason::told;
use crate::language::ast::{Shape, UseContext, Who};
use crate::model::{FeatureId, PersonId, Value};
use crate::resolve::{
    By, ClassOf, Context, Cover, Named, RuleSet, Ruling, Somebody, Unknown, Use, decide_use, explain_use, lookup,
    who_uses,
};

/// An expectation about a feature.
#[derive(Clone, Copy, Debug)]
pub(super) struct Uses<'a> {
    pub(super) who: &'a Who,
    /// Whether it is to be available.
    pub(super) can: bool,
    pub(super) feature: &'a str,
    pub(super) context: &'a UseContext,
}

impl Uses<'_> {
    /// The expectation in words.
    pub(super) fn words(&self) -> String {
        let (who, verb) = (everybody::words(self.who), if self.can { "can" } else { "cannot" });
        let context = match self.context {
            UseContext::Alone => String::new(),
            UseContext::In(meeting, None) => format!(" in {}", meeting.it),
            UseContext::In(meeting, Some(role)) => format!(" in {} as {}", meeting.it, role.it),
            UseContext::With(peer) => format!(" with {}", peer.it),
            UseContext::Of(owner) => format!(" of {}", owner.it),
        };
        format!("{who} {verb} use {}{context}", self.feature)
    }

    /// Asks, and compares.
    pub(super) fn answer(&self, rules: &RuleSet, mut cover: Option<&mut Cover>) -> Result<Answered, Unknown> {
        let Uses { who, can, feature, context } = *self;
        let context = named(context);
        if let Who::Person(name) = who {
            let question = rules.use_feature(&name.it, feature, context)?;
            let ruling = ruling(rules, &question, &mut cover);
            let sentences = explain_use(rules, &question).sentences;
            let actual = words(rules, ruling);
            return Ok(Answered {
                holds: ruling.available == can,
                reason: format!("{actual}\n{}", told(&sentences)),
                actual,
                about: None,
                explanation: sentences,
            });
        }
        let model = rules.model();
        let feature = lookup::feature(rules.model(), feature)?;
        let mut members: Vec<(Member, Use)> = Vec::new();
        for (class, question) in everybody(rules, feature, context)? {
            let ruling = ruling(rules, &question, &mut cover);
            let (network, holds) = (question.cast().asker.network, ruling.available == can);
            let because = words(rules, ruling);
            let name = class.map_or_else(|| question.subject().to_owned(), |class| class.words(model));
            members.push((Member { name, class, network, holds, because }, question));
        }
        let (members, questions): (Vec<Member>, Vec<Use>) = members.into_iter().unzip();
        let verdict = verdict(who, &members);
        let offender = verdict.offender.and_then(|at| members.get(at).zip(questions.get(at)));
        let explained = offender.map(|(member, question)| (member, explain_use(rules, question).sentences));
        Ok(verdict.answered(explained))
    }
}

fn named(context: &UseContext) -> Context<'_> {
    match context {
        UseContext::Alone => Context::default(),
        UseContext::In(meeting, role) => Context {
            meeting: Some(&meeting.it),
            role: role.as_ref().map(|role| role.it.as_str()),
            ..Context::default()
        },
        UseContext::With(peer) => Context { peer: Some(&peer.it), ..Context::default() },
        UseContext::Of(owner) => Context { owner: Some(&owner.it), ..Context::default() },
    }
}

/// Everybody whom the context can be about, and the classes of those whom nobody knows.
fn everybody(
    rules: &RuleSet,
    feature: FeatureId,
    context: Context<'_>,
) -> Result<Vec<(Option<ClassOf>, Use)>, Unknown> {
    let model = rules.model();
    let users = who_uses(rules, feature, context)?;
    let participants = model.features[feature].shape == Shape::Participant && context.role.is_none();
    let ask = |person: Option<PersonId>, role: Option<Value>| {
        let somebody = person.map_or(Somebody::ANONYMOUS, |person| Somebody::known(model, person));
        let name = person.map_or("anonymous".to_owned(), |person| model.people[person].address.to_string());
        let known = Named { somebody, name: name.clone(), warning: None };
        Use::by(rules, known, feature, context).map(|question| question.asked_by(somebody, name, role))
    };
    let mut everybody = Vec::new();
    for (person, role, _) in users.known {
        let question = ask(person, role)?;
        everybody.push((person.is_none().then_some(ClassOf::Anonymous), question));
    }
    if participants {
        return Ok(everybody); // nobody else takes part
    }
    for (class, role, _) in users.open {
        let asker = class.representative(model);
        let name = class.one_of(model);
        let question = Use::by(rules, Named { somebody: asker, name: name.clone(), warning: None }, feature, context)?;
        everybody.push((Some(class), question.asked_by(asker, name, role)));
    }
    Ok(everybody)
}

fn ruling(rules: &RuleSet, question: &Use, cover: &mut Option<&mut Cover>) -> Ruling {
    match cover {
        Some(cover) => cover.use_feature(rules, question),
        None => decide_use(rules, question.feature(), question.cast()),
    }
}

/// The answer with what decided.
fn words(rules: &RuleSet, ruling: Ruling) -> String {
    let model = rules.model();
    let by = match ruling.by {
        By::Requires(feature) => format!("requires {}", model.features[feature].declared.name),
        By::Rule(rule) => format!("by \"{}\"", model.rules[rule].declared.name),
        By::Default => "by default".to_owned(),
    };
    format!("{}, {by}", ruling.name())
}
