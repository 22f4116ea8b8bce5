//! Trying tests and invariants: `mutate`.

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::AnswerFormat;
use crate::mutate::Operator;
use crate::symbolic::NODES;

#[derive(Args, Debug)]
pub(in crate::cli) struct Mutate {
    /// Only slips of these kinds [default: every kind].
    #[arg(long, value_name = "KIND", value_delimiter = ',', value_parser = operators())]
    pub(in crate::cli) operators: Vec<Operator>,
    /// Try one slip in so many, from every part of the policies.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) one_in: u32,
    /// Which ones these are; the same number stands for the same slips.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(in crate::cli) seed: u64,
    /// Exit with 1 if fewer percent are caught.
    #[arg(long, value_name = "PERCENT", default_value_t = 100.0, value_parser = percentage)]
    pub(in crate::cli) threshold: f64,
    /// The most nodes a decision diagram may have; what needs more is not known.
    #[arg(long, value_name = "NODES", default_value_t = NODES)]
    pub(in crate::cli) limit: usize,
    /// How results are written.
    #[arg(long, value_enum, default_value_t = AnswerFormat::Text)]
    pub(in crate::cli) format: AnswerFormat,
}

/// The kinds by name, each with what it does.
fn operators() -> impl TypedValueParser<Value = Operator> {
    let names = Operator::ALL.iter().map(|operator| PossibleValue::new(operator.name()).help(operator.summary()));
    PossibleValuesParser::new(names).try_map(|name| {
        Operator::ALL.iter().copied().find(|operator| operator.name() == name).ok_or("not a kind of slip")
    })
}

fn percentage(typed: &str) -> Result<f64, &'static str> {
    let percent: f64 = typed.parse().map_err(|_| "not a number")?;
    if (0.0..=100.0).contains(&percent) { Ok(percent) } else { Err("not between 0 and 100") }
}
