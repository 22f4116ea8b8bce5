//! What differs between two directories: people and things by name, facts without regard to order.

mod facts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::compile::Set;
use crate::diff::{Item, Side, Thing};
use crate::directory::{Address, Directory, Meeting, Site, User};
use crate::language::{Span, Spanned};
use crate::model::Model;
use facts::Fact;
pub(in crate::diff) use facts::{facts_of_meeting, facts_of_user, policy_part, sampled_part};

/// The directories of both sides.
#[derive(Debug)]
pub(in crate::diff) struct People<'a> {
    pub(in crate::diff) directories: [Option<&'a Directory>; 2],
    models: [&'a Model; 2],
    /// The users of each side by address.
    users: [FxHashMap<&'a str, &'a User>; 2],
}

/// A fact that differs.
pub(in crate::diff) struct Told {
    pub(in crate::diff) item: Item,
    /// The side that alone has what the fact is about.
    pub(in crate::diff) only: Option<Side>,
    pub(in crate::diff) says: [Option<String>; 2],
    pub(in crate::diff) spans: [Option<Span>; 2],
}

impl<'a> People<'a> {
    pub(in crate::diff) fn new(sets: [&'a Set; 2]) -> People<'a> {
        let directories = sets.map(|set| set.directory.as_deref());
        let same =
            matches!(&sets.map(|set| set.directory.as_ref()), [Some(base), Some(head)] if Arc::ptr_eq(base, head));
        let by_address = |directory: Option<&'a Directory>| {
            let users = directory.map(|it| it.users.as_slice()).unwrap_or_default();
            users.iter().map(|user| (user.address.it.as_str(), user)).collect()
        };
        let users: FxHashMap<&str, &User> = by_address(directories[0]);
        let users = if same { [users.clone(), users] } else { [users, by_address(directories[1])] };
        People { directories, models: sets.map(|set| &*set.model), users }
    }

    /// A user on both sides.
    pub(in crate::diff) fn user(&self, address: &str) -> [Option<&'a User>; 2] {
        [0, 1].map(|side: usize| self.users[side].get(address).copied())
    }

    /// These people, and whoever convened a meeting on either side in which any of them takes part.
    pub(in crate::diff) fn present(&self, people: &[Address]) -> FxHashSet<String> {
        let about: FxHashSet<String> = people.iter().map(|address| address.as_str().to_owned()).collect();
        let meetings = self.directories.iter().flatten().flat_map(|directory| &directory.meetings);
        let theirs = meetings.filter(|meeting| {
            let listed = meeting.participants.iter().filter_map(|(who, _)| who.it.as_ref());
            listed.into_iter().any(|who| about.contains(who.as_str()))
        });
        let convened: Vec<String> = theirs.map(|meeting| meeting.organizer.it.as_str().to_owned()).collect();
        about.into_iter().chain(convened).collect()
    }

    /// The item of a directory that one side alone has.
    pub(in crate::diff) fn whole(&self) -> Option<Item> {
        let has = self.directories.map(|directory| directory.is_some());
        let item = Item { thing: Thing::Directory, name: String::new(), part: String::new() };
        (has[0] != has[1]).then_some(item)
    }

    /// A container as the directory of a side calls it, by name: there it may be a number.
    pub(in crate::diff) fn container(&self, side: usize, written: &str) -> String {
        let number = written.parse::<u32>().ok();
        let containers = &self.models[side].containers;
        let by_number = number.and_then(|number| containers.values().find(|container| container.number == number));
        by_number.map_or(written, |container| container.declared.name.as_str()).to_owned()
    }

    /// Everything that differs.
    pub(in crate::diff) fn differences(&self, mut tell: impl FnMut(Told)) {
        if let Some(item) = self.whole() {
            let only = if self.directories[0].is_some() { Side::Base } else { Side::Head };
            return tell(Told { item, only: Some(only), says: [None, None], spans: [None, None] });
        }
        let [Some(base), Some(head)] = self.directories else { return };
        if std::ptr::eq(base, head) {
            return;
        }
        let both = [base, head];
        self.organization(both, &mut tell);
        self.lists(both, &mut tell);
        self.sites(both, &mut tell);
        self.groups(both, &mut tell);
        self.everybody(&mut tell);
        self.meetings(both, &mut tell);
    }

    fn organization(&self, both: [&Directory; 2], tell: &mut impl FnMut(Told)) {
        let (hosting, open) = (both.map(hosting), both.map(|directory| is_open(directory).then_some("open")));
        let spans = both.map(|directory| directory.hosting.as_ref().map(|name| name.span));
        tell_if_other(organization("hosting"), hosting, (spans, &mut *tell));
        let spans = both.map(|directory| directory.open.as_ref().map(|open| open.span));
        tell_if_other(organization("federation"), open, (spans, tell));
    }

    fn lists(&self, both: [&Directory; 2], tell: &mut impl FnMut(Told)) {
        let listed = both.map(|directory| {
            DomainList::ALL.iter().flat_map(|list| list.domains(directory)).map(|it| it.it.as_str()).collect()
        });
        let [base, head]: [BTreeSet<&str>; 2] = listed;
        for list in DomainList::ALL {
            let domains = both.map(|directory| by_name(list.domains(directory), |it| it.it.to_string()));
            each_other(&domains, |name, both| {
                let spans = both.map(|domain| domain.map(|domain| domain.span));
                let says = both.map(|domain| domain.map(|_| list.word().to_owned()));
                let only = match (base.contains(name), head.contains(name)) {
                    (true, false) => Some(Side::Base),
                    (false, true) => Some(Side::Head),
                    _ => None,
                };
                tell(Told { item: list.item(name), only, says, spans });
            });
        }
    }

    fn sites(&self, both: [&Directory; 2], tell: &mut impl FnMut(Told)) {
        let sites = both.map(|directory| by_name(&directory.sites, site_key));
        each(&sites, |_, both| {
            let Some(latest) = both[1].or(both[0]) else { return };
            let spans = both.map(|site| site.map(|site| site.name.span));
            let only = only(both);
            let pools = both.map(|site| by_name(site.map(|site| &site.pools[..]).unwrap_or_default(), pool_key));
            if only.is_some() {
                let words = both.map(|site| site.map(|site| listed(site.pools.iter().map(|pool| pool.it.as_str()))));
                return tell(Told { item: site_item(latest, ""), only, says: words, spans });
            }
            each_other(&pools, |pool, both| {
                let item = site_item(latest, &format!("pool {pool}"));
                let says = both.map(|pool| pool.map(|pool| pool.it.clone()));
                tell(Told { item, only: None, says, spans: both.map(|pool| pool.map(|pool| pool.span)) });
            });
        });
    }

    fn groups(&self, both: [&Directory; 2], tell: &mut impl FnMut(Told)) {
        let groups = both.map(|directory| by_name(&directory.groups, |group| group.name.it.clone()));
        each(&groups, |name, both| {
            let only = only(both);
            if only.is_some() {
                let spans = both.map(|group| group.map(|group| group.name.span));
                let says = both
                    .map(|group| group.map(|group| listed(group.members.iter().map(|member| member.it.to_string()))));
                return tell(Told { item: group_item(name, ""), only, says, spans });
            }
            let [Some(base), Some(head)] = both else { return };
            if base.members == head.members {
                return;
            }
            let members = [base, head].map(|group| by_name(&group.members, |member| member.it.to_string()));
            each_other(&members, |member, both| {
                let says = both.map(|member| member.map(|member| member.it.to_string()));
                let spans = both.map(|member| member.map(|member| member.span));
                tell(Told { item: group_item(name, member), only: None, says, spans });
            });
        });
    }

    fn everybody(&self, tell: &mut impl FnMut(Told)) {
        let ordered = |side: usize| self.directories[side].map(|it| it.users.as_slice()).unwrap_or_default();
        for user in ordered(0) {
            let address = user.address.it.as_str();
            let [_, head] = self.user(address);
            match head {
                Some(head) if head == user => {}
                Some(head) => {
                    let facts = [facts_of_user(self, 0, user), facts_of_user(self, 1, head)];
                    each_fact(&facts, |part, says, spans| {
                        let item = Item { thing: Thing::User, name: address.to_owned(), part: part.to_owned() };
                        tell(Told { item, only: None, says, spans });
                    });
                }
                None => tell(somebody(user, Side::Base)),
            }
        }
        for user in ordered(1).iter().filter(|user| !self.users[0].contains_key(user.address.it.as_str())) {
            tell(somebody(user, Side::Head));
        }
    }

    fn meetings(&self, both: [&Directory; 2], tell: &mut impl FnMut(Told)) {
        let meetings = both.map(|directory| by_name(&directory.meetings, |meeting| meeting.name.it.clone()));
        each(&meetings, |name, both| {
            let item = |part: &str| Item { thing: Thing::Meeting, name: name.to_owned(), part: part.to_owned() };
            let [Some(base), Some(head)] = both else {
                let says = both.map(|meeting| meeting.map(|meeting: &Meeting| format!("of {}", meeting.organizer.it)));
                let spans = both.map(|meeting| meeting.map(|meeting| meeting.name.span));
                return tell(Told { item: item(""), only: only(both), says, spans });
            };
            each_fact(&[facts_of_meeting(base), facts_of_meeting(head)], |part, says, spans| {
                tell(Told { item: item(part), only: None, says, spans });
            });
        });
    }
}

/// A list of domains.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::diff) enum DomainList {
    Own,
    Partner,
    PublicCloud,
    Blocked,
}

impl DomainList {
    pub(in crate::diff) const ALL: [DomainList; 4] =
        [DomainList::Own, DomainList::Partner, DomainList::PublicCloud, DomainList::Blocked];

    fn word(self) -> &'static str {
        match self {
            DomainList::Own => "own domain",
            DomainList::Partner => "partner",
            DomainList::PublicCloud => "public cloud",
            DomainList::Blocked => "blocked",
        }
    }

    pub(in crate::diff) fn domains(self, directory: &Directory) -> &Vec<Spanned<crate::directory::Domain>> {
        match self {
            DomainList::Own => &directory.domains,
            DomainList::Partner => &directory.partners,
            DomainList::PublicCloud => &directory.public_cloud,
            DomainList::Blocked => &directory.blocked,
        }
    }

    pub(in crate::diff) fn item(self, domain: &str) -> Item {
        Item { thing: Thing::Domain, name: domain.to_owned(), part: self.word().to_owned() }
    }
}

