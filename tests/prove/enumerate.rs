//! Verdicts against an evaluator of its own, which is asked in every world of small sets; of sets that are not so
//! small, in all worlds in which little is out of the ordinary, and in others that chance chooses.

use std::collections::BTreeMap;

use prescope::language::ast::{DomainMatch, Shape};
use prescope::model::{FieldId, Id, Model, Network, Organisation, Value as Code};
use prescope::project::Project;
use prescope::prove::{Counterexample, Limits, Proof, Trial, Unsayable, Verdict, Witness, prove, witness};
use prescope::symbolic::{Asked, EntryType, Link, NODES, Question, Settings, Space, Variable, Worlds};
use proptest::prelude::*;

use super::small::{Claim, Clause, Facts, OWNER, clause, files, people, set};
use crate::oracle::condition::Scene;
use crate::oracle::evaluate::{Answer, Mode, Standing, decide_on, network, standing};
use crate::oracle::tape::Tape;
use crate::oracle::world::{Value, Viewer, World};
use crate::tries::slow_config;

/// So many worlds are asked one by one.
const ALL: usize = 6_000;
/// Of more, those in which so many things are out of the ordinary.
const FEW: usize = 2;
/// And so many that chance chooses.
const CHOSEN: usize = 200;
/// So many with longer chains.
const LONGER: usize = 300;

/// What the oracle says of two people of one world.
pub(super) struct Told {
    answers: Vec<Answer>,
    /// For each clause whether it applies, and whether it is broken.
    pub(super) clauses: Vec<(bool, bool)>,
}

pub(super) fn told(world: &World, (viewer, owner): (&Viewer, &str), clauses: &[Clause]) -> Told {
    let standing: Standing = standing(world, Mode::InForce, owner);
    let category = &world.categories[0];
    let answer = |field: &str| decide_on(world, &standing, viewer, owner, &category.name, field).0;
    let answers: Vec<Answer> = category.fields.iter().map(|field| answer(&field.name)).collect();
    let scene = Scene { world, owner, about: Some((viewer, &standing)) };
    let verdict = |clause: &Clause| {
        // `A and not B`, where one that is known not to hold decides.
        let when = clause.when.as_ref().map_or(Some(true), |when| scene.truth(when));
        let unless = clause.unless.as_ref().map_or(Some(false), |unless| scene.truth(unless));
        let applies = when != Some(false) && unless != Some(true);
        let fields = category.fields.iter().zip(&answers);
        let fields = fields.filter(|(field, _)| clause.field.as_ref().is_none_or(|only| *only == field.name));
        let mut of: Vec<&Answer> = fields.map(|(_, answer)| answer).collect();
        let visible = |answer: &&Answer| **answer == Answer::Visible;
        let holds = match &clause.claim {
            Claim::All => !of.is_empty() && of.iter().all(visible),
            Claim::Some => of.iter().any(visible),
            Claim::Nothing => !of.iter().any(visible),
            Claim::As(value) => of.pop() == Some(&Answer::Altered(value.clone())),
            Claim::In(condition) => scene.truth(condition) == Some(true),
        };
        (applies, applies && holds != clause.always)
    };
    Told { clauses: clauses.iter().map(verdict).collect(), answers }
}

/// The worlds that are asked, each as the positions of values, and whether they are all there are.
fn chosen(domains: &[usize], tape: &mut Tape<'_>) -> (Vec<Vec<usize>>, bool) {
    let count = domains.iter().try_fold(1usize, |all, values| all.checked_mul(*values).filter(|all| *all <= ALL));
    let mut worlds = vec![Vec::new()];
    for values in domains {
        let next = worlds.iter().flat_map(|world: &Vec<usize>| {
            let departed = world.iter().filter(|position| **position > 0).count();
            let values = if count.is_some() || departed < FEW { *values } else { 1 };
            (0..values).map(move |position| world.iter().copied().chain([position]).collect())
        });
        worlds = next.collect();
    }
    if count.is_none() {
        let random = (0..CHOSEN).map(|_| domains.iter().map(|values| tape.below(*values)).collect());
        worlds.extend(random.collect::<Vec<_>>());
    }
    (worlds, count.is_some())
}

/// What was found of a clause: whether it applies anywhere, and the fewest departures in a world that breaks it.
#[derive(Clone, Copy, Default)]
struct Found {
    applies: bool,
    least: Option<usize>,
}

