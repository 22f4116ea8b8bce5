//! What the manifest in effect makes of recorded entries: each rule for the worlds that it governs.

use biodivine_lib_bdd::Bdd;
use indexmap::IndexMap;

use super::{EntryType, Space, Undecided, Variable};
use crate::language::ast::{Cardinality, ContainerFlag, Relation, Remedy, SubjectKind};
use crate::model::{Containers, Id, ManifestId, ManifestRule, ManifestRuleId, Network, Subject};

/// Where entries of one type that match the viewer stand: the worlds of each container.
pub(super) type Stands = Vec<Bdd>;

/// What becomes of the viewer's own entries.
pub(super) struct Own {
    pub(super) stands: Stands,
    /// Where settling makes the viewer a contact.
    pub(super) made_contact: Bdd,
}

/// What an entry is about in the eyes of a manifest, and where it is so.
struct Case {
    subject: SubjectKind,
    network: Network,
    when: Bdd,
}

/// What governs an entry.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Governs {
    /// The first rule about it; None if it stands as recorded.
    rule: Option<ManifestRuleId>,
    /// Whether an entry is asked about that nobody has recorded.
    even_missing: bool,
}

/// The networks that entries are for, as manifests say them.
const NETWORKS: [(SubjectKind, Network); 3] = [
    (SubjectKind::SameEnterprise, Network::SameEnterprise),
    (SubjectKind::Federated, Network::Federated),
    (SubjectKind::PublicCloud, Network::PublicCloud),
];

/// Where each rule governs.
type Governed = IndexMap<Governs, Bdd>;

