//! Features, disclosures and meetings between random sets: with all items put back, the other set.

use prescope::diff::Structure;
use proptest::prelude::*;

use super::{alike, ends_at_both_sides, graph};
use crate::beside::world::{World, near};
use crate::tries::config;

proptest! {
    #![proptest_config(config(48))]

    #[test]
    fn features_are_put_back_too(
        one in proptest::collection::vec(any::<u8>(), 0..120), at in any::<prop::sample::Index>(), byte in any::<u8>(),
        other in proptest::collection::vec(any::<u8>(), 0..120)
    ) {
        let near = near(&one, at, byte);
        let [one, near, other] = [&one, &near, &other].map(|bytes| World::of(bytes));
        for [base, head] in [[&one, &near], [&one, &other]] {
            ends_at_both_sides([base.project.set(), head.project.set()]);
            let structure = Structure::between(base.project.set(), head.project.set());
            let same = alike(graph(base.project.set()), graph(head.project.set()));
            prop_assert!(!structure.is_empty() || same);
        }
    }
}
