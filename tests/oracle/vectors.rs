//! The evaluator itself, on tiny worlds whose answers are known.

use std::collections::BTreeSet;

use super::evaluate::{Answer, Class, Decision, Mode, decide, network, who};
use super::settle::in_force;
use super::world::*;

const ANNA: &str = "anna@contoso.com";
const BOB: &str = "bob@contoso.com";
const KIM: &str = "kim@fabrikam.com";
const JOE: &str = "joe@live.com";

/// The six levels, one category that all of them hold, no manifest, and Anna.
fn anna(entries: &[(&str, Entry)]) -> World {
    let publishes = Named { category: "card".to_owned(), fields: None };
    let level = |(name, id, visible, blocking): (&str, u32, bool, bool)| Container {
        name: name.to_owned(),
        id,
        visible,
        blocking,
        own: Publications { publishes: vec![publishes.clone()], ..Publications::default() },
        extended: Vec::new(),
    };
    let levels = [
        ("unlisted", 0, false, false),
        ("external", 100, true, false),
        ("colleagues", 200, true, false),
        ("workgroup", 300, true, false),
        ("family", 400, true, false),
        ("blocked", 32000, true, true),
    ];
    let memberships = entries.iter().map(|(container, entry)| ((*container).to_owned(), vec![entry.clone()]));
    World {
        domains: vec!["contoso.com".to_owned(), "emea.contoso.com".to_owned()],
        partners: vec!["fabrikam.com".to_owned(), "adatum.com".to_owned()],
        public_cloud: vec!["live.com".to_owned()],
        categories: vec![Category {
            name: "card".to_owned(),
            fields: vec![Field { name: "email".to_owned(), ..Field::default() }],
        }],
        containers: levels.map(level).to_vec(),
        users: vec![User { address: ANNA.to_owned(), memberships: Some(memberships.collect()), ..User::default() }],
        ..World::default()
    }
}

fn user(address: &str) -> Entry {
    Entry::User(address.to_owned())
}

fn at(domain: &str) -> Entry {
    Entry::Domain(domain.to_owned())
}

const COLLEAGUES: Entry = Entry::Network(Network::SameEnterprise);
const PARTNERS: Entry = Entry::Network(Network::Federated);
const CLOUD: Entry = Entry::Network(Network::PublicCloud);

fn person(address: &str) -> Viewer {
    Viewer::Person(address.to_owned())
}

fn email(world: &World, viewer: &Viewer) -> Decision {
    decide(world, Mode::InForce, viewer, ANNA, "card", "email")
}

/// The name of the container that answers.
fn level(world: &World, viewer: &str) -> String {
    email(world, &person(viewer)).1.expect("a container")
}

fn rule(subjects: &[Subject], from: &[Network], place: Place, default: Option<&str>) -> ManifestRule {
    ManifestRule {
        subjects: subjects.to_vec(),
        from: from.to_vec(),
        places: vec![place],
        cardinality: default.map(|_| Cardinality::ExactlyOne),
        default: default.map(str::to_owned),
        remedy: default.map(|_| Remedy::Move),
    }
}

/// Microsoft's private manifest, for everybody.
fn privately(mut world: World, contacts: &[&str], delegates: &[&str]) -> World {
    use Network::{Federated, PublicCloud, SameEnterprise};
    let list = |names: &[&str]| Some(names.iter().map(|name| (*name).to_owned()).collect());
    world.users[0].contacts = list(contacts);
    world.users[0].delegates = list(delegates);
    let mut stranger = rule(&[Subject::Stranger], &[], Place::Blocking, None);
    stranger.remedy = Some(Remedy::MakeContact);
    let mut broad = rule(&[Subject::Domain, Subject::Everyone], &[], Place::Blocking, None);
    broad.remedy = Some(Remedy::Remove);
    let networks = [SameEnterprise, Federated, PublicCloud].map(Subject::Network);
    let mut network = rule(&networks, &[], Place::Blocking, None);
    network.cardinality = Some(Cardinality::AtMostOne);
    network.remedy = Some(Remedy::Remove);
    let rules = vec![
        rule(&[Subject::Delegate], &[], Place::Container("workgroup".to_owned()), Some("workgroup")),
        rule(&[Subject::Contact], &[Federated, PublicCloud], Place::Visible, Some("external")),
        rule(&[Subject::Contact], &[SameEnterprise], Place::Visible, Some("colleagues")),
        stranger,
        broad,
        network,
    ];
    world.manifests = vec![Manifest { name: "private".to_owned(), rules, ..Manifest::default() }];
    world
}

