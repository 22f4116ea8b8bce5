//! The closed sets of words in documents, for their schemas.

use crate::expect::PointKind;
use crate::language::Severity;
use crate::model::{DomainId, Id, Network, PersonId, Value};
use crate::report::finding::severity_name;
use crate::resolve::{Answer, By, CategoryAnswer, Certainty, Matcher, Ruling, Verdict};

/// How the class of those without an address is called among the networks.
pub(super) const ANONYMOUS: &str = "anonymous";

/// Answers about a field.
pub(in crate::report) fn field_answers() -> [&'static str; 3] {
    [Answer::Visible, Answer::Altered(Value(0)), Answer::Hidden].map(Answer::name)
}

/// Answers about a field or a category.
pub(in crate::report) fn answers() -> Vec<&'static str> {
    let mut words = field_answers().to_vec();
    words.push(CategoryAnswer::Partial.name());
    words
}

/// Answers about a feature.
pub(in crate::report) fn availability() -> [&'static str; 2] {
    [true, false].map(|available| Ruling { available, by: By::Default }.name())
}

/// Types of entries.
pub(in crate::report) fn memberships() -> Vec<&'static str> {
    let named = [Matcher::Person(PersonId::from_index(0)), Matcher::Domain(DomainId::from_index(0))];
    // Whoever is of no network can be named by address or domain only.
    let networks = Network::ALL.into_iter().filter(|it| *it != Network::Other).map(Matcher::Network);
    named
        .into_iter()
        .chain(networks)
        .chain([Matcher::Authenticated, Matcher::Everyone])
        .map(Matcher::type_name)
        .collect()
}

/// Where people come from.
pub(in crate::report) fn networks() -> Vec<&'static str> {
    Network::ALL.into_iter().map(Network::name).chain([ANONYMOUS]).collect()
}

/// What became of a step.
pub(in crate::report) fn verdicts() -> [&'static str; 4] {
    [Verdict::Held, Verdict::Failed, Verdict::Unknown, Verdict::Outranked].map(Verdict::name)
}

/// How certain a disclosure is.
pub(in crate::report) fn certainties() -> [&'static str; 2] {
    [Certainty::Certain, Certainty::Possible].map(Certainty::name)
}

/// How serious a finding is.
pub(in crate::report) fn severities() -> [&'static str; 3] {
    [Severity::Error, Severity::Warning, Severity::Information].map(severity_name)
}

/// What coverage counts.
pub(in crate::report) fn points() -> [&'static str; 5] {
    PointKind::ALL.map(PointKind::name)
}
