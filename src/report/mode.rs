//! Which manifest is in effect beside the recorded one.

use schemars::JsonSchema;
use serde::Serialize;

use super::json::At;
use super::page::Page;
use super::plan::{address, reasons, unrecorded};
use super::table::Rows;
use crate::language::Sources;
use crate::migrate::{Mode, State};
use crate::model::{ManifestId, Model};
use crate::resolve::{Sentence, Verdict};
use crate::text::line;

/// One owner in full.
pub fn one(model: &Model, sources: &Sources, mode: &Mode) -> Page {
    let mut text = Page::from(line!("{}: {} is in effect", address(model, mode.owner), in_effect(model, mode)));
    let recorded = mode.recorded.as_deref().unwrap_or("nothing");
    text.push_str(line!("  recorded  {recorded}"));
    text.push_str(line!("  entries   {}", state(mode)));
    if let Some(choice) = opted_out(model, mode) {
        text.push_str(line!("  choice    {choice}"));
    }
    if let Some(manifest) = mode.in_effect {
        let declared = &model.manifests[manifest].declared;
        let at = super::place(sources, declared.span);
        let when = match model.manifests[manifest].when {
            Some(when) => format!("when {}", model.condition_name(when)),
            None => "for all whom no other manifest takes".to_owned(),
        };
        text.push_str(line!("  because   {when}  {at}"));
    }
    text + reasons(sources, &mode.reasons, "            ")
}

/// Everybody, a line each, and the counts.
pub fn all(model: &Model, modes: &[Mode]) -> Page {
    let mut rows = Rows::default();
    rows.push(["owner", "in effect", "recorded", "entries", "why"]);
    for mode in modes {
        let mut why: Vec<String> = opted_out(model, mode).into_iter().collect();
        // What does not hold of this owner is told when one asks about this owner.
        why.extend(mode.reasons.iter().filter(|sentence| sentence.verdict != Verdict::Failed).map(short));
        let recorded = mode.recorded.as_deref().unwrap_or("–");
        let cells = [address(model, mode.owner), in_effect(model, mode).to_owned(), recorded.to_owned()];
        rows.push(cells.into_iter().chain([state(mode), why.join("; ")]));
    }
    let count = |is: fn(&State) -> bool| modes.iter().filter(|mode| is(&mode.state)).count();
    let opted_out = modes.iter().filter(|mode| mode.opt_out.is_some()).count();
    let counts = format!(
        "\n{} settled, {} to migrate, {} not known, {} held by policy; {opted_out} opted out\n",
        count(|state| *state == State::Settled),
        count(|state| matches!(state, State::ToMigrate(_))),
        count(|state| matches!(state, State::Unknown(_))),
        count(|state| matches!(state, State::Demanded(_))),
    );
    rows.render("") + counts
}

fn in_effect<'m>(model: &'m Model, mode: &Mode) -> &'m str {
    mode.in_effect.map_or("no manifest", |manifest| model.manifests[manifest].declared.name.as_str())
}

/// What there is to do.
fn state(mode: &Mode) -> String {
    match mode.state {
        State::Settled => "settled".to_owned(),
        State::ToMigrate(1) => "to migrate, 1 change".to_owned(),
        State::ToMigrate(count) => format!("to migrate, {count} changes"),
        State::Unknown(unknown) => format!("not known: {}", unrecorded(unknown)),
        State::Demanded(1) => "policy demands 1 that the manifest drops".to_owned(),
        State::Demanded(count) => format!("policy demands {count} that the manifest drops"),
    }
}

/// A choice that rules manifests out.
fn opted_out(model: &Model, mode: &Mode) -> Option<String> {
    let choice = mode.opt_out.as_ref()?;
    let parameter = &model.parameters[choice.attribute];
    let value = model.value_name(&parameter.kind, choice.value);
    let of: Vec<&str> = choice
        .rules_out
        .iter()
        .map(|manifest: &ManifestId| model.manifests[*manifest].declared.name.as_str())
        .collect();
    let advance = if choice.in_advance { " in advance" } else { "" };
    Some(format!("opted out of {}{advance}: {} = {value}", of.join(", "), parameter.declared.name))
}

