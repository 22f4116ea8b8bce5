//! What available features reveal beyond presence: to whom, at which place, certainly or possibly, and in which
//! meetings.

use crate::language::Span;
use crate::language::ast::Shape;
use crate::model::{ConditionId, FeatureId, Goes, Item, Leaving, MeetingId, Organisation, RecipientId, Subject, Value};
use crate::viewers::Somebody;

use super::facts::Cast;
use super::occasion::{Certainty, cast_in, casts_in, has_somebody, joining, open_casts};
use super::open::{Bounds, bounds, use_bounds};
use super::rule_set::RuleSet;

/// One thing that a feature reveals.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Revealed {
    /// Through which feature.
    pub feature: FeatureId,
    /// What.
    pub item: Item,
    /// Whose.
    pub whose: Option<Subject>,
    /// Where it goes.
    pub to: Goes,
    /// Under which condition, beyond the feature being available.
    pub when: ConditionId,
    /// Whether it is known to happen.
    pub certainty: Certainty,
    /// Of a feature of meetings: in which it happens, or can; in the order of the directory.
    pub occasions: Vec<Occasion>,
    /// The declaration.
    pub span: Span,
}

/// A meeting in which something is revealed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Occasion {
    /// Which; None is any that the directory does not have.
    pub meeting: Option<MeetingId>,
    /// As what people take part who reveal it, in the order of declaration.
    pub roles: Vec<Value>,
    /// Whether it is known to happen.
    pub certainty: Certainty,
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

/// Everything that available features reveal, in every role that the person can have and in every meeting. Whoever is
/// not named is left open: what depends on them is possible.
pub fn disclosures(rules: &RuleSet, asked: Asked) -> Vec<Revealed> {
    let model = rules.model();
    let mut found = Vec::new();
    for feature in model.features.ids().filter(|id| asked.feature.is_none_or(|only| only == *id)) {
        revealed(rules, feature, &Usage::new(rules, feature, asked.user), &mut found);
    }
    let wanted = |goes: &Goes| match goes {
        Goes::Recipient(to) | Goes::Hoster(to, _) => {
            asked.to.is_none_or(|only| only == *to) && (!asked.external || rules.model().recipients[*to].external)
        }
        Goes::Place(..) => asked.to.is_none() && !asked.external,
    };
    found.retain(|revealed| wanted(&revealed.to));
    found
}

/// The casts in which a feature can be used, each with whether it is available.
type Casts = Vec<(Cast, Bounds)>;

/// Everything there is to know of how a feature can be used.
enum Usage {
    /// In meetings.
    InMeetings {
        /// Those of the directory: by people as they are listed, and by whoever joins otherwise.
        directory: Vec<(MeetingId, Casts, Casts)>,
        /// All others.
        other: Casts,
    },
    /// Without any.
    Anywhere {
        /// One of these is the case.
        cases: Casts,
        /// False if the directory has nobody to use it, or nobody to use it with.
        somebody: bool,
    },
}

impl Usage {
    fn new(rules: &RuleSet, feature: FeatureId, user: Option<Somebody>) -> Usage {
        let shape = rules.model().features[feature].shape;
        let bounded = |casts: Vec<Cast>| -> Casts {
            casts.into_iter().map(|cast| (cast, use_bounds(rules, feature, &cast))).collect()
        };
        let open = bounded(open_casts(rules, shape, user, None));
        if shape != Shape::Participant {
            return Usage::Anywhere { cases: open, somebody: has_somebody(rules, shape, user) };
        }
        let directory = rules.model().meetings.ids().map(|meeting| {
            let listed = match user {
                Some(user) => cast_in(rules, meeting, user).into_iter().collect(),
                None => casts_in(rules, meeting),
            };
            (meeting, bounded(listed), bounded(joining(rules, meeting, user)))
        });
        Usage::InMeetings { directory: directory.collect(), other: open }
    }

    /// Whether something is revealed under a condition, and in which meetings.
    fn reveals(&self, rules: &RuleSet, when: ConditionId) -> Option<(Certainty, Vec<Occasion>)> {
        let happens =
            |(cast, available): &(Cast, Bounds)| Certainty::from_bounds(available.and(bounds(rules, when, cast)));
        match self {
            Usage::Anywhere { cases, somebody } => {
                let certainty = Certainty::in_all(cases.iter().map(happens))?;
                Some((if *somebody { certainty } else { Certainty::Possible }, Vec::new()))
            }
            Usage::InMeetings { directory, other } => {
                let mut occasions = Vec::new();
                for (meeting, listed, joining) in directory {
                    let of = |certainty: Certainty| listed.iter().filter(move |case| happens(case) == Some(certainty));
                    let possible = of(Certainty::Possible).chain(joining.iter().filter(|case| happens(case).is_some()));
                    let meeting = Some(*meeting);
                    let certain = Occasion::new(meeting, Certainty::Certain, of(Certainty::Certain));
                    occasions.extend(certain.or_else(|| Occasion::new(meeting, Certainty::Possible, possible)));
                }
                let possible = other.iter().filter(|case| happens(case).is_some());
                occasions.extend(Occasion::new(None, Certainty::Possible, possible));
                let certainty = occasions.iter().map(|occasion| occasion.certainty).min()?;
                Some((certainty, occasions))
            }
        }
    }
}

impl Occasion {
    /// None if nothing happens.
    fn new<'c>(
        meeting: Option<MeetingId>,
        certainty: Certainty,
        cases: impl Iterator<Item = &'c (Cast, Bounds)>,
    ) -> Option<Occasion> {
        let mut roles: Vec<Option<Value>> = cases.map(|(cast, _)| cast.role).collect();
        roles.sort_unstable();
        roles.dedup();
        let happens = !roles.is_empty();
        happens.then(|| Occasion { meeting, roles: roles.into_iter().flatten().collect(), certainty })
    }
}

/// What one feature reveals.
fn revealed(rules: &RuleSet, feature: FeatureId, usage: &Usage, found: &mut Vec<Revealed>) {
    for line in rules.model().leaving(feature, Organisation::Directory) {
        let Some((certainty, occasions)) = usage.reveals(rules, line.when) else { continue };
        let Leaving { item, whose, when, span, .. } = line;
        for to in line.goes() {
            let occasions = occasions.clone();
            found.push(Revealed { feature, item, whose, to, when, certainty, occasions, span });
        }
    }
}
