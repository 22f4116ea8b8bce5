//! `prescope/plan/v1`.

use serde::Serialize;

use super::At;
use crate::directory::{Address, Amendment, Scalar};
use crate::migrate::{
    Act, Because, Changed, Direction, Does, Everybody, Lost, Migration, Preference, Proposal, Residue, Rest, Seen,
    Shift, mode_word,
};
use crate::model::{Containers, ManifestId, Model, UserId};
use crate::resolve::{Matcher, RuleSet};
use crate::text::{Sources, Span};

#[derive(Serialize)]
struct Document {
    schema: &'static str,
    /// Whether the files have been changed.
    written: bool,
    owners: Vec<WirePlan>,
}

/// The plan for one owner.
#[derive(Serialize, Debug)]
pub struct WirePlan {
    owner: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    skipped: Option<WireUnknown>,
    recorded: Option<String>,
    in_effect: Option<String>,
    acts: Vec<WireAct>,
    amendments: Vec<WireAmendment>,
    lost: Vec<WireLost>,
    in_the_way: Vec<WireResidue>,
    notes: Vec<String>,
    effect: Vec<WireShift>,
}

#[derive(Serialize, Debug)]
struct WireUnknown {
    contacts: bool,
    memberships: bool,
}

#[derive(Serialize, Debug)]
struct WireAct {
    act: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    entry: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    from: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    staying: Vec<String>,
    because: WireBecause,
}

#[derive(Serialize, Debug)]
struct WireBecause {
    text: String,
    at: Option<At>,
}

#[derive(Serialize, Debug)]
#[serde(rename_all = "snake_case")]
enum WireAmendment {
    AddContact(String),
    RemoveContact(String),
    AddEntry { container: String, entry: String },
    RemoveEntry { container: String, entry: String },
    SetMode(String),
    SetAttribute { name: String, value: String },
}

#[derive(Serialize, Debug)]
struct WireLost {
    entry: String,
    level: String,
    to: String,
    can_keep: Option<String>,
    kept: bool,
    at: At,
}

#[derive(Serialize, Debug)]
struct WireResidue {
    entry: String,
    container: String,
    membership: String,
    at: At,
}

#[derive(Serialize, Debug)]
struct WireShift {
    people: Vec<String>,
    rest: Vec<WireRest>,
    gains: Vec<WireChange>,
    loses: Vec<WireChange>,
    differs: Vec<WireChange>,
}

#[derive(Serialize, Debug)]
struct WireRest {
    network: &'static str,
    domain: Option<String>,
    known: usize,
    except: Vec<String>,
}

#[derive(Serialize, Debug)]
struct WireChange {
    field: String,
    before: WireSeen,
    after: WireSeen,
}

#[derive(Serialize, Debug)]
struct WireSeen {
    answer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
}

/// The whole document.
pub fn plans(owners: Vec<WirePlan>, written: bool) -> String {
    super::line(&Document { schema: "prescope/plan/v1", written, owners })
}

/// What migrating does to one owner.
pub fn migration_plan(rules: &RuleSet, sources: &Sources, plan: &Migration, shifts: &[Shift]) -> WirePlan {
    let wire = Wire { model: rules.model(), sources };
    let unknown = plan.unknown.map(|it| WireUnknown { contacts: it.contacts, memberships: it.memberships });
    WirePlan {
        skipped: unknown,
        in_effect: plan.manifest.map(|manifest| wire.manifest(manifest)),
        lost: plan.lost.iter().map(|it| wire.lost(it)).collect(),
        ..wire.plan(plan.owner, &plan.acts, &plan.amendments, &plan.residue, shifts)
    }
}

/// What somebody asked for.
pub fn proposal_plan(
    rules: &RuleSet,
    sources: &Sources,
    owner: UserId,
    proposal: &Proposal,
    preference: Option<&Preference>,
    shifts: &[Shift],
) -> WirePlan {
    let wire = Wire { model: rules.model(), sources };
    let in_effect = preference.map_or_else(|| rules.standing(owner).manifest(), |it| it.in_effect[1]);
    WirePlan {
        in_effect: in_effect.map(|manifest| wire.manifest(manifest)),
        notes: proposal.notes.clone(),
        ..wire.plan(owner, &proposal.acts, &proposal.amendments, &proposal.residue, shifts)
    }
}

struct Wire<'a> {
    model: &'a Model,
    sources: &'a Sources,
}

