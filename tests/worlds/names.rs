//! Names that one side alone has, and what both call the same and mean otherwise.

use prescope::project::Project;
use prescope::symbolic::NODES;
use prescope::worlds::{Change, Decided, Everywhere, State, Verified, compare};

/// A set by its text.
fn set(text: &str) -> Project {
    let project = Project::builder().policy("p.prescope", text).build();
    assert!(!project.has_errors(), "{:#?}", project.diagnostics());
    project
}

fn between(base: &str, head: &str) -> Everywhere {
    let sides = [set(base), set(head)];
    compare(sides.each_ref().map(Project::set), NODES).expect("no errors").expect("verified")
}

/// Each change in a line: what, from what, to what, and the facts of the smallest world.
fn told(everywhere: &Everywhere) -> Vec<String> {
    let line = |change: &Change, facts: &[String]| {
        let name = match &change.decided {
            Decided::Sees { category, field } => format!("{category}.{field}"),
            Decided::Uses(feature) => feature.clone(),
            Decided::Leaves(of) => format!("{} {} through {}", of.item, of.goes, of.feature),
        };
        let state = |state: &State| match state {
            State::Seen(seen) => format!("{seen:?}").to_lowercase(),
            other => format!("{other:?}").to_lowercase(),
        };
        format!("{name}: {} to {}; {}", state(&change.before), state(&change.after), facts.join(", "))
    };
    let mut lines = Vec::new();
    for row in &everywhere.rows {
        let world = &row.located.as_ref().expect("located").world;
        assert_eq!(world.verified, Verified::Yes, "{row:#?}");
        lines.extend(row.changes.iter().map(|change| line(change, &world.facts)));
    }
    lines
}

/// Why what could not be compared, by the name of the decision.
fn uncompared(everywhere: &Everywhere) -> Vec<String> {
    let name = |decided: &Decided| match decided {
        Decided::Sees { category, field } => format!("{category}.{field}"),
        Decided::Uses(feature) => feature.clone(),
        Decided::Leaves(of) => of.item.clone(),
    };
    everywhere.uncompared.iter().map(|it| format!("{}: {}", name(&it.decided), it.why)).collect()
}

const LEVELS: &str = "category state { place }
container blocked(1) blocking { masks state }
container friends(2) { publishes state }
";

#[test]
fn a_field_that_one_side_has_is_hidden_on_the_other() {
    let head = LEVELS.replace("{ place }", "{ place, note }");
    let found = between(LEVELS, &head);
    assert_eq!(told(&found), ["state.note: hidden to visible; viewer is recorded in `friends`"]);
    assert_eq!(told(&between(&head, LEVELS)), ["state.note: visible to hidden; viewer is recorded in `friends`"]);
}

#[test]
fn a_container_that_one_side_has_is_nobodys_on_the_other() {
    let head = format!("{LEVELS}container family(3) {{ publishes state }}\n");
    assert_eq!(told(&between(LEVELS, &head)), ["state.place: hidden to visible; viewer is recorded in `family`"]);
    // Under another number entries mean the same, as long as the order stays.
    assert!(between(LEVELS, &LEVELS.replace("friends(2)", "friends(7)")).is_empty());
    let turned = between(LEVELS, &LEVELS.replace("friends(2)", "friends(1)").replace("blocked(1)", "blocked(2)"));
    let both = "an entry for `everyone` is recorded in `friends`, an entry for `everyone` is recorded in `blocked`";
    let losing = told(&turned);
    assert_eq!(losing.len(), 1, "{losing:?}");
    assert!(losing[0].starts_with("state.place: visible to hidden; "), "{losing:?}, not {both}");
}

#[test]
fn a_feature_that_one_side_has_is_unavailable_on_the_other() {
    let feature = "feature chat for viewer of owner { otherwise available }\n";
    let head = format!("{LEVELS}{feature}");
    assert_eq!(told(&between(LEVELS, &head)), ["chat: unavailable to available; "]);
    assert_eq!(told(&between(&head, LEVELS)), ["chat: available to unavailable; "]);
    let user = head.replace("viewer of owner", "user");
    let found = between(&head, &user);
    assert!(found.rows.is_empty());
    let why = "chat: `chat` is for viewer of owner in BASE and for user in HEAD";
    assert_eq!(uncompared(&found), [why, why], "once for each shape");
}

#[test]
fn what_one_side_alone_reads_is_any_there() {
    let base = "feature chat for user { otherwise available }\n";
    let head = "attributes user { trusted: bool = false }
feature chat for user {
    otherwise unavailable
    allow \"trusted\" when user.trusted
}
";
    assert_eq!(told(&between(base, head)), ["chat: available to unavailable; "]);
    let whose = "settings Privacy at global { Enable: bool = true }
feature chat for user {
    otherwise available
    deny \"off\" unless user.Enable
}
";
    assert_eq!(told(&between(base, whose)), ["chat: available to unavailable; `user.Enable` is `false`"]);
}

