//! Calls: emergencies, delegates, numbers, bypass, records.

use prescope::resolve::Context;

use super::table::{Found, Row, Table, set};
use crate::shipped::Shipped;

pub(crate) fn tables() -> Vec<Table> {
    vec![
        Table { file: "emergency", list: "rows", rows: 16, about: &["emergency_location"], ask: emergency },
        Table {
            file: "emergency",
            list: "unaffected_by",
            rows: 4,
            about: &["emergency_location"],
            ask: no_control_of_emergency,
        },
        Table {
            file: "location_prompt",
            list: "rows",
            rows: 12,
            about: &["location_prompt", "location_disclaimer", "location_dialog"],
            ask: location_prompt,
        },
        Table {
            file: "caller_id",
            list: "rows",
            rows: 4,
            about: &["caller_id", "alternate_caller_id"],
            ask: caller_id,
        },
        Table {
            file: "delegation",
            list: "rows",
            rows: 8,
            about: &[
                "call_delegation",
                "delegate_assignment",
                "iphone_call_delegation",
                "iphone_delegate_configuration",
            ],
            ask: delegation,
        },
        Table {
            file: "cdr_qoe",
            list: "rows",
            rows: 8,
            about: &["call_detail_records", "quality_of_experience"],
            ask: records,
        },
        Table { file: "media_bypass", list: "rows", rows: 37, about: &["media_bypass"], ask: media_bypass },
    ]
}

fn emergency(shipped: &Shipped, row: &Row, found: &mut Found) {
    let world = row.world(&[
        ("client", "user.client"),
        ("EnhancedEmergencyServicesEnabled", "user.EnhancedEmergencyServicesEnabled"),
        ("location_source", "user.location_source"),
    ]);
    found.is("available", shipped.anna_may("emergency_location", &world), row.truth("available"));
    // The server's location goes before a typed one; what goes out is the same attribute.
    let source = match (row.truth("lis_known"), row.truth("typed_known")) {
        (true, _) => "lis",
        (false, true) => "typed",
        (false, false) => "none",
    };
    found.is("location_source", row.text("location_source") == source, true);
    let sent = if row.truth("available") { source } else { "none" };
    found.is("sent", row.text("sent") == sent, true);
}

fn no_control_of_emergency(shipped: &Shipped, row: &Row, found: &mut Found) {
    let controls = shipped.world(&[]).controls(shipped.feature("emergency_location"));
    let named = |id| Some(shipped.model().parameters[id].declared.name.as_str()) == row.0.as_str();
    found.is("read", controls.into_iter().any(named), false);
}

/// X23: the supplement's reading. Black is no prompt of ours: it is the empty field that everybody has.
fn location_prompt(shipped: &Shipped, row: &Row, found: &mut Found) {
    let mut world = row.world(&[
        ("EnhancedEmergencyServicesEnabled", "user.EnhancedEmergencyServicesEnabled"),
        ("LocationRequired", "user.LocationRequired"),
    ]);
    let prompt = row.text("prompt");
    let sources: &[&str] = if row.truth("location_known") { &["lis", "typed"] } else { &["none"] };
    for source in sources {
        world.push(set("user.location_source", source));
        world.push(set("user.EnhancedEmergencyServiceDisclaimer.Body", "It may be wrong."));
        found.is("red", shipped.anna_may("location_prompt", &world), prompt.starts_with("red"));
        found.is("disclaimer", shipped.anna_may("location_disclaimer", &world), prompt == "red_with_disclaimer");
        found.is("dialog", shipped.anna_may("location_dialog", &world), row.text("entry") == "name_and_dialog");
    }
}

fn caller_id(shipped: &Shipped, row: &Row, found: &mut Found) {
    let mut world = row.world(&[("SuppressCallerId", "user.suppresses_caller_id")]);
    let number = if row.truth("alternate_is_set") { "+14255550100" } else { "" };
    world.push(set("user.alternate_caller_id", number));
    found.is("own", shipped.anna_may("caller_id", &world), row.truth("discloses_own_number"));
    found.is("own", shipped.anna_may("caller_id", &world), row.text("shown") == "caller_number");
    let alternate = shipped.anna_may("alternate_caller_id", &world);
    found.is("alternate", alternate, row.text("shown") == "alternate_number");
}

/// Whoever can name delegates sees who they are; on a phone, seeing them is a feature of its own.
fn delegation(shipped: &Shipped, row: &Row, found: &mut Found) {
    let on = |who: &str| row.world(&[("EnableDelegation", &format!("{who}.EnableDelegation"))]);
    let of_anna = Context { owner: Some("anna@contoso.com"), ..Context::default() };
    // Dan is her delegate, Bob is not.
    let who = if row.truth("has_delegates") { "dan@contoso.com" } else { "bob@contoso.com" };
    let acts = shipped.ruling(who, "call_delegation", of_anna, &on("owner")).available;
    found.is("in effect", acts, row.truth("in_effect"));
    let world = [on("user"), row.world(&[("client", "user.client")])].concat();
    let phone = row.text("client") == "lync_2010_iphone";
    let viewing = if phone { "iphone_call_delegation" } else { "delegate_assignment" };
    found.is("viewable", shipped.anna_may(viewing, &world), row.truth("viewable"));
    found.is("configurable", shipped.anna_may("delegate_assignment", &world), row.truth("configurable"));
    let on_the_phone = shipped.anna_may("iphone_delegate_configuration", &world);
    found.is("configurable on the phone", on_the_phone, phone && row.truth("configurable"));
    let phone_only = shipped.anna_may("iphone_call_delegation", &world);
    found.is("the phone's", phone_only, phone && row.truth("viewable"));
}

fn records(shipped: &Shipped, row: &Row, found: &mut Found) {
    let setting = format!("user.{}", row.text("setting"));
    let world = row.world(&[("value", &setting), ("monitoring_server", "user.monitoring_server")]);
    let feature = row.text("feature");
    found.is(feature, shipped.anna_may(feature, &world), row.truth("stored"));
    let of = &shipped.model().features[shipped.feature(feature)];
    let mut items = of.stores.iter().map(|line| shipped.model().item_name(line.item));
    let content = |name: String| name.starts_with("conversation") || name.starts_with("meeting_content");
    found.is("content", items.any(content), row.truth("content_stored"));
}

fn media_bypass(shipped: &Shipped, row: &Row, found: &mut Found) {
    let world = row.world(&[
        ("Enabled", "user.NetworkMediaBypassConfiguration.Enabled"),
        ("AlwaysBypass", "user.AlwaysBypass"),
        ("EnableBandwidthPolicyCheck", "user.EnableBandwidthPolicyCheck"),
        // The trunk is an object of its own, so its parameters are attributes, under the vendor's names too.
        ("EnableBypass", "user.EnableBypass"),
        ("ConcentratedTopology", "user.ConcentratedTopology"),
        ("EnableReferSupport", "user.EnableReferSupport"),
        ("RTCPActiveCalls", "user.RTCPActiveCalls"),
        ("RTCPCallsOnHold", "user.RTCPCallsOnHold"),
        ("same_bypass_id", "user.shares_bypass_id"),
    ]);
    found.is("bypass", shipped.anna_may("media_bypass", &world), row.truth("available"));
    found.is("bypass", row.truth("available"), row.text("bypass") != "no");
}
