//! The life cycle over generated directories of the shipped library: there and back again, blocked people, and effects
//! of what somebody asks for.

mod written;

use std::collections::BTreeSet;

use prescope::diff::{Diff, Shift};
use prescope::migrate::{Options, migration};
use prescope::project::{NoPlan, Planned, Project, Wish};
use prescope::resolve::Entries::{InForce, Recorded};
use prescope::resolve::{Answer, RuleSet, Somebody, decide_field, level_of, people};
use prescope::viewers::Everybody;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

use crate::given;
use crate::tries::config;
use crate::vectors::life::migrated;

const OWNER: &str = "anna@contoso.com";
const PEOPLE: [&str; 7] = [
    "bob@contoso.com",
    "dan@contoso.com",
    "eve@contoso.com",
    "kim@fabrikam.com",
    "lee@adatum.com",
    "joe@live.com",
    "pat@newspaper.example",
];
const CONTAINERS: [&str; 5] = ["external", "colleagues", "workgroup", "friends_and_family", "blocked"];
const BROAD: [&str; 7] = [
    "same_enterprise",
    "federated",
    "public_cloud",
    "authenticated",
    "everyone",
    "domain:fabrikam.com",
    "domain:newspaper.example",
];

/// What is recorded of the owner.
#[derive(Clone, Debug)]
struct Record {
    contacts: Vec<&'static str>,
    delegates: Vec<&'static str>,
    /// Container and entry, each once.
    entries: BTreeSet<(&'static str, &'static str)>,
    /// By policy.
    granted: Option<(&'static str, &'static str)>,
}

fn records() -> impl Strategy<Value = Record> {
    let people = |most| subsequence(PEOPLE.to_vec(), 0..=most);
    let entry = prop_oneof![4 => select(PEOPLE.to_vec()), 2 => select(BROAD.to_vec()), 1 => Just("group:team")];
    let entries = proptest::collection::btree_set((select(CONTAINERS.to_vec()), entry), 0..9);
    let granted = proptest::option::weighted(0.2, (select(CONTAINERS.to_vec()), select(PEOPLE.to_vec())));
    (people(5), people(2), entries, granted).prop_map(|(contacts, delegates, entries, granted)| Record {
        contacts,
        delegates,
        entries,
        granted,
    })
}

fn directory(record: &Record) -> String {
    let lists = CONTAINERS.iter().map(|container| {
        let entries: Vec<String> =
            record.entries.iter().filter(|(of, _)| of == container).map(|(_, entry)| format!("{entry:?}")).collect();
        format!("{container}: [{}]", entries.join(", "))
    });
    format!(
        "organization: {{ domains: [contoso.com] }}
federation: {{ partners: [fabrikam.com, adatum.com], public_cloud: [live.com] }}
groups: {{ team: [bob@contoso.com, kim@fabrikam.com, pat@newspaper.example] }}
users:
  {OWNER}:
    contacts: [{}]
    delegates: [{}]
    memberships: {{ {} }}
  bob@contoso.com: {{}}
  dan@contoso.com: {{}}
  eve@contoso.com: {{}}
",
        record.contacts.join(", "),
        record.delegates.join(", "),
        lists.collect::<Vec<_>>().join(", ")
    )
}

fn policy(record: &Record, private: bool) -> String {
    let granted = record.granted.map(|(container, person)| {
        format!("membership \"by policy\" when owner.EnablePrivacyMode or true {{ {container} has {person} }}\n")
    });
    format!(
        "use std/lync2013\npolicy PrivacyConfiguration global {{ EnablePrivacyMode = {private} }}\n{}",
        granted.unwrap_or_default()
    )
}

/// The same directory with privacy mode on or off.
fn switched(project: &Project, record: &Record, private: bool) -> Project {
    let sources = project.sources();
    let file = sources.files().find(|(_, source)| source.path() == "directory.yaml").expect("the directory").0;
    given::set(&policy(record, private), sources.text(file))
}