#[test]
fn of_two_user_entries_the_higher_container_answers() {
    let world = anna(&[("colleagues", user(BOB)), ("workgroup", user(BOB))]);
    assert_eq!(level(&world, BOB), "workgroup");
    let world = anna(&[("colleagues", user(BOB)), ("blocked", user(BOB))]);
    assert_eq!(level(&world, BOB), "blocked");
}

#[test]
fn a_user_entry_beats_a_network_entry_in_a_higher_container() {
    let world = anna(&[("colleagues", user(BOB)), ("workgroup", COLLEAGUES)]);
    assert_eq!(level(&world, BOB), "colleagues");
    assert_eq!(level(&world, "cem@contoso.com"), "workgroup");
}

#[test]
fn a_user_entry_gets_through_a_blocked_domain_because_blocked_is_not_special() {
    let world = anna(&[("family", user(KIM)), ("blocked", at("fabrikam.com"))]);
    assert_eq!(level(&world, KIM), "family");
    assert_eq!(level(&world, "lee@fabrikam.com"), "blocked");
}

#[test]
fn a_domain_entry_beats_the_network_it_belongs_to() {
    let world = anna(&[("external", at("fabrikam.com")), ("blocked", PARTNERS)]);
    assert_eq!(level(&world, "lee@fabrikam.com"), "external");
    assert_eq!(level(&world, "sue@adatum.com"), "blocked");
    let world = anna(&[("colleagues", COLLEAGUES), ("workgroup", at("contoso.com"))]);
    assert_eq!(level(&world, BOB), "workgroup");
}

#[test]
fn the_organisation_may_have_several_domains_but_domain_entries_match_exactly() {
    let world = anna(&[("colleagues", COLLEAGUES), ("workgroup", at("contoso.com"))]);
    assert_eq!(level(&world, "bob@emea.contoso.com"), "colleagues");
}

#[test]
fn by_suffix_the_longest_domain_answers_before_the_highest_id() {
    let mut world = anna(&[("blocked", at("fabrikam.com")), ("external", at("west.fabrikam.com"))]);
    assert_eq!(level(&world, "lee@far.west.fabrikam.com"), "unlisted");
    world.by_suffix = true;
    assert_eq!(level(&world, "lee@far.west.fabrikam.com"), "external");
    assert_eq!(level(&world, "lee@east.fabrikam.com"), "blocked");
    assert_eq!(network(&world, &person("lee@east.fabrikam.com")), Network::Other);
}

#[test]
fn whoever_no_entry_matches_is_answered_by_container_zero() {
    let world = anna(&[("external", PARTNERS), ("colleagues", COLLEAGUES)]);
    assert_eq!(level(&world, JOE), "unlisted");
    assert_eq!(email(&world, &Viewer::Anonymous).1.as_deref(), Some("unlisted"));
}

#[test]
fn everyone_is_asked_last_and_matches_anonymous_too() {
    let world = anna(&[("external", Entry::Everyone), ("colleagues", COLLEAGUES)]);
    assert_eq!(level(&world, BOB), "colleagues");
    assert_eq!(level(&world, JOE), "external");
    assert_eq!(email(&world, &Viewer::Anonymous).1.as_deref(), Some("external"));
}

#[test]
fn authenticated_is_asked_before_everyone_and_does_not_match_anonymous() {
    let world = anna(&[("external", Entry::Authenticated), ("workgroup", Entry::Everyone), ("colleagues", COLLEAGUES)]);
    assert_eq!(level(&world, BOB), "colleagues");
    assert_eq!(level(&world, JOE), "external");
    assert_eq!(level(&world, "pat@newspaper.example"), "external");
    assert_eq!(email(&world, &Viewer::Anonymous).1.as_deref(), Some("workgroup"));
}

#[test]
fn a_blocked_domain_is_other_although_federation_is_open() {
    let mut world = anna(&[("external", PARTNERS)]);
    world.open = true;
    world.blocked = vec!["spam.example".to_owned()];
    world.by_suffix = true;
    assert_eq!(level(&world, "pat@newspaper.example"), "external");
    assert_eq!(level(&world, "eve@spam.example"), "unlisted");
    assert_eq!(level(&world, "eve@mail.spam.example"), "external", "lists name whole domains");
}

#[test]
fn per_category_a_container_without_the_category_does_not_decide_it() {
    let mut world = anna(&[("blocked", user(BOB)), ("colleagues", COLLEAGUES)]);
    world.containers[5].own = Publications::default();
    assert_eq!(email(&world, &person(BOB)), (Answer::Visible, Some("colleagues".to_owned())));
    world.per_viewer = true;
    assert_eq!(email(&world, &person(BOB)), (Answer::Hidden, Some("blocked".to_owned())));
}