impl Space<'_> {
    /// What becomes of entries of a type that is not the viewer's own.
    pub(super) fn settled_type(&mut self, of: EntryType, recorded: &Stands, free: &Bdd) -> Result<Stands, Undecided> {
        let mut governed = Governed::new();
        for (manifest, in_effect) in self.modes()? {
            for case in self.cases(of)? {
                let when = self.and(&in_effect, &case.when)?;
                self.govern(&mut governed, self.governing(manifest, case.subject, case.network), &when)?;
            }
        }
        self.settle(governed, recorded, free)
    }

    /// What becomes of the viewer's own entries. Nobody is moved out of a blocking container.
    pub(super) fn settled_person(&mut self, recorded: &Stands, free: &Bdd) -> Result<Own, Undecided> {
        let blocking = self.model.flagged(ContainerFlag::Blocking);
        let blocked = self.any(recorded, blocking)?;
        let mut governed = Governed::new();
        let mut made_contact = self.variables.mk_false();
        for (manifest, in_effect) in self.modes()? {
            for case in self.cases(EntryType::Person)? {
                let mut when = self.and(&self.and(&in_effect, &case.when)?, &blocked.not())?;
                let governs = self.governing(manifest, case.subject, case.network);
                if let Some(rule) = governs.rule.map(|rule| &self.model.manifest_rules[rule])
                    && (case.subject, rule.otherwise) == (SubjectKind::Stranger, Some(Remedy::MakeContact))
                {
                    let permits = self.permits(rule, recorded)?;
                    let made = self.and(&when, &permits.not())?;
                    made_contact = self.or(&made_contact, &made)?;
                    let as_contact = self.governing(manifest, SubjectKind::Contact, case.network);
                    self.govern(&mut governed, as_contact, &made)?;
                    when = self.and(&when, &permits)?;
                }
                self.govern(&mut governed, governs, &when)?;
            }
        }
        let mut stands = self.settle(governed, recorded, free)?;
        for container in blocking.iter() {
            if let (Some(stands), Some(recorded)) = (stands.get_mut(container.index()), recorded.get(container.index()))
            {
                *stands = self.or(stands, recorded)?;
            }
        }
        Ok(Own { stands, made_contact })
    }

    /// What entries of a type can be about, and where they are.
    fn cases(&self, of: EntryType) -> Result<Vec<Case>, Undecided> {
        let all = || self.variables.mk_true();
        let subjects = match of {
            EntryType::Everyone => {
                return Ok(vec![Case { subject: SubjectKind::Everyone, network: Network::Other, when: all() }]);
            }
            EntryType::Authenticated => {
                let when = self.is_true(Variable::Anonymous)?.not();
                return Ok(vec![Case { subject: SubjectKind::Authenticated, network: Network::Other, when }]);
            }
            EntryType::Network => {
                let case =
                    |(subject, network)| Ok(Case { subject, network, when: self.is_of(Subject::Viewer, network)? });
                return NETWORKS.into_iter().map(case).collect();
            }
            EntryType::OtherNetwork(other) => {
                let of_it = NETWORKS.into_iter().filter(|(_, network)| *network == other);
                return Ok(of_it.map(|(subject, network)| Case { subject, network, when: all() }).collect());
            }
            EntryType::Domain(number) => {
                let subject = SubjectKind::Domain;
                let case = |network| Ok(Case { subject, network, when: self.link_is_of(number, network)? });
                return Network::ALL.into_iter().map(case).collect();
            }
            EntryType::Person => {
                let listed = |relation| self.is_true(Variable::listed(Subject::Viewer, relation));
                let (delegate, contact) = (listed(Relation::Delegate)?, listed(Relation::Contact)?);
                let stranger = self.or(&delegate, &contact)?.not();
                vec![
                    (SubjectKind::Contact, self.and(&contact, &delegate.not())?),
                    (SubjectKind::Delegate, delegate),
                    (SubjectKind::Stranger, stranger),
                ]
            }
        };
        let mut cases = Vec::new();
        for network in Network::ALL {
            let of_network = self.is_of(Subject::Viewer, network)?;
            for (subject, when) in &subjects {
                cases.push(Case { subject: *subject, network, when: self.and(&of_network, when)? });
            }
        }
        Ok(cases)
    }

    /// What governs an entry under a manifest. People on no list and domains are asked about only where they have an
    /// entry.
    fn governing(&self, manifest: ManifestId, subject: SubjectKind, network: Network) -> Governs {
        let is_about = |rule: &ManifestRuleId| self.model.manifest_rules[*rule].is_about(subject, network);
        let rule = self.model.manifests[manifest].rules.iter().copied().find(is_about);
        let even_missing = rule.is_some() && !matches!(subject, SubjectKind::Stranger | SubjectKind::Domain);
        Governs { rule, even_missing }
    }

    fn govern(&self, governed: &mut Governed, governs: Governs, when: &Bdd) -> Result<(), Undecided> {
        let known = governed.entry(governs).or_insert_with(|| self.variables.mk_false());
        *known = self.or(known, when)?;
        Ok(())
    }

    /// Where entries stand under all that governs them.
    fn settle(&self, governed: Governed, recorded: &Stands, free: &Bdd) -> Result<Stands, Undecided> {
        let mut settled = vec![self.variables.mk_false(); recorded.len()];
        for (governs, when) in governed {
            let under = match governs.rule {
                Some(rule) => self.under(&self.model.manifest_rules[rule], governs.even_missing, recorded, free)?,
                None => recorded.clone(),
            };
            for (settled, stands) in settled.iter_mut().zip(under) {
                *settled = self.or(settled, &self.and(&when, &stands)?)?;
            }
        }
        Ok(settled)
    }

    /// Where entries stand under one rule.
    fn under(
        &self,
        rule: &ManifestRule,
        even_missing: bool,
        recorded: &Stands,
        free: &Bdd,
    ) -> Result<Stands, Undecided> {
        let permits = self.permits(rule, recorded)?;
        let broken = permits.not();
        let mut missing =
            if even_missing { self.any(recorded, Containers(u64::MAX))?.not() } else { self.variables.mk_false() };
        let mut stands = match (rule.otherwise, rule.default) {
            (Some(Remedy::Move), Some(default)) => {
                let mut stands = self.only_where(recorded, &permits)?;
                if let Some(stands) = stands.get_mut(default.index()) {
                    *stands = self.or(stands, &broken)?;
                }
                stands
            }
            (Some(Remedy::Remove), _) => {
                // Whoever loses every entry is somebody without one.
                let lost = self.and(&broken, &self.any(recorded, rule.allowed)?.not())?;
                missing = self.or(&missing, &lost)?;
                self.left_of(rule, recorded, &permits)?
            }
            _ => recorded.clone(),
        };
        if let (Some(Cardinality::ExactlyOne), Some(default)) = (rule.cardinality, rule.default)
            && let Some(stands) = stands.get_mut(default.index())
        {
            *stands = self.or(stands, &self.and(&missing, free)?)?;
        }
        Ok(stands)
    }

    /// Where entries are left that `else remove` leaves: all if they are permitted, else those in allowed containers,
    /// of which the highest alone if there may be one.
    fn left_of(&self, rule: &ManifestRule, recorded: &Stands, permits: &Bdd) -> Result<Stands, Undecided> {
        let mut left = self.only_where(recorded, permits)?;
        let mut may_stay = permits.not();
        let mut allowed: Vec<_> = rule.allowed.iter().collect();
        allowed.reverse();
        for container in allowed {
            let (Some(left), Some(stands)) = (left.get_mut(container.index()), recorded.get(container.index())) else {
                continue;
            };
            *left = self.or(left, &self.and(&may_stay, stands)?)?;
            if rule.cardinality.is_some() {
                may_stay = self.and(&may_stay, &stands.not())?;
            }
        }
        Ok(left)
    }

    /// Where all entries are in allowed containers, and not more of them than there may be.
    fn permits(&self, rule: &ManifestRule, recorded: &Stands) -> Result<Bdd, Undecided> {
        let mut breaks = self.any(recorded, Containers(!rule.allowed.0))?;
        if rule.cardinality.is_some() {
            let mut one = self.variables.mk_false();
            for stands in recorded {
                breaks = self.or(&breaks, &self.and(&one, stands)?)?;
                one = self.or(&one, stands)?;
            }
        }
        Ok(breaks.not())
    }

    fn only_where(&self, stands: &Stands, when: &Bdd) -> Result<Stands, Undecided> {
        stands.iter().map(|stands| self.and(stands, when)).collect()
    }
}
