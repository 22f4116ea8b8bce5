//! Matrices: ● visible, ◐ altered, ○ hidden.

use super::table::{Rows, wrap};
use super::{answer, people};
use crate::model::{CategoryId, FieldId, UserId};
use crate::resolve::{Answer, CategoryAnswer, Cell, Level, Matrix, RuleSet};
use crate::text::line;

const LEGEND: &str = "● visible   ◐ altered   ○ hidden\n";
const CATEGORY_LEGEND: &str = "● all of it   ◐ some of it, or altered   ○ nothing\n";

fn sign(answer: Answer) -> &'static str {
    match answer {
        Answer::Visible => "●",
        Answer::Altered(_) => "◐",
        Answer::Hidden => "○",
    }
}

/// The matrix of one owner: fields down, levels across, and below it who is at each level.
pub fn of_owner(rules: &RuleSet, owner: UserId, matrix: &Matrix<Level>) -> String {
    let model = rules.model();
    let address = &model.people[model.users[owner].person].address;
    let manifest = rules.standing(owner).manifest().map(|manifest| model.manifests[manifest].declared.name.as_str());
    let mut text = match manifest {
        Some(manifest) => format!("{}\n", line!("what others see of {address} (manifest {manifest})")),
        None => format!("{}\n", line!("what others see of {address}")),
    };
    let labels: Vec<String> = (0..matrix.rows.len()).map(label).collect();
    let mut rows = Rows::default();
    rows.push(["", ""].into_iter().map(str::to_owned).chain(labels.iter().cloned()));
    let mut last: Option<CategoryId> = None;
    for (at, field) in matrix.fields.iter().enumerate() {
        let (category, name) = field_cells(rules, *field, &mut last);
        let signs = matrix.rows.iter().filter_map(|(_, cells)| cells.get(at)).map(|cell| sign(cell.decision.answer));
        rows.push([category, name].into_iter().chain(signs.map(str::to_owned)));
    }
    text.push_str(&rows.render("  "));
    text.push_str(&format!("\n  {LEGEND}\n"));
    for (label, (level, _)) in labels.iter().zip(&matrix.rows) {
        let container = level.container.map_or("no container".to_owned(), |it| model.container_name(it));
        let mut members: Vec<String> = Vec::new();
        let mut addresses: Vec<&str> = level.people.iter().map(|it| model.people[*it].address.as_str()).collect();
        addresses.sort_unstable();
        members.extend(addresses.into_iter().map(str::to_owned));
        members.extend(level.classes.iter().map(|class| class.words(model)));
        let count = people(level.people.len());
        text.push_str(&line!("  {label}  {container}, {count} known"));
        let words: Vec<String> = members.join(", ").split(' ').map(str::to_owned).collect();
        text.push_str(&wrap(words.iter().map(String::as_str), "       ", 100));
        text.push('\n');
    }
    text
}

/// A, B, … Z, AA, AB …
fn label(index: usize) -> String {
    let letter = char::from(b'A' + (index % 26) as u8);
    if index < 26 { letter.to_string() } else { format!("{}{letter}", label(index / 26 - 1)) }
}

/// The category's name where it begins, and the field's.
fn field_cells(rules: &RuleSet, field: FieldId, last: &mut Option<CategoryId>) -> (String, String) {
    let model = rules.model();
    let of = model.fields[field].category;
    let begins = last.replace(of) != Some(of);
    let category = if begins { model.categories[of].declared.name.clone() } else { String::new() };
    (category, model.fields[field].declared.name.clone())
}

/// What a viewer sees of one owner, field by field with the values the directory knows.
pub fn of_viewer_and_owner(rules: &RuleSet, viewer: &str, owner: UserId, cells: &[Cell]) -> String {
    let model = rules.model();
    let address = &model.people[model.users[owner].person].address;
    let mut text = format!("{}\n", line!("what {viewer} sees of {address}"));
    let mut rows = Rows::default();
    let mut last = None;
    for cell in cells {
        let (category, name) = field_cells(rules, cell.field, &mut last);
        let value = match cell.decision.answer {
            Answer::Visible => model.own_value(owner, cell.field).unwrap_or_default(),
            Answer::Altered(_) => answer::word(model, cell.field, cell.decision.answer),
            Answer::Hidden => String::new(),
        };
        let container = cell.decision.container.map(|it| model.container_name(it)).unwrap_or_default();
        let container = if category.is_empty() { String::new() } else { container };
        rows.push([category, sign(cell.decision.answer).to_owned(), name, value, container]);
    }
    text.push_str(&rows.render("  "));
    text.push_str(&format!("\n  {LEGEND}"));
    text
}

/// What a viewer sees of several owners, category by category.
pub fn of_viewer(rules: &RuleSet, viewer: &str, matrix: &Matrix<UserId>) -> String {
    let model = rules.model();
    let mut text = format!("{}\n", line!("what {viewer} sees"));
    let mut rows = Rows::default();
    let names = model.categories.values().map(|category| category.declared.name.clone());
    rows.push(std::iter::once(String::new()).chain(names));
    for (owner, cells) in &matrix.rows {
        let address = model.people[model.users[*owner].person].address.to_string();
        let signs = model.categories.ids().map(|category| {
            let of = cells.iter().filter(|cell| model.fields[cell.field].category == category);
            match CategoryAnswer::from_answers(of.map(|cell| cell.decision.answer)) {
                CategoryAnswer::Visible => "●",
                CategoryAnswer::Partial => "◐",
                CategoryAnswer::Hidden => "○",
            }
        });
        rows.push(std::iter::once(address).chain(signs.map(str::to_owned)));
    }
    text.push_str(&rows.render("  "));
    text.push_str(&format!("\n  {CATEGORY_LEGEND}"));
    text
}
