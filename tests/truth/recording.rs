//! Who records what, and who is told.

use serde::Deserialize;

use super::{World, address, agree, can_in, can_with, compared, nth, rows};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recording {
    #[serde(rename = "AllowConferenceRecording")]
    recording: bool,
    #[serde(rename = "AllowExternalUsersToRecordMeeting")]
    external: bool,
    network: String,
    role: String,
    available: bool,
}

/// Also: the policy of the participant plays no part, and an organizer counts as a presenter.
#[test]
fn who_records_a_meeting_is_said_by_the_policy_of_its_organizer() {
    let rows = rows::<Recording>("recording", 24);
    let mut world = World::new();
    for (name, all) in [("yes", true), ("no", false)] {
        let own = format!("AllowConferenceRecording = {all}, AllowExternalUsersToRecordMeeting = {all}");
        world.person(name, &[("ConferencingPolicy", own)], "");
    }
    for (row, of) in rows.iter().enumerate() {
        let policy =
            format!("AllowConferenceRecording = {}, AllowExternalUsersToRecordMeeting = {}", of.recording, of.external);
        world.person(&nth(row), &[("ConferencingPolicy", policy)], "");
        world.meeting(&nth(row), "");
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().flat_map(|(row, of)| {
        let mut subjects = vec![address("yes", &of.network), address("no", &of.network)];
        match of.network.as_str() {
            "other" => subjects.push("anonymous".to_owned()),
            "federated" => subjects.push(address("pat", "public_cloud")),
            _ => {}
        }
        let roles: &[&str] = if of.role == "presenter" { &["presenter", "organizer"] } else { &["attendee"] };
        let asked = subjects.into_iter().flat_map(|who| roles.iter().map(move |role| (who.clone(), *role)));
        let answers = asked.map(|(who, role)| {
            let says = format!("recording {}, external {}: {who} as {role}", of.recording, of.external);
            compared(says, of.available, can_in(&rules, &who, "recording", &nth(row), role))
        });
        answers.collect::<Vec<_>>()
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Between {
    party_network: String,
    peer_network: String,
    #[serde(rename = "party_EnableP2PRecording")]
    party_recording: Option<bool>,
    #[serde(rename = "party_AllowExternalUsersToRecordMeeting")]
    party_external: Option<bool>,
    #[serde(rename = "peer_EnableP2PRecording")]
    peer_recording: Option<bool>,
    #[serde(rename = "peer_AllowExternalUsersToRecordMeeting")]
    peer_external: Option<bool>,
    available: bool,
}

#[test]
fn a_conversation_of_two_is_recorded_by_whom_both_policies_let() {
    let rows = rows::<Between>("p2p_recording", 49);
    let mut world = World::new();
    let mut add = |name: String, network: &str, recording: Option<bool>, external: Option<bool>| {
        assert_eq!(recording.is_some(), network == "same_enterprise", "only people inside have settings");
        if let (Some(recording), Some(external)) = (recording, external) {
            let policy = format!("EnableP2PRecording = {recording}, AllowExternalUsersToRecordMeeting = {external}");
            world.person(&name, &[("ConferencingPolicy", policy)], "");
        }
        address(&name, network)
    };
    let mut pairs = Vec::new();
    for (row, of) in rows.iter().enumerate() {
        let party = add(format!("party{row}"), &of.party_network, of.party_recording, of.party_external);
        let peer = add(format!("peer{row}"), &of.peer_network, of.peer_recording, of.peer_external);
        pairs.push((party, peer));
    }
    let rules = world.rules();
    agree(rows.iter().zip(&pairs).map(|(of, (party, peer))| {
        let says = format!(
            "{party} ({:?}, {:?}) with {peer} ({:?}, {:?})",
            of.party_recording, of.party_external, of.peer_recording, of.peer_external
        );
        compared(says, of.available, can_with(&rules, party, "p2p_recording", peer))
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notice {
    client: Option<String>,
    inside: bool,
    recorded: bool,
    available: bool,
}

#[test]
fn old_clients_get_no_notice_of_a_recording_and_outsiders_are_promised_none() {
    let rows = rows::<Notice>("recording_notice", 12);
    let mut world = World::new();
    world.person("host", &[], "");
    world.meeting("host", "");
    for (row, of) in rows.iter().enumerate() {
        assert!(of.recorded, "everybody is recorded");
        assert_eq!(of.client.is_some(), of.inside, "clients are known of people inside");
        if let Some(client) = &of.client {
            world.person(&nth(row), &[], &format!("attributes: {{ client: {client} }}"));
        }
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().flat_map(|(row, of)| {
        let networks: &[&str] = if of.inside { &["same_enterprise"] } else { &["federated", "public_cloud", "other"] };
        let subjects = networks.iter().map(|network| address(&nth(row), network));
        let nobody = (!of.inside).then(|| "anonymous".to_owned());
        let answers = subjects.chain(nobody).flat_map(|who| {
            let rules = &rules;
            ["presenter", "attendee"].map(move |role| {
                let says = format!("{who} with {:?} as {role}", of.client);
                compared(says, of.available, can_in(rules, &who, "recording_notice", "host", role))
            })
        });
        answers.collect::<Vec<_>>()
    }));
}
