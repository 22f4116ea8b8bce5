//! Whether what features disclose of one owner gets to somebody.

use std::cell::OnceCell;

use crate::language::ast::Shape;
use crate::model::{Disclosure, Feature, FeatureId, MeetingId, Network, RecipientIs, Subject, UserId};
use crate::resolve::facts::Cast;
use crate::resolve::meeting;
use crate::resolve::occasion::{Certainty, cast_in, casts_in, has_somebody, open_casts};
use crate::resolve::rule_set::RuleSet;
use crate::resolve::usage::alone;
use crate::viewers::{Somebody, can_come_from, open_classes};

use super::{About, Channel, Getting};
use crate::resolve::open::{bounds, use_bounds};

/// Whose presence goes to whom.
pub(super) struct Search<'a> {
    rules: &'a RuleSet,
    owner: Somebody,
    getting: Getting,
    /// Whether every viewer is asked, where what is disclosed depends on who looks.
    thorough: bool,
    /// The meetings that the owner takes part in or has convened, once anybody asks.
    meetings: OnceCell<Vec<MeetingId>>,
}

impl<'a> Search<'a> {
    /// Where what is disclosed depends on who looks, it is only known to be possible.
    pub(super) fn new(rules: &'a RuleSet, getting: Getting, owner: UserId) -> Search<'a> {
        let owner = Somebody::user(rules.model(), owner);
        Search { rules, owner, getting, thorough: false, meetings: OnceCell::new() }
    }

    /// The same, asking every viewer where what is disclosed depends on who looks.
    pub(super) fn thorough(self) -> Search<'a> {
        Search { thorough: true, ..self }
    }

    pub(super) fn channels(&self, about: &About) -> Vec<Channel> {
        let mut channels: Vec<Channel> = Vec::new();
        if self.getting == Getting::One(self.owner) {
            return channels;
        }
        for (id, feature) in self.rules.model().features.iter() {
            for line in &feature.discloses {
                let Some(item) = line.item.filter(|item| about.has(*item)) else { continue };
                let Some((certainty, meetings)) = self.reaches(id, feature, line) else { continue };
                let channel = Channel { feature: id, to: line.to, item, certainty, meetings, span: line.span };
                if !channels.contains(&channel) {
                    channels.push(channel);
                }
            }
        }
        channels.sort_by_key(Channel::rank);
        channels
    }

    /// Whether what a line discloses of the owner gets to the viewer, and in which meetings of the directory.
    fn reaches(&self, id: FeatureId, feature: &Feature, line: &Disclosure) -> Option<(Certainty, Vec<MeetingId>)> {
        // Of a recipient that does not say who it is, nobody can be said to belong to it.
        let to = self.rules.model().recipients[line.to].is.as_ref()?;
        if feature.shape == Shape::Participant {
            return self.in_meetings(id, line, to);
        }
        let certainty = self.outside_meetings(id, feature.shape, line, to)?;
        let RecipientIs::Role(_) = to else { return Some((certainty, Vec::new())) };
        // The feature has no meeting, and its recipient is in one: it has to be one with the owner.
        let meetings = self.meetings().iter().copied();
        let meetings: Vec<MeetingId> = meetings.filter(|meeting| self.is_recipient_in(*meeting, to)).collect();
        Some((if meetings.is_empty() { Certainty::Possible } else { certainty }, meetings))
    }

    fn certainty(&self, feature: FeatureId, line: &Disclosure, cast: &Cast) -> Option<Certainty> {
        Certainty::from_bounds(use_bounds(self.rules, feature, cast).and(bounds(self.rules, line.when, cast)))
    }

    /// Whose data a feature discloses decides which of its roles the owner plays.
    fn in_meetings(
        &self,
        feature: FeatureId,
        line: &Disclosure,
        to: &RecipientIs,
    ) -> Option<(Certainty, Vec<MeetingId>)> {
        let rules = self.rules;
        let organizes = match line.whose {
            Some(Subject::Meeting) => return None, // a meeting has no presence
            of => of == Some(Subject::Organizer),
        };
        if !matches!(to, RecipientIs::Role(_)) && !self.belongs(to) {
            return None;
        }
        let (mut certain, mut possible) = (Vec::new(), Vec::new());
        for meeting in self.meetings().iter().copied().filter(|meeting| self.is_recipient_in(*meeting, to)) {
            let casts: Vec<Cast> = match organizes {
                true if Some(rules.model().meetings[meeting].organizer) == self.owner.user => casts_in(rules, meeting),
                true => Vec::new(),
                false => cast_in(rules, meeting, self.owner).into_iter().collect(),
            };
            match casts.iter().filter_map(|cast| self.certainty(feature, line, cast)).min() {
                Some(Certainty::Certain) => certain.push(meeting),
                Some(Certainty::Possible) => possible.push(meeting),
                None => {}
            }
        }
        if !certain.is_empty() {
            return Some((Certainty::Certain, certain));
        }
        // Whoever is in no such meeting can be in one to come.
        let (asker, other) = if organizes { (None, Some(self.owner)) } else { (Some(self.owner), None) };
        let mut others = open_casts(rules, Shape::Participant, asker, other).into_iter();
        let can_be = !possible.is_empty() || others.any(|cast| self.certainty(feature, line, &cast).is_some());
        can_be.then_some((Certainty::Possible, possible))
    }

