//! What is archived.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::{World, agree, can, can_in, can_with, compared, nth, read, user};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Archiving {
    rows: Vec<Row>,
    never_archivable: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    #[serde(rename = "EnableArchiving")]
    kinds: String,
    #[serde(rename = "EnableExchangeArchiving")]
    exchange: bool,
    #[serde(rename = "ArchiveInternal")]
    internal: bool,
    #[serde(rename = "ArchiveExternal")]
    external: bool,
    session: String,
    item: String,
    decided_by: String,
    archived: Option<bool>,
}

const FEATURES: [&str; 4] = ["archiving", "conversation_archiving", "meeting_message_archiving", "meeting_archiving"];

/// Messages of two are the feature `conversation_archiving`, asked from both sides; messages of many are
/// `meeting_message_archiving`, and all else of a meeting is `meeting_archiving`. Whether a session is external is an
/// attribute of the meeting, `has_outsiders`, and follows from the peer in a conversation. The others of a session have
/// policies that archive nothing. `archiving` is whether anything at all is archived of somebody.
///
/// Rows that Exchange decides have no answer to compare; what is never archived is the next test.
#[test]
fn messages_and_meetings_are_archived_where_pool_and_policy_want_it() {
    let Archiving { rows, .. } = read("archiving");
    assert_eq!(rows.len(), 78);
    let mut world = World::new();
    world.person("bob", &[], "");
    world.person("host", &[], "");
    for (name, outsiders) in [("internal", false), ("external", true)] {
        world.meeting_of(name, "host", &format!("has_outsiders: {outsiders}"));
    }
    for (row, of) in rows.iter().enumerate() {
        let kinds = format!("EnableArchiving = {}, EnableExchangeArchiving = {}", of.kinds, of.exchange);
        let sessions = format!("ArchiveInternal = {}, ArchiveExternal = {}", of.internal, of.external);
        world.person(&nth(row), &[("ArchivingConfiguration", kinds), ("ArchivingPolicy", sessions)], "");
    }
    let rules = world.rules();
    let mut decided_elsewhere = 0;
    let mut answers = Vec::new();
    for (row, of) in rows.iter().enumerate() {
        let who = user(row);
        let says = format!(
            "{}, internal {}, external {}: {} session, {}",
            of.kinds, of.internal, of.external, of.session, of.item
        );
        assert_eq!(of.decided_by == "exchange", of.archived.is_none(), "{says}");
        let Some(archived) = of.archived else {
            assert!(of.exchange, "{says}");
            decided_elsewhere += 1;
            continue;
        };
        let in_meeting = |feature| can_in(&rules, &who, feature, &of.session, "attendee");
        match of.item.as_str() {
            "instant_messages" => {
                let peers: &[&str] = match of.session.as_str() {
                    "internal" => &["bob@contoso.com"],
                    _ => &["kim@fabrikam.com", "pat@live.com", "zoe@elsewhere.example"],
                };
                for peer in peers {
                    let both = [
                        can_with(&rules, &who, "conversation_archiving", peer),
                        can_with(&rules, peer, "conversation_archiving", &who),
                    ];
                    answers.push(compared(
                        format!("{says} with {peer}"),
                        format!("{:?}", [archived; 2]),
                        format!("{both:?}"),
                    ));
                }
                answers.push(compared(format!("{says} of many"), archived, in_meeting("meeting_message_archiving")));
            }
            "meeting_content" => answers.push(compared(&says, archived, in_meeting("meeting_archiving"))),
            "never_archivable" => assert!(!archived, "{says}"),
            other => panic!("no item is called {other}"),
        }
        let anything = of.kinds != "None" && (of.exchange || of.internal || of.external);
        answers.push(compared(format!("{says}, anything"), anything, can(&rules, &who, "archiving")));
    }
    assert_eq!(decided_elsewhere, 4);
    agree(answers);
}

/// The archiving features neither disclose nor store them, whatever is set. Sharing between two has no name of its own
/// in the catalogue: nothing of a conversation is archived but its messages.
#[test]
fn what_cannot_be_archived_is_named_by_no_archiving_feature() {
    let Archiving { never_archivable, .. } = read("archiving");
    assert_eq!(
        never_archivable,
        ["p2p_file_transfers", "p2p_audio_and_video", "p2p_application_sharing", "meeting_annotations", "polls"]
    );
    let rules = World::new().rules();
    let model = rules.model();
    let mut archived = BTreeSet::new();
    for name in FEATURES {
        let feature = &model.features[model.names.features.find(name).expect("a feature")];
        archived.extend(feature.discloses.iter().filter_map(|line| line.item).map(|item| model.item_name(item)));
        archived.extend(feature.stores.iter().map(|line| model.item_name(line.item)));
    }
    let only = [
        "conversation.messages",
        "meeting_content.attachments",
        "meeting_content.events",
        "meeting_content.messages",
        "meeting_content.presentations",
    ];
    assert_eq!(archived.into_iter().collect::<Vec<_>>(), only);
}
