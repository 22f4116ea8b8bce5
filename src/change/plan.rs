//! From a request to edits: which lines change, and what every object says afterwards.

use std::collections::BTreeMap;

use crate::compile::Set;
use crate::language::ast::{Assignment, Item, ItemKind, ItemSpan, PolicyObject};
use crate::language::extent::whole_item;
use crate::language::{Edit, FileId, Parsed, Span, Spanned, nearest};
use crate::model::{ClassId, Id, Model, ObjectId, Scope};
use crate::resolve::Listing;

use super::declared::{Declared, declared};
use super::deed::{Deed, tree};
use super::layout;
use super::named_scope::NamedScope;
use super::objection::Objection;
use super::request::{Assigned, At, Request};
use super::step::{Done, Step, Value};
use super::values::{Planned, planned, said};

/// Edits of policy files, and what has to come of them.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Each object that is concerned, in order of classes and declarations.
    pub steps: Vec<Step>,
    /// The files that change, as they are to be.
    pub texts: BTreeMap<FileId, String>,
    /// The trees they are to have.
    pub(super) trees: BTreeMap<FileId, Vec<Item>>,
    /// The comments that are to stand in them.
    pub(super) comments: BTreeMap<FileId, Vec<String>>,
    /// What every object is to say.
    pub(super) planned: Planned,
}

/// What a request makes of a set without errors. It is refused where an object is not there, or is there already, or
/// stands in a library.
pub fn plan(set: &Set, request: &Request) -> Result<Plan, Objection> {
    let model = &*set.model;
    let mut work = Work { set, model, declared: declared(model, &set.own), edits: Vec::new(), steps: Vec::new() };
    match request {
        Request::Set(assigned) => work.set(assigned)?,
        Request::New { class, at, like } => work.declare_new(*class, at, like.as_ref())?,
        Request::Remove { class, at } => work.remove(*class, at)?,
    }
    Ok(work.finish())
}

struct Work<'a> {
    set: &'a Set,
    model: &'a Model,
    declared: Vec<Declared<'a>>,
    edits: Vec<(Edit, Deed)>,
    steps: Vec<Step>,
}

