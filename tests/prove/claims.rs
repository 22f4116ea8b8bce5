//! Every kind of claim on a set that is small enough to see through, and what a proof says that is no proof.

use prescope::language::ast::Shape;
use prescope::project::Project;
use prescope::prove::{Counterexample, Limits, Proofs, Trial, Verdict};

use super::{departures, verdict, verdicts};

pub(super) const POLICY: &str = r#"
category state { availability: free | busy, mood }
category empty { }
container nobody(0) "Nobody" { publishes state { availability } }
container inner(1) "Inner" visible { publishes state }
container out(2) "Out" visible blocking { shows state.availability as busy }
attributes user { clearance: low | high = low }
attributes participant { role: attendee | presenter | organizer = attendee }
attributes meeting { recorded: bool = false }
settings Conferencing at global { Recording: bool = false, Sharing: bool = true }
data content { slides, notes }
recipient vendor "Vendor" external
recipient hoster "Hoster" external
place server "Server"
guard state.mood { deny "cleared" unless viewer.clearance == high }
feature recording for participant of meeting {
    allow "organizer" when organizer.Recording
    deny "attendees" when participant.role == attendee
    otherwise unavailable
    discloses content.slides to vendor when meeting.recorded
    stores content.notes at server
}
feature annotations for participant of meeting { requires recording, otherwise available }
feature call for party with peer { deny "elsewhere" when party.network != peer.network, otherwise available }
feature feedback for user { deny "sharing" unless user.Sharing, otherwise available, discloses content.notes to vendor }
feature wave for viewer of owner {
    allow "inner" when viewer in inner
    allow "contacts" when viewer is contact of owner
    otherwise unavailable
}
"#;

pub(super) const DIRECTORY: &str = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n";

/// The set with an invariant of these clauses.
fn claiming(clauses: &str) -> Project {
    Project::builder()
        .policy("policy.prescope", format!("{POLICY}\ninvariant \"claimed\" {{\n{clauses}\n}}\n"))
        .directory("directory.yaml", DIRECTORY)
        .build()
}

fn is_proved(clause: &str) {
    assert_eq!(verdict(&claiming(clause)), Verdict::Proved, "{clause}");
}

/// The clause does not hold, and this is what is out of the ordinary where it does not.
pub(super) fn is_refuted(clause: &str, expected: &[&str]) {
    let project = claiming(clause);
    assert_eq!(departures(project.model(), &verdict(&project)), expected, "{clause}");
}

#[test]
fn what_a_viewer_sees() {
    is_proved("always viewer sees state.availability when viewer in inner");
    is_refuted("never viewer sees state.availability when viewer in inner", &["viewer in inner"]);
    is_proved("always viewer sees state.availability as busy when viewer in blocking");
    is_refuted("never viewer sees state.availability as busy", &["viewer in out"]);
    is_proved("never viewer sees state.availability as free");
    is_refuted("always viewer sees state unless viewer in out", &[]);
    is_refuted("never viewer sees state", &["viewer in inner", "viewer.clearance is high"]);
    is_proved("always viewer sees some of state unless viewer in out");
    is_proved("always viewer does not see state when viewer in out");
    is_refuted("always viewer does not see state", &[]);
    is_proved("never viewer sees empty");
    is_refuted("always viewer sees empty", &[]);
}

#[test]
fn in_which_container_the_viewer_is() {
    is_proved("always viewer in inner when viewer in visible unless viewer in out");
    is_proved("never viewer in nobody when viewer in inner or viewer in out");
    is_proved("always viewer in nobody unless viewer in visible");
    is_proved("always viewer not in inner when viewer in blocking");
    is_refuted("always viewer not in blocking", &["viewer in out"]);
    is_refuted("never viewer not in visible", &[]);
    is_refuted("never viewer in inner", &["viewer in inner"]);
    is_refuted("always viewer in inner", &[]);
    is_refuted("never viewer in blocking when viewer is contact of owner", &["viewer is contact", "viewer in out"]);
    is_refuted("always viewer in visible when viewer.inside", &[]);
}

