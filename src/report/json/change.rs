//! `prescope/change/v1`.

use serde::Serialize;

use super::At;
use crate::change::{Done, Preflight, Value, Witness, setting_name};
use crate::model::{Model, UserId};
use crate::project::{Changed, Project};
use crate::report::change::{declared_at, home, users_of};

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    steps: Vec<WireStep<'a>>,
    files: Vec<&'a str>,
    diff: &'a str,
    effect: WireEffect<'a>,
    preflight: Option<WirePreflight<'a>>,
    written: bool,
}

#[derive(Serialize)]
struct WireStep<'a> {
    action: &'static str,
    class: &'a str,
    scope: &'a str,
    at: Option<At>,
    values: Vec<WireValue<'a>>,
    applies_to: Vec<String>,
}

#[derive(Serialize)]
struct WireValue<'a> {
    setting: &'a str,
    before: &'a str,
    said_before: bool,
    after: &'a str,
}

#[derive(Serialize)]
struct WireEffect<'a> {
    settings: Vec<WireSetting<'a>>,
    presence: WirePresence,
    features: Vec<WireFeature<'a>>,
}

#[derive(Serialize)]
struct WireSetting<'a> {
    setting: String,
    before: &'a str,
    after: &'a str,
    users: Vec<String>,
}

#[derive(Serialize)]
struct WirePresence {
    owners: usize,
    known: WireShift,
    open: WireShift,
    #[serde(skip_serializing_if = "Option::is_none")]
    gain: Option<WireWitness>,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss: Option<WireWitness>,
}

#[derive(Serialize)]
struct WireShift {
    gained: usize,
    lost: usize,
    altered: usize,
}

#[derive(Serialize)]
struct WireWitness {
    viewer: String,
    owner: String,
    field: String,
}

#[derive(Serialize)]
struct WireFeature<'a> {
    feature: &'a str,
    gained: usize,
    lost: usize,
}

#[derive(Serialize)]
struct WirePreflight<'a> {
    users: Vec<String>,
    clear: bool,
    clients: Vec<WireClient<'a>>,
    admitting: Vec<WireAdmitting<'a>>,
}

#[derive(Serialize)]
struct WireClient<'a> {
    user: String,
    client: &'a str,
    at: At,
}

#[derive(Serialize)]
struct WireAdmitting<'a> {
    class: Option<&'a str>,
    scope: Option<&'a str>,
    oldest: &'a str,
    at: Option<At>,
    users: Vec<String>,
}

/// The whole document. `diff` is the unified difference of the files, `written` whether they have been replaced.
pub fn change(before: &Project, changed: &Changed, diff: &str, written: bool) -> String {
    let project = &changed.project;
    let step = |step| WireStep::of(before, changed, step);
    super::line(&Document {
        schema: "prescope/change/v1",
        steps: changed.plan.steps.iter().map(step).collect(),
        files: changed.plan.texts.keys().map(|file| project.sources().path(*file)).collect(),
        diff,
        effect: WireEffect::of(changed),
        preflight: changed.preflight.as_ref().map(|preflight| WirePreflight::of(project, preflight)),
        written,
    })
}

fn address(model: &Model, user: UserId) -> String {
    model.people[model.users[user].person].address.to_string()
}

fn addresses(model: &Model, users: &[UserId]) -> Vec<String> {
    users.iter().map(|user| address(model, *user)).collect()
}

impl<'a> WireStep<'a> {
    fn of(before: &'a Project, changed: &'a Changed, step: &'a crate::change::Step) -> WireStep<'a> {
        let project = home(before, changed, step);
        let model = project.model();
        let value = |value: &'a Value| WireValue {
            setting: &model.parameters[value.parameter].declared.name,
            before: &value.before,
            said_before: value.said,
            after: &value.after,
        };
        WireStep {
            action: match step.done {
                Done::New => "new",
                Done::Set => "set",
                Done::Kept => "unchanged",
                Done::Removed => "remove",
                Done::Follows => "follows",
            },
            class: &model.classes[step.class].declared.name,
            scope: &step.words,
            at: declared_at(project, step).map(|span| At::of(project.sources(), span)),
            values: step.values.iter().map(value).collect(),
            applies_to: addresses(model, &users_of(model, step.class, &step.scope)),
        }
    }
}

impl<'a> WireEffect<'a> {
    fn of(changed: &'a Changed) -> WireEffect<'a> {
        let model = changed.project.model();
        let effect = &changed.effect;
        let of = &effect.presence;
        let witness = |of: Witness| WireWitness {
            viewer: of.viewer.words(model),
            owner: address(model, of.owner),
            field: model.field_name(of.field),
        };
        let [gained, lost, altered] = of.open;
        WireEffect {
            settings: effect
                .settings
                .iter()
                .map(|change| WireSetting {
                    setting: setting_name(model, change.parameter),
                    before: &change.before,
                    after: &change.after,
                    users: addresses(model, &change.users),
                })
                .collect(),
            presence: WirePresence {
                owners: of.owners,
                known: WireShift { gained: of.gained, lost: of.lost, altered: of.altered },
                open: WireShift { gained, lost, altered },
                gain: of.gain.map(witness),
                loss: of.loss.map(witness),
            },
            features: effect
                .features
                .iter()
                .map(|of| WireFeature {
                    feature: &model.features[of.feature].declared.name,
                    gained: of.gained,
                    lost: of.lost,
                })
                .collect(),
        }
    }
}

impl<'a> WirePreflight<'a> {
    fn of(project: &'a Project, preflight: &'a Preflight) -> WirePreflight<'a> {
        let (model, sources) = (project.model(), project.sources());
        let clients = preflight.clients.iter().map(|of| WireClient {
            user: address(model, of.user),
            client: &of.client,
            at: At::of(sources, of.span),
        });
        let admitting = preflight.admitting.iter().map(|of| {
            let object = of.object.map(|object| &model.objects[object]);
            WireAdmitting {
                class: object.map(|object| model.classes[object.class].declared.name.as_str()),
                scope: object.map(|object| object.spelt.as_str()),
                oldest: &of.oldest,
                at: of.span.map(|span| At::of(sources, span)),
                users: addresses(model, &of.users),
            }
        });
        WirePreflight {
            users: addresses(model, &preflight.users),
            clear: preflight.is_clear(),
            clients: clients.collect(),
            admitting: admitting.collect(),
        }
    }
}
