//! What becomes of a plan, whichever command made it: it is told, and carried out or kept in a file if that is wanted.
//! `apply` has the same plan made again.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::Path;

use super::Status;
use super::args::{AnswerFormat, Location, Planning};
use super::failure::Failure;
use super::file::{self, Own};
use super::output::Output;
use super::{typed, words};
use crate::language::{FileId, Sources};
use crate::migrate::Refusal;
use crate::model::Model;
use crate::project::{Follows, NoPlan, Project, Taken};
use crate::report::follows::{self as report, More, Sides};
use crate::report::json::{self, PlanDocument};
use crate::report::page::Page;
use crate::report::place as at;
use crate::report::plan::Written;
use crate::text::line;

/// What is kept in files.
const OWN: Own = Own { what: "a plan", is_one: |text| text.starts_with(json::PLAN_FILE_HEAD) };

/// A plan, and what there is to tell of it.
pub(super) struct Drawn<'d> {
    pub(super) project: &'d Project,
    /// The files that change, as they are to be; or why they cannot be written.
    pub(super) texts: Result<&'d Texts, &'d NoPlan>,
    /// The plan for people, and for programs.
    pub(super) page: &'d dyn Fn(Written) -> Page,
    pub(super) document: &'d dyn Fn(Written) -> PlanDocument<'d>,
    /// What is said if nothing has to be written.
    pub(super) idle: &'static str,
    /// What is in the way of writing it, in words.
    pub(super) held_up: Option<String>,
    /// What stays to be done once it is written, in lines.
    pub(super) stays: &'d dyn Fn() -> String,
    pub(super) status: Status,
}

/// New texts of files.
pub(super) type Texts = BTreeMap<FileId, String>;

/// A project as it is to be, and what follows.
pub(super) struct Next {
    project: Project,
    follows: Follows,
}

impl Next {
    /// The project with these texts; None if nothing is to change, or can be written.
    pub(super) fn new(project: &Project, texts: Option<&Texts>) -> Result<Option<Next>, Failure> {
        let Some(texts) = texts.filter(|texts| !texts.is_empty()) else { return Ok(None) };
        let Some(next) = project.with_texts(texts) else { return Ok(None) };
        let follows = follows(project, &next)?;
        Ok(Some(Next { project: next, follows }))
    }

    fn sides<'n>(&'n self, before: &'n Project, written: Written) -> Sides<'n> {
        Sides { before, after: &self.project, written }
    }

    /// What follows, for people.
    pub(super) fn page(&self, before: &Project, written: Written) -> Page {
        report::text(self.sides(before, written), &self.follows, MORE)
    }

    /// What follows, for programs.
    pub(super) fn document<'n>(&'n self, before: &'n Project, written: Written) -> json::Follows<'n> {
        json::Follows { sides: self.sides(before, written), found: &self.follows }
    }
}

/// What follows where one project becomes another.
pub(super) fn follows(before: &Project, after: &Project) -> Result<Follows, Failure> {
    Follows::between(before, after).map_err(|_| Failure::Errors)
}

/// How to have what is not told of what follows.
pub(super) const MORE: More = More { all: "--format json", prove: "`prescope prove`" };

/// What is to become of a plan.
pub(super) enum End<'t> {
    /// What the command line says, which is this one, of a project in this place.
    AsAsked(&'t [OsString], &'t Location),
    /// The same, once it is made again of a command line that was kept.
    Again(&'t [OsString], Option<Kept>),
}

impl End<'_> {
    /// Whether the plan is made again, and nothing of it is told.
    pub(super) fn is_again(&self) -> bool {
        matches!(self, End::Again(..))
    }
}

/// A plan as it is kept, and the texts that carry it out.
pub(super) struct Kept {
    pub(super) file: String,
    pub(super) texts: Texts,
    /// What stays to be done once it is carried out, in lines.
    pub(super) stays: String,
}

/// Tells a plan, and carries it out or keeps it if that is wanted.
pub(super) fn end(
    drawn: &Drawn<'_>,
    planning: &Planning,
    end: &mut End<'_>,
    output: &mut Output,
) -> Result<Status, Failure> {
    let (typed, place) = match end {
        End::AsAsked(typed, place) => (*typed, *place),
        End::Again(typed, kept) => {
            if drawn.held_up.is_none() {
                *kept = Some(drawn.kept(typed)?);
            }
            return Ok(drawn.status);
        }
    };
    let goes_on = drawn.held_up.is_none();
    if let (Some(file), true) = (&planning.output, goes_on) {
        keep(drawn.project, file, &drawn.kept(typed)?.file, output)?;
    }
    let written = if planning.write && goes_on { Some(drawn.write(output)?) } else { None };
    let is_written =
        if written.as_ref().is_some_and(|files| !files.is_empty()) { Written::Yes } else { Written::NotYet };
    match planning.format {
        AnswerFormat::Json => output.print(&json::line(&(drawn.document)(is_written)))?,
        AnswerFormat::Text => {
            let ending = match (&planning.output, goes_on) {
                (Some(file), true) => kept_in(file, place),
                _ => drawn.ending(written.as_deref()),
            };
            let gap = if ending.is_empty() { "" } else { "\n" };
            output.tell((drawn.page)(is_written) + gap + ending)?;
        }
    }
    Ok(drawn.status)
}

