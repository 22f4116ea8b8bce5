//! A condition that is written anew and means the same is told so; nothing else is.

use prescope::diff::{Meaning, Structure};

use super::{names, project};
use crate::tries::is_whole;

const PEOPLE: &str = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n";

/// What is said of the only part that differs between two sets.
fn meaning(base: &str, head: &str) -> Option<Meaning> {
    let [base, head] = [base, head].map(|policy| project(policy, PEOPLE));
    let structure = Structure::between(base.set(), head.set());
    let parts: Vec<_> = structure.differences.iter().flat_map(|it| &it.parts).collect();
    assert_eq!(parts.len(), 1, "{:?}", names(&structure));
    parts[0].meaning
}

const HEAD: &str = "category state { place }\nattributes user { a: bool = false, b: bool = false, n: 0..9 = 1 }\n\
    container none(0) { publishes state }\ncontainer team(1) visible { publishes state }\n\
    container closed(2) visible blocking { masks state }\n";

fn guard(condition: &str) -> String {
    format!("{HEAD}guard state {{ deny \"x\" when {condition} }}\n")
}

#[test]
fn the_same_in_other_words() {
    for (base, head) in [
        ("owner.a and owner.b", "not (not owner.b or not owner.a)"),
        ("owner.n < 3", "not owner.n >= 3"),
        ("viewer in closed", "viewer in blocking"),
        ("owner.a", "owner.a and (owner.b or not owner.b)"),
        ("viewer.inside", "viewer.network == same_enterprise"),
    ] {
        let found = meaning(&guard(base), &guard(head));
        assert_eq!(found, Some(Meaning::Same), "{base} / {head}");
    }
    // Unknown of people outside: what is true of everybody inside is not the same as what is true.
    let unknown = meaning(&guard("viewer.a or not viewer.a"), &guard("true"));
    assert_eq!(unknown, Some(Meaning::Other));
    assert_eq!(meaning(&guard("owner.a"), &guard("owner.b")), Some(Meaning::Other));
    assert_eq!(meaning(&guard("owner.n < 3"), &guard("owner.n <= 3")), Some(Meaning::Other));
}

#[test]
fn wherever_conditions_stand() {
    let two = ["owner.a and owner.b", "owner.b and owner.a"];
    for set in [
        |when: &str| format!("{HEAD}membership \"m\" when {when} {{ team has everyone }}\n"),
        |when: &str| {
            format!("{HEAD}manifest m when {when} {{ contact in team }}\nmanifest rest {{ contact in visible }}\n")
        },
        |when: &str| {
            format!(
                "{HEAD}category mood {{ now: up | down }}\nextend container team {{ shows mood.now as up when {when} }}\n"
            )
        },
        |when: &str| format!("{HEAD}feature f for viewer of owner {{ allow \"x\" when {when} }}\n"),
        |when: &str| {
            format!(
                "{HEAD}data d\nrecipient r external\n\
                 feature f for viewer of owner {{ discloses d of owner to r when {when}, otherwise available }}\n"
            )
        },
        |when: &str| {
            format!(
                "{HEAD}data d\nplace p\nfeature f for viewer of owner {{ stores d at p when {when}, otherwise available }}\n"
            )
        },
    ] {
        let found = meaning(&set(two[0]), &set(two[1]));
        assert_eq!(found, Some(Meaning::Same), "{}", set(two[0]));
        let found = meaning(&set(two[0]), &set("owner.a or owner.b"));
        assert_eq!(found, Some(Meaning::Other), "{}", set(two[0]));
    }
}

/// In the words of one side they mean the same; in those of the other they do not.
#[test]
fn a_word_that_means_something_else_now_is_not_the_same() {
    let base = guard("viewer in blocking");
    let head = guard("viewer in closed").replace("team(1) visible", "team(1) visible blocking");
    let [base, head] = [base, head].map(|policy| project(&policy, PEOPLE));
    let structure = Structure::between(base.set(), head.set());
    assert_eq!(names(&structure), ["container team: blocking", "guard state: deny \"x\""]);
    let guard = structure.differences.iter().flat_map(|it| &it.parts).next_back();
    assert_eq!(guard.and_then(|part| part.meaning), Some(Meaning::Other));
}

#[test]
fn a_word_that_one_side_does_not_have_is_not_the_same() {
    let base = guard("owner.a");
    let head = guard("owner.c or owner.a").replace("b: bool = false", "b: bool = false, c: bool = false");
    let [base, head] = [base, head].map(|policy| project(&policy, PEOPLE));
    let structure = Structure::between(base.set(), head.set());
    let guard = structure.differences.iter().flat_map(|it| &it.parts).find(|part| part.item.name == "state");
    assert_eq!(guard.and_then(|part| part.meaning), Some(Meaning::Other));
}

/// Nodes up to the limit take seconds.
#[test]
fn what_takes_too_much_is_undecided() {
    if !is_whole() {
        return;
    }
    // All viewers' values are told apart before any owner's, so their diagram remembers all of them.
    let names: Vec<String> = (0..20).map(|n| format!("w{n}")).collect();
    let joined = |word: &str, one: &dyn Fn(&String) -> String| {
        names.iter().map(one).collect::<Vec<String>>().join(&format!(" {word} "))
    };
    let any = joined("or", &|name| format!("viewer.{name}"));
    let equal = joined("and", &|name| format!("viewer.{name} == owner.{name}"));
    let attributes: String = names.iter().map(|name| format!("attributes user {{ {name}: bool = false }}\n")).collect();
    let [base, head] = [format!("({any}) and {equal}"), format!("{equal} and ({any})")]
        .map(|condition| format!("{attributes}{}", guard(&condition)));
    assert_eq!(meaning(&base, &head), Some(Meaning::Undecided));
}
