//! What `apply` does not believe of a kept plan, and what it says of what stays to be done.

use std::fs;
use std::path::Path;

use super::kept::{COMMANDS, given, run};
use crate::saving::contents;
use crate::tries::{by_turns, share};

/// Keeps the plan of a command; its text.
#[track_caller]
fn kept(folder: &Path, command: &str) -> String {
    let ran = run(folder, &format!("{command} -o ../plan.json"));
    assert!(ran.out.contains("\nkept in ../plan.json: "), "{ran:?}");
    fs::read_to_string(folder.join("plan.json")).unwrap()
}

/// The text between two others.
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let start = text.find(from).unwrap() + from.len();
    &text[start..start + text[start..].find(to).unwrap()]
}

/// A file that says that everything stands there already, in each of the ways in which it can say so.
#[test]
fn a_plan_that_says_that_it_is_applied_is_not_believed() {
    for command in share(COMMANDS.iter().copied()) {
        let folder = given();
        let plan = kept(folder.path(), command);
        let before = contents(&folder.path().join("project"));
        let changing = &plan[..plan.find(",\"becomes\":").unwrap()];
        let sum = &changing[changing.rfind("\"sum\":\"").unwrap() + 7..changing.len() - 1];
        let planned = between(&plan, ",\"becomes\":{\"sum\":\"", "\"");
        let becomes = between(&plan, ",\"becomes\":{", "\"}}");
        let without = format!("\"sum\":\"{sum}\",\"line\":1,\"removes\":\"\",\"text\":\"");
        for forged in [plan.replace(planned, sum), plan.replace(becomes, &without)] {
            fs::write(folder.path().join("plan.json"), forged).unwrap();
            let ran = run(folder.path(), "apply ../plan.json");
            assert_eq!((ran.status, ran.out.as_str()), (2, ""), "{command}: {ran:?}");
            assert!(ran.err.contains("it is not what `prescope "), "{command}: {ran:?}");
            assert_eq!(contents(&folder.path().join("project")), before);
        }
        // Nor is one that was carried out, and names another command since.
        fs::write(folder.path().join("plan.json"), &plan).unwrap();
        let applied = run(folder.path(), "apply ../plan.json");
        assert!(applied.out.starts_with("applied: prescope "), "{command}: {applied:?}");
        let other = plan.replacen("\"command\":[", "\"command\":[\"block\",\"anna\",\"kim@fabrikam.com\"],\"x\":[", 1);
        let other = other.replacen(between(&other, "],\"x\":", ",\"library\""), "", 1).replacen(",\"x\":", "", 1);
        fs::write(folder.path().join("plan.json"), other).unwrap();
        let ran = run(folder.path(), "apply ../plan.json");
        assert!(ran.status == 2 && ran.err.contains("somebody has changed it"), "{command}: {ran:?}");
        fs::write(folder.path().join("plan.json"), plan).unwrap();
        let again = run(folder.path(), "apply ../plan.json");
        let line = applied.out.lines().next().unwrap().replace("applied: ", "applied already: ");
        assert_eq!(again.out.lines().next(), Some(line.as_str()), "{again:?}");
    }
}

/// The status and the names are those of the command with `--write`, the first time and each time after it.
#[test]
fn whom_a_plan_skips_is_said_when_it_is_applied() {
    let folder = given();
    let plan = run(folder.path(), "migrate --all -o ../plan.json");
    assert_eq!(plan.status, 1, "{plan:?}");
    for begins in ["applied: prescope migrate --all\n", "applied already: prescope migrate --all\n"] {
        let ran = run(folder.path(), "apply ../plan.json");
        assert_eq!((ran.status, ran.err.as_str()), (1, ""), "{ran:?}");
        assert!(ran.out.starts_with(begins), "{ran:?}");
        let skipped =
            "\nnot settled by it\neve@contoso.com: skipped, the directory has no contacts and no memberships\n";
        assert!(ran.out.ends_with(skipped), "{ran:?}");
    }
}

/// git may check it out with other line ends, and an editor may take away the last one.
#[test]
fn line_ends_do_not_make_another_plan() {
    for edit in [|plan: &str| plan.replace('\n', "\r\n"), |plan: &str| plan.trim_end().to_owned()] {
        let folder = given();
        let plan = kept(folder.path(), COMMANDS[0]);
        let edited = edit(&plan);
        assert_ne!(edited, plan);
        fs::write(folder.path().join("plan.json"), edited).unwrap();
        for begins in ["applied: ", "applied already: "] {
            let ran = run(folder.path(), "apply ../plan.json");
            assert!(ran.status == 0 && ran.out.starts_with(begins), "{ran:?}");
        }
    }
}