#[test]
fn nobody_answers_when_container_zero_lacks_the_category() {
    let mut world = anna(&[]);
    world.containers[0].own = Publications::default();
    assert_eq!(email(&world, &person(BOB)), (Answer::Hidden, None));
}

#[test]
fn the_owner_sees_everything_and_no_container_is_named() {
    let mut world = anna(&[("blocked", user(ANNA))]);
    world.containers.iter_mut().for_each(|container| container.own = Publications::default());
    assert_eq!(email(&world, &person(ANNA)), (Answer::Visible, None));
}

#[test]
fn a_denial_that_reads_an_outsiders_attribute_fires_because_it_is_unknown() {
    let mut world = anna(&[("external", PARTNERS), ("colleagues", COLLEAGUES)]);
    world.attributes =
        vec![Parameter { name: "shares".to_owned(), kind: ValueType::Bool, default: Value::Bool(false) }];
    let when = Some(Condition::Holds(Reading::Attribute(Role::Viewer, "shares".to_owned())));
    let denials = vec![Denial { label: "shares".to_owned(), when, unless: None }];
    world.guards = vec![Guard { targets: vec![("card".to_owned(), None)], denials }];
    assert_eq!(email(&world, &person(BOB)).0, Answer::Visible);
    assert_eq!(email(&world, &person(KIM)), (Answer::Hidden, Some("external".to_owned())));
}

#[test]
fn in_private_mode_a_colleague_who_is_no_contact_falls_to_container_zero() {
    let world = privately(anna(&[("colleagues", COLLEAGUES), ("external", PARTNERS)]), &[BOB, KIM], &[]);
    assert_eq!(level(&world, "cem@contoso.com"), "unlisted");
    assert_eq!(level(&world, BOB), "colleagues");
    assert_eq!(level(&world, KIM), "external");
}

#[test]
fn in_private_mode_a_contact_recorded_in_two_levels_is_a_colleague_again() {
    let world = privately(anna(&[("workgroup", user(BOB)), ("family", user(BOB))]), &[BOB], &[]);
    assert_eq!(level(&world, BOB), "colleagues");
    assert_eq!(decide(&world, Mode::Recorded, &person(BOB), ANNA, "card", "email").1.as_deref(), Some("family"));
}

#[test]
fn a_delegate_is_moved_to_the_workgroup_even_when_also_a_contact() {
    let world = privately(anna(&[("colleagues", user(BOB))]), &[BOB], &[BOB]);
    assert_eq!(level(&world, BOB), "workgroup");
}

#[test]
fn in_private_mode_a_stranger_with_a_user_entry_becomes_a_contact_and_keeps_the_level() {
    let world = privately(anna(&[("family", user(KIM))]), &[], &[]);
    assert_eq!(level(&world, KIM), "family");
    assert_eq!(in_force(&world, ANNA).contacts, BTreeSet::from([KIM.to_owned()]));
}

#[test]
fn settling_leaves_a_blocked_delegate_blocked() {
    let world = privately(anna(&[("workgroup", user(BOB)), ("blocked", user(BOB))]), &[], &[BOB]);
    assert_eq!(in_force(&world, ANNA).entries, BTreeSet::from([("blocked".to_owned(), user(BOB))]));
}

#[test]
fn a_contact_without_an_entry_gets_none_when_the_network_is_blocked() {
    let world = privately(anna(&[("blocked", CLOUD)]), &[JOE, BOB], &[]);
    assert_eq!(level(&world, JOE), "blocked");
    assert_eq!(level(&world, BOB), "colleagues");
}

#[test]
fn in_private_mode_domains_stand_in_blocking_containers_only() {
    let recorded =
        [("blocked", at("spam.example")), ("blocked", user("bad@contoso.com")), ("workgroup", at("adatum.com"))];
    let world = privately(anna(&recorded), &[], &[]);
    let settled = recorded[..2].iter().map(|(container, entry)| ((*container).to_owned(), entry.clone()));
    assert_eq!(in_force(&world, ANNA).entries, settled.collect());
}

#[test]
fn who_tells_a_known_person_from_the_rest_of_the_domain() {
    let mut world = anna(&[("family", user(KIM)), ("external", PARTNERS)]);
    world.containers[0].own = Publications::default();
    world.containers[1].own = Publications::default();
    let seen = who(&world, Mode::InForce, ANNA, "card", "email");
    assert_eq!(seen.people[KIM], Answer::Visible);
    assert_eq!(seen.classes[&Class::At("fabrikam.com".to_owned())], Answer::Hidden);
    assert_eq!(seen.classes[&Class::Anonymous], Answer::Hidden);
    assert!(!seen.people.contains_key(ANNA));
}
