//! Somebody, several or everybody who uses a feature, in every context.
//!
//! Of a meeting, everybody are its participants; with `as ROLE`, everybody as that.

use super::Answered;
use super::everybody::{Member, verdict};
use super::reason::told;
use crate::language::ast::{Name, Shape, UseContext, Who};
use crate::model::{FeatureId, PersonId, Value};
use crate::resolve::{ClassOf, Context, Named, RuleSet, Sentence, Somebody, Unknown, Use, lookup, who_uses};

/// Who uses a feature, in which context.
#[derive(Clone, Copy, Debug)]
pub(super) struct Using<'a> {
    pub(super) who: &'a Who,
    pub(super) feature: &'a Name,
    pub(super) context: &'a UseContext,
}

impl Using<'_> {
    /// The feature and the context in words.
    pub(super) fn words(&self) -> String {
        let context = match self.context {
            UseContext::Alone => String::new(),
            UseContext::In(meeting, None) => format!(" in {}", meeting.it),
            UseContext::In(meeting, Some(role)) => format!(" in {} as {}", meeting.it, role.it),
            UseContext::With(peer) => format!(" with {}", peer.it),
            UseContext::Of(owner) => format!(" of {}", owner.it),
        };
        format!("{}{context}", self.feature.it)
    }

    /// Asks everybody it is about: whether what is expected holds of them, and what is so in one line.
    pub(super) fn answer(
        &self,
        rules: &RuleSet,
        mut ask: impl FnMut(&Use) -> (bool, String),
        explain: impl Fn(&Use) -> Vec<Sentence>,
    ) -> Result<Answered, Unknown> {
        let Using { who, feature, context } = *self;
        let context = named(context);
        if let Who::Person(name) = who {
            let question = rules.use_feature(&name.it, &feature.it, context)?;
            let (holds, actual) = ask(&question);
            let explanation = explain(&question);
            let reason = format!("{actual}\n{}", told(&explanation));
            return Ok(Answered { holds, reason, actual, about: None, explanation });
        }
        let model = rules.model();
        let feature = lookup::feature(model, &feature.it)?;
        let mut members: Vec<(Member, Use)> = Vec::new();
        for (class, question) in everybody(rules, feature, context)? {
            let (holds, because) = ask(&question);
            let network = question.cast().asker.network;
            let name = class.map_or_else(|| question.subject().to_owned(), |class| class.words(model));
            members.push((Member { name, class, network, holds, because }, question));
        }
        let (members, questions): (Vec<Member>, Vec<Use>) = members.into_iter().unzip();
        let verdict = verdict(who, &members);
        let offender = verdict.offender.and_then(|at| members.get(at).zip(questions.get(at)));
        let explained = offender.map(|(member, question)| (member, explain(question)));
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
