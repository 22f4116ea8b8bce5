//! Running tests: `test`.

use clap::{Args, ValueEnum};

use super::Paths;

#[derive(Args, Debug)]
pub(in crate::cli) struct Test {
    #[command(flatten)]
    pub(in crate::cli) paths: Paths,
    /// Only tests with this text in their label, whatever the case.
    #[arg(long, value_name = "TEXT")]
    pub(in crate::cli) filter: Option<String>,
    /// Stop after the first test that fails.
    #[arg(long)]
    pub(in crate::cli) fail_fast: bool,
    /// Exit with 1 if a project has no tests at all.
    #[arg(long)]
    pub(in crate::cli) fail_on_empty: bool,
    /// Prove the invariants too, as `prove` does.
    #[arg(long)]
    pub(in crate::cli) prove: bool,
    /// With --prove, ask about everybody in this directory and everybody they can meet, not about everybody there can
    /// be.
    #[arg(long, requires = "prove")]
    pub(in crate::cli) in_directory: bool,
    /// How results are written.
    #[arg(long, value_enum, default_value_t = TestFormat::Text)]
    pub(in crate::cli) format: TestFormat,
    /// Keep the explanations of now for `because snapshot`, and remove those that nothing asks for.
    #[arg(long)]
    pub(in crate::cli) update: bool,
    /// Report which containers, membership types, rules and conditions the tests exercised.
    #[arg(long)]
    pub(in crate::cli) coverage: bool,
    /// How coverage is written; lcov and json go to standard output, and the results to standard error.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(in crate::cli) coverage_format: Option<CoverageFormat>,
    /// Exit with 1 if the coverage is below this percentage.
    #[arg(long, value_name = "PERCENT")]
    pub(in crate::cli) coverage_threshold: Option<f64>,
}

/// Formats of test results.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum TestFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
    /// For build servers.
    Junit,
    /// Annotations of a change on GitHub.
    Github,
}

/// Formats of coverage.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(in crate::cli) enum CoverageFormat {
    /// For people.
    Text,
    /// For tools that colour lines.
    Lcov,
    /// For programs.
    Json,
}
