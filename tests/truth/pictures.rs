//! What owners show of themselves: pictures, notes, and the mode they are in.

use serde::Deserialize;

use super::{World, agree, compared, nth, rows, sees, user};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Photo {
    #[serde(rename = "DisplayPhoto")]
    display: String,
    shares_photo: String,
    #[serde(rename = "DisplayPublishedPhotoDefault")]
    by_default: bool,
    photo_source: String,
    visible: bool,
}

#[test]
fn a_colleague_sees_the_picture_that_is_admitted_and_that_the_owner_shares() {
    let rows = rows::<Photo>("photo", 54);
    let mut world = World::new();
    world.person("viewer", &[], "");
    for (row, of) in rows.iter().enumerate() {
        let client = format!("DisplayPhoto = {}", of.display);
        let privacy = format!("DisplayPublishedPhotoDefault = {}", of.by_default);
        let attributes = format!("attributes: {{ shares_photo: {}, photo_source: {} }}", of.shares_photo, of.photo_source);
        world.person(&nth(row), &[("ClientPolicy", client), ("PrivacyConfiguration", privacy)], &attributes);
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().map(|(row, of)| {
        let says = format!("{}, {}, by default {}, {}", of.display, of.shares_photo, of.by_default, of.photo_source);
        let (visible, level) = sees(&rules, "viewer@contoso.com", &user(row), "contact_card.photo");
        assert_eq!(level, 200, "a colleague");
        compared(says, of.visible, visible)
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Notes {
    #[serde(rename = "MaxPersonalNotes")]
    notes: u32,
    earlier_notes: u32,
    current_note: bool,
    visible: bool,
}

/// How many earlier notes there are is the setting itself; that the present one stays is that notes are seen.
#[test]
fn a_history_of_notes_is_seen_where_any_are_kept() {
    let rows = rows::<Notes>("note_history", 11);
    let mut world = World::new();
    world.person("viewer", &[], "");
    for (row, of) in rows.iter().enumerate() {
        assert_eq!(of.earlier_notes, of.notes);
        let kept = format!("MaxPersonalNotes = {}", of.notes);
        world.person(&nth(row), &[("UserServicesConfiguration", kept)], "contacts: [viewer@contoso.com]");
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().flat_map(|(row, of)| {
        let field = |field, expected| {
            let (visible, level) = sees(&rules, "viewer@contoso.com", &user(row), field);
            assert_eq!(level, 200, "a colleague");
            compared(format!("{field} with {} notes kept", of.notes), expected, visible)
        };
        [field("activity_feed.note_history", of.visible), field("note.personal", of.current_note)]
    }));
}
