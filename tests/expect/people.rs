//! Whom tests name: misspelt people are told wherever they stand, `given person` brings new ones, and questions warn.

use prescope::expect::Options;
use prescope::project::Project;
use serde_json::Value;

use super::nothing::{PEOPLE, POLICY, project};
use crate::cli::run_in;
use crate::given;
use crate::tries::{by_turns, share, tries};

/// The set with one more test, which begins with line 2 of `tests.prescope`.
fn with_test(lines: &str) -> Project {
    let policies =
        [("policy.prescope", POLICY.to_owned()), ("tests.prescope", format!("\ntest \"own\" {{\n{lines}\n}}\n"))];
    Project::builder().policies(policies).directory("people.yaml", PEOPLE).build()
}

/// What is wrong or doubtful about a test with these lines.
fn found(lines: &str) -> Vec<String> {
    let project = with_test(lines);
    project.diagnostics().iter().map(|it| format!("{} {}", it.code.name(), it.sentence())).collect()
}

/// One line of a test for each place where somebody can stand; `X` is the name, and the other names are right.
const PLACES: [&str; 22] = [
    "given X { shy = true }",
    "given X in inside of anna@contoso.com",
    "given bob@contoso.com in inside of X",
    "given federated in inside of X",
    "given X is contact of anna@contoso.com",
    "given X is not delegate of anna@contoso.com",
    "given bob@contoso.com is delegate of X",
    "given X in group helpers",
    "given policy Phones of X { Shown = false }",
    "given X at site Redmond",
    "given meeting talk of X",
    "given meeting talk of anna@contoso.com with bob@contoso.com, X as presenter",
    "expect X sees anna@contoso.com card",
    "expect X does not see anna@contoso.com card",
    "expect exactly bob@contoso.com, X sees anna@contoso.com card",
    "expect bob@contoso.com does not see X card",
    "expect X in inside of anna@contoso.com",
    "expect bob@contoso.com not in inside of X",
    "expect X cannot use paging",
    "expect X cannot use call with anna@contoso.com",
    "expect anna@contoso.com cannot use call with X",
    "expect X cannot use knock of anna@contoso.com",
];

#[test]
fn nobody_of_the_organisation_is_an_error_in_every_place() {
    for (number, place) in share(PLACES).into_iter().enumerate() {
        for written in by_turns(number, ["jonn@contoso.com", "\"sip:JONN@Contoso.com\""]) {
            let lines = format!("{}\nexpect anonymous does not see anna@contoso.com card", place.replace('X', written));
            let expected = "model::unknown-person `jonn@contoso.com` is an address of the organisation, but nobody has it; \
                            did you mean `john@contoso.com`? if somebody else is meant, write `given person jonn@contoso.com`";
            assert_eq!(found(&lines), [expected], "{lines}");
            let project = with_test(&lines);
            assert!(project.has_errors());
            let fix = project.diagnostics()[0].fix.as_ref().expect("a fix");
            assert_eq!((fix.title.as_str(), fix.edits.len()), ("write `john@contoso.com`", 1));
            // The fix makes it the test that was meant.
            let text = project.sources().text(fix.edits[0].span.file);
            let mended = prescope::language::edited(text, &fix.edits);
            assert!(mended.contains(&place.replace('X', "john@contoso.com")), "{mended}");
            assert_eq!(found(&format!("given person {written}\n{lines}")), [""; 0], "{lines}");
        }
    }
}

