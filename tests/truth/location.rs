//! Where people are: in presence, in emergency calls, and when the client asks.

use serde::Deserialize;

use super::{World, agree, can, compared, nth, read, rows, sees, user};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Presence {
    client: String,
    location_source: String,
    #[serde(rename = "UseLocationForE911Only")]
    emergency_only: bool,
    #[serde(rename = "EnhancedEmergencyServicesEnabled")]
    emergency_services: bool,
    shares_location: String,
    #[serde(rename = "PublishLocationDataDefault")]
    by_default: bool,
    visible: bool,
    time_zone: bool,
    reading: String,
}

#[test]
fn a_colleague_sees_the_location_that_may_be_shared_and_that_the_owner_shares() {
    let rows = rows::<Presence>("location_presence", 144);
    let mut world = World::new();
    world.person("viewer", &[], "");
    for (row, of) in rows.iter().enumerate() {
        let location = format!(
            "UseLocationForE911Only = {}, EnhancedEmergencyServicesEnabled = {}",
            of.emergency_only, of.emergency_services
        );
        let privacy = format!("PublishLocationDataDefault = {}", of.by_default);
        let attributes = format!(
            "attributes: {{ client: {}, location_source: {}, shares_location: {} }}",
            of.client, of.location_source, of.shares_location
        );
        world.person(&nth(row), &[("LocationPolicy", location), ("PrivacyConfiguration", privacy)], &attributes);
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().flat_map(|(row, of)| {
        let says = format!(
            "{}, {}, emergencies only {}, emergency services {}, {}, by default {} ({})",
            of.client,
            of.location_source,
            of.emergency_only,
            of.emergency_services,
            of.shares_location,
            of.by_default,
            of.reading
        );
        let field = |field, expected| {
            let (visible, level) = sees(&rules, "viewer@contoso.com", &user(row), field);
            assert_eq!(level, 200, "a colleague");
            compared(format!("{field}: {says}"), expected, visible)
        };
        [field("state.location", of.visible), field("state.time_zone", of.time_zone)]
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Phone {
    #[serde(rename = "phone_location_sharing")]
    switched_on: bool,
    shares_location: String,
    #[serde(rename = "PublishLocationDataDefault")]
    by_default: bool,
    shared: bool,
}

/// On the desktop the same choices leave the time zone alone.
#[test]
fn a_phone_shares_the_time_zone_if_administrator_and_owner_let_it() {
    let rows = rows::<Phone>("phone_location", 12);
    let mut world = World::new();
    world.person("viewer", &[], "");
    let clients = ["lync_2010_iphone", "lync_2013"];
    for (row, of) in rows.iter().enumerate() {
        for (client, name) in clients.iter().enumerate() {
            let privacy = format!("PublishLocationDataDefault = {}", of.by_default);
            let attributes = format!(
                "client: {name}, phone_location_sharing: {}, shares_location: {}",
                of.switched_on, of.shares_location
            );
            let policies = [("PrivacyConfiguration", privacy)];
            world.person(&nth(2 * row + client), &policies, &format!("attributes: {{ {attributes} }}"));
        }
    }
    let rules = world.rules();
    agree((0..2 * rows.len()).map(|number| {
        let (of, phone) = (&rows[number / 2], number % 2 == 0);
        let says = format!(
            "{}, switched on {}, {}, by default {}",
            clients[number % 2],
            of.switched_on,
            of.shares_location,
            of.by_default
        );
        let (seen, _) = sees(&rules, "viewer@contoso.com", &user(number), "state.time_zone");
        let found = (seen, can(&rules, &user(number), "iphone_location_sharing"));
        let expected = (of.shared || !phone, of.shared && phone);
        compared(says, format!("{expected:?}"), format!("{found:?}"))
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Emergencies {
    rows: Vec<Emergency>,
    unaffected_by: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Emergency {
    client: String,
    #[serde(rename = "EnhancedEmergencyServicesEnabled")]
    emergency_services: bool,
    lis_known: bool,
    typed_known: bool,
    location_source: String,
    sent: String,
    available: bool,
}

/// Each row is asked with everything that should not matter one way, and the other way.
#[test]
fn an_emergency_call_carries_a_location_whatever_the_caller_shares() {
    let Emergencies { rows, unaffected_by } = read("emergency");
    assert_eq!(rows.len(), 16);
    let varied = ["UseLocationForE911Only", "PublishLocationDataDefault", "shares_location", "LocationRequired"];
    assert_eq!(unaffected_by, varied);
    let others = [(false, true, "share", "no"), (true, false, "hide", "disclaimer")];
    let mut world = World::new();
    for (row, of) in rows.iter().enumerate() {
        let source = match (of.lis_known, of.typed_known) {
            (true, _) => "lis",
            (false, true) => "typed",
            (false, false) => "none",
        };
        assert_eq!(of.location_source, source, "the attribute stands for the two");
        assert_eq!(of.sent != "none", of.available);
        assert!(!of.available || of.sent == of.location_source, "what is sent is what is known");
        for (other, (only, by_default, shares, required)) in others.iter().enumerate() {
            let location = format!(
                "EnhancedEmergencyServicesEnabled = {}, UseLocationForE911Only = {only}, LocationRequired = {required}",
                of.emergency_services
            );
            let privacy = format!("PublishLocationDataDefault = {by_default}");
            let attributes = format!(
                "attributes: {{ client: {}, location_source: {source}, shares_location: {shares} }}",
                of.client
            );
            let policies = [("LocationPolicy", location), ("PrivacyConfiguration", privacy)];
            world.person(&nth(2 * row + other), &policies, &attributes);
        }
    }
    let rules = world.rules();
    agree((0..2 * rows.len()).map(|number| {
        let of = &rows[number / 2];
        let says = format!(
            "{}, emergency services {}, {}, sharing {}",
            of.client,
            of.emergency_services,
            of.location_source,
            others[number % 2].2
        );
        compared(says, of.available, can(&rules, &user(number), "emergency_location"))
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Prompt {
    #[serde(rename = "EnhancedEmergencyServicesEnabled")]
    emergency_services: bool,
    location_known: bool,
    #[serde(rename = "LocationRequired")]
    required: String,
    prompt: String,
    prompt_by_cmdlet: String,
    entry: String,
}

/// `location_prompt` is the catalogue's feature for a red question, and `location_disclaimer` for the text behind it;
/// they follow `prompt`, the supplement's. `entry` is `location_dialog`. A black prompt only invites, and is no
/// feature.
///
/// X23: where emergency services are on, the cmdlet's page has to agree; where they are off, it knows no prompt.
#[test]
fn the_client_asks_for_a_location_where_one_is_required_whatever_emergency_services_are() {
    let rows = rows::<Prompt>("location_prompt", 12);
    let mut world = World::new();
    for (row, of) in rows.iter().enumerate() {
        let location = format!(
            "EnhancedEmergencyServicesEnabled = {}, LocationRequired = {}, \
             EnhancedEmergencyServiceDisclaimer = \"Say where you are\"",
            of.emergency_services, of.required
        );
        let source = if of.location_known { "lis" } else { "none" };
        world.person(
            &nth(row),
            &[("LocationPolicy", location)],
            &format!("attributes: {{ location_source: {source} }}"),
        );
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().map(|(row, of)| {
        let says = format!(
            "emergency services {}, location known {}, required {}",
            of.emergency_services, of.location_known, of.required
        );
        let (red, disclaimer) = match of.prompt.as_str() {
            "none" | "black" => (false, false),
            "red" => (true, false),
            "red_with_disclaimer" => (true, true),
            other => panic!("no prompt is called {other}"),
        };
        let by_cmdlet = match of.prompt_by_cmdlet.as_str() {
            "none" => (false, false),
            "dismissible" => (true, false),
            "disclaimer_on_dismissal" => (true, true),
            other => panic!("no prompt is called {other}"),
        };
        assert_eq!(by_cmdlet, (red && of.emergency_services, disclaimer && of.emergency_services), "{says}");
        let expected = (red, disclaimer, of.entry == "name_and_dialog");
        let ask = |feature| can(&rules, &user(row), feature);
        let found = (ask("location_prompt"), ask("location_disclaimer"), ask("location_dialog"));
        compared(says, format!("{expected:?}"), format!("{found:?}"))
    }));
}
