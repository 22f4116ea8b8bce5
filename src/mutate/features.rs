//! Slips in features and guards.

use super::conditions::of_circumstance;
use super::edit::{Edit, of_each, replaced, said_of, within, without};
use super::{Author, Operator};
use crate::language::Spanned;
use crate::language::ast::{Disclosed, Discloses, Effect, FeatureItem, Name, Otherwise, Rule, Stores};

impl Author<'_> {
    /// Those of what a feature or guard says.
    pub(super) fn in_feature(&self, items: &[FeatureItem]) -> Vec<Edit<Vec<FeatureItem>>> {
        of_each(items, |item| self.in_feature_item(item))
    }

    /// Those of one line; None is the line left out.
    fn in_feature_item(&self, item: &FeatureItem) -> Vec<Edit<Option<FeatureItem>>> {
        match item {
            FeatureItem::ControlledBy(_) | FeatureItem::Platform(_) => Vec::new(),
            FeatureItem::Requires(names) => {
                let left_out = |(at, name): (usize, &Name)| {
                    let rest = without(names, at);
                    let rest = (!rest.is_empty()).then_some(FeatureItem::Requires(rest));
                    Edit::new(Operator::Requires, name.span, format!("does not require `{}`", name.it), rest)
                };
                names.iter().enumerate().map(left_out).collect()
            }
            FeatureItem::Rule(rule) => self.in_rule(rule),
            FeatureItem::Discloses(discloses) => self.in_disclosure(discloses),
            FeatureItem::Stores(stores) => self.in_storage(stores),
            FeatureItem::Otherwise(word) => {
                let other = match word.it {
                    Otherwise::Available => Otherwise::Unavailable,
                    Otherwise::Unavailable => Otherwise::Available,
                };
                let says = format!("`otherwise {}`", other.name());
                let item = FeatureItem::Otherwise(Spanned { it: other, span: word.span });
                vec![Edit::new(Operator::Otherwise, word.span, says, Some(item))]
            }
            FeatureItem::Without(label) => {
                vec![Edit::new(Operator::Rule, label.span, format!("does not leave \"{}\" out", label.it), None)]
            }
        }
    }

    fn in_rule(&self, rule: &Spanned<Rule>) -> Vec<Edit<Option<FeatureItem>>> {
        let Rule { effect, label, when, .. } = &rule.it;
        let name = format!("{} \"{}\"", effect.it.name(), label.it);
        let with = |rule_with: Rule| Some(FeatureItem::Rule(Spanned { it: rule_with, span: rule.span }));
        let other = match effect.it {
            Effect::Allow => Effect::Deny,
            Effect::Deny => Effect::Allow,
        };
        let confused = Rule { effect: Spanned { it: other, span: effect.span }, ..rule.it.clone() };
        let mut edits = vec![
            Edit::new(Operator::Rule, rule.span, format!("without {name}"), None),
            Edit::new(Operator::Effect, effect.span, format!("{} \"{}\"", other.name(), label.it), with(confused)),
        ];
        let circumstances = said_of(&name, of_circumstance(self.sources, when));
        edits.extend(within(circumstances, |when| with(Rule { when, ..rule.it.clone() })));
        edits
    }

    fn in_disclosure(&self, line: &Spanned<Discloses>) -> Vec<Edit<Option<FeatureItem>>> {
        let with = |it: Discloses| Some(FeatureItem::Discloses(Spanned { it, span: line.span }));
        let mut edits = vec![Edit::new(Operator::Disclosure, line.span, "without this disclosure", None)];
        if let Disclosed::Data(data) = &line.it.data
            && data.len() > 1
        {
            for (at, target) in data.iter().enumerate() {
                let rest = Discloses { data: Disclosed::Data(without(data, at)), ..line.it.clone() };
                let says = format!("does not disclose `{}`", self.written(target.span()));
                edits.push(Edit::new(Operator::Disclosure, target.span(), says, with(rest)));
            }
        }
        for (at, to) in line.it.to.iter().enumerate() {
            if line.it.to.len() > 1 {
                let rest = Discloses { to: without(&line.it.to, at), ..line.it.clone() };
                let says = format!("does not disclose to `{}`", to.it);
                edits.push(Edit::new(Operator::Disclosure, to.span, says, with(rest)));
            }
            if let Some(other) = self.next(&self.recipients(), &to.it) {
                let name = Spanned { it: other.to_owned(), span: to.span };
                let elsewhere = Discloses { to: replaced(&line.it.to, at, name), ..line.it.clone() };
                let says = format!("discloses to `{other}`, not to `{}`", to.it);
                edits.push(Edit::new(Operator::Recipient, to.span, says, with(elsewhere)));
            }
        }
        let circumstances = of_circumstance(self.sources, &line.it.when);
        edits.extend(within(circumstances, |when| with(Discloses { when, ..line.it.clone() })));
        edits
    }

    fn in_storage(&self, line: &Spanned<Stores>) -> Vec<Edit<Option<FeatureItem>>> {
        let with = |it: Stores| Some(FeatureItem::Stores(Spanned { it, span: line.span }));
        let mut edits = vec![Edit::new(Operator::Storage, line.span, "without this storage", None)];
        if line.it.data.len() > 1 {
            for (at, target) in line.it.data.iter().enumerate() {
                let rest = Stores { data: without(&line.it.data, at), ..line.it.clone() };
                let says = format!("does not store `{}`", self.written(target.span()));
                edits.push(Edit::new(Operator::Storage, target.span(), says, with(rest)));
            }
        }
        let circumstances = of_circumstance(self.sources, &line.it.when);
        edits.extend(within(circumstances, |when| with(Stores { when, ..line.it.clone() })));
        edits
    }
}
