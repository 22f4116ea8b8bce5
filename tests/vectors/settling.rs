//! What becomes of recorded entries.

use prescope::project::Project;
use prescope::resolve::{Entries::InForce, people};
use prescope::resolve::{Matcher, level_of, settled};
use serde::Deserialize;

use super::{Entries, agree, canonical, list, memberships, read};
use crate::given;
use crate::tries::share;

#[derive(Deserialize)]
struct Settling {
    viewers: Vec<Viewer>,
    settling: Vec<Row>,
}

#[derive(Deserialize)]
struct Viewer {
    id: String,
    says: String,
    viewer: String,
    contacts: Vec<String>,
    delegates: Vec<String>,
    entries: Entries,
    standard: u32,
    private: u32,
}

#[derive(Deserialize)]
struct Row {
    id: String,
    says: String,
    manifest: String,
    contacts: Vec<String>,
    delegates: Vec<String>,
    entries: Entries,
    after: Entries,
    contacts_after: Vec<String>,
}

fn set(private: bool, contacts: &[String], delegates: &[String], entries: &Entries) -> Project {
    let policy = format!("use std/lync2013\npolicy PrivacyConfiguration global {{ EnablePrivacyMode = {private} }}\n");
    let directory = format!(
        "organization: {{ domains: [contoso.com] }}
federation: {{ partners: [fabrikam.com, adatum.com], public_cloud: [live.com] }}
users:
  anna@contoso.com: {{ contacts: {}, delegates: {}, memberships: {} }}
",
        list(contacts),
        list(delegates),
        memberships(entries)
    );
    given::set(&policy, &directory)
}

#[test]
fn each_kind_of_viewer_has_its_level_in_both_modes() {
    let Settling { viewers, .. } = read("settling");
    assert_eq!(viewers.len(), 10);
    agree(share(&viewers).into_iter().map(|row| {
        let level = |private: bool| {
            let project = set(private, &row.contacts, &row.delegates, &row.entries);
            let rules = given::rules(&project, InForce);
            let owner = people::owner(&rules, "anna@contoso.com").expect("Anna is a user");
            let viewer = people::viewer(&rules, &row.viewer).expect("an address").somebody;
            level_of(&rules, viewer, owner).map(|level| rules.model().containers[level].number)
        };
        let expected = (Some(row.standard), Some(row.private));
        (format!("{}: {}", row.id, row.says), format!("{expected:?}"), format!("{:?}", (level(false), level(true))))
    }));
}

#[test]
fn recorded_entries_settle_as_the_manifests_say() {
    let Settling { settling, .. } = read("settling");
    assert_eq!(settling.len(), 28);
    agree(share(&settling).into_iter().map(|row| {
        let project = set(row.manifest == "private", &row.contacts, &row.delegates, &row.entries);
        let rules = given::rules(&project, InForce);
        let model = rules.model();
        let owner = people::owner(&rules, "anna@contoso.com").expect("Anna is a user");
        let settled = settled(&rules, owner);
        let mut after = Entries::new();
        for stand in &settled.entries {
            let entry = match stand.matcher {
                Matcher::Person(_) => format!("user:{}", stand.matcher.describe(model)),
                matcher => matcher.describe(model),
            };
            after.entry(model.containers[stand.container].declared.name.clone()).or_default().push(entry);
        }
        let contacts = rules.standing(owner).contacts().into_iter().map(|it| model.people[it].address.to_string());
        let contacts: Vec<String> = contacts.collect();
        let expected = canonical(&row.after, &row.contacts_after);
        (format!("{}: {}", row.id, row.says), expected, canonical(&after, &contacts))
    }));
}
