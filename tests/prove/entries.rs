//! Whom entries match: what memberships grant, everybody who has an address, and chains of domains.

use prescope::directory::Domain;
use prescope::model::Network;
use prescope::project::Project;
use prescope::prove::{Proof, Verdict, prove};

use super::claims::DIRECTORY;
use super::{departures, nodes_at_most, verdict, verdicts};

/// What a membership grants need not be recorded.
#[test]
fn memberships_grant_what_they_say_to_whom_they_name() {
    let policy = r#"
        category state { availability: free | busy }
        container nobody(0) "Nobody" { }
        container inner(1) "Inner" visible { publishes state }
        attributes user { shares: bool = false }
        membership "partners" when owner.shares { inner has federated, kim@litware.com, group board }
    "#;
    let directory = "organization: { domains: [contoso.com] }\nfederation: { partners: [fabrikam.com, litware.com] }\n\
                     users: { anna@contoso.com: {} }\ngroups: { board: [anna@contoso.com] }\n";
    let project = |clause: &str| {
        let policy = format!("{policy}\ninvariant \"claimed\" {{ {clause} }}\n");
        Project::builder().policy("policy.prescope", policy).directory("directory.yaml", directory).build()
    };
    for proved in [
        "always viewer sees state when owner.shares and viewer in group board",
        "always viewer sees state when owner.shares and viewer.network == federated",
    ] {
        assert_eq!(verdict(&project(proved)), Verdict::Proved, "{proved}");
    }
    let clouds = project("always viewer sees state when owner.shares and viewer.network == public_cloud");
    assert_eq!(
        departures(clouds.model(), &verdict(&clouds)),
        ["owner.shares is true", "viewer.network is public_cloud"]
    );
    let idle = project("always viewer sees state when viewer in group board");
    assert_eq!(departures(idle.model(), &verdict(&idle)), ["viewer in group board"]);
}

#[test]
fn entries_for_whoever_has_an_address_match_nobody_without() {
    let policy = r#"
        category state { availability: free | busy }
        container nobody(0) "Nobody" { }
        container inner(1) "Inner" visible { publishes state }
        attributes user { shares: bool = false }
        membership "known" when owner.shares { inner has authenticated }
        invariant "known" {
            always viewer sees state when owner.shares and viewer.network != other
            always viewer sees state when owner.shares
        }
    "#;
    let project = Project::builder().policy("policy.prescope", policy).directory("directory.yaml", DIRECTORY).build();
    let [known, everybody] = <[Verdict; 2]>::try_from(verdicts(&project)).expect("two clauses");
    assert_eq!(known, Verdict::Proved);
    assert_eq!(
        departures(project.model(), &everybody),
        ["owner.shares is true", "viewer.network is other", "viewer is anonymous"]
    );
}

/// A set in which entries for domains alone lead to `inner`, so that only a chain of domains shows the card.
fn by_domains(matching: &str, (rules, more): (&str, &str), clause: &str) -> Project {
    let policy = format!(
        r#"
        match domains {matching}
        category state {{ availability: free | busy }}
        category card {{ email }}
        container nobody(0) "Nobody" {{ }}
        container inner(1) "Inner" visible {{ publishes card }}
        container out(2) "Out" visible {{ publishes state }}
        manifest standard {{
            same_enterprise, federated, public_cloud, authenticated, everyone in out, else remove
            {rules}
        }}
        {more}
        invariant "claimed" {{ {clause} }}
        "#
    );
    let directory = format!("{DIRECTORY}federation: {{ partners: [fabrikam.com] }}\n");
    Project::builder().policy("policy.prescope", policy).directory("directory.yaml", directory).build()
}

fn domains(verdict: &Verdict) -> Vec<(Option<&str>, Network)> {
    let Verdict::Refuted(found) = verdict else { panic!("not refuted: {verdict:?}") };
    found[0].world.domains.iter().map(|link| (link.name.as_ref().map(Domain::as_str), link.network)).collect()
}

/// The longest domain with an entry in a container that is asked for answers: of the level it is one, of the card
/// another.
#[test]
fn by_suffix_several_domains_match_one_viewer() {
    let rules = "delegate, contact, stranger in inner, else remove\ndomain in visible, at most one, else remove";
    let clause = "never viewer sees card when viewer in out";
    assert_eq!(verdict(&by_domains("exactly", (rules, ""), clause)), Verdict::Proved);
    let project = by_domains("by suffix", (rules, ""), clause);
    let found = verdict(&project);
    assert_eq!(departures(project.model(), &found), ["the domain above theirs in inner", "their domain in out"]);
    assert_eq!(domains(&found), [(None, Network::SameEnterprise), (None, Network::SameEnterprise)]);
}

