//! `prescope/matrix/v1`.

use serde::Serialize;

use super::answer::{WireContainer, container};
use crate::model::{UserId, What};
use crate::report::who::class_name;
use crate::resolve::{Answer, Cell, Level, Matrix, RuleSet};

#[derive(Serialize)]
struct OwnerDocument {
    schema: &'static str,
    owner: String,
    levels: Vec<WireLevel>,
}

#[derive(Serialize)]
struct WireLevel {
    container: Option<WireContainer>,
    people: Vec<String>,
    classes: Vec<String>,
    fields: Vec<WireCell>,
}

#[derive(Serialize)]
struct ViewerDocument {
    schema: &'static str,
    viewer: String,
    owners: Vec<WireOwner>,
}

#[derive(Serialize)]
struct WireOwner {
    owner: String,
    fields: Vec<WireCell>,
}

#[derive(Serialize)]
struct WireCell {
    field: String,
    answer: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    container: Option<WireContainer>,
}

fn cells(rules: &RuleSet, cells: &[Cell]) -> Vec<WireCell> {
    let model = rules.model();
    let cell = |cell: &Cell| WireCell {
        field: model.field_name(cell.field),
        answer: cell.decision.answer.name(),
        value: match cell.decision.answer {
            Answer::Altered(value) => Some(model.value_name(&model.kind_of(What::Presence(cell.field)), value)),
            Answer::Visible | Answer::Hidden => None,
        },
        container: cell.decision.container.map(|it| container(rules, it)),
    };
    cells.iter().map(cell).collect()
}

fn address(rules: &RuleSet, user: UserId) -> String {
    let model = rules.model();
    model.people[model.users[user].person].address.to_string()
}

/// The matrix of one owner, level by level.
pub fn matrix_of_owner_json(rules: &RuleSet, owner: UserId, matrix: &Matrix<Level>) -> String {
    let model = rules.model();
    let level = |(level, row): &(Level, Vec<Cell>)| {
        let mut people: Vec<String> = level.people.iter().map(|it| model.people[*it].address.to_string()).collect();
        people.sort_unstable();
        WireLevel {
            container: level.container.map(|it| container(rules, it)),
            people,
            classes: level.classes.iter().map(|class| class_name(model, *class)).collect(),
            fields: cells(rules, row),
        }
    };
    super::line(&OwnerDocument {
        schema: "prescope/matrix/v1",
        owner: address(rules, owner),
        levels: matrix.rows.iter().map(level).collect(),
    })
}

/// What one viewer sees of some owners.
pub fn matrix_of_viewer_json(rules: &RuleSet, viewer: &str, matrix: &Matrix<UserId>) -> String {
    let owner =
        |(owner, row): &(UserId, Vec<Cell>)| WireOwner { owner: address(rules, *owner), fields: cells(rules, row) };
    super::line(&ViewerDocument {
        schema: "prescope/matrix/v1",
        viewer: viewer.to_owned(),
        owners: matrix.rows.iter().map(owner).collect(),
    })
}
