//! A change of policy objects: what is done to which, what it changes for whom, and whether privacy mode may be on.

use super::follows::Sides;
use super::plan::Written;
use super::table::Rows;
use super::{counted, place};
use crate::change::{Done, Preflight, Step, Value, value_words};
use crate::language::Span;
use crate::model::{ClassId, Model, Scope, UserId};
use crate::project::{PlannedChange, Project};
use crate::resolve::Legacy;
use crate::text::line;

/// The users to whom an object applies.
pub fn users_of(model: &Model, class: ClassId, scope: &Scope) -> Vec<UserId> {
    let applies = |user: &UserId| {
        let object = model.object_for(class, Some(*user));
        object.is_some_and(|object| model.objects[object].scope == *scope)
    };
    model.users.ids().filter(applies).collect()
}

/// A project, and what a change makes of it.
#[derive(Clone, Copy, Debug)]
pub struct Transition<'p> {
    /// As it was read.
    pub before: &'p Project,
    /// As it is to be.
    pub changed: &'p PlannedChange,
    /// Whether the files say so already.
    pub written: Written,
}

impl<'p> Transition<'p> {
    /// The project in which an object is declared: one that is removed in the old one, every other in the new one.
    pub(super) fn home(&self, step: &Step) -> &'p Project {
        if step.done == Done::Removed { self.before } else { &self.changed.project }
    }

    /// The project before and after.
    pub fn sides(self) -> Sides<'p> {
        Sides { before: self.before, after: &self.changed.project, written: self.written }
    }
}

/// Where an object is declared; None if nowhere.
pub(super) fn declared_at(project: &Project, step: &Step) -> Option<Span> {
    let here = |of: &&crate::model::Object| of.class == step.class && of.scope == step.scope;
    project.model().objects.values().find(here).map(|of| of.span)
}

/// What is done to each object. Nothing follows if nothing changes.
pub fn steps(transition: Transition<'_>) -> String {
    let mut text = String::new();
    for step in &transition.changed.plan.steps {
        let project = transition.home(step);
        let model = project.model();
        let at = declared_at(project, step).map(|span| format!(" ({})", place(project.sources(), span)));
        let name = format!("{} {}", model.classes[step.class].declared.name, step.words);
        text.push_str(&line!("{} {name}{}", step.done.word(), at.as_deref().unwrap_or_default()));
        if at.is_none() {
            text.push_str("  nothing declares it, so it has its defaults\n");
            continue;
        }
        for value in &step.values {
            text.push_str(&line!("  {}", value_line(model, step, value)));
        }
        if step.done == Done::Removed && step.scope == Scope::Global {
            text.push_str("  what it set returns to its default\n");
        }
        let users = users_of(model, step.class, &step.scope);
        let verb = if step.done == Done::Removed { "applied to" } else { "applies to" };
        text.push_str(&line!("  {verb} {}", counted(model, &users)));
    }
    text
}

fn value_line(model: &Model, step: &Step, value: &Value) -> String {
    let parameter = &model.parameters[value.parameter];
    let (name, after, before) = (&parameter.declared.name, value_words(&value.after), value_words(&value.before));
    let default = model.value_name(&parameter.kind, parameter.default);
    match (step.done, value.before == value.after) {
        (Done::Kept, _) => format!("{name} = {after} already"),
        (_, true) if value.said => format!("{name} = {after} already"),
        (_, true) => format!("{name} = {after}, written down; it was that before"),
        (_, false) if !value.said && before == default => format!("{name} = {after}, before {before} (the default)"),
        (_, false) => format!("{name} = {after}, before {before}"),
    }
}

/// What stands in the way of privacy mode.
pub fn preflight(transition: Transition<'_>, preflight: &Preflight) -> String {
    let model = transition.changed.project.model();
    let at = |span| {
        let (sources, span) = transition.sides().on_disk(span);
        place(sources, span)
    };
    let mut text =
        format!("\n{}", line!("preflight of privacy mode, which is on for {}", counted(model, &preflight.users)));
    let mut rows = Rows::default();
    for client in &preflight.clients {
        let person = &model.people[model.users[client.user].person].address;
        let assumed = if client.recorded { "" } else { ", as is assumed" };
        let what = format!("{person} uses {}{assumed}, which does not honour privacy mode", client.client);
        rows.push(["fails".to_owned(), what, at(client.span)]);
    }
    for admitting in &preflight.admitting {
        let users = counted(model, &admitting.users);
        let by = admitting.object.map(|object| &model.objects[object]);
        let by =
            by.map_or("the default".to_owned(), |of| format!("{} {}", model.classes[of.class].declared.name, of.spelt));
        let what = format!("{by} lets in clients from {} on, for {users}", admitting.oldest);
        rows.push(["fails".to_owned(), what, admitting.span.map(at).unwrap_or_default()]);
    }
    if let Some(assumed) = &preflight.assumed {
        rows.push(["unknown".to_owned(), assumed.words(), at(assumed.span)]);
    }
    for name in &preflight.undeclared {
        let what = format!("the set declares no `{name}`, and so says nothing about clients");
        rows.push(["unknown".to_owned(), what, String::new()]);
    }
    text.push_str(&rows.render("  "));
    text.push_str(&line!("  {}", verdict(model, preflight)));
    text
}

/// What is known to be well, if nothing stands in the way; otherwise what to do.
fn verdict(model: &Model, preflight: &Preflight) -> String {
    let legacy = Legacy::new(model);
    if preflight.is_clear() {
        let clients = match &preflight.assumed {
            _ if legacy.client().is_none() => None,
            None => Some("every client honours it"),
            Some(assumed) if assumed.users.len() == model.users.ids().count() => None,
            Some(_) => Some("every client that is recorded honours it"),
        };
        let oldest = legacy.oldest().map(|_| "older ones are refused");
        let known: Vec<&str> = clients.into_iter().chain(oldest).collect();
        return if known.is_empty() { "nothing is known to stand in the way".to_owned() } else { known.join(", and ") };
    }
    let newer =
        preflight.clients.iter().any(|client| client.recorded).then(|| "give these people newer clients".to_owned());
    let oldest = legacy.oldest().filter(|_| !preflight.admitting.is_empty());
    let refuse =
        oldest.map(|oldest| format!("set {} to lync_2010 or later", model.setting_name(&model.parameters[oldest])));
    let record = preflight.assumed.as_ref().filter(|it| it.old).map(|_| "record which clients people use".to_owned());
    let advice: Vec<String> = newer.into_iter().chain(record).chain(refuse).collect();
    advice.join(", and ")
}
