//! Many findings, and much that findings are looked for in.

use crate::growth::given::{Given, Shape, each};

pub(crate) const SHAPES: &[Shape] = &[
    Shape { name: "a mode that many owners are not migrated to", size: 500, given: |size| not_migrated(size, &[]) },
    Shape {
        name: "a mode that many owners are not migrated to, as annotations",
        size: 500,
        given: |size| not_migrated(size, &["--format", "github"]),
    },
    Shape {
        name: "a mode that many owners are not migrated to, as SARIF",
        size: 500,
        given: |size| not_migrated(size, &["--format", "sarif"]),
    },
    Shape {
        name: "a mode that many owners are not migrated to, one by one",
        size: 500,
        given: |size| not_migrated(size, &["--all"]),
    },
    Shape {
        name: "findings that there were before",
        size: 500,
        given: |size| {
            let recipients = each(size, |at| format!("recipient r{at} \"R{at}\" external\n"));
            let given = Given::command(&["lint", "--new-since", "HEAD"], 0, "findings were there at `HEAD` already");
            given.policy(recipients).committed()
        },
    },
    Shape {
        name: "suppressions, each with its finding",
        size: 500,
        given: |size| {
            let recipient = |at| format!("// allow(unused-declaration): soon\nrecipient r{at} \"R{at}\" external\n");
            lint("no findings", &each(size, recipient), "")
        },
    },
    Shape {
        name: "suppressions one below the other",
        size: 500,
        given: |size| {
            let allows = each(size, |at| format!("// allow(unused-declaration): reason {at}\n"));
            lint("finds nothing here", &format!("{allows}recipient r \"R\" external\n"), "")
        },
    },
    Shape {
        name: "domains among the entries of one owner",
        size: 500,
        given: |size| {
            let domains = each(size, |at| format!("        - \"domain:d{at}.example\"\n"));
            lint("", "", &format!("  anna@contoso.com:\n    memberships:\n      external:\n{domains}"))
        },
    },
    Shape {
        name: "domains among the entries of one owner, blocked and not",
        size: 500,
        given: |size| {
            let domains = each(size, |at| format!("        - \"domain:d{at}.example\"\n"));
            let entries = format!("      external:\n{domains}      blocked:\n{domains}");
            lint("both blocked and in", "", &format!("  anna@contoso.com:\n    memberships:\n{entries}"))
        },
    },
    Shape {
        name: "people among the entries of one owner",
        size: 500,
        given: |size| {
            let people = each(size, |at| format!("        - \"user:kim@d{at}.example\"\n"));
            lint("", "", &format!("  anna@contoso.com:\n    memberships:\n      external:\n{people}"))
        },
    },
    Shape {
        name: "levels of one owner in privacy mode, of people who are no contacts",
        size: 500,
        given: |size| {
            let mode = "policy PrivacyConfiguration global { EnablePrivacyMode = true }\n";
            let levels = each(size, |at| format!("        - \"user:kim@d{at}.example\"\n"));
            let contacts = each(size, |at| format!("eve{at}@contoso.com, "));
            let lists = format!(
                "    contacts: [\n      {contacts}eve@contoso.com]\n    memberships:\n      external:\n{levels}"
            );
            lint("is no contact", mode, &format!("  eve@contoso.com: {{}}\n  anna@contoso.com:\n{lists}"))
        },
    },
    Shape {
        name: "rules of one feature",
        size: 300,
        given: |size| {
            let rules = each(size, |at| format!(" deny \"{at}\" when user.inside\n"));
            lint("", &format!("feature f \"F\" for user {{\n{rules} otherwise available }}\n"), "")
        },
    },
    Shape {
        name: "features that each require the next, with a rule each",
        size: 1_000,
        given: |size| {
            let rule = "deny \"outside\" unless user.inside\n otherwise available";
            let chain = each(size, |at| format!("feature f{at} \"F\" for user {{ requires f{}\n {rule} }}\n", at + 1));
            lint("never decides", &format!("{chain}feature f{size} \"F\" for user {{ {rule} }}\n"), "")
        },
    },
    Shape { name: "groups in one condition, one or another of them", size: 500, given: |size| in_groups(size, " or ") },
    Shape { name: "rules of one feature, each about a group", size: 500, given: |size| group_rules(size, "deny") },
    Shape {
        name: "allowing rules of one feature, each about a group",
        size: 500,
        given: |size| group_rules(size, "allow"),
    },
    Shape { name: "groups in one condition, all of them", size: 500, given: |size| in_groups(size, " and ") },
    Shape {
        name: "policy objects of tags that do not set what the global one sets",
        size: 1_000,
        given: |size| tags(size, "{}", "to the default", "  anna@contoso.com: {}\n"),
    },
    Shape {
        name: "policy objects of tags that do not set it, each for somebody",
        size: 1_000,
        given: |size| {
            let users = each(size, |at| format!("  u{at}@contoso.com: {{ policies: {{ S: t{at} }} }}\n"));
            tags(size, "{}", "to the default", &users)
        },
    },
    Shape {
        name: "policy objects of tags that take the global one over",
        size: 1_000,
        given: |size| tags(size, "like global {}", "is never used", "  anna@contoso.com: {}\n"),
    },
    Shape {
        name: "settings of one class, each read by a feature",
        size: 500,
        given: |size| {
            let feature = |at| format!("feature f{at} \"F\" for user {{ {}otherwise available }}\n", denial(at));
            settings(size, "no findings", &each(size, feature))
        },
    },
    Shape {
        name: "settings classes, each with a setting, an object and a feature that reads it",
        size: 300,
        given: |size| {
            let class = |at| {
                format!(
                    "settings C{at} at global {{ s: bool = false }}\npolicy C{at} global {{ s = true }}\n\
                     feature f{at} \"F\" for user {{ deny \"x\" when user.C{at}.s\n otherwise available }}\n"
                )
            };
            lint("no findings", &each(size, class), "")
        },
    },
];

