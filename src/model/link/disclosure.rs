//! What features disclose and store: the data, its recipients and places.

use super::Linking;
use super::presence::field_alone;
use super::scene::Scene;
use crate::diagnostic::code;
use crate::language::ast::{self, Disclosed, Name, Target};
use crate::language::{Diagnostic, Spanned};
use crate::model::{Disclosure, FeatureId, Item, Retention, Storage, Subject};

impl Linking {
    pub(super) fn discloses(&mut self, id: FeatureId, discloses: &Spanned<ast::Discloses>, scene: Scene) {
        let when = self.circumstance(&discloses.it.when, scene);
        let whose = discloses.it.whose.as_ref().and_then(|name| self.disclosing(name, scene));
        let items: Vec<Option<Item>> = match &discloses.it.data {
            Disclosed::Nothing => vec![None],
            Disclosed::Data(data) => data.iter().filter_map(|name| self.item(name)).map(Some).collect(),
        };
        for name in &discloses.it.to {
            let Some(to) = self.model.names.recipients.expect(name, code::UNKNOWN_RECIPIENT, &mut self.sink) else {
                continue;
            };
            for item in &items {
                let disclosure = Disclosure { item: *item, whose, to, when, span: discloses.span };
                self.model.features[id].discloses.push(disclosure);
            }
        }
    }

    /// Whose data it is: one of the roles of the feature.
    pub(super) fn disclosing(&mut self, name: &Name, scene: Scene) -> Option<Subject> {
        let found = Subject::named(&name.it).filter(|subject| scene.subjects.contains(subject));
        if found.is_none() {
            self.sink.push(
                Diagnostic::new(code::UNKNOWN_ROLE, format!("{} knows no `{}`", scene.spoken, name.it))
                    .at(name.span, "")
                    .help(format!("it can speak of {}", scene.describe_subjects())),
            );
        }
        found
    }

    pub(super) fn stores(&mut self, id: FeatureId, stores: &Spanned<ast::Stores>, scene: Scene) {
        let when = self.circumstance(&stores.it.when, scene);
        let whose = stores.it.whose.as_ref().and_then(|name| self.disclosing(name, scene));
        let Some(at) = self.model.names.places.expect(&stores.it.at, code::UNKNOWN_PLACE, &mut self.sink) else {
            return;
        };
        let retention = stores.it.retention.as_ref().and_then(|retention| self.retention(retention, scene));
        for data in &stores.it.data {
            if let Some(item) = self.item(data) {
                let retention = retention.clone();
                let storage = Storage { item, whose, at, retention, when, span: stores.span };
                self.model.features[id].stores.push(storage);
            }
        }
    }

    fn retention(&mut self, retention: &Spanned<ast::Retention>, scene: Scene) -> Option<Retention> {
        match &retention.it {
            ast::Retention::Until(words) => Some(Retention::Until(words.clone())),
            ast::Retention::For(path) => {
                let (subject, parameter) = self.retention_setting(path, scene)?;
                Some(Retention::Setting(subject, parameter))
            }
        }
    }

    /// A category, a field, declared data or a part of it.
    pub(super) fn item(&mut self, name: &Target) -> Option<Item> {
        let found = self.model.item_named(&name.category.it, name.field.as_ref().map(|field| field.it.as_str()));
        if found.is_none() {
            self.no_item(name);
        }
        found
    }

    /// Says which part of a name there is not.
    fn no_item(&mut self, name: &Target) {
        if let Some(category) = self.model.names.categories.find(&name.category.it) {
            if let Some(field) = &name.field {
                self.field(category, field);
            }
            return;
        }
        let Some(data) = self.model.names.data.find(&name.category.it) else {
            let fields = self.model.fields_called(&name.category.it);
            if name.field.is_none() && !fields.is_empty() {
                self.sink.push(field_alone(&name.category, &fields, code::UNKNOWN_DATA));
                return;
            }
            let known = self.model.names.data.spellings().chain(self.model.names.categories.spellings());
            let near = self.guesses.nearest("category or data", &name.category.it, known);
            let message = format!("there is no category or data `{}`", name.category.it);
            self.sink.push(
                Diagnostic::new(code::UNKNOWN_DATA, message)
                    .at(name.category.span, "")
                    .help(format!("declare it, as in `data {} \"…\"`", name.category.it))
                    .suggest(near),
            );
            return;
        };
        let Some(part) = &name.field else { return };
        let parts = self.model.data[data].parts.iter().map(|part| part.name.as_str());
        let near = self.guesses.nearest("part", &part.it, parts);
        let message = format!("`{}` has no part `{}`", name.category.it, part.it);
        let diagnostic = Diagnostic::new(code::UNKNOWN_DATA, message).at(part.span, "");
        let declared = self.model.data[data].declared.span;
        self.sink.push(diagnostic.suggest(near).at(declared, "declared here"));
    }

    /// `discloses nothing to R` beside a disclosure to R.
    pub(super) fn contradictions(&mut self, id: FeatureId) {
        let feature = &self.model.features[id];
        for nothing in feature.discloses.iter().filter(|disclosure| disclosure.item.is_none()) {
            let other = feature.discloses.iter().find(|other| other.to == nothing.to && other.item.is_some());
            if let Some(other) = other {
                let to = &self.model.recipients[nothing.to].declared.name;
                self.sink.push(
                    Diagnostic::new(code::CONTRADICTION, format!("nothing and something is disclosed to `{to}`"))
                        .at(nothing.span, "nothing")
                        .at(other.span, "something")
                        .help("remove one of the two"),
                );
            }
        }
    }
}