/// The lines of the test of a counterexample, which fails; those that go on with the one before belong to it.
pub(super) fn pasted(project: &Project) -> Vec<String> {
    let proofs = Proofs::new(project.set(), Limits::default(), |_| true).expect("no errors");
    let [told] = proofs.told.as_slice() else { panic!("one clause") };
    let [witness] = told.witnesses.as_slice() else { panic!("not refuted: {:?}", told.proof.verdict) };
    let Trial::Failed(tried) = &witness.trial else { panic!("{:?}", witness.trial) };
    let text = tried.text.replace("\n        ", " ");
    let lines = text.lines().map(str::trim);
    lines.filter(|line| line.starts_with("given") || line.starts_with("expect")).map(str::to_owned).collect()
}

#[test]
fn a_counterexample_about_a_container_is_a_test() {
    for (clause, expected) in [
        ("never viewer in inner", "not in inner"),
        ("always viewer in inner", "in inner"),
        ("always viewer not in blocking", "not in blocking"),
        ("never viewer not in visible", "in visible"),
    ] {
        let lines = pasted(&claiming(clause));
        let expected = format!("expect viewer@contoso.com {expected} of owner@contoso.com");
        assert_eq!(lines.last(), Some(&expected), "{clause}");
    }
}

/// Two people who are both at a site that nobody names, of whom only one has a policy of their own.
#[test]
fn a_counterexample_about_sites_and_policies_of_people_is_a_test() {
    let clause = "never drop_by available when party.inside and peer.inside and party.Sharing and not peer.Sharing";
    let feature = "feature drop_by for party with peer { allow \"one site\" when party.site == peer.site }";
    let policy = format!("{POLICY}\n{feature}\ninvariant \"claimed\" {{ {clause} unless party.site == Oslo }}\n");
    let directory = format!("{DIRECTORY}sites: {{ Oslo: {{ pools: [] }} }}\n");
    let project = Project::builder().policy("policy.prescope", policy).directory("directory.yaml", directory);
    assert_eq!(
        pasted(&project.build()),
        [
            "given person party@contoso.com",
            "given party@contoso.com at site \"Elsewhere 1\"",
            "given person peer@contoso.com",
            "given peer@contoso.com at site \"Elsewhere 1\"",
            "given policy Conferencing of peer@contoso.com { Sharing = false }",
            "expect party@contoso.com cannot use drop_by with peer@contoso.com",
        ]
    );
}

/// Manifests move who is on a list; nobody is where an entry was recorded that they take away.
#[test]
fn the_container_is_the_one_after_settling() {
    let project = |clause: &str| {
        let manifest = "manifest one { delegate in inner, exactly one, default inner, else move }";
        let policy = format!("{POLICY}\n{manifest}\ninvariant \"claimed\" {{ {clause} }}\n");
        Project::builder().policy("policy.prescope", policy).directory("directory.yaml", DIRECTORY).build()
    };
    for proved in [
        "always viewer in inner when viewer is delegate of owner unless viewer in blocking",
        "never viewer in nobody when viewer is delegate of owner",
    ] {
        assert_eq!(verdict(&project(proved)), Verdict::Proved, "{proved}");
    }
    let contacts = project("always viewer in inner when viewer is contact of owner");
    assert_eq!(departures(contacts.model(), &verdict(&contacts)), ["viewer is contact"]);
}

/// The level is that over all categories, whichever container answers for one of them.
#[test]
fn the_container_does_not_depend_on_what_is_looked_at() {
    let policy = r#"
        category state { availability: free | busy }
        category note { text }
        container low(1) "Low" visible { publishes state }
        container high(2) "High" visible { publishes note }
        invariant "claimed" {
            never viewer in low when viewer in high
            never viewer sees state when viewer in high
        }
    "#;
    let project = Project::builder().policy("policy.prescope", policy).directory("directory.yaml", DIRECTORY).build();
    let [level, seen] = <[Verdict; 2]>::try_from(verdicts(&project)).expect("two clauses");
    assert_eq!(level, Verdict::Proved);
    assert_eq!(departures(project.model(), &seen), ["viewer in high", "viewer in low"]);
}