/// As the one before, but whoever has to be a user cannot come from outside.
#[test]
fn a_slip_in_an_address_from_outside_is_a_warning_in_every_place() {
    let user = ["given X {", "given X at", "of X", "see X"];
    let places = PLACES.iter().filter(|place| !user.iter().any(|before| place.contains(before)));
    for (number, place) in share(places).into_iter().enumerate() {
        let slips = [("kin@fabrikam.com", "kim@fabrikam.com"), ("kim@fabrikam.con", "kim@fabrikam.com")];
        for (written, near) in by_turns(number, slips) {
            let lines = format!("{}\nexpect anonymous does not see anna@contoso.com card", place.replace('X', written));
            let told = found(&lines);
            assert_eq!(told.len(), 1, "{lines}: {told:?}");
            assert!(told[0].starts_with("model::doubtful-address nobody is known "), "{told:?}");
            assert!(told[0].contains(&format!("did you mean `{near}`? ")), "{told:?}");
            assert!(!with_test(&lines).has_errors());
            assert_eq!(with_test(&lines).diagnostics()[0].fix, None, "somebody else may be meant");
            assert_eq!(found(&format!("{lines}\ngiven person {written}")), [""; 0], "{lines}");
        }
        for stranger in ["max@fabrikam.com", "kim@elsewhere.example", "kim@fabrikam.com", "joe@live.com"] {
            let lines =
                format!("{}\nexpect anonymous does not see anna@contoso.com card", place.replace('X', stranger));
            assert_eq!(found(&lines), [""; 0], "{lines}");
        }
    }
}

#[test]
fn one_address_is_told_once_with_its_places_and_mended_at_all_of_them() {
    let line = "expect jonn@contoso.com does not see anna@contoso.com card\n";
    let project = with_test(&line.repeat(5));
    let [found] = project.diagnostics() else { panic!("{:?}", project.diagnostics()) };
    let texts: Vec<&str> = found.labels.iter().map(|label| label.text.as_str()).collect();
    assert_eq!(texts, ["", "here too", "here too, and 2 more times"]);
    assert_eq!(found.fix.as_ref().map(|fix| fix.edits.len()), Some(5));
}

#[test]
fn where_several_may_be_meant_nothing_is_mended() {
    let lines = "expect bon@contoso.com does not see anna@contoso.com card";
    let told = found(&format!("given person ben@contoso.com\n{lines}"));
    assert!(told[0].contains("did you mean `ben@contoso.com` or `bob@contoso.com`? "), "{told:?}");
    let project = with_test(&format!("given person ben@contoso.com\n{lines}"));
    assert_eq!(project.diagnostics()[0].fix, None);
    // Further away is a guess, too.
    let far = with_test("expect eva@contoso.com does not see anna@contoso.com card");
    assert_eq!((far.has_errors(), &far.diagnostics()[0].fix), (true, &None));
}

#[test]
fn a_site_may_be_new_and_one_that_is_nearly_known_is_a_warning() {
    let people = format!("{PEOPLE}sites: {{ Redmond: {{ pools: [] }} }}\n");
    let told = |site: &str| {
        let test = format!(
            "test \"t\" {{\n    given bob@contoso.com at site {site}\n    expect bob@contoso.com can use paging\n}}\n"
        );
        let policies = [("policy.prescope", POLICY.to_owned()), ("tests.prescope", test)];
        let project = Project::builder().policies(policies).directory("people.yaml", people.as_str()).build();
        let run = project.test(Options::default()).expect("no errors");
        assert!(run.passed(), "{site}");
        let found = project.diagnostics().iter().map(|it| format!("{} {}", it.code.name(), it.sentence()));
        let doubts = run.outcomes.iter().flat_map(|outcome| &outcome.doubts).map(prescope::Diagnostic::sentence);
        (found.collect::<Vec<_>>(), doubts.collect::<Vec<_>>())
    };
    for known in ["Redmond", "redmond", "Elsewhere", "\"North America\""] {
        assert_eq!(told(known), (Vec::new(), Vec::new()), "{known}");
    }
    let doubt = "nothing else names the site `Redmnd`; did you mean `Redmond`?".to_owned();
    assert_eq!(told("Redmnd"), (vec![format!("model::doubtful-site {doubt}")], vec![doubt]));
}

