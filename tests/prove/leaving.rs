//! Counterexamples of what is disclosed, as tests: none of the features that could may disclose it, or the
//! first of them has to.

use prescope::project::Project;
use prescope::prove::{Limits, Trial, Unsayable};

use super::claims::{DIRECTORY, POLICY, pasted};
use super::witness::told;

/// The set with an invariant of this clause, with or without a directory of an organisation that somebody hosts.
fn claiming(clause: &str, hosted: bool) -> Project {
    let policy = format!("{POLICY}\ninvariant \"claimed\" {{ {clause} }}\n");
    let builder = Project::builder().policy("policy.prescope", policy);
    let directory = DIRECTORY.replace("[contoso.com] }", "[contoso.com], hosting: Northwind }");
    if hosted { builder.directory("directory.yaml", directory).build() } else { builder.build() }
}

#[test]
fn what_is_disclosed_or_is_not_is_a_test() {
    for (clause, expected) in [
        (
            "never content.slides disclosed to vendor when organizer.inside",
            "expect participant@contoso.com does not disclose content.slides to vendor \
             through recording in counterexample",
        ),
        (
            "never content disclosed to vendor when user.Sharing and user.clearance == high",
            "expect user@contoso.com does not disclose content to vendor through feedback",
        ),
        (
            "always content.notes disclosed to vendor when user.inside",
            "expect user@contoso.com discloses content.notes to vendor through feedback",
        ),
        (
            "always content.notes disclosed to hoster when organizer.inside",
            "expect participant@contoso.com discloses content.notes to hoster through recording in counterexample",
        ),
        (
            "never content.notes disclosed to hoster when organizer.inside",
            "expect participant@contoso.com does not disclose content.notes to hoster \
             through recording in counterexample",
        ),
    ] {
        assert_eq!(pasted(&claiming(clause, true)).last().map(String::as_str), Some(expected), "{clause}");
    }
}

/// An organisation that is made up has no hosting that a test could give: what is stored says the same.
#[test]
fn what_a_host_might_get_is_a_test_about_the_place() {
    let lines = pasted(&claiming("never content.notes disclosed to hoster", false));
    let line = lines.last().expect("a line");
    assert!(line.ends_with("does not store content.notes at server through recording in counterexample"), "{lines:?}");
}

/// There is no feature to name.
#[test]
fn what_no_feature_discloses_is_no_test() {
    let project = claiming("always state disclosed to vendor", true);
    let proofs = told(&project, Limits::default());
    let trial = &proofs.told[0].witnesses[0].trial;
    assert!(matches!(trial, Trial::Unsayable(Unsayable::Disclosed)), "{trial:?}");
}
