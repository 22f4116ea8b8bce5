//! Whether a feature is available: requirements first, then any denial over any allow over the default. The same rules
//! on the same graph as visibility, walked with the same listener.

use crate::language::ast::{Effect, Otherwise};
use crate::model::{FeatureId, RuleId, Truth};

use super::facts::Cast;
use super::firing::fires;
use super::probe::{Probe, Silent, Step};
use super::rule_set::RuleSet;

/// Whether a feature is available, and what decided.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Ruling {
    /// It is available.
    pub available: bool,
    /// What decided.
    pub by: By,
}

/// What decides a feature.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum By {
    /// A required feature is unavailable.
    Requires(FeatureId),
    /// A rule.
    Rule(RuleId),
    /// The feature's `otherwise`.
    Default,
}

impl Ruling {
    /// The word for it.
    pub fn name(self) -> &'static str {
        if self.available { "available" } else { "unavailable" }
    }
}

/// Decides a feature. Allocates nothing.
pub fn decide_use(rules: &RuleSet, feature: FeatureId, cast: &Cast) -> Ruling {
    walk_use(rules, feature, cast, &mut Silent)
}

/// The walk.
pub(super) fn walk_use<P: Probe>(rules: &RuleSet, feature: FeatureId, cast: &Cast, probe: &mut P) -> Ruling {
    let of = &rules.model().features[feature];
    for (required, _) in &of.requires {
        let opened = probe.open();
        let ruling = walk_use(rules, *required, cast, probe);
        probe.close(opened, Step::Required(*required, ruling.available));
        if !ruling.available {
            return Ruling { available: false, by: By::Requires(*required) };
        }
    }
    let mut denied: Option<RuleId> = None;
    let mut allowed: Option<RuleId> = None;
    for rule in &of.rules {
        let effect = rules.model().rules[*rule].effect;
        // Silently, an allow after the first one changes nothing, and neither does anything after a denial.
        if !P::THOROUGH && effect == Effect::Allow && allowed.is_some() {
            continue;
        }
        let truth = fires(rules, *rule, cast, probe);
        match effect {
            Effect::Deny if truth != Truth::False => denied = denied.or(Some(*rule)),
            Effect::Allow if truth == Truth::True => allowed = allowed.or(Some(*rule)),
            Effect::Deny | Effect::Allow => {}
        }
        if denied.is_some() && !P::THOROUGH {
            break;
        }
    }
    match (denied, allowed) {
        (Some(rule), _) => Ruling { available: false, by: By::Rule(rule) },
        (None, Some(rule)) => Ruling { available: true, by: By::Rule(rule) },
        (None, None) => {
            probe.step(Step::Otherwise(feature));
            Ruling { available: of.otherwise == Otherwise::Available, by: By::Default }
        }
    }
}
