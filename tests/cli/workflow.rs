//! The workflow that `init` writes: its steps are run as GitHub runs them, with a `gh` that keeps comments in files.
#![cfg(unix)]

use std::fs;
use std::path::Path;

use granit_parser::{Event, Parser};

use super::Ran;
use crate::diff::repository::{Repository, ran, script, write};
use crate::given;

const WORKFLOW: &str = "examples/start/.github/workflows/prescope.yml";

/// What a YAML text holds.
#[derive(Debug)]
enum Yaml {
    Text(String),
    List(Vec<Yaml>),
    Map(Vec<(String, Yaml)>),
}

impl Yaml {
    fn read(text: &str) -> Yaml {
        let events = Parser::new_from_str(text).map(|event| event.expect("YAML").0);
        let mut events = events.filter(|event| {
            matches!(
                event,
                Event::Scalar(..)
                    | Event::SequenceStart(..)
                    | Event::SequenceEnd
                    | Event::MappingStart(..)
                    | Event::MappingEnd
            )
        });
        Yaml::next(&mut events).expect("a document")
    }

    fn next<'e>(events: &mut impl Iterator<Item = Event<'e>>) -> Option<Yaml> {
        match events.next()? {
            Event::Scalar(text, ..) => Some(Yaml::Text(text.into_owned())),
            Event::SequenceStart(..) => Some(Yaml::List(std::iter::from_fn(|| Yaml::next(events)).collect())),
            Event::MappingStart(..) => {
                let mut pairs = Vec::new();
                while let Some(key) = Yaml::next(events) {
                    pairs.push((key.text().to_owned(), Yaml::next(events).expect("a value")));
                }
                Some(Yaml::Map(pairs))
            }
            _ => None,
        }
    }

    fn get(&self, key: &str) -> Option<&Yaml> {
        let Yaml::Map(pairs) = self else { return None };
        pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    fn at(&self, keys: &[&str]) -> &Yaml {
        keys.iter().fold(self, |it, key| it.get(key).unwrap_or_else(|| panic!("no {key} in {it:?}")))
    }

    fn text(&self) -> &str {
        let Yaml::Text(text) = self else { panic!("no text: {self:?}") };
        text
    }

    fn pairs(&self) -> Vec<(&str, &str)> {
        let Yaml::Map(pairs) = self else { panic!("no mapping: {self:?}") };
        pairs.iter().map(|(key, value)| (key.as_str(), value.text())).collect()
    }

    fn steps(&self, job: &str) -> &[Yaml] {
        let Yaml::List(steps) = self.at(&["jobs", job, "steps"]) else { panic!("no steps of {job}") };
        steps
    }
}

/// A pull request: `main` somewhere else, and a branch on which partners see more, checked out.
fn pull_request() -> Repository {
    let repository = Repository::new();
    let bare = repository.beside("bare.git");
    repository.git(&["init", "--quiet", "--bare", &bare.to_string_lossy()]);
    repository.git(&["remote", "add", "origin", &bare.to_string_lossy()]);
    repository.prescope("init").clean();
    repository.commit("main", &[]);
    repository.git(&["push", "--quiet", "origin", "main"]);
    repository.git(&["checkout", "--quiet", "-b", "topic"]);
    let tests = repository.path().join("policies/tests.prescope");
    fs::remove_file(tests).expect("tests, which would fail");
    repository.commit("more", &[("policies/more.prescope", "extend container external { publishes note }\n")]);
    let gh = "printf '%s\\n' \"$*\" >> \"$CALLS\"\n\
              case \"$*\" in\n\
              *--paginate*) cat \"$CALLS.ids\" 2>/dev/null || true ;;\n\
              *'--method POST'*) printf '7\\n9\\n' > \"$CALLS.ids\"; cp prescope-diff.md \"$CALLS.body\" ;;\n\
              *'--method PATCH repos/ours/policies/issues/comments/7 '*) cp prescope-diff.md \"$CALLS.body\" ;;\n\
              *) exit 1 ;;\n\
              esac";
    script(&repository.beside("bin/gh"), gh);
    repository
}

/// A script as GitHub runs it, in a folder.
fn step(repository: &Repository, folder: &Path, script: &str) -> Ran {
    let mut command = repository.command(Path::new("bash"), folder);
    let path =
        command.get_envs().find(|(name, _)| *name == "PATH").and_then(|(_, path)| path).expect("a path").to_owned();
    let paths = std::iter::once(repository.beside("bin")).chain(std::env::split_paths(&path));
    command.env("PATH", std::env::join_paths(paths).expect("a path"));
    for (name, file) in [("GITHUB_STEP_SUMMARY", "summary"), ("CALLS", "calls")] {
        command.env(name, repository.beside(file));
    }
    command.env("GITHUB_BASE_REF", "main").env("GITHUB_REPOSITORY", "ours/policies").env("NUMBER", "3");
    ran(command.args(["-e", "-c", script]))
}

