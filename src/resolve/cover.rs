//! A listener that notes what a decision used: containers, entry types, rules and conditions with their outcome. It
//! hears exactly what deciding asks, and stops where deciding stops.

use std::collections::BTreeSet;

use crate::model::{ContainerId, FieldId, ManifestId, ManifestRuleId, MembershipId, RuleId, Truth, UserId};
use crate::viewers::{Matcher, Somebody};

use super::answer::Decision;
use super::availability::{Ruling, walk_use};
use super::condition::holds_of_owner;
use super::decide::Look;
use super::level::walk_level;
use super::probe::{Probe, Step};
use super::rule_set::RuleSet;
use super::settle::{Settled, settled};
use super::usage::Use;

/// Something that a decision used, by ids of the set that was asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Exercised {
    /// A container answered.
    Container(ContainerId),
    /// An entry of this type named the container.
    EntryType(&'static str),
    /// The owner has an entry of this type.
    EntryTypeThere(&'static str),
    /// A manifest rule settled an entry that matches the viewer.
    ManifestRule(ManifestRuleId),
    /// The condition of a rule, and whether the rule fired.
    Rule(RuleId, bool),
    /// The condition of a `shows`: field, its place in the container, and whether it applied.
    Shows(ContainerId, FieldId, usize, bool),
    /// The condition of a membership.
    Membership(MembershipId, bool),
    /// The condition of a manifest.
    Manifest(ManifestId, bool),
}

/// What the decisions of one set used.
#[derive(Clone, Debug, Default)]
pub struct Cover {
    used: BTreeSet<Exercised>,
    settled: Option<(UserId, Settled)>,
}

impl Cover {
    /// Everything that was used, sorted.
    pub fn used(&self) -> impl Iterator<Item = Exercised> {
        self.used.iter().copied()
    }

    /// Decides for a field, listening.
    pub fn see(&mut self, rules: &RuleSet, viewer: Somebody, owner: UserId, field: FieldId) -> Decision {
        let mut listening = Listening { rules, field: Some(field), container: None, used: &mut self.used };
        let decision = Look { rules, viewer, owner, field }.walk(&mut listening);
        if viewer.user != Some(owner) {
            self.owner(rules, viewer, owner);
        }
        decision
    }

    /// Finds a level, listening.
    pub fn level(&mut self, rules: &RuleSet, viewer: Somebody, owner: UserId) {
        let mut listening = Listening { rules, field: None, container: None, used: &mut self.used };
        walk_level(rules, viewer, owner, &mut listening);
        self.owner(rules, viewer, owner);
    }

    /// Decides a feature, listening.
    pub fn use_feature(&mut self, rules: &RuleSet, question: &Use) -> Ruling {
        let mut listening = Listening { rules, field: None, container: None, used: &mut self.used };
        walk_use(rules, question.feature(), question.cast(), &mut listening)
    }

    /// How the owner came by the entries that match the viewer.
    fn owner(&mut self, rules: &RuleSet, viewer: Somebody, owner: UserId) {
        if self.settled.as_ref().is_none_or(|(of, _)| *of != owner) {
            self.settled = Some((owner, settled(rules, owner)));
            self.conditions(rules, owner);
        }
        let Some((_, settled)) = &self.settled else { return };
        for stand in &settled.entries {
            self.used.insert(Exercised::EntryTypeThere(stand.matcher.type_name()));
        }
        for (matcher, rule) in &settled.governed {
            let concerned = match matcher {
                Matcher::Person(person) => viewer.person == Some(*person),
                Matcher::Domain(domain) => viewer.domain == Some(*domain),
                Matcher::Network(network) => viewer.network == *network,
                Matcher::Authenticated => viewer.has_address(),
                Matcher::Everyone => true,
            };
            if concerned {
                self.used.insert(Exercised::ManifestRule(*rule));
            }
        }
    }

    /// The conditions of memberships and of the manifests asked until one is in effect.
    fn conditions(&mut self, rules: &RuleSet, owner: UserId) {
        let model = rules.model();
        for (id, membership) in model.memberships.iter() {
            self.used.insert(Exercised::Membership(id, holds_of_owner(rules, membership.when, owner)));
        }
        for id in rules.graph().manifest_order() {
            let Some(when) = model.manifests[*id].when else { return };
            let holds = holds_of_owner(rules, when, owner);
            self.used.insert(Exercised::Manifest(*id, holds));
            if holds {
                return;
            }
        }
    }
}

struct Listening<'a> {
    rules: &'a RuleSet,
    field: Option<FieldId>,
    container: Option<ContainerId>,
    used: &'a mut BTreeSet<Exercised>,
}

impl Listening<'_> {
    fn shows(&mut self, container: ContainerId, index: usize, applied: bool) {
        if let Some(field) = self.field {
            self.used.insert(Exercised::Shows(container, field, index, applied));
        }
    }
}

impl Probe for Listening<'_> {
    const LISTENS: bool = true;
    const THOROUGH: bool = false;

    fn step(&mut self, step: Step) {
        match step {
            Step::Membership(matcher, container) => {
                self.container = Some(container);
                self.used.insert(Exercised::EntryType(matcher.type_name()));
                self.used.insert(Exercised::Container(container));
            }
            Step::NoMembership(Some(container)) => {
                self.container = Some(container);
                self.used.insert(Exercised::Container(container));
            }
            Step::Rule(rule, truth) => {
                let fires = match self.rules.model().rules[rule].effect {
                    crate::language::ast::Effect::Deny => truth != Truth::False,
                    crate::language::ast::Effect::Allow => truth == Truth::True,
                };
                self.used.insert(Exercised::Rule(rule, fires));
            }
            Step::Shown(container, index) | Step::ShownPerhaps(container, index) => self.shows(container, index, true),
            Step::Condition(when, Truth::False) => {
                // The step names the condition only: all `shows` of the field with this condition did not apply.
                let (Some(container), Some(field)) = (self.container, self.field) else { return };
                let model = self.rules.model();
                let category = model.fields[field].category;
                let Some(held) = model.containers[container].holds.get(&category) else { return };
                let alike = |shows: &&crate::model::Shows| shows.field == field && shows.when == when;
                for index in (0..held.shows.len()).filter(|at| held.shows.get(*at).as_ref().is_some_and(alike)) {
                    self.used.insert(Exercised::Shows(container, field, index, false));
                }
            }
            _ => {}
        }
    }

    fn open(&mut self) -> usize {
        0
    }

    fn close(&mut self, _: usize, step: Step) {
        self.step(step);
    }
}