fn law(tape: &[u8], random: &[u8]) -> Result<(), TestCaseError> {
    let mut tape = Tape::new(tape);
    let base = set(&mut tape);
    let clauses: Vec<Clause> = (0..4).map(|_| clause(&base, &mut tape)).collect();
    let (policy, directory) = files(&base, &clauses);
    let project = Project::builder().policy("p.prescope", policy.clone()).directory("d.yaml", directory).build();
    let errors: Vec<_> = project.diagnostics().iter().filter(|found| found.is_error()).collect();
    prop_assert!(errors.is_empty(), "{errors:#?}\n{policy}");
    let (model, graph) = (project.model(), project.set().graph.as_deref().unwrap());
    let proofs = prove(project.set(), Limits::default()).unwrap();
    let by_suffix = model.matching == DomainMatch::BySuffix;

    let (organisation, settings) = (Organisation::Directory, Settings::Any);
    let question = Question { graph, shape: Shape::Viewer, organisation, settings };
    let fields: Vec<FieldId> = model.fields.ids().collect();
    let clauses_asked = model.invariants.iter().flat_map(|invariant| &invariant.clauses);
    let asked = clauses_asked.flat_map(|clause| match clause.claim {
        prescope::model::Claim::In(level) => vec![clause.when, level],
        _ => vec![clause.when],
    });
    let asked = Asked { fields: fields.clone(), conditions: asked.collect(), level: false };
    let mut space = Space::for_question(question, &asked, NODES).unwrap();
    let unnamed = space.unnamed_domains();
    let visible: Vec<Worlds> = fields.iter().map(|field| space.visible(*field).unwrap()).collect();
    let altered: Vec<Worlds> = [0, 1].map(|value| space.altered(fields[0], Code(value)).unwrap()).into();

    let variables: Vec<Variable> = space.variables().collect();
    let domains: Vec<usize> = variables.iter().map(|variable| space.values(*variable).len()).collect();
    let (worlds, all) = chosen(&domains, &mut Tape::new(random));
    let mut found = vec![Found::default(); clauses.len()];
    for positions in &worlds {
        let value = |(variable, position): (&Variable, &usize)| (*variable, space.values(*variable)[*position]);
        let facts: Facts = variables.iter().zip(positions).map(value).collect();
        let of = |variable: Variable| facts.get(&variable).copied();
        let people = people(&base, model, &facts, unnamed);
        prop_assert_eq!(space.has(&space.all(), of), people.is_some(), "{:?}\n{}", facts, policy);
        let Some((world, viewer)) = people else { continue };
        let told = told(&world, (&viewer, OWNER), &clauses);
        for (field, answer) in told.answers.iter().enumerate() {
            prop_assert_eq!(space.has(&visible[field], of), *answer == Answer::Visible, "{:?}\n{}", facts, policy);
        }
        for (altered, word) in altered.iter().zip(&base.categories[0].fields[0].values) {
            let is = told.answers[0] == Answer::Altered(Value::Word(word.clone()));
            prop_assert_eq!(space.has(altered, of), is, "{:?}\n{}", facts, policy);
        }
        let departures = positions.iter().filter(|position| **position > 0).count();
        for (found, (applies, broken)) in found.iter_mut().zip(told.clauses) {
            found.applies |= applies;
            if broken {
                found.least = Some(found.least.map_or(departures, |least| least.min(departures)));
            }
        }
    }
    for ((proof, found), number) in proofs.iter().zip(&found).zip(0..) {
        match &proof.verdict {
            Verdict::Proved => prop_assert!(found.least.is_none() && (found.applies || !all), "{number}\n{policy}"),
            Verdict::Vacuous => prop_assert!(found.least.is_none() && !found.applies, "{number}\n{policy}"),
            Verdict::Refuted(worlds) => {
                let counterexample = &worlds[0];
                let departures = counterexample.world.departures().count();
                if all || departures <= FEW || found.least.is_some_and(|least| least <= FEW) {
                    prop_assert_eq!(found.least, Some(departures), "{}\n{}", number, policy);
                } else {
                    prop_assert!(found.least.is_none_or(|least| least >= departures), "{number}\n{policy}");
                }
                // What it does not say is ordinary.
                let mut facts: Facts = variables.iter().map(|it| (*it, space.values(*it)[0])).collect();
                let said: BTreeMap<_, _> =
                    counterexample.world.facts.iter().map(|it| (it.variable, it.value)).collect();
                facts.extend(said);
                // By itself a clause may do with fewer domains.
                let unnamed = if by_suffix { links(counterexample) } else { unnamed };
                let (world, viewer) = people(&base, model, &facts, unnamed).expect("there can be such people");
                told_domains(&counterexample.world.domains, &world, &viewer);
                let (_, broken) = told(&world, (&viewer, OWNER), &clauses).clauses[number];
                prop_assert!(broken, "{number}: {facts:?}\n{policy}");
                let mut sources = project.set().sources.clone();
                let Witness { trial, .. } = witness(project.set(), &mut sources, proof, counterexample).unwrap();
                let is_said = matches!(trial, Trial::Failed(_) | Trial::Unsayable(Unsayable::Known));
                prop_assert!(is_said, "{number}: {trial:#?}\n{policy}");
            }
            other => prop_assert!(false, "{number}: {other:?}\n{policy}"),
        }
    }
    if by_suffix {
        let longer = longer(&variables, &space, model);
        deeper(&base, (model, &policy), (&clauses, &proofs), &longer, &mut Tape::new(random))?;
    }
    Ok(())
}

