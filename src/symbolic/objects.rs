//! Which policy objects apply to somebody, and the values that settings have then.
//!
//! What is recorded of somebody is where they are and what has been granted to them: an object of a site or a service,
//! by its name and wherever they are, or a tag. Which object applies follows from that, for every class at once, so one
//! place is one fact however many objects stand there.

use std::sync::Arc;

use biodivine_lib_bdd::Bdd;
use indexmap::IndexSet;

use super::variable::NONE_NAMED;
use super::{Question, Space, Undecided, Variable, World};
use crate::model::{ClassId, Id, Model, Object, ObjectId, Reading, Scope, Subject, Value, What};

/// Where objects of a class apply to somebody; the last are the declared defaults, which no object has.
pub(super) type Applying = Vec<(Option<ObjectId>, Bdd)>;

/// An object, and what has to be so for it to apply where no other counts before it; None of the one that holds
/// everywhere.
type Candidate = (ObjectId, Option<(Variable, Value)>);

impl<'m> Question<'m> {
    /// The values of a setting in the objects of its class, and without any; those of the object that holds everywhere
    /// come first.
    pub(super) fn values_in_objects(self, reading: Reading, class: ClassId) -> IndexSet<Value> {
        let model = self.model();
        let all = model.objects.iter().filter(|(_, object)| object.class == class).map(|(id, _)| Some(id));
        let everywhere = model.object_for(class, None);
        std::iter::once(everywhere).chain(all).map(|object| value_in(model, reading, object)).collect()
    }

    /// The values that a setting of an organizer can have where it may have been sampled by itself: those of the
    /// objects of its class. None of any other reading.
    pub(super) fn sampled(self, reading: Reading) -> Option<Vec<Value>> {
        let class = self.setting_of(reading).filter(|_| self.is_sampled(reading))?;
        Some(self.values_in_objects(reading, class).into_iter().collect())
    }

    /// What decides which object of a class applies to somebody.
    pub(super) fn deciding_objects(self, whose: Subject, class: ClassId) -> IndexSet<Variable> {
        let needed = candidates(self.model(), whose, class).into_iter().filter_map(|(_, needs)| needs);
        std::iter::once(Variable::Granted(whose, class)).chain(needed.map(|(variable, _)| variable)).collect()
    }

    /// The values of a variable that decides objects; the first stands for none of them.
    pub(super) fn codes(self, of: Variable) -> Vec<Value> {
        let model = self.model();
        let codes = |(id, object): (ObjectId, &Object)| match (of, &object.scope) {
            (Variable::Granted(_, class), Scope::Site(_) | Scope::Service(..) | Scope::Tag(_)) => {
                (object.class == class).then(|| code(id))
            }
            (Variable::Pool(_), Scope::Service(..)) | (Variable::NetworkSite(_), Scope::NetworkSite(_)) => {
                first_there(model, &object.scope)
            }
            _ => None,
        };
        let codes: IndexSet<Value> = model.objects.iter().filter_map(codes).collect();
        std::iter::once(NONE_NAMED).chain(codes).collect()
    }
}

/// The objects of a class in the order in which they count: one that is granted by its name wherever somebody is, then
/// the most specific.
fn candidates(model: &Model, whose: Subject, class: ClassId) -> Vec<Candidate> {
    let of_class = || model.objects.iter().filter(move |(_, object)| object.class == class);
    let granted = |id: ObjectId| (Variable::Granted(whose, class), code(id));
    let by_name = |object: &Object| matches!(object.scope, Scope::Site(_) | Scope::Service(..));
    let mut all: Vec<Candidate> =
        of_class().filter(|(_, object)| by_name(object)).map(|(id, _)| (id, Some(granted(id)))).collect();
    for kind in model.classes[class].scopes.iter().rev() {
        all.extend(of_class().filter(|(_, object)| object.scope.is_of(kind)).filter_map(|(id, object)| {
            let needs = match &object.scope {
                Scope::Global => None,
                Scope::Tag(_) => Some(granted(id)),
                Scope::Site(name) => Some((Variable::Reading(site_of(whose)), Value::site(Some(name.site?)))),
                Scope::Service(..) => Some((Variable::Pool(whose), first_there(model, &object.scope)?)),
                Scope::NetworkSite(_) => Some((Variable::NetworkSite(whose), first_there(model, &object.scope)?)),
                // Only tests give objects to people.
                Scope::Person(_) => return None,
            };
            Some((id, needs))
        }));
    }
    all
}