/// A fact with what says so, in one cell.
fn short(sentence: &Sentence) -> String {
    match sentence.detail.as_str() {
        "" => sentence.text.clone(),
        detail => format!("{} ({detail})", sentence.text),
    }
}

const SCHEMA: &str = "prescope/mode/v1";

/// The manifest in effect beside the recorded one, owner by owner.
#[derive(Serialize, JsonSchema)]
pub(super) struct Document {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// How it stands with each owner.
    owners: Vec<WireMode>,
}

/// How it stands with an owner.
#[derive(Serialize, JsonSchema)]
struct WireMode {
    /// The owner's address.
    owner: String,
    /// The manifest in effect; null in a set without manifests.
    in_effect: Option<String>,
    /// The mode that the directory records; null if it records none.
    recorded: Option<String>,
    /// What there is to do.
    state: WireState,
    /// How many changes of the directory migrating takes.
    changes: usize,
    /// The owner's choice that rules manifests out; null if there is none.
    opted_out: Option<WireChoice>,
    /// What the conditions of manifests read.
    because: Vec<WireFact>,
}

/// What there is to do about an owner's entries.
#[derive(Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum WireState {
    /// Nothing: what is recorded is what is in force.
    Settled,
    /// The directory is to be changed.
    ToMigrate,
    /// Nothing can be said, since the directory has no contacts or no memberships of the owner.
    NotKnown,
    /// Policy demands entries that the manifest drops.
    DemandedByPolicy,
}

/// A choice that rules manifests out.
#[derive(Serialize, JsonSchema)]
struct WireChoice {
    /// The attribute that was chosen.
    attribute: String,
    /// Its value.
    value: String,
    /// The manifests that are ruled out.
    #[serde(rename = "of")]
    rules_out: Vec<String>,
    /// True if the manifest in effect would be the same without the choice, as things stand.
    in_advance: bool,
}

/// Something a condition read.
#[derive(Serialize, JsonSchema)]
struct WireFact {
    /// What holds, or does not.
    text: String,
    /// Where from; may be empty.
    detail: String,
    /// The line that says so; null if none does.
    at: Option<At>,
}

/// `prescope/mode/v1`
pub fn json(model: &Model, sources: &Sources, modes: &[Mode]) -> String {
    let name = |manifest: ManifestId| model.manifests[manifest].declared.name.clone();
    let wire = |mode: &Mode| WireMode {
        owner: address(model, mode.owner),
        in_effect: mode.in_effect.map(name),
        recorded: mode.recorded.clone(),
        state: match mode.state {
            State::Settled => WireState::Settled,
            State::ToMigrate(_) => WireState::ToMigrate,
            State::Unknown(_) => WireState::NotKnown,
            State::Demanded(_) => WireState::DemandedByPolicy,
        },
        changes: if let State::ToMigrate(count) = mode.state { count } else { 0 },
        opted_out: mode.opt_out.as_ref().map(|choice| WireChoice {
            attribute: model.parameters[choice.attribute].declared.name.clone(),
            value: model.value_name(&model.parameters[choice.attribute].kind, choice.value),
            rules_out: choice.rules_out.iter().map(|manifest| name(*manifest)).collect(),
            in_advance: choice.in_advance,
        }),
        because: mode
            .reasons
            .iter()
            .map(|sentence| WireFact {
                text: sentence.text.clone(),
                detail: sentence.detail.clone(),
                at: sentence.at.map(|at| At::new(sources, at)),
            })
            .collect(),
    };
    super::json::line(&Document { schema: SCHEMA, owners: modes.iter().map(wire).collect() })
}
