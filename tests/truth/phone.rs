//! What clients do by themselves: announce messages, report failures, search.

use serde::Deserialize;

use super::{World, agree, can, compared, nth, read, rows, user};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Push {
    #[serde(rename = "EnableApplePushNotificationService")]
    enabled: bool,
    device_toggle: bool,
    app_in_foreground: bool,
    available: bool,
    message_received: bool,
}

/// `device_toggle` is `phone_notifications`, and `app_in_foreground` is `app_in_front`. The message itself always
/// arrives, and by way of the service where there is one: that is `iphone_message_delivery`.
#[test]
fn the_phone_announces_messages_if_server_and_device_let_it_and_nobody_looks() {
    let rows = rows::<Push>("push", 8);
    let mut world = World::new();
    for (row, of) in rows.iter().enumerate() {
        assert!(of.message_received);
        let attributes = format!(
            "attributes: {{ client: lync_2010_iphone, phone_notifications: {}, app_in_front: {} }}",
            of.device_toggle, of.app_in_foreground
        );
        let service = format!("EnableApplePushNotificationService = {}", of.enabled);
        world.person(&nth(row), &[("PushNotificationConfiguration", service)], &attributes);
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().map(|(row, of)| {
        let says = format!("service {}, device {}, in front {}", of.enabled, of.device_toggle, of.app_in_foreground);
        let ask = |feature| can(&rules, &user(row), feature);
        let found = (ask("iphone_push_notifications"), ask("iphone_message_delivery"));
        compared(says, format!("{:?}", (of.available, of.enabled)), format!("{found:?}"))
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Report {
    #[serde(rename = "DisableAutomaticSendTracing")]
    disable: String,
    report: String,
    user_agrees: bool,
    sent: bool,
}

/// `report` is the attribute `sign_in_error_reports`, which has the supplement's words for the three states of the
/// Group Policy; `user_agrees` is `sends_error_reports`.
#[test]
fn a_failed_sign_in_is_reported_always_never_or_if_the_person_agrees() {
    let rows = rows::<Report>("sign_in_error_report", 6);
    let mut world = World::new();
    for (row, of) in rows.iter().enumerate() {
        let report = match of.disable.as_str() {
            "not_configured" => "ask",
            "disabled" => "always",
            "enabled" => "never",
            other => panic!("no state is called {other}"),
        };
        assert_eq!(of.report, report);
        let attributes = format!("sign_in_error_reports: {report}, sends_error_reports: {}", of.user_agrees);
        world.person(&nth(row), &[], &format!("attributes: {{ {attributes} }}"));
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().map(|(row, of)| {
        let says = format!("{} ({}), agrees {}", of.disable, of.report, of.user_agrees);
        compared(says, of.sent, can(&rules, &user(row), "sign_in_error_reporting"))
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Skills {
    rows: Vec<Skill>,
    unaffected_by: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Skill {
    client_inside: bool,
    #[serde(rename = "SPSearchInternalURL")]
    internal: bool,
    #[serde(rename = "SPSearchExternalURL")]
    external: bool,
    sharepoint_integrated: bool,
    available: bool,
}

/// `client_inside` is the attribute `firewall_side`. Each row is asked with and without the links below the results.
#[test]
fn people_are_found_by_their_skills_through_the_address_for_their_side_of_the_firewall() {
    let Skills { rows, unaffected_by } = read("skill_search");
    assert_eq!(rows.len(), 16);
    let url = |set: bool| if set { "https://search.contoso.com" } else { "" };
    let mut world = World::new();
    for (row, of) in rows.iter().enumerate() {
        for links in [false, true] {
            let links_below = unaffected_by.iter().map(|name| format!("{name} = \"{}\"", url(links)));
            let mut settings = vec![
                format!("SPSearchInternalURL = \"{}\"", url(of.internal)),
                format!("SPSearchExternalURL = \"{}\"", url(of.external)),
            ];
            settings.extend(links_below);
            let side = if of.client_inside { "inside" } else { "outside" };
            let attributes = format!("firewall_side: {side}, sharepoint_integrated: {}", of.sharepoint_integrated);
            let policies = [("ClientPolicy", settings.join(", "))];
            world.person(&nth(2 * row + usize::from(links)), &policies, &format!("attributes: {{ {attributes} }}"));
        }
    }
    let rules = world.rules();
    agree((0..2 * rows.len()).map(|number| {
        let of = &rows[number / 2];
        let says = format!(
            "inside {}, internal {}, external {}, SharePoint {}, links {}",
            of.client_inside,
            of.internal,
            of.external,
            of.sharepoint_integrated,
            number % 2 == 1
        );
        compared(says, of.available, can(&rules, &user(number), "skill_search"))
    }));
}
