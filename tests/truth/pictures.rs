//! What owners show of themselves: pictures, notes, and the mode they are in.

use prescope::resolve::people;
use serde::Deserialize;

use super::{World, agree, can, compared, nth, rows, sees, user};

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
        let attributes =
            format!("attributes: {{ shares_photo: {}, photo_source: {} }}", of.shares_photo, of.photo_source);
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Mode {
    #[serde(rename = "EnablePrivacyMode")]
    enabled: bool,
    privacy_preference: String,
    mode: String,
    mode_after_flip: String,
    may_choose_private: bool,
    may_choose_standard: bool,
}

/// The choice of private is the feature `privacy_mode`, that of standard is `privacy_mode_opt_out`. Everybody stands
/// twice in the set: as they are, and with the setting turned over.
#[test]
fn the_mode_follows_the_administrator_unless_the_owner_opts_out() {
    let rows = rows::<Mode>("privacy_mode", 6);
    let mut world = World::new();
    for (row, of) in rows.iter().enumerate() {
        for flipped in [false, true] {
            let offered = format!("EnablePrivacyMode = {}", of.enabled != flipped);
            let preference = format!("attributes: {{ privacy_preference: {} }}", of.privacy_preference);
            world.person(&nth(2 * row + usize::from(flipped)), &[("PrivacyConfiguration", offered)], &preference);
        }
    }
    let rules = world.rules();
    let mode = |number| {
        let owner = people::owner(&rules, &user(number)).expect("a user");
        let manifest = rules.standing(owner).manifest().expect("the catalogue has manifests");
        rules.model().manifests[manifest].declared.name.clone()
    };
    agree(rows.iter().enumerate().map(|(row, of)| {
        let ask = |feature| can(&rules, &user(2 * row), feature);
        let found = (mode(2 * row), mode(2 * row + 1), ask("privacy_mode"), ask("privacy_mode_opt_out"));
        let expected = (&of.mode, &of.mode_after_flip, of.may_choose_private, of.may_choose_standard);
        let says = format!("offered {}, preference {}", of.enabled, of.privacy_preference);
        compared(says, format!("{expected:?}"), format!("{found:?}"))
    }));
}
