//! Which container answers on the entries as they stand.

use std::collections::BTreeMap;

use prescope::project::Project;
use prescope::resolve::level_of;
use prescope::resolve::{Entries::Recorded, people};
use serde::Deserialize;

use super::{Entries, agree, memberships, read};
use crate::given;
use crate::tries::share;

#[derive(Deserialize)]
struct Resolution {
    containers: BTreeMap<String, u32>,
    rows: Vec<Row>,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    says: String,
    entries: Entries,
    viewer: String,
    network: String,
    r#match: String,
    container: u32,
    /// Whether federation is open; then whoever is of `other` is at a blocked domain.
    #[serde(default)]
    open: bool,
}

impl Row {
    fn set(&self, extra: &BTreeMap<String, u32>) -> Project {
        let mut policy = "use std/lync2013\n".to_owned();
        if self.r#match == "suffix" {
            policy.push_str("match domains by suffix\n");
        }
        for (name, number) in extra {
            policy.push_str(&format!("container {name}({number}) visible {{ publishes contact_card.email }}\n"));
        }
        let domain = self.viewer.rsplit_once('@').map_or("", |(_, domain)| domain);
        let listed = |network: &str| if self.network == network { domain } else { "" };
        let directory = format!(
            "organization: {{ domains: [contoso.com{}] }}\n\
             federation: {{ open: {}, partners: [{}], public_cloud: [{}], blocked: [{}] }}\n\
             users: {{ anna@contoso.com: {{ memberships: {} }} }}\n",
            if self.network == "same_enterprise" && domain != "contoso.com" {
                format!(", {domain}")
            } else {
                String::new()
            },
            self.open,
            if self.open { "" } else { listed("federated") },
            listed("public_cloud"),
            if self.open { listed("other") } else { "" },
            memberships(&self.entries),
        );
        given::set(&policy, &directory)
    }
}

#[test]
fn the_container_that_answers_is_the_one_of_the_vendors_algorithm() {
    let Resolution { containers, rows } = read("resolution");
    assert_eq!(rows.len(), 49);
    agree(share(&rows).into_iter().map(|row| {
        let project = row.set(&containers);
        let rules = given::rules(&project, Recorded);
        let owner = people::owner(&rules, "anna@contoso.com").expect("Anna is a user");
        let viewer = people::viewer(&rules, &row.viewer).expect("an address").somebody;
        let level = level_of(&rules, viewer, owner).map(|level| rules.model().containers[level].number);
        let found = format!("{} by {:?}", viewer.network, level);
        (format!("{}: {}", row.id, row.says), format!("{} by {:?}", row.network, Some(row.container)), found)
    }));
}
