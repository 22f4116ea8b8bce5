//! Settings as policy objects have them: `under policies`, which object applies where, and what is ordinary.

use prescope::project::Project;
use prescope::prove::{Limits, Proofs, Verdict};

use super::claims::{DIRECTORY, POLICY, is_refuted, pasted};
use super::{departures, verdict};

/// The verdict on a clause that is about these policy objects alone.
fn under(policies: &str, clause: &str) -> (Project, Verdict) {
    let policy = format!("{POLICY}\n{policies}\ninvariant \"claimed\" under policies {{ {clause} }}\n");
    let project = Project::builder().policy("policy.prescope", policy).directory("directory.yaml", DIRECTORY).build();
    let found = verdict(&project);
    (project, found)
}

#[test]
fn under_policies_settings_have_the_values_of_objects() {
    // Without any object, what is declared holds.
    assert_eq!(under("", "never recording available").1, Verdict::Proved);
    let on = "policy Conferencing global { Recording = true }";
    let clause = "always recording available unless participant.role == attendee";
    assert_eq!(under(on, clause).1, Verdict::Proved);
    is_refuted(clause, &["participant.role is presenter"]);
    let (project, found) = under(on, "never recording available");
    assert_eq!(departures(project.model(), &found), ["participant.role is presenter"]);
}

const SCOPES: &str = r#"
settings First at global, network_site, tag { One: bool = false }
settings Second at global, network_site { Two: bool = false }
policy First network_site HQ { One = true }
policy First tag Gold { One = true }
policy Second network_site HQ { Two = true }
feature both for user { allow "both" when user.One and user.Two, otherwise unavailable }
"#;

#[test]
fn under_policies_objects_of_one_place_apply_together() {
    // Whoever is at headquarters has both, unless a tag was granted, which is more specific.
    assert_eq!(under(SCOPES, "always both available when user.Two").1, Verdict::Proved);
    let (project, found) = under(SCOPES, "always both available when user.One");
    assert_eq!(departures(project.model(), &found), ["user has First tag Gold"]);
    // Where settings may have any value, either may be without the other.
    let any = Project::builder().policy(
        "policy.prescope",
        format!("{POLICY}\n{SCOPES}\ninvariant \"claimed\" {{ always both available when user.Two }}\n"),
    );
    let any = any.build();
    assert_eq!(departures(any.model(), &verdict(&any)), ["user.Two is true"]);
}

/// Objects of several classes, at places and by grants.
const PLACES: &str = r#"
settings First at global, site, service Server, network_site, tag { One: bool = false }
settings Second at global, site, service Server, network_site { Two: bool = false }
policy First site "New York" { One = true }
policy Second site "New York" { Two = true }
policy First service "Server:pool1.contoso.com" { One = true }
policy Second service "Server:pool1.contoso.com" { Two = true }
policy First network_site HQ { One = true }
policy Second network_site HQ { Two = true }
policy First tag Gold { One = true }
feature both for user { allow "both" when user.One and user.Two, otherwise unavailable }
"#;

const PLACES_OF_DIRECTORY: &str = "organization: { domains: [contoso.com] }\n\
    sites: { New York: { pools: [pool1.contoso.com] }, Oslo: {} }\nusers: { anna@contoso.com: {} }\n";

fn placed(policies: &str, clause: &str) -> Project {
    let policy = format!("{policies}\ninvariant \"claimed\" under policies {{ {clause} }}\n");
    let project = Project::builder().policy("policy.prescope", policy).directory("directory.yaml", PLACES_OF_DIRECTORY);
    let project = project.build();
    assert!(!project.has_errors(), "{:#?}", project.diagnostics());
    project
}

/// The facts of the only counterexample, in words.
fn facts(project: &Project) -> Vec<String> {
    let proofs = Proofs::new(project.set(), Limits::default(), |_| true).expect("no errors");
    proofs.told[0].witnesses[0].facts.clone()
}

/// Whatever objects stand at a place, to be there is one thing.
#[test]
fn a_place_is_one_fact() {
    let site = placed(PLACES, "never both available");
    assert_eq!(facts(&site), ["user is at site `New York`"]);
    let without = |scope: &str| {
        let lines = PLACES.lines().filter(|line| !line.contains(scope) || line.starts_with("settings"));
        lines.collect::<Vec<&str>>().join("\n")
    };
    let pool = placed(&without(" site \""), "never both available");
    assert_eq!(facts(&pool), ["user is at pool `pool1.contoso.com`"]);
    let network =
        without(" site \"").lines().filter(|line| !line.contains("service \"")).collect::<Vec<_>>().join("\n");
    let network = placed(&network, "never both available");
    assert_eq!(facts(&network), ["user is at network site `HQ`"]);
    // What a place gives, nobody there lacks, unless something more specific was granted.
    let there = "always both available when user.site == \"New York\"";
    assert_eq!(verdict(&placed(PLACES, there)), Verdict::Proved);
    let granted = PLACES.replace("tag Gold { One = true }", "tag Gold { One = false }");
    let granted = placed(&granted, there);
    assert_eq!(facts(&granted), ["`First tag Gold` is granted to user", "user is at site `New York`"]);
}

/// The test names the object, so it follows what becomes of it.
#[test]
fn a_test_refers_to_the_objects_of_the_set() {
    let site = placed(PLACES, "never both available");
    assert_eq!(
        pasted(&site),
        [
            "given person user@contoso.com",
            "given user@contoso.com at site \"New York\"",
            "expect user@contoso.com cannot use both",
        ]
    );
    let elsewhere = placed(PLACES, "never both available unless user.site == \"New York\"");
    assert_eq!(
        pasted(&elsewhere),
        [
            "given person user@contoso.com",
            "given policy First of user@contoso.com like service \"Server:pool1.contoso.com\" {}",
            "given policy Second of user@contoso.com like service \"Server:pool1.contoso.com\" {}",
            "expect user@contoso.com cannot use both",
        ]
    );
    let tag = "settings First at global, tag { One: bool = false }\npolicy First tag Gold { One = true }\n\
        feature one for user { allow \"one\" when user.One, otherwise unavailable }";
    let tag = placed(tag, "never one available");
    assert_eq!(pasted(&tag)[1], "given policy First of user@contoso.com like tag Gold {}");
}

/// What everybody has is nothing special.
#[test]
fn what_the_global_object_says_is_ordinary() {
    let claiming = |clause: &str| {
        let global = "policy Conferencing global { Recording = true, Sharing = false }";
        let policy = format!("{POLICY}\n{global}\ninvariant \"claimed\" {{ {clause} }}\n");
        Project::builder().policy("policy.prescope", policy).directory("directory.yaml", DIRECTORY).build()
    };
    let on = claiming("never recording available");
    assert_eq!(departures(on.model(), &verdict(&on)), ["participant.role is presenter"]);
    let given = "given meeting counterexample of organizer@contoso.com with participant@contoso.com as presenter";
    assert!(pasted(&on).iter().any(|line| line == given), "{:?}", pasted(&on));
    assert!(pasted(&on).iter().all(|line| !line.starts_with("given policy")), "{:?}", pasted(&on));
    let off = claiming("always recording available unless participant.role == attendee");
    assert_eq!(
        departures(off.model(), &verdict(&off)),
        ["organizer.Recording is false", "participant.role is presenter"]
    );
    let given = "given policy Conferencing of organizer@contoso.com like global { Recording = false }";
    assert!(pasted(&off).iter().any(|line| line == given), "{:?}", pasted(&off));
}
