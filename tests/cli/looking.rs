//! `who`, `what`, `show` and `graph`.

use super::{contoso, keys};
use crate::given;
use crate::tries::share;

#[test]
fn who_in_json_has_the_keys_of_the_contract() {
    let who = contoso("who sees anna contact_card --format json").clean().json();
    for key in ["schema", "question", "known", "open"] {
        assert!(keys(&who).contains(&key), "{key}");
    }
    assert_eq!(who["schema"], "prescope/who/v1");
    assert_eq!(keys(&who["question"]["see"]), ["category", "owner"]);
    let people = who["known"]["people"].as_array().expect("people");
    assert_eq!(who["known"]["count"], people.len());
    assert_eq!(keys(&people[0]), ["answer", "container", "fields", "membership", "uri"]);
    for class in who["open"].as_array().expect("classes") {
        assert_eq!(keys(class), ["answer", "container", "domain", "except", "network"]);
    }
    let field = contoso("who sees anna state.device --format json").clean().json();
    assert_eq!(keys(&field["known"]["people"][0]), ["answer", "container", "membership", "uri"]);
}

#[test]
fn who_and_what_say_on_what_they_answer() {
    for line in ["who sees paul state.device", "what --of paul", "what kim sees of paul", "what kim sees"] {
        assert!(!contoso(line).clean().out.starts_with('('), "{line}");
        let recorded = contoso(&format!("{line} --recorded --assume owner.mode=standard")).clean();
        assert!(recorded.out.starts_with("(on the recorded entries; assuming owner.mode=standard)\n"), "{line}");
    }
}

#[test]
fn what_in_json_has_a_schema() {
    for line in ["what --of anna", "what kim sees of anna", "what kim sees"] {
        let matrix = contoso(&format!("{line} --format json")).clean().json();
        assert_eq!(matrix["schema"], "prescope/matrix/v1", "{line}");
    }
}

#[test]
fn what_is_told_where_its_words_make_no_question() {
    assert!(contoso("what kim sees off anna").failed().contains("write it as in `what kim@fabrikam.com sees of"));
    assert!(contoso("who sees anna").failed().contains("write OWNER and CATEGORY[.FIELD] behind `sees`"));
    assert!(contoso("can kim see anna").failed().contains("write OWNER and CATEGORY[.FIELD] behind `see`"));
    assert!(contoso("can kim use polling chat").failed().contains("write one FEATURE behind `use`"));
    assert!(contoso("why kim see anna note --in standup").failed().contains("leave --in, --with and --of out"));
    assert!(contoso("what kim sees --of anna").failed().contains("`what --of anna@contoso.com`"));
    assert!(contoso("what kim sees of nobody").failed().contains("nobody is known as `nobody`"));
    for line in ["what", "what kim", "what kim sees of", "who sees"] {
        let told = contoso(line).failed();
        assert!(told.starts_with("error: "), "{line}: {told}");
        assert!(told.contains("Usage:"), "{line}: {told}");
    }
}

/// A name of each kind.
#[test]
fn show_documents_names_of_every_kind() {
    let names = [
        ("state", "category state"),
        ("state.location", "field state.location"),
        ("workgroup", "container workgroup (300) \"Workgroup\""),
        ("private", "manifest private"),
        ("PrivacyConfiguration", "settings PrivacyConfiguration"),
        ("privacyconfiguration", "settings PrivacyConfiguration"),
        ("EnablePrivacyMode", "setting EnablePrivacyMode"),
        ("PublishLocationDataByDefault", "setting PublishLocationDataDefault"),
        ("works_from", "attribute works_from"),
        ("state.device", "guard state.device"),
        ("minutes", "feature minutes \"Read the minutes\""),
        ("project_falcon", "group project_falcon"),
        ("meeting_minutes", "data meeting_minutes"),
        ("works_council", "recipient works_council"),
        ("intranet", "place intranet"),
    ];
    for (name, heading) in share(names) {
        let shown = contoso(&format!("show {name}")).clean().out;
        assert!(shown.lines().any(|line| line.starts_with(heading)), "{name}: {shown}");
    }
}

#[test]
fn show_without_a_name_lists_all_of_them() {
    let index = contoso("show").clean().out;
    for line in ["category ", "container ", "manifest ", "feature ", "guard ", "settings ", "recipient ", "place "] {
        assert!(index.lines().any(|it| it.starts_with(line)), "{line}\n{index}");
    }
    assert_eq!(
        contoso("show workgrup").failed(),
        "error: nothing is called `workgrup`\n  help: did you mean `workgroup`?\n"
    );
    assert_eq!(
        contoso("show zzz").failed(),
        "error: nothing is called `zzz`\n  help: `prescope show` lists every name\n"
    );
}

#[test]
fn what_is_shown_can_be_read() {
    let names = ["workgroup", "private", "EnablePrivacyMode", "state.location", "minutes", "project_falcon"];
    let shown = names.map(|name| (name.to_owned(), contoso(&format!("show {name}")).clean().out));
    given::snapshots!("show", shown);
}

#[test]
fn the_graph_comes_as_dot_mermaid_and_json() {
    let dot = contoso("graph").clean().out;
    assert!(dot.starts_with("digraph prescope {\n") && dot.ends_with("}\n"));
    assert_eq!(dot, contoso("graph --format dot").clean().out);
    assert!(contoso("graph --format mermaid").clean().out.starts_with("flowchart LR\n"));
    let json = contoso("graph --format json").clean().json();
    assert!(json["schema"].as_str().is_some_and(|schema| schema == "prescope/graph/v1"), "{}", json["schema"]);
}

#[test]
fn a_focus_leaves_what_acts_on_a_name_and_on_what_it_acts() {
    let focus = contoso("graph --focus works_from --format mermaid").clean().out;
    insta::assert_snapshot!(focus);
    let all = contoso("graph --format mermaid").clean().out;
    assert!(focus.lines().count() < all.lines().count());
    assert_eq!(
        contoso("graph --focus workgrup").failed(),
        "error: nothing in the graph is called `workgrup`\n  help: did you mean `workgroup`?\n"
    );
}
