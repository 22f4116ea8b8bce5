//! Items: what stands at the top of a file.

use super::entry::Alike;
use super::tape::Tape;
use crate::syntax::ast::{DomainMatch, Extend, Item, ItemKind};

impl<'a> Tape<'a> {
    /// The file in the one layout.
    pub(super) fn file(self, items: &'a [Item]) -> String {
        self.whole(items, |tape, item| {
            tape.doc(item.doc.as_ref());
            tape.item(item)
        })
    }

    fn item(&mut self, item: &'a Item) -> Alike {
        match &item.kind {
            ItemKind::Use(library) => {
                self.word("use");
                self.name(library);
                None
            }
            ItemKind::Resolve(how) => {
                self.word("resolve per");
                self.word(how.it.name());
                None
            }
            ItemKind::Match(how) => {
                self.word("match domains");
                self.word(match how.it {
                    DomainMatch::Exactly => "exactly",
                    DomainMatch::BySuffix => "by suffix",
                });
                None
            }
            ItemKind::Category(category) => self.category(category),
            ItemKind::Container(container) => self.container(container),
            ItemKind::Membership(membership) => self.membership(membership),
            ItemKind::Manifest(manifest) => self.manifest(manifest),
            ItemKind::Attributes(attributes) => self.attributes(attributes),
            ItemKind::Settings(settings) => self.settings(settings),
            ItemKind::Policy(policy) => self.policy(policy),
            ItemKind::Feature(feature) => self.feature(feature),
            ItemKind::Guard(guard) => self.guard(guard),
            ItemKind::Data(data) => self.data(data, item.span.0),
            ItemKind::Recipient(recipient) => self.recipient(recipient),
            ItemKind::Place(place) => self.place(place),
            ItemKind::Invariant(invariant) => self.invariant(invariant),
            ItemKind::Test(test) => self.test(test),
            ItemKind::Extend(extend) => self.extend(extend),
        }
    }

    fn extend(&mut self, extend: &'a Extend) -> Alike {
        self.word("extend");
        match extend {
            Extend::Category(category) => {
                self.category(category);
                Some("extend category")
            }
            Extend::Container { name, items } => {
                self.word("container");
                self.name(name);
                self.container_items(items);
                Some("extend container")
            }
            Extend::Feature { name, items } => {
                self.word("feature");
                self.name(name);
                self.feature_items(items);
                Some("extend feature")
            }
            Extend::Guard(guard) => {
                self.guard(guard);
                Some("extend guard")
            }
            Extend::Attributes(attributes) => {
                self.attributes(attributes);
                Some("extend attributes")
            }
            Extend::Settings(settings) => {
                self.settings(settings);
                Some("extend settings")
            }
        }
    }
}
