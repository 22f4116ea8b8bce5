//! A directory between two directories, of everybody or of few people.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::Present;
use crate::diff::structure::people::{
    DomainList, People, by_name, facts_of_meeting, facts_of_user, group_item, hosting, is_open, organization,
    policy_part, pool_key, sampled_part, site_item, site_key,
};
use crate::diff::{Item, Side, Thing};
use crate::directory::{Address, Directory, Entry, Group, Meeting, Member, Name, Site, User};
use crate::language::Spanned;

/// Which side each fact is taken from.
struct Mixing<'a, 'p> {
    people: &'p People<'a>,
    items: &'p BTreeSet<Item>,
    /// The side that facts are taken from unless they are put back, and the other.
    sides: [usize; 2],
    directories: [&'a Directory; 2],
    /// The people who are present; None if everybody is.
    present: Option<FxHashSet<String>>,
}

impl People<'_> {
    /// The directory of one side with these items as the other has them.
    pub(in crate::diff) fn hybrid(
        &self,
        side: Side,
        items: &BTreeSet<Item>,
        present: &Present<'_>,
    ) -> Option<Directory> {
        let sides = match self.whole().filter(|whole| items.contains(whole)) {
            Some(_) => [side.other().index(), side.index()],
            None => [side.index(), side.other().index()],
        };
        let here = self.directories[sides[0]]?;
        let directories = [here, self.directories[sides[1]].unwrap_or(here)];
        let mut mixing = Mixing { people: self, items, sides, directories, present: None };
        if let Present::These(people) = present {
            mixing.present = Some(self.present(people));
        }
        Some(mixing.directory())
    }
}

impl Mixing<'_, '_> {
    fn put_back(&self, item: &Item) -> bool {
        self.items.contains(item)
    }

    fn is_present(&self, address: &Address) -> bool {
        self.present.as_ref().is_none_or(|present| present.contains(address.as_str()))
    }

    /// Takes one of two: this if it is not put back.
    fn side(&self, item: &Item) -> usize {
        usize::from(self.put_back(item))
    }

    fn directory(&self) -> Directory {
        let mut mixed = Directory { meetings: self.meetings(), ..Directory::default() };
        let hosting_from = match self.directories.map(hosting) {
            [here, there] if here == there => 0,
            _ => self.side(&organization("hosting")),
        };
        mixed.hosting.clone_from(&self.directories[hosting_from].hosting);
        let open_from = match self.directories.map(is_open) {
            [here, there] if here == there => 0,
            _ => self.side(&organization("federation")),
        };
        mixed.open = self.directories[open_from].open;
        let [own, partner, cloud, blocked] = DomainList::ALL.map(|list| {
            let domains = self.directories.map(|directory| &list.domains(directory)[..]);
            self.joined(domains, |domain| domain.it.to_string(), |domain| list.item(domain))
        });
        (mixed.domains, mixed.partners, mixed.public_cloud, mixed.blocked) = (own, partner, cloud, blocked);
        mixed.sites = self.sites();
        mixed.groups = self.groups();
        mixed.users = self.users();
        mixed
    }

    /// Two lists as one: what both have, and of the rest what is not put back here, and what is there.
    fn joined<T: Clone>(&self, lists: [&[T]; 2], name: impl Fn(&T) -> String, item: impl Fn(&str) -> Item) -> Vec<T> {
        let [here, there] = lists;
        let names = lists.map(|list| list.iter().map(&name).collect::<FxHashSet<String>>());
        let kept = here.iter().filter(|it| {
            let name = name(it);
            names[1].contains(&name) || !self.put_back(&item(&name))
        });
        let brought = there.iter().filter(|it| {
            let name = name(it);
            !names[0].contains(&name) && self.put_back(&item(&name))
        });
        kept.chain(brought).cloned().collect()
    }

