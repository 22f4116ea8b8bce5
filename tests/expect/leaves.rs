//! What is expected to leave, against what is decided: for everybody in random directories, with each feature.

use prescope::expect::Options;
use prescope::language::ast::Shape;
use prescope::model::{FeatureId, Truth, Value};
use prescope::project::Project;
use prescope::resolve::{Cast, Entries, RuleSet, Somebody, alone, decide_use, truth_of};
use proptest::prelude::*;

use crate::oracle::tape::Tape;
use crate::oracle::world::World;
use crate::oracle::worlds;
use crate::oracle::write::{Layout, sources};
use crate::prove::features::{everybody, features, meetings};
use crate::tries::slow_config;

const ITEMS: [&str; 3] = ["content", "content.slides", "content.notes"];

/// A use of a feature, with the context as a test writes it.
type Used = (FeatureId, String, Cast, String);

/// Every use of a feature by somebody that the directory knows enough of.
fn uses(rules: &RuleSet, all: &[(String, Somebody)]) -> Vec<Used> {
    let model = rules.model();
    let is_user = |somebody: &Somebody| somebody.user.is_some();
    // Whoever has an address of the organisation that nobody has is an error in a test.
    let all = || all.iter().filter(|(_, somebody)| is_user(somebody) || !somebody.inside());
    let mut uses = Vec::new();
    for (id, feature) in model.features.iter() {
        for (asker, somebody) in all() {
            let others = || all().filter(|(other, _)| other != asker);
            let mut add = |cast, context: String| uses.push((id, asker.clone(), cast, context));
            match feature.shape {
                Shape::User if is_user(somebody) => add(alone(*somebody), String::new()),
                Shape::User => {}
                Shape::Viewer => {
                    for (owner, user) in others().filter(|(_, user)| is_user(user)) {
                        add(Cast::view(*somebody, *user), format!(" of \"{owner}\""));
                    }
                }
                Shape::Party => {
                    for (peer, other) in others() {
                        add(Cast::view(*somebody, *other), format!(" with \"{peer}\""));
                    }
                }
                Shape::Participant => {
                    for (meeting, of) in model.meetings.iter() {
                        for (role, number) in model.roles().iter().zip(0..) {
                            let cast = Cast::in_meeting(model, meeting, *somebody, Some(Value(number)));
                            add(cast, format!(" in {} as {role}", of.name));
                        }
                    }
                }
            }
        }
    }
    uses
}

fn law(world: &World, tape: &[u8]) -> Result<(), TestCaseError> {
    let mut tape = Tape::new(tape);
    let mut files = sources(world, Layout::default());
    files.policies.push(("features.prescope".to_owned(), features(world, &mut tape)));
    files.directories.push(("meetings.yaml".to_owned(), meetings(world, &mut tape)));
    let built = |test: Option<&str>| {
        let mut policies = files.policies.clone();
        policies.extend(test.map(|test| ("test.prescope".to_owned(), test.to_owned())));
        Project::builder().policies(policies).directories(files.directories.clone()).build()
    };
    let rules = built(None).rules(Entries::InForce).unwrap();
    let mut expected = Vec::new();
    let mut test = "test \"all\" {\n".to_owned();
    for (feature, asker, cast, context) in uses(&rules, &everybody(world, &rules)) {
        let (asked, negated) = (tape.pick(&ITEMS), tape.chance(50));
        let of = &rules.model().features[feature];
        let [line] = of.discloses.as_slice() else { panic!("one line") };
        let said = rules.model().item_name(line.item.unwrap());
        let overlap = said == asked || said == "content" || asked == "content";
        let happens = truth_of(&rules, line.when, &cast) != Truth::False;
        let leaves = overlap && happens && decide_use(&rules, feature, &cast).available;
        let verb = if negated { "does not disclose" } else { "discloses" };
        let name = &of.declared.name;
        test.push_str(&format!("expect \"{asker}\" {verb} {asked} to vendor through {name}{context}\n"));
        expected.push(leaves != negated);
    }
    let project = built(Some(&(test.clone() + "}\n")));
    let run = project.test(Options::default()).unwrap();
    prop_assert!(run.outcomes[0].impossible.is_empty(), "{:#?}", run.outcomes[0].impossible);
    let passed: Vec<bool> = run.outcomes[0].checks.iter().map(|check| check.passed).collect();
    for ((line, passed), expected) in test.lines().skip(1).zip(&passed).zip(&expected) {
        prop_assert_eq!(passed, expected, "{}\n{:?}", line, files);
    }
    prop_assert_eq!(passed.len(), expected.len());
    prop_assert!(run.outcomes[0].checks.iter().all(|check| check.unknown.is_none()));
    Ok(())
}

proptest! {
    #![proptest_config(slow_config(64))]

    #[test]
    fn what_leaves_is_what_is_decided(world in worlds(), tape in prop::collection::vec(any::<u8>(), 0..=400)) {
        law(&world, &tape)?;
    }
}
