//! Asking the built binary.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::change::{Catalogue, Changed};
use super::inside::{self, Inside};
use super::lines::{lines, reader};
use crate::cli::run_in;
use crate::given;
use crate::tries::is_due;

/// Where the files are that some questions are asked with.
pub(super) const WITH: &str = "tests/fixtures/sentences/with";

/// The lines of an answer, or why there is none.
pub(super) type Told = Result<Vec<String>, String>;

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
    inside: Inside,
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
        let (policy, people) = ("use std/lync2013\n", given::text_of("tests/fixtures/sentences/organization.yaml"));
        write(folder.path(), "organization.yaml", &people);
        write(folder.path(), "prescope.yaml", "policies: [ours.prescope]\ndirectory: [organization.yaml]\n");
        write(folder.path(), "ours.prescope", policy);
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
        let files = catalogue.files().iter().map(|(name, _)| name.clone()).collect();
        Asker { folder, files, inside: Inside::new(policy, &people) }
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
    ///
    /// As it is shipped, the binary is asked if it is the turn of this run, and the answer inside has to be the same.
    /// All others are asked inside, which takes a part of the time, unless only the binary can be asked so.
    pub(super) fn ask(&self, number: usize, run: &Run) -> Told {
        let mut arguments = words(&run.ask);
        if reader(&arguments[0]).is_some() {
            arguments.extend(["--format".to_owned(), "json".to_owned()]);
        }
        let inside = if run.with.is_empty() { self.inside.ask(&arguments, run.changed.as_ref()) } else { None };
        let inside = inside.map(|printed| lines(&arguments, &printed?));
        if let Some(told) = inside.as_ref().filter(|_| run.changed.is_some() || !is_due(number)) {
            return told.clone();
        }
        let told = self.ask_binary(run, &arguments);
        match inside {
            Some(other) if other != told => Err(format!("the binary tells {told:#?}, the library {other:#?}")),
            _ => told,
        }
    }

    fn ask_binary(&self, run: &Run, arguments: &[String]) -> Told {
        let own = tempfile::tempdir().expect("a folder");
        if let Some(changed) = &run.changed {
            write(own.path(), &changed.file, &changed.text);
        }
        let given = [arguments, &self.given(run, own.path())].concat();
        let ran = run_in(self.folder.path(), &given, b"");
        // With 1, an answer says that it is not what was hoped for.
        if ran.status > 1 || !ran.err.is_empty() {
            return Err(format!("status {}: {}{}", ran.status, ran.err, ran.out));
        }
        lines(arguments, &ran.out)
    }
}

/// True if a question is asked of the library, too.
pub(super) fn asks_inside(run: &Run) -> bool {
    run.with.is_empty() && inside::can_ask(&words(&run.ask))
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