    fn outside_meetings(
        &self,
        feature: FeatureId,
        shape: Shape,
        line: &Disclosure,
        to: &RecipientIs,
    ) -> Option<Certainty> {
        let rules = self.rules;
        let owner = self.owner;
        if !matches!(to, RecipientIs::Role(_)) && !self.belongs(to) {
            return None;
        }
        let open = match (shape, line.whose) {
            (Shape::User | Shape::Participant, _) => return self.certainty(feature, line, &alone(owner)),
            // What is disclosed of an owner goes to the viewer who uses the feature.
            (Shape::Viewer, Some(Subject::Owner) | None) => return self.to_viewers(feature, line, to),
            (_, Some(Subject::Peer)) => open_casts(rules, shape, None, Some(owner)),
            (_, _) => open_casts(rules, shape, Some(owner), None),
        };
        let certainty = Certainty::in_all(open.iter().map(|cast| self.certainty(feature, line, cast)))?;
        Some(if has_somebody(rules, shape, Some(owner)) { certainty } else { Certainty::Possible })
    }

    /// The meetings that the owner takes part in or has convened.
    fn meetings(&self) -> &[MeetingId] {
        self.meetings.get_or_init(|| {
            let rules = self.rules;
            let with_owner = |meeting: &MeetingId| {
                Some(rules.model().meetings[*meeting].organizer) == self.owner.user
                    || meeting::role_in(rules.model(), *meeting, self.owner).is_some()
            };
            rules.model().meetings.ids().filter(with_owner).collect()
        })
    }

    /// What a feature of viewers discloses to those of them who belong to a recipient.
    fn to_viewers(&self, feature: FeatureId, line: &Disclosure, to: &RecipientIs) -> Option<Certainty> {
        let (rules, owner) = (self.rules, self.owner);
        let of = |viewer: Somebody| self.certainty(feature, line, &Cast::view(viewer, owner));
        let networks = match self.getting {
            Getting::One(viewer) => return of(viewer),
            Getting::Anybody(networks) => networks,
        };
        // Most lines come to the same for everybody of a network.
        let mut open = open_casts(rules, Shape::Viewer, None, Some(owner));
        let is_asked =
            |network: Network| networks.has(network) && can_come_from(rules.model(), [network].into_iter().collect());
        let can_belong = |network: Network| match to {
            RecipientIs::Network(of) => of.has(network),
            _ => true,
        };
        open.retain(|cast| is_asked(cast.asker.network) && can_belong(cast.asker.network));
        let open = open.iter().map(|cast| self.certainty(feature, line, cast));
        let most = open.flatten().min()?;
        if !self.thorough || most == Certainty::Certain && !matches!(to, RecipientIs::Group(_)) {
            return Some(most);
        }
        let model = rules.model();
        let others = model.people.ids().filter(|person| Some(*person) != owner.person);
        let known = others.map(|person| Somebody::known(model, person));
        let unknown = open_classes(model).into_iter().map(|class| class.representative);
        let asked = known.chain(unknown).filter(|viewer| networks.has(viewer.network));
        let viewers = asked.filter(|viewer| matches!(to, RecipientIs::Role(_)) || is_one_of(rules, to, *viewer));
        viewers.filter_map(of).min()
    }

    /// True if somebody who might get it is a recipient in a meeting; recipients that are no roles are so everywhere.
    fn is_recipient_in(&self, meeting: MeetingId, to: &RecipientIs) -> bool {
        let RecipientIs::Role(roles) = to else { return true };
        match self.getting {
            Getting::One(viewer) => {
                meeting::role_in(self.rules.model(), meeting, viewer).is_some_and(|role| roles.contains(&role))
            }
            Getting::Anybody(networks) => {
                meeting::participants(self.rules.model(), meeting).into_iter().any(|(person, somebody, role)| {
                    let other = person.is_none() || person != self.owner.person;
                    other && networks.has(somebody.network) && roles.contains(&role)
                })
            }
        }
    }

    /// True if somebody who might get it belongs to a recipient. Roles in meetings are not asked here.
    fn belongs(&self, to: &RecipientIs) -> bool {
        let rules = self.rules;
        let networks = match self.getting {
            Getting::One(viewer) => return is_one_of(rules, to, viewer),
            Getting::Anybody(networks) => networks,
        };
        match to {
            RecipientIs::Network(of) => {
                let both = Network::ALL.into_iter().filter(|network| of.has(*network) && networks.has(*network));
                can_come_from(rules.model(), both.collect())
            }
            RecipientIs::Everyone => can_come_from(rules.model(), networks),
            RecipientIs::Group(group) => rules.graph().members(*group).iter().any(|(person, _)| {
                Some(*person) != self.owner.person && networks.has(rules.model().people[*person].network)
            }),
            RecipientIs::Role(_) => false,
        }
    }
}

/// True if somebody belongs to a recipient. Roles in meetings are not asked here.
fn is_one_of(rules: &RuleSet, to: &RecipientIs, somebody: Somebody) -> bool {
    match to {
        RecipientIs::Network(networks) => networks.has(somebody.network),
        RecipientIs::Group(group) => {
            somebody.person.is_some_and(|person| rules.graph().member_at(*group, person).is_some())
        }
        RecipientIs::Everyone => true,
        RecipientIs::Role(_) => false,
    }
}
