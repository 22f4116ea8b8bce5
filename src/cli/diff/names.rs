//! Names of a command line, looked up in both sides.

use std::collections::BTreeSet;

use crate::diff::Chosen;
use crate::model::Model;
use crate::resolve::{Unknown, lookup};

/// The fields that a name means on either side.
pub(super) fn chosen(models: [&Model; 2], name: &str) -> Result<Chosen, Unknown> {
    let mut fields = BTreeSet::new();
    on_either(models, |model| {
        for id in lookup::fields(model, name)? {
            let field = &model.fields[id];
            fields.insert((model.categories[field.category].declared.name.clone(), field.declared.name.clone()));
        }
        Ok(())
    })?;
    Ok(Chosen { written: name.to_owned(), fields })
}

/// A feature by the name it is declared with.
pub(super) fn feature(models: [&Model; 2], name: &str) -> Result<String, Unknown> {
    on_either(models, |model| Ok(model.features[lookup::feature(model, name)?].declared.name.clone()))
}

/// What the second side says, or else the first. If neither knows the name, the second says what is near.
pub(super) fn on_either<T>(models: [&Model; 2], ask: impl FnMut(&Model) -> Result<T, Unknown>) -> Result<T, Unknown> {
    let [before, after] = models.map(ask);
    after.or_else(|unknown| before.map_err(|_| unknown))
}
