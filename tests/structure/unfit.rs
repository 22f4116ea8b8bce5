//! Items that do not fit together are an answer, which says what is wrong.

use std::collections::BTreeSet;

use prescope::diff::{Item, Present, Side, Structure, Thing};
use prescope::model::Model;

use super::{alike, ends_at_both_sides, graph, names, project};

const PEOPLE: &str =
    "organization: { domains: [contoso.com] }\nsites: { London: {} }\nusers: { anna@contoso.com: {} }\n";

fn item(structure: &Structure<'_>, name: &str) -> BTreeSet<Item> {
    let found: BTreeSet<Item> = structure.items().into_iter().filter(|item| item.to_string() == name).collect();
    assert_eq!(found.len(), 1, "{name} among {:#?}", names(structure));
    found
}

#[test]
fn a_field_that_others_use_cannot_be_taken_back_alone() {
    let base = "category card { mail }\ncontainer none(0) { publishes card { mail } }\n";
    let head = "category card { mail, phone }\ncontainer none(0) { publishes card { mail, phone } }\n\
                guard card.phone { deny \"all\" }\n";
    let [base, head] = [base, head].map(|policy| project(policy, PEOPLE));
    let structure = Structure::between(base.set(), head.set());
    assert_eq!(names(&structure), ["category card: phone", "container none: publishes card.phone", "guard card.phone"]);
    let hybrid = |items: &BTreeSet<Item>| structure.hybrid(Side::Head, items, &Present::Everybody);
    let unfit = hybrid(&item(&structure, "category card: phone")).expect_err("a guard is left");
    assert_eq!(unfit.errors, ["`card` has no field `phone`", "`card` has no field `phone`"]);
    let published = hybrid(&item(&structure, "container none: publishes card.phone")).expect("it fits");
    assert!(alike(&published, graph(head.set())), "the guard hides it anyway");
    ends_at_both_sides([base.set(), head.set()]);
}

#[test]
fn one_item_is_put_back_and_no_other() {
    let base = "use std/lync2013\n";
    let head = "use std/lync2013\nextend container external { publishes note, contact_card { mobile_phone } }\n\
                policy PrivacyConfiguration site London { EnablePrivacyMode = true }\n";
    let [base, head] = [base, head].map(|policy| project(policy, PEOPLE));
    let structure = Structure::between(base.set(), head.set());
    let back = item(&structure, "container external: publishes contact_card.mobile_phone");
    let hybrid = structure.hybrid(Side::Head, &back, &Present::Everybody).expect("it fits");
    let publishes = |model: &Model, path: &str| {
        let container = model.names.containers.find("external").expect("a container");
        let held = model.containers[container].holds.values();
        held.flat_map(|held| held.published.keys()).any(|field| model.field_name(*field) == path)
    };
    assert!(!publishes(hybrid.model(), "contact_card.mobile_phone"));
    assert!(publishes(hybrid.model(), "note.personal"));
    assert_eq!(hybrid.model().objects.len(), 1);
    // The same from the other side: BASE with this one item as HEAD has it.
    let hybrid = structure.hybrid(Side::Base, &back, &Present::Everybody).expect("it fits");
    assert!(publishes(hybrid.model(), "contact_card.mobile_phone"));
    assert_eq!(hybrid.model().objects.len(), 0);
}

#[test]
fn a_side_without_a_directory_is_put_back_whole() {
    let policy = "category card { mail }\ncontainer none(0) { publishes card }\n\
                  settings S at global, site { On: bool = true }\npolicy S site London { On = false }\n";
    let base = prescope::Project::builder().policy("policy.prescope", policy).build();
    let head = project(policy, PEOPLE);
    let structure = Structure::between(base.set(), head.set());
    assert_eq!(names(&structure), ["directory"]);
    assert_eq!(structure.differences[0].thing, Thing::Directory);
    ends_at_both_sides([base.set(), head.set()]);
}

/// In a directory a container may be its number, which is one of its own side.
#[test]
fn numbers_of_containers_are_those_of_their_side() {
    let set = |team: u32, club: u32| {
        let policy = format!(
            "category card {{ mail }}\ncontainer none(0) {{ masks card }}\n\
             container team({team}) visible {{ publishes card }}\ncontainer club({club}) visible blocking {{ masks card }}\n"
        );
        let entries = format!("{{ {team}: [\"user:kim@fabrikam.com\"], {club}: [everyone] }}");
        let people = format!(
            "organization: {{ domains: [contoso.com] }}\nusers:\n  anna@contoso.com: {{ memberships: {entries} }}\n"
        );
        project(&policy, &people)
    };
    let [base, head] = [set(1, 2), set(2, 1)];
    let structure = Structure::between(base.set(), head.set());
    assert_eq!(names(&structure), ["container club: number", "container team: number"]);
    ends_at_both_sides([base.set(), head.set()]);
}
