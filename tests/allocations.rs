//! Deciding allocates nothing, whoever asks whatever of whomever. The counter counts the allocations of this thread.

use prescope::project::Project;
use prescope::resolve::Entries::{InForce, Recorded};
use prescope::resolve::{Context, Somebody, Use, decide_field, decide_use};
use prescope::syntax::ast::Shape;

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

/// Every feature, for a party in each role it has.
#[test]
fn deciding_about_features_allocates_nothing() {
    let project = Project::open(given::repository().join("examples/contoso"));
    let rules = given::rules(&project, InForce);
    rules.prepare();
    let model = rules.model();
    let mut questions: Vec<Use> = Vec::new();
    for name in ["bob", "noor", "new@contoso.com", "anonymous"] {
        let named = rules.viewer(name).expect("somebody");
        for (feature, of) in model.features.iter() {
            let context = match of.shape {
                Shape::User => Context::default(),
                Shape::Viewer => Context { owner: Some("anna"), ..Context::default() },
                Shape::Party => Context { peer: Some("kim"), ..Context::default() },
                Shape::Participant => {
                    Context { meeting: Some("budget_review"), role: Some("presenter"), ..Context::default() }
                }
            };
            questions.push(rules.use_by(named.clone(), feature, context).expect("a question"));
        }
    }
    assert_eq!(questions.len(), 4 * model.features.len());
    let counted = allocation_counter::measure(|| {
        for question in &questions {
            std::hint::black_box(decide_use(&rules, question.feature(), question.cast()));
        }
    });
    assert_eq!(counted.count_total, 0, "{counted:?}");
}

/// So that the tests above would notice.
#[test]
fn the_counter_counts() {
    let counted = allocation_counter::measure(|| _ = std::hint::black_box(vec![1]));
    assert_eq!(counted.count_total, 1);
}
