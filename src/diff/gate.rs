//! What must not come with a change, and whether it does.

use std::collections::BTreeSet;

use super::disclosures::{Arrivals, Disclosed};
use super::{Aside, AsideCounts, AsideField, Difference, Direction, Effect, FieldChange, Seen, Side, Thing};

/// Something that must not come.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Gate {
    /// Nobody may see a value that they did not see: of these fields, or of any.
    NewVisibility(Option<Chosen>),
    /// No open class may gain anything.
    OpenGain,
    /// Known people may gain so many answers, each viewer, owner and field counted.
    MaxGain(usize),
    /// Nobody may use a feature that they could not: this one, or any.
    NewUse(Option<String>),
    /// No invariant may be taken back or weakened.
    RemovedInvariants,
    /// Nothing may leave that did not.
    NewDisclosure,
}

/// Fields that somebody chose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chosen {
    /// As it was written.
    pub written: String,
    /// The fields, each behind its category.
    pub fields: BTreeSet<(String, String)>,
}

/// What was found out about a gate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verdict {
    /// The gate's name.
    pub name: String,
    /// How many there may be.
    pub limit: usize,
    /// How many there are; None if it was not looked at.
    pub found: Option<usize>,
    /// How many there are for open classes, which are never added to the others; None if they are not asked about.
    pub open: Option<usize>,
    /// What there is in every world; None if worlds were not compared, or it is not about them.
    pub worlds: Option<InWorlds>,
}

/// What there is of a gate in any world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InWorlds {
    /// How many fields, features or disclosures there are of which somebody can gain what the gate denies.
    pub found: usize,
    /// Of how many others that is not known.
    pub unknown: usize,
}

/// All that gates look at.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'e> {
    /// What changes for whom; None if neither side has anybody.
    pub effect: Option<&'e Effect>,
    /// Who arrived.
    pub arrived: &'e Aside,
    /// Whether that counts.
    pub arrivals: Arrivals,
    /// What differs as it is declared.
    pub structure: &'e [Difference],
    /// What leaves and did not.
    pub disclosures: &'e [Disclosed],
}

impl Verdict {
    /// True if everything was looked at, and there is no more than there may be.
    pub fn passed(&self) -> bool {
        self.was_looked_at() && self.found.is_none_or(|found| found <= self.limit) && !self.is_denied_elsewhere()
    }

    /// True if it was looked at for people, or in every world.
    pub fn was_looked_at(&self) -> bool {
        self.found.is_some() || self.worlds.is_some()
    }

    /// True if it fails only since something is not known.
    pub fn is_undecided(&self) -> bool {
        let open = Verdict { worlds: self.worlds.map(|it| InWorlds { unknown: 0, ..it }), ..self.clone() };
        !self.passed() && (open.passed() || !self.was_looked_at())
    }

    fn is_denied_elsewhere(&self) -> bool {
        self.open.is_some_and(|open| open > self.limit)
            || self.worlds.is_some_and(|it| it.found > self.limit || it.unknown > 0)
    }

    /// The same with what there is in every world.
    #[must_use]
    pub fn in_worlds(self, worlds: Option<InWorlds>) -> Verdict {
        Verdict { worlds, ..self }
    }
}

impl Gate {
    /// Its name.
    pub fn name(&self) -> String {
        match self {
            Gate::NewVisibility(None) => "deny-new-visibility".to_owned(),
            Gate::NewVisibility(Some(chosen)) => format!("deny-new-visibility={}", chosen.written),
            Gate::OpenGain => "deny-open-gain".to_owned(),
            Gate::MaxGain(_) => "max-gain".to_owned(),
            Gate::NewUse(None) => "deny-new-use".to_owned(),
            Gate::NewUse(Some(feature)) => format!("deny-new-use={feature}"),
            Gate::RemovedInvariants => "deny-removed-invariants".to_owned(),
            Gate::NewDisclosure => "deny-new-disclosure".to_owned(),
        }
    }

    fn limit(&self) -> usize {
        if let Gate::MaxGain(limit) = self { *limit } else { 0 }
    }

