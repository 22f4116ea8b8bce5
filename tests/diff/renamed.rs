//! Renames: what looks renamed is proposed and changes nothing, and what is told is compared as one.

use std::path::Path;

use serde_json::{Value, json};

use super::repository::write;
use crate::cli::{Ran, run_in};
use crate::given;
use crate::tries::{by_turns, share};

const PROJECT: &str = "policies: [\"*.prescope\"]\ndirectory: [\"people.yaml\"]\n";

/// What BASE is, and mostly HEAD, but for some words.
const POLICY: &str = include_str!("../fixtures/renamed/before/ours.prescope");
const PEOPLE: &str = include_str!("../fixtures/renamed/before/people.yaml");

/// One of each kind: the word that texts have in BASE, that in HEAD, and the option that tells it.
const EACH: [(&str, &str, &str); 5] = [
    ("place", "location", "state.place=state.location"),
    ("ringing", "phoning", "ringing=phoning"),
    ("friends", "circle", "friends=circle"),
    ("crew", "team", "crew=team"),
    ("bob@contoso.com", "robert@contoso.com", "bob@contoso.com=robert@contoso.com"),
];

/// Everything that a change may be asked not to bring.
const GATES: &str = "--deny-new-visibility --deny-open-gain --max-gain 0 --deny-new-use --deny-new-disclosure \
                     --deny-removed-invariants --count-arrivals";

/// Two sides.
struct Sides(tempfile::TempDir);

impl Sides {
    fn new(base: [&str; 2], head: [&str; 2]) -> Sides {
        let folder = tempfile::tempdir().expect("a folder");
        for (side, [policy, people]) in [("base", base), ("head", head)] {
            let files = [("prescope.yaml", PROJECT), ("ours.prescope", policy), ("people.yaml", people)];
            write(&folder.path().join(side), &files);
        }
        Sides(folder)
    }

