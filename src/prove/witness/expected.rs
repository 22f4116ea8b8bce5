//! What a test expects so that it fails in the world of a counterexample: the claim, or that it does not hold.

use indexmap::IndexSet;

use super::stage::Stage;
use super::words::policy_value;
use crate::language::ast;
use crate::model::{
    Claim, FeatureId, FieldId, Goal, Item, Model, Organisation, Reach, RecipientId, Sees, Subject, What,
};
use crate::prove::Proof;

/// What is expected of whom.
pub(super) struct Expecting<'a> {
    pub(super) stage: &'a Stage<'a>,
    /// Whether the claim is to hold.
    pub(super) wanted: bool,
}

impl Expecting<'_> {
    /// The lines, of which at least one fails; none if tests have no words for it.
    pub(super) fn lines(&self, proof: &Proof<'_>) -> Vec<String> {
        match &proof.clause.claim {
            Claim::In(_) => self.level(proof).into_iter().collect(),
            Claim::Sees(sees, fields) => self.sees(*sees, fields, proof).into_iter().collect(),
            Claim::Available(feature) => self.uses(*feature, self.wanted).into_iter().collect(),
            Claim::Unavailable(feature) => self.uses(*feature, !self.wanted).into_iter().collect(),
            Claim::Disclosed(item, to) => self.discloses(*item, *to),
        }
    }

    /// That no feature discloses it here, or that one does: a test names the feature, so of several the first.
    fn discloses(&self, item: Item, to: RecipientId) -> Vec<String> {
        let organisation = if self.wanted { Organisation::Directory } else { self.stage.set.organisation() };
        let (what, recipient) = (self.model().item_name(item), &self.model().recipients[to].declared.name);
        let is_hosted = self.model().hoster(Organisation::Directory).is_some();
        let mut lines = IndexSet::new();
        for (feature, _) in self.model().features.iter().filter(|(_, feature)| feature.shape == self.stage.shape) {
            for line in self.model().leaving_to(feature, organisation, (item, Goal::Recipient(to))) {
                let words = match line.reaches(Goal::Recipient(to)) {
                    // Tests have no words for the hosting of an organisation that is made up.
                    Some(Reach::Hosted(at)) if !is_hosted => {
                        format!("does not store {what} at {}", self.model().places[at].declared.name)
                    }
                    _ if self.wanted => format!("discloses {what} to {recipient}"),
                    _ => format!("does not disclose {what} to {recipient}"),
                };
                lines.extend(self.stage.leaves(feature, &words));
            }
        }
        lines.into_iter().take(if self.wanted { 1 } else { usize::MAX }).collect()
    }

    fn level(&self, proof: &Proof<'_>) -> Option<String> {
        let (viewer, owner) = (self.stage.person(Subject::Viewer)?, self.stage.person(Subject::Owner)?);
        let ast::Claim::In { negated, container } = claim(proof)? else { return None };
        let not = if *negated == self.wanted { "not " } else { "" };
        Some(format!("expect {viewer} {not}in {} of {owner}", container.it))
    }

    fn sees(&self, sees: Sees, fields: &[FieldId], proof: &Proof<'_>) -> Option<String> {
        let (viewer, owner) = (self.stage.person(Subject::Viewer)?, self.stage.person(Subject::Owner)?);
        let ast::Claim::Sees { target, .. } = claim(proof)? else { return None };
        let name = match &target.field {
            Some(field) => format!("{}.{}", target.category.it, field.it),
            None => target.category.it.clone(),
        };
        Some(match (sees, self.wanted) {
            (Sees::All, true) => format!("expect {viewer} sees {owner} {name}"),
            (Sees::Some, true) => format!("expect {viewer} sees some of {owner} {name}"),
            (Sees::Nothing, true) | (Sees::All | Sees::Some, false) => {
                format!("expect {viewer} does not see {owner} {name}")
            }
            (Sees::Nothing, false) if target.field.is_some() => format!("expect {viewer} sees {owner} {name}"),
            (Sees::Nothing, false) => format!("expect {viewer} sees some of {owner} {name}"),
            (Sees::As(value) | Sees::NotAs(value), wanted) => {
                let verb = if wanted == matches!(sees, Sees::As(_)) { "sees" } else { "does not see" };
                let value = policy_value(self.model(), What::Presence(*fields.first()?), value);
                format!("expect {viewer} {verb} {owner} {name} as {value}")
            }
        })
    }

    fn uses(&self, feature: FeatureId, available: bool) -> Option<String> {
        self.stage.uses(feature, if available { "can" } else { "cannot" })
    }

    fn model(&self) -> &Model {
        &self.stage.set.model
    }
}

/// What a clause claims, as its author wrote it.
fn claim<'p>(proof: &Proof<'p>) -> Option<&'p ast::Claim> {
    let clauses = &proof.invariant.tree.clauses;
    clauses.iter().find(|clause| clause.span == proof.clause.span).map(|clause| &clause.it.claim)
}
