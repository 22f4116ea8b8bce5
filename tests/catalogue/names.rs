//! The words that tie the names of the fact tables to ours.

/// Our features for the decisions of a section whose features have no fixed names.
pub(super) const SECTIONS: &[(&str, &[&str])] = &[
    (
        "archiving",
        &["conversation_archiving", "meeting_archiving", "meeting_message_archiving", "messages_without_archive"],
    ),
    ("activity_feed", &["activity_feed_viewing"]),
    ("address_book_service", &["address_book_download", "address_book_web_search"]),
    ("call_delegation", &["delegate_assignment", "calendar_delegate_sync", "call_forwarding"]),
    ("caller_id", &["alternate_caller_id"]),
    ("client_side_logging", &["client_tracing", "detailed_client_tracing", "client_event_log"]),
    ("emergency_services", &["emergency_services", "emergency_routing"]),
    ("location_infrastructure", &["location_dialog", "location_prompt", "location_disclaimer"]),
    ("lync_web_app_server", &["web_app_auto_launch"]),
    ("meeting_attachments", &["attachment_upload", "attachment_deletion"]),
    ("peer_to_peer_file_transfer", &["unencrypted_file_transfer"]),
    (
        "persistent_group_chat",
        &[
            "chat_room_search",
            "chat_room_participation",
            "chat_content_deletion",
            "chat_room_deletion",
            "chat_room_disabling",
            "chat_room_administration",
            "chat_compliance",
        ],
    ),
    ("personal_picture", &["picture_upload", "sharepoint_picture_link", "pictures_of_contacts"]),
    ("pin_authentication", &["pin_change", "pin_reset"]),
    ("polling", &["poll_opening", "poll_results", "poll_results_showing"]),
    ("powerpoint_collaboration", &["presentation_saving"]),
    (
        "presence_and_contact_information",
        &[
            "publication_control",
            "calendar_publication",
            "phone_presence",
            "appear_offline",
            "new_contact_notice",
            "automatic_contacts",
        ],
    ),
    ("privacy_mode", &["privacy_mode_opt_out", "relationship_view"]),
    ("role_based_access_control", &["administrator_role_viewing"]),
    ("skill_search", &["skill_search_page"]),
    ("smart_cropping", &["cropped_video"]),
    ("unified_contact_store", &["contact_search_merge", "contact_merge", "contact_store_migration"]),
    ("voice_quality_improvements", &["network_quality_notices"]),
    ("iphone_call_delegation", &["iphone_delegate_configuration"]),
    ("iphone_presence_and_contact_information", &["iphone_settings"]),
    ("iphone_push_notifications", &["iphone_message_delivery"]),
];

/// Features that belong to another section, and carry out something this one says as well.
const ELSEWHERE: &[(&str, &[&str])] = &[
    // The present note is presence, and not part of the history.
    ("activity_feed", &["presence_and_contact_information"]),
    // The name of a caller is looked up where everybody's is.
    ("calling_party_name_display", &["address_book_service"]),
    // The civic address travels with emergency calls only.
    ("location_infrastructure", &["emergency_location"]),
    // Outside privacy mode, people who are no contacts see what presence shows.
    ("privacy_mode", &["presence_and_contact_information"]),
    // The phone's log is sent by the feature that sends it.
    ("iphone_logging", &["iphone_send_logs"]),
];

/// Items of the facts that are no data of ours, and why.
const NO_DATA: &[(&str, &str)] = &[
    ("attachment_name", "an attachment goes with its name, and without it there is none"),
    ("delegate_contact_information", "that somebody is a delegate is kept with the list of contacts"),
    ("device_name", "nothing ever says which device it is, so it has no name here either"),
    ("individual_votes", "nobody learns who voted for what, so it has no name here either"),
    ("quality_problem", "people learn of their own device what it does"),
    ("recording_notice", "the notice is what the feature is about, and not what it reveals"),
    ("sharing_preference", "what somebody chose is an attribute of theirs"),
    ("shared_notes_content", "no feature handles notes of a meeting, and logs hold none"),
];

/// Our recipients for one of the facts: to any of them is to it.
const RECIPIENTS: &[(&str, &[&str])] = &[
    ("attendees", &["attendees", "participants"]),
    ("presenters", &["presenters", "participants"]),
    // Of a call or a conversation of two, that is the other one.
    ("participants", &["participants", "presenters", "attendees", "call_peer", "conversation_peer"]),
    ("chosen_address", &["mail_recipient"]),
    ("compliance_archive", &["archive_operators"]),
    ("delegator", &["the_user"]),
    ("owner", &["the_user"]),
    ("recorder", &["the_user"]),
    ("searcher", &["the_user"]),
    // The provider passes the call on: one recipient stands for both.
    ("routing_provider", &["emergency_services"]),
    ("gateway", &["telephone_gateway"]),
    ("peer", &["conversation_peer"]),
    ("phone_push_service", &["apple"]),
    ("vendor_push_service", &["vendor"]),
    ("remote_party", &["response_group_callers"]),
    ("server", &["servers"]),
    ("third_party", &["transfer_target"]),
    ("users", &["same_enterprise", "watchers", "contacts", "the_user"]),
    // Strangers are among those who look; what they get, levels and manifests say.
    ("not_contacts", &["watchers"]),
    ("viewers", &["watchers"]),
];

