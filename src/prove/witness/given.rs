//! The facts of a world as lines of a test.

use indexmap::IndexMap;

use super::cast::{Cast, Member};
use super::words;
use crate::language::ast::Role;
use crate::model::{
    ClassId, Model, Network, ObjectId, Organisation, ParameterId, ParameterOf, ROLE, Reading, Subject, Value, What,
};
use crate::symbolic::{EntryType, Fact, Variable, World};
use crate::text::written;

/// What the meeting of a world is called.
pub(super) const MEETING: &str = "counterexample";

/// What a test has to give.
pub(super) struct Givens<'a> {
    pub(super) model: &'a Model,
    pub(super) organisation: Organisation,
    pub(super) cast: &'a Cast,
    pub(super) world: &'a World,
}

impl Givens<'_> {
    /// The lines: who there is, what is known of them, what the owner has recorded, and the meeting.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines = self.domains();
        for (subject, member) in self.cast.iter().filter(|(_, member)| member.is_inside()) {
            lines.push(self.person(subject, member));
            lines.extend(self.site(subject, member));
            lines.extend(self.objects(subject, member));
        }
        let entries = self.world.departures().filter_map(|fact| self.recorded(fact));
        lines.extend(entries);
        lines.extend(self.meeting());
        lines
    }

    /// The networks of domains, where they would be other ones.
    fn domains(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for (domain, network) in self.cast.iter().flat_map(|(_, member)| &member.domains) {
            let line = format!("given domain {} is {}", written::address(domain), network.name());
            if self.network_of(domain) != *network && !lines.contains(&line) {
                lines.push(line);
            }
        }
        lines
    }

    /// The network of a domain before a test says anything.
    fn network_of(&self, domain: &str) -> Network {
        let known = self.model.domains.values().find(|known| known.name.as_str() == domain);
        match known {
            Some(known) if self.organisation == Organisation::Directory => known.network,
            None if self.model.organization.open => Network::Federated,
            _ => Network::Other,
        }
    }

    /// Somebody of the organisation, with attributes and presence.
    fn person(&self, subject: Subject, member: &Member) -> String {
        let known = member.known.and_then(|person| self.model.people[person].user).is_some();
        let values = self.world.facts.iter().filter(|fact| known || !fact.ordinary).filter_map(|fact| {
            let reading = reading_of(fact, subject)?;
            let name = match reading.what {
                What::Parameter(id) if self.belongs(id) == ParameterOf::Attribute(Role::User) => {
                    self.model.parameters[id].declared.name.clone()
                }
                What::Presence(field) => self.model.field_name(field),
                _ => return None,
            };
            Some(format!("{name} = {}", self.value(reading.what, fact.value)))
        });
        let values = values.collect::<Vec<String>>().join(", ");
        let (person, name) = (if known { "" } else { "person " }, written::address(&member.name));
        if values.is_empty() { format!("given person {name}") } else { format!("given {person}{name} {{ {values} }}") }
    }

    fn site(&self, subject: Subject, member: &Member) -> Option<String> {
        let site = self.world.value(Variable::Reading(Reading { whose: subject, what: What::Site }))?;
        let site = words::site(self.model, site)?;
        Some(format!("given {} at site {}", written::address(&member.name), written::name(&site)))
    }

    /// The policy objects that somebody has, where nothing else would give these values: one of the set, or the usual
    /// one with other values.
    fn objects(&self, subject: Subject, member: &Member) -> Vec<String> {
        let mut classes: IndexMap<ClassId, Vec<(ParameterId, Value)>> = IndexMap::new();
        let mut of_objects: Vec<ClassId> = Vec::new();
        for fact in &self.world.facts {
            match fact.variable {
                Variable::Granted(whose, class) if whose == subject => of_objects.push(class),
                Variable::Reading(Reading { whose, what: What::Parameter(id) }) if whose == subject => {
                    if let ParameterOf::Setting(class) = self.belongs(id) {
                        classes.entry(class).or_default().push((id, fact.value));
                    }
                }
                _ => {}
            }
        }
        let line = |class: ClassId, object: Option<ObjectId>, values: &[String]| {
            let like = object.map(|object| format!(" like {}", self.scope(object))).unwrap_or_default();
            let values = if values.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", values.join(", ")) };
            let class = &self.model.classes[class].declared.name;
            format!("given policy {class} of {}{like} {values}", written::address(&member.name))
        };
        let known = member.known.is_some();
        let of_objects = of_objects.into_iter().filter_map(|class| {
            let object = self.world.object(self.model, (subject, class), |_| true);
            (known || object != self.usual(class, subject)).then(|| line(class, object, &[]))
        });
        let of_values = classes.into_iter().filter_map(|(class, values)| {
            let usual = self.usual(class, subject);
            let differs =
                |(id, value): &(ParameterId, Value)| self.model.value_in(usual, &self.model.parameters[*id]) != *value;
            let assigned = |(id, value): (ParameterId, Value)| {
                let name = &self.model.parameters[id].declared.name;
                format!("{name} = {}", self.value(What::Parameter(id), value))
            };
            let values: Vec<String> = values.into_iter().filter(differs).map(assigned).collect();
            (known || !values.is_empty()).then(|| line(class, usual, &values))
        });
        of_objects.chain(of_values).collect()
    }

    /// The object that applies to somebody new where a test can put them: at a site. To them no other has been granted.
    fn usual(&self, class: ClassId, subject: Subject) -> Option<ObjectId> {
        self.world.object(self.model, (subject, class), |variable| matches!(variable, Variable::Reading(_)))
    }

    /// The scope of an object as policies write it.
    fn scope(&self, object: ObjectId) -> String {
        let spelt = &self.model.objects[object].spelt;
        match spelt.split_once(' ') {
            Some((word, name)) => format!("{word} {}", written::name(name)),
            None => spelt.clone(),
        }
    }

    /// What the owner has recorded, and the groups that somebody is in.
    fn recorded(&self, fact: &Fact) -> Option<String> {
        let person = |subject| self.cast.get(subject).map(|member| written::address(&member.name));
        match fact.variable {
            Variable::Group(whose, group) => {
                Some(format!("given {} in group {}", person(whose)?, written::name(&self.model.groups[group].name)))
            }
            Variable::Listed(whose, delegate) => {
                let list = if delegate { "delegate" } else { "contact" };
                Some(format!("given {} is {list} of {}", person(whose)?, person(Subject::Owner)?))
            }
            Variable::Entry(of, container) => {
                let viewer = self.cast.get(Subject::Viewer)?;
                let entry = match of {
                    EntryType::Everyone => "everyone".to_owned(),
                    EntryType::Authenticated => "authenticated".to_owned(),
                    EntryType::Network => viewer.network.name().to_owned(),
                    EntryType::OtherNetwork(network) => network.name().to_owned(),
                    EntryType::Domain(number) => format!("domain {}", written::address(&viewer.domains.get(number)?.0)),
                    EntryType::Person => written::address(&viewer.name),
                };
                let container = &self.model.containers[container].declared.name;
                Some(format!("given {entry} in {container} of {}", person(Subject::Owner)?))
            }
            _ => None,
        }
    }

    fn meeting(&self) -> Option<String> {
        let organizer = written::address(&self.cast.get(Subject::Organizer)?.name);
        let participant = written::address(&self.cast.get(Subject::Participant)?.name);
        let attributes = |role: Role, whose: Subject| {
            self.world.facts.iter().filter_map(move |fact| {
                let What::Parameter(id) = reading_of(fact, whose)?.what else { return None };
                (self.belongs(id) == ParameterOf::Attribute(role)).then_some((id, fact.value))
            })
        };
        let role = attributes(Role::Participant, Subject::Participant)
            .find(|(id, _)| self.model.parameters[*id].declared.name == ROLE)
            .map(|(id, value)| format!(" as {}", self.value(What::Parameter(id), value)));
        let values = attributes(Role::Meeting, Subject::Meeting)
            .filter(|(id, value)| self.model.parameters[*id].default != *value)
            .map(|(id, value)| {
                format!("{} = {}", self.model.parameters[id].declared.name, self.value(What::Parameter(id), value))
            });
        let values: Vec<String> = values.collect();
        let braces = if values.is_empty() { String::new() } else { format!(" {{ {} }}", values.join(", ")) };
        let role = role.unwrap_or_default();
        Some(format!("given meeting {MEETING} of {organizer} with {participant}{role}{braces}"))
    }

    fn belongs(&self, id: ParameterId) -> ParameterOf {
        self.model.parameters[id].belongs_to
    }

    fn value(&self, what: What, value: Value) -> String {
        words::policy_value(self.model, what, value)
    }
}

/// The reading that a fact is about, if it is somebody's.
fn reading_of(fact: &Fact, whose: Subject) -> Option<Reading> {
    match fact.variable {
        Variable::Reading(reading) if reading.whose == whose => Some(reading),
        _ => None,
    }
}
