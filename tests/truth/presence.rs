//! Guards: where somebody is, the picture, notes.

use prescope::resolve::Answer;

use super::table::{Found, Row, Table};
use crate::shipped::Shipped;

pub(crate) fn tables() -> Vec<Table> {
    vec![
        Table { file: "location_presence", list: "rows", rows: 144, about: &["state.location"], ask: location },
        Table { file: "photo", list: "rows", rows: 54, about: &["contact_card.photo"], ask: photo },
        Table {
            file: "note_history",
            list: "rows",
            rows: 11,
            about: &["activity_feed", "activity_feed.note_history"],
            ask: note_history,
        },
    ]
}

/// Dan is a colleague of Cleo's, by the manifest, and a contact.
fn dan_sees(shipped: &Shipped, target: &str, world: &[(String, String)]) -> bool {
    shipped.sees("dan@contoso.com", "cleo@contoso.com", target, world) == Answer::Visible
}

fn location(shipped: &Shipped, row: &Row, found: &mut Found) {
    let world = row.world(&[
        ("client", "owner.client"),
        ("location_source", "owner.location_source"),
        ("UseLocationForE911Only", "owner.UseLocationForE911Only"),
        ("EnhancedEmergencyServicesEnabled", "owner.EnhancedEmergencyServicesEnabled"),
        ("shares_location", "owner.shares_location"),
        ("PublishLocationDataDefault", "owner.PublishLocationDataDefault"),
    ]);
    found.is("location", dan_sees(shipped, "state.location", &world), row.truth("visible"));
    found.is("time zone", dan_sees(shipped, "state.time_zone", &world), row.truth("time_zone"));
}

fn photo(shipped: &Shipped, row: &Row, found: &mut Found) {
    let world = row.world(&[
        ("DisplayPhoto", "owner.DisplayPhoto"),
        ("shares_photo", "owner.shares_photo"),
        ("DisplayPublishedPhotoDefault", "owner.DisplayPublishedPhotoDefault"),
        ("photo_source", "owner.photo_source"),
    ]);
    found.is("photo", dan_sees(shipped, "contact_card.photo", &world), row.truth("visible"));
}

fn note_history(shipped: &Shipped, row: &Row, found: &mut Found) {
    for path in ["owner.MaxPersonalNotes", "owner.PersonalNoteHistoryDepth"] {
        let mut world = row.world(&[("MaxPersonalNotes", path)]);
        found.is("history", dan_sees(shipped, "activity_feed.note_history", &world), row.truth("visible"));
        // The current note is a note, not history.
        found.is("note", dan_sees(shipped, "note.personal", &world), row.truth("current_note"));
        // Only of a feed that is published, and only for contacts.
        let bob = shipped.sees("bob@contoso.com", "cleo@contoso.com", "activity_feed.note_history", &world);
        found.is("a colleague who is no contact", bob == Answer::Visible, false);
        world.push(super::table::set("owner.publishes_activity", "false"));
        found.is("no feed", dan_sees(shipped, "activity_feed.note_history", &world), false);
    }
}
