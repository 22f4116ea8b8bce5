//! Unknown names among as many known ones.

use crate::growth::given::{Given, Shape, each};

pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        name: "unknown groups",
        size: 500,
        given: |size| {
            let groups = each(size, |group| format!("  group{group}: [group:grp{group}]\n"));
            check("there is no group", BASE, &format!("users: {{}}\ngroups:\n{groups}"))
        },
    },
    Shape {
        name: "unknown features",
        size: 150,
        given: |size| {
            let feature = |number| {
                format!("feature feature{number} for user {{ requires featur{number}x, otherwise available }}\n")
            };
            check("there is no feature", &each(size, feature), "users: {}\n")
        },
    },
    Shape {
        name: "unknown fields",
        size: 200,
        given: |size| {
            let list = |name: &str| each(size, |field| format!("{name}{field}\n"));
            let policy = format!(
                "category a {{\n{}}}\ncontainer all(1) {{ publishes a {{\n{}}} }}\n",
                list("field"),
                list("feld")
            );
            check("has no field", &policy, "users: {}\n")
        },
    },
    Shape {
        name: "unknown settings",
        size: 150,
        given: |size| {
            let settings = each(size, |setting| format!("setting{setting}: bool = false\n"));
            let set = each(size, |setting| format!("seting{setting} = true\n"));
            check(
                "has no setting",
                &format!("settings S at global {{\n{settings}}}\npolicy S global {{\n{set}}}\n"),
                "users: {}\n",
            )
        },
    },
    Shape {
        name: "unknown tags",
        size: 300,
        given: |size| {
            let tags = each(size, |tag| format!("policy S tag tag{tag} {{ s = true }}\n"));
            let users = each(size, |user| format!("  user{user}@contoso.com: {{ policies: {{ S: gta{user} }} }}\n"));
            let policy = format!("settings S at global, tag {{ s: bool = false }}\n{tags}");
            check("choose one of", &policy, &format!("users:\n{users}"))
        },
    },
    Shape {
        name: "a setting that many classes have",
        size: 100,
        given: |size| {
            let classes = each(size, |class| format!("settings C{class} at global {{ s: bool = false }}\n"));
            let rules = each(size, |rule| format!("deny \"{rule}\" when user.s\n"));
            check(
                "several classes",
                &format!("{classes}feature f for user {{\n{rules}otherwise available }}\n"),
                "users: {}\n",
            )
        },
    },
    Shape {
        name: "a list of one person, on one line",
        size: 2_000,
        given: |size| {
            let contacts = each(size, |_| "ü@fabrikam.com, ".to_owned());
            check(
                "stands in this list twice",
                BASE,
                &format!("users: {{ anna@contoso.com: {{ contacts: [{contacts}] }} }}\n"),
            )
        },
    },
];

/// A policy that says next to nothing.
pub(super) const BASE: &str = "category a { b }\ncontainer everyone(0) { publishes a }\n";

fn check(says: &'static str, policy: &str, people: &str) -> Given {
    Given::check((1, says), policy, people)
}