const EVERYBODY: Options = Options { to: None, absent_is_empty: true, keep_highest: false };

/// Everything somebody sees of the owner.
fn sight(rules: &RuleSet, viewer: Somebody) -> Vec<Answer> {
    let owner = people::owner(rules, OWNER).expect("the owner");
    rules.model().fields.ids().map(|field| decide_field(rules, viewer, owner, field).answer).collect()
}

fn level(rules: &RuleSet, person: &str) -> u32 {
    let owner = people::owner(rules, OWNER).expect("the owner");
    let viewer = people::viewer(rules, person).expect("an address").somebody;
    level_of(rules, viewer, owner).map_or(0, |level| rules.model().containers[level].number)
}

fn wishes() -> impl Strategy<Value = Wish> {
    let person = || select(PEOPLE.to_vec()).prop_map(str::to_owned);
    let container = || select(CONTAINERS.to_vec()).prop_map(str::to_owned);
    let entry = || prop_oneof![select(PEOPLE.to_vec()), select(BROAD.to_vec())].prop_map(str::to_owned);
    prop_oneof![
        (person(), proptest::option::of(container())).prop_map(|(who, into)| Wish::AddContact(who, into)),
        (person(), proptest::option::of(container())).prop_map(|(who, from)| Wish::RemoveContact(who, from)),
        (person(), container()).prop_map(|(who, into)| Wish::MoveContact(who, into)),
        entry().prop_map(|entry| Wish::Block(entry, None)),
        entry().prop_map(Wish::Unblock),
        select(vec!["none", "private", "standard"]).prop_map(|word| Wish::Prefer(word.to_owned())),
    ]
}

/// People whom shifts name or mean, with the number of fields that change for them.
fn counted(project: &Project, shifts: &[Shift]) -> Vec<(String, usize)> {
    let model = project.model();
    let mut counted = Vec::new();
    for shift in shifts {
        counted.extend(shift.people.iter().map(|person| (person.to_string(), shift.changes.len())));
        for rest in &shift.rest {
            let Everybody::At(domain, _) = &rest.everybody else { continue };
            let people = model.people.values().map(|person| &person.address);
            let others =
                people.filter(|it| it.domain() == *domain && it.as_str() != OWNER && !rest.except.contains(it));
            let others = others.filter(|it| !shift.people.contains(it));
            counted.extend(others.map(|person| (person.to_string(), shift.changes.len())));
        }
    }
    counted.sort();
    counted
}

/// Where a rule moves without saying how many there may be, what policy puts elsewhere could stand once the directory's
/// own entry has gone: then what is in force would change, so nothing is planned.
#[test]
fn a_migration_that_would_change_what_is_in_force_is_not_planned() {
    let policy = "category note { text }
container unlisted(0) { publishes note }
container low(1) visible { publishes note }
container middle(2) visible { publishes note }
container odd(3) { publishes note }
membership \"by policy\" when true { middle has bob@contoso.com }
manifest only { contact in visible, default low, else move }
";
    let directory = "organization: { domains: [contoso.com] }
users:
  anna@contoso.com: { contacts: [bob@contoso.com], memberships: { odd: [bob@contoso.com] } }
  bob@contoso.com:  { contacts: [], memberships: {} }
";
    let project = given::set(policy, directory);
    let (in_force, recorded) = (given::rules(&project, InForce), given::rules(&project, Recorded));
    let owner = people::owner(&in_force, OWNER).expect("the owner");
    let plan = migration(&in_force, &recorded, owner, EVERYBODY);
    assert!(plan.stuck && plan.amendments.is_empty() && !plan.is_complete(), "{plan:?}");
    assert_eq!(plan.residue.len(), 1, "{plan:?}");
}

/// The project with what was planned in its files.
fn written(project: &Project, planned: &Planned) -> Project {
    project.amended(&planned.changes).expect("what is planned can be written")
}

