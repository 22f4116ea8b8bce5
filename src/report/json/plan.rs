//! `prescope/plan/v1`.

mod wire;

use super::follows::{Follows, WireFollows};
use super::shift::shift;
use super::{At, PlanDocument};
use crate::diff::Shift;
use crate::directory::{Amendment, Scalar};
use crate::language::{Sources, Span};
use crate::migrate::{Act, Because, Does, Lost, Migration, Residue};
use crate::model::{Containers, ManifestId, Model, UserId};
use crate::project::Planned;
use crate::report::plan::{Written, note};
use crate::resolve::Matcher;

use wire::{SCHEMA, WireAct, WireAmendment, WireBecause, WireDoes, WireLost, WireResidue, WireUnknown};

pub(super) use wire::Document;
pub use wire::WirePlan;

/// The whole document.
pub fn plans(owners: Vec<WirePlan>, written: Written, follows: Option<Follows<'_>>) -> PlanDocument<'static> {
    let follows = follows.map(WireFollows::new);
    PlanDocument::Entries(Box::new(Document { schema: SCHEMA, written: written == Written::Yes, owners, follows }))
}

/// What migrating does to one owner.
pub fn migration_plan(model: &Model, sources: &Sources, plan: &Migration, shifts: &[Shift]) -> WirePlan {
    let wire = Wire { model, sources };
    let unknown = plan.unknown.map(|it| WireUnknown { contacts: it.contacts, memberships: it.memberships });
    WirePlan {
        skipped: unknown,
        in_effect: plan.manifest.map(|manifest| wire.manifest(manifest)),
        lost: plan.lost.iter().map(|it| wire.lost(it)).collect(),
        acts: plan.acts.iter().map(|it| wire.act(it)).collect(),
        amendments: plan.amendments.iter().map(amendment).collect(),
        in_the_way: plan.residue.iter().map(|it| wire.residue(it)).collect(),
        ..wire.plan(plan.owner, shifts)
    }
}

/// What somebody asked for.
pub fn proposal_plan(model: &Model, sources: &Sources, planned: &Planned, shifts: &[Shift]) -> WirePlan {
    let (wire, proposal) = (Wire { model, sources }, &planned.proposal);
    WirePlan {
        in_effect: planned.in_effect().map(|manifest| wire.manifest(manifest)),
        acts: proposal.acts.iter().map(|it| wire.act(it)).collect(),
        amendments: proposal.amendments.iter().map(amendment).collect(),
        in_the_way: proposal.residue.iter().map(|it| wire.residue(it)).collect(),
        notes: proposal.notes.iter().map(|it| note(wire.model, it)).collect(),
        ..wire.plan(planned.owner, shifts)
    }
}

struct Wire<'a> {
    model: &'a Model,
    sources: &'a Sources,
}

impl Wire<'_> {
    /// A plan in which nothing is done yet.
    fn plan(&self, owner: UserId, shifts: &[Shift]) -> WirePlan {
        WirePlan {
            owner: crate::report::plan::address(self.model, owner),
            skipped: None,
            recorded: self.model.mode_word(owner),
            in_effect: None,
            acts: Vec::new(),
            amendments: Vec::new(),
            lost: Vec::new(),
            in_the_way: Vec::new(),
            notes: Vec::new(),
            effect: shifts.iter().map(shift).collect(),
        }
    }

    fn at(&self, span: Span) -> At {
        At::new(self.sources, span)
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
        let (does, entry, from, to) = match &act.does {
            Does::Add(who, to) => (WireDoes::Add, Some(self.entry(*who)), Vec::new(), Some(self.name(*to))),
            Does::Move(who, from, to) => {
                (WireDoes::Move, Some(self.entry(*who)), self.names(*from), Some(self.name(*to)))
            }
            Does::Remove(who, from) => (WireDoes::Remove, Some(self.entry(*who)), self.names(*from), None),
            Does::Replace(group, container, _) => {
                let entry = format!("group:{}", self.model.groups[*group].name);
                (WireDoes::ReplaceGroup, Some(entry), vec![self.name(*container)], None)
            }
            Does::AddContact(who) => (WireDoes::AddContact, Some(person(*who)), Vec::new(), None),
            Does::RemoveContact(who) => (WireDoes::RemoveContact, Some(person(*who)), Vec::new(), None),
            Does::Shape(manifest) => (WireDoes::SetMode, None, Vec::new(), Some(self.manifest(*manifest))),
            Does::Set(attribute, value) => {
                let parameter = &self.model.parameters[*attribute];
                let value = self.model.value_name(&parameter.kind, *value);
                (WireDoes::SetAttribute, Some(parameter.declared.name.clone()), Vec::new(), Some(value))
            }
        };
        let staying = match &act.does {
            Does::Replace(_, _, staying) => staying.iter().map(|it| person(*it)).collect(),
            _ => Vec::new(),
        };
        WireAct { act: does, entry, from, to, staying, because: self.because(act.because) }
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