/// A partner's domain may be above one that is none.
#[test]
fn by_suffix_a_domain_may_be_of_another_network_than_those_below_it() {
    let rules = "delegate, contact, stranger in out, else remove\n\
                 domain from federated in inner, else remove\n\
                 domain from same_enterprise or public_cloud or other in out, else remove";
    let clause = "never viewer sees card unless viewer.network == federated";
    assert_eq!(verdict(&by_domains("exactly", (rules, ""), clause)), Verdict::Proved);
    let project = by_domains("by suffix", (rules, ""), clause);
    let found = verdict(&project);
    assert_eq!(
        departures(project.model(), &found),
        ["a domain above theirs is federated", "the domain above theirs in inner"]
    );
    assert_eq!(domains(&found), [(None, Network::SameEnterprise), (None, Network::Federated)]);
    // Of a domain that policies name, the directory says what it is.
    let granted = "membership \"partner\" { inner has domain fabrikam.com }";
    let project = by_domains("by suffix", (rules, granted), clause);
    let found = verdict(&project);
    assert_eq!(departures(project.model(), &found), ["viewer is below fabrikam.com"]);
    assert_eq!(domains(&found).last(), Some(&(Some("fabrikam.com"), Network::Federated)));
}

/// A contact who lacks an entry gets one, unless something broader blocks: a domain above the one that answers them.
#[test]
fn by_suffix_a_domain_above_keeps_what_is_missing_from_being_added() {
    let project = |matching: &str| {
        let policy = format!(
            r#"
            match domains {matching}
            category state {{ availability: free | busy }}
            container nobody(0) "Nobody" {{ publishes state }}
            container middle(1) "Middle" visible {{ publishes state }}
            container inner(2) "Inner" visible {{ publishes state }}
            container out(3) "Out" visible blocking {{ publishes state }}
            manifest standard {{
                delegate, contact in inner, exactly one, default inner, else move
                same_enterprise, federated, public_cloud, authenticated, everyone in middle, else remove
                domain in visible, at most one, else remove
            }}
            invariant "claimed" {{ never viewer sees state when viewer is contact of owner and viewer in middle }}
            "#
        );
        Project::builder().policy("policy.prescope", policy).directory("directory.yaml", DIRECTORY).build()
    };
    // Matched exactly, their domain alone could keep it from being added, and would block them itself.
    assert_eq!(verdict(&project("exactly")), Verdict::Vacuous);
    let project = project("by suffix");
    assert_eq!(
        departures(project.model(), &verdict(&project)),
        ["viewer is contact", "the domain above theirs in out", "their domain in middle"]
    );
}

/// Domains that have networks of their own, blocking containers, and entries that are put back where they were lost.
const MANY_DOMAINS: &str = r#"
match domains by suffix
category state { availability: free | busy }
category card { email }
category note { text }
container nobody(0) "Nobody" { }
container low(1) "Low" visible { publishes state }
container middle(2) "Middle" visible { publishes state, card }
container inner(3) "Inner" visible { publishes state, card, note }
container out(4) "Out" visible blocking { }
container six(6) "Six" visible { publishes state, card }
container seven(7) "Seven" visible blocking { publishes note }
settings P at global { Private: bool = false }
manifest private when owner.Private {
    delegate, contact in middle, exactly one, default inner, else move
    stranger in out, else make contact
    domain from federated in low, exactly one, default low, else remove
    domain from same_enterprise or public_cloud or other in visible, at most one, else remove
    same_enterprise, federated, public_cloud, authenticated, everyone in out, else remove
}
manifest standard {
    delegate, contact in visible, exactly one, default inner, else move
    same_enterprise, federated, public_cloud in visible, exactly one, default low, else remove
    authenticated, everyone in out, else remove
    domain in visible, exactly one, default middle, else remove
}
membership "partner" { inner has domain fabrikam.com, domain west.fabrikam.com
 low has federated }
membership "people" when owner.Private { six has kim@fabrikam.com }
"#;

/// What is known of a domain is needed for its entries and not before, so that networks do not multiply: 114 bits take
/// some thousands of nodes.
#[test]
fn by_suffix_the_networks_of_domains_do_not_multiply() {
    let clauses = "never viewer sees card when viewer in out\n\
        always viewer sees state unless viewer in blocking or viewer in nobody";
    let policy = format!("{MANY_DOMAINS}\ninvariant \"claimed\" {{\n{clauses}\n}}\n");
    let project = Project::builder().policy("policy.prescope", policy).build();
    assert!(!project.has_errors(), "{:#?}", project.diagnostics());
    let found = prove(project.set(), nodes_at_most(10_000)).expect("no errors");
    let [seen, holds] = <[Proof<'_>; 2]>::try_from(found).expect("two clauses");
    assert_eq!(departures(project.model(), &seen.verdict), ["their domain in middle", "viewer in out"]);
    assert_eq!(holds.verdict, Verdict::Proved);
}