/// Runs the scripts of a job; those behind `if: failure()` only if one has failed. The status of the first that fails.
fn job(workflow: &Yaml, name: &str, repository: &Repository, folder: &Path) -> i32 {
    let mut status = 0;
    for one in workflow.steps(name) {
        let Some(run) = one.get("run").map(Yaml::text).filter(|run| !run.starts_with("cargo install")) else {
            continue;
        };
        let due = match one.get("if").map(Yaml::text) {
            None => status == 0,
            Some("failure()") => status != 0,
            Some(always) => always == "${{ !cancelled() }}",
        };
        if due {
            let ran = step(repository, folder, run);
            status = if status == 0 { ran.status } else { status };
        }
    }
    status
}

#[test]
fn a_pull_request_gets_one_comment_that_is_kept_up_to_date() {
    let (workflow, repository) = (Yaml::read(&given::text_of(WORKFLOW)), pull_request());
    let elsewhere = repository.beside("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    let text = |path: &Path| fs::read_to_string(path).expect("a text");
    let comment = |status: i32| {
        assert_eq!(job(&workflow, "diff", &repository, &repository.path()), status);
        // What one job uploads and the other downloads.
        fs::copy(repository.path().join("prescope-diff.md"), elsewhere.join("prescope-diff.md")).expect("a file");
        assert_eq!(job(&workflow, "comment", &repository, &elsewhere), 0);
        let body = text(&repository.beside("calls.body"));
        assert!(body.starts_with("<!-- prescope-diff -->\n"), "{body}");
        assert!(text(&repository.beside("summary")).ends_with(&body));
        body
    };
    let first = comment(0);
    assert!(first.contains("note") && !first.contains("@contoso.com"), "{first}");
    repository.commit("less", &[("policies/more.prescope", "// nothing more\n")]);
    let second = comment(0);
    assert!(second != first && !second.contains("| note"), "{second}");
    // What could not be compared is said in the place of what was.
    write(&repository.path(), &[("policies/more.prescope", "extend container nowhere { masks note }\n")]);
    assert!(comment(2).contains("could not be compared"));
    let calls = text(&repository.beside("calls"));
    let count = |word: &str| calls.lines().filter(|line| line.contains(word)).count();
    assert_eq!((count("--method POST"), count("--method PATCH")), (1, 2), "{calls}");
    assert!(calls.contains("--paginate repos/ours/policies/issues/3/comments"), "{calls}");
}

/// Where jq is, the comment that is replaced is found by it, as `gh` does.
#[test]
fn only_a_comment_of_its_own_is_replaced() {
    let workflow = given::text_of(WORKFLOW);
    let filter = workflow.split("--jq '").nth(1).and_then(|rest| rest.split('\'').next()).expect("a filter");
    let folder = tempfile::tempdir().expect("a folder");
    let comments = serde_json::json!([
        { "id": 1, "user": { "login": "somebody" }, "body": "<!-- prescope-diff -->\nmine" },
        { "id": 2, "user": { "login": "github-actions[bot]" }, "body": "another <!-- prescope-diff -->" },
        { "id": 3, "user": { "login": "github-actions[bot]" }, "body": "<!-- prescope-diff -->\nours" },
    ]);
    fs::write(folder.path().join("comments.json"), comments.to_string()).expect("a file");
    let mut jq = std::process::Command::new("jq");
    jq.arg(filter).arg("comments.json").current_dir(folder.path());
    let Ok(output) = jq.output() else { return };
    assert_eq!(String::from_utf8_lossy(&output.stdout), "3\n");
}

/// Whatever reads the pull request may not write, and what may write reads nothing of it.
#[test]
fn only_what_runs_nothing_of_a_pull_request_may_write() {
    let text = given::text_of(WORKFLOW);
    let workflow = Yaml::read(&text);
    assert!(!text.contains("pull_request_target"));
    assert_eq!(workflow.at(&["permissions"]).pairs(), [("contents", "read")]);
    assert_eq!(workflow.at(&["jobs", "comment", "permissions"]).pairs(), [("pull-requests", "write")]);
    let writers = text.matches(": write").count();
    assert_eq!(writers, 1);
    let ours = "github.event.pull_request.head.repo.full_name == github.repository";
    assert!(workflow.at(&["jobs", "comment", "if"]).text().contains(ours), "forks may not write");
    assert_eq!(workflow.at(&["jobs", "diff", "if"]).text(), "github.event_name == 'pull_request'");
    let uses = |job: &str| -> Vec<&str> {
        workflow.steps(job).iter().filter_map(|step| step.get("uses").map(Yaml::text)).collect()
    };
    assert_eq!(uses("comment"), ["actions/download-artifact@v4"]);
    assert!(["prescope", "diff"].iter().flat_map(|job| uses(job)).all(|used| used.starts_with("actions/")));
    let checkout = &workflow.steps("diff")[0];
    assert_eq!(checkout.at(&["with", "fetch-depth"]).text(), "0", "a merge base needs history");
    // Nothing of an event is put into a script, where it would be run.
    for step in ["prescope", "diff", "comment"].iter().flat_map(|job| workflow.steps(job)) {
        assert!(!step.get("run").is_some_and(|run| run.text().contains("${{")), "{step:?}");
    }
}
