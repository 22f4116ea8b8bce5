//! Memberships and manifests.

use super::Linking;
use super::declare::{Items, declared};
use super::scene::Scene;
use crate::diagnostic::code;
use crate::directory::{Address, Domain};
use crate::language::ast::{self, Cardinality, EntryKind, ManifestPlace, ManifestSubject, Name, Remedy, SubjectKind};
use crate::language::{Diagnostic, Span, Spanned, nearest};
use crate::model::{Containers, Entry, ManifestId, ManifestRule, Membership, Network, Networks};

impl Linking {
    /// `membership` declarations.
    pub(super) fn memberships(&mut self, items: &Items<'_>) {
        let mut labels = crate::model::Names::exact("membership");
        for item in &items.memberships {
            let id = Self::next(&self.model.memberships);
            if !labels.declare(&item.it.label, id, &mut self.sink) {
                continue;
            }
            let when = self.circumstance(&item.it.when, Scene::MEMBERSHIP);
            let mut grants = Vec::new();
            for granted in &item.it.grants {
                let Some(container) = self.container(&granted.container) else { continue };
                if self.model.containers[container].number == 0 {
                    self.sink.push(
                        Diagnostic::new(code::FALLBACK_ENTRY, "container 0 has no entries of its own")
                            .at(granted.container.span, "")
                            .help("it answers when nothing else matches; name another container"),
                    );
                    continue;
                }
                for entry in &granted.entries {
                    if let Some(linked) = self.entry(entry) {
                        grants.push((container, linked, entry_span(entry)));
                    }
                }
            }
            let declared = declared(&item.it.label, None, item.doc);
            self.model.memberships.push(Membership { declared, when, grants });
        }
    }

    /// An entry as policies write it.
    pub(super) fn entry(&mut self, entry: &ast::Entry) -> Option<Entry> {
        let value = entry.value.as_ref();
        match (entry.kind.it, value) {
            (EntryKind::SameEnterprise, _) => Some(Entry::SameEnterprise),
            (EntryKind::Federated, _) => Some(Entry::Federated),
            (EntryKind::PublicCloud, _) => Some(Entry::PublicCloud),
            (EntryKind::Authenticated, _) => Some(Entry::Authenticated),
            (EntryKind::Everyone, _) => Some(Entry::Everyone),
            (EntryKind::Group, Some(name)) => self.group(name).map(Entry::Group),
            (EntryKind::Domain, Some(name)) => self.domain_name(name).map(|domain| Entry::Domain(self.domain(&domain))),
            (EntryKind::User, Some(name)) => {
                let address = self.address(name)?;
                Some(Entry::Person(if self.has_directory {
                    self.mentioned(&address.it, address.span)
                } else {
                    self.person(&address.it)
                }))
            }
            (EntryKind::Group | EntryKind::Domain | EntryKind::User, None) => None, // reported by the parser
        }
    }

    /// An address as policies write it.
    pub(super) fn address(&mut self, name: &Name) -> Option<Spanned<Address>> {
        let parsed = Address::parse(&name.it);
        if parsed.is_none() {
            self.sink.push(
                Diagnostic::new(code::BAD_ADDRESS, format!("`{}` is not an address", name.it))
                    .at(name.span, "")
                    .help("write it as in anna@contoso.com"),
            );
        }
        parsed.map(|address| Spanned::new(address, name.span))
    }

    /// A domain; None if that is no name of one, which is reported.
    pub(super) fn domain_name(&mut self, name: &Name) -> Option<Domain> {
        let parsed = Domain::parse(&name.it);
        if parsed.is_none() {
            self.sink.push(
                Diagnostic::new(code::BAD_DOMAIN, format!("`{}` is not a domain name", name.it))
                    .at(name.span, "")
                    .help("write it as in `fabrikam.com`"),
            );
        }
        parsed
    }

    /// The rules of the manifests and the order in which manifests are asked.
    pub(super) fn manifests(&mut self, items: &Items<'_>) {
        for item in &items.manifests {
            let Some(id) = self.model.names.manifests.find(&item.it.name.it) else { continue };
            if self.model.manifests[id].declared.span != item.it.name.span {
                continue; // the second of two with one name
            }
            if !item.it.when.is_always() {
                self.model.manifests[id].when = Some(self.circumstance(&item.it.when, Scene::MANIFEST));
            }
            for rule in &item.it.rules {
                let Some(linked) = self.manifest_rule(rule) else { continue };
                let rule = self.model.manifest_rules.push(linked);
                self.model.manifests[id].rules.push(rule);
            }
            for name in &item.it.before {
                let later = self.model.names.manifests.expect(name, code::UNKNOWN_MANIFEST, &mut self.sink);
                if let Some(later) = later {
                    self.model.manifest_order.push((id, later, name.span));
                }
            }
        }
        self.last_manifest();
    }

    /// Exactly one manifest has no condition: it takes everybody whom no other takes.
    fn last_manifest(&mut self) {
        let last: Vec<ManifestId> =
            self.model.manifests.iter().filter(|(_, manifest)| manifest.when.is_none()).map(|(id, _)| id).collect();
        let span = |id: ManifestId| self.model.manifests[id].declared.span;
        match last.as_slice() {
            [_] => {}
            [] if self.model.manifests.is_empty() => {}
            [] => {
                let mut diagnostic =
                    Diagnostic::new(code::LAST_MANIFEST, "every manifest has a condition, so some owners have none");
                for id in self.model.manifests.ids() {
                    diagnostic = diagnostic.at(span(id), "has a condition");
                }
                self.sink.push(diagnostic.help("declare one manifest without `when`; it is asked last"));
            }
            [first, others @ ..] => {
                let mut diagnostic = Diagnostic::new(code::LAST_MANIFEST, "several manifests have no condition");
                for other in others {
                    diagnostic = diagnostic.at(span(*other), "has no condition either");
                }
                let diagnostic = diagnostic.at(span(*first), "has no condition");
                self.sink.push(diagnostic.help("only the last one goes without `when`"));
            }
        }
    }

