//! Who the recipients are: among which of them people outside the organisation can be, and who of them a recorder is.

use prescope::graph::RuleGraph;
use prescope::model::Item;
use prescope::resolve::{Asked, Certainty, Goes, disclosures, lookup, people};

use super::asked::{GRAPH, in_world};
use super::shipped;

/// Recipients among whom people outside can be. All others are inside.
const EXTERNAL: &[&str] = &[
    "apple",
    "attendees",
    "call_peer",
    "called_party",
    "contacts",
    "conversation_peer",
    "emergency_services",
    "federated",
    "hoster",
    "mail_recipient",
    "outsiders",
    "participants",
    "presenters",
    "public_cloud",
    "report_consumer",
    "response_group_callers",
    "telephone_gateway",
    "transfer_target",
    "vendor",
    "video_receivers",
    "watchers",
];

#[test]
fn external_recipients_are_those_among_whom_people_outside_can_be() {
    let project = shipped();
    let external = project.model().recipients.values().filter(|recipient| recipient.external);
    let mut names: Vec<&str> = external.map(|recipient| recipient.declared.name.as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, EXTERNAL);
}

/// Somebody of each network, and the recipient beside `the_user` that a recorder of theirs is.
const RECORDERS: &[(&str, Option<&str>)] = &[
    ("anna@contoso.com", None),
    ("kim@fabrikam.com", Some("federated")),
    ("joe@live.com", Some("public_cloud")),
    ("zoe@elsewhere.example", Some("outsiders")),
    ("anonymous", Some("outsiders")),
];

/// What a recording holds, by the supplement: neither attachments nor drawings, nor who came and went.
const RECORDED: &[(&str, &[&str])] = &[
    (
        "recording",
        &[
            "meeting_content.audio_video",
            "meeting_content.messages",
            "meeting_content.polls",
            "meeting_content.presentations",
            "meeting_content.shared_screens",
            "meeting_content.whiteboards",
        ],
    ),
    ("p2p_recording", &["conversation.audio_video", "conversation.messages"]),
];

#[test]
fn a_recording_goes_to_its_recorder_whatever_their_network_and_to_nobody_else() {
    let world = [
        "organizer.AllowConferenceRecording=true",
        "organizer.AllowExternalUsersToRecordMeeting=true",
        "participant.role=presenter",
        "party.EnableP2PRecording=true",
        "peer.EnableP2PRecording=true",
        "peer.AllowExternalUsersToRecordMeeting=true",
    ];
    let rules = in_world(&GRAPH, &world.map(str::to_owned).to_vec());
    for (feature, recorded) in RECORDED {
        for (who, network) in RECORDERS {
            let user = Some(people::viewer(&rules, who).unwrap().somebody);
            let asked =
                Asked { user, feature: Some(lookup::feature(rules.model(), feature).unwrap()), ..Asked::default() };
            let mut found: Vec<_> = disclosures(&rules, asked)
                .into_iter()
                .map(|line| (goes(&GRAPH, &line.to), item(&GRAPH, line.item), line.certainty))
                .collect();
            found.sort();
            // Anna has convened a meeting and records whoever her peer is; the others take part in no meeting.
            let certainty = if *who == "anna@contoso.com" { Certainty::Certain } else { Certainty::Possible };
            let to = ["client_computer", "the_user"].into_iter().chain(*network);
            let mut expected: Vec<_> = to
                .flat_map(|to| recorded.iter().map(move |item| (to.to_owned(), (*item).to_owned(), certainty)))
                .collect();
            expected.sort();
            assert_eq!(found, expected, "{who} uses {feature}");
        }
    }
}

fn goes(graph: &RuleGraph, to: &Goes) -> String {
    let model = graph.model();
    match to {
        Goes::Recipient(to) | Goes::Hoster(to, _) => model.recipients[*to].declared.name.clone(),
        Goes::Place(at, _) => model.places[*at].declared.name.clone(),
    }
}

fn item(graph: &RuleGraph, item: Item) -> String {
    graph.model().item_name(item)
}
