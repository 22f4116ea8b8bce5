//! Chat rooms, skills, privacy mode, phones, reports, and who reaches whom.

use prescope::resolve::Context;

use super::table::{Found, Row, Table, set};
use crate::shipped::{Shipped, at_level};

pub(crate) fn tables() -> Vec<Table> {
    vec![
        Table {
            file: "persistent_chat",
            list: "rows",
            rows: 12,
            about: &["persistent_group_chat", "chat_room_search", "chat_room_participation"],
            ask: rooms,
        },
        Table {
            file: "persistent_chat",
            list: "rights",
            rows: 12,
            about: &["chat_content_deletion", "chat_room_deletion", "chat_room_disabling"],
            ask: rights,
        },
        Table { file: "skill_search", list: "rows", rows: 16, about: &["skill_search"], ask: skill_search },
        Table { file: "skill_search", list: "unaffected_by", rows: 2, about: &["skill_search"], ask: no_skill_link },
        Table {
            file: "privacy_mode",
            list: "rows",
            rows: 6,
            about: &["privacy_mode", "privacy_mode_opt_out"],
            ask: privacy_mode,
        },
        Table { file: "push", list: "rows", rows: 8, about: &["iphone_push_notifications"], ask: push },
        Table {
            file: "sign_in_error_report",
            list: "rows",
            rows: 6,
            about: &["sign_in_error_reporting"],
            ask: sign_in_error_report,
        },
        Table { file: "invite", list: "rows", rows: 53, about: &["invite", "interrupt"], ask: invite },
    ]
}

fn rooms(shipped: &Shipped, row: &Row, found: &mut Found) {
    let settings =
        row.world(&[("EnablePersistentChat", "user.EnablePersistentChat"), ("Privacy", "user.room_privacy")]);
    let roles: &[&str] = if row.truth("member") { &["member", "manager"] } else { &["none"] };
    for role in roles {
        let world = [settings.clone(), vec![set("user.room_role", role)]].concat();
        found.is("available", shipped.anna_may("persistent_group_chat", &world), row.truth("available"));
        found.is("finds", shipped.anna_may("chat_room_search", &world), row.truth("finds"));
        found.is("joins", shipped.anna_may("chat_room_participation", &world), row.truth("joins"));
    }
}

fn rights(shipped: &Shipped, row: &Row, found: &mut Found) {
    let feature = match row.text("action") {
        "delete_content" => "chat_content_deletion",
        "delete_room" => "chat_room_deletion",
        "disable_room" => "chat_room_disabling",
        other => panic!("no action {other}"),
    };
    let (room, admin) = match row.text("role") {
        "administrator" => ("none", "CsPersistentChatAdministrator"),
        "room_manager" => ("manager", "none"),
        "author" | "end_user" => ("member", "none"),
        other => panic!("no role {other}"),
    };
    let on = set("user.EnablePersistentChat", "true");
    let world = [on, set("user.room_role", room), set("user.admin_role", admin)];
    found.is(feature, shipped.anna_may(feature, &world), row.truth("available"));
}

/// Any address of SharePoint serves; without one the text is empty.
fn url(path: &str, there: bool) -> (String, String) {
    set(path, if there { "https://search.contoso.com" } else { "" })
}

fn skill_search(shipped: &Shipped, row: &Row, found: &mut Found) {
    let world = [
        set("user.firewall_side", if row.truth("client_inside") { "inside" } else { "outside" }),
        url("user.SPSearchInternalURL", row.truth("SPSearchInternalURL")),
        url("user.SPSearchExternalURL", row.truth("SPSearchExternalURL")),
        set("user.sharepoint_integrated", &row.truth("sharepoint_integrated").to_string()),
    ];
    for link in ["", "https://page.contoso.com"] {
        let pages = [set("user.SPSearchCenterInternalURL", link), set("user.SPSearchCenterExternalURL", link)];
        let world = [world.to_vec(), pages.to_vec()].concat();
        found.is("search", shipped.anna_may("skill_search", &world), row.truth("available"));
    }
}

/// The pages of results are no control of the search, but of a feature of their own.
fn no_skill_link(shipped: &Shipped, row: &Row, found: &mut Found) {
    for (feature, reads) in [("skill_search", false), ("skill_search_page", true)] {
        let controls = shipped.world(&[]).controls(shipped.feature(feature));
        let named = |id| Some(shipped.model().parameters[id].declared.name.as_str()) == row.0.as_str();
        found.is(feature, controls.into_iter().any(named), reads);
    }
}

fn privacy_mode(shipped: &Shipped, row: &Row, found: &mut Found) {
    let offered = |offered: bool| {
        let preference = row.world(&[("privacy_preference", "owner.privacy_preference")]);
        [preference, vec![set("owner.EnablePrivacyMode", &offered.to_string())]].concat()
    };
    let mode = |offers: bool| shipped.mode("anna@contoso.com", &offered(offers));
    let offers = row.truth("EnablePrivacyMode");
    found.is(row.text("mode"), mode(offers) == row.text("mode"), true);
    found.is(row.text("mode_after_flip"), mode(!offers) == row.text("mode_after_flip"), true);
    let as_user = row
        .world(&[("EnablePrivacyMode", "user.EnablePrivacyMode"), ("privacy_preference", "user.privacy_preference")]);
    let may_choose = |feature: &str| shipped.anna_may(feature, &as_user);
    found.is("private", may_choose("privacy_mode"), row.truth("may_choose_private"));
    found.is("standard", may_choose("privacy_mode_opt_out"), row.truth("may_choose_standard"));
}

fn push(shipped: &Shipped, row: &Row, found: &mut Found) {
    let mut world = row.world(&[
        ("EnableApplePushNotificationService", "user.EnableApplePushNotificationService"),
        ("device_toggle", "user.phone_notifications"),
        ("app_in_foreground", "user.app_in_front"),
    ]);
    world.push(set("user.client", "lync_2010_iphone"));
    found.is("phone", shipped.anna_may("iphone_push_notifications", &world), row.truth("available"));
    // No other client has it.
    world.push(set("user.client", "lync_2013"));
    found.is("desktop", shipped.anna_may("iphone_push_notifications", &world), false);
}

/// X32: the attribute has the supplement's words. What the Group Policy calls them, the alias stands for.
fn sign_in_error_report(shipped: &Shipped, row: &Row, found: &mut Found) {
    let words = match row.text("DisableAutomaticSendTracing") {
        "not_configured" => "ask",
        "disabled" => "always",
        "enabled" => "never",
        other => panic!("no state {other}"),
    };
    found.is("the words for it", words == row.text("report"), true);
    for path in ["user.sign_in_error_reports", "user.DisableAutomaticSendTracing"] {
        let mut world = row.world(&[("report", path), ("user_agrees", "user.sends_error_reports")]);
        found.is(path, shipped.anna_may("sign_in_error_reporting", &world), row.truth("sent"));
        // By default people are asked.
        if words == "ask" {
            world.remove(0);
            found.is("by default", shipped.anna_may("sign_in_error_reporting", &world), row.truth("sent"));
        }
    }
}

/// Levels as recorded: in force, colleagues would not be unlisted.
fn invite(shipped: &Shipped, row: &Row, found: &mut Found) {
    let viewer = at_level(row.number("container"), row.text("network"));
    let world = row.world(&[("availability", "owner.state.availability")]);
    let of_anna = Context { owner: Some("anna@contoso.com"), ..Context::default() };
    for feature in ["invite", "interrupt"] {
        let ruling = shipped.ruling_as_recorded(&viewer, feature, of_anna, &world);
        found.is(feature, ruling.available, row.truth(feature));
    }
}
