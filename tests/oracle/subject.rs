//! The project under test, behind the oracle's own words.

use std::collections::{BTreeMap, BTreeSet};

use prescope::model::{DomainId, FieldId, PersonId};
use prescope::project::Project;
use prescope::resolve::{self, ClassOf, Entries, RuleSet, Somebody, decide_field, people};

use super::evaluate::{Answer, Class, Decision, Mode};
use super::settling::{fields, viewers};
use super::world::*;
use super::write::{Layout, Sources, sources};

pub const MODES: [Mode; 2] = [Mode::InForce, Mode::Recorded];

/// Whether settled, who, whose, category and field.
pub type Question = (bool, Viewer, Name, Name, Name);

#[derive(Debug)]
pub struct Subject {
    pub project: Project,
    in_force: RuleSet,
    recorded: RuleSet,
}

impl Subject {
    /// Reads a world's files; an error in them is a mistake of the generator or of the project.
    pub fn read(sources: &Sources) -> Subject {
        let project =
            Project::builder().policies(sources.policies.clone()).directories(sources.directories.clone()).build();
        let found = project.diagnostics().iter().filter(|found| found.is_error());
        let slice = |span| project.sources().slice(span);
        let errors: Vec<_> = found.map(|it| (it.code.name(), &it.message, it.span().map(slice))).collect();
        assert!(errors.is_empty(), "a generated world is valid, but: {errors:#?}");
        let rules = |entries| project.rules(entries).expect("no errors");
        Subject { in_force: rules(Entries::InForce), recorded: rules(Entries::Recorded), project }
    }

    /// The files of a world in the plain layout.
    pub fn of(world: &World) -> Subject {
        Subject::read(&sources(world, Layout::default()))
    }

    pub fn rules(&self, mode: Mode) -> &RuleSet {
        match mode {
            Mode::InForce => &self.in_force,
            Mode::Recorded => &self.recorded,
        }
    }
}

/// Every question about everybody the world names, answered by the project.
pub fn answers(rules: &RuleSet, world: &World, mode: Mode) -> BTreeMap<Question, Decision> {
    let mut answers = BTreeMap::new();
    let viewers: Vec<_> = viewers(world).into_iter().map(|viewer| (somebody(rules, &viewer), viewer)).collect();
    for user in &world.users {
        let owner = people::owner(rules, &user.address).expect("a user");
        rules.settle(owner);
        for (category, name) in fields(world) {
            let field = field(rules, &category, &name);
            for (somebody, viewer) in &viewers {
                let question =
                    (mode == Mode::InForce, viewer.clone(), user.address.clone(), category.clone(), name.clone());
                answers.insert(question, decision(rules, field, decide_field(rules, *somebody, owner, field)));
            }
        }
    }
    answers
}

/// The answers in both modes.
pub fn all_answers(subject: &Subject, world: &World) -> BTreeMap<Question, Decision> {
    let mut all = BTreeMap::new();
    for mode in MODES {
        all.extend(answers(subject.rules(mode), world, mode));
    }
    all
}

pub fn name(viewer: &Viewer) -> &str {
    match viewer {
        Viewer::Person(address) => address,
        Viewer::Anonymous => "anonymous",
    }
}

pub fn somebody(rules: &RuleSet, viewer: &Viewer) -> Somebody {
    people::viewer(rules, name(viewer)).expect("an address").somebody
}

pub fn field(rules: &RuleSet, category: &str, field: &str) -> FieldId {
    let names = &rules.model().names;
    let category = names.categories.find(category).expect("a category");
    names.fields[&category].find(field).expect("a field of it")
}

pub fn address(rules: &RuleSet, person: PersonId) -> Name {
    rules.model().people[person].address.to_string()
}

pub fn addresses<'a>(rules: &RuleSet, people: impl IntoIterator<Item = &'a PersonId>) -> BTreeSet<Name> {
    people.into_iter().map(|person| address(rules, *person)).collect()
}

/// An unknown address of an open class, as the oracle's representatives have them.
pub fn stranger(rules: &RuleSet, class: ClassOf) -> (Class, Viewer) {
    let named = |domain: DomainId| rules.model().domains[domain].name.to_string();
    let person = |domain: &str| Viewer::Person(format!("nobody@{domain}"));
    match class {
        ClassOf::Domain(domain) => (Class::At(named(domain)), person(&named(domain))),
        ClassOf::Below(domain, _) => (Class::Below(named(domain)), person(&format!("nowhere.{}", named(domain)))),
        ClassOf::Network(_) => (Class::Elsewhere, person("nowhere.invalid")),
        ClassOf::Anonymous => (Class::Anonymous, Viewer::Anonymous),
        ClassOf::Person(person) => panic!("{} is no open class", address(rules, person)),
    }
}

/// A decision in the oracle's words. Words and texts look alike from outside; they are texts here.
pub fn decision(rules: &RuleSet, field: FieldId, decision: resolve::Decision) -> Decision {
    let model = rules.model();
    let container = decision.container.map(|id| model.containers[id].declared.name.clone());
    let answer = match decision.answer {
        resolve::Answer::Visible => Answer::Visible,
        resolve::Answer::Hidden => Answer::Hidden,
        resolve::Answer::Altered(value) => Answer::Altered(Value::Text(match &model.fields[field].kind {
            Some(kind) => model.value_name(kind, value),
            None => model.texts[value.0 as usize].clone(),
        })),
    };
    (answer, container)
}

/// The oracle's own decision likewise.
pub fn plain((answer, container): Decision) -> Decision {
    let answer = match answer {
        Answer::Altered(Value::Word(word)) => Answer::Altered(Value::Text(word)),
        other => other,
    };
    (answer, container)
}
