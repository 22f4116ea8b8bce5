//! Matrices: ● visible, ◐ altered, ○ hidden.

use super::page::Page;
use super::sign::{self, Sign};
use super::table::{Cell, Rows, wrap_names};
use super::{answer, people};
use crate::model::{CategoryId, FieldId, ManifestId, Model, UserId};
use crate::resolve::{self, Answer, CategoryAnswer, Level, Matrix};
use crate::text::line;

/// What the signs mean of a field.
const LEGEND: [(Sign, &str); 3] = [(Sign::Full, "visible"), (Sign::Half, "altered"), (Sign::Empty, "hidden")];
/// The same of a category.
const CATEGORY_LEGEND: [(Sign, &str); 3] =
    [(Sign::Full, "all of it"), (Sign::Half, "some of it, or altered"), (Sign::Empty, "nothing")];

/// The sign for an answer.
fn sign(answer: Answer) -> Cell {
    Cell::from(match answer {
        Answer::Visible => Sign::Full,
        Answer::Altered(_) => Sign::Half,
        Answer::Hidden => Sign::Empty,
    })
}

/// The sign for an answer about a category.
fn category_sign(answer: CategoryAnswer) -> Cell {
    Cell::from(match answer {
        CategoryAnswer::Visible => Sign::Full,
        CategoryAnswer::Partial => Sign::Half,
        CategoryAnswer::Hidden => Sign::Empty,
    })
}

/// The matrix of one owner: fields down, levels across, and below it who is at each level.
pub fn of_owner(model: &Model, owner: UserId, manifest: Option<ManifestId>, matrix: &Matrix<Level>) -> Page {
    let address = &model.people[model.users[owner].person].address;
    let manifest = manifest.map(|manifest| model.manifests[manifest].declared.name.as_str());
    let mut text = Page::from(match manifest {
        Some(manifest) => line!("what others see of {address} (manifest {manifest})"),
        None => line!("what others see of {address}"),
    });
    text.push('\n');
    let labels: Vec<String> = (0..matrix.rows.len()).map(label).collect();
    let mut rows = Rows::default();
    rows.push(["", ""].into_iter().map(str::to_owned).chain(labels.iter().cloned()));
    let mut last: Option<CategoryId> = None;
    for (at, field) in matrix.fields.iter().enumerate() {
        let (category, name) = field_cells(model, *field, &mut last);
        let signs = matrix.rows.iter().filter_map(|(_, cells)| cells.get(at)).map(|cell| sign(cell.decision.answer));
        rows.push([category, name].into_iter().map(Cell::from).chain(signs));
    }
    text.push_str(rows.render("  "));
    text.push_str("\n");
    text.push_str(sign::legend(&LEGEND));
    text.push('\n');
    for (label, (level, _)) in labels.iter().zip(&matrix.rows) {
        let container = level.container.map_or("no container".to_owned(), |it| model.container_name(it));
        let mut members: Vec<String> = Vec::new();
        let mut addresses: Vec<&str> = level.people.iter().map(|it| model.people[*it].address.as_str()).collect();
        addresses.sort_unstable();
        members.extend(addresses.into_iter().map(str::to_owned));
        members.extend(level.classes.iter().map(|class| class.words(model)));
        let count = people(level.people.len());
        text.push_str(line!("  {label}  {container}, {count} known"));
        text.push_str(wrap_names(&members, "       ", 100));
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
fn field_cells(model: &Model, field: FieldId, last: &mut Option<CategoryId>) -> (String, String) {
    let of = model.fields[field].category;
    let begins = last.replace(of) != Some(of);
    let category = if begins { model.categories[of].declared.name.clone() } else { String::new() };
    (category, model.fields[field].declared.name.clone())
}

/// What a viewer sees of one owner, field by field with the values the directory knows.
pub fn of_viewer_and_owner(model: &Model, viewer: &str, owner: UserId, cells: &[resolve::Cell]) -> Page {
    let address = &model.people[model.users[owner].person].address;
    let mut text = Page::from(line!("what {viewer} sees of {address}"));
    text.push('\n');
    let mut rows = Rows::default();
    let mut last = None;
    for cell in cells {
        let (category, name) = field_cells(model, cell.field, &mut last);
        let value = match cell.decision.answer {
            Answer::Visible => model.own_value(owner, cell.field).unwrap_or_default(),
            Answer::Altered(_) => answer::word(model, cell.field, cell.decision.answer),
            Answer::Hidden => String::new(),
        };
        let container = cell.decision.container.map(|it| model.container_name(it)).unwrap_or_default();
        let container = if category.is_empty() { String::new() } else { container };
        rows.push([category.into(), sign(cell.decision.answer), name.into(), value.into(), container.into()]);
    }
    text.push_str(rows.render("  "));
    text.push_str("\n");
    text + sign::legend(&LEGEND)
}

/// What a viewer sees of several owners, category by category.
pub fn of_viewer(model: &Model, viewer: &str, matrix: &Matrix<UserId>) -> Page {
    let mut text = Page::from(line!("what {viewer} sees"));
    text.push('\n');
    let mut rows = Rows::default();
    let names = model.categories.values().map(|category| category.declared.name.clone());
    rows.push(std::iter::once(String::new()).chain(names));
    for (owner, cells) in &matrix.rows {
        let address = model.people[model.users[*owner].person].address.to_string();
        let signs = model.categories.ids().map(|category| {
            let of = cells.iter().filter(|cell| model.fields[cell.field].category == category);
            category_sign(CategoryAnswer::from_answers(of.map(|cell| cell.decision.answer)))
        });
        rows.push(std::iter::once(Cell::from(address)).chain(signs));
    }
    text.push_str(rows.render("  "));
    text.push_str("\n");
    text + sign::legend(&CATEGORY_LEGEND)
}
