//! Invariants of a directory against asking every case one by one: the verdict, how many cases break a clause, whose
//! they are, and which is the first.

use prescope::directory::Address;
use prescope::language::ast::{Quantifier, Shape};
use prescope::model::{Claim, Feature, FeatureId, Item, Model, PersonId, Truth, UserId};
use prescope::project::Project;
use prescope::prove::{
    Case, Limits, Proof, Proofs, Tally, Universe, Verdict, Violations, Whose, prove, prove_in_directory,
};
use prescope::report::prove as report;
use prescope::resolve::{Cast, ClassOf, Entries, RuleSet, decide_use, meeting, truth_of};
use prescope::viewers::open_classes;
use proptest::prelude::*;

use super::RAISE;
use super::enumerate::told;
use super::features::{SHAPES, asked_of, features};
use super::small::{Clause, clause, files};
use crate::oracle::subject::stranger;
use crate::oracle::tape::Tape;
use crate::oracle::world::{Viewer, World};
use crate::oracle::worlds;
use crate::oracle::write::{Layout, sources};
use crate::tries::config;

/// What becomes of a clause in a case: whether it applies, and whether it is broken.
type Met = (bool, bool);

/// What asking these cases one by one comes to.
fn one_by_one(cases: Vec<(Whose, Case)>, mut ask: impl FnMut(Case) -> Met) -> Verdict {
    let mut applies = false;
    let mut found: Option<Violations> = None;
    for (whose, case) in cases {
        let met = ask(case);
        applies |= met.0;
        if !met.1 {
            continue;
        }
        let is_open = |class: ClassOf| !matches!(class, ClassOf::Person(_));
        let open = match case {
            Case::User(_) => false,
            Case::View { viewer, .. } => is_open(viewer),
            Case::Pair { party, peer } => is_open(party) || is_open(peer),
            // Nobody anonymous is listed here.
            Case::Participant { participant, .. } => is_open(participant),
        };
        let one = if open { Tally { known: 0, open: 1 } } else { Tally { known: 1, open: 0 } };
        let found = found.get_or_insert(Violations { count: Tally::default(), by: Vec::new(), first: case });
        found.count.known += one.known;
        found.count.open += one.open;
        match found.by.last_mut() {
            Some((last, tally)) if *last == whose => {
                tally.known += one.known;
                tally.open += one.open;
            }
            _ => found.by.push((whose, one)),
        }
    }
    match found {
        Some(found) => Verdict::Broken(found),
        None if applies => Verdict::Proved,
        None => Verdict::Vacuous,
    }
}

/// Everybody in the order in which they are told: people by address, then classes.
fn everybody(rules: &RuleSet) -> Vec<ClassOf> {
    let model = rules.model();
    let mut people: Vec<PersonId> = model.people.ids().collect();
    people.sort_by_key(|person| model.people[*person].address.to_string());
    people.into_iter().map(ClassOf::Person).chain(open_classes(model).into_iter().map(|class| class.who)).collect()
}

fn owners(rules: &RuleSet) -> Vec<UserId> {
    let model = rules.model();
    let mut users: Vec<UserId> = model.users.ids().collect();
    users.sort_by_key(|user| model.people[model.users[*user].person].address.to_string());
    users
}

/// Every case of a shape.
fn cases(rules: &RuleSet, shape: Shape) -> Vec<(Whose, Case)> {
    let model = rules.model();
    let (all, owners) = (everybody(rules), owners(rules));
    match shape {
        Shape::User => owners.into_iter().map(|user| (Whose::User(user), Case::User(user))).collect(),
        Shape::Viewer => {
            let views = |owner: UserId| {
                let own = ClassOf::Person(model.users[owner].person);
                let others = all.iter().filter(move |viewer| **viewer != own);
                others.map(move |viewer| (Whose::Owner(owner), Case::View { viewer: *viewer, owner }))
            };
            owners.into_iter().flat_map(views).collect()
        }
        Shape::Party => {
            let mut pairs = Vec::new();
            for party in &all {
                let others = all.iter().filter(|peer| *peer != party || !matches!(peer, ClassOf::Person(_)));
                let pair = |peer: &ClassOf| (Whose::Party(*party), Case::Pair { party: *party, peer: *peer });
                pairs.extend(others.map(pair));
            }
            pairs
        }
        Shape::Participant => {
            let mut cases = Vec::new();
            for id in model.meetings.ids() {
                let mut add = |participant, role| {
                    cases.push((Whose::Meeting(id), Case::Participant { participant, meeting: id, role }));
                };
                for (person, _, role) in meeting::participants(model, id) {
                    add(ClassOf::Person(person.expect("nobody anonymous is listed")), Some(role));
                }
                for role in ["attendee", "presenter"] {
                    let role = prescope::resolve::lookup::role(model, role).ok();
                    for class in open_classes(model) {
                        add(class.who, role);
                    }
                }
            }
            cases
        }
    }
}