    fn manifest_rule(&mut self, rule: &Spanned<ast::ManifestRule>) -> Option<ManifestRule> {
        let written = &rule.it;
        let subjects: Vec<_> = written.subjects.iter().map(|subject| self.manifest_subject(subject, written)).collect();
        let mut allowed = Containers::NONE;
        for place in &written.places {
            allowed = allowed.either(match &place.it {
                ManifestPlace::Flag(flag) => self.model.flagged(*flag),
                ManifestPlace::Container(name) => {
                    Containers::only(self.container(&Name::new(name.clone(), place.span))?)
                }
            });
        }
        let default = match &written.default {
            Some(name) => Some(self.container(name)?),
            None => None,
        };
        if let (Some(name), Some(default)) = (&written.default, default)
            && self.model.containers[default].number == 0
        {
            self.sink.push(
                Diagnostic::new(code::FALLBACK_ENTRY, "container 0 has no entries of its own")
                    .at(name.span, "")
                    .help("name another container"),
            );
        }
        self.needs_default(written);
        self.contact_rules_only(written);
        Some(ManifestRule {
            subjects: subjects.into_iter().collect::<Option<Vec<_>>>()?,
            allowed,
            cardinality: written.cardinality.map(|cardinality| cardinality.it),
            default,
            otherwise: written.otherwise.map(|otherwise| otherwise.it),
            span: rule.span,
        })
    }

    /// `exactly one` and `else move` put an entry somewhere, so they need a `default`.
    fn needs_default(&mut self, rule: &ast::ManifestRule) {
        if rule.default.is_some() {
            return;
        }
        let exactly = rule.cardinality.filter(|cardinality| cardinality.it == Cardinality::ExactlyOne);
        let moves = rule.otherwise.filter(|otherwise| otherwise.it == Remedy::Move);
        let demanding = [exactly.map(|it| (it.span, it.it.words())), moves.map(|it| (it.span, it.it.words()))];
        if let Some((at, words)) = demanding.into_iter().flatten().next() {
            self.sink.push(
                Diagnostic::new(code::NO_DEFAULT, format!("`{words}` needs a default container"))
                    .at(at, "puts an entry somewhere")
                    .help("say where, as in `default colleagues`"),
            );
        }
    }

    /// Only people can be made contacts.
    fn contact_rules_only(&mut self, rule: &ast::ManifestRule) {
        let Some(otherwise) = rule.otherwise.filter(|otherwise| otherwise.it == Remedy::MakeContact) else { return };
        if let Some(subject) = rule.subjects.iter().find(|subject| subject.kind.it != SubjectKind::Stranger) {
            self.sink.push(
                Diagnostic::new(code::MANIFEST_SUBJECT, "only a stranger can be made a contact")
                    .at(otherwise.span, "")
                    .at(subject.kind.span, "this subject is none")
                    .help("use `else move` or `else remove`"),
            );
        }
    }

    fn manifest_subject(
        &mut self,
        subject: &ManifestSubject,
        rule: &ast::ManifestRule,
    ) -> Option<(SubjectKind, Option<Networks>)> {
        if subject.from.is_empty() {
            return Some((subject.kind.it, None));
        }
        let person = matches!(subject.kind.it, SubjectKind::Delegate | SubjectKind::Contact | SubjectKind::Stranger);
        if !person && subject.kind.it != SubjectKind::Domain {
            self.sink.push(
                Diagnostic::new(code::MANIFEST_SUBJECT, "a network comes from itself only")
                    .at(subject.kind.span, "")
                    .help("leave `from` out"),
            );
        }
        if let Some(other) = rule.subjects.iter().find(|other| other.kind.span != subject.kind.span) {
            self.sink.push(
                Diagnostic::new(code::MANIFEST_SUBJECT, "a rule with `from` has one subject")
                    .at(subject.kind.span, "limited by `from`")
                    .at(other.kind.span, "a second subject")
                    .help("write a rule for each"),
            );
        }
        let mut networks = Vec::new();
        for name in &subject.from {
            match Network::named(&name.it) {
                Some(network) => networks.push(network),
                None => {
                    let near = nearest(&name.it, Network::ALL.map(Network::name));
                    let names = Network::ALL.map(Network::name).join(", ");
                    self.sink.push(
                        Diagnostic::new(code::UNKNOWN_VALUE, format!("there is no network `{}`", name.it))
                            .at(name.span, "")
                            .help(format!("the networks are {names}"))
                            .suggest(near),
                    );
                    return None;
                }
            }
        }
        Some((subject.kind.it, Some(networks.into_iter().collect())))
    }
}

/// From the type of an entry to the end of its value.
pub(super) fn entry_span(entry: &ast::Entry) -> Span {
    entry.value.as_ref().map_or(entry.kind.span, |value| {
        if value.span.start < entry.kind.span.start { value.span } else { entry.kind.span.to(value.span) }
    })
}
