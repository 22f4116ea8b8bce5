//! JSON Schemas, draft 2020-12, of every document that is written or read.
//!
//! Those of JSON documents are derived from the types that are written and read, so they cannot say anything else; what
//! is written beside each field here is what the schema says about it. Those of YAML files are written by hand, since
//! these files are read without such types: tests compare their keys with those the readers know.

use schemars::generate::{Contract, SchemaSettings};
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::{
    answer, batch, change, coverage, diff, finding, matrix, mutants, plan, plan_file, proofs, tests, usage, who,
};
use crate::report::{audit, disclosure, graph, mode};

/// A kind of document or file, with its schema.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    /// Its name, as `prescope schema` takes it. A document whose contract is `prescope/NAME/v1` is called `NAME`.
    pub name: &'static str,
    /// What it is.
    pub is: &'static str,
    schema: Origin,
}

/// Where a schema comes from.
#[derive(Clone, Copy, Debug)]
enum Origin {
    /// Types that are written.
    Written(fn(&mut SchemaGenerator) -> Schema),
    /// A type that is read.
    Read(fn(&mut SchemaGenerator) -> Schema),
    /// Its own text.
    Text(&'static str),
}

use Origin::{Read, Text, Written};

/// Every kind, documents first.
pub const DESCRIBED: &[Described] = &[
    Described::new("answer", "one answer: `can`, `why`", Written(answers)),
    Described::new("who", "who sees something: `who sees`", Written(one::<who::Document>)),
    Described::new("users", "who may use a feature: `who uses`", Written(one::<usage::UsersDocument<'_>>)),
    Described::new("matrix", "what somebody sees, or what others see of somebody: `what`", Written(matrices)),
    Described::new("uses", "what somebody may use: `what … uses`", Written(one::<usage::UsesDocument<'_>>)),
    Described::new("disclosures", "what leaves through features: `disclosures`", Written(one::<disclosure::Document>)),
    Described::new("audit", "counts over everybody: `audit`", Written(one::<audit::Document<'_>>)),
    Described::new("mode", "the manifest in effect beside the recorded one: `mode`", Written(one::<mode::Document>)),
    Described::new(
        "plan",
        "what changes in the directory: `migrate`, `preference`, `contact`, `block`",
        Written(one::<plan::Document>),
    ),
    Described::new("findings", "errors and findings: `check`, `lint`", Written(one::<finding::Document>)),
    Described::new("proofs", "what was proved of invariants: `prove`", Written(one::<proofs::Document>)),
    Described::new("mutants", "which slips tests and invariants catch: `mutate`", Written(one::<mutants::Document>)),
    Described::new("tests", "how tests went: `test`", Written(one::<tests::Document>)),
    Described::new(
        "coverage",
        "what tests exercised: `test`, asked for its coverage",
        Written(one::<coverage::Document>),
    ),
    Described::new(
        "change",
        "a change of policy objects: `set`, `new`, `remove`",
        Written(one::<change::Document<'_>>),
    ),
    Described::new(
        "plan-file",
        "a plan that is kept for `apply`: `-o` of every command that plans",
        Written(one::<plan_file::Document<'_>>),
    ),
    Described::new("diff", "what differs between two sides: `diff`", Written(one::<diff::Document<'_>>)),
    Described::new("graph", "the rule graph: `graph`", Written(one::<graph::Document>)),
    Described::new("batch-question", "a line that `batch` reads", Read(one::<batch::WireLine>)),
    Described::new("batch-answer", "a line that `batch` writes", Written(one::<batch::BatchAnswer>)),
    Described::new("directory", "a directory file, YAML", Text(include_str!("schema/directory.json"))),
    Described::new("project", "the project file prescope.yaml", Text(include_str!("schema/project.json"))),
];

/// The kind of this name.
pub fn described(name: &str) -> Option<&'static Described> {
    DESCRIBED.iter().find(|it| it.name == name)
}

impl Described {
    const fn new(name: &'static str, is: &'static str, schema: Origin) -> Described {
        Described { name, is, schema }
    }

    /// The schema, laid out for reading.
    pub fn schema(&self) -> String {
        let (contract, make) = match self.schema {
            Text(text) => return text.to_owned(),
            Written(make) => (Contract::Serialize, make),
            Read(make) => (Contract::Deserialize, make),
        };
        let mut settings = SchemaSettings::draft2020_12();
        settings.contract = contract.clone();
        settings.inline_subschemas = true;
        let mut schema = make(&mut settings.into_generator());
        if contract == Contract::Serialize {
            RecursiveTransform(never_null_if_absent).transform(&mut schema);
        }
        RecursiveTransform(without_format).transform(&mut schema);
        schema.insert("$schema".to_owned(), "https://json-schema.org/draft/2020-12/schema".into());
        schema.insert("title".to_owned(), format!("prescope {}: {}", self.name, self.is).into());
        // A schema has string keys and finite numbers only, so writing it cannot fail.
        let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn one<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    T::json_schema(generator)
}

/// About presence or about a feature.
fn answers(generator: &mut SchemaGenerator) -> Schema {
    either::<answer::Document<'_>, usage::AnswerDocument<'_>>(generator)
}

/// Of an owner or of a viewer.
fn matrices(generator: &mut SchemaGenerator) -> Schema {
    either::<matrix::OwnerDocument, matrix::ViewerDocument>(generator)
}

fn either<A: JsonSchema, B: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    json_schema!({ "oneOf": [A::json_schema(generator), B::json_schema(generator)] })
}

/// What is left out where there is nothing is never written as null.
fn never_null_if_absent(schema: &mut Schema) {
    let required = schema.get("required").cloned().unwrap_or_default();
    let is_required = |name: &str| required.as_array().is_some_and(|all| all.iter().any(|it| it == name));
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
    for (_, property) in properties.iter_mut().filter(|(name, _)| !is_required(name)) {
        let Some(Value::Array(types)) = property.get_mut("type") else { continue };
        types.retain(|it| it != "null");
        if let [only] = types.as_slice() {
            let only = only.clone();
            property["type"] = only;
        }
    }
}

/// How wide numbers are in memory is nobody's business.
fn without_format(schema: &mut Schema) {
    schema.remove("format");
}
