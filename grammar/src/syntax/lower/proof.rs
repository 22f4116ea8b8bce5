//! Invariants and tests.

use pest::iterators::Pair;

use super::Lower;
use super::parts::Parts;
use crate::syntax::ast::{
    Claim, Destination, Expect, Expectation, Extent, Given, Invariant, InvariantClause, Leaves, Name, Otherwise,
    Quantifier, Relation, Target, Test, TestItem, UseContext, Who,
};
use crate::syntax::grammar::Rule;
use crate::text::{Span, Spanned};

impl Lower<'_> {
    pub(super) fn invariant(&mut self, mut parts: Parts<'_>) -> Option<Invariant> {
        let (mut head, brace) = self.open(&mut parts, Rule::invariant_open)?;
        let label = self.name(&head.take(Rule::label)?);
        let under_policies = head.take(Rule::under_policies).is_some();
        let clauses = self.block(parts.take(Rule::invariant_body)?, brace, Rule::invariant_probe, Self::clause);
        Some(Invariant { label, under_policies, clauses })
    }

    pub(super) fn clause(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<InvariantClause>> {
        let span = self.place(&pair);
        let mut parts = Parts::new(pair);
        let quantifier = self.word(&parts.take(Rule::quantifier)?, Quantifier::named)?;
        let claim = self.claim(parts.next()?)?;
        let when = self.circumstance(&mut parts)?;
        Some(Spanned::new(InvariantClause { quantifier, claim, when }, span))
    }

    fn claim(&mut self, pair: Pair<'_, Rule>) -> Option<Claim> {
        let rule = pair.as_rule();
        let mut parts = Parts::new(pair);
        Some(match rule {
            Rule::in_claim => {
                parts.take(Rule::kw_viewer);
                let negated = self.not_in(&mut parts);
                Claim::In { negated, container: self.name(&parts.take(Rule::container_name)?) }
            }
            Rule::sees_claim => {
                let sees = self.place(&parts.take(Rule::kw_sees)?);
                let some = parts.take(Rule::some_of).map(|some| self.place(&some));
                let target = self.target(&parts.take(Rule::target)?)?;
                Claim::Sees { extent: self.extent(sees, some, &mut parts)?, target }
            }
            Rule::sees_nothing_claim => {
                let span = self.does_not_see(&mut parts)?;
                let target = self.target(&parts.take(Rule::target)?)?;
                Claim::Sees { extent: self.not_seen(span, &mut parts)?, target }
            }
            Rule::disclosed_claim => {
                let data = self.target(&parts.take(Rule::data_target)?)?;
                Claim::Disclosed { data, recipient: self.name(&parts.take(Rule::recipient_name)?) }
            }
            _ => {
                let feature = self.name(&parts.take(Rule::feature_name)?);
                let outcome = self.word(&parts.take(Rule::outcome)?, Otherwise::named)?;
                Claim::Available { feature, available: outcome.it == Otherwise::Available }
            }
        })
    }

    /// How much is seen: `sees`, `sees some of`, or `sees … as V`, whose `as` comes last.
    fn extent(&mut self, sees: Span, some: Option<Span>, parts: &mut Parts<'_>) -> Option<Spanned<Extent>> {
        let Some(shown) = parts.take(Rule::shown_as) else {
            return Some(match some {
                Some(some) => Spanned::new(Extent::SeesSome, if some.start > sees.start { some } else { sees }),
                None => Spanned::new(Extent::Sees, sees),
            });
        };
        let value = self.value(Parts::new(shown).take(Rule::value)?)?;
        if let Some(some) = some {
            // `sees some of C as V` cannot be: only a single field is altered.
            self.repeated("how much is seen", some, value.span);
        }
        Some(Spanned::new(Extent::SeesAs(value.it), value.span))
    }

    /// What is not seen: `does not see`, or `does not see … as V`, whose `as` comes last.
    fn not_seen(&mut self, sees: Span, parts: &mut Parts<'_>) -> Option<Spanned<Extent>> {
        let Some(shown) = parts.take(Rule::shown_as) else { return Some(Spanned::new(Extent::SeesNothing, sees)) };
        let value = self.value(Parts::new(shown).take(Rule::value)?)?;
        Some(Spanned::new(Extent::SeesNotAs(value.it), value.span))
    }

    fn does_not_see(&self, parts: &mut Parts<'_>) -> Option<Span> {
        let does = self.place(&parts.take(Rule::kw_does)?);
        Some(does.to(self.place(&parts.take(Rule::kw_see)?)))
    }

    pub(super) fn test(&mut self, mut parts: Parts<'_>) -> Option<Test> {
        let (mut head, brace) = self.open(&mut parts, Rule::test_open)?;
        let label = self.name(&head.take(Rule::label)?);
        let items = self.block(parts.take(Rule::test_body)?, brace, Rule::test_probe, Self::test_item);
        Some(Test { label, items })
    }

    pub(super) fn test_item(&mut self, pair: Pair<'_, Rule>) -> Option<Spanned<TestItem>> {
        let (rule, span) = (pair.as_rule(), self.place(&pair));
        let mut parts = Parts::new(pair);
        let item = match rule {
            Rule::given => TestItem::Given(self.given(parts.take(Rule::fact)?.into_inner().next()?)?),
            _ => TestItem::Expect(self.expect(parts)?),
        };
        Some(Spanned::new(item, span))
    }

    fn given(&mut self, pair: Pair<'_, Rule>) -> Option<Given> {
        let rule = pair.as_rule();
        let mut parts = Parts::new(pair);
        Some(match rule {
            Rule::given_policy => Given::Policy(self.policy(parts, Rule::given_policy_open)?),
            Rule::given_meeting => {
                let meeting = self.name(&parts.take(Rule::meeting_name)?);
                let organizer = self.person(&mut parts)?;
                let participants = match parts.take(Rule::given_participants) {
                    Some(list) => Parts::new(list)
                        .all(Rule::given_participant)
                        .into_iter()
                        .filter_map(|who| {
                            let mut parts = Parts::new(who);
                            let person = self.person(&mut parts)?;
                            Some((person, self.as_role(&mut parts)))
                        })
                        .collect(),
                    None => Vec::new(),
                };
                let assignments = self.given_assignments(&mut parts);
                Given::Meeting { meeting, organizer, participants, assignments }
            }
            Rule::given_relation => {
                let person = self.person(&mut parts)?;
                let negated = parts.take(Rule::kw_is).is_some() && parts.has(Rule::kw_not);
                let relation = self.word(&parts.take(Rule::relation)?, Relation::named)?;
                Given::Relation { person, negated, relation, owner: self.person(&mut parts)? }
            }
            Rule::given_group => {
                let person = self.person(&mut parts)?;
                Given::Group { person, group: self.name(&parts.take(Rule::group_name)?) }
            }
            Rule::given_site => {
                let person = self.person(&mut parts)?;
                Given::Site { person, site: self.name(&parts.take(Rule::scope_value)?) }
            }
            Rule::given_network => {
                let domain = self.name(&parts.take(Rule::domain_name)?);
                Given::Network { domain, network: self.name(&parts.take(Rule::network_name)?) }
            }
            Rule::given_entry => {
                let entry = self.entry(parts.take(Rule::entry)?)?;
                let container = self.name(&parts.take(Rule::container_name)?);
                Given::Entry { entry, container, owner: self.person(&mut parts)? }
            }
            Rule::given_person => {
                let new = parts.has(Rule::kw_person);
                let person = self.person(&mut parts)?;
                Given::Person { new, person, assignments: self.given_assignments(&mut parts) }
            }
            _ => Given::Directory(self.name(&parts.take(Rule::text)?)),
        })
    }

    fn given_assignments(&mut self, parts: &mut Parts<'_>) -> Vec<crate::syntax::ast::Assignment> {
        let Some(brace) = parts.take(Rule::brace_open) else { return Vec::new() };
        let brace = brace.as_span().start();
        parts.take(Rule::assignment_body).map(|body| self.assignments(body, brace)).unwrap_or_default()
    }

    pub(super) fn person(&self, parts: &mut Parts<'_>) -> Option<Name> {
        parts.take(Rule::person).map(|person| self.name(&person))
    }

    fn as_role(&self, parts: &mut Parts<'_>) -> Option<Name> {
        let role = parts.take(Rule::as_role)?;
        Parts::new(role).take(Rule::role_name).map(|role| self.name(&role))
    }

    fn expect(&mut self, mut parts: Parts<'_>) -> Option<Expect> {
        parts.has(Rule::kw_expect);
        let who = if parts.has(Rule::kw_nobody) {
            Who::Nobody
        } else if let Some(exactly) = parts.take(Rule::exactly) {
            Who::Exactly(self.names(exactly, Rule::person))
        } else if let Some(any) = parts.take(Rule::any_network) {
            Who::Any(self.name(&Parts::new(any).take(Rule::network_name)?))
        } else {
            Who::Person(self.person(&mut parts)?)
        };
        let what = parts.next()?;
        let what = match what.as_rule() {
            Rule::uses => self.uses(Parts::new(what))?,
            Rule::discloses_to | Rule::stores_at => Expectation::Leaves(self.leaves(Parts::new(what))?),
            Rule::is_in => self.is_in(Parts::new(what))?,
            rule => self.sees(rule, Parts::new(what))?,
        };
        let because = match parts.take(Rule::because) {
            Some(because) => Some(self.name(&Parts::new(because).take(Rule::label)?)),
            None => None,
        };
        Some(Expect { who, what, because })
    }

    fn sees(&mut self, rule: Rule, mut parts: Parts<'_>) -> Option<Expectation> {
        let target_of =
            |lower: &mut Self, parts: &mut Parts<'_>| -> Option<Target> { lower.target(&parts.take(Rule::target)?) };
        if rule == Rule::sees_nothing {
            let span = self.does_not_see(&mut parts)?;
            let owner = self.person(&mut parts)?;
            let target = target_of(self, &mut parts)?;
            return Some(Expectation::Sees { extent: self.not_seen(span, &mut parts)?, owner, target });
        }
        let sees = self.place(&parts.take(Rule::kw_sees)?);
        let before = parts.take(Rule::some_of).map(|some| self.place(&some));
        let owner = self.person(&mut parts)?;
        let behind = parts.take(Rule::some_of).map(|some| self.place(&some));
        if let (Some(first), Some(second)) = (before, behind) {
            self.repeated("`some of`", first, second);
        }
        let target = target_of(self, &mut parts)?;
        let extent = self.extent(sees, before.or(behind), &mut parts)?;
        Some(Expectation::Sees { extent, owner, target })
    }

    fn is_in(&mut self, mut parts: Parts<'_>) -> Option<Expectation> {
        let negated = self.not_in(&mut parts);
        let container = self.name(&parts.take(Rule::container_name)?);
        Some(Expectation::In { negated, container, owner: self.person(&mut parts)? })
    }

    fn uses(&self, mut parts: Parts<'_>) -> Option<Expectation> {
        let can = parts.take(Rule::can)?.as_str() == "can";
        let (feature, context) = self.used(&mut parts)?;
        Some(Expectation::Uses { can, feature, context })
    }

    fn leaves(&mut self, mut parts: Parts<'_>) -> Option<Leaves> {
        let negated = parts.has(Rule::kw_does);
        let data = self.data_names(parts.take(Rule::data_list)?);
        let whose = self.of_role(&mut parts);
        let to = match parts.take(Rule::place_name) {
            Some(place) => Destination::Place(self.name(&place)),
            None => Destination::Recipients(parts.all(Rule::recipient_name).iter().map(|it| self.name(it)).collect()),
        };
        let (feature, context) = self.used(&mut parts)?;
        Some(Leaves { negated, data, whose, to, feature, context })
    }

    /// A feature, and in which context it is used.
    fn used(&self, parts: &mut Parts<'_>) -> Option<(Name, UseContext)> {
        let feature = self.name(&parts.take(Rule::feature_name)?);
        let Some(context) = parts.next() else { return Some((feature, UseContext::Alone)) };
        let rule = context.as_rule();
        let mut parts = Parts::new(context);
        let context = match rule {
            Rule::in_meeting => {
                let meeting = self.name(&parts.take(Rule::meeting_name)?);
                UseContext::In(meeting, self.as_role(&mut parts))
            }
            Rule::with_peer => UseContext::With(self.person(&mut parts)?),
            _ => UseContext::Of(self.person(&mut parts)?),
        };
        Some((feature, context))
    }
}
