//! The shipped catalogue held against facts that were transcribed on their own. The fixtures say what their columns
//! mean; a test reads every column, or says why it does not.

mod archiving;
mod calls;
mod chat;
mod collaboration;
mod location;
mod phone;
mod pictures;
mod recording;

use std::fmt::{Display, Write as _};

use prescope::resolve::{Answer, Context, Entries, RuleSet, See, decide, decide_use, level_of};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::given;
use crate::vectors::agree;

/// A file that has nothing but rows, which has to have this many.
fn rows<R: DeserializeOwned>(name: &str, count: usize) -> Vec<R> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Rows<R> {
        rows: Vec<R>,
    }
    let Rows { rows } = read::<Rows<R>>(name);
    assert_eq!(rows.len(), count, "{name}.yaml");
    rows
}

/// A file.
fn read<T: DeserializeOwned>(name: &str) -> T {
    let text = given::text_of(&format!("tests/fixtures/truth/{name}.yaml"));
    serde_yaml::from_str(&text).unwrap_or_else(|error| panic!("{name}.yaml: {error}"))
}

/// An organisation in which everybody has a site, and so policies, of their own: one set is enough for many rows.
struct World {
    policy: String,
    sites: String,
    users: String,
    meetings: String,
}

impl World {
    /// Nobody yet. The networks have one domain each: contoso.com, fabrikam.com, live.com, and all others.
    fn new() -> World {
        World {
            policy: "use std/lync2013\n".to_owned(),
            sites: String::new(),
            users: String::new(),
            meetings: String::new(),
        }
    }

    /// Somebody with these policy objects, as class and settings, and these keys in the directory.
    fn person(&mut self, name: &str, policies: &[(&str, String)], keys: &str) {
        for (class, settings) in policies {
            writeln!(self.policy, "policy {class} site {name} {{ {settings} }}").expect("text grows");
        }
        writeln!(self.sites, "  {name}: {{ pools: [{name}.pools.example] }}").expect("text grows");
        writeln!(self.users, "  {name}@contoso.com: {{ pool: {name}.pools.example, {keys} }}").expect("text grows");
    }

    /// A policy object for everybody.
    fn global(&mut self, class: &str, settings: &str) {
        writeln!(self.policy, "policy {class} global {{ {settings} }}").expect("text grows");
    }

    /// A meeting of somebody's, named like its organizer.
    fn meeting(&mut self, organizer: &str, attributes: &str) {
        self.meeting_of(organizer, organizer, attributes);
    }

    /// A meeting of somebody's.
    fn meeting_of(&mut self, name: &str, organizer: &str, attributes: &str) {
        let line = format!("  {name}: {{ organizer: {organizer}@contoso.com, attributes: {{ {attributes} }} }}");
        writeln!(self.meetings, "{line}").expect("text grows");
    }

    /// Ready to be asked, about the entries in force.
    fn rules(&self) -> RuleSet {
        self.rules_on(Entries::InForce)
    }

    /// Ready to be asked.
    fn rules_on(&self, entries: Entries) -> RuleSet {
        let World { policy, sites, users, meetings } = self;
        let meetings = if meetings.is_empty() { String::new() } else { format!("meetings:\n{meetings}") };
        let directory = format!(
            "organization: {{ domains: [contoso.com] }}\n\
             federation: {{ partners: [fabrikam.com], public_cloud: [live.com] }}\n\
             sites:\n{sites}users:\n{users}{meetings}"
        );
        given::rules(&given::set(policy, &directory), entries)
    }
}

/// An address of each network: somebody with this name.
fn address(name: &str, network: &str) -> String {
    let domain = match network {
        "same_enterprise" => "contoso.com",
        "federated" => "fabrikam.com",
        "public_cloud" => "live.com",
        "other" => "elsewhere.example",
        _ => panic!("no network is called {network}"),
    };
    format!("{name}@{domain}")
}

/// The name of the person of a row.
fn nth(row: usize) -> String {
    format!("p{row}")
}

/// That person's address.
fn user(row: usize) -> String {
    address(&nth(row), "same_enterprise")
}

/// Whether a feature is available.
fn available(rules: &RuleSet, subject: &str, feature: &str, context: Context<'_>) -> bool {
    let question = rules.use_feature(subject, feature, context);
    let question = question.unwrap_or_else(|error| panic!("{subject}, {feature}: {error:?}"));
    decide_use(rules, question.feature(), question.cast()).available
}

/// Whether a feature is available to the person alone.
fn can(rules: &RuleSet, subject: &str, feature: &str) -> bool {
    available(rules, subject, feature, Context::default())
}

/// Whether a feature is available in a meeting, in this role.
fn can_in(rules: &RuleSet, subject: &str, feature: &str, meeting: &str, role: &str) -> bool {
    available(rules, subject, feature, Context { meeting: Some(meeting), role: Some(role), ..Context::default() })
}

/// Whether a feature is available with somebody.
fn can_with(rules: &RuleSet, party: &str, feature: &str, peer: &str) -> bool {
    available(rules, party, feature, Context { peer: Some(peer), ..Context::default() })
}

/// Whether a feature is available towards somebody.
fn can_of(rules: &RuleSet, viewer: &str, feature: &str, owner: &str) -> bool {
    available(rules, viewer, feature, Context { owner: Some(owner), ..Context::default() })
}

/// Whether somebody sees a field as it is, and the number of the level they are in.
fn sees(rules: &RuleSet, viewer: &str, owner: &str, field: &str) -> (bool, u32) {
    let question = See::typed(rules, viewer, owner, field).unwrap_or_else(|error| panic!("{field}: {error:?}"));
    let level = level_of(rules, question.viewer(), question.owner());
    let number = level.map_or(0, |level| rules.model().containers[level].number);
    (decide(rules, &question).answer == Answer::Visible, number)
}

/// What a row expects, and what was found, as text to be compared.
fn compared(row: impl Into<String>, expected: impl Display, found: impl Display) -> (String, String, String) {
    (row.into(), expected.to_string(), found.to_string())
}
