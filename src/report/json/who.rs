//! `prescope/who/v1`.

use serde::Serialize;

use super::answer::{WireChannel, WireContainer, WireMembership, WireQuestion, channel, container, membership};
use crate::resolve::{Channel, Gets, Known, Open, RuleSet, See, Settled, Who};
use crate::text::Sources;

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    question: WireQuestion,
    known: WireKnown,
    altered: WireKnown,
    open: Vec<WireOpen>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<WireChannel>,
}

#[derive(Serialize)]
struct WireKnown {
    count: usize,
    people: Vec<WirePerson>,
}

#[derive(Serialize)]
struct WirePerson {
    uri: String,
    answer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    fields: Option<usize>,
    container: Option<WireContainer>,
    membership: Option<WireMembership>,
}

#[derive(Serialize)]
struct WireOpen {
    network: &'static str,
    domain: Option<String>,
    except: Vec<String>,
    answer: &'static str,
    container: Option<WireContainer>,
}

/// The whole document. `known` are those who see it, `altered` those who get another value instead; of a category,
/// `fields` says how many of its fields are seen. A class of domains below a named one has `*.` before its domain.
pub fn who(rules: &RuleSet, sources: &Sources, question: &See, who: &Who, channels: &[Channel]) -> String {
    let settled = rules.settled(question.owner());
    let people = |people: &[Known]| WireKnown {
        count: people.len(),
        people: people.iter().map(|known| person(rules, sources, &settled, question, known)).collect(),
    };
    super::line(&Document {
        schema: "prescope/who/v1",
        question: WireQuestion::of(rules, question, false),
        known: people(&who.known),
        altered: people(&who.altered),
        open: who.open.iter().map(|class| open(rules, question, class)).collect(),
        elsewhere: channels.iter().map(|it| channel(rules, sources, it)).collect(),
    })
}

fn word(question: &See, gets: &Gets) -> &'static str {
    match (question.field(), gets.only()) {
        (Some(_), Some(answer)) => answer.name(),
        _ => gets.category().name(),
    }
}

fn person(rules: &RuleSet, sources: &Sources, settled: &Settled, question: &See, known: &Known) -> WirePerson {
    WirePerson {
        uri: rules.model().people[known.person].address.to_string(),
        answer: word(question, &known.gets),
        fields: question.field().is_none().then(|| known.gets.count()),
        container: known.gets.container.map(|it| container(rules, it)),
        membership: known.gets.matched.map(|it| membership(rules, sources, settled, it)),
    }
}

fn open(rules: &RuleSet, question: &See, class: &Open) -> WireOpen {
    let model = rules.model();
    let people = class.except_people.iter().map(|it| model.people[*it].address.to_string());
    let domains = class.except_domains.iter().map(|it| model.domains[*it].name.to_string());
    let below = matches!(class.class, crate::resolve::ClassOf::Below(..));
    WireOpen {
        network: if class.class == crate::resolve::ClassOf::Anonymous { "anonymous" } else { class.network.name() },
        domain: class.domain.map(|it| {
            let name = &model.domains[it].name;
            if below { format!("*.{name}") } else { name.to_string() }
        }),
        except: people.chain(domains).collect(),
        answer: word(question, &class.gets),
        container: class.gets.container.map(|it| container(rules, it)),
    }
}