#[test]
fn a_plan_of_another_version_says_which_one_made_it() {
    let folder = given();
    let plan = kept(folder.path(), COMMANDS[0]);
    let version = between(&plan, "\"version\":\"", "\"");
    let newer = plan.replacen(&format!("\"version\":\"{version}\""), "\"version\":\"9.1.0\"", 1);
    let by = format!("prescope 9.1.0 made it, and this is {version}\n");
    let next = newer.replacen("plan-file/v1", "plan-file/v9", 1);
    for (text, words) in [
        (newer.replacen("\"command\":", "\"more\":1,\"command\":", 1), format!("is no plan that was kept: {by}")),
        (
            next.replacen("\"command\":", "\"steps\":", 1),
            format!("it follows `prescope/plan-file/v9`, not `prescope/plan-file/v1`: {by}"),
        ),
        (
            "{\"schema\":\"prescope/plan-file/v9\"}\n".to_owned(),
            "it follows `prescope/plan-file/v9`, not `prescope/plan-file/v1`\n".to_owned(),
        ),
    ] {
        fs::write(folder.path().join("plan.json"), text).unwrap();
        let ran = run(folder.path(), "apply ../plan.json");
        assert!(ran.status == 2 && ran.err.contains(&words), "{words}: {ran:?}");
    }
}

/// Whoever edits the command in a file does not get it recommended.
#[test]
fn nobody_is_told_to_run_a_command_that_was_edited() {
    let folder = given();
    let plan = kept(folder.path(), COMMANDS[0]);
    let other = plan.replacen("=false", "=true", 1);
    fs::write(folder.path().join("plan.json"), other).unwrap();
    let help = |line: &str| run(folder.path(), line).err.split_once("help: ").unwrap().1.to_owned();
    assert_eq!(help("apply ../plan.json"), "nothing is written; plan what you want yourself, and keep it with -o\n");
    // What writes, or plans nothing, is not shown whatever else has changed.
    let policy = folder.path().join("project/policies/a.prescope");
    let text = fs::read_to_string(&policy).unwrap();
    fs::write(&policy, format!("{text}\n")).unwrap();
    for command in ["[\"fmt\"]", "[\"block\",\"bob\",\"eve\",\"--write\"]"] {
        let list = format!("[{}]", between(&plan, "\"command\":[", "]"));
        fs::write(folder.path().join("plan.json"), plan.replacen(&list, command, 1)).unwrap();
        assert!(!help("apply ../plan.json").contains("prescope"), "{command}");
    }
    fs::write(folder.path().join("plan.json"), &plan).unwrap();
    assert!(help("apply ../plan.json").contains("plan again, if this is what you want: prescope set "));
}

/// Neither read, nor told as unread: what is planned is the same with the file there.
#[test]
fn a_plan_is_not_kept_where_it_would_be_taken_for_something_else() {
    let folder = given();
    let before = contents(folder.path());
    for (file, words) in share([
        ("people/plan.yml", "look like a file of the project that is not read"),
        ("people/plan.jsonl", "look like a file of the project that is not read"),
        ("people/plan.CSV", "look like a file of the project that is not read"),
        ("plan.PRESCOPE", "look like a file of the project that is not read"),
        ("plan.prescope", "look like a file of the project that is not read"),
        ("policies/a.prescope.snap", "be read as a file of the project"),
        ("people/plan.yaml", "be read as a file of the project"),
    ]) {
        let ran = run(folder.path(), &format!("block bob eve -o {file}"));
        assert!(ran.status == 2 && ran.err.contains(words) && ran.err.contains("  help: "), "{file}: {ran:?}");
        assert_eq!(contents(folder.path()), before, "{file}");
    }
    for file in by_turns(2, ["plan.txt", "plan", "people/plan.json", "policies/plan.yaml"]) {
        assert_eq!(run(folder.path(), &format!("block bob eve -o {file}")).status, 0, "{file}");
        let ran = run(folder.path(), &format!("apply {file}"));
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "{file}");
        assert_eq!(run(folder.path(), "unblock bob eve --write").status, 0);
        fs::remove_file(folder.path().join("project").join(file)).unwrap();
    }
    // Laid out for reading it is still no list of people.
    let ran = run(folder.path(), "block bob eve -o people/plan.json");
    assert_eq!(ran.status, 0, "{ran:?}");
    let path = folder.path().join("project/people/plan.json");
    let plan: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    fs::write(&path, format!("{{\n  \"schema\": \"prescope/plan-file/v1\",\n  \"rest\": {plan:#}\n}}\n")).unwrap();
    let lint = run(folder.path(), "lint");
    assert!(!lint.out.contains("plan.json"), "{lint:?}");
}