proptest! {
    #![proptest_config(config(24))]

    #[test]
    fn to_private_mode_and_back_and_again_gives_contacts_what_they_had(record in records()) {
        let record = Record { granted: None, ..record };
        let before = given::set(&policy(&record, true), &directory(&record));
        let private = migrated(&before, EVERYBODY);
        let standard = migrated(&switched(&private, &record, false), EVERYBODY);
        let again = migrated(&switched(&standard, &record, true), EVERYBODY);
        for entries in [InForce, Recorded] {
            let (first, last) = (given::rules(&private, entries), given::rules(&again, entries));
            let owner = people::owner(&first, OWNER).expect("the owner");
            let contacts = first.standing(owner).contacts().to_vec();
            for contact in contacts {
                let address = first.model().people[contact].address.to_string();
                let seen = |rules: &RuleSet| sight(rules, people::viewer(rules, &address).expect("an address").somebody);
                prop_assert_eq!(seen(&first), seen(&last), "{:?} {}", entries, address);
            }
        }
    }

    #[test]
    fn whoever_is_blocked_stays_blocked(
        record in records(),
        wishes in proptest::collection::vec((wishes(), any::<bool>()), 1..5),
        private in any::<bool>(),
    ) {
        let mut private = private;
        let mut project = given::set(&policy(&record, private), &directory(&record));
        let blocked: Vec<&str> = PEOPLE.into_iter().filter(|it| record.entries.contains(&("blocked", it))).collect();
        for (wish, switch) in wishes {
            // Whoever is unblocked is meant not to be.
            if !matches!(wish, Wish::Unblock(_)) {
                match project.plan(OWNER, &wish) {
                    Ok(planned) => project = written(&project, &planned),
                    Err(NoPlan::Refused(_)) => {}
                    Err(other) => panic!("{wish:?}: {other:?}"),
                }
            }
            if switch {
                private = !private;
                project = switched(&project, &record, private);
            }
            project = migrated(&project, EVERYBODY);
            for entries in [InForce, Recorded] {
                let rules = given::rules(&project, entries);
                for person in &blocked {
                    prop_assert_eq!(level(&rules, person), 32000, "{} after {:?}", person, wish);
                }
            }
        }
    }

    #[test]
    fn what_is_asked_for_changes_what_it_says(
        record in records(),
        wish in wishes(),
        private in any::<bool>(),
    ) {
        let project = given::set(&policy(&record, private), &directory(&record));
        let planned = match project.plan(OWNER, &wish) {
            Ok(planned) => planned,
            Err(NoPlan::Refused(_)) => return Ok(()),
            Err(other) => panic!("{wish:?}: {other:?}"),
        };
        let (before, after) = (&planned.before, &planned.after);
        let owner = people::owner(before, OWNER).expect("the owner");
        let written = written(&project, &planned);
        let differs = Diff::between(after, &given::rules(&written, InForce)).shifts(people::owner(after, OWNER).expect("the owner"));
        prop_assert_eq!(differs, vec![], "what was planned is what is written");
        let told = counted(&written, &Diff::between(before, after).shifts(owner));
        let mut differing = Vec::new();
        let addresses = written.model().people.values().map(|person| person.address.to_string());
        for address in addresses.filter(|address| address != OWNER) {
            let sees = |rules: &RuleSet| sight(rules, people::viewer(rules, &address).expect("an address").somebody);
            let count = sees(before).iter().zip(&sees(after)).filter(|(before, after)| before != after).count();
            if count > 0 {
                differing.push((address, count));
            }
        }
        differing.sort();
        prop_assert_eq!(told, differing, "{:?}", wish);
        // Planned once more, there is nothing to do: what was asked for holds.
        let again = match written.plan(OWNER, &wish) {
            Ok(again) => again.changes,
            Err(NoPlan::Refused(_)) => Vec::new(),
            Err(other) => panic!("{wish:?}: {other:?}"),
        };
        prop_assert_eq!(again, Vec::new(), "{:?}", wish);
    }
}
