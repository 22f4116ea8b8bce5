//! The hot paths, each as a batch of questions about one population: what is timed, and whose instructions are counted.

use std::error::Error;
use std::hint::black_box;

use prescope::diff::Diff;
use prescope::language::ast::Shape;
use prescope::model::{FeatureId, FieldId, Id, PersonId, UserId};
use prescope::project::Project;
use prescope::prove::{Limits, prove};
use prescope::resolve::{AuditBy, AuditOf, Cast, See, Somebody, alone, audit_by, decide_use, record, who_sees};
use prescope::resolve::{Entries, RuleSet};

use crate::catalogue::catalogue;
use crate::engine::ours::Ours;
use crate::population::Population;
use crate::project::changed;
use crate::question::{Question, questions};
use crate::random::Random;

/// How many questions a batch has that fits the processor's caches.
pub const HOT: usize = 1_000;

/// Asks the questions of a batch in one way.
pub type Path = fn(&Batch<'_>);

/// Paths that ask the questions of a batch, by name.
pub const PATHS: [(&str, Path); 6] = [
    ("ids", |batch| batch.ids()),
    ("names", |batch| batch.names()),
    ("uses", |batch| batch.uses()),
    ("sees", |batch| batch.sees()),
    ("steps", |batch| batch.steps()),
    ("counts", |batch| batch.counts()),
];

/// Paths about whole sets, which have to be there.
pub const WHOLE: [(&str, Path); 2] = [("effect", |batch| batch.effect()), ("proofs", |batch| batch.proofs())];

/// What paths about whole sets need.
pub struct Sets {
    /// Those who publish more than the batch's own set.
    after: RuleSet,
    /// The catalogue with its invariants.
    catalogue: Project,
}

impl Sets {
    /// Gets them ready.
    pub fn of(population: &Population) -> Result<Sets, Box<dyn Error>> {
        let after = changed(population)?.rules(Entries::InForce).map_err(|_| "a set with errors")?;
        Ok(Sets { after, catalogue: catalogue()? })
    }
}

/// A batch of questions, ready to be asked over and over.
pub struct Batch<'a> {
    ours: &'a Ours,
    /// What paths about whole sets need.
    pub sets: Option<Sets>,
    /// Decisions by ids.
    pub by_ids: Vec<(PersonId, UserId, FieldId)>,
    /// The same by names in canonical form.
    pub by_names: Vec<(&'a str, &'a str, &'a str)>,
    /// Decisions about features.
    pub of_features: Vec<(FeatureId, Cast)>,
    /// Questions made to be explained.
    pub made: Vec<See>,
}

impl<'a> Batch<'a> {
    /// Questions about a population, the same from the same seed.
    pub fn of(ours: &'a Ours, population: &'a Population, count: usize, seed: u64) -> Batch<'a> {
        let asked = questions(population, ours.fields.len(), count, seed);
        let address = |of: u32| population.viewers[of as usize].address.as_str();
        let named = |of: &Question| (address(of.viewer), address(of.owner), ours.fields[of.field as usize].as_str());
        // Names of a question stand together, as they would if it had just been read from somewhere.
        let text: String = asked
            .iter()
            .map(|of| {
                let (viewer, owner, field) = named(of);
                [viewer, owner, field].concat()
            })
            .collect();
        let mut rest: &str = text.leak();
        let mut next = |length: usize| {
            let (name, behind) = rest.split_at(length);
            rest = behind;
            name
        };
        let by_names: Vec<_> = asked
            .iter()
            .map(|of| {
                let (viewer, owner, field) = named(of);
                (next(viewer.len()), next(owner.len()), next(field.len()))
            })
            .collect();
        let see =
            |(viewer, owner, field): &(&str, &str, &str)| See::typed(&ours.rules, viewer, owner, field).expect("known");
        let mut random = Random::new(seed);
        Batch {
            ours,
            sets: None,
            by_ids: asked.iter().map(|of| ours.ids(of)).collect(),
            of_features: asked.iter().map(|of| ours.use_of(of, &mut random)).collect(),
            made: by_names.iter().take(HOT).map(see).collect(),
            by_names,
        }
    }

    /// Decisions by ids.
    #[inline(never)]
    pub fn ids(&self) {
        for (viewer, owner, field) in &self.by_ids {
            black_box(self.ours.decide_ids(*viewer, *owner, *field));
        }
    }

    /// Decisions by names in canonical form.
    #[inline(never)]
    pub fn names(&self) {
        for (viewer, owner, field) in &self.by_names {
            black_box(self.ours.decide_names(viewer, owner, field));
        }
    }

    /// Decisions about features, by ids.
    #[inline(never)]
    pub fn uses(&self) {
        for (feature, cast) in &self.of_features {
            black_box(decide_use(&self.ours.rules, *feature, cast));
        }
    }

    /// Who sees the field of the owner.
    #[inline(never)]
    pub fn sees(&self) {
        for (_, owner, field) in &self.by_ids {
            black_box(who_sees(&self.ours.rules, *owner, *field));
        }
    }

    /// The steps of an explanation.
    #[inline(never)]
    pub fn steps(&self) {
        for question in &self.made {
            black_box(record(&self.ours.rules, question));
        }
    }

    /// The whole tenant at once: every owner, known viewer and field, counted by owner, field and container.
    #[inline(never)]
    pub fn counts(&self) {
        let by = [AuditBy::Owner, AuditBy::Field, AuditBy::Container];
        black_box(audit_by(&self.ours.rules, &AuditOf::default(), by));
    }

    /// What changes for whom between two sets.
    #[inline(never)]
    pub fn effect(&self) {
        let sets = self.sets.as_ref().expect("sets that are ready");
        let diff = Diff::between(&self.ours.rules, &sets.after);
        let effect = diff.effect();
        black_box((diff.groups(&effect.presence, 1), diff.disclosures()));
    }

    /// The invariants of the catalogue.
    #[inline(never)]
    pub fn proofs(&self) {
        let sets = self.sets.as_ref().expect("sets that are ready");
        black_box(prove(sets.catalogue.set(), Limits::default()));
    }
}

impl Ours {
    /// A question about a feature that needs no meeting, from the viewer of a question, about its owner.
    fn use_of(&self, question: &Question, random: &mut Random) -> (FeatureId, Cast) {
        let (viewer, owner, _) = self.ids(question);
        let model = self.rules.model();
        let asker = Somebody::known(model, viewer);
        loop {
            let feature = FeatureId::from_index(random.below(model.features.len()));
            let cast = match model.features[feature].shape {
                Shape::User => alone(asker),
                Shape::Viewer | Shape::Party => Cast::view(asker, Somebody::user(model, owner)),
                Shape::Participant => continue,
            };
            return (feature, cast);
        }
    }
}