/// Without a directory the sites are those that policies and facts name.
#[test]
fn sites_and_policies_of_people_need_no_directory() {
    let test = r#"
        policy Phones site Redmond { Shown = false }
        guard card.phone { deny "not shown" unless owner.Shown }
        feature drop_by for party with peer { allow "one site" when party.site == peer.site, otherwise unavailable }
        test "t" {
            given anna@contoso.com at site redmond
            given bob@contoso.com at site Elsewhere
            given carol@contoso.com at site Elsewhere
            given policy Phones of carol@contoso.com { Shown = false }
            expect bob@contoso.com does not see anna@contoso.com card.phone
            expect anna@contoso.com sees bob@contoso.com card.phone
            expect anna@contoso.com does not see carol@contoso.com card.phone
            expect bob@contoso.com can use drop_by with carol@contoso.com
            expect bob@contoso.com cannot use drop_by with anna@contoso.com
            expect anna@contoso.com in inside of carol@contoso.com
        }
    "#;
    let guarded = POLICY.replace("guard card.phone { deny \"shy\" when owner.shy }", "");
    let project = Project::builder().policy("policy.prescope", format!("{guarded}{test}")).build();
    let run = project.test(Options::default()).expect("no errors");
    let [outcome] = run.outcomes.as_slice() else { panic!("one test") };
    let actual: Vec<_> = outcome.checks.iter().map(|check| (check.passed, check.actual.as_str())).collect();
    assert!(outcome.passed(), "{actual:?} {:?}", outcome.impossible);
}

/// What a policy of a person does is told as that.
#[test]
fn an_explanation_names_the_policy_of_a_person() {
    let lines = "given policy Phones of bob@contoso.com { Shown = false }\nexpect anna@contoso.com sees bob@contoso.com card.phone";
    let policy =
        format!("{POLICY}guard card {{ deny \"not shown\" unless owner.Shown }}\ntest \"t\" {{\n{lines}\n}}\n");
    let project = Project::builder().policy("policy.prescope", policy).directory("people.yaml", PEOPLE).build();
    let run = project.test(Options::default()).expect("no errors");
    let told: Vec<_> = run.outcomes[0].checks[0].explanation.iter().map(|it| it.detail.as_str()).collect();
    assert!(told.contains(&"Phones of bob@contoso.com sets it"), "{told:?}");
}

#[test]
fn one_site_given_twice_is_said_twice() {
    let lines = "given bob@contoso.com at site Elsewhere\ngiven bob@contoso.com at site Elsewhere\n\
                 expect bob@contoso.com can use paging";
    assert_eq!(found(lines), ["model::repeated-fact a test gives the same fact twice; keep one of them"]);
}

/// As with attributes, what a test gives to people from outside cannot be.
#[test]
fn people_from_outside_have_no_policies_and_no_site() {
    for fact in ["given policy Phones of kim@fabrikam.com { Shown = false }", "given kim@fabrikam.com at site Redmond"]
    {
        for brought in ["", "given person kim@fabrikam.com\n"] {
            let project = with_test(&format!("{brought}{fact}\nexpect bob@contoso.com can use paging"));
            let run = project.test(Options::default()).expect("no errors");
            let [outcome] = run.outcomes.as_slice() else { panic!("one test") };
            let codes: Vec<_> = outcome.impossible.iter().map(|found| found.code.name()).collect();
            assert_eq!(codes, ["directory::not-a-user"], "{fact}");
        }
    }
}