    /// What there is of it, if every file is the same on both sides.
    pub fn of_the_same(&self) -> Verdict {
        self.judge(Evidence {
            effect: Some(&Effect::default()),
            arrived: &Aside::default(),
            arrivals: Arrivals::Apart,
            structure: &[],
            disclosures: &[],
        })
    }

    /// What there is of it.
    pub fn judge(&self, evidence: Evidence<'_>) -> Verdict {
        let (found, open) = match self {
            Gate::NewVisibility(chosen) => {
                let counts = evidence.effect.map(|effect| evidence.new_visibility(effect, chosen.as_ref()));
                (counts.map(|[known, _]| known), counts.map(|[_, open]| open))
            }
            Gate::OpenGain => {
                (evidence.effect.map(|effect| effect.presence.open[0] + evidence.arrived(|of| of.open.seen())), None)
            }
            Gate::MaxGain(_) => {
                (evidence.effect.map(|effect| effect.presence.gained + evidence.arrived(|of| of.known.seen())), None)
            }
            Gate::NewUse(feature) => (evidence.effect.map(|effect| evidence.new_use(effect, feature.as_deref())), None),
            Gate::RemovedInvariants => {
                (Some(evidence.structure.iter().filter(|difference| difference.takes_back()).count()), None)
            }
            Gate::NewDisclosure => {
                (Some(evidence.disclosures.iter().filter(|of| of.is_new(evidence.arrivals)).count()), None)
            }
        };
        Verdict { name: self.name(), limit: self.limit(), found, open, worlds: None }
    }
}

impl Difference {
    /// True if an invariant does not say all that it said, word for word: nobody compares what clauses mean.
    pub fn takes_back(&self) -> bool {
        let lost = || self.parts.iter().any(|part| part.says[0].is_some());
        self.thing == Thing::Invariant && (self.only == Some(Side::Base) || lost())
    }
}

/// Whether it is new that somebody sees the value.
pub(super) fn is_new_visibility(change: &FieldChange) -> bool {
    change.direction() == Direction::Gains && change.after == Seen::Visible
}

impl Effect {
    /// How often a value is seen that was not, by known people and by open classes, of these fields or of all.
    pub fn new_visibility(&self, is_meant: impl Fn(&FieldChange) -> bool) -> [usize; 2] {
        let mut counts = [0, 0];
        for (owners, shifts) in &self.presence.alike {
            for shift in shifts {
                let changes = shift.changes.iter().filter(|change| is_new_visibility(change) && is_meant(change));
                let times = owners.len() * changes.count();
                counts[0] += times * shift.known();
                counts[1] += times * shift.rest.len();
            }
        }
        counts
    }
}

impl Chosen {
    /// True if a field is among them.
    pub fn has(&self, category: &str, field: &str) -> bool {
        self.fields.iter().any(|(of, name)| of == category && name == field)
    }
}

impl Evidence<'_> {
    fn new_visibility(&self, effect: &Effect, chosen: Option<&Chosen>) -> [usize; 2] {
        let is_meant = |category: &str, field: &str| chosen.is_none_or(|chosen| chosen.has(category, field));
        let [known, open] = effect.new_visibility(|change| is_meant(&change.category, &change.field));
        let arrived = |counts: fn(&AsideField) -> AsideCounts| {
            self.arrived(|of| if is_meant(&of.category, &of.field) { counts(of).visible } else { 0 })
        };
        [known + arrived(|of| of.known), open + arrived(|of| of.open)]
    }

    fn new_use(&self, effect: &Effect, feature: Option<&str>) -> usize {
        let meant = effect.features.iter().filter(|of| feature.is_none_or(|feature| of.feature == feature));
        let arrived = self.arrivals == Arrivals::Count;
        meant.map(|of| of.gained + if arrived { of.arrived } else { 0 }).sum()
    }

    /// What is counted of the fields of owners who arrived, if that counts.
    fn arrived(&self, count: impl Fn(&AsideField) -> usize) -> usize {
        if self.arrivals == Arrivals::Apart {
            return 0;
        }
        self.arrived.fields.iter().map(count).sum()
    }
}
