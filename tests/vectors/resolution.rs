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

impl Row {
    /// The container by the vendor's other page: the largest id of all that have an entry for the viewer.
    fn largest(&self, numbers: &BTreeMap<String, u32>) -> u32 {
        let held = self.entries.iter().filter(|(_, entries)| entries.iter().any(|entry| self.is_about(entry)));
        held.map(|(container, _)| numbers[container]).max().unwrap_or(0)
    }

    fn is_about(&self, entry: &str) -> bool {
        let viewer = self.viewer.to_lowercase();
        let domain = viewer.rsplit_once('@').map(|(_, domain)| domain);
        let (kind, name) = entry.split_once(':').unwrap_or((entry, ""));
        let name = name.to_lowercase();
        match kind {
            "user" => viewer == name,
            "domain" if self.r#match == "suffix" => {
                domain.is_some_and(|it| format!(".{it}").ends_with(&format!(".{name}")))
            }
            "domain" => domain == Some(name.as_str()),
            "authenticated" => domain.is_some(),
            "everyone" => true,
            network => network == self.network,
        }
    }
}

/// Two pages of the vendor say which container answers: by the one that is followed, the most specific kind of entry
/// comes first; by the other one, the largest id of all. They are not the same rule. Entries that the vendor does not
/// have are left out.
#[test]
fn the_vendors_other_page_names_another_container_in_some_rows() {
    let Resolution { containers, rows } = read("resolution");
    let shipped = [("external", 100), ("colleagues", 200), ("workgroup", 300), ("friends_and_family", 400)];
    let shipped = shipped.into_iter().chain([("blocked", 32000)]).map(|(name, number)| (name.to_owned(), number));
    let numbers: BTreeMap<String, u32> = containers.into_iter().chain(shipped).collect();
    let vendors = rows.iter().filter(|row| row.id.starts_with('T') || row.id.starts_with("MC"));
    let other = vendors.filter(|row| row.largest(&numbers) != row.container);
    let other: Vec<String> = other
        .map(|row| format!("{}: {}, {} by the other page", row.id, row.container, row.largest(&numbers)))
        .collect();
    insta::assert_snapshot!(other.join("\n"));
}
