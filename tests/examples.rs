//! The projects of the repository answer their questions. Each snapshot is a transcript to be read: question, what it
//! shows, answer.

use insta::assert_snapshot;
use prescope::project::Project;
use prescope::report::who::{self as who_report, Seeing};
use prescope::report::{Naming, answer, json, matrix};
use prescope::resolve::Entries::{InForce, Recorded};
use prescope::resolve::{
    Answers, Assumption, RuleSet, See, decisions, explain, matrix_of_owner, matrix_of_viewer, people, who,
};

use crate::given;

const CONTOSO: &str = "examples/contoso";

fn open(folder: &str) -> Project {
    Project::open(given::repository().join(folder))
}

/// A line of a `questions.txt`.
struct Asked<'a> {
    viewer: &'a str,
    owner: &'a str,
    target: &'a str,
    recorded: bool,
    assume: Vec<&'a str>,
}

impl<'a> Asked<'a> {
    fn read(line: &'a str) -> Asked<'a> {
        let mut words = line.split(' ');
        let mut next = || words.next().unwrap_or_else(|| panic!("not a question: {line}"));
        let (viewer, see, owner, target) = (next(), next(), next(), next());
        assert_eq!(see, "see", "{line}");
        let mut asked = Asked { viewer, owner, target, recorded: false, assume: Vec::new() };
        while let Some(option) = words.next() {
            match (option, words.next()) {
                ("--recorded", None) => asked.recorded = true,
                ("--assume", Some(assumption)) => asked.assume.push(assumption),
                _ => panic!("not a question: {line}"),
            }
        }
        asked
    }

    fn rules(&self, project: &Project) -> RuleSet {
        let rules = given::rules(project, if self.recorded { Recorded } else { InForce });
        let assumptions: Vec<_> =
            self.assume.iter().map(|text| Assumption::typed(rules.model(), text).expect("known")).collect();
        if assumptions.is_empty() { rules } else { rules.assuming(&assumptions) }
    }
}

/// Every question of a project, with its comment and its explanation.
fn answers(folder: &str) -> Vec<(String, String)> {
    let project = open(folder);
    let questions = given::text_of(&format!("{folder}/questions.txt"));
    let (mut answers, mut comment) = (Vec::new(), String::new());
    for line in questions.lines() {
        if line.starts_with('#') {
            comment.push_str(&format!("{line}\n"));
            continue;
        }
        let asked = Asked::read(line);
        let rules = asked.rules(&project);
        let question = See::typed(&rules, asked.viewer, asked.owner, asked.target).expect("known names");
        assert!(question.warnings().is_empty(), "{line}: {:?}", question.warnings());
        let explained = answer::explained(rules.model(), project.sources(), &question, &explain(&rules, &question));
        let comment = std::mem::take(&mut comment);
        answers.push((line.to_owned(), format!("{comment}$ prescope why {line}\n{explained}\n")));
    }
    answers
}

#[test]
fn contoso_explains_its_questions() {
    given::snapshots!("contoso", answers(CONTOSO));
}

#[test]
fn a_project_that_resolves_per_viewer_explains_its_questions() {
    given::snapshots!("per_viewer", answers("tests/fixtures/projects/per_viewer"));
}

#[test]
fn a_project_that_matches_domains_by_suffix_explains_its_questions() {
    given::snapshots!("suffix", answers("tests/fixtures/projects/suffix"));
}

#[test]
fn a_project_with_open_federation_and_blocked_domains_explains_its_questions() {
    given::snapshots!("open_federation", answers("tests/fixtures/projects/open_federation"));
}

/// A snapshot for every project with questions: whoever adds one is reminded here.
#[test]
fn no_project_with_questions_is_left_out() {
    let mut found = given::files_below("examples", "questions.txt");
    found.extend(given::files_below("tests/fixtures/projects", "questions.txt"));
    let known = ["open_federation", "per_viewer", "suffix"].map(|name| format!("tests/fixtures/projects/{name}"));
    let known = [CONTOSO.to_owned()].into_iter().chain(known).map(|folder| format!("{folder}/questions.txt"));
    assert_eq!(found, known.collect::<Vec<_>>());
}

/// A JSON document laid out for reading: its keys in their order, what lies deeper than two levels in one line.
fn pretty(document: &str) -> String {
    let (mut text, mut depth, mut quoted, mut escaped) = (String::new(), 0_usize, false, false);
    let line = |text: &mut String, depth: usize| {
        text.push('\n');
        text.push_str(&"  ".repeat(depth));
    };
    for character in document.trim_end().chars() {
        let bracket = !quoted && matches!(character, '}' | ']');
        if bracket {
            depth -= 1;
            if depth < 2 {
                line(&mut text, depth);
            }
        }
        text.push(character);
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            _ if quoted => {}
            '{' | '[' => {
                depth += 1;
                if depth <= 2 {
                    line(&mut text, depth);
                }
            }
            ',' if depth <= 2 => line(&mut text, depth),
            ',' | ':' => text.push(' '),
            _ => {}
        }
    }
    text
}

