//! Nothing that data says commands a terminal or a build service, or begins a line: every command, every format, with
//! hostile words wherever words may stand.

use std::fs;
use std::path::Path;

use super::run_patiently;
use super::words::{HOSTILE, directory, policy, project, quoted, yaml, yaml_text};
use crate::cli::{Ran, run_in};
use crate::tries::{at_least_due, by_turns, share};

/// Looks at one stream.
fn quiet(what: &str, text: &str) {
    for letter in text.chars().filter(|letter| *letter != '\n') {
        let turns =
            matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
        let commands = letter.is_control() || turns || matches!(letter, '\u{2028}' | '\u{2029}' | '\u{feff}');
        assert!(!commands, "{what}: {letter:?} in {text}");
    }
    assert!(!text.contains("##[error]"), "{what}: {text}");
    for line in text.lines().map(str::trim_start) {
        let ours = what.contains("github")
            && (line.starts_with("::error file=")
                || line.starts_with("::notice file=")
                || line.starts_with("::notice title=prescope::of ")
                || line.starts_with("::warning "));
        assert!(ours || !line.starts_with("::"), "{what}: {line} in {text}");
        assert!(!line.starts_with("EVIL"), "{what}: {line} in {text}");
    }
}

fn look(folder: &Path, arguments: &[&str]) -> Ran {
    looked_at(run_patiently(folder, arguments), arguments)
}

fn looked_at(ran: Ran, arguments: &[&str]) -> Ran {
    let what = arguments.join(" ");
    // The line ends of tables are theirs.
    quiet(&what, &if what.contains("csv") { ran.out.replace("\r\n", "\n") } else { ran.out.clone() });
    quiet(&what, &ran.err);
    ran
}

const QUESTIONS: &[&str] = &[
    "can bob@contoso.com see anna@contoso.com note",
    "why bob@contoso.com see anna@contoso.com note.personal",
    "why bob@contoso.com see anna@contoso.com mood",
    "why bob@contoso.com use dance",
    "who sees anna@contoso.com note",
    "who sees anna@contoso.com mood",
    "who uses dance",
    "what bob@contoso.com sees of anna@contoso.com",
    "what bob@contoso.com sees",
    "what --of anna@contoso.com",
    "what bob@contoso.com uses",
    "disclosures",
    "audit --by site",
    "audit --by owner",
    "audit --by container",
    "mode",
    "mode anna@contoso.com",
    "migrate --all --to private",
    "preference anna@contoso.com private",
    "contact add anna@contoso.com eve@contoso.com",
    "block anna@contoso.com eve@contoso.com",
    "unblock anna@contoso.com zed@fabrikam.com",
    "set PrivacyConfiguration.EnablePrivacyMode=true",
    "new PrivacyConfiguration --at site:::error::EVIL",
    "remove PrivacyConfiguration --at global",
    "show",
    "show dance",
    "show press",
    "show mood",
    "show auditors",
    "check",
    "lint",
    "test",
    "test --coverage",
    "test --prove",
    "prove",
    "diff ./",
    "prove --all",
    "test --coverage-format json",
    "test --coverage-format lcov",
    "graph",
    "graph --focus dance",
    "fmt --check",
    "fmt --diff",
    "compile",
];

/// None, and every format of any command.
const FORMATS: [&str; 9] = ["", "text", "json", "csv", "github", "sarif", "junit", "dot", "mermaid"];

#[test]
fn no_command_passes_on_what_data_commands() {
    let folder = project(&policy(), &directory());
    let check = look(folder.path(), &["check"]);
    assert_eq!(check.status, 0, "the set is sound: {check:?}");
    let mut answered = 0;
    for (number, question) in QUESTIONS.iter().enumerate() {
        let words: Vec<&str> = question.split(' ').collect();
        for format in by_turns(number, FORMATS) {
            if format.is_empty() {
                let plain = look(folder.path(), &words);
                assert!(plain.status != 2, "{question}: {plain:?}");
                continue;
            }
            let ran = look(folder.path(), &[&words, &["--format", format][..]].concat());
            if ran.out.is_empty() || ran.err.contains("invalid value") {
                continue;
            }
            answered += 1;
            if ["json", "sarif"].contains(&format) && !question.contains("lcov") {
                assert!(serde_json::from_str::<serde_json::Value>(&ran.out).is_ok(), "{question}: {ran:?}");
            }
        }
    }
    assert!(answered >= at_least_due(61), "{answered}");
}

