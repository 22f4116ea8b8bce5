//! The project under test, behind the oracle's own words: the only module that knows its API.
//!
//! Written before that API: places that may need another word are marked ADAPT.

use prescope::project::Project;
use prescope::resolve::{self, Entries};

use super::evaluate::{Answer, Class, Decision, Mode, Who};
use super::world::*;
use super::write::Sources;

#[derive(Debug)]
pub struct Subject(Project);

impl Subject {
    /// Reads a world's files; an error in them is a mistake of the generator or of the project.
    pub fn read(sources: &Sources) -> Subject {
        let project = Project::from_sources(sources.policies.clone(), sources.directories.clone());
        let errors: Vec<_> = project.diagnostics().iter().filter(|diagnostic| diagnostic.is_error()).collect();
        assert!(errors.is_empty(), "a generated world is valid, but: {errors:#?}\n{sources:#?}");
        Subject(project)
    }

    pub fn decide(&self, mode: Mode, viewer: &Viewer, owner: &str, category: &str, field: &str) -> Decision {
        // ADAPT: if `rules` builds anew each time, `read` should do it once for both modes.
        let rules = self.0.rules(entries(mode)).expect("no errors");
        let question = rules.see(text(viewer), owner, category, Some(field)).expect("names known");
        let decision = resolve::decide(&rules, &question);
        (answer(&decision.answer), decision.container.map(|id| rules.container_name(id).to_owned()))
    }

    /// `who` as the oracle tells it: whoever it does not name sees nothing.
    pub fn who(&self, mode: Mode, owner: &str, category: &str, field: &str, asked: &Who) -> Who {
        let rules = self.0.rules(entries(mode)).expect("no errors");
        let question = rules.see("anonymous", owner, category, Some(field)).expect("names known");
        let who = resolve::who(&rules, &question);
        // ADAPT: `who.people` yields (address, answer), `who.class_of(viewer)` the answer of the open class that an
        // unknown viewer belongs to.
        let mut people: std::collections::BTreeMap<Name, Answer> =
            asked.people.keys().map(|person| (person.clone(), Answer::Hidden)).collect();
        people.extend(who.people().map(|(person, seen)| (person.to_string(), answer(seen))));
        let class = |class: &Class| who.class_of(&stranger(class)).map_or(Answer::Hidden, answer);
        Who { people, classes: asked.classes.keys().map(|key| (key.clone(), class(key))).collect() }
    }
}

fn entries(mode: Mode) -> Entries {
    match mode {
        Mode::InForce => Entries::InForce,
        Mode::Recorded => Entries::Recorded,
    }
}

fn text(viewer: &Viewer) -> &str {
    match viewer {
        Viewer::Person(address) => address,
        Viewer::Anonymous => "anonymous",
    }
}

/// An address of the class, as the oracle's representatives have them.
fn stranger(class: &Class) -> String {
    match class {
        Class::At(domain) => format!("nobody@{domain}"),
        Class::Below(domain) => format!("nobody@nowhere.{domain}"),
        Class::Elsewhere => "nobody@nowhere.invalid".to_owned(),
        Class::Anonymous => "anonymous".to_owned(),
    }
}

fn answer(answer: &resolve::Answer) -> Answer {
    match answer {
        resolve::Answer::Visible => Answer::Visible,
        // ADAPT: the value as policies write it, without quotes.
        resolve::Answer::Altered(value) => Answer::Altered(Value::Text(value.to_string())),
        resolve::Answer::Hidden => Answer::Hidden,
    }
}