#[test]
fn somebody_new_is_a_user_inside_and_known_outside() {
    let passes = |lines: &str| {
        let project = with_test(lines);
        let run = project.test(Options::default()).expect(lines);
        run.passed()
    };
    // A user has presence, and can be an owner; somebody from outside cannot.
    assert!(passes("given person new@contoso.com\nexpect bob@contoso.com sees new@contoso.com card"));
    assert!(passes(
        "given person new@contoso.com { shy = true }\nexpect bob@contoso.com does not see new@contoso.com card.phone"
    ));
    assert!(passes(
        "given new@contoso.com { shy = true }\ngiven person new@contoso.com\nexpect new@contoso.com cannot use paging"
    ));
    assert!(!passes("given person max@fabrikam.com\nexpect bob@contoso.com sees max@fabrikam.com card"));
    assert!(!passes(
        "given person max@fabrikam.com { shy = true }\nexpect anonymous does not see anna@contoso.com card"
    ));
    // `exactly` is about those who are known.
    let all = "expect exactly max@fabrikam.com sees anna@contoso.com card";
    assert!(!passes(&format!("given federated in blocked of anna@contoso.com\n{all}")));
    assert!(passes(&format!(
        "given person max@fabrikam.com\ngiven max@fabrikam.com in inside of anna@contoso.com\n\
        given kim@fabrikam.com in blocked of anna@contoso.com\ngiven same_enterprise in blocked of anna@contoso.com\n{all}"
    )));
}

/// A test that names another directory is looked at when it runs.
#[test]
fn the_people_of_another_directory_are_those_that_count() {
    let folder =
        project(&[("other.yaml", "organization: { domains: [other.example] }\nusers: { who@other.example: }\n")]);
    let test = |name: &str| {
        let text = format!(
            "test \"t\" {{\n    given \"other.yaml\"\n    expect {name} does not see who@other.example card.phone\n}}\n"
        );
        std::fs::write(folder.path().join("tests.prescope"), text).expect("a file");
        assert_eq!(run_in(folder.path(), &["check"], b"").status, 0);
        run_in(folder.path(), &["test"], b"")
    };
    let wrong = test("whom@other.example");
    assert_eq!(wrong.status, 1);
    assert!(wrong.out.contains("tests.prescope:3:12: error: `whom@other.example` is an address"), "{wrong:?}");
    assert!(wrong.out.contains("did you mean `who@other.example`?"), "{wrong:?}");
    // There it is somebody from outside.
    assert_eq!(test("bob@contoso.com").status, 0);
    let near = test("wha@other.exampel");
    assert!(near.status == 0 && near.out.contains("warning: nobody is known at `other.exampel`"), "{near:?}");
}

#[test]
fn warnings_of_tests_stand_in_every_format_and_fail_nothing() {
    let text = "test \"t\" { expect kin@fabrikam.com does not see anna@contoso.com card.phone }\n";
    let folder = project(&[("tests.prescope", text)]);
    let ran = |format: &str| run_in(folder.path(), &["test", "--format", format], b"").clean();
    let plain = ran("text").out;
    assert!(plain.starts_with("tests.prescope:1:19: warning: nobody is known as `kin@fabrikam.com`"), "{plain}");
    assert!(plain.ends_with("\n1 test with 1 expectation passed\n"), "{plain}");
    let document = ran("json").json();
    assert_eq!(document["tests"][0]["findings"][0]["code"], "model::doubtful-address");
    let warnings = document["tests"][0]["expectations"][0]["warnings"].as_array().expect("warnings").clone();
    assert!(
        warnings.len() == 1 && warnings[0].as_str().is_some_and(|it| it.contains("did you mean `kim@")),
        "{warnings:?}"
    );
    assert!(ran("github").out.starts_with("::warning file=tests.prescope,line=1,"));
    assert!(ran("junit").out.contains("<system-err>tests.prescope:1:19: warning: "));
}