#[test]
fn what_is_not_known_of_people_outside_is_covered() {
    // The guard lets nobody pass of whom the clearance is not known.
    is_proved("never viewer sees state.mood unless viewer.clearance == high");
    // The clause is about people outside too, and there it does not hold.
    is_refuted(
        "always viewer sees state.mood when viewer in inner and viewer.clearance == high",
        &["viewer.network is public_cloud", "viewer in inner"],
    );
}

#[test]
fn whether_a_feature_is_available() {
    is_proved("never recording available when participant.role == attendee");
    is_proved("never recording available unless organizer.Recording");
    is_proved("always recording available when organizer.Recording unless participant.role == attendee");
    is_refuted("always recording unavailable", &["organizer.Recording is true", "participant.role is presenter"]);
    is_proved("never annotations available when participant.role == attendee");
    is_proved("always annotations available when organizer.Recording unless participant.role == attendee");
    is_proved("always call unavailable when party.inside and not peer.inside");
    is_refuted("always call available", &["peer.network is public_cloud"]);
    is_proved("always feedback unavailable unless user.Sharing");
    is_refuted("always feedback available", &["user.Sharing is false"]);
    // Only people of the organisation use it.
    is_proved("always feedback available when user.Sharing");
}

#[test]
fn a_feature_of_viewers_follows_the_level_and_the_contacts() {
    is_proved("always wave available when viewer in inner");
    is_proved("never wave available unless viewer in inner or viewer is contact of owner");
    is_refuted("never wave available when viewer in out", &["viewer is contact", "viewer in out"]);
}

#[test]
fn what_is_disclosed() {
    is_proved("never content.slides disclosed to vendor unless meeting.recorded");
    is_refuted("never content disclosed to vendor", &[]);
    is_refuted(
        "never content.slides disclosed to vendor",
        &["organizer.Recording is true", "participant.role is presenter", "meeting.recorded is true"],
    );
    // Content that is disclosed as a whole comprises its parts.
    is_refuted("never content.notes disclosed to vendor", &[]);
    is_proved("never state disclosed to vendor");
    is_refuted("always state disclosed to vendor", &[]);
    is_proved("always content.notes disclosed to vendor when user.Sharing");
}

/// Nobody takes part in a meeting where somebody uses a feature alone, so nothing is known of them there.
#[test]
fn a_circumstance_about_people_who_are_not_there_excuses_nothing() {
    let verdict = verdict(&claiming("never content.notes disclosed to vendor when participant.role == presenter"));
    let Verdict::Refuted(found) = verdict else { panic!("something is disclosed by users") };
    let Counterexample { shape, world } = &found[0];
    assert_eq!((*shape, world.departures().count()), (Shape::User, 0));
}

#[test]
fn what_is_stored_is_disclosed_to_whoever_hosts() {
    let clause = "never content.notes disclosed to hoster";
    // On premises nobody hosts.
    is_proved(clause);
    let policy = format!("{POLICY}\ninvariant \"claimed\" {{ {clause} }}\n");
    let hosted = DIRECTORY.replace("domains", "hosting: \"acme\", domains");
    for directory in [None, Some(hosted)] {
        let project = Project::builder().policy("policy.prescope", policy.as_str());
        let project = directory.into_iter().fold(project, |project, text| project.directory("directory.yaml", text));
        let project = project.build();
        assert_eq!(
            departures(project.model(), &verdict(&project)),
            ["organizer.Recording is true", "participant.role is presenter"]
        );
    }
}

#[test]
fn a_clause_that_applies_nowhere_says_nothing() {
    let vacuous = verdicts(&claiming(
        "never viewer sees state when viewer in inner and viewer in out\n\
         always viewer sees state when viewer in inner and viewer in out\n\
         never recording available when participant.role == attendee and participant.role == presenter\n\
         never content.slides disclosed to vendor when meeting.recorded unless meeting.recorded",
    ));
    assert_eq!(vacuous, [Verdict::Vacuous, Verdict::Vacuous, Verdict::Vacuous, Verdict::Vacuous]);
}