impl Wire<'_> {
    fn plan(
        &self,
        owner: UserId,
        acts: &[Act],
        amendments: &[Amendment],
        residue: &[Residue],
        shifts: &[Shift],
    ) -> WirePlan {
        WirePlan {
            owner: crate::report::plan::address(self.model, owner),
            skipped: None,
            recorded: mode_word(self.model, owner),
            in_effect: None,
            acts: acts.iter().map(|it| self.act(it)).collect(),
            amendments: amendments.iter().map(amendment).collect(),
            lost: Vec::new(),
            in_the_way: residue.iter().map(|it| self.residue(it)).collect(),
            notes: Vec::new(),
            effect: shifts.iter().map(shift).collect(),
        }
    }

    fn at(&self, span: Span) -> At {
        At::of(self.sources, span)
    }

    fn manifest(&self, manifest: ManifestId) -> String {
        self.model.manifests[manifest].declared.name.clone()
    }

    fn name(&self, container: crate::model::ContainerId) -> String {
        self.model.containers[container].declared.name.clone()
    }

    fn names(&self, containers: Containers) -> Vec<String> {
        containers.iter().map(|it| self.name(it)).collect()
    }

    fn entry(&self, matcher: Matcher) -> String {
        matcher.describe(self.model)
    }

    fn act(&self, act: &Act) -> WireAct {
        let person = |person: crate::model::PersonId| self.model.people[person].address.to_string();
        let (word, entry, from, to) = match &act.does {
            Does::Add(who, to) => ("add", Some(self.entry(*who)), Vec::new(), Some(self.name(*to))),
            Does::Move(who, from, to) => ("move", Some(self.entry(*who)), self.names(*from), Some(self.name(*to))),
            Does::Remove(who, from) => ("remove", Some(self.entry(*who)), self.names(*from), None),
            Does::Replace(group, container, _) => {
                let entry = format!("group:{}", self.model.groups[*group].name);
                ("replace_group", Some(entry), vec![self.name(*container)], None)
            }
            Does::AddContact(who) => ("add_contact", Some(person(*who)), Vec::new(), None),
            Does::RemoveContact(who) => ("remove_contact", Some(person(*who)), Vec::new(), None),
            Does::Shape(manifest) => ("set_mode", None, Vec::new(), Some(self.manifest(*manifest))),
            Does::Set(attribute, value) => {
                let parameter = &self.model.parameters[*attribute];
                let value = self.model.value_name(&parameter.kind, *value);
                ("set_attribute", Some(parameter.declared.name.clone()), Vec::new(), Some(value))
            }
        };
        let staying = match &act.does {
            Does::Replace(_, _, staying) => staying.iter().map(|it| person(*it)).collect(),
            _ => Vec::new(),
        };
        WireAct { act: word, entry, from, to, staying, because: self.because(act.because) }
    }

    fn because(&self, because: Because) -> WireBecause {
        let (text, _) = crate::report::plan::cause(self.model, self.sources, because);
        let span = match because {
            Because::Rule(rule) => Some(self.model.manifest_rules[rule].span),
            Because::Blocked(containers) => containers.highest().map(|it| self.model.containers[it].declared.span),
            Because::InEffect(manifest) => Some(self.model.manifests[manifest].declared.span),
            Because::Leaves(_) | Because::Asked => None,
        };
        WireBecause { text, at: span.map(|span| self.at(span)) }
    }

    fn lost(&self, lost: &Lost) -> WireLost {
        WireLost {
            entry: self.entry(lost.who),
            level: self.name(lost.level),
            to: self.name(lost.to),
            can_keep: lost.can_keep.map(|it| self.name(it)),
            kept: lost.kept,
            at: self.at(self.model.manifest_rules[lost.rule].span),
        }
    }

    fn residue(&self, residue: &Residue) -> WireResidue {
        WireResidue {
            entry: self.entry(residue.matcher),
            container: self.name(residue.container),
            membership: self.model.memberships[residue.membership].declared.name.clone(),
            at: self.at(residue.span),
        }
    }
}

fn amendment(amendment: &Amendment) -> WireAmendment {
    match amendment {
        Amendment::AddContact(address) => WireAmendment::AddContact(address.to_string()),
        Amendment::RemoveContact(address) => WireAmendment::RemoveContact(address.to_string()),
        Amendment::AddEntry { container, entry } => {
            WireAmendment::AddEntry { container: container.clone(), entry: entry.to_string() }
        }
        Amendment::RemoveEntry { container, entry } => {
            WireAmendment::RemoveEntry { container: container.clone(), entry: entry.to_string() }
        }
        Amendment::SetMode(word) => WireAmendment::SetMode(word.clone()),
        Amendment::SetAttribute(name, value) => WireAmendment::SetAttribute {
            name: name.clone(),
            value: match value {
                Scalar::Bool(value) => value.to_string(),
                Scalar::Integer(value) => value.to_string(),
                Scalar::Text(value) => value.clone(),
                Scalar::Blank => String::new(),
            },
        },
    }
}

fn shift(shift: &Shift) -> WireShift {
    let of = |direction: Direction| {
        shift.changes.iter().filter(|changed| changed.direction() == direction).map(change).collect()
    };
    let addresses = |people: &[Address]| people.iter().map(Address::to_string).collect::<Vec<_>>();
    let rest = |rest: &Rest| {
        let (network, domain) = match &rest.everybody {
            Everybody::At(domain, network) => (network.name(), Some(domain.to_string())),
            Everybody::Below(domain, network) => (network.name(), Some(format!("*.{domain}"))),
            Everybody::Elsewhere(network) => (network.name(), None),
            Everybody::Anonymous => ("anonymous", None),
        };
        WireRest { network, domain, known: rest.known, except: addresses(&rest.except) }
    };
    WireShift {
        people: addresses(&shift.people),
        rest: shift.rest.iter().map(rest).collect(),
        gains: of(Direction::Gains),
        loses: of(Direction::Loses),
        differs: of(Direction::Differs),
    }
}

fn change(changed: &Changed) -> WireChange {
    let seen = |seen: &Seen| match seen {
        Seen::Hidden => WireSeen { answer: "hidden", value: None },
        Seen::Visible => WireSeen { answer: "visible", value: None },
        Seen::Altered(value) => WireSeen { answer: "altered", value: Some(value.clone()) },
    };
    WireChange {
        field: format!("{}.{}", changed.category, changed.field),
        before: seen(&changed.before),
        after: seen(&changed.after),
    }
}