fn site_of(whose: Subject) -> Reading {
    Reading { whose, what: What::Site }
}

/// The first object at a place, which stands for it.
fn first_there(model: &Model, scope: &Scope) -> Option<Value> {
    let same_place = |other: &Scope| match (scope, other) {
        // A pool is one place for all its services.
        (Scope::Service(_, pool), Scope::Service(_, other)) => pool == other,
        (scope, other) => scope == other,
    };
    model.objects.iter().find(|(_, object)| same_place(&object.scope)).map(|(id, _)| code(id))
}

fn code(object: ObjectId) -> Value {
    Value(object.index() as i64)
}

/// The value of a setting in an object; in none, its default.
fn value_in(model: &Model, reading: Reading, object: Option<ObjectId>) -> Value {
    let What::Parameter(parameter) = reading.what else { return NONE_NAMED };
    model.value_in(object, &model.parameters[parameter])
}

impl<'m> Space<'m> {
    /// Where the value of a reading passes a test.
    pub(super) fn passing(&mut self, reading: Reading, test: impl Fn(Value) -> bool) -> Result<Bdd, Undecided> {
        let Some(class) = self.question.and_then(|question| question.class_of(reading)) else {
            return self.value_is(Variable::Reading(reading), test);
        };
        let applying = self.applying(reading.whose, class)?;
        let passing = applying.iter().filter(|(object, _)| test(value_in(self.model, reading, *object)));
        let passing: Vec<Bdd> = passing.map(|(_, when)| when.clone()).collect();
        self.folded(&passing, self.variables.mk_false(), Space::or)
    }

    /// The values that a reading can have, each once; None if the space was not made for it.
    pub(super) fn possible_values(&self, reading: Reading) -> Option<Vec<Value>> {
        match self.question.and_then(|question| Some((question, question.class_of(reading)?))) {
            Some((question, class)) => Some(question.values_in_objects(reading, class).into_iter().collect()),
            None => self.domains.index(Variable::Reading(reading)).map(|index| self.domains.values_of(index).to_vec()),
        }
    }

    fn applying(&mut self, whose: Subject, class: ClassId) -> Result<Arc<Applying>, Undecided> {
        if let Some(known) = self.applying.get(&(whose, class)) {
            return Ok(Arc::clone(known));
        }
        let mut applying = Applying::new();
        // Where nothing counts that comes before.
        let mut left = self.variables.mk_true();
        for (object, needs) in candidates(self.model, whose, class) {
            let is_so = match needs {
                Some((variable, code)) => self.value_is(variable, |value| value == code)?,
                None => self.variables.mk_true(),
            };
            applying.push((Some(object), self.and(&left, &is_so)?));
            left = self.and(&left, &is_so.not())?;
        }
        applying.push((None, left));
        let applying = Arc::new(applying);
        self.applying.insert((whose, class), Arc::clone(&applying));
        Ok(applying)
    }
}

impl World {
    /// The policy object of a class that applies to somebody, as far as it follows from variables that count; None
    /// where the declared defaults do.
    pub fn object(
        &self,
        model: &Model,
        (whose, class): (Subject, ClassId),
        counts: impl Fn(Variable) -> bool,
    ) -> Option<ObjectId> {
        let is_so = |needs: Option<(Variable, Value)>| {
            needs.is_none_or(|(variable, code)| counts(variable) && self.value(variable) == Some(code))
        };
        candidates(model, whose, class).into_iter().find(|(_, needs)| is_so(*needs)).map(|(object, _)| object)
    }
}
