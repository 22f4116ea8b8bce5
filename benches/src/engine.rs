//! The engines, each asked in the way its own documents recommend, and what the peers are told about the catalogue.
//!
//! All of them answer the same question: does the viewer see the owner's own value of the field?

pub mod baseline;
#[cfg(feature = "peers")]
pub mod cedar;
pub mod ours;
#[cfg(feature = "peers")]
pub mod rego;

use crate::population::{BLOCKED, LEVELS, Level, NETWORKS, Owner, Population};

/// The level of whoever no entry matches.
pub const UNLISTED: &str = "unlisted";

/// The fields that only contacts get.
pub const FEED: [&str; 5] = [
    "activity_feed.note_history",
    "activity_feed.picture_changes",
    "activity_feed.title_changes",
    "activity_feed.office_changes",
    "activity_feed.out_of_office",
];

/// What each level of `std/lync2013` publishes, written down once more for the engines that do not read it.
pub fn published(level: &str) -> Vec<&'static str> {
    let rank = [UNLISTED, "blocked", "external", "colleagues", "workgroup", "friends_and_family"];
    let rank = rank.iter().position(|name| *name == level).unwrap_or_default();
    let mut fields = vec!["contact_card.display_name", "contact_card.email"];
    if rank >= 2 {
        fields.extend(["contact_card.title", "contact_card.company", "contact_card.photo"]);
        fields.extend(["contact_card.voicemail", "contact_card.website"]);
        fields.extend(["state.availability", "services.capabilities"]);
        fields.extend(FEED);
    }
    if rank >= 3 {
        fields.extend(["contact_card.office", "contact_card.work_phone", "contact_card.work_address"]);
        fields.extend(["state.activity", "state.device", "state.time_zone", "state.location"]);
        fields.extend([
            "calendar_data.working_hours",
            "calendar_data.free_busy",
            "note.personal",
            "note.out_of_office",
        ]);
    }
    if rank >= 4 {
        fields.extend(["contact_card.mobile_phone", "state.last_active"]);
    }
    if rank == 4 {
        fields.extend(["state.meeting_subject", "state.meeting_location"]);
    }
    if rank == 5 {
        fields.extend(["contact_card.home_phone", "contact_card.other_phone"]);
    }
    fields
}

/// The fields that an owner's choices keep from everybody: what the guards about the owner alone come to.
pub fn hidden(owner: &Owner) -> Vec<&'static str> {
    let mut hidden = Vec::new();
    if !owner.photo {
        hidden.push("contact_card.photo");
    }
    if !owner.location {
        hidden.push("state.location");
    }
    if !owner.feed {
        hidden.extend(FEED);
    }
    hidden
}

/// The name of a level.
pub fn level_name(level: Level) -> &'static str {
    LEVELS.get(usize::from(level)).copied().unwrap_or(UNLISTED)
}

/// The entries in force, as key and level: the address, the domain or the network. Privacy mode is settled here.
pub fn in_force<'a>(population: &'a Population, owner: &'a Owner) -> impl Iterator<Item = (&'a str, Level)> {
    let people = owner.contacts.iter().map(|(of, level)| (population.viewers[*of as usize].address.as_str(), *level));
    let domains = owner.domains.iter().filter(|(_, level)| !owner.private || *level == BLOCKED);
    let domains = domains.map(|(of, level)| (population.domains[*of as usize].name.as_str(), *level));
    let networks = NETWORKS.iter().filter(|_| !owner.private).map(|(network, level)| (network.name(), *level));
    people.chain(domains).chain(networks)
}