/// What prints no data, or is asked in a test of its own.
const ELSEWHERE: &[&str] = &["apply", "batch", "completions", "explain", "help", "init", "man", "mutate", "schema"];

#[test]
fn every_command_is_asked() {
    let folder = tempfile::tempdir().expect("a folder");
    let help = run_patiently(folder.path(), &["--help"]).out;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names: Vec<&str> = commands
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.len() > 20, "{help}");
    for name in names {
        let asked = QUESTIONS.iter().any(|question| question.split(' ').next() == Some(name));
        assert_ne!(asked, ELSEWHERE.contains(&name), "{name}");
    }
}

#[test]
fn a_kept_plan_commands_nothing() {
    let folder = project(&policy(), &directory());
    let plan = folder.path().join("plan.json");
    assert_eq!(look(folder.path(), &["preference", "anna@contoso.com", "private", "-o", "plan.json"]).status, 0);
    let kept = fs::read_to_string(&plan).expect("a plan");
    quiet("plan.json", &kept);
    let hostile = serde_json::to_string(HOSTILE).expect("a text");
    for (word, words) in [
        ("\"preference\"", hostile.clone()),
        ("\"path\":\"people.yaml\"", format!("\"path\":{hostile}")),
        ("\"version\":\"0", format!("\"version\":{hostile},\"x\":\"0")),
        ("\"role\":\"policy\"", format!("\"role\":{hostile}")),
        ("prescope/plan-file/v1", hostile.trim_matches('"').to_owned()),
        ("\"schema\"", hostile.clone()),
    ] {
        assert!(kept.contains(word), "{word}");
        fs::write(&plan, kept.replacen(word, &words, 1)).expect("a file");
        assert_eq!(look(folder.path(), &["apply", "plan.json"]).status, 2, "{word}");
    }
    fs::write(&plan, &kept).expect("a file");
    for _ in 0..2 {
        let ran = look(folder.path(), &["apply", "plan.json"]);
        assert_eq!(ran.status, 0, "{ran:?}");
    }
}

#[test]
fn slips_in_hostile_policies_are_told_in_lines_of_their_own() {
    let broken = format!("{}\ninvariant {} {{ never viewer sees note }}\n", policy(), quoted());
    let failing = look(project(&broken, &directory()).path(), &["mutate"]);
    assert!(failing.status == 2 && failing.err.contains("EVIL"), "{failing:?}");
    let untested = policy().split("\ntest ").next().expect("what comes before").to_owned() + "\n";
    let folder = project(&untested, &directory());
    for format in by_turns(0, ["text", "json"]) {
        let ran = look(folder.path(), &["mutate", "--operators", "rule,mask,disclosure", "--format", format]);
        assert!(ran.status == 1 && ran.out.contains("EVIL"), "{ran:?}");
    }
}

#[test]
fn batch_answers_hostile_questions_in_lines_of_its_own() {
    let folder = project(&policy(), &directory());
    let see = |viewer: &str, owner: &str, category: &str| {
        let see = serde_json::json!({ "viewer": viewer, "owner": owner, "category": category });
        serde_json::json!({ "id": HOSTILE, "see": see }).to_string()
    };
    let questions = [
        see("bob@contoso.com", "anna@contoso.com", "note"),
        see(HOSTILE, "anna@contoso.com", "note"),
        see("bob@contoso.com", HOSTILE, "note"),
        see("bob@contoso.com", "anna@contoso.com", HOSTILE),
        serde_json::json!({ "id": 1, HOSTILE: HOSTILE }).to_string(),
        "::error::\u{1b}[31m\u{202e}".to_owned(),
    ];
    let ran = run_in(folder.path(), &["batch"], questions.join("\n").as_bytes());
    let ran = looked_at(ran, &["batch"]);
    assert_eq!(ran.out.lines().count(), questions.len(), "{ran:?}");
    for (line, id) in ran.out.lines().zip([HOSTILE; 4]) {
        assert_eq!(serde_json::from_str::<serde_json::Value>(line).expect("a document")["id"], id);
    }
}