/// The provider, which on premises is none.
pub(in crate::diff) fn hosting(directory: &Directory) -> Option<&str> {
    directory.hosting.as_ref().map(|name| name.it.as_str()).filter(|name| *name != "on_premises")
}

/// Whether anybody may federate; not saying so is saying no.
pub(in crate::diff) fn is_open(directory: &Directory) -> bool {
    directory.open.as_ref().is_some_and(|open| open.it)
}

pub(in crate::diff) fn organization(part: &str) -> Item {
    Item { thing: Thing::Organization, name: String::new(), part: part.to_owned() }
}

pub(in crate::diff) fn group_item(name: &str, member: &str) -> Item {
    Item { thing: Thing::Group, name: name.to_owned(), part: member.to_owned() }
}

pub(in crate::diff) fn site_item(site: &Site, part: &str) -> Item {
    Item { thing: Thing::Site, name: site.name.it.clone(), part: part.to_owned() }
}

/// Names of sites and pools compare without case.
pub(in crate::diff) fn site_key(site: &Site) -> String {
    site.name.it.to_lowercase()
}

pub(in crate::diff) fn pool_key(pool: &Spanned<String>) -> String {
    pool.it.to_lowercase()
}

fn somebody(user: &User, side: Side) -> Told {
    let address = user.address.it.to_string();
    let mut spans = [None, None];
    spans[side.index()] = Some(user.address.span);
    let item = Item { thing: Thing::User, name: address, part: String::new() };
    Told { item, only: Some(side), says: [None, None], spans }
}

