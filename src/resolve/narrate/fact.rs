//! The values that conditions read, and where each comes from.

use crate::model::{Condition, ConditionId, Object, ParameterId, ParameterOf, Reading, Truth, UserId, Value, What};
use crate::resolve::assume::{Assumption, AssumptionOf};
use crate::resolve::facts::Cast;
use crate::resolve::probe::Step;
use crate::resolve::somebody::Somebody;
use crate::syntax::ast::Role;
use crate::text::Span;

use super::{Sentence, Telling, Verdict};

impl Telling<'_> {
    /// The facts a condition read, each once.
    pub(super) fn facts(&self, steps: &[(usize, Step)], depth: usize, sentences: &mut Vec<Sentence>) {
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

    fn cast(&self) -> Cast {
        let owner = Somebody::user(self.rules.model(), self.question.owner());
        Cast::view(self.question.viewer(), owner)
    }

    fn fact(&self, reading: Reading, value: Option<Value>) -> Sentence {
        let model = self.rules.model();
        let name = model.reading_name(reading);
        let somebody = self.cast().somebody(reading.of);
        let Some(value) = value else {
            return Sentence::new("fact", Verdict::Unknown, format!("{name} is not known"))
                .because("nothing is known of people outside the organisation");
        };
        let kind = model.kind_of(reading.what);
        let text = format!("{name} is {}", model.value_name(&kind, value));
        let (detail, at) = match self.rules.assumed(reading, somebody) {
            Some(_) => ("assumed".to_owned(), None),
            None => self.source(reading.what, somebody),
        };
        Sentence::new("fact", Verdict::Held, text).because(detail).at(at)
    }

    /// Where a value comes from.
    fn source(&self, what: What, somebody: Somebody) -> (String, Option<Span>) {
        let model = self.rules.model();
        match what {
            What::Parameter(id) => self.parameter_source(id, somebody),
            What::Presence(field) => {
                let set = somebody.user.and_then(|user| {
                    model.users[user].presence.iter().find(|(of, _, _)| *of == field).map(|(_, _, span)| *span)
                });
                match set {
                    Some(span) => (String::new(), Some(span)),
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
        match parameter.of {
            ParameterOf::Setting(class) => {
                let class = &model.classes[class].declared.name;
                let Some(object) = self.rules.object_in_effect(parameter, somebody.user) else {
                    return (format!("no {class} applies: its default"), Some(parameter.declared.span));
                };
                let object: &Object = &model.objects[object];
                let scope = &object.spelt;
                match object.set_at.get(parameter.slot).copied().flatten() {
                    Some(span) => (format!("{class} {scope} sets it"), Some(span)),
                    None => (format!("{class} {scope} applies whole and leaves its default"), Some(object.span)),
                }
            }
            ParameterOf::Attribute(Role::User) => match somebody.user.and_then(|user| self.attribute_at(user, id)) {
                Some(span) => (String::new(), Some(span)),
                None => ("its default".to_owned(), Some(parameter.declared.span)),
            },
            ParameterOf::Attribute(Role::Participant | Role::Meeting) => (String::new(), None),
        }
    }

    fn attribute_at(&self, user: UserId, id: ParameterId) -> Option<Span> {
        let attributes = &self.rules.model().users[user].attributes;
        attributes.iter().find(|(of, _, _)| *of == id).map(|(_, _, span)| *span)
    }

    /// A question about groups, levels or lists, as its answer.
    fn asked(&self, condition: ConditionId, truth: Truth) -> Sentence {
        let model = self.rules.model();
        let verdict = if truth == Truth::True { Verdict::Held } else { Verdict::Failed };
        let name = model.condition_name(condition);
        let (text, at) = match model.conditions.get(condition) {
            Condition::InGroup(subject, group) => {
                let person = self.cast().somebody(*subject).person;
                let at = person.and_then(|person| self.rules.graph().member_at(*group, person));
                (negated_unless(truth, &name, " in ", " is not in "), at.or(Some(model.groups[*group].span)))
            }
            Condition::InContainer(..) => {
                let level = self.rules.level(&self.cast());
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
        match assumption.of {
            AssumptionOf::Role(of) => {
                format!("{} is {value}", model.reading_name(Reading { of, what: assumption.what }))
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
