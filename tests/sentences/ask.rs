//! Asking the built binary, and the answer in few words.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::change::{Catalogue, Changed, collapsed};
use crate::cli::run_in;
use crate::given;

/// Where the files are that some questions are asked with.
pub(super) const WITH: &str = "tests/fixtures/sentences/with";

/// The lines of an answer, or why there is none.
pub(super) type Told = Result<Vec<String>, String>;

/// What reads the JSON of an answer to a command line.
type Reader = fn(&[String], &Value) -> Vec<String>;

/// A question to be run.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Run {
    /// The file of the catalogue that takes the place of its namesake; none, if it is asked as it is shipped.
    pub(super) changed: Option<Changed>,
    /// The command line.
    pub(super) ask: String,
    /// Further files of `with`, beside the organisation.
    pub(super) with: Vec<String>,
}

/// The organisation, in a project with the catalogue as it is shipped; and beside it the files of the catalogue, to be
/// given one by one.
pub(super) struct Asker {
    folder: TempDir,
    files: Vec<String>,
}

/// The last part of a path.
fn name_of(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).expect("a file of the test");
}

impl Asker {
    pub(super) fn new() -> Asker {
        let folder = tempfile::tempdir().expect("a folder");
        write(folder.path(), "organization.yaml", &given::text_of("tests/fixtures/sentences/organization.yaml"));
        write(folder.path(), "prescope.yaml", "policies: [ours.prescope]\ndirectory: [organization.yaml]\n");
        write(folder.path(), "ours.prescope", "use std/lync2013\n");
        // From a snapshot, a question is answered in a third of the time.
        run_in(folder.path(), &["compile"], b"").clean();
        let catalogue = Catalogue::read();
        fs::create_dir(folder.path().join("catalogue")).expect("a folder");
        for (name, text) in catalogue.files() {
            write(&folder.path().join("catalogue"), name, text);
        }
        for path in given::files_below(WITH, "") {
            write(folder.path(), &name_of(&path), &given::text_of(&path));
        }
        Asker { folder, files: catalogue.files().iter().map(|(name, _)| name.clone()).collect() }
    }

    /// The files that a run gives one by one; none, if it is about the project.
    fn given(&self, run: &Run, own: &Path) -> Vec<String> {
        if run.changed.is_none() && run.with.is_empty() {
            return Vec::new();
        }
        let library = match &run.changed {
            None => vec![PathBuf::from("ours.prescope")],
            Some(changed) => {
                let kept = self.folder.path().join("catalogue");
                let path = |name: &String| if *name == changed.file { own.join(name) } else { kept.join(name) };
                self.files.iter().map(path).collect()
            }
        };
        let people = [PathBuf::from("organization.yaml")];
        let files = library.into_iter().chain(people).chain(run.with.iter().map(PathBuf::from));
        let option =
            |file: &Path| if file.extension() == Some("prescope".as_ref()) { "--policy" } else { "--directory" };
        files.flat_map(|file| [option(&file).to_owned(), file.to_string_lossy().into_owned()]).collect()
    }

    /// Asks the catalogue as it is shipped, or with a line changed.
    pub(super) fn ask(&self, run: &Run) -> Told {
        let mut arguments = words(&run.ask);
        let read: Option<Reader> = match arguments[0].as_str() {
            "can" => Some(|_, answer| vec![answered(answer)]),
            "why" => Some(|_, answer| explained(answer)),
            "who" => Some(|_, answer| who(answer)),
            "what" => Some(|_, answer| what(answer)),
            "disclosures" => Some(disclosures),
            _ => None,
        };
        if read.is_some() {
            arguments.extend(["--format".to_owned(), "json".to_owned()]);
        }
        let own = tempfile::tempdir().expect("a folder");
        if let Some(changed) = &run.changed {
            write(own.path(), &changed.file, &changed.text);
        }
        arguments.extend(self.given(run, own.path()));
        let ran = run_in(self.folder.path(), &arguments, b"");
        // With 1, an answer says that it is not what was hoped for.
        if ran.status > 1 || !ran.err.is_empty() {
            return Err(format!("status {}: {}{}", ran.status, ran.err, ran.out));
        }
        Ok(match read {
            Some(read) => read(&arguments, &serde_json::from_str(&ran.out).map_err(|error| error.to_string())?),
            None => ran.out.lines().map(without_place).filter(|line| !line.is_empty()).collect(),
        })
    }
}