    /// The project, and it with other words in HEAD.
    fn with(words: &[(&str, &str)]) -> Sides {
        let head = [POLICY, PEOPLE].map(|text| replaced(text, words));
        Sides::new([POLICY, PEOPLE], head.each_ref().map(String::as_str))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn diff(&self, line: &str) -> Ran {
        let words = ["diff", "base", "head"].into_iter().chain(line.split(' ')).filter(|word| !word.is_empty());
        run_in(self.path(), &words.collect::<Vec<&str>>(), b"")
    }
}

/// The text with each first word as the second, but not where it stands in quotes among others.
fn replaced(text: &str, words: &[(&str, &str)]) -> String {
    let text = text.replace("trainees in place", "trainees in §");
    let text = words.iter().fold(text, |text, (old, new)| text.replace(old, new));
    text.replace('§', "place")
}

fn told(renames: &[&str]) -> String {
    renames.iter().map(|rename| format!(" --renamed {rename}")).collect()
}

/// What is said before any section.
fn head(out: &str) -> Vec<&str> {
    out.lines().skip(2).take_while(|line| !line.is_empty()).collect()
}

#[test]
fn what_is_told_is_one_thing_everywhere() {
    let all = EACH.map(|(old, new, option)| (vec![(old, new)], vec![option]));
    let together = (EACH.map(|(old, new, _)| (old, new)).to_vec(), EACH.map(|(_, _, option)| option).to_vec());
    for (words, renames) in share([together].into_iter().chain(all)) {
        let sides = Sides::with(&words);
        let ran = sides.diff(&format!("--format json {GATES}{}", told(&renames))).clean();
        let document = ran.json();
        assert_eq!(document["structure"], json!([]), "{renames:?}");
        let effect = &document["effect"];
        for list in ["groups", "features", "disclosures", "settings"] {
            assert_eq!(effect[list], json!([]), "{renames:?} {list}");
        }
        assert_eq!([&effect["arrived"]["owners"], &effect["left"]["owners"]], [0, 0], "{renames:?}");
        let names: Vec<String> = list(&document["renamed"]["told"])
            .iter()
            .map(|told| format!("{}={}", text(&told["old"]), text(&told["new"])))
            .collect();
        assert_eq!(names, renames);
        assert_eq!(document["renamed"]["looks"], json!([]));
        // It is a difference all the same.
        assert_eq!(sides.diff(&format!("--exit-code{}", told(&renames))).status, 1);
        // Without it, the same is two things.
        let apart = sides.diff("--format json").clean().json();
        assert!(!list(&apart["structure"]).is_empty(), "{renames:?}");
        // What a container is called makes no difference to anybody.
        assert_eq!(
            apart["effect"] == *effect,
            renames == ["friends=circle"] || renames == ["crew=team"],
            "{renames:?}"
        );
    }
}

#[test]
fn what_looks_renamed_is_proposed_and_changes_nothing() {
    for (old, new, option) in share(EACH) {
        let sides = Sides::with(&[(old, new)]);
        let line = format!("looks renamed: --renamed {option}");
        assert_eq!(head(&sides.diff("").clean().out), [line.as_str()]);
        let markdown = sides.diff("--format markdown").clean().out;
        assert!(markdown.contains("<code>looks renamed&#58; --renamed "), "{markdown}");
        assert!(sides.diff("--format sarif").clean().out.contains(&line), "{option}");
        let looks = sides.diff("--format json").clean().json()["renamed"].clone();
        assert_eq!(looks["told"], json!([]));
        assert_eq!(looks["looks"][0]["option"], format!("--renamed {option}"));
        assert_eq!(looks["looks"][0]["old"].as_array().map(Vec::len), Some(1));
        // Also if only what differs for anybody is told.
        assert!(sides.diff("--only effect").clean().out.contains(&line));
    }
    // Each of which the others are declared.
    let sides = Sides::with(&EACH.map(|(old, new, _)| (old, new)));
    let lines = EACH.map(|(_, _, option)| format!("looks renamed: --renamed {option}"));
    assert_eq!(head(&sides.diff("").clean().out), lines);
}

#[test]
fn gates_deny_what_is_not_told_and_pass_what_is() {
    let words: Vec<(&str, &str)> = EACH[..4].iter().map(|(old, new, _)| (*old, *new)).collect();
    let base = POLICY.replace("    shows state.place as home when owner.state.place == office\n", "");
    let head = [&base, PEOPLE].map(|text| replaced(text, &words));
    let sides = Sides::new([&base, PEOPLE], head.each_ref().map(String::as_str));
    let denied = sides.diff(GATES);
    assert_eq!(denied.status, 1, "{denied:?}");
    for gate in ["deny-new-visibility", "deny-new-use", "deny-new-disclosure", "deny-removed-invariants"] {
        assert!(denied.out.contains(&format!("denied     {gate}: ")), "{}", denied.out);
    }
    let passed = sides.diff(&format!("{GATES}{}", told(&EACH.map(|(_, _, option)| option)[..4])));
    assert_eq!((passed.status, passed.out.contains("denied")), (0, false), "{passed:?}");
}

/// What comes with a rename is told as if there were no rename: of people under their new names, with its cause, and
/// at places of the texts that somebody wrote.
#[test]
fn what_else_changes_is_told_under_the_new_names() {
    let (old, new, option) = EACH[4];
    let words = [EACH[2], EACH[4]].map(|(old, new, _)| (old, new));
    let policy = replaced(POLICY, &words).replace("{ availability, place }", "{ availability, place, mood }");
    let people = replaced(PEOPLE, &words);
    let sides = Sides::new([POLICY, PEOPLE], [&policy, &people]);
    let renames = told(&[EACH[2].2, option]);
    let ran = sides.diff(&format!("--deny-new-visibility --witness 9{renames}"));
    assert_eq!(ran.status, 1);
    insta::assert_snapshot!("what-comes-with-a-rename", ran.out.replace(new, "ROBERT@contoso.com"));
    assert!(!ran.out.lines().skip(6).any(|line| line.contains(old)), "{}", ran.out);
    // What stands behind an old name stands where it did.
    let words = [EACH[0], EACH[2]].map(|(old, new, _)| (old, new));
    let policy = replaced(POLICY, &words).replace("home, mood }", "home, mood: good | bad }");
    let policy = policy.replace("when viewer not in circle\n    otherwise", "when viewer not in all\n    otherwise");
    let sides = Sides::new([POLICY, PEOPLE], [&policy, &replaced(PEOPLE, &words)]);
    let document = sides.diff(&format!("--format json{}", told(&[EACH[0].2, EACH[2].2]))).clean().json();
    let part = |kind: &str| {
        let of = list(&document["structure"]).iter().find(|of| text(&of["kind"]) == kind).expect("it differs");
        of["parts"][0].clone()
    };
    let column = |text: &str| text.lines().find_map(|line| line.find("mood")).map(|at| at + 1);
    let places = &part("category")["at"];
    let columns = ["base", "head"].map(|side| places[side]["column"].as_u64().map(|column| column as usize));
    assert_eq!(columns, [column(POLICY), column(&policy)]);
    assert_eq!(part("feature")["before"], "deny \"far\" when viewer not in circle");
}

#[test]
fn where_several_fit_none_is_proposed() {
    let two = |first: &str, second: &str| {
        format!(
            "category state {{ availability, {first}: a | b, {second}: b | a }}\ncontainer all(0) {{ publishes state }}\nmanifest usual {{ }}\n"
        )
    };
    let people = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n";
    let sides = Sides::new([&two("place", "room"), people], [&two("town", "house"), people]);
    assert_eq!(
        head(&sides.diff("").clean().out),
        ["looks renamed, and several fit: field state.place, state.room of BASE, state.house, state.town of HEAD"]
    );
    let looks = sides.diff("--format json").clean().json()["renamed"]["looks"].clone();
    let meant = json!([{
        "kind": "field",
        "old": ["state.place", "state.room"],
        "new": ["state.house", "state.town"],
        "option": null
    }]);
    assert_eq!(looks, meant);
    // Once one is told, the other one is alone.
    assert_eq!(
        head(&sides.diff("--renamed state.room=state.town").clean().out),
        ["told as renamed: field state.room=state.town", "looks renamed: --renamed state.place=state.house"]
    );
}

/// What else is declared of it is another thing.
#[test]
fn what_is_declared_otherwise_is_not_proposed() {
    let rows = [
        (0, "location: office | home", "location: office | home | away"),
        (0, "{ availability, location }", "{ availability }"),
        (0, "shows state.location as home", "shows state.location as office"),
        (0, "\"trainees in place\" when owner.trainee and", "\"trainees in place\" when owner.trainee or"),
        (0, "guard state.location, state.mood", "guard state.mood"),
        (1, "deny \"far\" when viewer not in", "deny \"far\" when viewer in"),
        (1, "\n    discloses state.place to auditors", ""),
        (2, "circle(100)", "circle(200)"),
        (2, "\"Friends\" visible", "\"Friends\""),
        (2, "publishes state { availability, place }", "publishes state { availability }"),
        (3, "team: [bob@contoso.com, eve@contoso.com]", "team: [bob@contoso.com]"),
        (4, "robert@contoso.com: { contacts: [anna@contoso.com]", "robert@contoso.com: { contacts: []"),
        (4, "circle: [\"user:anna@contoso.com\"]", "circle: []"),
        (4, "robert@contoso.com: { contacts", "robert@contoso.com: { site: London, contacts"),
        (4, "crew: [robert@contoso.com, eve@contoso.com]", "crew: [eve@contoso.com]"),
    ];
    for (number, from, to) in share(rows) {
        let (old, new, option) = EACH[number];
        let from = if number == 4 { from.replace("circle", "friends") } else { from.to_owned() };
        let [policy, people] = [POLICY, PEOPLE].map(|text| replaced(text, &[(old, new)]));
        assert!(policy.contains(&from) || people.contains(&from), "{from}");
        let to = if number == 4 { to.replace("circle", "friends") } else { to.to_owned() };
        let sides = Sides::new([POLICY, PEOPLE], [&policy.replace(&from, &to), &people.replace(&from, &to)]);
        let ran = sides.diff("").clean();
        assert!(!ran.out.contains(&format!("--renamed {option}")), "{from}: {}", ran.out);
        assert!(!sides.diff(&format!("--renamed {option}")).clean().out.contains("looks renamed"));
    }
    // What a container publishes may look renamed only together with it.
    let words = [EACH[0], EACH[2]].map(|(old, new, _)| (old, new));
    let [policy, people] = [POLICY, PEOPLE].map(|text| replaced(text, &words));
    let sides = Sides::new([POLICY, PEOPLE], [&policy.replace("office | home", "office | home | away"), &people]);
    assert!(head(&sides.diff("").clean().out).is_empty());
    // Of whom nothing is said, nothing is the same.
    let people = |name: &str| {
        format!(
            "organization: {{ domains: [contoso.com] }}\ngroups: {{ {name}: [] }}\nusers: {{ {name}@contoso.com: {{}} }}\n"
        )
    };
    let sides = Sides::new([POLICY_OF_NOBODY, &people("anna")], [POLICY_OF_NOBODY, &people("beth")]);
    assert!(!sides.diff("").clean().out.contains("renamed"));
}

const POLICY_OF_NOBODY: &str = "category state { availability }\ncontainer all(0) { }\nmanifest usual { }\n";

#[test]
fn nobody_is_named_where_people_are_counted() {
    let sides = Sides::with(&EACH.map(|(old, new, _)| (old, new)));
    let renames = told(&EACH.map(|(_, _, option)| option));
    for (number, format) in ["text", "json", "markdown", "sarif"].into_iter().enumerate() {
        let lines = ["", renames.as_str(), "--renamed=bob@contoso.com=robert@contoso.com"];
        for line in by_turns(number, lines) {
            let out = sides.diff(&format!("--no-people --format {format} {line}")).clean().out;
            let names = ["bob", "robert", "crew=", "crew\",\"new"];
            assert!(!names.iter().any(|name| out.contains(name)), "{format} {line}: {out}");
            assert!(out.contains("renamed"), "{format} {line}: {out}");
        }
    }
    assert_eq!(
        head(&sides.diff(&format!("--no-people{renames}")).clean().out).join(" ").replace("   ", " "),
        "told as renamed: field state.place=state.location, feature ringing=phoning, container friends=circle, and 2 of \
         the directory"
    );
}

#[test]
fn what_is_no_rename_is_refused() {
    let sides = Sides::with(&EACH.map(|(old, new, _)| (old, new)));
    let lines = [
        "state.place",
        "=state.location",
        "state.plac=state.location",
        "state.place=state.locatoin",
        "place=location",
        "nothing=circle",
        "circle=friends",
        "friends=phoning",
        "anna@contoso.com=robert@contoso.com",
        "friends=all",
        "group:friends=circle",
        "crew=team --renamed crew=team",
        "state.place=state.location --renamed state.place=state.mood",
    ];
    given::snapshots!("refused", lines.map(|line| (line, sides.diff(&format!("--renamed {line}")).failed())));
    // Whatever the format, and where no file differs.
    assert_eq!(sides.diff("--format json --renamed friends=phoning").status, 2);
    let same = |rename: &str| run_in(sides.path(), &["diff", "base", "./base", "--renamed", rename], b"").failed();
    assert!(same("friends=friends").contains("is on both sides"));
    assert!(same("frinds=friends").contains("did you mean `friends`?"));
}

/// A name can be one of several kinds, and can have to be quoted.
#[test]
fn kinds_can_be_said_and_options_can_be_pasted() {
    let text = |container: &str, feature: &str| {
        format!(
            "category state {{ availability }}\ncontainer all(0) {{ }}\ncontainer {container}(100) visible {{ publishes state }}\n\
             manifest usual {{ }}\nfeature {feature} for user {{ otherwise available }}\n"
        )
    };
    let people = |group: &str| {
        format!(
            "organization: {{ domains: [contoso.com] }}\ngroups: {{ \"{group}\": [anna@contoso.com] }}\n\
             users: {{ anna@contoso.com: {{}} }}\n"
        )
    };
    let sides = Sides::new([&text("old", "old"), &people("the crew")], [&text("new", "new"), &people("Anna's team")]);
    let refused = sides.diff("--renamed old=new").failed();
    assert!(refused.contains("write --renamed feature:old=new or --renamed container:old=new"), "{refused}");
    let ran = sides.diff("--renamed feature:old=new --renamed container:old=new --format json").clean().json();
    let kinds: Vec<&Value> = list(&ran["structure"]).iter().map(|of| &of["kind"]).collect();
    assert_eq!(kinds, ["group", "group"]);
    assert_eq!(ran["renamed"]["looks"][0]["option"], "--renamed 'the crew=Anna'\\''s team'");
    let words =
        ["diff", "base", "head", "--renamed", "the crew=Anna's team", "--only", "structure", "--format", "json"];
    let told = run_in(sides.path(), &words, b"").clean().json();
    assert!(list(&told["structure"]).iter().all(|of| of["kind"] != "group"), "{told}");
    // One of them is a name of something else as well, and the other one can be read in two ways.
    let sides = Sides::new([&text("a", "old"), &people("old")], [&text("a", "new"), &people("new")]);
    let looks = sides.diff("--format json").clean().json()["renamed"]["looks"].clone();
    let options: Vec<&str> = list(&looks).iter().map(|looks| self::text(&looks["option"])).collect();
    assert_eq!(options, ["--renamed feature:old=new", "--renamed group:old=new"]);
    let sides = Sides::new([&text("a", "b"), &people("group:x=y")], [&text("a", "b"), &people("z")]);
    assert_eq!(head(&sides.diff("").clean().out), ["looks renamed: --renamed group:x=y=z"]);
    assert_eq!(head(&sides.diff("--renamed group:x=y=z").clean().out), ["told as renamed: group group:x=y=z"]);
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
