//! Features, guards, and what they reveal.

use pest::iterators::Pair;

use super::Lower;
use super::parts::Parts;
use crate::diagnostic::{Diagnostic, code};
use crate::syntax::ast::{
    Data, DataName, DataPart, Disclosed, Discloses, Effect, Feature, FeatureItem, Guard, Name, Otherwise, Place,
    Recipient, RecipientIs, Retention, Rule as RuleLine, Shape, Stores,
};
use crate::syntax::grammar::Rule;
use crate::text::Spanned;

impl Lower<'_> {
    pub(super) fn feature(&mut self, mut parts: Parts<'_>) -> Option<Feature> {
        let (mut head, brace) = self.open(&mut parts, Rule::feature_open)?;
        let name = self.name(&head.take(Rule::feature_name)?);
        let title = self.title(&mut head);
        let shape = head.take(Rule::shape)?;
        let span = self.place(&shape);
        let shape = match shape.into_inner().next()?.as_rule() {
            Rule::viewer_shape => Shape::Viewer,
            Rule::participant_shape => Shape::Participant,
            Rule::party_shape => Shape::Party,
            _ => Shape::User,
        };
        let items = self.feature_items(parts.take(Rule::feature_body)?, brace);
        Some(Feature { name, title, shape: Spanned::new(shape, span), items })
    }

    fn title(&mut self, parts: &mut Parts<'_>) -> Option<Name> {
        parts.take(Rule::title).map(|title| self.name(&title))
    }

    pub(super) fn guard(&mut self, mut parts: Parts<'_>, open: Rule) -> Option<Guard> {
        let (mut head, brace) = self.open(&mut parts, open)?;
        let targets = head.all(Rule::target).iter().filter_map(|target| self.target(target)).collect();
        let items = self.guard_items(parts.take(Rule::feature_body)?, brace);
        Some(Guard { targets, items })
    }

    pub(super) fn feature_items(&mut self, body: Pair<'_, Rule>, brace: usize) -> Vec<FeatureItem> {
        self.block(body, brace, Rule::feature_probe, Self::feature_item)
    }

    /// The grammar reads every line of a feature here; linking has words for those that a guard does not have.
    pub(super) fn guard_items(&mut self, body: Pair<'_, Rule>, brace: usize) -> Vec<FeatureItem> {
        self.block(body, brace, Rule::guard_probe, Self::feature_item)
    }

    fn feature_item(&mut self, pair: Pair<'_, Rule>) -> Option<FeatureItem> {
        let (rule, span) = (pair.as_rule(), self.place(&pair));
        let doc = if rule == Rule::rule_line { self.doc(pair.as_span().start()) } else { None };
        let mut parts = Parts::new(pair);
        Some(match rule {
            Rule::rule_line => FeatureItem::Rule(Spanned::new(self.rule(parts, doc)?, span)),
            Rule::controlled => FeatureItem::ControlledBy(self.listed(parts, Rule::controller)),
            Rule::platform => FeatureItem::Platform(self.listed(parts, Rule::platform_name)),
            Rule::requires => FeatureItem::Requires(self.listed(parts, Rule::feature_name)),
            Rule::discloses => {
                let data = match parts.take(Rule::data_list) {
                    Some(list) => Disclosed::Data(self.data_names(list)),
                    None => Disclosed::Nothing,
                };
                let of = self.of_role(&mut parts);
                let to = parts.all(Rule::recipient_name).iter().map(|name| self.name(name)).collect();
                let when = self.circumstance(&mut parts)?;
                FeatureItem::Discloses(Spanned::new(Discloses { data, whose: of, to, when }, span))
            }
            Rule::stores => {
                let data = self.data_names(parts.take(Rule::data_list)?);
                let of = self.of_role(&mut parts);
                let at = self.name(&parts.take(Rule::place_name)?);
                let retention = parts.take(Rule::retention).and_then(|written| self.retention(written));
                let when = self.circumstance(&mut parts)?;
                FeatureItem::Stores(Spanned::new(Stores { data, whose: of, at, retention, when }, span))
            }
            Rule::otherwise => {
                let outcome = self.word(&parts.take(Rule::outcome)?, Otherwise::named)?;
                FeatureItem::Otherwise(Spanned::new(outcome.it, span))
            }
            _ => FeatureItem::Without(self.name(&parts.take(Rule::label)?)),
        })
    }

    fn listed(&self, mut parts: Parts<'_>, rule: Rule) -> Vec<Name> {
        parts.all(rule).iter().map(|name| self.name(name)).collect()
    }

    fn rule(&mut self, mut parts: Parts<'_>, doc: Option<Spanned<String>>) -> Option<RuleLine> {
        let written = parts.take(Rule::effect)?;
        let effect = self.word(&written, Effect::named)?;
        let label = parts.take(Rule::label);
        parts.take(Rule::no_label);
        let when = self.circumstance(&mut parts);
        let label = match label {
            Some(label) => self.name(&label),
            None => {
                let asked = when.as_ref().and_then(|when| when.when.as_ref().or(when.unless.as_ref()));
                let made = made_label(asked.and_then(|it| {
                    let (start, end) = (it.span.start as usize, it.span.end as usize);
                    self.text.get(start..end)
                }));
                self.missing_label(written.as_str(), effect.span, &made);
                Spanned::new(made, effect.span.after())
            }
        };
        Some(RuleLine { doc, effect, label, when: when? })
    }

    fn missing_label(&mut self, effect: &str, span: crate::text::Span, made: &str) {
        let written = made.replace('\\', "\\\\").replace('"', "\\\"");
        let diagnostic = Diagnostic::new(code::MISSING_LABEL, format!("this `{effect}` has no label"))
            .at(span, "")
            .help("say in quotes what the rule is for; explanations show it")
            .fix("insert a label", span.after(), format!(" \"{written}\""));
        self.push(diagnostic);
    }

    pub(super) fn data_names(&self, list: Pair<'_, Rule>) -> Vec<DataName> {
        Parts::new(list).all(Rule::data_target).iter().filter_map(|name| self.target(name)).collect()
    }

    pub(super) fn of_role(&self, parts: &mut Parts<'_>) -> Option<Name> {
        let of = parts.take(Rule::of_role)?;
        Parts::new(of).take(Rule::role_name).map(|role| self.name(&role))
    }

    fn retention(&mut self, written: Pair<'_, Rule>) -> Option<Spanned<Retention>> {
        let span = self.place(&written);
        let mut parts = Parts::new(written);
        let retention = match parts.take(Rule::path) {
            Some(path) => Retention::For(self.path(&path)),
            None => Retention::Until(self.name(&parts.take(Rule::text)?).it),
        };
        Some(Spanned::new(retention, span))
    }

    pub(super) fn data(&mut self, mut parts: Parts<'_>) -> Option<Data> {
        let name = self.name(&parts.take(Rule::data_name)?);
        let title = self.title(&mut parts);
        let mut data = Data { name, title, parts: Vec::new() };
        if let Some(brace) = parts.take(Rule::brace_open) {
            let brace = brace.as_span().start();
            data.parts = self.block(parts.take(Rule::data_body)?, brace, Rule::data_probe, Self::data_part);
        }
        Some(data)
    }

    fn data_part(&mut self, pair: Pair<'_, Rule>) -> Option<DataPart> {
        let doc = self.doc(pair.as_span().start());
        let mut parts = Parts::new(pair);
        let name = self.name(&parts.take(Rule::data_name)?);
        Some(DataPart { doc, name, title: self.title(&mut parts) })
    }

    pub(super) fn recipient(&mut self, mut parts: Parts<'_>) -> Option<Recipient> {
        let name = self.name(&parts.take(Rule::recipient_name)?);
        let title = self.title(&mut parts);
        let external = parts.has(Rule::kw_external);
        let mut is = None;
        if let Some(written) = parts.take(Rule::recipient_is) {
            let span = self.place(&written);
            let kind = written.into_inner().find(|part| part.as_rule() != Rule::kw_is)?;
            let who = match kind.as_rule() {
                Rule::network_is => RecipientIs::Network(self.names(kind, Rule::network_name)),
                Rule::group_is => RecipientIs::Group(self.name(&Parts::new(kind).take(Rule::group_name)?)),
                Rule::role_is => RecipientIs::Role(self.names(kind, Rule::value_name)),
                _ => RecipientIs::Everyone,
            };
            is = Some(Spanned::new(who, span));
        }
        Some(Recipient { name, title, external, is })
    }

    pub(super) fn storage(&mut self, mut parts: Parts<'_>) -> Option<Place> {
        let name = self.name(&parts.take(Rule::place_name)?);
        Some(Place { name, title: self.title(&mut parts) })
    }
}

/// A label for a rule that has none: its condition, as written, on one line and not too long.
fn made_label(condition: Option<&str>) -> String {
    let line = condition.unwrap_or("always").split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(60) {
        Some((cut, _)) => format!("{} …", line.get(..cut).unwrap_or_default().trim_end()),
        None => line,
    }
}
