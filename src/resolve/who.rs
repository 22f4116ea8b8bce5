//! Who sees something: complete and counted, class by class.

use crate::model::{ContainerId, DomainId, FieldId, Network, PersonId};
use crate::viewers::{Class, ClassOf, Somebody};

use super::answer::{Answer, CategoryAnswer, Decision, Matched};
use super::decide::decide_field;
use super::people;
use super::question::See;
use super::rule_set::RuleSet;
use super::settle::{Settled, settled};

/// Everybody who sees something, and everybody else the directory cannot enumerate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Who {
    /// Known people who see it (of a category, at least one field), sorted by container, then address.
    pub known: Vec<Known>,
    /// Known people who get another value instead, and see nothing as it is. Sorted likewise.
    pub altered: Vec<Known>,
    /// Known people who get nothing, sorted by address.
    pub unseeing: Vec<PersonId>,
    /// Every open class with its answer.
    pub open: Vec<Open>,
    /// The entries of the owner, on which all of it rests.
    pub settled: Settled,
}

/// A known person and what they get.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Known {
    /// Who.
    pub person: PersonId,
    /// What they get.
    pub gets: Gets,
}

/// An open class and what its people get.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Open {
    /// Who.
    pub class: ClassOf,
    /// Their network.
    pub network: Network,
    /// Their domain, if they all have one.
    pub domain: Option<DomainId>,
    /// Known people who would belong to it but are answered for themselves, sorted by address.
    pub except_people: Vec<PersonId>,
    /// Named domains that are answered for themselves, sorted by name.
    pub except_domains: Vec<DomainId>,
    /// What they get.
    pub gets: Gets,
}

/// What somebody gets of what was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Gets {
    /// The answer for each field asked for, in order.
    pub fields: Vec<(FieldId, Answer)>,
    /// The container that answered.
    pub container: Option<ContainerId>,
    /// The entry that named it.
    pub matched: Option<Matched>,
}

impl Gets {
    fn new(rules: &RuleSet, question: &See, viewer: Somebody) -> Gets {
        let mut gets = Gets { fields: Vec::new(), container: None, matched: None };
        for field in question.fields(rules.model()) {
            let Decision { answer, container, matched } = decide_field(rules, viewer, question.owner(), field);
            gets.fields.push((field, answer));
            (gets.container, gets.matched) = (container, matched);
        }
        gets
    }

    /// True if they see it: a field as it is, of a category at least one.
    pub fn sees(&self) -> bool {
        self.fields.iter().any(|(_, answer)| *answer == Answer::Visible)
    }

    /// True if they get anything, altered values included.
    pub fn gets_anything(&self) -> bool {
        self.fields.iter().any(|(_, answer)| *answer != Answer::Hidden)
    }

    /// The answer for a single field.
    pub fn only(&self) -> Option<Answer> {
        match self.fields.as_slice() {
            [(_, answer)] => Some(*answer),
            _ => None,
        }
    }

    /// The answer for the whole category.
    pub fn category(&self) -> CategoryAnswer {
        CategoryAnswer::from_answers(self.fields.iter().map(|(_, answer)| *answer))
    }

    /// How many fields they see as they are.
    pub fn count(&self) -> usize {
        self.fields.iter().filter(|(_, answer)| *answer == Answer::Visible).count()
    }
}

/// Who sees what the question asks for. Its viewer plays no part, and the owner is left out.
pub fn who(rules: &RuleSet, question: &See) -> Who {
    let model = rules.model();
    let classes = people::classes(rules, question.owner());
    let settled = settled(rules, question.owner());
    let mut who = Who { known: Vec::new(), altered: Vec::new(), unseeing: Vec::new(), open: Vec::new(), settled };
    for class in &classes {
        let gets = Gets::new(rules, question, class.representative);
        for person in &class.people {
            if gets.sees() {
                who.known.push(Known { person: *person, gets: gets.clone() });
            } else if gets.gets_anything() {
                who.altered.push(Known { person: *person, gets: gets.clone() });
            } else {
                who.unseeing.push(*person);
            }
        }
        if class.is_open() {
            who.open.push(open(rules, class, gets));
        }
    }
    let address = |person: PersonId| &model.people[person].address;
    for people in [&mut who.known, &mut who.altered] {
        people.sort_by(|a, b| {
            let key = |known: &Known| std::cmp::Reverse(known.gets.container);
            key(a).cmp(&key(b)).then_with(|| address(a.person).cmp(address(b.person)))
        });
    }
    who.unseeing.sort_by(|a, b| address(*a).cmp(address(*b)));
    who
}

fn open(rules: &RuleSet, class: &Class, gets: Gets) -> Open {
    let model = rules.model();
    let mut except_people: Vec<PersonId> = Vec::new();
    let mut except_domains: Vec<DomainId> = Vec::new();
    let network = class.representative.network;
    match class.who {
        ClassOf::Domain(domain) => {
            except_people = rules.graph().crowds().of_domain(domain).to_vec();
        }
        ClassOf::Below(domain, _) => {
            except_domains =
                model.domains.iter().filter(|(_, named)| named.above == Some(domain)).map(|(id, _)| id).collect();
        }
        ClassOf::Network(network) => {
            except_domains =
                model.domains.iter().filter(|(_, named)| named.network == network).map(|(id, _)| id).collect();
        }
        ClassOf::Person(_) | ClassOf::Anonymous => {}
    }
    except_people.sort_by(|a, b| model.people[*a].address.cmp(&model.people[*b].address));
    except_domains.sort_by(|a, b| model.domains[*a].name.cmp(&model.domains[*b].name));
    let domain = match class.who {
        ClassOf::Domain(domain) | ClassOf::Below(domain, _) => Some(domain),
        _ => None,
    };
    Open { class: class.who, network, domain, except_people, except_domains, gets }
}