#[test]
fn questions_warn_of_slips_as_text_and_as_json() {
    let folder = project(&[]);
    let asked: [&[&str]; 6] = [
        &["can", "kin@fabrikam.com", "see", "anna", "card"],
        &["why", "kin@fabrikam.com", "see", "anna", "card"],
        &["can", "bob", "use", "call", "--with", "kin@fabrikam.com"],
        &["what", "kin@fabrikam.com", "sees"],
        &["what", "kin@fabrikam.com", "uses"],
        &["who", "uses", "call", "--with", "kin@fabrikam.com"],
    ];
    let slips = ["kin@fabrikam.com", "kim@fabrikam.con", "jonn@contoso.com"];
    let told = [
        "nobody is known as `kin@fabrikam.com`; did you mean `kim@fabrikam.com`?",
        "nobody is known at `fabrikam.con`; did you mean `kim@fabrikam.com`?",
        "`jonn@contoso.com` is an address of the organisation, but nobody has it; did you mean `john@contoso.com`?",
    ];
    let asked = asked.iter().copied().chain([&["disclosures", "--user", "kin@fabrikam.com"][..]]);
    for (number, question) in asked.enumerate() {
        for (slip, told) in by_turns(number, slips.iter().zip(told)) {
            let mut words: Vec<&str> =
                question.iter().map(|word| if *word == "kin@fabrikam.com" { *slip } else { *word }).collect();
            let text = run_in(folder.path(), &words, b"");
            assert_eq!((text.status, text.err), (0, format!("warning: {told}\n")), "{words:?}");
            words.extend(["--format", "json"]);
            let json = run_in(folder.path(), &words, b"").clean().json();
            assert_eq!(json["warnings"], serde_json::json!([told]), "{words:?}");
        }
        let right: Vec<&str> =
            question.iter().map(|word| if *word == "kin@fabrikam.com" { "kim@fabrikam.com" } else { *word }).collect();
        run_in(folder.path(), &right, b"").clean();
    }
    let line = b"{\"see\":{\"viewer\":\"kim@fabrikam.con\",\"owner\":\"anna\",\"category\":\"card\"}}\n";
    let batch: Value = run_in(folder.path(), &["batch"], line).clean().json();
    assert_eq!(batch["warnings"], serde_json::json!([told[1]]));
}

/// The last of many places is told as well.
#[test]
fn every_expectation_about_a_stranger_has_the_warning() {
    let line = "expect kin@fabrikam.com does not see anna@contoso.com card.phone\n";
    let project = with_test(&line.repeat(5));
    let run = project.test(Options::default()).expect("a sound set");
    assert!(run.passed() && run.outcomes[0].checks.iter().all(|check| check.warnings.len() == 1), "{run:?}");
    assert_eq!(run.outcomes[0].doubts.len(), 1);
}

/// As many as would take minutes if each were compared with each.
#[test]
fn many_unknown_names_among_many_known_ones_take_no_time() {
    let name = |number: usize| format!("{}{:05}", ["ann", "bob", "kim"][number % 3], number * 7919 % 99_991);
    let mut people =
        "organization: { domains: [contoso.com] }\nfederation: { partners: [fabrikam.com] }\nusers:\n".to_owned();
    // For each of those that nobody knows, five that somebody does.
    let unknown = 2 * tries(500) as usize;
    (0..5 * unknown).for_each(|number| {
        people.push_str(&format!("  {0}@contoso.com: {{ contacts: [{0}@fabrikam.com] }}\n", name(number)));
    });
    let mut test = format!("{POLICY}test \"many\" {{\n");
    for number in 0..unknown {
        let (known, at) = (name(number * 5), if number % 2 == 0 { "fabrikam.com" } else { "contoso.com" });
        test.push_str(&format!("expect {known}x@{at} does not see {}@contoso.com card\n", name(1)));
    }
    let project = given::set(&format!("{test}}}\n"), &people.replace("anna@contoso.com: {}", ""));
    let named = |code: &str| project.diagnostics().iter().filter(|it| it.code.name() == code).count();
    assert_eq!((named("model::doubtful-address"), named("model::unknown-person")), (unknown / 2, unknown / 2));
    let guessed = project.diagnostics().iter().filter(|it| it.sentence().contains("did you mean `")).count();
    assert_eq!(guessed, unknown);
}
