//! Groups within groups.

use super::names::BASE;
use crate::growth::given::{Given, Shape, each};

pub(crate) const SHAPES: &[Shape] = &[
    Shape { name: "a chain of groups", size: 500, given: |size| check(0, "no errors", &chain(size)) },
    Shape {
        name: "groups within groups, each with people of its own",
        size: 50,
        given: |size| {
            let people = |group: usize| each(40, |person| format!(", p{group}x{person}@fabrikam.com"));
            let groups = each(size, |group| format!("  g{group}: [group:g{}{}]\n", group + 1, people(group)));
            check(0, "no errors", &(groups + &format!("  g{size}: []\n")))
        },
    },
    Shape {
        name: "a circle of groups",
        size: 300,
        given: |size| {
            let groups = each(size, |group| format!("  g{group}: [group:g{}]\n", (group + 1) % size));
            check(1, "directory::group-circle", &groups)
        },
    },
    Shape { name: "a group that is blocked, of people whom policy puts elsewhere", size: 200, given: blocked },
    Shape { name: "a plan for one of many owners that is kept", size: 500, given: kept },
    Shape { name: "a setting of many owners, each with a test", size: 500, given: tested },
];

/// Owners of whom nothing is recorded but that somebody is blocked.
fn owners(size: usize) -> String {
    let user = |at| {
        format!(
            "  user{at}@contoso.com: {{ contacts: [], memberships: {{ closed: [\"user:eve{at}@fabrikam.com\"] }} }}\n"
        )
    };
    format!(
        "organization: {{ domains: [contoso.com] }}\nfederation: {{ partners: [fabrikam.com] }}\nusers:\n{}",
        each(size, user)
    )
}

const BLOCKING: &str = "category a { b }\ncontainer open(1) { publishes a }\ncontainer closed(2) blocking { }\n";

fn kept(size: usize) -> Given {
    let words = ["block", "user0@contoso.com", "domain:fabrikam.com", "-o", "plan.json"];
    Given::command(&words, 0, "kept in plan.json").policy(BLOCKING).people(owners(size))
}

fn tested(size: usize) -> Given {
    let test = |at| format!("test \"{at}\" {{ expect eve{at}@fabrikam.com does not see user{at}@contoso.com a }}\n");
    let settings = "settings C at global { s: bool = false }\npolicy C global {}\nfeature f for user { deny \"off\" when not user.s, otherwise available }\n";
    Given::command(&["set", "C.s=true"], 0, "tests pass as before")
        .policy(format!("{BLOCKING}{settings}{}", each(size, test)))
        .people(owners(size))
}

fn blocked(size: usize) -> Given {
    let people = (0..size).map(|person| format!("p{person}@fabrikam.com")).collect::<Vec<_>>().join(", ");
    let policy = format!(
        "category a {{ b }}\ncontainer open(1) {{ publishes a }}\ncontainer closed(2) blocking {{ }}\n\
         membership \"all of them\" {{ open has {people} }}\n"
    );
    let people = format!("users: {{ anna@contoso.com: {{}} }}\ngroups:\n  team: [{people}]\n");
    Given::command(&["block", "anna@contoso.com", "group:team"], 1, "nothing is written yet")
        .policy(policy)
        .people(format!("organization: {{ domains: [contoso.com] }}\n{people}"))
}

fn chain(size: usize) -> String {
    each(size, |group| format!("  g{group}: [group:g{}]\n", group + 1)) + &format!("  g{size}: [anna@contoso.com]\n")
}

fn check(status: i32, says: &'static str, groups: &str) -> Given {
    let people = format!("users: {{ anna@contoso.com: {{}} }}\ngroups:\n{groups}");
    Given::check((status, says), BASE, &people)
}