/// Every character there is that could command something, in a name of the directory and in a comment of a policy.
#[test]
fn no_control_character_passes() {
    let controls: String = (1..0x20).chain(0x7f..0xa0).filter_map(char::from_u32).collect();
    let directory = directory().replace(&yaml(), &yaml_text(&format!("{HOSTILE}{controls}")));
    let comment: String = controls.chars().filter(|letter| *letter != '\n').collect();
    let folder = project(&format!("{}// {comment}\nplace  cellar // {comment}\n", policy()), &directory);
    for command in [
        "check",
        "show",
        "fmt --diff",
        "audit --by site",
        "audit --by site --format csv",
        "what --of anna@contoso.com",
        "who uses dance",
        "disclosures",
        "why bob@contoso.com use dance",
    ] {
        let ran = look(folder.path(), &command.split(' ').collect::<Vec<_>>());
        assert!(ran.status != 2 && !ran.out.is_empty(), "{command}: {ran:?}");
    }
}

#[test]
fn a_folder_may_be_called_anything() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = HOSTILE.replace('/', "");
    let begun = look(folder.path(), &["init", &name]);
    assert_eq!(begun.status, 0, "{begun:?}");
    for arguments in [
        &["check", "--all-projects"][..],
        &["test", "--all-projects"],
        &["lint", "--all-projects"],
        &["fmt", "--check", "--all-projects"],
        &["compile", "--project", &name],
        &["init", &name],
    ] {
        look(folder.path(), arguments);
    }
}

#[test]
fn json_says_what_the_directory_says() {
    let folder = project(&policy(), &directory());
    let ran = look(folder.path(), &["audit", "--by", "site", "--format", "json"]).json();
    let keys: Vec<_> = ran["rows"].as_array().expect("rows").iter().filter_map(|row| row["key"].as_str()).collect();
    assert!(keys.contains(&HOSTILE), "{keys:?}");
}

#[test]
fn tables_give_spreadsheets_nothing_to_run() {
    let folder = project(&policy(), &directory());
    let ran = look(folder.path(), &["audit", "--by", "owner", "--format", "csv"]);
    assert!(ran.out.contains("\r\n'+4930123@contoso.com,"), "{}", ran.out);
    fs::write(folder.path().join("prescope.yaml"), "policies: [policy.prescope]\ndirectory: [people.yaml, more.csv]\n")
        .expect("a file");
    fs::write(folder.path().join("more.csv"), "user,name\n'+4930777@contoso.com,'=Sum\n").expect("a file");
    let ran = look(folder.path(), &["what", "--of", "+4930777@contoso.com"]);
    assert!(ran.status == 0 && ran.out.starts_with("what others see of +4930777@contoso.com"), "{ran:?}");
}

/// What is wrong with a set is told with words and excerpts of it.
#[test]
fn findings_about_hostile_words_command_nothing() {
    let name = yaml();
    let broken = format!("{}\n\nextend container {{ {} }} {}\u{1b}[31m\u{202e}\n", policy(), quoted(), quoted());
    let wrong = directory()
        .replace("site: \"::error", "site: \"::error nowhere")
        .replace("{ organizer: anna", &format!("{{ {name}: 1, organizer: anna"));
    let sets = [(&broken, &directory()), (&policy(), &wrong), (&broken, &wrong)];
    for (number, (policy, people)) in sets.into_iter().enumerate() {
        let folder = project(policy, people);
        for (at, format) in ["text", "json", "sarif", "github", "junit"].into_iter().enumerate() {
            for command in by_turns(number + at, ["check", "lint"]) {
                let ran = look(folder.path(), &[command, "--format", format]);
                assert_ne!(ran.status, 0, "{ran:?}");
            }
        }
        for colour in ["never", "always"] {
            let ran = run_patiently(folder.path(), &["check", "--color", colour]);
            // Our own colours pass; a message in red from the data does not, nor does anything but colours.
            let (text, own) = (ran.out.clone(), ran.out.matches("\u{1b}[").count());
            assert!(colour == "always" && own == text.matches('\u{1b}').count() || own == 0, "{text}");
            assert!(
                !text.contains("\u{1b}[31m\u{1b}]") && !text.contains('\u{202e}') && !text.contains('\u{7}'),
                "{text}"
            );
        }
    }
}

