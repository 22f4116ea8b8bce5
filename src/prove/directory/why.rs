//! Why a case is answered as it is: the explanation of the answer that breaks a clause.

use super::case::Case;
use crate::language::ast::Quantifier;
use crate::model::{Claim, Clause, FeatureId, FieldId, Model, UserId};
use crate::prove::asked::Asked;
use crate::prove::claim::Claims;
use crate::resolve::{RuleSet, Sentence, Use, explain, explain_level, explain_use};
use crate::viewers::ClassOf;

/// The sentences of `why` for a case that breaks a clause. Where nothing is asked there are none.
pub(in crate::prove) fn why(rules: &RuleSet, claims: &Claims<'_>, clause: &Clause, case: Case) -> Vec<Sentence> {
    match (&clause.claim, case) {
        (Claim::Sees(_, fields), Case::View { viewer, owner }) => seen(rules, viewer, owner, fields),
        (Claim::In(_), Case::View { viewer, owner }) => {
            let model = rules.model();
            let asked = rules.level(ANYBODY, &address(model, owner)).ok();
            let asked = asked.map(|it| it.asked_by(viewer.representative(model), viewer.one_of(model)));
            asked.map(|asked| explain_level(rules, &asked)).unwrap_or_default()
        }
        (Claim::Available(feature) | Claim::Unavailable(feature), case) => used(rules, *feature, case),
        (Claim::Disclosed(..), case) => {
            let asked = Asked::new(claims, rules.graph(), case.shape(), clause);
            let feature = match clause.quantifier {
                Quantifier::Never => asked.discloses(rules, &case.cast(rules.model())),
                Quantifier::Always => asked.disclosing().next(),
            };
            feature.map(|feature| used(rules, feature, case)).unwrap_or_default()
        }
        (Claim::Sees(..) | Claim::In(_), _) => Vec::new(),
    }
}

/// Whom a question is made about that is then asked by somebody else.
const ANYBODY: &str = "anonymous";

fn address(model: &Model, user: UserId) -> String {
    model.people[model.users[user].person].address.to_string()
}

fn seen(rules: &RuleSet, viewer: ClassOf, owner: UserId, fields: &[FieldId]) -> Vec<Sentence> {
    let model = rules.model();
    let Some(first) = fields.first() else { return Vec::new() };
    let field = (fields.len() == 1).then(|| model.fields[*first].declared.name.as_str());
    let category = &model.categories[model.fields[*first].category].declared.name;
    let Ok(question) = rules.see(ANYBODY, &address(model, owner), category, field) else { return Vec::new() };
    explain(rules, &question.asked_by(viewer.representative(model), viewer.one_of(model))).sentences
}

fn used(rules: &RuleSet, feature: FeatureId, case: Case) -> Vec<Sentence> {
    let model = rules.model();
    let (subject, other) = match case {
        Case::User(user) => (address(model, user), None),
        Case::View { viewer, owner } => (viewer.one_of(model), Some(address(model, owner))),
        Case::Participant { participant, .. } => (participant.one_of(model), None),
        Case::Pair { party, peer } => (party.one_of(model), Some(peer.one_of(model))),
    };
    explain_use(rules, &Use::known(feature, case.cast(model), subject, other)).sentences
}
