//! The other channels: features that disclose to somebody what presence may hide from them. Every command that names
//! them asks here.

mod search;

use indexmap::IndexMap;
use indexmap::map::Entry;

use crate::language::Span;
use crate::model::{CategoryId, FeatureId, FieldId, Item, MeetingId, Network, Networks, RecipientId, UserId};
use crate::viewers::Somebody;

use super::occasion::Certainty;
use super::question::See;
use super::rule_set::RuleSet;
use search::Search;

/// A feature that discloses what is asked about to a recipient the viewer belongs to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Channel {
    /// The feature.
    pub feature: FeatureId,
    /// The recipient.
    pub to: RecipientId,
    /// What of it: a field, or a category as a whole.
    pub item: Item,
    /// Whether it is known to happen.
    pub certainty: Certainty,
    /// The meetings of the directory in which it is so, if it is about meetings.
    pub meetings: Vec<MeetingId>,
    /// The declaration.
    pub span: Span,
}

/// What of an owner is asked about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct About {
    /// These categories: what discloses one of them as a whole is a channel.
    pub categories: Vec<CategoryId>,
    /// These fields.
    pub fields: Vec<FieldId>,
}

impl About {
    /// Everything there is to know of somebody.
    pub fn everything(rules: &RuleSet) -> About {
        let model = rules.model();
        About { categories: model.categories.ids().collect(), fields: model.fields.ids().collect() }
    }

    /// What a question is about.
    pub fn question(rules: &RuleSet, question: &See) -> About {
        About { categories: vec![question.category()], fields: question.fields(rules.model()).collect() }
    }

    /// These fields, and their categories.
    pub fn fields(rules: &RuleSet, fields: &[FieldId]) -> About {
        let mut categories: Vec<CategoryId> =
            fields.iter().map(|field| rules.model().fields[*field].category).collect();
        categories.sort_unstable();
        categories.dedup();
        About { categories, fields: fields.to_vec() }
    }

    fn has(&self, item: Item) -> bool {
        match item {
            Item::Category(category) => self.categories.contains(&category),
            Item::Field(field) => self.fields.contains(&field),
            Item::Data(..) => false,
        }
    }
}

/// Who might get something elsewhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Getting {
    /// This viewer.
    One(Somebody),
    /// Anybody of these networks but the owner.
    Anybody(Networks),
}

impl Getting {
    /// Anybody but the owner.
    pub fn anybody() -> Getting {
        Getting::Anybody(Network::ALL.into_iter().collect())
    }
}

/// The other channels through which the viewer of a question gets what it asks for.
pub fn elsewhere(rules: &RuleSet, question: &See) -> Vec<Channel> {
    let about = About::question(rules, question);
    elsewhere_of(rules, Getting::One(question.viewer()), question.owner(), &about)
}

/// The other channels through which anybody gets it.
pub fn who_elsewhere(rules: &RuleSet, question: &See) -> Vec<Channel> {
    elsewhere_of(rules, Getting::anybody(), question.owner(), &About::question(rules, question))
}

/// The other channels from an owner to somebody: what is certain first, and first what needs no meeting.
pub fn elsewhere_of(rules: &RuleSet, getting: Getting, owner: UserId, about: &About) -> Vec<Channel> {
    Search::new(rules, getting, owner).thorough().channels(about)
}

/// The same for several owners, each channel once and as certain as it is for any of them. For anybody, what depends on
/// the viewer's own values is possible: nobody asks every viewer about every owner.
pub fn elsewhere_of_several(rules: &RuleSet, getting: Getting, owners: &[UserId], about: &About) -> Vec<Channel> {
    let mut merged: IndexMap<(FeatureId, Span, RecipientId, Item), Channel> = IndexMap::new();
    for owner in owners {
        for channel in Search::new(rules, getting, *owner).channels(about) {
            match merged.entry((channel.feature, channel.span, channel.to, channel.item)) {
                Entry::Vacant(place) => _ = place.insert(channel),
                Entry::Occupied(mut place) => place.get_mut().join(channel),
            }
        }
    }
    merged.sort_by(|a, one, b, other| (one.rank(), a).cmp(&(other.rank(), b)));
    merged.into_values().collect()
}

impl Channel {
    /// Where it stands among others; those of one rank stand in order of declaration.
    fn rank(&self) -> (Certainty, bool) {
        (self.certainty, !self.meetings.is_empty())
    }

    /// Takes over what is more certain of another owner.
    fn join(&mut self, other: Channel) {
        if other.certainty < self.certainty {
            *self = other;
        } else if other.certainty == self.certainty {
            self.meetings.extend(other.meetings);
            self.meetings.sort_unstable();
            self.meetings.dedup();
        }
    }
}
