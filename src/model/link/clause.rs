//! Clauses of invariants: what is claimed, and where.

use super::Linking;
use super::scene::Scene;
use crate::diagnostic::code;
use crate::language::ast::{self, Extent, InvariantClause, Literal, Target};
use crate::language::{Diagnostic, Spanned};
use crate::model::{Claim, Clause, Condition, FieldId, Sees, Subject, Value};

impl Linking {
    /// A clause; None if it names what is not there, which is reported.
    pub(super) fn clause(&mut self, clause: &Spanned<InvariantClause>) -> Option<Clause> {
        let (claim, scene) = match &clause.it.claim {
            ast::Claim::In { negated, container } => {
                let asked = self.container_or_flag(container).map(|containers| {
                    let inside = self.model.conditions.intern(Condition::InContainer(Subject::Viewer, containers));
                    if *negated { self.model.conditions.negation(inside) } else { inside }
                });
                (asked.map(Claim::In), Scene::GUARD)
            }
            ast::Claim::Sees { extent, target } => {
                (self.extent(extent, target).map(|(sees, fields)| Claim::Sees(sees, fields)), Scene::GUARD)
            }
            ast::Claim::Available { feature, available } => {
                let feature = self.model.names.features.expect(feature, code::UNKNOWN_FEATURE, &mut self.sink)?;
                let claim = if *available { Claim::Available(feature) } else { Claim::Unavailable(feature) };
                (Some(claim), Scene::feature(self.model.features[feature].shape))
            }
            ast::Claim::Disclosed { data, recipient } => {
                let item = self.item(data);
                let to = self.model.names.recipients.expect(recipient, code::UNKNOWN_RECIPIENT, &mut self.sink);
                (item.zip(to).map(|(item, to)| Claim::Disclosed(item, to)), Scene::DISCLOSURE)
            }
        };
        let when = self.circumstance(&clause.it.when, scene);
        Some(Clause { quantifier: clause.it.quantifier.it, claim: claim?, when, span: clause.span })
    }

    /// How much is seen of which fields; None if that is not said well, which is reported.
    pub(super) fn extent(&mut self, extent: &Spanned<Extent>, target: &Target) -> Option<(Sees, Vec<FieldId>)> {
        let (category, field) = self.target(target)?;
        let fields = field.map_or_else(|| self.model.categories[category].fields.clone(), |field| vec![field]);
        let sees = match (&extent.it, field) {
            (Extent::Sees, _) => Sees::All,
            (Extent::SeesNothing, _) => Sees::Nothing,
            (Extent::SeesAs(literal), Some(field)) => {
                Sees::As(self.shown(field, &Spanned::new(literal.clone(), extent.span), target)?)
            }
            (Extent::SeesNotAs(literal), Some(field)) => {
                Sees::NotAs(self.shown(field, &Spanned::new(literal.clone(), extent.span), target)?)
            }
            (Extent::SeesSome, None) => Sees::Some,
            (Extent::SeesAs(_) | Extent::SeesNotAs(_), None) => {
                self.sink.push(
                    Diagnostic::new(code::WRONG_TYPE, "`as` needs a field")
                        .at(target.span(), "names a whole category")
                        .help("name the field whose value is meant, as in `state.availability as offline`"),
                );
                return None;
            }
            (Extent::SeesSome, Some(_)) => {
                self.sink.push(
                    Diagnostic::new(code::WRONG_TYPE, "`some of` needs a whole category")
                        .at(target.span(), "names one field")
                        .help("name the category, or leave `some of` out"),
                );
                return None;
            }
        };
        Some((sees, fields))
    }

    /// The value that a field is seen as, or not.
    fn shown(&mut self, field: FieldId, literal: &Spanned<Literal>, target: &Target) -> Option<Value> {
        let Some(kind) = self.model.fields[field].kind.clone() else {
            self.sink.push(
                Diagnostic::new(code::WRONG_TYPE, "this field is free text, so nobody sees it as another value")
                    .at(target.span(), "")
                    .help("leave `as …` out"),
            );
            return None;
        };
        self.value(&kind, literal)
    }
}
