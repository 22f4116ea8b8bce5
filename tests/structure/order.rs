//! Order is told where it means something, and only there.

use prescope::diff::Structure;

use super::{alike, ends_at_both_sides, graph, names, project, texts};

const PEOPLE: &str = "
organization: { domains: [contoso.com] }
federation: { partners: [fabrikam.com] }
users:
  anna@contoso.com:
    contacts: [bob@contoso.com, kim@fabrikam.com]
    attributes: { a: true, b: true }
    memberships: { closed: [kim@fabrikam.com], team: [bob@contoso.com] }
  bob@contoso.com: {}
";

fn set(manifests: &str) -> String {
    format!(
        "category state {{ place }}\nattributes user {{ a: bool = false, b: bool = false }}\n\
         container none(0) {{ masks state }}\ncontainer team(1) visible {{ publishes state }}\n\
         container closed(2) visible {{ masks state }}\n{manifests}"
    )
}

/// What differs between two sets with these manifests.
fn differing(base: &str, head: &str) -> (Vec<String>, String) {
    let [base, head] = [base, head].map(|manifests| project(&set(manifests), PEOPLE));
    ends_at_both_sides([base.set(), head.set()]);
    let structure = Structure::between(base.set(), head.set());
    (names(&structure), texts(&structure))
}

#[test]
fn the_order_of_manifests_is_an_item() {
    let manifests = |one: &str, other: &str| {
        format!(
            "manifest one {one} when owner.a {{ contact in team, exactly one, default team }}\n\
             manifest other {other} when owner.b {{ contact in visible, exactly one, default closed }}\n\
             manifest rest {{ everyone in team }}\n"
        )
    };
    let (names, texts) = differing(&manifests("before other", ""), &manifests("", "before one"));
    assert_eq!(names, ["order of manifests"]);
    assert_eq!(texts, "~ order of manifests \n    [order of manifests]\n      was one; other\n      is other; one\n");
}

#[test]
fn a_manifest_between_two_others_reorders_nothing() {
    let two = "manifest one before other when owner.a { contact in team }\n\
               manifest other when owner.b { contact in visible }\nmanifest rest { everyone in team }\n";
    let three = "manifest one before new when owner.a { contact in team }\n\
                 manifest new before other when owner.a and owner.b { contact in closed }\n\
                 manifest other when owner.b { contact in visible }\nmanifest rest { everyone in team }\n";
    assert_eq!(differing(two, three).0, ["manifest new"]);
}

#[test]
fn the_order_of_rules_about_the_same_is_an_item_and_no_other() {
    let rules = |rules: &str| format!("manifest rest {{ {rules} }}\n");
    let (federated, any, domain) = (
        "contact from federated in team, exactly one, default team, else move",
        "contact in visible, exactly one, default closed, else move",
        "domain in team",
    );
    let joined = |all: &[&str]| rules(&all.join("\n"));
    let apart = differing(&joined(&[any, domain]), &joined(&[domain, any]));
    assert_eq!(apart.0, Vec::<String>::new());
    let [base, head] = [joined(&[federated, any, domain]), joined(&[any, domain, federated])];
    let sets = [&base, &head].map(|manifests| project(&set(manifests), PEOPLE));
    assert!(!alike(graph(sets[0].set()), graph(sets[1].set())), "Kim is in `team`, then in `closed`");
    let (names, texts) = differing(&base, &head);
    assert_eq!(names, ["manifest rest: order of rules"]);
    assert!(texts.contains("was contact from federated; contact; domain\n"), "{texts}");
    let new = differing(&joined(&[any, domain]), &joined(&[federated, any, domain]));
    assert_eq!(new.0, ["manifest rest: rule for contact from federated"]);
}

#[test]
fn the_order_of_what_is_shown_and_of_scopes_has_a_meaning() {
    let shows = |lines: &str| {
        format!(
            "category mood {{ now: up | down }}\nattributes user {{ a: bool = false }}\n\
             container none(0) {{ shows mood.now as {lines} }}\n"
        )
    };
    let people = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n";
    let [base, head] = ["up when owner.a\nshows mood.now as down", "down\nshows mood.now as up when owner.a"]
        .map(|lines| project(&shows(lines), people));
    assert_eq!(names(&Structure::between(base.set(), head.set())), ["container none: shows mood.now"]);
    let [base, head] = ["site, tag", "tag, site"]
        .map(|scopes| project(&format!("settings S at global, {scopes} {{ On: bool = true }}"), people));
    assert_eq!(names(&Structure::between(base.set(), head.set())), ["settings S: scopes"]);
}