impl<'a> Work<'a> {
    fn text(&self, file: FileId) -> &'a str {
        self.set.sources.text(file)
    }

    /// The declaration of the object at a scope; None if nothing declares it. Those of libraries cannot be edited.
    fn at(&self, class: ClassId, at: &NamedScope) -> Result<Option<Declared<'a>>, Objection> {
        let Some(object) = at.object(self.model, class) else { return Ok(None) };
        match self.declared.iter().find(|declared| declared.object == object) {
            Some(declared) => Ok(Some(*declared)),
            None => Err(self.in_library(object)),
        }
    }

    fn in_library(&self, object: ObjectId) -> Objection {
        let of = &self.model.objects[object];
        let object = format!("{} {}", self.model.classes[of.class].declared.name, of.spelt);
        Objection::InLibrary { object, path: self.set.sources.path(of.span.file).to_owned() }
    }

    /// That a class has no object at a scope, though it may be declared there.
    fn missing(&self, class: ClassId, at: &NamedScope, may_be_new: bool) -> Objection {
        let declared =
            || self.model.objects.values().filter(|object| object.class == class).map(|object| object.spelt.as_str());
        Objection::NoObject {
            class: self.model.classes[class].declared.name.clone(),
            at: Box::new(at.clone()),
            near: nearest(&at.words(), declared()),
            declared: Listing::new(declared()),
            may_be_new,
        }
    }

    fn set(&mut self, assigned: &[Assigned]) -> Result<(), Objection> {
        let mut classes: Vec<ClassId> = assigned.iter().map(|assigned| assigned.class).collect();
        classes.sort_unstable();
        classes.dedup();
        for class in classes {
            let of_class: Vec<&Assigned> = assigned.iter().filter(|assigned| assigned.class == class).collect();
            match of_class.first().map(|first| &first.at) {
                Some(At::One(at)) => self.set_at(class, at, &of_class)?,
                Some(At::All) => {
                    let objects = self.model.objects.iter().filter(|(_, of)| of.class == class);
                    for (object, _) in objects {
                        match self.declared.iter().find(|declared| declared.object == object).copied() {
                            Some(declared) => self.set_in(declared, &of_class),
                            None => return Err(self.in_library(object)),
                        }
                    }
                    let is_global = NamedScope::GLOBAL.scope.rank(&self.model.classes[class]).is_some();
                    if is_global && NamedScope::GLOBAL.object(self.model, class).is_none() {
                        self.declare(class, &NamedScope::GLOBAL, None, &of_class)?;
                    }
                }
                None => {}
            }
        }
        Ok(())
    }

    fn set_at(&mut self, class: ClassId, at: &NamedScope, assigned: &[&Assigned]) -> Result<(), Objection> {
        match self.at(class, at)? {
            Some(declared) => self.set_in(declared, assigned),
            // The global object is always there, declared or not.
            None if *at == NamedScope::GLOBAL => self.declare(class, at, None, assigned)?,
            None => return Err(self.missing(class, at, true)),
        }
        Ok(())
    }

    /// Gives settings of an object that is declared their values.
    fn set_in(&mut self, declared: Declared<'a>, assigned: &[&Assigned]) {
        let Declared { parsed, policy, item, index, .. } = declared;
        let of = &self.model.objects[declared.object];
        let names = self.model.names.settings.get(&declared.class);
        let mut values = Vec::new();
        let (mut added, mut assignments) = (Vec::new(), Vec::new());
        let mut changed = false;
        for one in assigned {
            let parameter = &self.model.parameters[one.parameter];
            let named = |assignment: &Assignment| {
                names.and_then(|names| names.find(&assignment.name.it)) == Some(one.parameter)
            };
            let written = policy.assignments.iter().position(named);
            let before = of.values.get(parameter.slot).copied().unwrap_or(parameter.default);
            let value = Value {
                parameter: one.parameter,
                before: said(self.model, &parameter.kind, before),
                said: written.is_some(),
                after: one.literal.clone(),
            };
            let same = value.said && value.before == value.after;
            values.push(value);
            let at = written.and_then(|at| policy.assignments.get(at).map(|assignment| (at, assignment)));
            match at {
                _ if same => continue,
                Some((at, assignment)) => {
                    let edit = Edit { span: assignment.value.span, text: one.written() };
                    let deed = Deed::Value { item: index, assignment: at, literal: one.literal.clone() };
                    self.edits.push((edit, deed));
                }
                None => {
                    added.push((parameter.declared.name.clone(), one.written()));
                    assignments.push(one.assignment(self.model));
                }
            }
            changed = true;
        }
        if !added.is_empty() {
            let edit = layout::lines(self.text(parsed.file), item, policy, &added);
            self.edits.push((edit, Deed::Lines { item: index, assignments }));
        }
        let done = if changed { Done::Set } else { Done::Kept };
        let (class, scope, words) = (declared.class, of.scope.clone(), of.spelt.clone());
        self.steps.push(Step { done, class, scope, words, values, span: Some(of.span) });
    }

    fn declare_new(&mut self, class: ClassId, at: &NamedScope, like: Option<&NamedScope>) -> Result<(), Objection> {
        let name = || self.model.classes[class].declared.name.clone();
        if *at == NamedScope::GLOBAL {
            return Err(Objection::AlwaysThere { class: name() });
        }
        if self.at(class, at)?.is_some() {
            return Err(Objection::Declared { class: name(), at: Box::new(at.clone()) });
        }
        let like = match like.map(|like| (like, like.object(self.model, class))) {
            None => None,
            // The global object is always there, declared or not.
            Some((like, None)) if *like == NamedScope::GLOBAL => Some(like.clone()),
            Some((like, None)) => return Err(self.missing(class, like, false)),
            Some((like, Some(object))) => {
                let declared = self.declared.iter().find(|declared| declared.object == object);
                let written = declared.map_or(&like.written, |declared| &declared.policy.scope.it);
                Some(NamedScope { scope: like.scope.clone(), written: written.clone() })
            }
        };
        self.declare(class, at, like.as_ref(), &[])
    }

    /// Declares an object, in the file and behind the object that it belongs to.
    fn declare(
        &mut self,
        class: ClassId,
        at: &NamedScope,
        like: Option<&NamedScope>,
        assigned: &[&Assigned],
    ) -> Result<(), Objection> {
        let (parsed, behind) = self.home(class)?;
        let of = &self.model.classes[class].declared;
        let mut head = format!("policy {} {}", of.name, at.policy_text());
        if let Some(like) = like {
            head.push_str(&format!(" like {}", like.policy_text()));
        }
        let parameter = |one: &Assigned| &self.model.parameters[one.parameter];
        let added: Vec<layout::WrittenSetting> =
            assigned.iter().map(|one| (parameter(one).declared.name.clone(), one.written())).collect();
        let item = behind.and_then(|index| parsed.items.get(index));
        let declaration = layout::declaration(self.text(parsed.file), &head, &added);
        let edit = layout::object(parsed, self.text(parsed.file), item, &declaration);
        let policy = PolicyObject {
            class: Spanned::new(of.name.clone(), of.span),
            scope: Spanned::new(at.written.clone(), of.span),
            like: like.map(|like| Spanned::new(like.written.clone(), of.span)),
            assignments: assigned.iter().map(|one| one.assignment(self.model)).collect(),
        };
        let item = Item { doc: None, kind: ItemKind::Policy(policy), span: ItemSpan(edit.span) };
        self.edits.push((edit, Deed::New { behind, item: Box::new(item) }));
        let value = |one: &&Assigned| Value {
            parameter: one.parameter,
            before: said(self.model, &parameter(one).kind, parameter(one).default),
            said: false,
            after: one.literal.clone(),
        };
        let values = assigned.iter().map(value).collect();
        let (scope, words) = (at.scope.clone(), at.words());
        self.steps.push(Step { done: Done::New, class, scope, words, values, span: None });
        Ok(())
    }

    /// Where a new object of a class goes: behind the last of its class; else behind the last object of the file with
    /// the most of them; else to the end of the file that uses a library; else to the end of the first.
    fn home(&self, class: ClassId) -> Result<(&'a Parsed, Option<usize>), Objection> {
        let behind = |declared: &Declared<'a>| (declared.parsed, Some(declared.index));
        if let Some(sibling) = self.declared.iter().rfind(|declared| declared.class == class) {
            return Ok(behind(sibling));
        }
        let count = |file: FileId| self.declared.iter().filter(|declared| declared.parsed.file == file).count();
        let files = || self.set.own.iter();
        let most = files().map(|parsed| count(parsed.file)).max().filter(|most| *most > 0);
        let fullest = files().find(|parsed| Some(count(parsed.file)) == most).map(|parsed| parsed.file);
        if let Some(last) = self.declared.iter().rfind(|declared| Some(declared.parsed.file) == fullest) {
            return Ok(behind(last));
        }
        let uses = |parsed: &&Parsed| parsed.items.iter().any(|item| matches!(item.kind, ItemKind::Use(_)));
        match files().find(uses).or_else(|| files().next()) {
            Some(parsed) => Ok((parsed, None)),
            None => Err(Objection::NoFile),
        }
    }

    fn remove(&mut self, class: ClassId, at: &NamedScope) -> Result<(), Objection> {
        let Some(declared) = self.at(class, at)? else {
            if *at != NamedScope::GLOBAL {
                return Err(self.missing(class, at, false));
            }
            let (scope, words) = (Scope::Global, at.words());
            self.steps.push(Step { done: Done::Kept, class, scope, words, values: Vec::new(), span: None });
            return Ok(());
        };
        let span = self.whole(declared);
        self.edits.push((Edit { span, text: String::new() }, Deed::Removed { item: declared.index }));
        let of = &self.model.objects[declared.object];
        let (scope, words) = (of.scope.clone(), of.spelt.clone());
        self.steps.push(Step { done: Done::Removed, class, scope, words, values: Vec::new(), span: Some(of.span) });
        Ok(())
    }

    /// A declaration with all that goes with it. A comment behind its brace stays, and starts the line then.
    fn whole(&self, declared: Declared<'a>) -> Span {
        let span = whole_item(&self.set.sources, declared.item);
        let text = self.text(span.file);
        let (before, after) = (text.get(..span.start as usize), text.get(span.end as usize..).unwrap_or_default());
        let blanks = after.len() - after.trim_start_matches([' ', '\t']).len();
        let starts_line = before.is_some_and(|before| before.is_empty() || before.ends_with('\n'));
        let comment = after.get(blanks..).is_some_and(|after| after.starts_with("//"));
        if starts_line && comment && span.end == declared.item.span.0.end {
            return Span { end: span.end + blanks as u32, ..span };
        }
        span
    }

    fn finish(mut self) -> Plan {
        let mut plan = Plan::default();
        for parsed in &self.set.own {
            let of_file = |(edit, _): &&(Edit, Deed)| edit.span.file == parsed.file;
            let all: Vec<&(Edit, Deed)> = self.edits.iter().filter(of_file).collect();
            if all.is_empty() {
                continue;
            }
            let edits: Vec<Edit> = all.iter().map(|(edit, _)| edit.clone()).collect();
            let deeds: Vec<&Deed> = all.iter().map(|(_, deed)| deed).collect();
            plan.texts.insert(parsed.file, layout::with(parsed, self.text(parsed.file), &edits));
            plan.trees.insert(parsed.file, tree(parsed, &deeds));
            let gone = |at: Span| edits.iter().any(|edit| edit.span.start <= at.start && at.end <= edit.span.end);
            let kept = parsed.comments.iter().filter(|comment| !gone(comment.span));
            plan.comments.insert(parsed.file, kept.map(|comment| comment.it.clone()).collect());
        }
        plan.planned = planned(self.model, &self.set.own, plan.trees.iter());
        self.follow(&plan.planned);
        plan.steps = self.steps;
        plan
    }

    /// Adds the objects that change because they are `like` one that does.
    fn follow(&mut self, planned: &Planned) {
        for of in self.model.objects.values() {
            if self.steps.iter().any(|step| step.class == of.class && step.scope == of.scope) {
                continue;
            }
            let Some(after) = planned.get(&(of.class, of.scope.clone())) else { continue };
            let settings = self.model.classes[of.class].settings.iter();
            let values: Vec<Value> = settings
                .zip(of.values.iter().zip(after))
                .map(|(parameter, (before, after))| {
                    let before = said(self.model, &self.model.parameters[*parameter].kind, *before);
                    Value { parameter: *parameter, before, said: false, after: after.clone() }
                })
                .filter(|value| value.before != value.after)
                .collect();
            if !values.is_empty() {
                let (class, scope, words) = (of.class, of.scope.clone(), of.spelt.clone());
                self.steps.push(Step { done: Done::Follows, class, scope, words, values, span: Some(of.span) });
            }
        }
        self.steps.sort_by_key(|step| step.class.index());
    }
}

impl Assigned {
    /// It as a line of the tree, under the name that the setting is declared with.
    fn assignment(&self, model: &Model) -> Assignment {
        let of = &model.parameters[self.parameter].declared;
        Assignment { name: Spanned::new(of.name.clone(), of.span), value: Spanned::new(self.literal.clone(), of.span) }
    }
}
