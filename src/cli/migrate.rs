//! `mode` and `migrate`.

use super::Status;
use super::args::{AnswerFormat, Location, Migrate, Mode, Owners};
use super::failure::Failure;
use super::open;
use super::output::Output;
use super::planning::{self, Drawn, End, Next, Texts};
use super::progress::Bar;
use crate::diff::{Diff, Shift};
use crate::migrate::{self, Migration, Migrations, Options};
use crate::model::{ManifestId, UserId};
use crate::project::Project;
use crate::report::json::{self, PlanDocument};
use crate::report::page::Page;
use crate::report::plan::Written;
use crate::report::{mode as report_mode, plan as report};
use crate::resolve::{Entries, RuleSet, lookup, people};
use crate::text::{counted, line};

/// `mode [OWNER… | --all]`
pub(super) fn mode(place: &Location, command: &Mode, output: &mut Output) -> Result<Status, Failure> {
    let ready = open::ready(place, output)?;
    let (in_force, recorded) = (ready.rules(Entries::InForce), ready.rules(Entries::Recorded));
    let owners = owners(&in_force, &command.owners, true)?;
    let modes: Vec<migrate::Mode> =
        owners.iter().map(|owner| migrate::mode(&in_force, &recorded, *owner, Options::default())).collect();
    let sources = ready.sources();
    match (command.format, command.owners.owners.is_empty()) {
        (AnswerFormat::Json, _) => output.print(&report_mode::json(in_force.model(), sources, &modes))?,
        (AnswerFormat::Text, true) => output.tell(report_mode::all(in_force.model(), &modes))?,
        (AnswerFormat::Text, false) => {
            for (at, mode) in modes.iter().enumerate() {
                output.tell(if at == 0 { "" } else { "\n" })?;
                output.tell(report_mode::one(in_force.model(), sources, mode))?;
            }
        }
    }
    Ok(Status::Clean)
}

/// `migrate OWNER… | --all`
pub(super) fn migrate(
    project: &Project,
    command: &Migrate,
    end: &mut End<'_>,
    output: &mut Output,
) -> Result<Status, Failure> {
    let (in_force, recorded) = sets(project)?;
    let owners = owners(&in_force, &command.owners, false)?;
    let to = command.to.as_deref().map(|name| lookup::manifest(in_force.model(), name)).transpose()?;
    let preview = to.and_then(|to| not_in_effect(&in_force, &owners, to));
    if let (Some(preview), true) = (&preview, command.planning.write || command.planning.output.is_some()) {
        let help = format!("leave --write and -o out to preview it, or see why: prescope mode {}", preview.first);
        return Err(Failure::Other(preview.message.clone(), Some(help)));
    }
    let options = Options { to, absent_is_empty: command.absent_is_empty, keep_highest: command.keep_highest };
    let bar = Bar::new("planning", command.owners.all.then_some(owners.len()));
    let planned = migrate::migrations(&in_force, recorded, owners.into_iter().inspect(|_| bar.step()), options);
    bar.done();
    let telling = Telling { project, command, planned: &planned };
    if command.check {
        return if end.is_again() { Ok(Status::Clean) } else { check(&telling, output) };
    }
    let texts = if preview.is_some() { Ok(Texts::new()) } else { project.migrated(&planned) };
    let next = Next::new(project, texts.as_ref().ok())?;
    let incomplete = planned.plans.iter().any(|plan| !plan.is_complete());
    let drawn = Drawn {
        project,
        texts: texts.as_ref(),
        page: &|written| telling.text() + next.as_ref().map(|next| next.page(project, written)).unwrap_or_default(),
        document: &|written| telling.document(written, next.as_ref()),
        idle: "nothing to write\n",
        held_up: preview.map(|it| line!("a preview only: {}", it.message)),
        stays: &|| telling.stays(),
        status: if incomplete { Status::Found } else { Status::Clean },
    };
    planning::end(&drawn, &command.planning, end, output)
}

fn sets(project: &Project) -> Result<(RuleSet, RuleSet), Failure> {
    let set = |entries| project.rules(entries).map_err(|_| Failure::Errors);
    Ok((set(Entries::InForce)?, set(Entries::Recorded)?))
}

/// The owners that were named, each once, or every user.
fn owners(rules: &RuleSet, named: &Owners, all_by_default: bool) -> Result<Vec<UserId>, Failure> {
    if named.all || named.owners.is_empty() && all_by_default {
        return Ok(people::owners(rules.model()));
    }
    if named.owners.is_empty() {
        let help = "name owners, or add --all".to_owned();
        return Err(Failure::Other("nobody is named".to_owned(), Some(help)));
    }
    let mut owners: Vec<UserId> = Vec::new();
    for name in &named.owners {
        let owner = people::owner(rules, name)?;
        if !owners.contains(&owner) {
            owners.push(owner);
        }
    }
    Ok(owners)
}

