//! The matrix: what one viewer sees of everybody or of one owner, or what each level of one owner shows.

use crate::model::{ContainerId, FieldId, Id, UserId};
use crate::viewers::{ClassOf, Somebody};

use super::answer::{Answer, Decision};
use super::decide::decide_field;
use super::level::level_of;
use super::people;
use super::rule_set::RuleSet;

/// One cell of a matrix.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cell {
    /// The field.
    pub field: FieldId,
    /// What is seen of it.
    pub decision: Decision,
}

/// Rows of answers for the same fields.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Matrix<R> {
    /// The fields, in order.
    pub fields: Vec<FieldId>,
    /// The rows, each with one answer per field.
    pub rows: Vec<(R, Vec<Cell>)>,
}

/// A level of an owner: viewers who get the same answers from the same containers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Level {
    /// The viewers' level; a category that it does not hold may be answered by another one.
    pub container: Option<ContainerId>,
    /// How many known people get exactly this.
    pub people: Vec<crate::model::PersonId>,
    /// The open classes that get exactly this.
    pub classes: Vec<ClassOf>,
}

fn row(rules: &RuleSet, viewer: Somebody, owner: UserId, fields: &[FieldId]) -> Vec<Cell> {
    fields.iter().map(|field| Cell { field: *field, decision: decide_field(rules, viewer, owner, *field) }).collect()
}

/// Every field, in order of declaration.
fn all_fields(rules: &RuleSet) -> Vec<FieldId> {
    rules.model().categories.values().flat_map(|category| category.fields.iter().copied()).collect()
}

/// What one viewer sees of some owners.
pub fn matrix_of_viewer(rules: &RuleSet, viewer: Somebody, owners: &[UserId]) -> Matrix<UserId> {
    let fields = all_fields(rules);
    let rows = owners.iter().map(|owner| (*owner, row(rules, viewer, *owner, &fields))).collect();
    Matrix { fields, rows }
}

/// What everybody sees of one owner: a row for each distinct set of answers, from the highest level to the lowest.
pub fn matrix_of_owner(rules: &RuleSet, owner: UserId) -> Matrix<Level> {
    let fields = all_fields(rules);
    let mut rows: Vec<(Level, Vec<Cell>)> = Vec::new();
    for class in people::classes(rules, owner) {
        let cells = row(rules, class.representative, owner, &fields);
        let container = level_of(rules, class.representative, owner);
        // Two viewers at one level may get the same answer for a category from different containers.
        let answers = |cells: &[Cell]| -> Vec<(Answer, Option<ContainerId>)> {
            cells.iter().map(|cell| (cell.decision.answer, cell.decision.container)).collect()
        };
        let wanted = answers(&cells);
        let alike = rows.iter().position(|(level, row)| level.container == container && answers(row) == wanted);
        let at = alike.unwrap_or_else(|| {
            rows.push((Level { container, people: Vec::new(), classes: Vec::new() }, cells));
            rows.len() - 1
        });
        if let Some((level, _)) = rows.get_mut(at) {
            level.people.extend(&class.people);
            if class.is_open() {
                level.classes.push(class.who);
            }
        }
    }
    rows.sort_by_key(|(level, cells)| {
        let seen = cells.iter().filter(|cell| cell.decision.answer != Answer::Hidden).count();
        (std::cmp::Reverse(level.container.map(Id::index)), std::cmp::Reverse(seen))
    });
    Matrix { fields, rows }
}
