//! Which policy objects apply to somebody, and the values that settings have then.
//!
//! An object of a site or a service can be granted by its name, wherever somebody is. The others apply by their scope,
//! if no more specific object does: of a tag that is granted, of the network site that somebody is in, of everywhere.

use biodivine_lib_bdd::Bdd;
use indexmap::IndexSet;

use super::variable::NONE_NAMED;
use super::{Question, Settings, Space, Undecided, Variable};
use crate::model::{Class, ClassId, Id, Model, Object, ObjectId, ParameterOf, Reading, Scope, Subject, Value, What};

impl<'m> Question<'m> {
    /// The objects of a class, the one that holds everywhere first; none if there is no such object.
    pub(super) fn objects(self, class: ClassId) -> Vec<Value> {
        let (model, code) = (self.model(), |(id, _): (ObjectId, &Object)| Value(id.index() as i64));
        let global = model.object_for(class, None).map_or(NONE_NAMED, |id| Value(id.index() as i64));
        let all = model.objects.iter().filter(|(_, object)| object.class == class).map(code);
        std::iter::once(global).chain(all.filter(|value| *value != global)).collect()
    }

    /// The values that objects of its class give a reading.
    pub(super) fn values_in_objects(self, reading: Reading) -> Vec<Value> {
        let objects = self.class_of(reading).map(|class| self.objects(class)).unwrap_or_default();
        objects.into_iter().map(|object| value_in(self.model(), reading, object)).collect()
    }

    /// The values that a setting of an organizer can have where it may have been sampled by itself: those of the
    /// objects of its class. None of any other reading.
    pub(super) fn sampled(self, reading: Reading) -> Option<Vec<Value>> {
        let What::Parameter(parameter) = reading.what else { return None };
        let ParameterOf::Setting(class) = self.model().parameters[parameter].belongs_to else { return None };
        if reading.whose != Subject::Organizer || self.settings != Settings::OfObjects {
            return None;
        }
        let values = self.objects(class).into_iter().map(|object| value_in(self.model(), reading, object));
        Some(values.collect::<IndexSet<Value>>().into_iter().collect())
    }

    /// The network sites that have objects, each as its first object.
    pub(super) fn network_sites(self) -> Vec<Value> {
        let objects = self.model().objects.iter().filter(|(_, object)| matches!(object.scope, Scope::NetworkSite(_)));
        let codes = objects.map(|(_, object)| network_site(self.model(), object));
        let mut sites: Vec<Value> = codes.flatten().collect();
        sites.sort_unstable();
        sites.dedup();
        sites
    }
}

/// The network site of an object, as the first object there.
fn network_site(model: &Model, object: &Object) -> Option<Value> {
    let Scope::NetworkSite(_) = object.scope else { return None };
    let first = model.objects.iter().find(|(_, other)| other.scope == object.scope);
    first.map(|(id, _)| Value(id.index() as i64))
}

/// The value of a setting in the object that a code stands for.
fn value_in(model: &Model, reading: Reading, object: Value) -> Value {
    let What::Parameter(parameter) = reading.what else { return object };
    model.value_in(usize::try_from(object.0).ok().map(ObjectId::from_index), &model.parameters[parameter])
}

impl<'m> Space<'m> {
    /// What makes the value of a reading.
    pub(super) fn source(&self, reading: Reading) -> Variable {
        match self.question.and_then(|question| question.class_of(reading)) {
            Some(class) => Variable::Object(reading.whose, class),
            None => Variable::Reading(reading),
        }
    }

    /// The value that a reading has, given that of what makes it.
    pub(super) fn value_from(&self, reading: Reading, code: Value) -> Value {
        match self.source(reading) {
            Variable::Object(..) => value_in(self.model, reading, code),
            _ => code,
        }
    }

    /// Where the objects that apply to everybody can apply to them.
    pub(super) fn objects_that_apply(&self, question: Question<'m>) -> Result<Bdd, Undecided> {
        let mut all = self.variables.mk_true();
        for variable in self.domains.variables() {
            let Variable::Object(whose, class) = variable else { continue };
            for object in question.objects(class) {
                let elsewhere = self.value_is(variable, |other| other != object)?;
                let id = usize::try_from(object.0).ok().map(ObjectId::from_index);
                all = self.and(&all, &self.or(&elsewhere, &self.applicable(whose, class, id)?)?)?;
            }
        }
        Ok(all)
    }

    /// Where somebody has to be for an object of a class, or none, to apply.
    fn applicable(&self, whose: Subject, class: ClassId, object: Option<ObjectId>) -> Result<Bdd, Undecided> {
        let model = self.model;
        let (of, scope) = (&model.classes[class], object.map(|object| &model.objects[object].scope));
        let mut all = self.variables.mk_true();
        match scope {
            Some(Scope::Site(_) | Scope::Service(..) | Scope::Person(_)) => return Ok(all),
            Some(Scope::NetworkSite(_)) => {
                let site = object.and_then(|object| network_site(model, &model.objects[object]));
                all = self.value_is(Variable::NetworkSite(whose), |there| Some(there) == site)?;
            }
            Some(Scope::Global | Scope::Tag(_)) | None => {}
        }
        let more_specific = |other: &&Object| other.class == class && rank(of, Some(&other.scope)) > rank(of, scope);
        for other in model.objects.values().filter(more_specific) {
            let elsewhere = match &other.scope {
                Scope::Site(name) => {
                    let site = Variable::Reading(Reading { whose, what: What::Site });
                    let asked = self.domains.index(site).is_some();
                    let there = name.site.filter(|_| asked).map(|site| Value::site(Some(site)));
                    there.map(|there| self.value_is(site, |site| site != there))
                }
                Scope::NetworkSite(_) => {
                    let site = network_site(model, other);
                    Some(self.value_is(Variable::NetworkSite(whose), |there| Some(there) != site))
                }
                // Nobody needs to have a pool, or a grant.
                Scope::Service(..) | Scope::Tag(_) | Scope::Person(_) | Scope::Global => None,
            };
            if let Some(elsewhere) = elsewhere {
                all = self.and(&all, &elsewhere?)?;
            }
        }
        Ok(all)
    }
}

/// How specific an object of this scope is; no object is the least.
fn rank(class: &Class, scope: Option<&Scope>) -> Option<usize> {
    scope.and_then(|scope| scope.rank(class))
}
