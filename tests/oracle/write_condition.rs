//! Conditions and values as policies write them.

use super::world::*;
use super::write::place;

pub fn literal(value: &Value) -> String {
    match value {
        Value::Bool(value) => value.to_string(),
        Value::Integer(value) => value.to_string(),
        Value::Word(word) => word.clone(),
        Value::Text(text) => format!("\"{text}\""),
    }
}

/// As people type it in a question, where nothing is quoted.
pub fn bare(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => literal(other),
    }
}

pub fn text(condition: &Condition) -> String {
    let joined = |parts: &[Condition], by: &str| parts.iter().map(inner).collect::<Vec<_>>().join(by);
    let not = |negated: &bool| if *negated { "not " } else { "" };
    match condition {
        Condition::Constant(value) => value.to_string(),
        Condition::Not(negated) => format!("not ({})", text(negated)),
        Condition::And(parts) => joined(parts, " and "),
        Condition::Or(parts) => joined(parts, " or "),
        Condition::Holds(what) => reading(what),
        Condition::Compare(what, by, value) => format!("{} {} {}", reading(what), comparison(*by), literal(value)),
        Condition::CompareReadings(left, by, right) => {
            format!("{} {} {}", reading(left), comparison(*by), reading(right))
        }
        Condition::OneOf { reading: what, negated, values } => {
            let values: Vec<String> = values.iter().map(literal).collect();
            format!("{} {}in {{{}}}", reading(what), not(negated), values.join(", "))
        }
        Condition::InContainer { negated, place: at } => format!("viewer {}in {}", not(negated), place(at)),
        Condition::InGroup { role: who, negated, group } => format!("{} {}in group {group}", role(*who), not(negated)),
        Condition::Is { negated, relation } => {
            let relation = match relation {
                Relation::Contact => "contact",
                Relation::Delegate => "delegate",
            };
            format!("viewer is {}{relation} of owner", not(negated))
        }
    }
}

/// In parentheses where it could be read otherwise.
fn inner(condition: &Condition) -> String {
    match condition {
        Condition::And(_) | Condition::Or(_) => format!("({})", text(condition)),
        other => text(other),
    }
}

fn role(role: Role) -> &'static str {
    match role {
        Role::Owner => "owner",
        Role::Viewer => "viewer",
    }
}

fn comparison(comparison: Comparison) -> &'static str {
    match comparison {
        Comparison::Equal => "==",
        Comparison::NotEqual => "!=",
        Comparison::Less => "<",
        Comparison::AtMost => "<=",
        Comparison::Greater => ">",
        Comparison::AtLeast => ">=",
    }
}

fn reading(reading: &Reading) -> String {
    match reading {
        Reading::Attribute(who, name) => format!("{}.{name}", role(*who)),
        Reading::Setting { role: who, class, parameter, by_class: true } => {
            format!("{}.{class}.{parameter}", role(*who))
        }
        Reading::Setting { role: who, parameter, .. } => format!("{}.{parameter}", role(*who)),
        Reading::Presence(category, field) => format!("owner.{category}.{field}"),
        Reading::Network => "viewer.network".to_owned(),
        Reading::Inside => "viewer.inside".to_owned(),
        Reading::Site(who) => format!("{}.site", role(*who)),
        Reading::Mode => "owner.mode".to_owned(),
    }
}
