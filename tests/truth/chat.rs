//! Who reaches whom: conversations, files, chat rooms.

use prescope::resolve::Entries::Recorded;
use serde::Deserialize;

use super::{World, address, agree, can, can_of, can_with, compared, nth, read, rows, sees, user};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Invite {
    id: String,
    container: u32,
    network: String,
    availability: String,
    invite: bool,
    interrupt: bool,
}

/// The entries are taken as recorded: in standard mode nobody inside would be unlisted.
#[test]
fn the_level_and_the_state_say_who_gets_through() {
    let rows = rows::<Invite>("invite", 53);
    let mut world = World::new();
    let viewer = |row: usize, of: &Invite| address(&format!("viewer{row}"), &of.network);
    for (row, of) in rows.iter().enumerate() {
        let memberships = match of.container {
            0 => String::new(),
            number => format!("{number}: [\"user:{}\"]", viewer(row, of)),
        };
        let keys = format!("presence: {{ state.availability: {} }}, memberships: {{ {memberships} }}", of.availability);
        world.person(&nth(row), &[], &keys);
    }
    let rules = world.rules_on(Recorded);
    agree(rows.iter().enumerate().map(|(row, of)| {
        let (viewer, owner) = (viewer(row, of), user(row));
        let (_, level) = sees(&rules, &viewer, &owner, "state.availability");
        let ask = |feature| can_of(&rules, &viewer, feature, &owner);
        let found = (level, ask("invite"), ask("interrupt"));
        let says = format!("{}: {}, {}, {}", of.id, of.container, of.network, of.availability);
        compared(says, format!("{:?}", (of.container, of.invite, of.interrupt)), format!("{found:?}"))
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Files {
    sender_network: String,
    #[serde(rename = "EnableP2PFileTransfer")]
    enabled: Option<bool>,
    #[serde(rename = "filter_Enabled")]
    filter: bool,
    #[serde(rename = "filter_Action")]
    action: String,
    extension_listed: bool,
    recipient_accepts: bool,
    available: bool,
    transferred: Option<bool>,
}

/// Of the other columns the policy knows nothing: whether a type of files is on the filter's list, and whether the
/// recipient takes the file. So `transferred` is only checked against the rest of its row.
#[test]
fn the_senders_policy_says_whether_files_can_be_sent() {
    let rows = rows::<Files>("file_transfer", 35);
    let mut world = World::new();
    for (name, all) in [("yes", true), ("no", false)] {
        world.person(name, &[("ConferencingPolicy", format!("EnableP2PFileTransfer = {all}"))], "");
    }
    for (row, of) in rows.iter().enumerate() {
        assert_eq!(of.enabled.is_some(), of.sender_network == "same_enterprise", "only people inside have settings");
        let held_back = of.filter && (of.action == "BlockAll" || of.extension_listed);
        let transferred = of.enabled.map(|enabled| enabled && !held_back && of.recipient_accepts);
        assert_eq!(of.transferred, transferred, "{} {:?}", of.sender_network, of.enabled);
        if let Some(enabled) = of.enabled {
            let filter = format!("Enabled = {}, Action = {}", of.filter, of.action);
            let sending = format!("EnableP2PFileTransfer = {enabled}");
            let policies = [("ConferencingPolicy", sending), ("FileTransferFilterConfiguration", filter)];
            world.person(&nth(row), &policies, "");
        }
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().flat_map(|(row, of)| {
        let sender = address(&nth(row), &of.sender_network);
        let answers = ["yes@contoso.com", "no@contoso.com", "kim@fabrikam.com", "zoe@elsewhere.example"].map(|peer| {
            let says = format!("{sender} ({:?}, filter {}, {}) to {peer}", of.enabled, of.filter, of.action);
            compared(says, of.available, can_with(&rules, &sender, "peer_to_peer_file_transfer", peer))
        });
        answers.into_iter()
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rooms {
    rows: Vec<Room>,
    rights: Vec<Right>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Room {
    #[serde(rename = "EnablePersistentChat")]
    enabled: bool,
    #[serde(rename = "Privacy")]
    privacy: String,
    member: bool,
    available: bool,
    finds: bool,
    joins: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Right {
    action: String,
    role: String,
    available: bool,
    reading: String,
}

/// `Privacy` is the attribute `room_privacy`, and `member` a `room_role`.
#[test]
fn the_policy_and_the_privacy_of_a_room_say_who_finds_and_who_joins() {
    let Rooms { rows, .. } = read("persistent_chat");
    assert_eq!(rows.len(), 12);
    let mut world = World::new();
    for (row, of) in rows.iter().enumerate() {
        let role = if of.member { "member" } else { "none" };
        let attributes = format!("attributes: {{ room_privacy: {}, room_role: {role} }}", of.privacy);
        let policy = format!("EnablePersistentChat = {}", of.enabled);
        world.person(&nth(row), &[("PersistentChatPolicy", policy)], &attributes);
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().map(|(row, of)| {
        let features = ["persistent_group_chat", "chat_room_search", "chat_room_participation"];
        let found = features.map(|feature| can(&rules, &user(row), feature));
        let says = format!("enabled {}, {}, member {}", of.enabled, of.privacy, of.member);
        compared(says, format!("{:?}", [of.available, of.finds, of.joins]), format!("{found:?}"))
    }));
}

/// Actions are features. Of roles, an administrator is an `admin_role`, of two kinds; the others are what somebody is
/// in the room: the author of a message is a member, an end user may be none.
#[test]
fn administrators_take_things_out_of_rooms_and_managers_close_them() {
    let Rooms { rights, .. } = read("persistent_chat");
    assert_eq!(rights.len(), 12);
    let mut world = World::new();
    let mut names = Vec::new();
    for (row, of) in rights.iter().enumerate() {
        let attributes: &[&str] = match of.role.as_str() {
            "administrator" => &["admin_role: CsAdministrator", "admin_role: CsPersistentChatAdministrator"],
            "room_manager" => &["room_role: manager"],
            "author" => &["room_role: member"],
            "end_user" => &["room_role: member", "room_role: none"],
            other => panic!("no role is called {other}"),
        };
        for (number, attribute) in attributes.iter().enumerate() {
            let name = format!("{}_{number}", nth(row));
            let policy = "EnablePersistentChat = true".to_owned();
            world.person(&name, &[("PersistentChatPolicy", policy)], &format!("attributes: {{ {attribute} }}"));
            names.push((name, of, *attribute));
        }
    }
    let rules = world.rules();
    agree(names.iter().map(|(name, of, attribute)| {
        let feature = match of.action.as_str() {
            "delete_content" => "chat_content_deletion",
            "delete_room" => "chat_room_deletion",
            "disable_room" => "chat_room_disabling",
            other => panic!("no action is called {other}"),
        };
        let says = format!("{}, {} with {attribute} ({})", of.action, of.role, of.reading);
        compared(says, of.available, can(&rules, &address(name, "same_enterprise"), feature))
    }));
}
