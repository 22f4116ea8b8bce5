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
];

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