/// Our places for one of the facts.
const PLACES: &[(&str, &[&str])] = &[
    ("address_book_database", &["address_book"]),
    ("address_book_files", &["address_book"]),
    ("archiving_server", &["archive_database"]),
    ("backend_database", &["back_end_database"]),
    ("central_management_server", &["configuration_store"]),
    ("chat_server", &["chat_database"]),
    ("compliance_archive", &["chat_compliance_store"]),
    ("conferencing_server", &["meeting_content_store"]),
    ("exchange", &["exchange_mailbox"]),
    ("log_file", &["log_share"]),
    ("monitoring_database", &["monitoring_database", "quality_database"]),
    ("participant_computer", &["participants_computers"]),
    ("recorder_computer", &["client_computer"]),
    ("user_computer", &["client_computer"]),
];

/// Our names for one of the facts' items: any of them is it.
const ITEMS: &[(&str, &[&str])] = &[
    // presence
    ("presence", &["state"]),
    ("status", &["state"]),
    ("title", &["contact_card.title", "activity_feed.title_changes"]),
    ("phone_numbers", &["contact_card.work_phone"]),
    ("location", &["state.location", "emergency.civic_address", "usage_records.location"]),
    ("location_description", &["state.location"]),
    ("time_zone", &["state.time_zone"]),
    ("geographic_location", &["state.location"]),
    ("formatted_address", &["emergency.civic_address"]),
    ("civic_address", &["emergency.civic_address"]),
    ("location_of_network_elements", &["emergency.civic_address"]),
    ("call_back_information", &["emergency.call_back"]),
    ("notes", &["note"]),
    ("current_note", &["note"]),
    ("out_of_office", &["note.out_of_office"]),
    ("calendar_status", &["calendar_data"]),
    ("free_busy", &["calendar_data.free_busy"]),
    ("display_name", &["contact_card.display_name"]),
    ("contact_information", &["contact_card"]),
    ("directory_data", &["contact_card"]),
    ("directory_records", &["contact_card.display_name"]),
    ("presence_of_contacts", &["state"]),
    ("directory_data_of_contacts", &["contact_card"]),
    ("outlook_data_of_contacts", &["contact_card"]),
    ("phone_data_of_contacts", &["contact_card"]),
    ("picture", &["contact_card.photo"]),
    ("directory_picture", &["contact_card.photo"]),
    ("uploaded_picture", &["contact_card.photo"]),
    ("picture_change_time", &["activity_feed.picture_changes"]),
    ("web_picture", &["activity_feed.picture_changes"]),
    ("web_picture_time", &["activity_feed.picture_changes"]),
    ("title_change_time", &["activity_feed.title_changes"]),
    ("office", &["activity_feed.office_changes"]),
    ("office_change_time", &["activity_feed.office_changes"]),
    ("note_history", &["activity_feed.note_history"]),
    ("out_of_office_note", &["activity_feed.out_of_office"]),
    ("contacts", &["contact_list"]),
    // signing in and searching
    ("sign_in_address", &["credentials.sign_in_address"]),
    ("password", &["credentials.password"]),
    ("phone_number", &["credentials.phone_number"]),
    ("pin", &["credentials.pin"]),
    ("new_pin", &["credentials.pin"]),
    ("pin_hash", &["credentials.pin"]),
    ("sip_uri", &["credentials.sign_in_address"]),
    ("search_text", &["search.text"]),
    ("search_results", &["search.results"]),
    ("matching_records", &["search.results"]),
    // calls
    ("caller_number", &["contact_card.work_phone"]),
    ("alternate_number", &["call_data.alternate_number"]),
    ("private_number", &["call_data.private_number"]),
    ("caller_ip_address", &["call_data.network_address"]),
    ("callee_ip_address", &["call_data.network_address"]),
    ("ip_addresses", &["call_data.network_address"]),
    ("ip_address", &["call_data.network_address"]),
    ("caller_inside_or_outside", &["call_data.network_side"]),
    ("callee_inside_or_outside", &["call_data.network_side"]),
    ("is_federated", &["call_data.federated_call"]),
    ("bypass_id", &["call_data.bypass_id"]),
    ("bypass_ids", &["call_data.bypass_id"]),
    ("head_coordinates", &["call_data.head_position"]),
    ("poor_device_notice", &["call_data.poor_device"]),
    ("agent_identity", &["contact_card.display_name"]),
    ("delegate_notice", &["delegation.appointment"]),
    ("answered_call_notice", &["delegation.answered_call"]),
    // records, logs, reports
    ("registration_records", &["usage_records.registrations"]),
    ("conversation_records", &["usage_records.sessions"]),
    ("meeting_records", &["usage_records.sessions"]),
    ("call_records", &["usage_records.sessions"]),
    ("quality_records", &["quality_records"]),
    ("loss_rate", &["quality_records"]),
    ("devices", &["quality_records"]),
    ("poor_quality_events", &["quality_records"]),
    ("log", &["logs.client_log", "logs.server_log", "logs.device_log"]),
    ("connection_quality", &["sign_in_error_report"]),
    ("error_codes", &["sign_in_error_report"]),
    ("exception_data", &["sign_in_error_report"]),
    ("roles", &["administrator_roles"]),
    ("roles_of_administrators", &["administrator_roles"]),
    // content
    ("conversation_content", &["conversation.messages", "conversation.audio_video", "conversation.files"]),
    ("instant_messages", &["conversation.messages"]),
    ("meeting_content", &["meeting_content.messages", "meeting_content.audio_video"]),
    ("meeting_information", &["meeting_content.events"]),
    ("uploaded_files", &["meeting_content.attachments"]),
    ("uploaded_presentations", &["meeting_content.presentations"]),
    ("meeting_events", &["meeting_content.events"]),
    ("meeting_annotations", &["meeting_content.annotations"]),
    ("shared_programs", &["meeting_content.shared_screens"]),
    ("shared_desktop", &["meeting_content.shared_screens"]),
    ("p2p_file_transfers", &["conversation.files"]),
    ("p2p_audio_and_video", &["conversation.audio_video"]),
    ("p2p_application_sharing", &["meeting_content.shared_screens"]),
    ("attachment", &["meeting_content.attachments"]),
    ("file", &["conversation.files"]),
    ("poll_totals", &["meeting_content.poll_totals"]),
    ("polls", &["meeting_content.polls"]),
    ("presented_file", &["meeting_content.presentations"]),
    ("presentation_content", &["meeting_content.presentations"]),
    ("whiteboard", &["meeting_content.whiteboards"]),
    ("whiteboard_annotations", &["meeting_content.whiteboards"]),
    ("whiteboard_content", &["meeting_content.whiteboards"]),
    ("poll_details", &["meeting_content.poll_totals"]),
    ("message_text", &["logs.message_text", "conversation.messages", "meeting_content.messages"]),
    ("messages", &["conversation.messages", "room_content.messages"]),
    ("history", &["room_content.messages"]),
    ("message_history", &["conversation.messages"]),
    ("recording", &["meeting_content.audio_video", "conversation.audio_video"]),
    ("paused_content", &["meeting_content.audio_video"]),
    ("contact_list", &["contact_list"]),
    ("alias_and_domain", &["credentials.sign_in_address"]),
];