#[test]
fn answers_are_also_json() {
    let project = open(CONTOSO);
    let lines = [
        "kim@fabrikam.com see anna@contoso.com contact_card.mobile_phone",
        "sue@adatum.com see anna@contoso.com state.availability",
        "kim@fabrikam.com see anna@contoso.com note",
        "joe@live.com see anna@contoso.com state.availability",
        "anna@contoso.com see anna@contoso.com note.personal",
    ];
    let mut text = String::new();
    for line in lines {
        let asked = Asked::read(line);
        let rules = asked.rules(&project);
        let question = See::typed(&rules, asked.viewer, asked.owner, asked.target).expect("known names");
        let wire = json::WireAnswer::new(
            rules.graph(),
            project.sources(),
            &question,
            &Answers::new(&rules, &question, decisions(&rules, &question)),
        );
        let answer = json::answer(rules.model(), &question, &wire);
        text.push_str(&format!("$ prescope can {line} --format json\n{}\n\n", pretty(&answer)));
    }
    assert_snapshot!(text);
}

#[test]
fn explanations_are_also_json() {
    let project = open(CONTOSO);
    let rules = given::rules(&project, InForce);
    let question = rules.see("bob@contoso.com", "zack@contoso.com", "contact_card", Some("photo")).expect("known");
    let explanation = explain(&rules, &question);
    let answers = Answers::new(&rules, &question, explanation.decisions.clone());
    let wire = json::WireAnswer::new(rules.graph(), project.sources(), &question, &answers);
    let wire = wire.explained(project.sources(), &explanation);
    assert_snapshot!(pretty(&json::answer(rules.model(), &question, &wire)));
}

#[test]
fn what_others_see_of_an_owner_is_told_level_by_level() {
    let project = open(CONTOSO);
    let rules = given::rules(&project, InForce);
    let owner = people::owner(&rules, "anna@contoso.com").expect("a user");
    assert_snapshot!(matrix::of_owner(
        rules.model(),
        owner,
        rules.standing(owner).manifest(),
        &matrix_of_owner(&rules, owner)
    ));
}

#[test]
fn what_a_viewer_sees_is_told_owner_by_owner() {
    let project = open(CONTOSO);
    let rules = given::rules(&project, InForce);
    let kim = people::viewer(&rules, "kim@fabrikam.com").expect("an address");
    let owners: Vec<_> = rules.model().users.ids().collect();
    assert_snapshot!(matrix::of_viewer(rules.model(), &kim.name, &matrix_of_viewer(&rules, kim.somebody, &owners)));
}

#[test]
fn what_a_viewer_sees_of_an_owner_is_told_field_by_field() {
    let project = open(CONTOSO);
    let rules = given::rules(&project, InForce);
    let kim = people::viewer(&rules, "kim@fabrikam.com").expect("an address");
    let anna = people::owner(&rules, "anna@contoso.com").expect("a user");
    let (_, cells) = matrix_of_viewer(&rules, kim.somebody, &[anna]).rows.remove(0);
    assert_snapshot!(matrix::of_viewer_and_owner(rules.model(), &kim.name, anna, &cells));
}

#[test]
fn matrices_are_also_json() {
    let project = open("examples/minimal");
    let rules = given::rules(&project, InForce);
    let anna = people::owner(&rules, "anna@contoso.com").expect("a user");
    let kim = people::viewer(&rules, "kim@fabrikam.com").expect("an address");
    let naming = Naming { model: rules.model(), sources: project.sources() };
    let of_owner = json::matrix_of_owner(naming, anna, &matrix_of_owner(&rules, anna), &[]);
    let of_viewer = matrix_of_viewer(&rules, kim.somebody, &[anna]);
    let of_viewer = json::matrix_of_viewer(naming, &kim, &of_viewer, |_| Vec::new());
    let laid_out = |text: &str| {
        pretty(text).replace("[{\"field\"", "[\n      {\"field\"").replace(", {\"field\"", ",\n      {\"field\"")
    };
    let is_level = |line: &str| line.starts_with("    {\"container\"");
    let container = |line: &str| line.split('"').nth(5).unwrap_or("of an owner").to_owned();
    let levels = given::parts(&laid_out(&of_owner), is_level).into_iter();
    let levels = levels.zip(0..).map(|((about, text), level)| (format!("{} {level}", container(&about)), text));
    given::snapshots!("matrix_json", levels.chain([("of a viewer".to_owned(), laid_out(&of_viewer))]));
}

fn who_sees(target: &str, as_json: bool) -> String {
    let project = open(CONTOSO);
    let rules = given::rules(&project, InForce);
    let question = See::typed(&rules, "anonymous", "anna@contoso.com", target).expect("known names");
    let who = who(&rules, &question);
    let channels = prescope::resolve::who_elsewhere(&rules, &question);
    let seeing = Seeing { question: &question, who: &who, channels: &channels };
    if as_json {
        pretty(&json::who(rules.graph(), project.sources(), seeing))
    } else {
        who_report::text(rules.model(), project.sources(), seeing).to_string()
    }
}

#[test]
fn who_sees_a_field_is_told_by_container_and_entry() {
    assert_snapshot!(who_sees("state.availability", false));
}

#[test]
fn who_sees_a_category_is_told_with_how_much_of_it() {
    assert_snapshot!(who_sees("contact_card", false));
}

#[test]
fn who_sees_is_also_json() {
    let category: serde_json::Value = serde_json::from_str(&who_sees("note", true)).expect("JSON");
    let people = category["known"]["people"].as_array().expect("people");
    assert_eq!(category["known"]["count"], people.len());
    assert!(people.iter().all(|person| person["fields"].is_u64()));
    assert_snapshot!(who_sees("state.meeting_subject", true));
}

#[test]
fn examples_are_without_findings() {
    for folder in [CONTOSO, "examples/minimal", "examples/start"] {
        let project = open(folder);
        let found = prescope::report::finding::plain(project.sources(), project.diagnostics());
        assert_eq!(found, "", "{folder}");
        assert!(!project.has_errors());
    }
}
