//! Features, guards, and what they reveal.

use super::INDENT;
use super::entry::{Alike, RULE};
use super::piece::{Break, Group};
use super::tape::Tape;
use crate::syntax::ast::{
    Data, Disclosed, Discloses, Feature, FeatureItem, Guard, Name, Place, Recipient, RecipientIs, Retention, Rule,
    Stores,
};
use crate::text::{Span, Spanned};

impl<'a> Tape<'a> {
    pub(super) fn feature(&mut self, feature: &'a Feature) -> Alike {
        self.word("feature");
        self.name(&feature.name);
        if let Some(title) = &feature.title {
            self.name(title);
        }
        self.line_break(Break::Soft);
        self.group(Group::Nest(0), |tape| {
            tape.word("for");
            tape.word(feature.shape.it.name());
        });
        self.feature_items(&feature.items);
        Some("feature")
    }

    pub(super) fn guard(&mut self, guard: &'a Guard) -> Alike {
        self.word("guard");
        self.commas(&guard.targets, Self::target);
        self.feature_items(&guard.items);
        Some("guard")
    }

    pub(super) fn feature_items(&mut self, items: &'a [FeatureItem]) {
        self.block(items, |tape, item, next| {
            let alike = tape.feature_item(item);
            tape.line.comma = next.is_some() && ends_like_an_entry(item);
            alike
        });
    }

    pub(super) fn feature_item(&mut self, item: &'a FeatureItem) -> Alike {
        match item {
            FeatureItem::ControlledBy(names) => self.listed("controlled by", names),
            FeatureItem::Platform(names) => self.listed("platform", names),
            FeatureItem::Requires(names) => self.listed("requires", names),
            FeatureItem::Rule(rule) => {
                self.rule(&rule.it);
                return Some(RULE);
            }
            FeatureItem::Discloses(discloses) => self.discloses(&discloses.it),
            FeatureItem::Stores(stores) => self.stores(&stores.it),
            FeatureItem::Otherwise(otherwise) => {
                self.word("otherwise");
                self.word(otherwise.it.name());
            }
            FeatureItem::Without(label) => {
                self.word("without");
                self.name(label);
            }
        }
        None
    }

    fn listed(&mut self, words: &'static str, names: &'a [Name]) {
        self.word(words);
        self.names(names);
    }

    pub(super) fn rule(&mut self, rule: &'a Rule) {
        self.doc(rule.doc.as_ref());
        self.word(rule.effect.it.name());
        self.name(&rule.label);
        self.circumstance(&rule.when, Break::TightTab);
    }

    pub(super) fn discloses(&mut self, discloses: &'a Discloses) {
        self.word("discloses");
        self.group(Group::List, |tape| match &discloses.data {
            Disclosed::Nothing => tape.word("nothing"),
            Disclosed::Data(data) => tape.commas(data, Self::target),
        });
        self.line_break(Break::Rest);
        self.group(Group::Rest, |tape| {
            tape.of_role(discloses.whose.as_ref());
            tape.group(Group::Nest(INDENT), |tape| {
                tape.word("to");
                tape.names(&discloses.to);
            });
            tape.mark();
        });
        self.circumstance(&discloses.when, Break::Soft);
    }

    pub(super) fn stores(&mut self, stores: &'a Stores) {
        self.word("stores");
        self.group(Group::List, |tape| tape.commas(&stores.data, Self::target));
        self.line_break(Break::Rest);
        self.group(Group::Rest, |tape| {
            tape.of_role(stores.whose.as_ref());
            tape.word("at");
            tape.name(&stores.at);
            tape.mark();
            if let Some(retention) = &stores.retention {
                tape.line_break(Break::Soft);
                tape.retention(retention);
            }
        });
        self.circumstance(&stores.when, Break::Soft);
    }

    pub(super) fn of_role(&mut self, role: Option<&'a Name>) {
        if let Some(role) = role {
            self.word("of");
            self.name(role);
            self.mark();
            self.line_break(Break::Soft);
        }
    }

    fn retention(&mut self, retention: &'a Spanned<Retention>) {
        match &retention.it {
            Retention::For(path) => {
                self.word("for");
                self.path(path);
            }
            Retention::Until(_) => {
                self.word("until");
                self.rest_of(retention.span);
            }
        }
    }

    pub(super) fn data(&mut self, data: &'a Data, span: Span) -> Alike {
        self.word("data");
        self.name(&data.name);
        self.title(data.title.as_ref());
        if self.braced(span) {
            self.block(&data.parts, |tape, part, _| {
                tape.doc(part.doc.as_ref());
                tape.name(&part.name);
                tape.title(part.title.as_ref());
                Some("part")
            });
        }
        Some("data")
    }

    /// A name for people, in a column.
    fn title(&mut self, title: Option<&'a Name>) {
        if let Some(title) = title {
            self.tab(0);
            self.name(title);
        }
    }

    pub(super) fn recipient(&mut self, recipient: &'a Recipient) -> Alike {
        self.word("recipient");
        self.name(&recipient.name);
        self.title(recipient.title.as_ref());
        if recipient.external {
            self.word("external");
        }
        if let Some(is) = &recipient.is {
            self.line_break(Break::Soft);
            self.group(Group::Nest(INDENT), |tape| {
                tape.word("is");
                tape.recipient_is(&is.it);
            });
        }
        Some("recipient")
    }

    fn recipient_is(&mut self, is: &'a RecipientIs) {
        match is {
            RecipientIs::Network(names) => {
                self.word("network");
                self.alternatives(names, Self::name);
            }
            RecipientIs::Group(group) => {
                self.word("group");
                self.name(group);
            }
            RecipientIs::Role(names) => {
                self.word("role");
                self.alternatives(names, Self::name);
            }
            RecipientIs::Everyone => self.word("everyone"),
        }
    }

    pub(super) fn place(&mut self, place: &'a Place) -> Alike {
        self.word("place");
        self.name(&place.name);
        self.title(place.title.as_ref());
        Some("place")
    }
}

/// Whether the last name of a list is a word that starts another line of a feature: with a word below, it would be read
/// as one.
fn ends_like_an_entry(item: &FeatureItem) -> bool {
    let names = match item {
        FeatureItem::ControlledBy(names) | FeatureItem::Platform(names) | FeatureItem::Requires(names) => names,
        FeatureItem::Discloses(discloses) if discloses.it.when.is_always() => &discloses.it.to,
        FeatureItem::Discloses(_)
        | FeatureItem::Rule(_)
        | FeatureItem::Stores(_)
        | FeatureItem::Otherwise(_)
        | FeatureItem::Without(_) => return false,
    };
    let last = names.get(1..).and_then(<[_]>::last);
    last.is_some_and(|name| ["platform", "requires", "discloses", "stores"].contains(&name.it.as_str()))
}
