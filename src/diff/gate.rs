//! What must not come with a change, and whether it does.

use std::collections::BTreeSet;
use std::fmt;

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
    /// How many there are, if that was looked at.
    pub found: Result<GateCount, NotCompared>,
    /// How many more came with what arrived, and do not count.
    pub arrived: GateCount,
    /// What there is in every world; None if worlds were not compared, or it is not about them.
    pub worlds: Option<InWorlds>,
}

/// How many there are of what a gate is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct GateCount {
    /// How many; of what is seen, for known people.
    pub count: usize,
    /// How many for open classes, which are never added to the others; None if they are not asked about.
    pub open: Option<usize>,
}

/// What there is of a gate in any world.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct InWorlds {
    /// How many fields, features or disclosures there are of which somebody can gain what the gate denies.
    pub found: usize,
    /// Of how many others that is not known.
    pub unknown: usize,
}

/// Why nobody's answers were compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NotCompared {
    /// There is nobody on either side.
    Nobody,
    /// Everybody is on one side only.
    NobodyOnBoth,
}

impl NotCompared {
    /// Its word in documents.
    pub fn word(self) -> &'static str {
        match self {
            NotCompared::Nobody => "nobody",
            NotCompared::NobodyOnBoth => "nobody_on_both",
        }
    }
}

impl fmt::Display for NotCompared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            NotCompared::Nobody => "neither side has anybody to ask about",
            NotCompared::NobodyOnBoth => "nobody is on both sides",
        })
    }
}

/// All that gates look at.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'e> {
    /// What changes for whom, if that could be compared.
    pub effect: Result<&'e Effect, NotCompared>,
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
        let is_within =
            |found: GateCount| found.count <= self.limit && found.open.is_none_or(|open| open <= self.limit);
        self.was_looked_at()
            && self.found.map_or(true, is_within)
            && self.worlds.is_none_or(|it| it.found <= self.limit && it.unknown == 0)
    }

    /// True if it was looked at for people; or, where there is nobody, in every world.
    pub fn was_looked_at(&self) -> bool {
        self.found.is_ok() || self.found == Err(NotCompared::Nobody) && self.worlds.is_some()
    }

    /// True if it fails only since something is not known.
    pub fn is_undecided(&self) -> bool {
        let open = Verdict { worlds: self.worlds.map(|it| InWorlds { unknown: 0, ..it }), ..self.clone() };
        !self.passed() && (open.passed() || !self.was_looked_at())
    }

    /// The same with what there is in every world.
    #[must_use]
    pub fn in_worlds(self, worlds: Option<InWorlds>) -> Verdict {
        Verdict { worlds, ..self }
    }
}

impl GateCount {
    fn count(count: usize) -> GateCount {
        GateCount { count, open: None }
    }

    /// True if there is nothing of it.
    pub fn is_nothing(&self) -> bool {
        self.count == 0 && self.open.is_none_or(|open| open == 0)
    }

    fn less(self, other: GateCount) -> GateCount {
        let open = self.open.zip(other.open).map(|(open, other)| open - other);
        GateCount { count: self.count - other.count, open }
    }
}

impl fmt::Display for GateCount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.open {
            Some(open) => write!(f, "{} of known people, {open} of open classes", self.count),
            None => self.count.fmt(f),
        }
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
            effect: Ok(&Effect::default()),
            arrived: &Aside::default(),
            arrivals: Arrivals::Apart,
            structure: &[],
            disclosures: &[],
        })
    }

    /// What there is of it.
    pub fn judge(&self, evidence: Evidence<'_>) -> Verdict {
        let found = self.found(evidence);
        let all = self.found(Evidence { arrivals: Arrivals::Count, ..evidence });
        let arrived = found.and_then(|found| Ok(all?.less(found))).unwrap_or_default();
        Verdict { name: self.name(), limit: self.limit(), found, arrived, worlds: None }
    }

    fn found(&self, evidence: Evidence<'_>) -> Result<GateCount, NotCompared> {
        Ok(match self {
            Gate::NewVisibility(chosen) => evidence.new_visibility(evidence.effect?, chosen.as_ref()),
            Gate::OpenGain => {
                GateCount::count(evidence.effect?.presence.open[0] + evidence.arrived(|of| of.open.seen()))
            }
            Gate::MaxGain(_) => {
                GateCount::count(evidence.effect?.presence.gained + evidence.arrived(|of| of.known.seen()))
            }
            Gate::NewUse(feature) => GateCount::count(evidence.new_use(evidence.effect?, feature.as_deref())),
            Gate::RemovedInvariants => {
                GateCount::count(evidence.structure.iter().filter(|difference| difference.takes_back()).count())
            }
            // What users disclose is compared user by user.
            Gate::NewDisclosure if evidence.effect.is_err_and(|why| why == NotCompared::NobodyOnBoth) => {
                return Err(NotCompared::NobodyOnBoth);
            }
            Gate::NewDisclosure => {
                GateCount::count(evidence.disclosures.iter().filter(|of| of.is_new(evidence.arrivals)).count())
            }
        })
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
    fn new_visibility(&self, effect: &Effect, chosen: Option<&Chosen>) -> GateCount {
        let is_meant = |category: &str, field: &str| chosen.is_none_or(|chosen| chosen.has(category, field));
        let [known, open] = effect.new_visibility(|change| is_meant(&change.category, &change.field));
        let arrived = |counts: fn(&AsideField) -> AsideCounts| {
            self.arrived(|of| if is_meant(&of.category, &of.field) { counts(of).visible } else { 0 })
        };
        GateCount { count: known + arrived(|of| of.known), open: Some(open + arrived(|of| of.open)) }
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
