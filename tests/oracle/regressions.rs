//! What the laws have found, small: one set of files for each, with the answer that the language means.

use prescope::project::Project;
use prescope::resolve::{Entries, RuleSet, matrix_of_owner, people, settled};

const POLICY: &str = "
category card { email }
category note { personal }
container unlisted(0)   { publishes card, note }
container external(100) visible { publishes card, note }
container blocked(200)  visible blocking { publishes card, note }
";

const DIRECTORY: &str = "
organization: { domains: [contoso.com] }
federation:   { partners: [fabrikam.com] }
users:
  anna@contoso.com:
";

fn rules(policy: &str, user: &str) -> RuleSet {
    let people = format!("{DIRECTORY}{user}");
    let project = Project::builder().policy("a.prescope", policy).directory("a.yaml", people).build();
    assert!(!project.has_errors(), "{:#?}", project.diagnostics());
    project.rules(Entries::InForce).expect("no errors")
}

/// The entries in force of Anna, as the directory writes them.
fn entries(rules: &RuleSet) -> Vec<String> {
    let settled = settled(rules, people::owner(rules, "anna@contoso.com").expect("a user"));
    let model = rules.model();
    let text = |it: &prescope::resolve::Stand| {
        format!("{}: {}", model.containers[it.container].declared.name, it.matcher.describe(model))
    };
    settled.entries.iter().map(text).collect()
}

/// The network of a domain is broader than the domain: where it stands in a blocking container, the domain's entry
/// that `else remove` takes away is not replaced by the default.
#[test]
fn a_domain_of_a_blocked_network_gets_no_entry_of_its_own() {
    let policy =
        format!("{POLICY} manifest standard {{ domain in external, exactly one, default external, else remove }}");
    let user = "    memberships: { blocked: [federated, 'domain:fabrikam.com', 'domain:contoso.com'] }";
    assert_eq!(entries(&rules(&policy, user)), ["external: domain:contoso.com", "blocked: federated"]);
}

/// By suffix a domain is broader than those below it, and settles before them.
#[test]
fn a_domain_below_a_blocked_domain_gets_no_entry_of_its_own() {
    let policy = format!(
        "{POLICY} match domains by suffix
        manifest standard {{ domain in blocked, exactly one, default blocked, else remove }}"
    );
    let user = "    memberships: { blocked: ['domain:fabrikam.com'], external: ['domain:west.fabrikam.com'] }";
    assert_eq!(entries(&rules(&policy, user)), ["blocked: domain:fabrikam.com"]);
}

/// Two people at one level who get the same of a field from different containers are two rows: each cell names the
/// container that answers.
#[test]
fn a_level_of_the_matrix_names_the_container_that_answers_everybody_in_it() {
    let policy = "
        category card { email }
        category note { personal }
        container unlisted(0) { publishes card, note }
        container external(100) { publishes note }
        container friends(200) { publishes card }
        manifest standard { }";
    let user = "    memberships: { friends: [kim@fabrikam.com, joe@fabrikam.com], external: [kim@fabrikam.com] }";
    let rules = rules(policy, user);
    let matrix = matrix_of_owner(&rules, people::owner(&rules, "anna@contoso.com").expect("a user"));
    let rows = matrix.rows.iter().filter(|(level, _)| !level.people.is_empty());
    let containers: Vec<Vec<_>> =
        rows.map(|(_, cells)| cells.iter().map(|cell| cell.decision.container).collect()).collect();
    assert_eq!(containers.len(), 2);
    assert_ne!(containers[0], containers[1]);
}