/// What only logs hold, and a name alone says too little of: the logs themselves.
const IN_LOGS: &[&str] = &[
    "meeting_subjects",
    "meeting_locations",
    "sip_messages",
    "invite_responses",
    "message_parties",
    "message_routes",
    "program_names",
    "attachment_names",
    "presentation_names",
    "whiteboard_names",
    "poll_names",
    "poll_questions",
    "vote_index",
    "device_id",
    "message_details",
    "logon_history",
    "call_forwarding_rules",
];

fn found(table: &'static [(&str, &[&str])], name: &str) -> Option<&'static [&'static str]> {
    table.iter().find(|(of, _)| *of == name).map(|(_, ours)| *ours)
}

/// True if a recipient of ours is one of a fact's; a name that is not in the table is ours already.
pub(super) fn is_recipient(fact: &str, ours: &str) -> bool {
    found(RECIPIENTS, fact).map_or(fact == ours, |names| names.contains(&ours))
}

/// True if a place of ours is one of a fact's.
pub(super) fn is_place(fact: &str, ours: &str) -> bool {
    found(PLACES, fact).map_or(fact == ours, |names| names.contains(&ours))
}

/// True if what we disclose or store is, or contains, an item of a fact about this feature.
pub(super) fn is_item(feature: &str, fact: &str, ours: &str) -> bool {
    if feature.ends_with("_logging") && IN_LOGS.contains(&fact) {
        return ["logs.client_log", "logs.server_log", "logs.device_log"].contains(&ours);
    }
    let within = |name: &&str| *name == ours || name.strip_prefix(ours).is_some_and(|rest| rest.starts_with('.'));
    let part = |name: &&str| ours.strip_prefix(*name).is_some_and(|rest| rest.starts_with('.'));
    found(ITEMS, fact).is_some_and(|names| names.iter().any(|name| within(name) || part(name)))
}

/// Our features that carry out a part of a section and belong to another.
pub(super) fn elsewhere(section: &str) -> &'static [&'static str] {
    found(ELSEWHERE, section).unwrap_or_default()
}

/// True if an item of the facts is no data of ours.
pub(super) fn is_no_data(fact: &str) -> bool {
    NO_DATA.iter().any(|(item, _)| *item == fact)
}

/// True if an item of the facts has names here.
pub(super) fn is_known_item(fact: &str) -> bool {
    found(ITEMS, fact).is_some() || IN_LOGS.contains(&fact)
}
