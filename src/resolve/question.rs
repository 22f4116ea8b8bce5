//! From names to a question. Names that do not exist are errors here, once, so that deciding cannot fail.

use crate::model::{CategoryId, FieldId, Model, UserId};
use crate::viewers::Somebody;

use super::people::Named;
use super::rule_set::RuleSet;
use super::unknown::Unknown;
use super::{lookup, people};

/// "Does the viewer see this of the owner?" Made by [`RuleSet::see`], or by [`See::typed`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct See {
    viewer: Somebody,
    viewer_name: String,
    owner: UserId,
    category: CategoryId,
    field: Option<FieldId>,
    warnings: Vec<String>,
}

impl See {
    /// A question about `category` or `category.field`, as people type it. Otherwise as [`RuleSet::see`].
    pub fn typed(rules: &RuleSet, viewer: &str, owner: &str, target: &str) -> Result<See, Unknown> {
        match target.split_once('.') {
            Some((category, field)) => rules.see(viewer, owner, category, Some(field)),
            None => rules.see(viewer, owner, target, None),
        }
    }

    /// Who looks.
    pub fn viewer(&self) -> Somebody {
        self.viewer
    }

    /// The viewer's address in canonical form, or `anonymous`.
    pub fn viewer_name(&self) -> &str {
        &self.viewer_name
    }

    /// Whose presence it is.
    pub fn owner(&self) -> UserId {
        self.owner
    }

    /// What of it.
    pub fn category(&self) -> CategoryId {
        self.category
    }

    /// Which field; None asks for the whole category.
    pub fn field(&self) -> Option<FieldId> {
        self.field
    }

    /// What is doubtful about the question.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The fields it asks for, in order of declaration.
    pub fn fields<'a>(&self, model: &'a Model) -> impl Iterator<Item = FieldId> + use<'a> {
        let only = self.field;
        let all = &model.categories[self.category].fields;
        all.iter().copied().filter(move |field| only.is_none_or(|only| only == *field))
    }

    /// The same question from somebody else.
    #[must_use]
    pub fn asked_by(&self, viewer: Somebody, name: String) -> See {
        See { viewer, viewer_name: name, warnings: Vec::new(), ..self.clone() }
    }
}

/// "In which container of the owner is the viewer?" Made by [`RuleSet::level`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskedLevel {
    viewer: Named,
    owner: UserId,
}

impl AskedLevel {
    /// Who looks.
    pub fn viewer(&self) -> Somebody {
        self.viewer.somebody
    }

    /// The viewer's address in canonical form, or `anonymous`.
    pub fn viewer_name(&self) -> &str {
        &self.viewer.name
    }

    /// Whose containers they are.
    pub fn owner(&self) -> UserId {
        self.owner
    }

    /// The same question about somebody else.
    #[must_use]
    pub fn asked_by(&self, viewer: Somebody, name: String) -> AskedLevel {
        AskedLevel { viewer: Named { somebody: viewer, name, warning: None }, owner: self.owner }
    }
}

impl RuleSet {
    /// A question about a category, or one field of it. Addresses may be written with `sip:`, in any case, or as the
    /// local name of exactly one known person; a viewer may be `anonymous`. Settles the owner's entries.
    ///
    /// Of a category, [`decide`](super::decide()) answers for the first field only: ask [`decisions`](super::decisions)
    /// for all of them.
    pub fn see(&self, viewer: &str, owner: &str, category: &str, field: Option<&str>) -> Result<See, Unknown> {
        let viewer = people::viewer(self, viewer)?;
        let owner = people::owner(self, owner)?;
        let model = self.model();
        let paths = model.fields_called(category);
        if field.is_none() && !paths.is_empty() && model.names.categories.find(category).is_none() {
            return Err(Unknown::FieldAlone { field: category.to_owned(), paths });
        }
        let category = lookup::find(&model.names.categories, "category", category)?;
        let field = match field {
            Some(field) => Some(lookup::field(model, category, field)?),
            None => None,
        };
        self.settle(owner);
        let warnings = viewer.warning.into_iter().collect();
        Ok(See { viewer: viewer.somebody, viewer_name: viewer.name, owner, category, field, warnings })
    }

    /// A question about a level; names are taken as [`RuleSet::see`] takes them. Settles the owner's entries.
    pub fn level(&self, viewer: &str, owner: &str) -> Result<AskedLevel, Unknown> {
        let viewer = people::viewer(self, viewer)?;
        let owner = people::owner(self, owner)?;
        self.settle(owner);
        Ok(AskedLevel { viewer, owner })
    }
}
