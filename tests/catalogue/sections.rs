//! The 46 sections of the supplements and the features that say what they decide.

use std::collections::BTreeMap;

use serde_json::Value;

use super::facts::{list, text, texts};
use crate::shipped::{SHIPPED, Shipped, World};

/// The features of each section that has more than the one with its own name.
const FAMILIES: [(&str, &[&str]); 28] = [
    ("archiving", &["archiving", "conversation_archiving", "meeting_archiving", "messages_without_archive"]),
    ("activity_feed", &["activity_feed", "activity_feed_viewing"]),
    ("address_book_service", &["address_book_service", "address_book_download", "address_book_web_search"]),
    ("call_delegation", &["call_delegation", "delegate_assignment", "calendar_delegate_sync", "call_forwarding"]),
    ("caller_id", &["caller_id", "alternate_caller_id"]),
    ("client_side_logging", &["client_side_logging", "client_tracing", "detailed_client_tracing", "client_event_log"]),
    ("emergency_services", &["emergency_location", "emergency_services", "emergency_routing"]),
    (
        "location_infrastructure",
        &["location_infrastructure", "location_dialog", "location_prompt", "location_disclaimer"],
    ),
    ("lync_web_app_server", &["lync_web_app_server", "web_app_auto_launch"]),
    ("meeting_attachments", &["meeting_attachments", "attachment_download", "attachment_deletion"]),
    ("peer_to_peer_file_transfer", &["peer_to_peer_file_transfer", "unencrypted_file_transfer"]),
    (
        "persistent_group_chat",
        &[
            "persistent_group_chat",
            "chat_content_deletion",
            "chat_room_deletion",
            "chat_room_disabling",
            "chat_room_search",
            "chat_room_participation",
            "chat_room_administration",
            "chat_compliance",
        ],
    ),
    ("personal_picture", &["personal_picture", "picture_upload", "sharepoint_picture_link", "pictures_of_contacts"]),
    ("pin_authentication", &["pin_authentication", "pin_reset", "pin_change"]),
    ("polling", &["polling", "poll_results", "poll_results_showing"]),
    ("powerpoint_collaboration", &["powerpoint_collaboration", "powerpoint_annotation", "presentation_saving"]),
    (
        "presence_and_contact_information",
        &[
            "presence_and_contact_information",
            "calendar_publication",
            "phone_presence",
            "appear_offline",
            "new_contact_notice",
            "automatic_contacts",
            "relationship_view",
        ],
    ),
    ("privacy_mode", &["privacy_mode", "privacy_mode_opt_out"]),
    ("role_based_access_control", &["role_based_access_control", "administrator_role_viewing"]),
    ("recording", &["recording", "p2p_recording", "recording_notice"]),
    ("skill_search", &["skill_search", "skill_search_page"]),
    (
        "unified_contact_store",
        &["unified_contact_store", "contact_search_merge", "contact_merge", "contact_store_migration"],
    ),
    ("voice_quality_improvements", &["voice_quality_improvements", "network_quality_notices"]),
    ("iphone_call_delegation", &["iphone_call_delegation", "iphone_delegate_configuration"]),
    // Everything that the phone leaves to the desktop.
    ("iphone_contact_card", &["iphone_contact_card", "iphone_settings"]),
    ("iphone_logging", &["iphone_logging", "iphone_send_logs"]),
    ("iphone_send_logs", &["iphone_send_logs"]),
    // The vendor's block rules, and using the app at all, stand in no section.
    ("", &["invite", "interrupt", "mobile_client"]),
];

/// The features of a section.
pub(crate) fn features_of(section: &str) -> Vec<String> {
    let family = FAMILIES.iter().find(|(of, _)| *of == section);
    family.map_or_else(|| vec![section.to_owned()], |(_, features)| features.iter().map(ToString::to_string).collect())
}

fn rows() -> Vec<Value> {
    list("catalogue/sections.yaml", "rows")
}

#[test]
fn every_section_has_its_features_on_its_platform() {
    let rows = rows();
    assert_eq!(rows.len(), 46);
    for row in &rows {
        let features = features_of(text(row, "id"));
        for fixed in texts(row, "features") {
            assert!(features.contains(&fixed), "{fixed} of {row}");
        }
        let platform = text(row, "platform");
        for feature in features {
            let of = &SHIPPED.model().features[SHIPPED.feature(&feature)];
            // What servers decide for the desktop stands in the supplement to the desktop.
            let ours = of.platforms.iter().any(|of| of == platform || (platform == "lync_2013" && is_desktop(of)));
            assert!(ours, "{feature} is on {:?}, {row}", of.platforms);
        }
    }
}

