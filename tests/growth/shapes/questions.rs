//! Questions, and lines of them.

use crate::growth::given::{Given, Shape, each};

pub(crate) const SHAPES: &[Shape] = &[
    Shape {
        name: "an assumption about somebody at a domain of many labels",
        size: 20_000,
        given: |size| {
            let assumed = format!("anna@{}x=1", "a.".repeat(size / 2));
            ask(&["can", "anna", "see", "anna", "a", "--assume", &assumed], 2, "names nobody the set knows", 1)
        },
    },
    Shape {
        name: "a line of `batch` that does not end",
        size: 4 << 20,
        given: |size| ask(&["batch"], 2, "end each question with a line break", 1).input("x".repeat(size)),
    },
    Shape {
        name: "questions of people by their names",
        size: 1_000,
        given: |size| {
            let questions = each(size, |person| see(&format!("user{person}"), "user0", "a"));
            ask(&["batch"], 0, "visible", size).input(questions)
        },
    },
    Shape {
        name: "questions of people nobody knows",
        size: 250,
        given: |size| {
            let questions = each(size, |person| {
                see(&format!("usr{person}x"), "user0", "a") + &see("user0", &format!("usr{person}@contoso.com"), "a")
            });
            ask(&["batch"], 2, "nobody is known as", size).input(questions)
        },
    },
    Shape {
        name: "questions of categories nobody knows",
        size: 500,
        given: |size| {
            let policy = each(size, |category| format!("category topic{category} {{ b }}\n"));
            let questions = each(size, |category| see("user0", "user0", &format!("topik{category}")));
            ask(&["batch"], 2, "there is no category", 1).file("more.prescope", policy).input(questions)
        },
    },
    Shape {
        name: "invariants that hold, each about a setting of its own",
        size: 60,
        given: |size| prove(size, size, (0, "proved"), |at| format!("always viewer sees a when owner.s{at}")),
    },
    Shape {
        name: "invariants that are broken",
        size: 60,
        given: |size| prove(8, size, (1, "refuted"), |at| format!("never viewer sees a when owner.s{}", at % 8)),
    },
    Shape {
        name: "an invariant that is broken, in a directory of many",
        size: 2_000,
        given: |size| {
            let policy = "invariant \"i\" { never viewer sees a when viewer.inside }\n";
            ask(&["prove"], 1, "1 refuted", size).file("more.prescope", policy)
        },
    },
    Shape {
        name: "invariants that many people and pairs of them break",
        size: 1_000,
        given: |size| {
            let policy = "feature call for party with peer { otherwise available }\n\
                          invariant \"i\" { never viewer sees a when viewer.inside, never call available }\n";
            ask(&["prove", "--in-directory"], 1, "2 refuted", size).file("more.prescope", policy)
        },
    },
];

/// `prove` with so many settings and so many clauses.
fn prove(settings: usize, clauses: usize, ends: (i32, &'static str), clause: impl Fn(usize) -> String) -> Given {
    let settings = each(settings, |at| format!("s{at}: bool = false\n"));
    let clauses = each(clauses, |at| clause(at) + "\n");
    let policy =
        format!("container none(2) {{ }}\nsettings S at global {{\n{settings}}}\ninvariant \"i\" {{\n{clauses}}}\n");
    ask(&["prove"], ends.0, ends.1, 1).file("more.prescope", policy)
}

/// A command on a set with so many people.
fn ask(command: &[&str], status: i32, says: &'static str, people: usize) -> Given {
    let users = each(people, |person| format!("  user{person}@contoso.com: {{}}\n"));
    Given::command(command, status, says)
        .policy("category a { b }\ncontainer all(1) { publishes a }\nmembership \"all\" { all has everyone }\n")
        .people(format!("organization: {{ domains: [contoso.com] }}\nusers:\n  anna@contoso.com: {{}}\n{users}"))
}

fn see(viewer: &str, owner: &str, category: &str) -> String {
    format!("{{\"see\":{{\"viewer\":\"{viewer}\",\"owner\":\"{owner}\",\"category\":\"{category}\"}}}}\n")
}
