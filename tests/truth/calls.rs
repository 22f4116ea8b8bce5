//! Calls: delegates, numbers, ways, and what is noted about them.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{World, agree, can, can_of, compared, nth, rows, user};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Delegation {
    client: String,
    #[serde(rename = "EnableDelegation")]
    enabled: bool,
    has_delegates: bool,
    phone_forwards: bool,
    in_effect: bool,
    viewable: bool,
    configurable: bool,
}

/// The phone has a feature for each of the last two columns. On the desktop both are `delegate_assignment`, which the
/// phone must not have either.
#[test]
fn somebody_acts_for_whoever_may_name_delegates_and_has_named_them() {
    let rows = rows::<Delegation>("delegation", 12);
    let mut world = World::new();
    world.person("dan", &[], "");
    for (row, of) in rows.iter().enumerate() {
        let delegates = if of.has_delegates { "[dan@contoso.com]" } else { "[]" };
        let attributes = format!("client: {}, phone_forwards_to_delegates: {}", of.client, of.phone_forwards);
        let keys = format!("attributes: {{ {attributes} }}, delegates: {delegates}");
        world.person(&nth(row), &[("VoicePolicy", format!("EnableDelegation = {}", of.enabled))], &keys);
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().map(|(row, of)| {
        let owner = user(row);
        let ask = |feature| can(&rules, &owner, feature);
        let phone = of.client == "lync_2010_iphone";
        let viewable = ask(if phone { "iphone_call_delegation" } else { "delegate_assignment" });
        let configurable = ask("delegate_assignment") || ask("iphone_delegate_configuration");
        let found = [can_of(&rules, "dan@contoso.com", "call_delegation", &owner), viewable, configurable];
        let says =
            format!("{}, {}, delegates {}, phone {}", of.client, of.enabled, of.has_delegates, of.phone_forwards);
        compared(says, format!("{:?}", [of.in_effect, of.viewable, of.configurable]), format!("{found:?}"))
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CallerId {
    #[serde(rename = "SuppressCallerId")]
    suppressed: bool,
    alternate_is_set: bool,
    shown: String,
    discloses_own_number: bool,
}

/// `SuppressCallerId` is `suppresses_caller_id`, and the alternate number the text `alternate_caller_id`. What is shown
/// are two features: the own number, another one, or neither.
#[test]
fn the_called_party_sees_the_number_that_the_route_lets_through() {
    let rows = rows::<CallerId>("caller_id", 4);
    let mut world = World::new();
    for (row, of) in rows.iter().enumerate() {
        let number = if of.alternate_is_set { "+14255550100" } else { "" };
        let attributes = format!("suppresses_caller_id: {}, alternate_caller_id: \"{number}\"", of.suppressed);
        world.person(&nth(row), &[], &format!("attributes: {{ {attributes} }}"));
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().map(|(row, of)| {
        let own = can(&rules, &user(row), "caller_id");
        let shown = match (own, can(&rules, &user(row), "alternate_caller_id")) {
            (true, false) => "caller_number",
            (false, true) => "alternate_number",
            (false, false) => "invalid",
            (true, true) => "both",
        };
        let says = format!("suppressed {}, alternate {}", of.suppressed, of.alternate_is_set);
        compared(says, format!("{} {}", of.shown, of.discloses_own_number), format!("{shown} {own}"))
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "PascalCase")]
struct Bypass {
    enabled: bool,
    enable_bypass: bool,
    always_bypass: bool,
    #[serde(rename = "same_bypass_id")]
    same_bypass_id: bool,
    concentrated_topology: bool,
    enable_refer_support: bool,
    #[serde(rename = "RTCPActiveCalls")]
    active_calls: bool,
    #[serde(rename = "RTCPCallsOnHold")]
    calls_on_hold: bool,
    enable_bandwidth_policy_check: bool,
    #[serde(rename = "bypass")]
    bypass: String,
    #[serde(rename = "available")]
    available: bool,
    #[serde(rename = "kind")]
    kind: String,
}

/// The parameters of the trunk are attributes of the user. The settings of the network are everybody's, so each of
/// their combinations takes a set.
#[test]
fn sound_goes_past_the_server_where_network_trunk_and_locality_let_it() {
    let rows = rows::<Bypass>("media_bypass", 37);
    let mut networks: BTreeMap<_, Vec<(usize, &Bypass)>> = BTreeMap::new();
    for (row, of) in rows.iter().enumerate() {
        assert_eq!(of.bypass != "no", of.available);
        let network = (of.enabled, of.always_bypass, of.enable_bandwidth_policy_check);
        networks.entry(network).or_default().push((row, of));
    }
    agree(networks.iter().flat_map(|((enabled, always, managed), rows)| {
        let mut world = World::new();
        world.global("NetworkMediaBypassConfiguration", &format!("Enabled = {enabled}, AlwaysBypass = {always}"));
        world.global("NetworkConfiguration", &format!("EnableBandwidthPolicyCheck = {managed}"));
        for (row, of) in rows {
            let attributes = format!(
                "trunk_bypasses: {}, trunk_concentrated: {}, trunk_refers: {}, trunk_reports_active_calls: {}, \
                 trunk_reports_held_calls: {}, shares_bypass_id: {}",
                of.enable_bypass,
                of.concentrated_topology,
                of.enable_refer_support,
                of.active_calls,
                of.calls_on_hold,
                of.same_bypass_id
            );
            world.person(&nth(*row), &[], &format!("attributes: {{ {attributes} }}"));
        }
        let rules = world.rules();
        let answers = rows.iter().map(|(row, of)| {
            let says = format!("row {row} ({}), global {enabled}, always {always}, admission {managed}", of.kind);
            compared(says, of.available, can(&rules, &user(*row), "media_bypass"))
        });
        answers.collect::<Vec<_>>()
    }));
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Records {
    feature: String,
    setting: String,
    value: bool,
    monitoring_server: bool,
    stored: bool,
    content_stored: bool,
}

/// Content is never kept: there is no feature to ask for it.
#[test]
fn calls_are_noted_where_records_are_on_and_there_is_a_server_for_them() {
    let rows = rows::<Records>("cdr_qoe", 8);
    let mut world = World::new();
    for (row, of) in rows.iter().enumerate() {
        assert!(!of.content_stored);
        let class = match of.setting.as_str() {
            "EnableCDR" => "CdrConfiguration",
            "EnableQoE" => "QoEConfiguration",
            other => panic!("no class has {other}"),
        };
        let attributes = format!("attributes: {{ monitoring_server: {} }}", of.monitoring_server);
        world.person(&nth(row), &[(class, format!("{} = {}", of.setting, of.value))], &attributes);
    }
    let rules = world.rules();
    agree(rows.iter().enumerate().map(|(row, of)| {
        let says = format!("{} = {}, server {}", of.setting, of.value, of.monitoring_server);
        compared(says, of.stored, can(&rules, &user(row), &of.feature))
    }));
}
