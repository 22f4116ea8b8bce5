//! regorus on its virtual machine (RVM): objects keyed by name, one machine that is used again, the input built for each
//! question of values made before.
//!
//! Folded at load: the entries in force, and what the owner hides. Which entry wins is decided in the policy. The chain
//! of `else` has plain references as conditions: a body that binds an undefined reference makes the machine stop where
//! the language says to go on.

use std::collections::BTreeMap;

use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Rc, Value};

use super::{FEED, UNLISTED, hidden, in_force, level_name, published};
use crate::population::{LEVELS, Population};

const ENTRY: &str = "data.presence.visible";

const POLICY: &str = r#"
package presence

default visible := false

visible if {
    owner := data.owners[input.owner]
    data.published[level][input.field]
    not owner.hidden[input.field]
    reaches
}

level := data.owners[input.owner].levels[input.viewer] if {
    data.owners[input.owner].levels[input.viewer]
} else := data.owners[input.owner].levels[data.viewers[input.viewer].domain] if {
    data.owners[input.owner].levels[data.viewers[input.viewer].domain]
} else := data.owners[input.owner].levels[data.viewers[input.viewer].network] if {
    data.owners[input.owner].levels[data.viewers[input.viewer].network]
} else := "unlisted"

reaches if not data.contacts_only[input.field]
reaches if data.owners[input.owner].levels[input.viewer]
"#;

/// The machine with everything loaded.
pub struct Rego {
    machine: RegoVM,
    keys: [Value; 3],
}

/// A question with its names as values.
#[derive(Clone)]
pub struct Asked {
    names: [Value; 3],
}

fn object<'k>(pairs: impl IntoIterator<Item = (&'k str, Value)>) -> Value {
    Value::from(pairs.into_iter().map(|(key, value)| (Value::from(key), value)).collect::<BTreeMap<_, _>>())
}

impl Rego {
    /// Makes the data and compiles the policy.
    pub fn load(population: &Population) -> Rego {
        let set = |fields: Vec<&str>| object(fields.into_iter().map(|field| (field, Value::from(true))));
        let level = |name: &str| Value::from(name);
        let owners = population.owners.iter().zip(&population.viewers).map(|(owner, viewer)| {
            let levels = object(in_force(population, owner).map(|(key, of)| (key, level(level_name(of)))));
            (viewer.address.as_str(), object([("levels", levels), ("hidden", set(hidden(owner)))]))
        });
        let viewers = population.viewers.iter().map(|viewer| {
            let domain = &population.domains[viewer.domain];
            let known = object([("domain", level(&domain.name)), ("network", level(domain.network.name()))]);
            (viewer.address.as_str(), known)
        });
        let levels = LEVELS.into_iter().chain([UNLISTED]);
        let data = object([
            ("owners", object(owners)),
            ("viewers", object(viewers)),
            ("published", object(levels.map(|level| (level, set(published(level)))))),
            ("contacts_only", set(FEED.to_vec())),
        ]);
        let mut engine = Engine::new();
        engine.add_policy("presence.rego".to_owned(), POLICY.to_owned()).expect("a policy");
        let compiled = engine.compile_with_entrypoint(&Rc::from(ENTRY)).expect("an entry point");
        let program = Compiler::compile_from_policy(&compiled, &[ENTRY]).expect("a program");
        let mut machine = RegoVM::new();
        machine.load_program(program);
        machine.set_data(data).expect("data beside the policy");
        Rego { machine, keys: ["viewer", "owner", "field"].map(Value::from) }
    }

    /// Makes values of the names of a question.
    pub fn ask(viewer: &str, owner: &str, field: &str) -> Asked {
        Asked { names: [viewer, owner, field].map(Value::from) }
    }

    /// Whether the viewer sees the field of the owner.
    pub fn decide(&mut self, asked: &Asked) -> bool {
        let input: BTreeMap<Value, Value> = self.keys.iter().cloned().zip(asked.names.iter().cloned()).collect();
        self.machine.set_input(Value::from(input));
        matches!(self.machine.execute_entry_point_by_index(0), Ok(Value::Bool(true)))
    }
}
