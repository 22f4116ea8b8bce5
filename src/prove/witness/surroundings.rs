//! What of a directory is there when a counterexample is tried.

use super::cast::Cast;
use crate::directory::{Address, Directory, Group, Member, User};

/// The organisation without its people but those in a world: nobody else has a part in the answer, and to go through
/// all of them would take as long for each counterexample as for the whole set.
pub(super) fn surroundings(directory: &Directory, cast: &Cast) -> Directory {
    let is_there = |address: &Address| cast.iter().any(|(_, member)| member.name == address.as_str());
    Directory {
        domains: directory.domains.clone(),
        hosting: directory.hosting.clone(),
        open: directory.open,
        partners: directory.partners.clone(),
        public_cloud: directory.public_cloud.clone(),
        blocked: directory.blocked.clone(),
        sites: directory.sites.clone(),
        users: directory.users.iter().filter(|user| is_there(&user.address.it)).cloned().collect(),
        meetings: Vec::new(),
        groups: directory.groups.iter().map(|group| with_members(group, is_there)).collect(),
        lists: Vec::new(),
    }
}

/// The same without anything that is recorded of somebody. Sites, and which groups contain which, stay.
pub(super) fn bare(directory: &Directory) -> Directory {
    Directory {
        users: directory.users.iter().map(|user| User::new(user.address.clone())).collect(),
        groups: directory.groups.iter().map(|group| with_members(group, |_| false)).collect(),
        ..directory.clone()
    }
}

/// A group with those of its own members who are wanted, and with its groups.
fn with_members(group: &Group, is_wanted: impl Fn(&Address) -> bool) -> Group {
    let members = group.members.iter().filter(|member| match &member.it {
        Member::Person(address) => is_wanted(address),
        Member::Group(_) => true,
    });
    Group { name: group.name.clone(), members: members.cloned().collect() }
}
