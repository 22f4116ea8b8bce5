//! `prescope/who/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::answer::{WireChannel, WireContainer, WireMembership, WireQuestion, channel, container, membership};
use super::words;
use crate::graph::RuleGraph;
use crate::language::Sources;
use crate::model::Model;
use crate::report::who::Seeing;
use crate::resolve::{Gets, Known, Open, See, Settled};

const SCHEMA: &str = "prescope/who/v1";

/// Who sees something.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// What was asked.
    question: WireQuestion,
    /// The known people who see it, of a category those who see some of it.
    known: WireKnown,
    /// The known people who get another value.
    altered: WireKnown,
    /// Every class of people whom the files do not know, with its answer.
    open: Vec<WireOpen>,
    /// Available features that disclose the same.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<WireChannel>,
}

/// People the files know.
#[derive(Serialize, JsonSchema)]
struct WireKnown {
    /// How many.
    count: usize,
    /// Who.
    people: Vec<WirePerson>,
}

/// What somebody gets.
#[derive(Serialize, JsonSchema)]
struct WirePerson {
    /// The address.
    uri: String,
    /// What is given.
    #[schemars(extend("enum" = words::answers()))]
    answer: &'static str,
    /// How many fields of the category are seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<usize>,
    /// The container that answered; null if none did.
    container: Option<WireContainer>,
    /// The entry that named the container; null if no entry did.
    membership: Option<WireMembership>,
}

/// What a class of people gets.
#[derive(Serialize, JsonSchema)]
struct WireOpen {
    /// Where they come from.
    #[schemars(extend("enum" = words::networks()))]
    network: &'static str,
    /// Their domain, `*.NAME` for the domains below one; null for all others.
    domain: Option<String>,
    /// The addresses and domains that are not meant.
    except: Vec<String>,
    /// What is given.
    #[schemars(extend("enum" = words::answers()))]
    answer: &'static str,
    /// The container that answered; null if none did.
    container: Option<WireContainer>,
}

/// The whole document. `known` are those who see it, `altered` those who get another value instead; of a category,
/// `fields` says how many of its fields are seen. A class of domains below a named one has `*.` before its domain.
pub fn who(graph: &RuleGraph, sources: &Sources, seeing: Seeing<'_>) -> String {
    let Seeing { question, who, channels } = seeing;
    let model = graph.model();
    let people = |people: &[Known]| WireKnown {
        count: people.len(),
        people: people.iter().map(|known| person(graph, (sources, &who.settled), question, known)).collect(),
    };
    super::line(&Document {
        schema: SCHEMA,
        question: WireQuestion::new(model, question),
        known: people(&who.known),
        altered: people(&who.altered),
        open: who.open.iter().map(|class| open(model, question, class)).collect(),
        elsewhere: channels.iter().map(|it| channel(model, sources, it)).collect(),
    })
}

fn word(question: &See, gets: &Gets) -> &'static str {
    match (question.field(), gets.only()) {
        (Some(_), Some(answer)) => answer.name(),
        _ => gets.category().name(),
    }
}

fn person(graph: &RuleGraph, (sources, settled): (&Sources, &Settled), question: &See, known: &Known) -> WirePerson {
    let model = graph.model();
    WirePerson {
        uri: model.people[known.person].address.to_string(),
        answer: word(question, &known.gets),
        fields: question.field().is_none().then(|| known.gets.count()),
        container: known.gets.container.map(|it| container(model, it)),
        membership: known.gets.matched.map(|it| membership(graph, sources, settled, it)),
    }
}

fn open(model: &Model, question: &See, class: &Open) -> WireOpen {
    let people = class.except_people.iter().map(|it| model.people[*it].address.to_string());
    let domains = class.except_domains.iter().map(|it| model.domains[*it].name.to_string());
    let below = matches!(class.class, crate::resolve::ClassOf::Below(..));
    WireOpen {
        network: if class.class == crate::resolve::ClassOf::Anonymous {
            words::ANONYMOUS
        } else {
            class.network.name()
        },
        domain: class.domain.map(|it| {
            let name = &model.domains[it].name;
            if below { format!("*.{name}") } else { name.to_string() }
        }),
        except: people.chain(domains).collect(),
        answer: word(question, &class.gets),
        container: class.gets.container.map(|it| container(model, it)),
    }
}