impl Drawn<'_> {
    /// How it ends, for people.
    fn ending(&self, written: Option<&[String]>) -> String {
        match (&self.held_up, written, self.texts()) {
            (Some(held_up), ..) => held_up.clone(),
            (_, Some([]), _) => self.idle.to_owned(),
            (.., Ok(texts)) => words::ending(written, texts.len()),
            (.., Err(why)) => format!("this cannot be written\n{why}\n"),
        }
    }

    fn texts(&self) -> Result<&Texts, Failure> {
        self.texts.map_err(|none| failure(self.project.model(), self.project.sources(), none.clone()))
    }

    /// Writes the new texts; the names of their files.
    fn write(&self, output: &mut Output) -> Result<Vec<String>, Failure> {
        write(self.project, self.texts()?, output)
    }

    /// The plan as it is kept, with the command line that it is of.
    fn kept(&self, typed: &[OsString]) -> Result<Kept, Failure> {
        let texts = self.texts()?;
        let asked = typed::asked(typed).map_err(|error| Failure::Other(error.to_string(), None))?;
        let file = json::plan_file(self.project, asked, texts, &(self.document)(Written::NotYet));
        Ok(Kept { file, texts: texts.clone(), stays: (self.stays)() })
    }
}

/// Where a plan is kept, and how to carry it out.
fn kept_in(file: &Path, place: &Location) -> String {
    let file = file.display().to_string();
    let apply = ["apply".to_owned(), file.clone()].into_iter().chain(typed::at(place));
    line!("kept in {file}: {} carries it out", typed::shell(apply))
}

/// Writes new texts of a project; the names of their files.
pub(super) fn write(project: &Project, texts: &Texts, output: &mut Output) -> Result<Vec<String>, Failure> {
    project.write_texts(texts)?;
    let written: Vec<String> = texts.keys().map(|file| project.sources().path(*file).to_owned()).collect();
    output.wrote(written.iter().cloned());
    Ok(written)
}

/// Keeps a plan in a file, which is new or holds another plan.
fn keep(project: &Project, file: &Path, text: &str, output: &mut Output) -> Result<(), Failure> {
    if let Some(taken) = project.taken_for(file) {
        let (why, help) = match taken {
            Taken::Read => {
                ("be read as a file of the project", "name a file that no pattern of `prescope.yaml` matches")
            }
            Taken::Unread => {
                ("look like a file of the project that is not read", "give it a name that ends in `.json`")
            }
        };
        let message = format!("`{}` would {why}, and so change what was planned", file.display());
        return Err(Failure::Other(message, Some(help.to_owned())));
    }
    file::write(file, text, &OWN)?;
    output.wrote([file.display().to_string()]);
    Ok(())
}

/// Why there is no plan.
pub(super) fn failure(model: &Model, sources: &Sources, none: NoPlan) -> Failure {
    match none {
        NoPlan::Unknown(unknown) => unknown.into(),
        NoPlan::Refused(refusal) => {
            let rule = match &refusal {
                Refusal::NotAllowed { rule, .. } => {
                    let place = at(sources, model.manifest_rules[*rule].span);
                    Some(format!(": {}  {place}", model.manifest_rule_name(*rule)))
                }
                _ => None,
            };
            Failure::Other(format!("{refusal}{}", rule.unwrap_or_default()), Some(words::refusal(&refusal)))
        }
        NoPlan::Found(found) => match found.first() {
            Some(first) => {
                let place = first.span().map(|span| format!("{}: ", at(sources, span))).unwrap_or_default();
                let more = match found.len() {
                    1 => String::new(),
                    all => format!(" (and {} more like this)", all - 1),
                };
                Failure::Other(format!("{place}{}{more}", first.message), first.help.clone())
            }
            None => Failure::Errors,
        },
        NoPlan::Contradiction(_) => {
            let help = "nothing is written; please report this with the project".to_owned();
            Failure::Other(none.to_string(), Some(help))
        }
        NoPlan::Errors(_) => Failure::Errors,
    }
}