/// So many domains that no policy names are in longer chains.
const DEEP: usize = 5;

/// The variables of worlds with long chains, with their values.
fn longer(variables: &[Variable], space: &Space<'_>, model: &Model) -> Vec<(Variable, Vec<Code>)> {
    let flag = vec![Code::FALSE, Code::TRUE];
    let of_chain = |it: &Variable| matches!(it, Variable::NetworkAbove(_) | Variable::Entry(EntryType::Domain(_), _));
    let kept = variables.iter().filter(|it| !of_chain(it)).map(|it| (*it, space.values(*it).to_vec()));
    let mut all: Vec<(Variable, Vec<Code>)> = kept.collect();
    let networks: Vec<Code> = std::iter::once(Code(-1)).chain(Network::ALL.map(Network::value)).collect();
    all.extend((1..DEEP).map(|number| (Variable::NetworkAbove(number), networks.clone())));
    let containers = model.containers.ids().filter(|it| it.index() > 0);
    for container in containers {
        let numbered = (0..DEEP + 3).map(|number| Variable::Entry(EntryType::Domain(number), container));
        let others = [Network::SameEnterprise, Network::PublicCloud, Network::Federated];
        let others = others.map(|network| Variable::Entry(EntryType::OtherNetwork(network), container));
        all.extend(
            numbered.chain(others).filter(|it| !variables.contains(it) || of_chain(it)).map(|it| (it, flag.clone())),
        );
    }
    all
}

/// Verdicts hold in worlds with longer chains too, and none of them breaks a clause with less out of the ordinary.
fn deeper(
    base: &World,
    (model, policy): (&Model, &str),
    (clauses, proofs): (&[Clause], &[Proof<'_>]),
    variables: &[(Variable, Vec<Code>)],
    tape: &mut Tape<'_>,
) -> Result<(), TestCaseError> {
    for _ in 0..LONGER {
        // Few things are so at a time, most of them about domains.
        let of_chain =
            |it: Variable| matches!(it, Variable::NetworkAbove(_) | Variable::Entry(EntryType::Domain(_), _));
        let mut facts: Facts = variables.iter().map(|(variable, values)| (*variable, values[0])).collect();
        for (variable, values) in variables {
            let percent = if of_chain(*variable) { 25 } else { 8 };
            if tape.chance(percent) {
                facts.insert(*variable, tape.pick(values));
            }
        }
        let departures = variables.iter().filter(|(variable, values)| facts[variable] != values[0]).count();
        let Some((world, viewer)) = people(base, model, &facts, DEEP) else { continue };
        for ((proof, (applies, broken)), number) in
            proofs.iter().zip(told(&world, (&viewer, OWNER), clauses).clauses).zip(0..)
        {
            let holds = match &proof.verdict {
                Verdict::Proved => !broken,
                Verdict::Vacuous => !applies,
                Verdict::Refuted(it) => !broken || it[0].world.departures().count() <= departures,
                Verdict::Broken(_) | Verdict::Undecided(_) => false,
            };
            prop_assert!(holds, "{number}: {facts:?}\n{policy}");
        }
    }
    Ok(())
}

/// How many domains without a name a counterexample has.
fn links(counterexample: &Counterexample) -> usize {
    let domains = &counterexample.world.domains;
    domains.iter().position(|link| link.name.is_some()).unwrap_or(domains.len().max(1))
}

/// What a counterexample says of the domains of its viewer is so of them.
fn told_domains(domains: &[Link], world: &World, viewer: &Viewer) {
    let Viewer::Person(address) = viewer else { return assert!(domains.is_empty(), "{domains:?}") };
    let mut name = address.rsplit_once('@').map(|(_, domain)| domain.to_owned());
    for link in domains {
        let Some(domain) = name else { panic!("{domains:?} are more than those of {address}") };
        assert!(link.name.as_ref().is_none_or(|name| name.as_str() == domain), "{domains:?} of {address}");
        let network = network(world, &Viewer::Person(format!("anybody@{domain}")));
        assert_eq!(format!("{network:?}"), format!("{:?}", link.network), "{domain} of {domains:?}");
        name = domain.split_once('.').map(|(_, above)| above.to_owned());
    }
}

proptest! {
    #![proptest_config(slow_config(192))]

    #[test]
    fn verdicts_are_what_every_world_says(
        tape in prop::collection::vec(any::<u8>(), 0..=300), random in prop::collection::vec(any::<u8>(), 4_000)
    ) {
        law(&tape, &random)?;
    }
}
