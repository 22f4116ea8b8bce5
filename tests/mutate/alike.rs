//! Slips that are told to change nothing change nothing, whoever is in a directory.

use prescope::diff::{Diff, Presence};
use prescope::expect::Beside;
use prescope::mutate::{Fate, Mutants, Options, Share, mutant};
use prescope::resolve::{Entries, RuleSet};
use proptest::prelude::*;

use crate::oracle::{Subject as Set, worlds};
use crate::tries::slow_config;

proptest! {
    #![proptest_config(slow_config(64))]

    #[test]
    fn who_is_told_to_decide_alike_does(world in worlds(), seed: u64) {
        let subject = Set::of(&world);
        let set = subject.project.set();
        let options = Options { share: Share { one_in: 12, seed }, ..Options::default() };
        let mutants = Mutants::new(set, &Beside::default(), &options, &|_| {}).unwrap();
        let rules = |set: &prescope::compile::Set| set.graph.clone().map(|graph| RuleSet::new(graph, Entries::InForce));
        let before = rules(set).unwrap();
        for it in mutants.all {
            let changed = mutant(set, &it.mutation);
            prop_assert_eq!(it.fate == Fate::Invalid, changed.is_none(), "{:?}", it.mutation);
            if it.fate == Fate::Alike {
                let after = rules(&changed.unwrap()).unwrap();
                let effect = Diff::between(&before, &after).effect();
                prop_assert_eq!(effect.presence, Presence::default(), "{:?}", it.mutation);
                prop_assert_eq!(effect.features, [], "{:?}", it.mutation);
            }
        }
    }
}
