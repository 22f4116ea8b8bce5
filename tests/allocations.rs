//! Deciding allocates nothing, whoever asks whatever of whomever. The counter counts the allocations of this thread.

use prescope::project::Project;
use prescope::resolve::Entries::{InForce, Recorded};
use prescope::resolve::{Somebody, decide_field};

use crate::given;

#[test]
fn deciding_allocates_nothing_once_the_set_is_prepared() {
    let project = Project::open(given::repository().join("examples/contoso"));
    for entries in [InForce, Recorded] {
        let rules = given::rules(&project, entries);
        rules.prepare();
        let model = rules.model();
        let known = model.people.ids().map(|person| Somebody::known(model, person));
        let others = ["nobody@contoso.com", "nobody@fabrikam.com", "nobody@nowhere.example", "anonymous"];
        let others = others.map(|name| rules.viewer(name).expect("an address").somebody);
        let viewers: Vec<Somebody> = known.chain(others).collect();
        let mut decided = 0;
        let counted = allocation_counter::measure(|| {
            for owner in model.users.ids() {
                for viewer in &viewers {
                    for field in model.fields.ids() {
                        std::hint::black_box(decide_field(&rules, *viewer, owner, field));
                        decided += 1;
                    }
                }
            }
        });
        assert_eq!(decided, model.users.len() * viewers.len() * model.fields.len());
        assert!(decided > 20_000, "{decided}");
        assert_eq!(counted.count_total, 0, "{counted:?}");
    }
}

/// So that the test above would notice.
#[test]
fn the_counter_counts() {
    let counted = allocation_counter::measure(|| _ = std::hint::black_box(vec![1]));
    assert_eq!(counted.count_total, 1);
}
