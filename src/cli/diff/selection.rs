//! What of a comparison a command line asks for, with names looked up in both sides.

use std::collections::BTreeSet;

use super::names::{chosen, feature, on_either};
use crate::cli::args::{Diff, DiffFormat, DiffPart, DiffTold};
use crate::cli::failure::Failure;
use crate::diff::{OwnerGroup, Section, Selection};
use crate::directory::Address;
use crate::resolve::{RuleSet, Unknown, lookup};

/// Refuses an option about answers beside one with which it would change nothing.
pub(super) fn has_effect(command: &Diff) -> Result<(), Failure> {
    let told = &command.told;
    let about_examples = [("--by", told.by.is_some()), ("--witness", told.witness.is_some())];
    let about_answers = [
        ("--field", !told.field.is_empty()),
        ("--feature", !told.feature.is_empty()),
        ("--owner-group", told.owner_group.is_some()),
    ];
    let (beside, ignored) = match (told.only, command.format) {
        (Some(DiffPart::Structure), _) => ("--only structure", [&about_examples[..], &about_answers].concat()),
        // A log has a result for each group that is told, with one example.
        (_, DiffFormat::Sarif) => ("--format sarif", about_examples.to_vec()),
        _ => return Ok(()),
    };
    match ignored.into_iter().find(|(_, is_said)| *is_said) {
        Some((name, _)) => {
            let help = format!("leave {name} or {beside} out");
            Err(Failure::Other(format!("{name} changes nothing beside {beside}"), Some(help)))
        }
        None => Ok(()),
    }
}

/// Whether it names something that one of the sides has to have.
pub(super) fn names_something(told: &DiffTold) -> bool {
    !told.field.is_empty() || !told.feature.is_empty() || told.owner_group.is_some()
}

/// What is asked for.
pub(super) fn selection(told: &DiffTold, sets: [&RuleSet; 2]) -> Result<Selection, Unknown> {
    let models = sets.map(RuleSet::model);
    let only = told.only.map(|part| match part {
        DiffPart::Structure => Section::Structure,
        DiffPart::Effect => Section::Effect,
    });
    let fields = told.field.iter().map(|name| chosen(models, name)).collect::<Result<_, _>>()?;
    let features = told.feature.iter().map(|name| feature(models, name)).collect::<Result<_, _>>()?;
    let owners = told.owner_group.as_deref().map(|name| group(sets, name)).transpose()?;
    Ok(Selection { only, fields, features, owners })
}

/// A group with everybody who is in it on either side.
fn group(sets: [&RuleSet; 2], name: &str) -> Result<OwnerGroup, Unknown> {
    on_either(sets.map(RuleSet::model), |model| lookup::group(model, name))?;
    let members = |rules: &RuleSet| -> Vec<Address> {
        let model = rules.model();
        let group = model.names.groups.find(name).into_iter();
        let people = group.flat_map(|group| rules.graph().members(group));
        people.map(|(person, _)| model.people[*person].address.clone()).collect()
    };
    let people: BTreeSet<Address> = sets.into_iter().flat_map(members).collect();
    Ok(OwnerGroup { name: name.to_owned(), people })
}