/// The words of a command line. What stands in double quotes is one.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (part, text) in line.split('"').enumerate() {
        if part % 2 == 1 {
            words.push(text.to_owned());
        } else {
            words.extend(text.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// A line with one space between words, and without the place of a declaration at its end.
fn without_place(line: &str) -> String {
    let line = collapsed(line);
    let place = |word: &str| {
        let (file, number) = word.rsplit_once(':').unwrap_or_default();
        (file.ends_with(".prescope") || file.ends_with(".yaml")) && number.parse::<usize>().is_ok()
    };
    match line.rsplit_once(' ') {
        Some((before, last)) if place(last) => before.to_owned(),
        _ => line,
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// `: LABEL`, where a rule decided.
fn by_rule(answer: &Value) -> String {
    answer["rule"].as_str().map(|rule| format!(": {rule}")).unwrap_or_default()
}

/// `available: LABEL`, `hidden in LEVEL`, `altered in LEVEL: VALUE`; of a category, the fields that are seen.
fn answered(answer: &Value) -> String {
    let mut line = text(&answer["answer"]).to_owned() + &in_container(answer) + &by_rule(answer);
    if let Some(value) = answer["value"].as_str() {
        line += &format!(": {value}");
        return line;
    }
    let seen: Vec<&str> = list(&answer["fields"])
        .filter(|field| field["answer"] != "hidden")
        .map(|field| text(&field["field"]))
        .collect();
    if answer["question"]["see"].is_object() && answer["question"]["see"]["field"].is_null() && !seen.is_empty() {
        line += &format!(": {}", seen.join(", "));
    }
    line
}

/// ` in LEVEL`
fn in_container(answer: &Value) -> String {
    answer["container"]["name"].as_str().map(|level| format!(" in {level}")).unwrap_or_default()
}

/// The answer, what denied it, and where else it can be had.
fn explained(answer: &Value) -> Vec<String> {
    let denied = list(&answer["explanation"])
        .filter(|it| it["step"] == "deny" && it["verdict"] == "held")
        .filter_map(|it| text(&it["text"]).split('"').nth(1))
        .map(|label| format!("denied: {label}"));
    let elsewhere = list(&answer["elsewhere"])
        .map(|it| format!("elsewhere: {} to {}", text(&it["feature"]), text(&it["recipient"])));
    std::iter::once(answered(answer)).chain(denied).chain(elsewhere).collect()
}

/// `ADDRESS: ANSWER`, `ADDRESS (ROLE): ANSWER`, `NETWORK DOMAIN: ANSWER`, `CLASS as ROLE: ANSWER`, and where else.
fn who(answer: &Value) -> Vec<String> {
    let known = list(&answer["known"]["people"]).chain(list(&answer["altered"]["people"])).map(|it| {
        let role = it["role"].as_str().map(|role| format!(" ({role})")).unwrap_or_default();
        format!("{}{role}: {}", text(&it["uri"]), answered(it))
    });
    let open = list(&answer["open"]).map(|it| {
        let name = it["class"].as_str().unwrap_or_else(|| text(&it["network"]));
        let domain = it["domain"].as_str().map(|domain| format!(" {domain}")).unwrap_or_default();
        let role = it["role"].as_str().map(|role| format!(" as {role}")).unwrap_or_default();
        format!("{name}{domain}{role}: {}", answered(it))
    });
    known.chain(open).collect()
}

/// `CATEGORY.FIELD: ANSWER` of the first owner, or `FEATURE: ANSWER`.
fn what(answer: &Value) -> Vec<String> {
    let fields = list(&answer["owners"][0]["fields"]).map(|it| format!("{}: {}", text(&it["field"]), answered(it)));
    let features = list(&answer["features"]).map(|it| format!("{}: {}", text(&it["feature"]), answered(it)));
    fields.chain(features).collect()
}

/// `ITEM of WHOM to RECIPIENT`, `ITEM of WHOM at PLACE RETENTION`; with its feature before, unless only one was asked.
fn disclosures(arguments: &[String], answer: &Value) -> Vec<String> {
    let one = arguments.iter().any(|word| word == "--feature");
    let line = |it: &Value| {
        let feature = if one { String::new() } else { format!("{}: ", text(&it["feature"])) };
        let of = it["of"].as_str().map(|of| format!(" of {of}")).unwrap_or_default();
        let goes = match (it["place"].as_str(), it["to"].as_str()) {
            (Some(place), None) => format!("at {place} {}", text(&it["retention"])).trim_end().to_owned(),
            (_, to) => format!("to {}", to.unwrap_or_default()),
        };
        format!("{feature}{}{of} {goes}", text(&it["item"]))
    };
    let mut lines: Vec<String> = list(&answer["disclosures"]).map(line).collect();
    lines.dedup();
    lines
}
