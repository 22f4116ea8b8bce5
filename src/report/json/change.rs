//! `prescope/change/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::effect::{WireEffect, addresses};
use super::follows::{Follows, WireFollows};
use super::{At, PlanDocument};
use crate::change::{Done, Preflight, Step, Value, value_words};
use crate::project;
use crate::report::change::{Transition, declared_at, users_of};
use crate::report::plan::{Written, address};

const SCHEMA: &str = "prescope/change/v1";

/// A change of policy objects, planned or written.
#[derive(Serialize, JsonSchema)]
#[allow(missing_debug_implementations, reason = "it is written, and nothing else")]
pub struct Document<'a> {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// What becomes of each object that is concerned.
    steps: Vec<WireStep<'a>>,
    /// The files that change.
    files: Vec<&'a str>,
    /// The change of their texts, as a unified difference.
    diff: &'a str,
    /// What changes for whom.
    effect: WireEffect<'a>,
    /// What follows besides the effect; absent if nothing changes.
    #[serde(skip_serializing_if = "Option::is_none")]
    follows: Option<WireFollows>,
    /// What stands in the way of privacy mode; null if it is turned on for nobody.
    preflight: Option<WirePreflight<'a>>,
    /// Whether the files have been written.
    written: bool,
}

/// One object.
#[derive(Serialize, JsonSchema)]
struct WireStep<'a> {
    /// What becomes of it: `follows` is like one that changes.
    #[schemars(extend("enum" = Done::ALL.map(Done::word)))]
    action: &'static str,
    /// Its class.
    class: &'a str,
    /// Where it applies.
    scope: &'a str,
    /// Where it is declared: after the change, or before it if it is removed; null if nowhere.
    at: Option<At>,
    /// What it says of the settings that are asked for.
    values: Vec<WireValue<'a>>,
    /// The users to whom it applies, or did if it is removed.
    applies_to: Vec<String>,
}

/// A setting of an object.
#[derive(Serialize, JsonSchema)]
struct WireValue<'a> {
    /// Its name.
    setting: &'a str,
    /// The value it had.
    before: String,
    /// Whether the object itself said so.
    said_before: bool,
    /// The value it has.
    after: String,
}

/// Whether privacy mode may be turned on.
#[derive(Serialize, JsonSchema)]
struct WirePreflight<'a> {
    /// For whom it is turned on, or is on while older clients are let in from now on.
    users: Vec<String>,
    /// Whether nothing that is known or assumed stands in the way.
    clear: bool,
    /// The people of whom no client is recorded, and what is assumed of them; null if that of everybody is.
    assumed: Option<WireAssumed<'a>>,
    /// Names that the set does not declare, and without which it says nothing about clients; absent if it declares
    /// them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    undeclared: Vec<&'static str>,
    /// Clients of anybody that do not honour it.
    clients: Vec<WireClient<'a>>,
    /// Policies that let such clients in, for anybody.
    admitting: Vec<WireAdmitting<'a>>,
}

/// What is assumed of people of whom no client is recorded.
#[derive(Serialize, JsonSchema)]
struct WireAssumed<'a> {
    /// The people.
    users: Vec<String>,
    /// The client.
    client: &'a str,
    /// Where it is declared to be the default.
    at: At,
}

/// Somebody's client that does not honour privacy mode.
#[derive(Serialize, JsonSchema)]
struct WireClient<'a> {
    /// Who uses it.
    user: String,
    /// Which.
    client: &'a str,
    /// Whether the directory says so; otherwise it is assumed.
    recorded: bool,
    /// Where the directory says so, or where the default is declared that is assumed.
    at: At,
}

/// A policy that lets clients in which do not honour privacy mode.
#[derive(Serialize, JsonSchema)]
struct WireAdmitting<'a> {
    /// Its class; null if it is the declared default.
    class: Option<&'a str>,
    /// Where it applies; null if it is the declared default.
    scope: Option<&'a str>,
    /// The oldest client it lets in.
    oldest: &'a str,
    /// Where it says so; null if it is the declared default.
    at: Option<At>,
    /// For whom.
    users: Vec<String>,
}

/// The whole document. `diff` is the unified difference of the files.
pub fn change<'a>(transition: Transition<'a>, diff: &'a str, follows: Option<&project::Follows>) -> PlanDocument<'a> {
    let changed = transition.changed;
    let project = &changed.project;
    let step = |step| WireStep::new(transition, step);
    PlanDocument::Objects(Box::new(Document {
        schema: SCHEMA,
        steps: changed.plan.steps.iter().map(step).collect(),
        files: changed.plan.texts.keys().map(|file| project.sources().path(*file)).collect(),
        diff,
        follows: follows.map(|found| WireFollows::new(Follows { sides: transition.sides(), found })),
        effect: WireEffect::new(changed.project.model(), &changed.effect),
        preflight: changed.preflight.as_ref().map(|preflight| WirePreflight::new(transition, preflight)),
        written: transition.written == Written::Yes,
    }))
}

impl<'a> WireStep<'a> {
    fn new(transition: Transition<'a>, step: &'a Step) -> WireStep<'a> {
        let project = transition.home(step);
        let model = project.model();
        let value = |value: &'a Value| WireValue {
            setting: &model.parameters[value.parameter].declared.name,
            before: value_words(&value.before),
            said_before: value.said,
            after: value_words(&value.after),
        };
        WireStep {
            action: step.done.word(),
            class: &model.classes[step.class].declared.name,
            scope: &step.words,
            at: declared_at(project, step).map(|span| At::new(project.sources(), span)),
            values: step.values.iter().map(value).collect(),
            applies_to: addresses(model, &users_of(model, step.class, &step.scope)),
        }
    }
}

impl<'a> WirePreflight<'a> {
    fn new(transition: Transition<'a>, preflight: &'a Preflight) -> WirePreflight<'a> {
        let model = transition.changed.project.model();
        let at = |span| {
            let (sources, span) = transition.sides().on_disk(span);
            At::new(sources, span)
        };
        let clients = preflight.clients.iter().map(|of| WireClient {
            user: address(model, of.user),
            client: &of.client,
            recorded: of.recorded,
            at: at(of.span),
        });
        let admitting = preflight.admitting.iter().map(|of| {
            let object = of.object.map(|object| &model.objects[object]);
            WireAdmitting {
                class: object.map(|object| model.classes[object.class].declared.name.as_str()),
                scope: object.map(|object| object.spelt.as_str()),
                oldest: &of.oldest,
                at: of.span.map(at),
                users: addresses(model, &of.users),
            }
        });
        WirePreflight {
            users: addresses(model, &preflight.users),
            clear: preflight.is_clear(),
            clients: clients.collect(),
            admitting: admitting.collect(),
            assumed: preflight.assumed.as_ref().map(|of| WireAssumed {
                users: addresses(model, &of.users),
                client: &of.client,
                at: at(of.span),
            }),
            undeclared: preflight.undeclared.clone(),
        }
    }
}
