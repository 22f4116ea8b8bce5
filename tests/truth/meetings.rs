//! Recording, and who is told of it; files between two people; archiving.

use prescope::resolve::Context;

use super::table::{Found, Row, Table, set};
use crate::shipped::{Shipped, stranger};

pub(crate) fn tables() -> Vec<Table> {
    vec![
        Table { file: "recording", list: "rows", rows: 24, about: &["recording"], ask: recording },
        Table { file: "p2p_recording", list: "rows", rows: 49, about: &["p2p_recording"], ask: p2p_recording },
        Table { file: "recording_notice", list: "rows", rows: 12, about: &["recording_notice"], ask: notice },
        Table {
            file: "file_transfer",
            list: "rows",
            rows: 35,
            about: &["peer_to_peer_file_transfer"],
            ask: file_transfer,
        },
        Table {
            file: "archiving",
            list: "rows",
            rows: 78,
            about: &["archiving", "conversation_archiving", "meeting_archiving"],
            ask: archiving,
        },
        Table {
            file: "archiving",
            list: "never_archivable",
            rows: 5,
            about: &["archiving", "conversation_archiving", "meeting_archiving"],
            ask: never_archived,
        },
    ]
}

fn in_review(role: &str) -> Context<'_> {
    Context { meeting: Some("review"), role: Some(role), ..Context::default() }
}

fn recording(shipped: &Shipped, row: &Row, found: &mut Found) {
    let world = row.world(&[
        ("AllowConferenceRecording", "organizer.AllowConferenceRecording"),
        ("AllowExternalUsersToRecordMeeting", "organizer.AllowExternalUsersToRecordMeeting"),
    ]);
    let who = stranger(row.text("network"));
    let mut may = |role: &str, world: &[(String, String)]| {
        let ruling = shipped.ruling(&who, "recording", in_review(role), world);
        found.is(role, ruling.available, row.truth("available"));
    };
    may(row.text("role"), &world);
    // The organizer counts as a presenter.
    if row.text("role") == "presenter" {
        may("organizer", &world);
    }
    // The participant's own policy plays no part.
    let own = [set("participant.AllowConferenceRecording", "true"), set("participant.EnableP2PRecording", "true")];
    may(row.text("role"), &[world, own.to_vec()].concat());
}

fn p2p_recording(shipped: &Shipped, row: &Row, found: &mut Found) {
    let world = row.world(&[
        ("party_EnableP2PRecording", "party.EnableP2PRecording"),
        ("party_AllowExternalUsersToRecordMeeting", "party.AllowExternalUsersToRecordMeeting"),
        ("peer_EnableP2PRecording", "peer.EnableP2PRecording"),
        ("peer_AllowExternalUsersToRecordMeeting", "peer.AllowExternalUsersToRecordMeeting"),
    ]);
    let (party, peer) = (stranger(row.text("party_network")), format!("x{}", stranger(row.text("peer_network"))));
    let ruling = shipped.ruling(&party, "p2p_recording", with(&peer), &world);
    found.is("party", ruling.available, row.truth("available"));
}

fn with(peer: &str) -> Context<'_> {
    Context { peer: Some(peer), ..Context::default() }
}

fn notice(shipped: &Shipped, row: &Row, found: &mut Found) {
    let world = row.world(&[("client", "participant.client")]);
    let who = stranger(if row.truth("inside") { "same_enterprise" } else { "federated" });
    let ruling = shipped.ruling(&who, "recording_notice", in_review("attendee"), &world);
    found.is("notice", ruling.available, row.truth("available"));
}

/// Whether the file goes over is said by the disclosure, for what the settings can know of it.
fn file_transfer(shipped: &Shipped, row: &Row, found: &mut Found) {
    let world = row.world(&[
        ("EnableP2PFileTransfer", "party.EnableP2PFileTransfer"),
        ("filter_Enabled", "party.FileTransferFilterConfiguration.Enabled"),
        ("filter_Action", "party.FileTransferFilterConfiguration.Action"),
    ]);
    let sender = stranger(row.text("sender_network"));
    for receiver in ["someone@contoso.com", "someone@fabrikam.com", "anonymous"] {
        let ruling = shipped.ruling(&sender, "peer_to_peer_file_transfer", with(receiver), &world);
        found.is(receiver, ruling.available, row.truth("available"));
    }
}

fn archiving(shipped: &Shipped, row: &Row, found: &mut Found) {
    let settings = |who: &str| {
        row.world(&[
            ("EnableArchiving", &format!("{who}.EnableArchiving")),
            ("EnableExchangeArchiving", &format!("{who}.EnableExchangeArchiving")),
            ("ArchiveInternal", &format!("{who}.ArchiveInternal")),
            ("ArchiveExternal", &format!("{who}.ArchiveExternal")),
        ])
    };
    if row.text("decided_by") == "exchange" {
        // The attribute of the account stands for what Exchange decides.
        for (decision, archived) in [("ArchivingToExchange", true), ("NoArchiving", false)] {
            let decided = [settings("user"), vec![set("user.exchange_archiving", decision)]].concat();
            let armed = [decided, vec![set("user.EnableArchiving", "ImOnly")]].concat();
            found.is(decision, shipped.anna_may("archiving", &armed), archived);
        }
        return;
    }
    let internal = row.text("session") == "internal";
    let archived = row.truth("archived");
    match row.text("item") {
        "instant_messages" => {
            // One participant whose policy admits the session is enough, whichever it is.
            let peer = stranger(if internal { "same_enterprise" } else { "federated" });
            let one = [settings("party"), vec![set("peer.EnableArchiving", "None")]].concat();
            let one = if internal { one } else { settings("party") };
            let ruling = shipped.ruling("anna@contoso.com", "conversation_archiving", with(&peer), &one);
            found.is("messages of the one", ruling.available, archived);
            let other = [settings("peer"), vec![set("party.EnableArchiving", "None")]].concat();
            let other = if internal { other } else { settings("peer") };
            let ruling = shipped.ruling(&peer, "conversation_archiving", with("anna@contoso.com"), &other);
            found.is("messages of the other", ruling.available, archived);
        }
        "meeting_content" => {
            let outsiders = set("meeting.has_outsiders", if internal { "false" } else { "true" });
            let world = [settings("participant"), vec![outsiders]].concat();
            let ruling = shipped.ruling("dan@contoso.com", "meeting_archiving", in_review("attendee"), &world);
            found.is("meeting", ruling.available, archived);
        }
        // No setting archives it: the next table.
        "never_archivable" => found.is("never archivable", false, archived),
        other => panic!("no item {other}"),
    }
}

/// What is never archived is among nothing that the three features disclose or store.
fn never_archived(shipped: &Shipped, row: &Row, found: &mut Found) {
    let item = match row.0.as_str() {
        Some("p2p_file_transfers") => "conversation.files",
        // Sound and picture of two, and what they share on their screens, are one part of our data.
        Some("p2p_audio_and_video" | "p2p_application_sharing") => "conversation.audio_video",
        Some("meeting_annotations") => "meeting_content.annotations",
        Some("polls") => "meeting_content.polls",
        other => panic!("no item {other:?}"),
    };
    for feature in ["archiving", "conversation_archiving", "meeting_archiving"] {
        let of = &shipped.model().features[shipped.feature(feature)];
        let stored = of.stores.iter().map(|line| shipped.model().item_name(line.item));
        let disclosed = of.discloses.iter().filter_map(|line| line.item).map(|item| shipped.model().item_name(item));
        let category = item.split('.').next().expect("a part");
        let named = stored.chain(disclosed).any(|name| name == item || name == category);
        found.is(feature, named, false);
    }
}
