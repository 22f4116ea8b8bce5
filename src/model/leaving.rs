//! What leaves through a feature: the one place that says what counts as disclosed to somebody, or as stored somewhere.

use super::{ConditionId, FeatureId, Item, Model, Organisation, PlaceId, RecipientId, Retention, Subject};
use crate::language::Span;

/// What a line of a feature lets leave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leaving<'m> {
    /// What.
    pub item: Item,
    /// Whose.
    pub whose: Option<Subject>,
    /// Where to.
    pub way: Way<'m>,
    /// Under which condition, beyond the feature being available.
    pub when: ConditionId,
    /// The line.
    pub span: Span,
}

/// Where a line lets something go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way<'m> {
    /// To somebody.
    Disclosed(RecipientId),
    /// To a place, and to whoever hosts the organisation.
    Stored {
        /// The place.
        at: PlaceId,
        /// How long it stays there.
        retention: Option<&'m Retention>,
        /// Whoever hosts the organisation.
        hoster: Option<RecipientId>,
    },
}

/// Where something goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Goes {
    /// To somebody.
    Recipient(RecipientId),
    /// To a place that keeps it.
    Place(PlaceId, Option<Retention>),
    /// To the hosting provider, since it is stored there.
    Hoster(RecipientId, PlaceId),
}

/// Where something is asked to go.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Goal {
    /// To somebody.
    Recipient(RecipientId),
    /// To a place.
    Place(PlaceId),
}

/// How something gets where it is asked to go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reach {
    /// The line names it.
    Named,
    /// It is stored at a place that belongs to the hosting provider.
    Hosted(PlaceId),
}

impl Leaving<'_> {
    /// How it gets there; None if it does not.
    pub fn reaches(&self, goal: Goal) -> Option<Reach> {
        match (self.way, goal) {
            (Way::Disclosed(to), Goal::Recipient(goal)) => (to == goal).then_some(Reach::Named),
            (Way::Stored { at, .. }, Goal::Place(goal)) => (at == goal).then_some(Reach::Named),
            (Way::Stored { at, hoster, .. }, Goal::Recipient(goal)) => {
                (hoster == Some(goal)).then_some(Reach::Hosted(at))
            }
            (Way::Disclosed(_), Goal::Place(_)) => None,
        }
    }

    /// Where the line says that it goes.
    pub fn goal(&self) -> Goal {
        match self.way {
            Way::Disclosed(to) => Goal::Recipient(to),
            Way::Stored { at, .. } => Goal::Place(at),
        }
    }

    /// Everywhere it goes.
    pub fn goes(&self) -> Vec<Goes> {
        match self.way {
            Way::Disclosed(to) => vec![Goes::Recipient(to)],
            Way::Stored { at, retention, hoster } => {
                let place = Goes::Place(at, retention.cloned());
                std::iter::once(place).chain(hoster.map(|hoster| Goes::Hoster(hoster, at))).collect()
            }
        }
    }
}

impl Model {
    /// What a feature lets leave: what it discloses, then what it stores, in order. `nothing` is not among it.
    pub fn leaving(&self, feature: FeatureId, organisation: Organisation) -> impl Iterator<Item = Leaving<'_>> {
        self.lines(feature, organisation, |_| true)
    }

    /// What of it reaches somebody or a place, and is any part of something, or more than it.
    pub fn leaving_to(
        &self,
        feature: FeatureId,
        organisation: Organisation,
        (item, goal): (Item, Goal),
    ) -> impl Iterator<Item = Leaving<'_>> {
        let lines = self.lines(feature, organisation, move |line| self.overlap(item, line));
        lines.filter(move |line| line.reaches(goal).is_some())
    }

    /// The lines of a feature about what is wanted: there can be many, and each is asked for by itself.
    fn lines<'m>(
        &'m self,
        feature: FeatureId,
        organisation: Organisation,
        is_wanted: impl Fn(Item) -> bool + Copy,
    ) -> impl Iterator<Item = Leaving<'m>> {
        let feature = &self.features[feature];
        let hoster = self.hoster(organisation);
        let discloses = feature.discloses.iter().filter_map(move |line| {
            let item = line.item.filter(|item| is_wanted(*item))?;
            let way = Way::Disclosed(line.to);
            Some(Leaving { item, whose: line.whose, way, when: line.when, span: line.span })
        });
        let stores = feature.stores.iter().filter(move |line| is_wanted(line.item)).map(move |line| {
            let way = Way::Stored { at: line.at, retention: line.retention.as_ref(), hoster };
            Leaving { item: line.item, whose: line.whose, way, when: line.when, span: line.span }
        });
        discloses.chain(stores)
    }

    /// The recipient called `hoster`, who gets what is stored, if somebody hosts the organisation; without a directory
    /// that may be so.
    pub fn hoster(&self, organisation: Organisation) -> Option<RecipientId> {
        let may_host = self.organization.hosting.is_some() || organisation == Organisation::Invented;
        self.names.recipients.find("hoster").filter(|_| may_host)
    }

    /// "contact_card of owner"
    pub fn item_of(&self, item: Item, whose: Option<Subject>) -> String {
        let name = self.item_name(item);
        whose.map_or(name.clone(), |whose| format!("{name} of {}", whose.name()))
    }

    /// How a line lets something get there: "note of owner goes to vendor"
    pub fn goes(&self, line: &Leaving<'_>, goal: Goal) -> String {
        let item = self.item_of(line.item, line.whose);
        match (line.reaches(goal), goal) {
            (Some(Reach::Hosted(at)), Goal::Recipient(to)) => {
                let (at, to) = (&self.places[at].declared.name, &self.recipients[to].declared.name);
                format!("{item} is stored at {at}, which {to} keeps")
            }
            _ => format!("{item} {}", self.goal_name(goal)),
        }
    }

    /// "goes to vendor", "is stored at archive"
    pub fn goal_name(&self, goal: Goal) -> String {
        match goal {
            Goal::Recipient(to) => format!("goes to {}", self.recipients[to].declared.name),
            Goal::Place(at) => format!("is stored at {}", self.places[at].declared.name),
        }
    }

    /// True if something of the one is in the other: they are the same, or either is part of the other.
    #[inline]
    fn overlap(&self, one: Item, other: Item) -> bool {
        match (one, other) {
            (Item::Data(one, part), Item::Data(other, other_part)) => {
                one == other && (part == other_part || part.is_none() || other_part.is_none())
            }
            (Item::Field(field), Item::Category(category)) | (Item::Category(category), Item::Field(field)) => {
                self.fields[field].category == category
            }
            _ => one == other,
        }
    }

    /// A category, a field, data, or a part of it by name. A category comes before data of the same name.
    pub fn item_named(&self, name: &str, part: Option<&str>) -> Option<Item> {
        if let Some(category) = self.names.categories.find(name) {
            let Some(part) = part else { return Some(Item::Category(category)) };
            return self.names.fields.get(&category)?.find(part).map(Item::Field);
        }
        let data = self.names.data.find(name)?;
        let Some(part) = part else { return Some(Item::Data(data, None)) };
        let part = self.data[data].parts.iter().position(|known| known.name == part)?;
        Some(Item::Data(data, Some(part)))
    }
}
