//! What available features reveal beyond presence: to whom, at which place, certainly or possibly.

use crate::model::{
    CategoryId, ConditionId, FeatureId, FieldId, Item, Model, PlaceId, RecipientId, RecipientIs, Retention, Subject,
    Truth,
};
use crate::syntax::ast::Shape;
use crate::text::Span;

use super::availability::possible_use;
use super::facts::{Cast, LeftOpen};
use super::probe::Silent;
use super::question::See;
use super::rule_set::RuleSet;
use super::somebody::Somebody;
use super::usage::alone;

/// One thing that a feature reveals.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Revealed {
    /// Through which feature.
    pub feature: FeatureId,
    /// What.
    pub item: Item,
    /// Whose.
    pub of: Option<Subject>,
    /// Where it goes.
    pub to: Goes,
    /// Under which condition, beyond the feature being available.
    pub when: ConditionId,
    /// Whether it is known to happen.
    pub certainty: Certainty,
    /// The declaration.
    pub span: Span,
}

/// Where revealed data goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Goes {
    /// To somebody.
    Recipient(RecipientId),
    /// To a place that keeps it.
    Place(PlaceId, Option<Retention>),
    /// To the hosting provider, since it is stored there.
    Hoster(RecipientId, PlaceId),
}

/// Whether something is known to happen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Certainty {
    /// It happens whenever the feature is used.
    Certain,
    /// It depends on something that is not known, or not said.
    Possible,
}

impl Certainty {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Certainty::Certain => "certain",
            Certainty::Possible => "possible",
        }
    }

    fn of(truth: Truth) -> Option<Certainty> {
        match truth {
            Truth::True => Some(Certainty::Certain),
            Truth::Unknown => Some(Certainty::Possible),
            Truth::False => None,
        }
    }
}

/// Which disclosures are asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// What leaves when this person uses features; None: when anybody does.
    pub user: Option<Somebody>,
    /// Only this feature.
    pub feature: Option<FeatureId>,
    /// Only this recipient.
    pub to: Option<RecipientId>,
    /// Only recipients among whom people outside the organisation can be.
    pub external: bool,
}

/// Everything that available features reveal. Roles that nobody is named for are left open: what depends on them is
/// possible.
pub fn disclosures(rules: &RuleSet, asked: Asked) -> Vec<Revealed> {
    let model = rules.model();
    let mut found = Vec::new();
    for feature in model.features.ids().filter(|id| asked.feature.is_none_or(|only| only == *id)) {
        let cast = open_cast(asked.user, model.features[feature].shape);
        revealed(rules, feature, &cast, &mut found);
    }
    let wanted = |goes: &Goes| match goes {
        Goes::Recipient(to) | Goes::Hoster(to, _) => {
            asked.to.is_none_or(|only| only == *to) && (!asked.external || model.recipients[*to].external)
        }
        Goes::Place(..) => asked.to.is_none() && !asked.external,
    };
    found.retain(|revealed| wanted(&revealed.to));
    found
}

/// A cast in which only the asker is named, or nobody.
fn open_cast(user: Option<Somebody>, shape: Shape) -> Cast {
    let asker = user.unwrap_or(Somebody::ANONYMOUS);
    let left_open = LeftOpen { asker: user.is_none(), other: shape != Shape::User };
    Cast { left_open, ..alone(asker) }
}

/// What one feature reveals to a cast.
fn revealed(rules: &RuleSet, feature: FeatureId, cast: &Cast, found: &mut Vec<Revealed>) {
    let model = rules.model();
    let of = &model.features[feature];
    let available = possible_use(rules, feature, cast);
    let certainty = |when: ConditionId| Certainty::of(available.min(rules.truth(when, cast, &mut Silent)));
    for line in &of.discloses {
        if let (Some(item), Some(certainty)) = (line.item, certainty(line.when)) {
            let (to, when, span) = (Goes::Recipient(line.to), line.when, line.span);
            found.push(Revealed { feature, item, of: line.of, to, when, certainty, span });
        }
    }
    let hoster = model.organization.hosting.as_ref().and_then(|_| model.names.recipients.find("hoster"));
    for line in &of.stores {
        if let Some(certainty) = certainty(line.when) {
            let stored = |to: Goes| Revealed {
                feature,
                item: line.item,
                of: line.of,
                to,
                when: line.when,
                certainty,
                span: line.span,
            };
            found.push(stored(Goes::Place(line.at, line.retention.clone())));
            found.extend(hoster.map(|hoster| stored(Goes::Hoster(hoster, line.at))));
        }
    }
}

