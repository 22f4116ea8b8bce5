//! Counts over everybody and sets of people: the same as asking one by one.

use std::collections::BTreeMap;

use prescope::model::{Network, PersonId};
use prescope::resolve::{
    Answer, Assumption, AuditBy, AuditOf, Class, ClassOf, Counts, Key, RuleSet, Somebody, audit, audit_by,
    decide_field, decide_known, decide_named, people, who_sees,
};
use proptest::prelude::*;

use super::generate::worlds;
use super::laws_assume::any_assumption;
use super::subject::{MODES, Subject};
use crate::tries::config;

const WAYS: [AuditBy; 5] = [AuditBy::Owner, AuditBy::Field, AuditBy::Container, AuditBy::Network, AuditBy::Site];

/// Every known person and every open class, asked one by one.
fn one_by_one(rules: &RuleSet, of: &AuditOf, by: AuditBy) -> BTreeMap<Key, Counts> {
    let model = rules.model();
    let fields = if of.fields.is_empty() { model.fields.ids().collect() } else { of.fields.clone() };
    let mut rows: BTreeMap<Key, Counts> = BTreeMap::new();
    for (owner, user) in model.users.iter() {
        if of.owner_group.is_some_and(|group| rules.graph().member_at(group, user.person).is_none()) {
            continue;
        }
        let mut seen: Vec<Key> = Vec::new();
        let people = model.people.ids().filter(|person| *person != user.person);
        let known = people.map(|person| (Somebody::known(model, person), 1, 0));
        let open = people::classes(rules, owner).into_iter().filter(Class::is_open);
        for (viewer, known, open) in known.chain(open.map(|class| (class.representative, 0, 1))) {
            if !of.networks.is_empty() && !of.networks.contains(&viewer.network) {
                continue;
            }
            for field in &fields {
                let decision = decide_field(rules, viewer, owner, *field);
                let key = match by {
                    AuditBy::Owner => Key::Owner(owner),
                    AuditBy::Field => Key::Field(*field),
                    AuditBy::Container => Key::Container(decision.container),
                    AuditBy::Network => Key::Network(viewer.network),
                    AuditBy::Site => Key::Site(user.site),
                };
                let row = rows.entry(key).or_default();
                if decision.answer == Answer::Visible {
                    row.known += known;
                    row.open += open;
                    if !seen.contains(&key) {
                        seen.push(key);
                        row.owners += 1;
                    }
                }
            }
        }
    }
    rows
}

fn counts_agree(rules: &RuleSet, of: &AuditOf) -> Result<(), TestCaseError> {
    let together = audit_by(rules, of, WAYS);
    for (by, rows) in WAYS.into_iter().zip(together) {
        prop_assert!(rows.keys().is_sorted());
        prop_assert_eq!(
            &rows.iter().map(|(key, row)| (*key, *row)).collect::<BTreeMap<_, _>>(),
            &one_by_one(rules, of, by)
        );
        prop_assert_eq!(rows, audit(rules, of, by));
    }
    Ok(())
}

fn seeing_agrees(rules: &RuleSet) -> Result<(), TestCaseError> {
    let model = rules.model();
    for (owner, user) in model.users.iter() {
        for field in model.fields.ids() {
            let seeing = who_sees(rules, owner, field);
            let visible = |viewer: Somebody| decide_field(rules, viewer, owner, field).answer == Answer::Visible;
            let people: Vec<PersonId> = model.people.ids().filter(|person| *person != user.person).collect();
            let expected: Vec<PersonId> =
                people.into_iter().filter(|person| visible(Somebody::known(model, *person))).collect();
            prop_assert_eq!(seeing.people.len(), expected.len());
            prop_assert_eq!(seeing.people.is_empty(), expected.is_empty());
            prop_assert!(expected.iter().all(|person| seeing.people.has(*person)));
            prop_assert_eq!(seeing.people.iter().collect::<Vec<_>>(), expected);
            for class in people::classes(rules, owner) {
                let decided = decide_field(rules, class.representative, owner, field).answer;
                let of = |answers: &[(prescope::model::DomainId, Answer)], domain, network: Network| {
                    let own = answers.iter().find(|(of, _)| *of == domain).map(|(_, answer)| *answer);
                    own.unwrap_or(seeing.networks[network as usize])
                };
                let told = match class.who {
                    ClassOf::Person(_) => continue,
                    ClassOf::Domain(domain) => of(&seeing.domains, domain, class.representative.network),
                    ClassOf::Below(domain, network) => of(&seeing.below, domain, network),
                    ClassOf::Network(network) => seeing.networks[network as usize],
                    ClassOf::Anonymous => seeing.anonymous,
                };
                prop_assert_eq!(told, decided, "{:?}", class.who);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(60))]

    #[test]
    fn counts_are_what_asking_one_by_one_comes_to(world in worlds(), choice in any::<u8>()) {
        let subject = Subject::of(&world);
        for mode in MODES {
            let rules = subject.rules(mode);
            counts_agree(rules, &AuditOf::default())?;
            let some = |count: usize| choice as usize % count.max(1);
            let fields: Vec<_> = rules.model().fields.ids().skip(some(rules.model().fields.len())).collect();
            let networks = vec![Network::ALL[some(4)]];
            counts_agree(rules, &AuditOf { fields, networks, ..AuditOf::default() })?;
            let owner_group = rules.model().groups.ids().next();
            counts_agree(rules, &AuditOf { owner_group, ..AuditOf::default() })?;
        }
    }

    #[test]
    fn the_set_of_those_who_see_is_whoever_sees_when_asked(world in worlds()) {
        let subject = Subject::of(&world);
        for mode in MODES {
            seeing_agrees(subject.rules(mode))?;
        }
    }

    #[test]
    fn counts_and_sets_agree_under_an_assumption_too(world in worlds(), choices in proptest::collection::vec(any::<u8>(), 8)) {
        let subject = Subject::of(&world);
        let rules = subject.rules(MODES[0]);
        let assumption = Assumption::typed(rules.model(), &any_assumption(&world, &choices)).expect("names known");
        let assuming = rules.assuming(&[assumption]);
        counts_agree(&assuming, &AuditOf::default())?;
        seeing_agrees(&assuming)?;
    }

    #[test]
    fn questions_by_ids_and_by_names_are_the_same_questions(world in worlds()) {
        let subject = Subject::of(&world);
        for mode in MODES {
            let rules = subject.rules(mode);
            let model = rules.model();
            for (person, known) in model.people.iter() {
                for (owner, user) in model.users.iter() {
                    let owner_name = model.people[user.person].address.as_str();
                    for field in model.fields.ids() {
                        let expected = decide_field(rules, Somebody::known(model, person), owner, field);
                        prop_assert_eq!(decide_known(rules, person, owner, field), expected);
                        let path = model.field_name(field);
                        prop_assert_eq!(decide_named(rules, known.address.as_str(), owner_name, &path), Ok(expected));
                        let loud = format!("SIP:{}", known.address.as_str().to_uppercase());
                        prop_assert_eq!(decide_named(rules, &loud, owner_name, &path), Ok(expected));
                    }
                }
            }
        }
    }
}