fn tell_if_other(item: Item, both: [Option<&str>; 2], (spans, tell): ([Option<Span>; 2], &mut impl FnMut(Told))) {
    if both[0] != both[1] {
        tell(Told { item, only: None, says: both.map(|says| says.map(str::to_owned)), spans });
    }
}

/// Things by name.
pub(in crate::diff) fn by_name<T>(all: &[T], name: impl Fn(&T) -> String) -> BTreeMap<String, &T> {
    all.iter().map(|it| (name(it), it)).collect()
}

/// The side that alone has something.
fn only<T>(both: [Option<&T>; 2]) -> Option<Side> {
    match both {
        [Some(_), None] => Some(Side::Base),
        [None, Some(_)] => Some(Side::Head),
        _ => None,
    }
}

/// Everything that either side has, by name.
fn each<'t, T>(both: &[BTreeMap<String, &'t T>; 2], mut with: impl FnMut(&str, [Option<&'t T>; 2])) {
    for (name, base) in &both[0] {
        with(name, [Some(base), both[1].get(name).copied()]);
    }
    for (name, head) in both[1].iter().filter(|(name, _)| !both[0].contains_key(*name)) {
        with(name, [None, Some(head)]);
    }
}

/// Everything that one side alone has, by name.
fn each_other<'t, T>(both: &[BTreeMap<String, &'t T>; 2], mut with: impl FnMut(&str, [Option<&'t T>; 2])) {
    each(both, |name, both| {
        if only(both).is_some() {
            with(name, both);
        }
    });
}

/// Facts that differ: of lists, only what the other side does not have.
fn each_fact(both: &[BTreeMap<String, Fact>; 2], mut with: impl FnMut(&str, [Option<String>; 2], [Option<Span>; 2])) {
    let named = both.each_ref().map(|facts| facts.iter().map(|(name, fact)| (name.clone(), fact)).collect());
    each(&named, |name, facts| {
        let listed = facts.map(|fact: Option<&Fact>| fact.map(|fact| &fact.listed));
        if listed[0] != listed[1] {
            let spans = facts.map(|fact| fact.and_then(|fact| fact.span));
            let says = [0, 1].map(|side: usize| listed[side]?.beyond(listed[1 - side]));
            with(name, says, spans);
        }
    });
}

fn listed(names: impl Iterator<Item = impl AsRef<str>>) -> String {
    names.map(|name| name.as_ref().to_owned()).collect::<Vec<String>>().join(", ")
}
