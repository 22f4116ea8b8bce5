//! Features, guards, and what features disclose: a rule goes by its label, a disclosure by what goes where.

use super::{Declared, Gathering};
use crate::diff::Thing;
use crate::diff::structure::part::{Head, Part, Said};
use crate::language::ast::{self, Disclosed, Discloses, FeatureItem, Name, Otherwise, Stores, Target};
use crate::language::{Span, Spanned};

impl Declared {
    /// A guard goes by what it guards, in whatever order that is written.
    pub(super) fn guard(targets: &[Target]) -> Declared {
        let mut names: Vec<String> = targets.iter().map(spelt).collect();
        names.sort();
        let name = names.join(", ");
        Declared { thing: Thing::Guard, called: name.clone(), name }
    }
}

/// `C` or `C.f`
fn spelt(target: &Target) -> String {
    let category = &target.category.it;
    target.field.as_ref().map_or_else(|| category.clone(), |field| format!("{category}.{}", field.it))
}

impl Gathering<'_> {
    pub(super) fn feature(&mut self, feature: &ast::Feature) {
        let of = Declared::new(Thing::Feature, &feature.name);
        self.declare(&of, Head::Name(feature.name.clone()), feature.name.span);
        self.title(&of, feature.title.as_ref());
        self.put(&of, "shape", Said::Shape(feature.shape), feature.shape.span);
        self.feature_items(&of, &feature.items);
    }

    pub(super) fn guard(&mut self, guard: &ast::Guard, span: Span) {
        let of = Declared::guard(&guard.targets);
        let place = guard.targets.first().map_or(span, Target::span);
        self.declare(&of, Head::Targets(guard.targets.clone()), place);
        self.feature_items(&of, &guard.items);
    }

    pub(super) fn feature_items(&mut self, of: &Declared, items: &[FeatureItem]) {
        for item in items {
            match item {
                FeatureItem::ControlledBy(names) => self.listed(of, names, FeatureItem::ControlledBy),
                FeatureItem::Platform(names) => self.listed(of, names, FeatureItem::Platform),
                FeatureItem::Requires(names) => {
                    for name in names {
                        let said = Said::Line(FeatureItem::Requires(vec![name.clone()]));
                        self.put(of, &format!("requires {}", name.it), said, name.span);
                    }
                }
                FeatureItem::Rule(rule) => {
                    let mut plain = rule.clone();
                    plain.it.doc = None;
                    let called = format!("{} \"{}\"", rule.it.effect.it.name(), rule.it.label.it);
                    let said = Said::Line(FeatureItem::Rule(plain));
                    self.put_called(of, &label(&rule.it.label), &called, (said, rule.span));
                }
                FeatureItem::Discloses(line) => self.discloses(of, line),
                FeatureItem::Stores(line) => self.stores(of, line),
                // What is not said is the same as `otherwise unavailable`.
                FeatureItem::Otherwise(said) if said.it == Otherwise::Unavailable => {}
                FeatureItem::Otherwise(said) => self.put(of, "otherwise", Said::Line(item.clone()), said.span),
                FeatureItem::Without(name) => _ = self.without.insert(of.key(&label(name))),
            }
        }
    }

    /// Words that are documentation; several lines of them are one list.
    fn listed(&mut self, of: &Declared, names: &[Name], line: fn(Vec<Name>) -> FeatureItem) {
        let Some(first) = names.first() else { return };
        let line = line(names.to_vec());
        let part = if matches!(line, FeatureItem::Platform(_)) { "platform" } else { "controlled by" };
        let known = self.parts.all.get_mut(&of.key(part)).map(|part| &mut part.said);
        match known {
            Some(Said::Line(FeatureItem::ControlledBy(known) | FeatureItem::Platform(known))) => {
                known.extend(names.iter().cloned());
            }
            _ => self.put(of, part, Said::Line(line), first.span),
        }
    }

    /// Each datum to each recipient by itself.
    fn discloses(&mut self, of: &Declared, line: &Spanned<Discloses>) {
        let all: Vec<Option<&Target>> = match &line.it.data {
            Disclosed::Nothing => vec![None],
            Disclosed::Data(data) => data.iter().map(Some).collect(),
        };
        let whose = of_role(line.it.whose.as_ref());
        for to in &line.it.to {
            for data in &all {
                let part = format!("discloses {}{whose} to {}", data.map_or("nothing".to_owned(), spelt), to.it);
                let one = Discloses {
                    data: data.map_or(Disclosed::Nothing, |data| Disclosed::Data(vec![data.clone()])),
                    to: vec![to.clone()],
                    ..line.it.clone()
                };
                let one = Spanned::new(one, line.span);
                match self.parts.all.get_mut(&of.key(&part)) {
                    Some(Part { said: Said::Discloses(known), .. }) => known.push(one),
                    _ => self.put(of, &part, Said::Discloses(vec![one]), line.span),
                }
            }
        }
    }

    fn stores(&mut self, of: &Declared, line: &Spanned<Stores>) {
        let whose = of_role(line.it.whose.as_ref());
        for data in &line.it.data {
            let part = format!("stores {}{whose} at {}", spelt(data), line.it.at.it);
            let one = Spanned::new(Stores { data: vec![data.clone()], ..line.it.clone() }, line.span);
            match self.parts.all.get_mut(&of.key(&part)) {
                Some(Part { said: Said::Stores(known), .. }) => known.push(one),
                _ => self.put(of, &part, Said::Stores(vec![one]), line.span),
            }
        }
    }

    pub(super) fn data(&mut self, data: &ast::Data) {
        let of = Declared::new(Thing::Data, &data.name);
        self.declare(&of, Head::Name(data.name.clone()), data.name.span);
        self.title(&of, data.title.as_ref());
        for part in &data.parts {
            let plain = ast::DataPart { doc: None, ..part.clone() };
            self.put(&of, &format!("part {}", part.name.it), Said::DataPart(plain), part.name.span);
        }
    }

    pub(super) fn recipient(&mut self, recipient: &ast::Recipient) {
        let of = Declared::new(Thing::Recipient, &recipient.name);
        self.declare(&of, Head::Name(recipient.name.clone()), recipient.name.span);
        self.title(&of, recipient.title.as_ref());
        let plain = ast::Recipient { title: None, ..recipient.clone() };
        self.put(&of, "who", Said::Recipient(plain), recipient.name.span);
    }
}

/// What a rule goes by: its label, so that it stays the same rule when it denies and no longer allows.
fn label(label: &Name) -> String {
    format!("\"{}\"", label.it)
}

fn of_role(role: Option<&Name>) -> String {
    role.map_or_else(String::new, |role| format!(" of {}", role.it))
}