fn built(policies: &[(String, String)], directories: &[(String, String)]) -> Project {
    let project = Project::builder().policies(policies.to_vec()).directories(directories.to_vec()).build();
    let errors: Vec<_> = project.diagnostics().iter().filter(|found| found.is_error()).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{policies:?}\n{directories:?}");
    project
}

/// What is found of a directory, and that every case which is shown is explained.
fn explained(project: &Project) -> Result<Vec<Proof<'_>>, TestCaseError> {
    let told = Proofs::in_directory(project.set(), |_| true).unwrap().told;
    for it in &told {
        prop_assert_eq!(matches!(it.proof.verdict, Verdict::Broken(_)), !it.why.is_empty(), "{:?}", it.proof.clause);
    }
    Ok(told.into_iter().map(|it| it.proof).collect())
}

/// What holds of everybody there can be holds of everybody here.
fn within_all_worlds(project: &Project, here: &[Proof<'_>]) -> Result<(), TestCaseError> {
    for (all, here) in prove(project.set(), Limits::default()).unwrap().iter().zip(here) {
        let holds = matches!(here.verdict, Verdict::Proved | Verdict::Vacuous);
        prop_assert!(holds || matches!(all.verdict, Verdict::Refuted(_)), "{:?}: {:?}", all.verdict, here.verdict);
        prop_assert!(here.verdict == Verdict::Vacuous || all.verdict != Verdict::Vacuous, "{:?}", here.verdict);
    }
    Ok(())
}

/// What is seen, and in which container a viewer is, by the oracle.
fn presence(world: &World, tape: &[u8]) -> Result<(), TestCaseError> {
    let mut tape = Tape::new(tape);
    let clauses: Vec<Clause> = (0..4).map(|_| clause(world, &mut tape)).collect();
    let (policy, directory) = files(world, &clauses);
    let project = built(&[("p.prescope".to_owned(), policy)], &[("d.yaml".to_owned(), directory)]);
    let rules = project.rules(Entries::InForce).unwrap();
    let model = rules.model();
    let asked = |case: Case| {
        let Case::View { viewer, owner } = case else { panic!("{case:?}") };
        let viewer = match viewer {
            ClassOf::Person(person) => Viewer::Person(model.people[person].address.to_string()),
            class => stranger(&rules, class).1,
        };
        let owner = model.people[model.users[owner].person].address.to_string();
        told(world, (&viewer, &owner), &clauses).clauses
    };
    let cases = cases(&rules, Shape::Viewer);
    let answers: Vec<(Case, Vec<Met>)> = cases.iter().map(|(_, case)| (*case, asked(*case))).collect();
    let proofs = explained(&project)?;
    prop_assert_eq!(proofs.len(), clauses.len());
    for (number, proof) in proofs.iter().enumerate() {
        let mut answers = answers.iter();
        let expected = one_by_one(cases.clone(), |_| answers.next().expect("an answer").1[number]);
        prop_assert_eq!(&proof.verdict, &expected, "clause {}", number);
    }
    within_all_worlds(&project, &proofs)
}

/// The features of a shape that disclose something, or a part of it, or the whole of which it is part.
fn disclosing(model: &Model, item: Item, shape: Shape) -> impl Iterator<Item = (FeatureId, &Feature)> {
    let whole = |item: Item| matches!(item, Item::Data(_, None));
    let concerned = move |of: Item| of == item || whole(of) || whole(item);
    model.features.iter().filter(move |(_, of)| of.shape == shape && of.discloses[0].item.is_some_and(concerned))
}

/// Whether a clause about features applies in a case, and is broken, by single decisions.
fn met(rules: &RuleSet, clause: &prescope::model::Clause, cast: &Cast, shape: Shape) -> Met {
    let model = rules.model();
    let holds = match &clause.claim {
        Claim::Available(feature) => decide_use(rules, *feature, cast).available,
        Claim::Unavailable(feature) => !decide_use(rules, *feature, cast).available,
        Claim::Disclosed(item, _) => disclosing(model, *item, shape).any(|(id, of)| {
            let happens = truth_of(rules, of.discloses[0].when, cast) != Truth::False;
            happens && decide_use(rules, id, cast).available
        }),
        Claim::In(_) | Claim::Sees(..) => panic!("not about features: {clause:?}"),
    };
    let applies = truth_of(rules, clause.when, cast) != Truth::False;
    (applies, applies && holds != (clause.quantifier == Quantifier::Always))
}

/// A meeting of each user, with some who are listed.
fn meetings(world: &World, tape: &mut Tape<'_>) -> String {
    let mut text = "meetings:\n".to_owned();
    for (number, user) in world.users.iter().enumerate() {
        let recorded = if tape.chance(50) { "\n    attributes: { recorded: true }" } else { "" };
        text += &format!("  m{number}:\n    organizer: {}{recorded}\n", user.address);
        let others = world.users.iter().map(|other| other.address.as_str());
        let all = others.filter(|other| *other != user.address).chain(["kim@guests.example", "lee@live.com"]);
        let listed: Vec<String> = all
            .filter(|_| tape.chance(40))
            .collect::<Vec<_>>()
            .into_iter()
            .map(|other| format!("      {other}: {}\n", tape.pick(&["attendee", "presenter"])))
            .collect();
        if !listed.is_empty() {
            text += &format!("    participants:\n{}", listed.concat());
        }
    }
    text
}

/// Clauses about the features of every shape, and about what they disclose.
fn claims(world: &World, tape: &mut Tape<'_>) -> String {
    let mut text = String::new();
    for (number, (shape, _)) in SHAPES.into_iter().enumerate() {
        for nth in 0..2 {
            let quantifier = tape.pick(&["always", "never"]);
            let claim = tape.pick(&["available", "unavailable"]);
            let when = tape.maybe(60, |tape| format!(" when {}", asked_of(world, tape, shape))).unwrap_or_default();
            text += &format!("    {quantifier} f{number}_{nth} {claim}{when}\n");
        }
    }
    for item in ["content", "content.slides"] {
        text += &format!("    {} {item} disclosed to vendor\n", tape.pick(&["always", "never"]));
    }
    format!("invariant \"claimed\" {{\n{text}}}\n")
}

/// What the parts of a clause that is about several shapes come to together.
fn together(parts: Vec<Verdict>) -> Verdict {
    let mut all = Verdict::Vacuous;
    for part in parts {
        all = match (all, part) {
            (Verdict::Broken(mut one), Verdict::Broken(more)) => {
                one.count.known += more.count.known;
                one.count.open += more.count.open;
                one.by.extend(more.by);
                Verdict::Broken(one)
            }
            (Verdict::Broken(one), _) | (_, Verdict::Broken(one)) => Verdict::Broken(one),
            (Verdict::Vacuous, Verdict::Vacuous) => Verdict::Vacuous,
            _ => Verdict::Proved,
        };
    }
    all
}

fn uses(world: &World, tape: &[u8]) -> Result<(), TestCaseError> {
    let mut tape = Tape::new(tape);
    let mut files = sources(world, Layout::default());
    let policy = features(world, &mut tape) + &claims(world, &mut tape);
    files.policies.push(("features.prescope".to_owned(), policy));
    files.directories.push(("meetings.yaml".to_owned(), meetings(world, &mut tape)));
    let project = built(&files.policies, &files.directories);
    let rules = project.rules(Entries::InForce).unwrap();
    let model = rules.model();
    let proofs = explained(&project)?;
    prop_assert_eq!(proofs.len(), 10);
    for proof in &proofs {
        let shapes = match &proof.clause.claim {
            Claim::Available(feature) | Claim::Unavailable(feature) => vec![model.features[*feature].shape],
            Claim::Disclosed(item, _) => {
                let shapes = SHAPES.iter().map(|(shape, _)| *shape);
                shapes.filter(|shape| disclosing(model, *item, *shape).next().is_some()).collect()
            }
            other => panic!("{other:?}"),
        };
        let part = |shape| {
            let ask = |case: Case| met(&rules, proof.clause, &case.cast(model), shape);
            one_by_one(cases(&rules, shape), ask)
        };
        let expected = together(shapes.into_iter().map(part).collect());
        prop_assert_eq!(&proof.verdict, &expected, "{:?}", proof.clause);
    }
    within_all_worlds(&project, &proofs)
}

proptest! {
    #![proptest_config(config(160))]

    #[test]
    fn views_are_what_asking_one_by_one_comes_to(
        world in worlds(), tape in prop::collection::vec(any::<u8>(), 0..=200)
    ) {
        presence(&world, &tape)?;
    }

    #[test]
    fn uses_are_what_asking_one_by_one_comes_to(
        world in worlds(), tape in prop::collection::vec(any::<u8>(), 0..=300)
    ) {
        uses(&world, &tape)?;
    }
}

const POLICY: &str = "\
use std/lync2013
extend container external { publishes note }
invariant \"notes stay inside\" { never viewer sees some of note when not viewer.inside }
invariant \"nobody is blocked\" { never viewer sees contact_card when viewer in blocking }
invariant \"levels\" { never viewer in friends_and_family unless viewer is contact of owner }
invariant \"recording\" { never recording available when participant.role == attendee }
";

const PEOPLE: &str = "\
organization: { domains: [contoso.com] }
federation: { partners: [fabrikam.com] }
users:
  anna@contoso.com: { contacts: [kim@fabrikam.com], memberships: { workgroup: [kim@fabrikam.com] } }
  bob@contoso.com: {}
";

fn here(people: &str) -> Project {
    Project::builder().policy("ours.prescope", POLICY).directory("people.yaml", people).build()
}

#[test]
fn a_directory_has_its_own_verdicts() {
    let project = here(PEOPLE);
    let proofs = Proofs::in_directory(project.set(), |_| true).expect("a directory");
    assert_eq!(proofs.universe, Universe::Directory);
    let words: Vec<&str> = proofs.told.iter().map(|told| report::word(&told.proof.verdict)).collect();
    assert_eq!(words, ["refuted", "vacuous", "proved", "vacuous"]);
    let Verdict::Broken(found) = &proofs.told[0].proof.verdict else { panic!("{:?}", proofs.told[0]) };
    let model = project.model();
    let address = |user: UserId| model.people[model.users[user].person].address.clone();
    let owners: Vec<(Address, Tally)> = found
        .by
        .iter()
        .map(|(whose, tally)| match whose {
            Whose::Owner(owner) => (address(*owner), *tally),
            other => panic!("{other:?}"),
        })
        .collect();
    let of = |name: &str, known| (Address::parse(name).unwrap(), Tally { known, open: 1 });
    // Kim is known to anna by an entry, and to bob as one of a partner; and there may be others at fabrikam.com.
    assert_eq!(owners, [of("anna@contoso.com", 1), of("bob@contoso.com", 1)]);
    assert!(!proofs.is_clean() && !proofs.told[0].why.is_empty());
}

#[test]
fn without_a_directory_there_is_nobody_to_ask() {
    let project = Project::builder().policy("ours.prescope", POLICY).build();
    assert!(prove_in_directory(project.set()).is_none());
    let wrong = here("users: { anna: {} }\n");
    assert!(wrong.has_errors() && prove_in_directory(wrong.set()).is_none());
}

#[test]
fn what_breaks_a_clause_here_is_told_with_its_reasons() {
    let project = here(PEOPLE);
    let proofs = Proofs::in_directory(project.set(), |_| true).expect("a directory");
    insta::assert_snapshot!(report::text(&proofs, RAISE).as_str());
}

/// Nobody takes part in a meeting where somebody uses a feature alone, so nothing is known of them there, whatever is
/// known of whoever uses it.
#[test]
fn a_circumstance_about_people_who_are_not_there_excuses_nobody() {
    let policy = "attributes user { client: new | old = new }\ndata notes\nrecipient vendor external\n\
        feature feedback for user { otherwise available, discloses notes to vendor }\n\
        invariant \"i\" {\n\
        never notes disclosed to vendor when participant.client == old\n\
        never notes disclosed to vendor when user.client == new or participant.client == old\n\
        never notes disclosed to vendor unless user.client == new or participant.client == old\n\
        never notes disclosed to vendor when user.client == old and participant.client == old\n}\n";
    let people = "organization: { domains: [contoso.com] }\nusers: { anna@contoso.com: {} }\n";
    let project = Project::builder().policy("p.prescope", policy).directory("people.yaml", people).build();
    assert!(!project.has_errors(), "{:#?}", project.diagnostics());
    let found = prove_in_directory(project.set()).expect("a directory");
    let verdicts: Vec<&str> = found.iter().map(|proof| report::word(&proof.verdict)).collect();
    assert_eq!(verdicts, ["refuted", "refuted", "vacuous", "vacuous"]);
    let worlds = prove(project.set(), Limits::default()).expect("no errors");
    let verdicts: Vec<&str> = worlds.iter().map(|proof| report::word(&proof.verdict)).collect();
    assert_eq!(verdicts, ["refuted", "refuted", "refuted", "refuted"]);
}