/// A feature that discloses what a question asks for to a recipient the viewer belongs to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Channel {
    /// The feature.
    pub feature: FeatureId,
    /// The recipient.
    pub to: RecipientId,
    /// What of it: the field, or the category as a whole.
    pub item: Item,
    /// Whether it is known to happen.
    pub certainty: Certainty,
    /// The declaration.
    pub span: Span,
}

/// The other channels through which the viewer of a question gets what it asks for.
pub fn elsewhere(rules: &RuleSet, question: &See) -> Vec<Channel> {
    let viewer = question.viewer();
    if viewer.user == Some(question.owner()) {
        return Vec::new();
    }
    let mut channels = channels(rules, question, Some(viewer));
    channels.retain(|channel| belongs(rules, channel.to, viewer));
    channels
}

/// The other channels for anybody, whoever belongs to their recipients.
pub fn who_elsewhere(rules: &RuleSet, question: &See) -> Vec<Channel> {
    channels(rules, question, None)
}

fn channels(rules: &RuleSet, question: &See, viewer: Option<Somebody>) -> Vec<Channel> {
    let model = rules.model();
    let owner = Somebody::user(model, question.owner());
    let mut channels: Vec<Channel> = Vec::new();
    for (feature, of) in model.features.iter() {
        // Whose data a feature discloses decides which of its roles the owner plays.
        for line in &of.discloses {
            let Some(item) = line.item.filter(|item| concerns(model, *item, question.category(), question.field()))
            else {
                continue;
            };
            if model.recipients[line.to].is.is_none() {
                continue; // nobody can be said to belong to it
            }
            let cast = cast_of(of.shape, line.of, owner, viewer);
            let truth = possible_use(rules, feature, &cast).min(rules.truth(line.when, &cast, &mut Silent));
            if let Some(certainty) = Certainty::of(truth) {
                let channel = Channel { feature, to: line.to, item, certainty, span: line.span };
                if !channels.contains(&channel) {
                    channels.push(channel);
                }
            }
        }
    }
    channels
}

/// The cast in which the owner's data is disclosed.
fn cast_of(shape: Shape, of: Option<Subject>, owner: Somebody, viewer: Option<Somebody>) -> Cast {
    let open = |asker: bool, other: bool| LeftOpen { asker, other };
    match (shape, of) {
        (Shape::User, _) => alone(owner),
        (Shape::Viewer, Some(Subject::Viewer)) => Cast { left_open: open(false, true), ..alone(owner) },
        (Shape::Viewer, _) => Cast {
            left_open: open(viewer.is_none(), false),
            ..Cast::view(viewer.unwrap_or(Somebody::ANONYMOUS), owner)
        },
        (_, Some(Subject::Organizer | Subject::Peer)) => Cast { left_open: open(true, false), ..alone(owner) },
        (Shape::Participant | Shape::Party, _) => Cast { left_open: open(false, true), ..alone(owner) },
    }
}

/// True if what is disclosed is what is asked for: the field, its category, or a field of the category.
fn concerns(model: &Model, item: Item, category: CategoryId, field: Option<FieldId>) -> bool {
    match item {
        Item::Category(disclosed) => disclosed == category,
        Item::Field(disclosed) => match field {
            Some(field) => disclosed == field,
            None => model.fields[disclosed].category == category,
        },
        Item::Data(..) => false,
    }
}

/// True if somebody is known to belong to a recipient. Roles in meetings are not asked here.
fn belongs(rules: &RuleSet, recipient: RecipientId, somebody: Somebody) -> bool {
    match &rules.model().recipients[recipient].is {
        Some(RecipientIs::Network(networks)) => networks.has(somebody.network),
        Some(RecipientIs::Group(group)) => {
            somebody.person.is_some_and(|person| rules.graph().member_at(*group, person).is_some())
        }
        Some(RecipientIs::Everyone) => true,
        Some(RecipientIs::Role(_)) | None => false,
    }
}
