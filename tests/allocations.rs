//! Deciding allocates nothing, whoever asks whatever of whomever. The counter counts the allocations of this thread.

use prescope::language::ast::Shape;
use prescope::project::Project;
use prescope::resolve::Entries::{InForce, Recorded};
use prescope::resolve::{Answer, Context, Somebody, Use, decide_field, decide_use, lookup, people};

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
        let others = others.map(|name| people::viewer(&rules, name).expect("an address").somebody);
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

#[test]
fn deciding_a_feature_allocates_nothing_either() {
    let project = Project::open(given::repository().join("examples/contoso"));
    let rules = given::rules(&project, InForce);
    rules.prepare();
    let model = rules.model();
    let context = |shape: Shape| match shape {
        Shape::User => Context::default(),
        Shape::Viewer => Context { owner: Some("anna@contoso.com"), ..Context::default() },
        Shape::Participant => Context { meeting: Some("budget_review"), role: Some("presenter"), ..Context::default() },
        Shape::Party => Context { peer: Some("kim@fabrikam.com"), ..Context::default() },
    };
    let mut questions = Vec::new();
    for feature in model.features.ids() {
        for name in ["bob@contoso.com", "lena@contoso.com", "mia@adatum.com", "anonymous"] {
            let named = people::viewer(&rules, name).expect("an address");
            let question = Use::by(&rules, named, feature, context(model.features[feature].shape)).expect("a question");
            questions.push((feature, *question.cast()));
        }
    }
    let counted = allocation_counter::measure(|| {
        for (feature, cast) in &questions {
            std::hint::black_box(decide_use(&rules, *feature, cast));
        }
    });
    assert!(questions.len() > 400, "{}", questions.len());
    assert_eq!(counted.count_total, 0, "{counted:?}");
}

#[test]
fn a_group_that_only_a_rule_reads_is_counted_out_before() {
    let policy = "category card { phone }
container all(1) visible { publishes card }
membership \"everybody\" { all has everyone }
guard card.phone { deny \"they\" when viewer in group inner }
";
    let people = "organization: { domains: [contoso.com] }
groups: { inner: [dan@contoso.com] }
users: { anna@contoso.com: {}, dan@contoso.com: {} }
";
    let rules = given::rules(&given::set(policy, people), InForce);
    rules.prepare();
    let (owner, viewer) =
        (people::owner(&rules, "anna@contoso.com").unwrap(), people::viewer(&rules, "dan@contoso.com").unwrap());
    let field = lookup::fields(rules.model(), "card.phone").unwrap()[0];
    let counted = allocation_counter::measure(|| {
        let decision = decide_field(&rules, viewer.somebody, owner, field);
        assert_eq!(decision.answer, Answer::Hidden);
    });
    assert_eq!(counted.count_total, 0, "{counted:?}");
}

/// So that the tests above would notice.
#[test]
fn the_counter_counts() {
    let counted = allocation_counter::measure(|| _ = std::hint::black_box(vec![1]));
    assert_eq!(counted.count_total, 1);
}
