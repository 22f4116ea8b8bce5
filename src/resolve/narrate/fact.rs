//! The values that conditions read, and where each comes from.

use crate::language::Span;
use crate::language::ast::{Effect, Role};
use crate::model::{
    Condition, ConditionId, Meeting, Network, Object, ParameterId, ParameterOf, Reading, RuleId, Subject, Truth, Value,
    What,
};
use crate::resolve::assume::{Assumption, AssumptionOf};
use crate::resolve::facts::{Cast, level};
use crate::resolve::probe::Step;
use crate::resolve::rule_set::RuleSet;
use crate::resolve::world::World;
use crate::viewers::Somebody;

use super::{Sentence, Verdict};

/// What is known to the conditions of a question: tells the values they read.
pub(super) struct Facts<'a> {
    pub(super) rules: &'a RuleSet,
    pub(super) cast: Cast,
}

impl Facts<'_> {
    /// Where somebody comes from.
    pub(super) fn somebody(&self, step: &'static str, viewer: Somebody, name: &str) -> Sentence {
        let model = self.rules.model();
        if viewer == Somebody::ANONYMOUS && name == "anonymous" {
            return Sentence::new(step, Verdict::Held, "anonymous has no address")
                .because("comes from no network that entries can name");
        }
        let domain = name.rsplit_once('@').map_or(name, |(_, domain)| domain);
        let listed = viewer.domain.filter(|_| viewer.exact_domain).and_then(|domain| model.domains[domain].listed);
        let (detail, at) = match (viewer.network, listed) {
            (Network::SameEnterprise, at) => (format!("{domain} is the organisation's"), at),
            (Network::PublicCloud, at) => (format!("{domain} is a public cloud"), at),
            (Network::Federated, Some(at)) => (format!("{domain} is a partner"), Some(at)),
            (Network::Federated, None) => ("federation is open".to_owned(), model.organization.open_at),
            (Network::Other, Some(at)) => (format!("{domain} is blocked"), Some(at)),
            (Network::Other, None) => (format!("{domain} is no partner, and federation is not open"), None),
        };
        let text = match viewer.network {
            Network::Other => format!("{name} comes from elsewhere"),
            network => format!("{name} is {network}"),
        };
        Sentence::new(step, Verdict::Held, text).because(detail).at(at)
    }

    /// The facts a condition read, each once.
    pub(super) fn tell(&self, steps: &[(usize, Step)], depth: usize, sentences: &mut Vec<Sentence>) {
        let mut told: Vec<Step> = Vec::new();
        for (_, step) in steps {
            if told.contains(step) {
                continue;
            }
            told.push(*step);
            match step {
                Step::Fact(reading, value) => sentences.push(self.fact(*reading, *value).inside(depth)),
                Step::Asked(condition, truth) => sentences.push(self.asked(*condition, *truth).inside(depth)),
                _ => {}
            }
        }
    }

    fn fact(&self, reading: Reading, value: Option<Value>) -> Sentence {
        let model = self.rules.model();
        let name = model.reading_name(reading);
        let somebody = self.cast.somebody(reading.whose);
        let Some(value) = value else {
            return Sentence::new("fact", Verdict::Unknown, format!("{name} is not known"))
                .because("nothing is known of people outside the organisation");
        };
        let kind = model.kind_of(reading.what);
        let text = format!("{name} is {}", model.value_name(&kind, value));
        let (detail, at) = match self.rules.assumed(reading, Some(somebody)) {
            Some(_) => ("assumed".to_owned(), None),
            None => self.source(reading, somebody),
        };
        Sentence::new("fact", Verdict::Held, text).because(detail).at(at)
    }

    /// Where a value comes from.
    fn source(&self, reading: Reading, somebody: Somebody) -> (String, Option<Span>) {
        let model = self.rules.model();
        match reading.what {
            What::Parameter(id) => match self.sampled_at(reading.whose, id) {
                Some(span) => ("sampled when the meeting began".to_owned(), Some(span)),
                None => self.parameter_source(id, somebody),
            },
            What::Presence(field) => {
                let set = somebody.user.and_then(|user| model.users[user].presence_in(field));
                match set {
                    Some((_, span)) => (String::new(), Some(span)),
                    None => ("the directory does not say".to_owned(), Some(model.fields[field].declared.span)),
                }
            }
            What::Mode => ("the manifest in effect".to_owned(), None),
            What::Site => (String::new(), somebody.user.map(|user| model.users[user].span)),
            What::Network => (String::new(), None),
        }
    }

    fn parameter_source(&self, id: ParameterId, somebody: Somebody) -> (String, Option<Span>) {
        let model = self.rules.model();
        let parameter = &model.parameters[id];
        let set_or_default = |set: Option<(Value, Span)>| match set {
            Some((_, span)) => (String::new(), Some(span)),
            None => ("its default".to_owned(), Some(parameter.declared.span)),
        };
        match parameter.belongs_to {
            ParameterOf::Setting(class) => {
                let name = &model.classes[class].declared.name;
                let Some(object) = model.object_for(class, somebody.user) else {
                    return (format!("no {name} applies: its default"), Some(parameter.declared.span));
                };
                let object: &Object = &model.objects[object];
                let scope = &object.spelt;
                match object.set_at.get(parameter.slot).copied().flatten() {
                    Some(span) => (format!("{name} {scope} sets it"), Some(span)),
                    None => (format!("{name} {scope} applies whole and leaves its default"), Some(object.span)),
                }
            }
            ParameterOf::Attribute(Role::Participant) => (String::new(), None),
            ParameterOf::Attribute(Role::User) => {
                set_or_default(somebody.user.and_then(|user| model.users[user].attribute(id)))
            }
            ParameterOf::Attribute(Role::Meeting) => set_or_default(self.meeting().and_then(|of| of.attribute(id))),
        }
    }

    fn meeting(&self) -> Option<&Meeting> {
        self.cast.meeting.map(|meeting| &self.rules.model().meetings[meeting])
    }

    /// Where the meeting says what an organizer's setting was when it began.
    fn sampled_at(&self, of: Subject, id: ParameterId) -> Option<Span> {
        let meeting = self.meeting().filter(|_| of == Subject::Organizer)?;
        meeting.sampled(id).map(|(_, span)| span)
    }

    /// A rule with the truth of its condition, and below it the facts that were read.
    pub(super) fn rule(&self, rule: RuleId, truth: Truth, inside: &[(usize, Step)], depth: usize) -> Vec<Sentence> {
        let model = self.rules.model();
        let rule = &model.rules[rule];
        let condition = model.condition_name(rule.when);
        let detail = match (truth, rule.effect) {
            (Truth::Unknown, Effect::Deny) => format!("it is not known whether {condition}, and a denial fires then"),
            (Truth::Unknown, Effect::Allow) => {
                format!("it is not known whether {condition}, and an allow does not fire then")
            }
            (Truth::True, _) => format!("when {condition}"),
            (Truth::False, _) => format!("only when {condition}"),
        };
        let verdict = match truth {
            Truth::True => Verdict::Held,
            Truth::Unknown => Verdict::Unknown,
            Truth::False => Verdict::Failed,
        };
        let step = rule.effect.name();
        let text = format!("\"{}\"", rule.declared.name);
        let sentence = Sentence::new(step, verdict, text).because(detail).at(Some(rule.span)).inside(depth);
        let mut sentences = vec![sentence];
        self.tell(inside, depth + 1, &mut sentences);
        sentences
    }

    /// A question about groups, levels or lists, as its answer.
    fn asked(&self, condition: ConditionId, truth: Truth) -> Sentence {
        let model = self.rules.model();
        let verdict = if truth == Truth::True { Verdict::Held } else { Verdict::Failed };
        let name = model.condition_name(condition);
        let (text, at) = match model.conditions.get(condition) {
            Condition::InGroup(subject, group) => {
                let person = self.cast.somebody(*subject).person;
                let at = person.and_then(|person| self.rules.graph().member_at(*group, person));
                (negated_unless(truth, &name, " in ", " is not in "), at.or(Some(model.groups[*group].span)))
            }
            Condition::InContainer(..) => {
                let level = level(self.rules, &self.cast);
                let level = level.map_or("no container".to_owned(), |level| model.container_name(level));
                (format!("viewer's level is {level}"), None)
            }
            _ => (negated_unless(truth, &name, " is ", " is not "), None),
        };
        Sentence::new("fact", verdict, text).at(at)
    }

    /// An assumption in words.
    pub(super) fn assumption(&self, assumption: &Assumption) -> String {
        let model = self.rules.model();
        let kind = model.kind_of(assumption.what);
        let value = model.value_name(&kind, assumption.value);
        match assumption.whose {
            AssumptionOf::Role(whose) => {
                format!("{} is {value}", model.reading_name(Reading { whose, what: assumption.what }))
            }
            AssumptionOf::Person(person) => {
                let what = match assumption.what {
                    What::Parameter(id) => model.parameters[id].declared.name.clone(),
                    What::Presence(field) => model.field_name(field),
                    What::Network => "network".to_owned(),
                    What::Site => "site".to_owned(),
                    What::Mode => "mode".to_owned(),
                };
                format!("{}.{what} is {value}", model.people[person].address)
            }
        }
    }
}

/// "viewer in group g", or "viewer is not in group g".
fn negated_unless(truth: Truth, name: &str, positive: &str, negative: &str) -> String {
    let said = if positive == " in " { name.replacen(" in ", " is in ", 1) } else { name.to_owned() };
    if truth == Truth::True { said } else { name.replacen(positive, negative, 1) }
}
