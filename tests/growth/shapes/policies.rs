//! Policies with many of one thing.

use crate::growth::given::{Given, Shape, each};

/// Two sides of which the second shows more of so many owners.
fn more_is_seen(size: usize, options: &[&str], told: &'static str) -> Given {
    let user = |at| format!("  user{at}@contoso.com: {{ memberships: {{ all: [\"user:kim{at}@fabrikam.com\"] }} }}\n");
    let members = each(size, |at| format!("user{at}@contoso.com, "));
    let people = format!(
        "organization: {{ domains: [contoso.com] }}\ngroups: {{ all: [{members}] }}\nusers:\n{}",
        each(size, user)
    );
    let policy = |more: &str| format!("category a {{ b, c }}\ncontainer all(1) {{ {more} }}\n");
    Given::command(&[&["diff", "before", "."], options].concat(), 0, told)
        .policy(policy("publishes a"))
        .people(people.clone())
        .file("before/prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [\"people.yaml\"]\n")
        .file("before/policy.prescope", policy("publishes a.b"))
        .file("before/people.yaml", people)
}

/// Two sides without people, of which the second lets so many features and guards depend on something of their own.
fn other_worlds(size: usize) -> Given {
    let fields = each(size, |at| format!("f{at}, "));
    let attributes = each(size, |at| format!("    a{at}: bool = false\n"));
    let policy = |when: fn(usize) -> String| {
        let guards = each(size, |at| format!("guard c.f{at} {{ deny \"it\" when {} }}\n", when(at)));
        let feature = |at| format!("feature u{at} for user {{ otherwise available }}\n");
        let attributes = format!("attributes user {{\n{attributes}}}\n");
        let containers = "container none(1) blocking { masks c }\ncontainer all(2) { publishes c }\n";
        format!("category c {{ {fields} z }}\n{containers}{attributes}{guards}{}", each(size, feature))
    };
    Given::command(&["diff", "before", ".", "--only", "effect"], 0, "in every world")
        .file("prescope.yaml", "policies: [\"policy.prescope\"]\n")
        .policy(policy(|at| format!("owner.a{at}")))
        .file("before/prescope.yaml", "policies: [\"policy.prescope\"]\n")
        .file("before/policy.prescope", policy(|at| format!("viewer.a{at}")))
}

/// Two sides that call so many fields and people otherwise; and the options that tell so many of them.
fn called_otherwise(size: usize, told: usize) -> Given {
    let people = |name: &str| {
        let user = |at| format!("  {name}{at}@contoso.com: {{ contacts: [kim{at}@fabrikam.com] }}\n");
        format!("organization: {{ domains: [contoso.com] }}\nusers:\n{}", each(size, user))
    };
    let policy = |name: &str| {
        let fields = each(size, |at| format!("{name}{at}: v{at} | w, "));
        format!("category a {{ {fields} z }}\ncontainer all(1) {{ publishes a }}\n")
    };
    let options = (0..told).flat_map(|at| ["--renamed".to_owned(), format!("a.b{at}=a.c{at}")]);
    let options: Vec<String> = options.collect();
    let words: Vec<&str> = ["diff", "before", "."].into_iter().chain(options.iter().map(String::as_str)).collect();
    Given::command(&words, 0, if told == 0 { "looks renamed" } else { "told as renamed" })
        .policy(policy("c"))
        .people(people("c"))
        .file("before/prescope.yaml", "policies: [\"*.prescope\"]\ndirectory: [\"people.yaml\"]\n")
        .file("before/policy.prescope", policy("b"))
        .file("before/people.yaml", people("b"))
}

