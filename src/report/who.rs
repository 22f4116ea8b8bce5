//! Who sees something: known people by container and entry, then everybody else.

use super::page::Page;
use super::table::{Cell, Rows, wrap_names};
use super::{answer, people, place};
use crate::language::Sources;
use crate::model::{ContainerId, Model, PersonId};
use crate::resolve::{Channel, Gets, Known, Matched, Matcher, Open, See, Settled, Who};
use crate::text::line;

/// How wide lists of names are laid out, in characters.
const WIDTH: usize = 100;

/// Who sees something, with what was asked.
#[derive(Clone, Copy, Debug)]
pub struct Seeing<'a> {
    /// The question; who asks plays no part in it.
    pub question: &'a See,
    /// The answer.
    pub who: &'a Who,
    /// Features that disclose the same.
    pub channels: &'a [Channel],
}

/// The answer as text.
pub fn text(model: &Model, sources: &Sources, seeing: Seeing<'_>) -> Page {
    let Seeing { question, who, channels } = seeing;
    let owner = &model.people[model.users[question.owner()].person].address;
    let places = Places { model, sources, settled: &who.settled };
    let target = match question.field() {
        Some(field) => model.field_name(field),
        None => model.categories[question.category()].declared.name.clone(),
    };
    let known = who.known.len() + who.altered.len() + who.unseeing.len();
    let see = if who.known.len() == 1 { "sees" } else { "see" };
    let extent = if question.field().is_some() { "" } else { " some of" };
    let mut text = Page::from(line!("{} of {known} known people {see}{extent} {target} of {owner}", who.known.len()));
    text.push_str(groups(&places, question, &who.known));
    if !who.altered.is_empty() {
        text.push_str(format!("\n{}", line!("{} another value", people_who(who.altered.len(), "gets", "get"))));
        text.push_str(groups(&places, question, &who.altered));
    }
    if !who.unseeing.is_empty() {
        text.push_str(format!("\n{}", line!("{} nothing of it", people_who(who.unseeing.len(), "sees", "see"))));
        text.push_str(names(model, &who.unseeing, "    "));
        text.push('\n');
    }
    text.push_str("\nanyone else\n");
    text.push_str(open(model, question, &who.open));
    text.push_str(answer::elsewhere(model, sources, channels));
    text
}

/// "1 person sees", "3 people see".
fn people_who(count: usize, does: &str, r#do: &str) -> String {
    format!("{} {}", people(count), if count == 1 { does } else { r#do })
}

/// Where the entries of the owner come from.
struct Places<'a> {
    model: &'a Model,
    sources: &'a Sources,
    settled: &'a Settled,
}

impl Places<'_> {
    fn line(&self, matched: Matched) -> Option<String> {
        self.settled.place(self.model, matched).map(|span| place(self.sources, span))
    }
}

/// People with one container and one entry stand together.
fn groups(places: &Places<'_>, question: &See, known: &[Known]) -> Page {
    let model = places.model;
    let mut text = Page::new();
    let mut rest = known;
    let mut container: Option<Option<ContainerId>> = None;
    while let Some(first) = rest.first() {
        if container != Some(first.gets.container) {
            container = Some(first.gets.container);
            let name = first.gets.container.map_or("nobody".to_owned(), |it| model.container_name(it));
            text.push_str(format!("\n{}", line!("  {name}")));
        }
        let alike = |other: &&Known| other.gets.container == first.gets.container;
        let of_container: Vec<&Known> = rest.iter().take_while(alike).collect();
        text.push_str(entries(places, question, &of_container));
        rest = rest.get(of_container.len()..).unwrap_or_default();
    }
    text
}

/// The people of one container: those with an entry of their own line by line, the others by the entry they share.
fn entries(places: &Places<'_>, question: &See, known: &[&Known]) -> Page {
    let model = places.model;
    let mut own = Rows::default();
    let mut shared: Vec<(Option<Matched>, String, Vec<PersonId>)> = Vec::new();
    let mut any_own = false;
    for known in known {
        let extent = extent(model, question, &known.gets);
        match known.gets.matched {
            Some(matched) if matches!(matched.matcher, Matcher::Person(_)) => {
                any_own = true;
                let address = model.people[known.person].address.to_string();
                let at = Cell::from(places.line(matched).unwrap_or_default());
                own.push([Cell::from(address), extent_cell(question, &known.gets, &extent), at]);
            }
            matched => match shared.iter_mut().find(|(of, it, _)| *of == matched && *it == extent) {
                Some((_, _, list)) => list.push(known.person),
                None => shared.push((matched, extent, vec![known.person])),
            },
        }
    }
    let mut text = if any_own { own.render("    ") } else { Page::new() };
    for (matched, extent, list) in shared {
        let entry = match matched {
            Some(matched) => format!("by {}", matched.matcher.describe(model)),
            None => "no entry matches".to_owned(),
        };
        let at = matched.and_then(|matched| places.line(matched));
        let at = at.map(|at| format!("  {at}")).unwrap_or_default();
        let extent = if extent.is_empty() { String::new() } else { format!(", {extent}") };
        text.push_str(line!("    {entry}: {}{extent}{at}", people(list.len())));
        text.push_str(names(model, &list, "      "));
        text.push('\n');
    }
    text
}

/// How much of a category, or which other value.
fn extent(model: &Model, question: &See, gets: &Gets) -> String {
    match (question.field(), gets.only()) {
        (Some(field), Some(answer)) => match answer {
            crate::resolve::Answer::Visible => String::new(),
            other => answer::word(model, field, other),
        },
        _ => format!("{} of {} fields", gets.count(), gets.fields.len()),
    }
}

/// The same in a column, in its colour.
fn extent_cell(question: &See, gets: &Gets, words: &str) -> Cell {
    match (question.field(), gets.only()) {
        (Some(_), Some(answer)) => Cell::inked(answer::ink(answer), words),
        _ => Cell::inked(answer::category_ink(gets.category()), words),
    }
}

fn names(model: &Model, list: &[PersonId], indent: &str) -> Page {
    let mut addresses: Vec<&str> = list.iter().map(|it| model.people[*it].address.as_str()).collect();
    addresses.sort_unstable();
    wrap_names(&addresses, indent, WIDTH)
}

/// Every open class with its answer.
fn open(model: &Model, question: &See, open: &[Open]) -> Page {
    let mut rows = Rows::default();
    for class in open {
        let answer = match (question.field(), class.gets.only()) {
            (Some(field), Some(answer)) => answer::cell(model, field, answer),
            _ => {
                let category = class.gets.category();
                let words = format!("{}, {}", category.name(), extent(model, question, &class.gets));
                Cell::inked(answer::category_ink(category), &words)
            }
        };
        let container = class.gets.container.map_or("nobody answers".to_owned(), |it| model.container_name(it));
        rows.push([Cell::from(class.class.words(model)), answer, Cell::from(container)]);
    }
    rows.render("  ")
}