    /// The names that either side has, and what each has of them: here, there.
    fn pairs<'t, T>(here: &'t [T], there: &'t [T], name: impl Fn(&T) -> String) -> Vec<(String, [Option<&'t T>; 2])> {
        let (first, second) = (by_name(here, &name), by_name(there, &name));
        let both = here.iter().map(|it| (name(it), Some(it)));
        let both = both.map(|(key, it)| (key.clone(), [it, second.get(&key).copied()]));
        let others = there.iter().map(|it| (name(it), it)).filter(|(key, _)| !first.contains_key(key));
        both.chain(others.map(|(key, it)| (key, [None, Some(it)]))).collect()
    }

    /// Something that one side alone has, if it is there.
    fn whole<'t, T>(&self, both: [Option<&'t T>; 2], item: &Item) -> Option<&'t T> {
        both[self.side(item)]
    }

    fn sites(&self) -> Vec<Site> {
        let [here, there] = self.directories;
        let pairs = Self::pairs(&here.sites, &there.sites, site_key);
        let site = |(_, both): (String, [Option<&Site>; 2])| match both {
            [Some(one), Some(other)] => {
                // Items call it as HEAD spells it.
                let head = if self.sides[0] == Side::Head.index() { one } else { other };
                let item = |pool: &str| site_item(head, &format!("pool {pool}"));
                let pools = self.joined([&one.pools, &other.pools], pool_key, item);
                Some(Site { name: one.name.clone(), pools })
            }
            [Some(only), None] | [None, Some(only)] => self.whole(both, &site_item(only, "")).cloned(),
            [None, None] => None,
        };
        pairs.into_iter().filter_map(site).collect()
    }

    fn groups(&self) -> Vec<Group> {
        let [here, there] = self.directories;
        let pairs = Self::pairs(&here.groups, &there.groups, |group| group.name.it.clone());
        let group = |(name, both): (String, [Option<&Group>; 2])| {
            let mixed = match both.map(|group| group.map(|group| self.remaining(group))) {
                [Some(one), Some(other)] if one == other => one,
                [Some(one), Some(other)] => {
                    let name_of = |member: &Spanned<Member>| member.it.to_string();
                    self.joined([&one, &other], name_of, |member| group_item(&name, member))
                }
                [here, there] => [here, there][self.side(&group_item(&name, ""))].clone()?,
            };
            let name = both[0].or(both[1])?.name.clone();
            Some(Group { name, members: mixed })
        };
        pairs.into_iter().filter_map(group).collect()
    }

    /// The members of a group who are present, and one from outside if there is any: whether a recipient is outside
    /// depends on that.
    fn remaining(&self, group: &Group) -> Vec<Spanned<Member>> {
        let Some(present) = &self.present else { return group.members.clone() };
        let outside = |address: &Address| {
            let domain = address.domain();
            self.directories.iter().all(|directory| directory.domains.iter().all(|own| own.it != domain))
        };
        let person = |member: &Spanned<Member>| match &member.it {
            Member::Person(address) => Some(address.clone()),
            Member::Group(_) => None,
        };
        let witness = group.members.iter().position(|member| person(member).is_some_and(|it| outside(&it)));
        let stays = |(at, member): &(usize, &Spanned<Member>)| {
            Some(*at) == witness || person(member).is_none_or(|address| present.contains(address.as_str()))
        };
        group.members.iter().enumerate().filter(stays).map(|(_, member)| member.clone()).collect()
    }

    fn users(&self) -> Vec<User> {
        let addresses: Vec<&str> = match &self.present {
            Some(present) => present.iter().map(String::as_str).collect::<BTreeSet<&str>>().into_iter().collect(),
            None => {
                let here = self.directories[0].users.iter().map(|user| user.address.it.as_str());
                let there = self.directories[1].users.iter().map(|user| user.address.it.as_str());
                let new = |address: &&str| self.people.user(address)[self.sides[0]].is_none();
                here.chain(there.filter(new)).collect()
            }
        };
        addresses.into_iter().filter_map(|address| self.user(address)).collect()
    }

    fn user(&self, address: &str) -> Option<User> {
        let users = self.people.user(address);
        let both = self.sides.map(|side| users[side]);
        let item = |part: &str| Item { thing: Thing::User, name: address.to_owned(), part: part.to_owned() };
        match both {
            [Some(here), Some(there)] if std::ptr::eq(here, there) => Some(self.trimmed(here, 0)),
            [Some(here), Some(there)] => Some(self.mixed(here, there, item)),
            _ => {
                let from = self.side(&item(""));
                both[from].map(|user| self.trimmed(user, from))
            }
        }
    }

    /// A user of whom both sides know.
    fn mixed(&self, here: &User, there: &User, item: impl Fn(&str) -> Item) -> User {
        let facts = [facts_of_user(self.people, self.sides[0], here), facts_of_user(self.people, self.sides[1], there)];
        let other = |part: &str| {
            let [here, there] = facts.each_ref().map(|facts| facts.get(part).map(|fact| &fact.listed));
            here != there && self.put_back(&item(part))
        };
        let mut user = here.clone();
        for (part, here, there) in [
            ("name", &mut user.name, &there.name),
            ("pool", &mut user.pool, &there.pool),
            ("site", &mut user.site, &there.site),
            ("network site", &mut user.network_site, &there.network_site),
            ("mode", &mut user.mode, &there.mode),
        ] {
            if other(part) {
                here.clone_from(there);
            }
        }
        exchange(&mut user.policies, &there.policies, |(class, _)| other(&policy_part(class)));
        exchange(&mut user.attributes, &there.attributes, |(name, _)| other(&format!("attribute {}", name.it)));
        exchange(&mut user.presence, &there.presence, |(name, _)| other(&format!("presence {}", name.it)));
        for (part, here, there) in
            [("contacts", &mut user.contacts, &there.contacts), ("delegates", &mut user.delegates, &there.delegates)]
        {
            if other(part) {
                here.clone_from(there);
            }
        }
        let from = usize::from(other("entries"));
        if from == 1 {
            user.memberships.clone_from(&there.memberships);
        }
        self.trimmed(&user, from)
    }

    /// The same user with lists of nobody but who is present, and containers by name: a number is one of its own side.
    fn trimmed(&self, user: &User, from: usize) -> User {
        let mut user = user.clone();
        for list in [&mut user.contacts, &mut user.delegates].into_iter().flatten() {
            list.retain(|address| self.is_present(&address.it));
        }
        for (container, entries) in user.memberships.iter_mut().flatten() {
            container.it = self.people.container(self.sides[from], &container.it);
            entries.retain(|entry| !matches!(&entry.it, Entry::User(address) if !self.is_present(address)));
        }
        user.memberships = user.memberships.map(by_container);
        user
    }

    fn meetings(&self) -> Vec<Meeting> {
        let [here, there] = self.directories;
        let pairs = Self::pairs(&here.meetings, &there.meetings, |meeting| meeting.name.it.clone());
        let meeting = |(name, both): (String, [Option<&Meeting>; 2])| {
            let item = |part: &str| Item { thing: Thing::Meeting, name: name.clone(), part: part.to_owned() };
            match both {
                [Some(here), Some(there)] => Some(self.mixed_meeting(here, there, item)),
                _ => self.whole(both, &item("")).cloned(),
            }
        };
        let takes_part = |meeting: &Meeting| {
            let listed = meeting.participants.iter().filter_map(|(who, _)| who.it.as_ref());
            self.is_present(&meeting.organizer.it) || listed.into_iter().any(|who| self.is_present(who))
        };
        let mut meetings: Vec<Meeting> = pairs.into_iter().filter_map(meeting).filter(takes_part).collect();
        for meeting in &mut meetings {
            meeting.participants.retain(|(who, _)| who.it.as_ref().is_none_or(|who| self.is_present(who)));
        }
        meetings
    }

    fn mixed_meeting(&self, here: &Meeting, there: &Meeting, item: impl Fn(&str) -> Item) -> Meeting {
        let facts = [facts_of_meeting(here), facts_of_meeting(there)];
        let other = |part: &str| {
            let [here, there] = facts.each_ref().map(|facts| facts.get(part).map(|fact| &fact.listed));
            here != there && self.put_back(&item(part))
        };
        let mut meeting = here.clone();
        if other("organizer") {
            meeting.organizer = there.organizer.clone();
        }
        if other("participants") {
            meeting.participants.clone_from(&there.participants);
        }
        exchange(&mut meeting.attributes, &there.attributes, |(name, _)| other(&format!("attribute {}", name.it)));
        exchange(&mut meeting.in_session, &there.in_session, |(class, parameter, _)| {
            other(&sampled_part(class, parameter))
        });
        meeting
    }
}

/// Takes those that are put back from the other list.
fn exchange<T: Clone>(here: &mut Vec<T>, there: &[T], other: impl Fn(&T) -> bool) {
    here.retain(|it| !other(it));
    here.extend(there.iter().filter(|it| other(it)).cloned());
}

/// One list of entries for each container.
fn by_container(memberships: Vec<(Name, Vec<Spanned<Entry>>)>) -> Vec<(Name, Vec<Spanned<Entry>>)> {
    let mut joined: Vec<(Name, Vec<Spanned<Entry>>)> = Vec::with_capacity(memberships.len());
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for (container, entries) in memberships {
        match at.get(&container.it).and_then(|at| joined.get_mut(*at)) {
            Some((_, known)) => known.extend(entries),
            None => {
                at.insert(container.it.clone(), joined.len());
                joined.push((container, entries));
            }
        }
    }
    joined
}
