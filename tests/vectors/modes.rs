//! Which manifest is in effect, and which policy object says so.

use std::collections::BTreeMap;

use prescope::resolve::RuleSet;
use prescope::resolve::{Entries::InForce, people};
use serde::Deserialize;

use super::{agree, read};
use crate::given;

#[derive(Deserialize)]
struct Rows<R> {
    rows: Vec<R>,
}

#[derive(Deserialize)]
struct Mode {
    id: String,
    says: String,
    admin: bool,
    preference: String,
    manifest: String,
}

#[derive(Deserialize)]
struct Scope {
    id: String,
    says: String,
    global: Option<Settings>,
    site: Option<Settings>,
    service: Option<Settings>,
    pool1: bool,
    pool2: bool,
    pool3: bool,
}

type Settings = BTreeMap<String, bool>;

fn manifest(rules: &RuleSet, owner: &str) -> String {
    let owner = people::owner(rules, owner).expect("a user");
    let manifest = rules.standing(owner).manifest().expect("the catalogue has manifests");
    rules.model().manifests[manifest].declared.name.clone()
}

#[test]
fn the_mode_follows_the_administrator_and_the_preference() {
    let Rows { rows } = read::<Rows<Mode>>("modes");
    assert_eq!(rows.len(), 6);
    agree(rows.iter().map(|row| {
        let policy =
            format!("use std/lync2013\npolicy PrivacyConfiguration global {{ EnablePrivacyMode = {} }}\n", row.admin);
        let directory = format!(
            "organization: {{ domains: [contoso.com] }}\n\
             users: {{ anna@contoso.com: {{ attributes: {{ privacy_preference: {} }} }} }}\n",
            row.preference
        );
        let project = given::set(&policy, &directory);
        let found = manifest(&given::rules(&project, InForce), "anna@contoso.com");
        (format!("{}: {}", row.id, row.says), row.manifest.clone(), found)
    }));
}

fn object(scope: &str, settings: Option<&Settings>) -> String {
    let Some(settings) = settings else { return String::new() };
    let lines: String = settings.iter().map(|(name, value)| format!("    {name} = {value}\n")).collect();
    format!("policy PrivacyConfiguration {scope} {{\n{lines}}}\n")
}

/// Without a preference, privacy mode is what `EnablePrivacyMode` says.
#[test]
fn the_most_specific_object_applies_and_applies_whole() {
    let Rows { rows } = read::<Rows<Scope>>("scopes");
    assert_eq!(rows.len(), 7);
    let directory = "
organization: { domains: [contoso.com] }
sites:
  Redmond: { pools: [pool1.contoso.com, pool2.contoso.com] }
  London:  { pools: [pool3.contoso.com] }
users:
  one@contoso.com:   { pool: pool1.contoso.com }
  two@contoso.com:   { pool: pool2.contoso.com }
  three@contoso.com: { pool: pool3.contoso.com }
";
    agree(rows.iter().map(|row| {
        let policy = [
            "use std/lync2013\n".to_owned(),
            object("global", row.global.as_ref()),
            object("site Redmond", row.site.as_ref()),
            object("service \"UserServer:pool1.contoso.com\"", row.service.as_ref()),
        ];
        let project = given::set(&policy.concat(), directory);
        let rules = given::rules(&project, InForce);
        let private = |owner: &str| manifest(&rules, owner) == "private";
        let found = [private("one@contoso.com"), private("two@contoso.com"), private("three@contoso.com")];
        let expected = [row.pool1, row.pool2, row.pool3];
        (format!("{}: {}", row.id, row.says), format!("{expected:?}"), format!("{found:?}"))
    }));
}