fn not_migrated(owners: usize, more: &[&str]) -> Given {
    let policy = "use std/lync2013\npolicy PrivacyConfiguration global { EnablePrivacyMode = true }\n";
    let owner = |at| format!("  u{at}@contoso.com: {{ mode: standard, attributes: {{ client: lync_2013 }} }}\n");
    let quiet = ["lint", "--allow", "privacy-mode-reveals", "--allow", "legacy-client-bypass"];
    Given::command(&[&quiet, more].concat(), 0, "are those of `standard`")
        .policy(policy)
        .people(people(&each(owners, owner)))
}

fn lint(says: &'static str, policy: &str, users: &str) -> Given {
    let users = if users.is_empty() { "  anna@contoso.com: {}\n" } else { users };
    Given::command(&["lint"], 0, says).policy(format!("use std/lync2013\n{policy}")).people(people(users))
}

fn people(users: &str) -> String {
    format!("organization: {{ domains: [contoso.com] }}\nfederation: {{ open: true }}\nusers:\n{users}")
}

/// A feature that is denied to whoever is in these groups.
fn in_groups(size: usize, join: &str) -> Given {
    let groups: Vec<String> = (0..size).map(|at| format!("user in group g{at}")).collect();
    group_feature(size, &format!("deny \"x\" when {}\n otherwise available", groups.join(join)))
}

fn group_rules(size: usize, effect: &str) -> Given {
    let otherwise = if effect == "deny" { "available" } else { "unavailable" };
    let rules = each(size, |at| format!("{effect} \"x{at}\" when user in group g{at}\n"));
    group_feature(size, &format!("{rules} otherwise {otherwise}"))
}

/// A feature, and as many groups.
fn group_feature(size: usize, says: &str) -> Given {
    let members = each(size, |at| format!("  g{at}: [anna@contoso.com]\n"));
    let policy = format!("feature f \"F\" for user {{\n {says} }}\n");
    lint("no findings", &policy, &format!("  anna@contoso.com: {{}}\ngroups:\n{members}"))
}

/// Policy objects of as many tags beside one that sets a value for everybody.
fn tags(size: usize, object: &str, says: &'static str, users: &str) -> Given {
    let tags = each(size, |at| format!("policy S tag t{at} {object}\n"));
    let policy = format!(
        "settings S at global, tag {{ s: bool = false }}\npolicy S global {{ s = true }}\n\
         feature f \"F\" for user {{ deny \"x\" when user.S.s\n otherwise available }}\n{tags}"
    );
    lint(says, &policy, users)
}

/// As many settings of one class, all set for everybody.
fn settings(size: usize, says: &'static str, features: &str) -> Given {
    let settings = each(size, |at| format!("s{at}: bool = false\n"));
    let set = each(size, |at| format!("s{at} = true\n"));
    lint(says, &format!("settings S at global {{\n{settings}}}\npolicy S global {{\n{set}}}\n{features}"), "")
}

fn denial(at: usize) -> String {
    format!("deny \"x{at}\" when user.S.s{at}\n")
}
