//! `can` and `why`.

use super::Status;
use super::args::{AnswerFormat, Ask, Can, Location, Verb};
use super::failure::Failure;
use super::open;
use super::output::Output;
use crate::project::Ready;
use crate::report::{answer, json, usage};
use crate::resolve::{
    Answer, Answers, Context, Decision, RuleSet, See, decide_use, decisions, elsewhere, explain, explain_use,
};

/// `can X see Y CATEGORY[.FIELD]`, `can X use FEATURE`
pub(super) fn can(place: &Location, command: &Can, output: &mut Output) -> Result<Status, Failure> {
    let yes = run(place, &command.ask, false, output)?;
    Ok(if command.exit_code && !yes { Status::Found } else { Status::Clean })
}

/// The same with the explanation.
pub(super) fn why(place: &Location, ask: &Ask, output: &mut Output) -> Result<Status, Failure> {
    run(place, ask, true, output)?;
    Ok(Status::Clean)
}

/// True if the answer is yes.
fn run(place: &Location, ask: &Ask, explained: bool, output: &mut Output) -> Result<bool, Failure> {
    let ready = open::ready(place, output)?;
    let rules = open::rules(&ready, &ask.terms.basis)?;
    let asking = Asking { ready: &ready, rules: &rules, ask, explained };
    match (ask.verb, ask.what.as_slice()) {
        (Verb::See, [owner, target]) => {
            open::no_context(&ask.terms.context)?;
            asking.see(owner, target, output)
        }
        (Verb::Use, [feature]) => asking.use_feature(feature, open::context(&ask.terms.context), output),
        (Verb::See, _) => Err(open::misspelt("write OWNER and CATEGORY[.FIELD] behind `see`")),
        (Verb::Use, _) => Err(open::misspelt("write one FEATURE behind `use`")),
    }
}

struct Asking<'a> {
    ready: &'a Ready,
    rules: &'a RuleSet,
    ask: &'a Ask,
    explained: bool,
}

impl Asking<'_> {
    fn see(&self, owner: &str, target: &str, output: &mut Output) -> Result<bool, Failure> {
        let (rules, sources) = (self.rules, self.ready.sources());
        let question = See::typed(rules, &self.ask.who, owner, target)?;
        let explanation = self.explained.then(|| explain(rules, &question));
        let decisions = match &explanation {
            Some(explanation) => explanation.decisions.clone(),
            None => decisions(rules, &question),
        };
        let is_visible = |(_, decision): &(_, Decision)| decision.answer == Answer::Visible;
        let all_visible = !decisions.is_empty() && decisions.iter().all(is_visible);
        match self.ask.terms.format {
            AnswerFormat::Json => {
                let answers = Answers::new(rules, &question, decisions);
                let wire = json::WireAnswer::new(rules.graph(), sources, &question, &answers);
                let wire = wire.with_elsewhere(rules.model(), sources, &elsewhere(rules, &question));
                let wire = match &explanation {
                    Some(explanation) => wire.explained(sources, explanation),
                    None => wire,
                };
                output.print(&json::answer(rules.model(), &question, &wire))?;
            }
            AnswerFormat::Text => {
                open::warn(question.warnings());
                output.tell(open::basis_line(rules, &self.ask.terms.basis))?;
                output.tell(match &explanation {
                    Some(explanation) => {
                        let text = answer::explained(rules.model(), sources, &question, explanation);
                        text + answer::elsewhere(rules.model(), sources, &elsewhere(rules, &question))
                    }
                    None => answer::short(rules.model(), &question, &decisions),
                })?;
            }
        }
        Ok(all_visible)
    }

    fn use_feature(&self, feature: &str, context: Context<'_>, output: &mut Output) -> Result<bool, Failure> {
        let (rules, sources) = (self.rules, self.ready.sources());
        let question = rules.use_feature(&self.ask.who, feature, context)?;
        let explanation = self.explained.then(|| explain_use(rules, &question));
        let ruling = match &explanation {
            Some(explanation) => explanation.ruling,
            None => decide_use(rules, question.feature(), question.cast()),
        };
        match self.ask.terms.format {
            AnswerFormat::Json => {
                let wire = json::WireUse::new(rules.model(), &question, ruling);
                let wire = match &explanation {
                    Some(explanation) => wire.explained(sources, explanation),
                    None => wire,
                };
                output.print(&json::use_answer(rules.model(), &question, context, &wire))?;
            }
            AnswerFormat::Text => {
                open::warn(question.warnings());
                output.tell(open::basis_line(rules, &self.ask.terms.basis))?;
                output.tell(match &explanation {
                    Some(explanation) => usage::explained(rules.model(), sources, &question, explanation),
                    None => usage::short(ruling) + "\n",
                })?;
            }
        }
        Ok(ruling.available)
    }
}