#[test]
fn people_and_domains_that_one_side_names_are_known_on_the_other() {
    let named = |entry: &str| format!("{LEVELS}membership \"m\" {{\n    friends has {entry}\n}}\n");
    let found = between(LEVELS, &named("domain partner.example"));
    assert_eq!(told(&found), ["state.place: hidden to visible; viewer is at `partner.example`"]);
    let found = between(&named("kim@partner.example"), &named("lee@partner.example"));
    assert_eq!(
        told(&found),
        [
            "state.place: hidden to visible; viewer is `lee@partner.example`",
            "state.place: visible to hidden; viewer is `kim@partner.example`"
        ]
    );
    let suffix = |text: String| format!("match domains by suffix\n{text}");
    let found = between(&suffix(named("domain example")), &suffix(named("domain partner.example")));
    // Of two entries for domains the one with the longer name counts.
    assert_eq!(
        told(&found),
        [
            "state.place: hidden to visible; viewer is at `partner.example`, \
         an entry for the domain of viewer is recorded in `blocked`",
            "state.place: visible to hidden; viewer is at `example`"
        ]
    );
}

/// Nobody says another value: then each side has its own.
#[test]
fn a_default_that_changes_changes_answers_where_nobody_says_another_value() {
    let text = |default: &str| {
        format!(
            "attributes user {{ cleared: bool = {default} }}
feature chat for user {{
    otherwise unavailable
    allow \"cleared\" when user.cleared
}}
"
        )
    };
    let found = between(&text("false"), &text("true"));
    let fact = "`user.cleared` is `false` in BASE, `user.cleared` is `true` in HEAD";
    assert_eq!(told(&found), [format!("chat: unavailable to available; {fact}")]);
    let object = |value: &str, default: &str| {
        format!(
            "settings Privacy at global {{ Enable: bool = {default} }}
policy Privacy global {{ Enable = {value} }}
feature chat for user {{
    otherwise unavailable
    allow \"on\" when user.Enable
}}
"
        )
    };
    let fact = "`user.Enable` is `false` in BASE, `user.Enable` is `true` in HEAD";
    assert_eq!(
        told(&between(&object("false", "false"), &object("true", "false"))),
        [format!("chat: unavailable to available; {fact}")]
    );
    assert_eq!(
        told(&between(&object("false", "false"), &object("false", "true"))),
        [format!("chat: unavailable to available; {fact}")]
    );
}

#[test]
fn what_is_of_another_type_is_not_compared() {
    let text = |kind: &str, when: &str| {
        format!(
            "attributes user {{ kind: {kind} }}
feature chat for user {{
    otherwise unavailable
    allow \"kind\" when {when}
}}
feature call for user {{ otherwise available }}
"
        )
    };
    let found = between(&text("bool = false", "user.kind"), &text("1..2 = 1", "user.kind == 2"));
    assert!(found.rows.is_empty(), "{found:#?}");
    assert_eq!(uncompared(&found), ["chat: `user.kind` is true or false in BASE and a number from 1 to 2 in HEAD"]);
    // Of values that one side alone has, it is said that the other has no such world.
    let found = between(
        &text("1..3 = 1", "user.kind >= 4 or user.kind == 2"),
        &text("1..5 = 1", "user.kind >= 4 or user.kind == 2"),
    );
    assert!(
        found.rows.is_empty() && found.uncompared.is_empty(),
        "more values, and nothing that others do not: {found:#?}"
    );
    let found = between(&text("1..3 = 1", "user.kind > 3"), &text("1..5 = 1", "user.kind > 3"));
    assert!(found.rows.is_empty(), "{found:#?}");
    assert_eq!(uncompared(&found), ["chat: HEAD alone has worlds in which `user.kind` is `4`"]);
    let found = between(&text("old | new = old", "user.kind == new"), &text("new | old = old", "user.kind == new"));
    assert!(found.is_empty(), "words in another order are the same words: {found:#?}");
    let found =
        between(&text("old | new = old", "user.kind == new"), &text("newer | old | new = old", "user.kind == newer"));
    assert_eq!(told(&found), ["chat: available to unavailable; `user.kind` is `new`"]);
    assert_eq!(uncompared(&found), ["chat: HEAD alone has worlds in which `user.kind` is `newer`"]);
}

#[test]
fn objects_that_hold_somewhere_are_not_compared() {
    let text = |value: &str| {
        format!(
            "settings Privacy at global, site {{ Enable: bool = false }}
policy Privacy site London {{ Enable = {value} }}
feature chat for user {{
    otherwise unavailable
    allow \"on\" when user.Enable
}}
feature call for user {{ otherwise available }}
"
        )
    };
    let found = between(&text("false"), &text("true"));
    assert!(found.rows.is_empty());
    assert_eq!(
        uncompared(&found),
        ["chat: policy objects of `Privacy` differ, and which one applies to whom is compared of a directory only"]
    );
    assert!(between(&text("true"), &text("true")).is_empty());
}

#[test]
fn entries_for_domains_that_mean_something_else_are_not_compared() {
    let found = between(LEVELS, &format!("match domains by suffix\n{LEVELS}"));
    assert!(found.rows.is_empty());
    assert_eq!(uncompared(&found), ["state.place: domains match exactly in BASE and by suffix in HEAD"]);
}

#[test]
fn what_leaves_is_compared() {
    let text = |line: &str| {
        format!(
            "recipient vendor \"Vendor\" external
data notes \"Notes\"
attributes user {{ cleared: bool = false }}
feature chat for user {{
    otherwise available
    {line}
}}
"
        )
    };
    let found = between(&text("discloses nothing to vendor"), &text("discloses notes to vendor when user.cleared"));
    assert_eq!(
        told(&found),
        ["notes to vendor through chat: leaves(none) to leaves(some(certain)); `user.cleared` is `true`"]
    );
}