fn is_desktop(platform: &str) -> bool {
    matches!(platform, "lync_server_2013" | "lync_2010")
}

#[test]
fn every_feature_belongs_to_a_section() {
    let sections: Vec<String> = rows().iter().map(|row| text(row, "id").to_owned()).collect();
    let mut owners: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for section in sections.iter().map(String::as_str).chain([""]) {
        for feature in features_of(section) {
            owners.entry(feature).or_default().push(section.to_owned());
        }
    }
    for feature in SHIPPED.model().features.values() {
        assert!(owners.contains_key(&feature.declared.name), "{} has no section", feature.declared.name);
    }
    assert_eq!(owners.len(), SHIPPED.model().features.len());
    let shared: Vec<_> = owners.iter().filter(|(_, sections)| sections.len() > 1).map(|(name, _)| name).collect();
    assert_eq!(shared, ["iphone_send_logs"], "what logging collects is sent by another section");
}

/// Who controls something, where the catalogue says another thing than the section as a whole.
const CONTROL: [(&str, &str, &str); 1] =
    [("iphone_send_as_email", "nobody", "no switch turns it off; deleting what was said is not the feature")];

#[test]
fn every_section_is_controlled_by_whom_its_source_says() {
    for row in rows() {
        let section = text(&row, "id");
        let features = texts(&row, "features");
        let of = |feature: &String| &SHIPPED.model().features[SHIPPED.feature(feature)];
        let words: Vec<&str> =
            features.iter().flat_map(|name| of(name).controlled_by.iter()).map(String::as_str).collect();
        let found = match (words.contains(&"admin"), words.contains(&"user")) {
            (true, true) => "both",
            (true, false) => "admin",
            (false, true) => "user",
            (false, false) => "nobody",
        };
        let exception = CONTROL.iter().find(|(of, ..)| *of == section).map(|(_, who, _)| *who);
        let expected = exception.unwrap_or(text(&row, "controlled_by_catalogue"));
        assert_eq!(found, expected, "{row}");
    }
}

/// What a person has by default on the platform of a section.
pub(crate) fn by_default(shipped: &Shipped, feature: &str, platform: &str) -> bool {
    use prescope::resolve::Context;
    use prescope::syntax::ast::Shape;
    let client = if platform == "lync_2010_iphone" { platform } else { "lync_2013" };
    let world: World = vec![("user.client".to_owned(), client.to_owned())];
    let (who, context) = match shipped.model().features[shipped.feature(feature)].shape {
        Shape::User => ("anna@contoso.com", Context::default()),
        Shape::Viewer => ("bob@contoso.com", Context { owner: Some("anna@contoso.com"), ..Context::default() }),
        Shape::Party => ("anna@contoso.com", Context { peer: Some("bob@contoso.com"), ..Context::default() }),
        Shape::Participant => {
            ("bob@contoso.com", Context { meeting: Some("review"), role: Some("presenter"), ..Context::default() })
        }
    };
    shipped.ruling(who, feature, context, &world).available
}

/// What is on by the source, and takes something more to be of use.
const IN_WAITING: [(&str, &str); 3] = [
    ("call_detail_records", "a Monitoring Server has to be there"),
    ("quality_of_experience", "a Monitoring Server has to be there"),
    ("pin_authentication", "nobody has a PIN until one is set"),
];

#[test]
fn every_section_is_on_or_off_by_default_as_its_source_says() {
    for row in rows() {
        let (section, default) = (text(&row, "id"), text(&row, "default"));
        let Some(feature) = texts(&row, "features").into_iter().next() else { continue };
        let found = by_default(&SHIPPED, &feature, text(&row, "platform"));
        let waits = IN_WAITING.iter().any(|(of, _)| *of == section);
        let holds = match default {
            "on" => found || waits,
            // X11: it is off as long as there is no delegate. Sending calls to them can be chosen before.
            "off" if section == "iphone_call_delegation" => found,
            "off" | "unavailable" => !found,
            _ => true,
        };
        assert!(holds, "{section} is available by default: {found}, {row}");
    }
}