pub(crate) const SHAPES: &[Shape] = &[
    Shape { name: "fields that differ in worlds of their own", size: 60, given: other_worlds },
    Shape {
        name: "owners of whom other viewers see more",
        size: 1_000,
        given: |size| more_is_seen(size, &["--deny-open-gain"], "new visibility"),
    },
    Shape {
        name: "owners of whom other viewers see more, of a group and as a document",
        size: 1_000,
        given: |size| {
            more_is_seen(size, &["--owner-group", "all", "--witness", "100", "--format", "json"], "more_witnesses")
        },
    },
    Shape { name: "fields and people that look renamed", size: 200, given: |size| called_otherwise(size, 0) },
    Shape { name: "fields that are told as renamed", size: 200, given: |size| called_otherwise(size, size) },
    Shape {
        name: "a chain of features",
        size: 1_000,
        given: |size| {
            let chain = each(size, |feature| {
                format!("feature f{feature} for user {{ requires f{}, otherwise available }}\n", feature + 1)
            });
            check(0, "no errors", &format!("{chain}feature f{size} for user {{ otherwise available }}\n"))
        },
    },
    Shape {
        name: "a circle of features",
        size: 300,
        given: |size| {
            let circle = |feature| {
                format!("feature f{feature} for user {{ requires f{}, otherwise available }}\n", (feature + 1) % size)
            };
            check(1, "graph::requires-circle", &each(size, circle))
        },
    },
    Shape {
        name: "policy objects that each start from the next",
        size: 1_000,
        given: |size| {
            let objects = each(size, |tag| format!("policy S tag t{tag} like tag t{} {{}}\n", tag + 1));
            check(0, "no errors", &format!("{CLASS}{objects}policy S tag t{size} {{}}\n"))
        },
    },
    Shape {
        name: "policy objects that start from each other",
        size: 1_000,
        given: |size| {
            let objects = each(size, |tag| format!("policy S tag t{tag} like tag t{} {{}}\n", (tag + 1) % size));
            check(1, "start from each other", &format!("{CLASS}{objects}"))
        },
    },
    Shape {
        name: "guards, each with an addition",
        size: 300,
        given: |size| {
            let fields = each(size, |field| format!("f{field}\n"));
            let guard = |field| {
                format!(
                    "guard a.f{field} {{ deny \"x\" when owner.inside }}\n\
                     extend guard a.f{field} {{ deny \"y\" when owner.inside }}\n"
                )
            };
            check(0, "no errors", &format!("category a {{\n{fields}}}\n{}", each(size, guard)))
        },
    },
    Shape {
        name: "an enumeration of many values, all of them asked for",
        size: 4_000,
        given: |size| {
            let listed = |between: &str| (0..size).map(|value| format!("v{value}")).collect::<Vec<_>>().join(between);
            let (values, asked) = (listed(" | "), listed(", "));
            let policy = format!(
                "settings S at global {{ s: {values} = v0 }}\n\
                 feature f for user {{ deny \"a\" when user.s in {{ {asked} }}\n otherwise available }}\n"
            );
            lint(0, "never fails", &policy)
        },
    },
    Shape {
        name: "a guard of many fields, with as many rules",
        size: 1_000,
        given: |size| {
            let fields = each(size, |field| format!("f{field}\n"));
            let rules = each(size, |rule| format!("deny \"{rule}\" when viewer.inside\n"));
            lint(0, "never decides", &format!("category a {{\n{fields}}}\nguard a {{\n{rules}}}\n"))
        },
    },
    Shape {
        name: "policy objects at as many sites as there are tags",
        size: 500,
        given: |size| {
            let objects = each(size, |at| format!("policy S tag t{at} {{ s = true }}\npolicy S site s{at} {{}}\n"));
            let sites = each(size, |site| format!("  s{site}: {{}}\n"));
            let policy = format!("settings S at global, site, tag {{ s: bool = false }}\n{objects}");
            Given::check((0, "no errors"), policy, &format!("sites:\n{sites}users: {{ anna@contoso.com: {{}} }}\n"))
        },
    },
    Shape {
        name: "settings of one class, all read by one feature",
        size: 500,
        given: |size| {
            let settings = each(size, |setting| format!("s{setting}: bool = false\n"));
            lint(0, "no findings", &format!("settings S at global {{\n{settings}}}\n{}", reading(size)))
        },
    },
    Shape {
        name: "settings of as many classes, all read by one feature",
        size: 500,
        given: |size| {
            let classes = each(size, |class| format!("settings S{class} at global {{ s{class}: bool = false }}\n"));
            lint(0, "no findings", &format!("{classes}{}", reading(size)))
        },
    },
    Shape {
        name: "rules that are taken away again",
        size: 500,
        given: |size| {
            let rules = each(size, |rule| format!("deny \"{rule}\" when user.inside\n"));
            let without = each(size, |rule| format!("without \"{rule}\"\n"));
            let policy =
                format!("feature f for user {{\n{rules}otherwise available }}\nextend feature f {{\n{without}}}\n");
            check(0, "no errors", &policy)
        },
    },
    Shape {
        name: "parentheses within parentheses",
        size: 10_000,
        given: |size| {
            let condition = format!("{}user.inside{}", "(".repeat(size), ")".repeat(size));
            check(
                1,
                "syntax::too-deep",
                &format!("feature f for user {{ deny \"a\" when {condition}\n otherwise available }}\n"),
            )
        },
    },
    Shape {
        name: "a test of all that a feature discloses",
        size: 200,
        given: |size| {
            let data = each(size, |data| format!("data d{data}\n"));
            let lines = each(size, |data| format!("discloses d{data} of user to r\n"));
            let expected = |data| format!("expect anna@contoso.com discloses d{data} of user to r through f\n");
            let test = format!("test \"t\" {{\n{}}}\n", each(size, expected));
            let feature = format!("feature f for user {{\notherwise available\n{lines}}}\n");
            Given {
                command: vec!["test".to_owned()],
                ..check(0, "expectations passed", &format!("recipient r\n{data}{feature}{test}"))
            }
        },
    },
];

const CLASS: &str = "settings S at global, tag { s: bool = false }\n";

fn check(status: i32, says: &'static str, policy: &str) -> Given {
    Given::check((status, says), policy, "users: { anna@contoso.com: {} }\n")
}

/// `lint` of policies, and of the same people.
fn lint(status: i32, says: &'static str, policy: &str) -> Given {
    Given { command: vec!["lint".to_owned()], ..check(status, says, policy) }
}

/// A feature that reads as many settings.
fn reading(size: usize) -> String {
    let rules = each(size, |rule| format!("deny \"{rule}\" when user.s{rule}\n"));
    format!("feature f for user {{\n{rules}otherwise available }}\n")
}
