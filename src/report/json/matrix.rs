//! `prescope/matrix/v1`.

use schemars::JsonSchema;
use serde::Serialize;

use super::answer::{WireChannel, WireContainer, channel, container};
use super::words;
use crate::model::{Model, UserId, What};
use crate::report::Naming;
use crate::report::plan::address;
use crate::resolve::{Answer, Cell, Channel, Level, Matrix, Named};

const SCHEMA: &str = "prescope/matrix/v1";

/// What others see of one owner.
#[derive(Serialize, JsonSchema)]
pub(super) struct OwnerDocument {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// Whose presence it is.
    owner: String,
    /// Groups of viewers that nothing tells apart.
    levels: Vec<WireLevel>,
    /// Available features that disclose the same to somebody.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<WireChannel>,
}

/// Viewers that nothing tells apart.
#[derive(Serialize, JsonSchema)]
struct WireLevel {
    /// The container that answers them; null if none does.
    container: Option<WireContainer>,
    /// Those who are known, by address.
    people: Vec<String>,
    /// Classes of people whom the files do not know.
    classes: Vec<String>,
    /// What they get.
    fields: Vec<WireCell>,
}

/// What one viewer sees.
#[derive(Serialize, JsonSchema)]
pub(super) struct ViewerDocument {
    /// The contract.
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    /// Who looks.
    viewer: String,
    /// What of whom.
    owners: Vec<WireOwner>,
    /// What is doubtful about the question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    warnings: Vec<String>,
}

/// What somebody sees of one owner.
#[derive(Serialize, JsonSchema)]
struct WireOwner {
    /// Whose presence it is.
    owner: String,
    /// What there is to see of it.
    fields: Vec<WireCell>,
    /// Available features that disclose the same to somebody the viewer belongs to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    elsewhere: Vec<WireChannel>,
}

/// What is given of one field.
#[derive(Serialize, JsonSchema)]
struct WireCell {
    /// The field, as `category.field`.
    field: String,
    /// What is given of it.
    #[schemars(extend("enum" = words::field_answers()))]
    answer: &'static str,
    /// What is shown instead, if it is altered.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<String>,
    /// The container that answered; null if none did, or if the viewer is the owner.
    container: Option<WireContainer>,
}

fn cells(model: &Model, cells: &[Cell]) -> Vec<WireCell> {
    let cell = |cell: &Cell| WireCell {
        field: model.field_name(cell.field),
        answer: cell.decision.answer.name(),
        value: match cell.decision.answer {
            Answer::Altered(value) => Some(model.value_name(&model.kind_of(What::Presence(cell.field)), value)),
            Answer::Visible | Answer::Hidden => None,
        },
        container: cell.decision.container.map(|it| container(model, it)),
    };
    cells.iter().map(cell).collect()
}

/// The matrix of one owner, level by level.
pub fn matrix_of_owner(naming: Naming<'_>, owner: UserId, matrix: &Matrix<Level>, channels: &[Channel]) -> String {
    let Naming { model, sources } = naming;
    let level = |(level, row): &(Level, Vec<Cell>)| {
        let mut people: Vec<String> = level.people.iter().map(|it| model.people[*it].address.to_string()).collect();
        people.sort_unstable();
        WireLevel {
            container: level.container.map(|it| container(model, it)),
            people,
            classes: level.classes.iter().map(|class| class.words(model)).collect(),
            fields: cells(model, row),
        }
    };
    super::line(&OwnerDocument {
        schema: SCHEMA,
        owner: address(model, owner),
        levels: matrix.rows.iter().map(level).collect(),
        elsewhere: channels.iter().map(|it| channel(model, sources, it)).collect(),
    })
}

/// What one viewer sees of some owners, and through which other channels they get it.
pub fn matrix_of_viewer(
    naming: Naming<'_>,
    viewer: &Named,
    matrix: &Matrix<UserId>,
    channels: impl Fn(UserId) -> Vec<Channel>,
) -> String {
    let Naming { model, sources } = naming;
    let owner = |(owner, row): &(UserId, Vec<Cell>)| WireOwner {
        owner: address(model, *owner),
        fields: cells(model, row),
        elsewhere: channels(*owner).iter().map(|it| channel(model, sources, it)).collect(),
    };
    super::line(&ViewerDocument {
        schema: SCHEMA,
        viewer: viewer.name.clone(),
        owners: matrix.rows.iter().map(owner).collect(),
        warnings: viewer.warning.iter().cloned().collect(),
    })
}
