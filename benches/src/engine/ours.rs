//! prescope, asked by ids and by names.

use prescope::model::{FieldId, Id, PersonId, UserId};
use prescope::resolve::{Answer, Entries, RuleSet, decide_known, decide_named, people};

use crate::population::Population;
use crate::project;
use crate::question::Question;

/// The set, with all entries settled.
pub struct Ours {
    /// The set ready to be asked.
    pub rules: RuleSet,
    /// The ids of the viewers.
    pub people: Vec<PersonId>,
    /// The ids of the owners.
    pub owners: Vec<UserId>,
    /// The fields by their paths.
    pub fields: Vec<String>,
}

impl Ours {
    /// Links and settles everything.
    pub fn load(population: &Population) -> Ours {
        Ours::of(Ours::rules(population), population)
    }

    /// Links and settles everything, and keeps nothing but the set.
    pub fn rules(population: &Population) -> RuleSet {
        let project = project::built(population);
        let rules = project.rules(Entries::InForce).expect("a population without errors");
        rules.prepare();
        rules
    }

    /// A set with the ids of the population.
    pub fn of(rules: RuleSet, population: &Population) -> Ours {
        let model = rules.model();
        let somebody = |address: &str| people::viewer(&rules, address).expect("an address").somebody;
        let people = population.viewers.iter().map(|viewer| somebody(&viewer.address).person);
        let people: Vec<PersonId> = people.map(|person| person.expect("somebody lists everybody")).collect();
        let owners = people[..population.owners.len()].iter().map(|person| model.people[*person].user.expect("a user"));
        let fields = model.fields.ids().map(|field| model.field_name(field)).collect();
        Ours { owners: owners.collect(), people, fields, rules }
    }

    /// Whether the viewer sees the field of the owner, all of them as ids.
    pub fn decide_ids(&self, viewer: PersonId, owner: UserId, field: FieldId) -> bool {
        decide_known(&self.rules, viewer, owner, field).answer == Answer::Visible
    }

    /// The ids of a question.
    pub fn ids(&self, question: &Question) -> (PersonId, UserId, FieldId) {
        let Question { viewer, owner, field } = *question;
        (self.people[viewer as usize], self.owners[owner as usize], FieldId::from_index(field as usize))
    }

    /// Whether the viewer sees the field of the owner, all of them as names in canonical form.
    pub fn decide_names(&self, viewer: &str, owner: &str, field: &str) -> bool {
        decide_named(&self.rules, viewer, owner, field).is_ok_and(|decision| decision.answer == Answer::Visible)
    }
}