/// A plan for a manifest that is not in effect: it is shown, and not written.
struct Preview {
    message: String,
    /// The first owner it is not in effect for.
    first: String,
}

/// Of whom a manifest is not in effect, if there is anybody.
fn not_in_effect(rules: &RuleSet, owners: &[UserId], to: ManifestId) -> Option<Preview> {
    let mut others = owners.iter().filter(|owner| rules.standing(**owner).manifest() != Some(to));
    let model = rules.model();
    let (name, first) = (&model.manifests[to].declared.name, report::address(model, *others.next()?));
    let message = match others.count() {
        0 => format!("`{name}` is not in effect for {first}"),
        more => format!("`{name}` is not in effect for {first} and {more} more"),
    };
    Some(Preview { message, first })
}

/// Owners whose recorded entries are not those in force, and no plan.
fn check(of: &Telling<'_>, output: &mut Output) -> Result<Status, Failure> {
    let Telling { planned, command, .. } = of;
    let wrong: Vec<&Migration> = planned.plans.iter().filter(|plan| !plan.is_settled()).collect();
    let status = if wrong.is_empty() { Status::Clean } else { Status::Found };
    if command.planning.format == AnswerFormat::Json {
        output.print(&json::line(&of.document(Written::NotYet, None)))?;
        return Ok(status);
    }
    for plan in &wrong {
        let why = match plan.unknown {
            Some(unknown) => report::unrecorded(unknown).to_owned(),
            None if plan.amendments.is_empty() => "policy demands what the manifest drops".to_owned(),
            None => format!("{} to be written", counted(plan.amendments.len(), "change")),
        };
        output.tell(line!("{}: {why}", report::address(planned.before.model(), plan.owner)))?;
    }
    output.tell(line!("{} of {} not settled", wrong.len(), planned.plans.len()))?;
    Ok(status)
}

/// What is told of plans.
struct Telling<'a> {
    project: &'a Project,
    command: &'a Migrate,
    planned: &'a Migrations,
}

impl Telling<'_> {
    fn document(&self, written: Written, next: Option<&Next>) -> PlanDocument<'static> {
        let (model, sources) = (self.planned.before.model(), self.project.sources());
        let mut wire = Vec::new();
        self.each(|plan, shifts| wire.push(json::migration_plan(model, sources, plan, shifts)));
        json::plans(wire, written, next.map(|next| next.document(self.project, written)))
    }

    /// Every plan with what it changes for whom. Of everybody only those are of interest for whom there is something to
    /// say.
    fn each(&self, mut tell: impl FnMut(&Migration, &[Shift])) {
        let (plans, all) = (&self.planned.plans, self.command.owners.all);
        let diff = Diff::between(&self.planned.before, &self.planned.after);
        let bar = Bar::new("comparing", all.then_some(plans.len()));
        for plan in plans.iter().inspect(|_| bar.step()).filter(|plan| !(all && plan.is_settled())) {
            let shifts = if plan.amendments.is_empty() { Vec::new() } else { diff.shifts(plan.owner) };
            tell(plan, &shifts);
        }
        bar.done();
    }

    /// Whom the plans leave as they are, and what is in the way of others.
    fn stays(&self) -> String {
        let (model, sources) = (self.planned.before.model(), self.project.sources());
        let incomplete = self.planned.plans.iter().filter(|plan| !plan.is_complete());
        incomplete.map(|plan| report::stays(model, sources, plan)).collect()
    }

    fn text(&self) -> Page {
        let (model, sources) = (self.planned.before.model(), self.project.sources());
        let migrating =
            report::Migrating { model, sources, keep_highest: "--keep-highest", names: self.command.planning.names() };
        let mut before_is_long: Option<bool> = None;
        let mut text = Page::new();
        self.each(|plan, shifts| {
            let one = report::migration(migrating, plan, shifts);
            // Owners of whom there is one line stand together.
            let is_long = one.lines().nth(1).is_some();
            if before_is_long.is_some_and(|before| before || is_long) {
                text.push_str("\n");
            }
            before_is_long = Some(is_long);
            text.push_str(one);
        });
        let gap = if before_is_long.is_some() { "\n" } else { "" };
        text + gap + report::summary(&self.planned.plans)
    }
}