/// Both sides of a comparison are data, and so is what makes them differ.
#[test]
fn what_differs_commands_nothing() {
    let label = quoted();
    let guarded = format!(
        "{}extend guard note {{ deny {label} }}\n\
         invariant {label} {{ never viewer sees mood.colour when viewer.network == federated }}\n",
        policy()
    );
    let before = project(&guarded, &directory());
    let after = project(&policy(), &directory().replace("workgroup: [bob@contoso.com], ", ""));
    let base = before.path().to_str().expect("a path");
    let ways = [&[][..], &["--no-people"], &["--owner-group", HOSTILE], &["--witness", "9"]];
    for (number, format) in ["text", "json", "sarif", "markdown"].into_iter().enumerate() {
        for way in by_turns(number, ways) {
            let ran = look(after.path(), &[&["diff", base, "./", "--format", format], way].concat());
            // Where one place has to do, there is no room for more examples.
            let is_refused = format == "sarif" && way.contains(&"--witness");
            assert!(if is_refused { ran.status == 2 } else { ran.status == 0 && ran.out.contains("note") }, "{ran:?}");
        }
    }
}

/// So is what looks renamed, and what is told so.
#[test]
fn what_is_renamed_commands_nothing() {
    let after = directory();
    let (lead, group) = after.split_once("groups: { ").expect("groups");
    let (_, rest) = group.split_once(": [bob@contoso.com], friends").expect("a group with a hostile name");
    let after = format!("{lead}groups: {{ \"::error::new\": [bob@contoso.com], friends{rest}");
    let (before, after) = (project(&policy(), &directory()), project(&policy(), &after));
    let base = before.path().to_str().expect("a path");
    let told = format!("{HOSTILE}=::error::new");
    for (number, format) in ["text", "json", "sarif", "markdown"].into_iter().enumerate() {
        let ways = [&[][..], &["--renamed", &told], &["--no-people", "--renamed", &told]];
        for way in by_turns(number, ways) {
            let ran = look(after.path(), &[&["diff", base, "./", "--format", format], way].concat());
            assert!(ran.status == 0 && ran.out.contains("renamed"), "{ran:?}");
        }
    }
    for told in [HOSTILE.to_owned(), format!("{told}{HOSTILE}"), format!("{told}={HOSTILE}")] {
        assert_eq!(look(after.path(), &["diff", base, "./", "--renamed", &told]).status, 2);
    }
}

/// What somebody types is data too: it may come from a form.
#[test]
fn arguments_command_nothing() {
    let folder = project(&policy(), &directory());
    let evil = HOSTILE;
    let of_anna = format!("{evil}@contoso.com");
    let assume = format!("user.name = \"{}\"", HOSTILE.replace('\n', "\\n"));
    for arguments in share([
        &["can", evil, "see", "anna@contoso.com", "note"][..],
        &["can", "bob@contoso.com", "see", &of_anna, "note"],
        &["can", "bob@contoso.com", evil, "anna@contoso.com", "note"],
        &["can", "bob@contoso.com", "see", "anna@contoso.com", evil],
        &["can", "bob@contoso.com", "use", "recording", "--in", evil],
        &["why", "bob@contoso.com", "see", "anna@contoso.com", "note", "--assume", evil],
        &["why", "bob@contoso.com", "see", "anna@contoso.com", "note", "--assume", &assume],
        &["can", "bob@contoso.com", "use", evil],
        &["what", "bob@contoso.com", "uses", "--in", evil],
        &["who", "uses", "recording", "--as", evil],
        &["show", evil],
        &["explain", evil],
        &["schema", evil],
        &["graph", "--focus", evil],
        &["audit", "--field", evil],
        &["audit", "--owner-group", evil],
        &["diff", "./", "./", "--renamed", evil],
        &["set", evil],
        &["new", evil, "--at", evil],
        &["remove", evil, "--at", evil],
        &["block", "anna@contoso.com", evil],
        &["contact", "add", evil, evil],
        &["preference", "anna@contoso.com", evil],
        &["migrate", evil, "--to", evil],
        &["test", "--filter", evil],
        &["lint", "--deny", evil],
        &["lint", evil],
        &["lint", "--new-since", evil],
        &["fmt", evil],
        &["check", "--project", evil],
        &["check", "--policy", evil, "--directory", evil],
        &["check", "--format", evil],
        &[evil],
        &["check", evil],
        &["batch", evil],
    ]) {
        let ran = look(folder.path(), arguments);
        // Some of them are the name of a group or a meeting.
        assert!(!ran.out.is_empty() || !ran.err.is_empty(), "{arguments:?}: {ran:?}");
    }
    look(folder.path(), &["audit", "--owner-group", evil, "--format", "csv"]);
}
