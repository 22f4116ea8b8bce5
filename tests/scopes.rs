//! Which policy object applies: the most specific one, whole. The surprising cases included.

use prescope::resolve::{Context, Entries, decide_use};

use crate::given;

/// A class at every scope, and features that show its two settings.
const CLASS: &str = "
attributes user { pin: bool = false }
settings P at global, site, service UserServer, tag, network_site { A: bool = false, B: bool = true }
settings Q at global, site { C: bool = false }
attributes participant { role: organizer | presenter | attendee = attendee }
feature a for user { allow \"A\" when user.A, otherwise unavailable }
feature b for user { allow \"B\" when user.B, otherwise unavailable }
feature c for user { allow \"C\" when user.C, otherwise unavailable }
feature ma for participant of meeting { allow \"A\" when organizer.A, otherwise unavailable }
feature mb for participant of meeting { allow \"B\" when organizer.B, otherwise unavailable }
";

const PLACES: &str = "
organization: { domains: [contoso.com] }
sites: { Redmond: { pools: [pool1.contoso.com, pool2.contoso.com] }, London: { pools: [pool3.contoso.com] } }
";

/// Whether A and B hold for a user with this entry in the directory, under these policies.
fn values(policies: &str, user: &str) -> (bool, bool) {
    let directory = format!("{PLACES}users: {{ u@contoso.com: {user} }}\n");
    let project = given::set(&format!("{CLASS}{policies}"), &directory);
    let rules = given::rules(&project, Entries::InForce);
    let holds = |feature: &str| {
        let question = rules.use_feature("u@contoso.com", feature, Context::default()).unwrap();
        decide_use(&rules, question.feature(), question.cast()).available
    };
    (holds("a"), holds("b"))
}

const POOL: &str = "{ pool: pool1.contoso.com }";

#[test]
fn without_any_object_the_declared_defaults_apply() {
    assert_eq!(values("", POOL), (false, true));
}

#[test]
fn a_global_object_applies_to_everybody() {
    assert_eq!(values("policy P global { A = true }", POOL), (true, true));
}

#[test]
fn a_site_object_that_does_not_set_a_value_returns_it_to_its_default() {
    let policies = "policy P global { A = true, B = false }\npolicy P site Redmond { }";
    assert_eq!(values(policies, POOL), (false, true), "nothing is merged from the global object");
    assert_eq!(values(policies, "{ pool: pool3.contoso.com }"), (true, false), "another site keeps it");
}

#[test]
fn a_service_object_beats_the_site_and_a_tag_the_service() {
    let policies = "
        policy P site Redmond { A = true, B = false }
        policy P service \"UserServer:pool1.contoso.com\" { B = false }
        policy P tag Sales { A = true }";
    assert_eq!(values(policies, POOL), (false, false), "service");
    assert_eq!(values(policies, "{ pool: pool2.contoso.com }"), (true, false), "site, at the other pool");
    assert_eq!(values(policies, "{ pool: pool1.contoso.com, policies: { P: Sales } }"), (true, true), "tag");
}

#[test]
fn a_tag_that_nobody_grants_changes_nothing() {
    assert_eq!(values("policy P tag Sales { A = true }", POOL), (false, true));
}

#[test]
fn a_network_site_beats_a_tag() {
    let policies = "policy P tag Sales { A = true }\npolicy P network_site HQ { B = false }";
    let user = "{ pool: pool1.contoso.com, network_site: hq, policies: { P: Sales } }";
    assert_eq!(values(policies, user), (false, false));
}

#[test]
fn like_takes_the_values_of_another_object_first() {
    let policies = "
        policy P global { A = true, B = false }
        policy P site Redmond like global { B = true }
        policy P tag Sales like site Redmond { }";
    assert_eq!(values(policies, POOL), (true, true));
    assert_eq!(values(policies, "{ policies: { P: Sales } }"), (true, true), "over two steps, whatever their order");
}

#[test]
fn like_a_global_object_that_nobody_declares_is_like_the_defaults() {
    assert_eq!(values("policy P site Redmond like global { A = true }", POOL), (true, true));
}

#[test]
fn names_of_the_vendor_compare_without_case() {
    let policies = "policy p SITE_IS_NOT_A_WORD { }";
    assert!(given::set(&format!("{CLASS}{policies}"), PLACES).has_errors());
    let policies =
        "policy p site redmond { a = true }\npolicy P service \"userserver:POOL2.contoso.com\" { b = false }";
    assert_eq!(values(policies, "{ pool: POOL1.CONTOSO.COM }"), (true, true));
    assert_eq!(values(policies, "{ pool: Pool2.Contoso.com }"), (false, false));
    let policies = "policy P tag \"Sales Staff\" { A = true }";
    assert_eq!(values(policies, "{ policies: { p: \"sales staff\" } }"), (true, true));
}

#[test]
fn policies_are_named_in_the_vendors_spellings() {
    let policies = "
        policy P global { A = true, B = false }
        policy P site Redmond { B = false }
        policy P service \"UserServer:pool2.contoso.com\" { A = true }
        policy P tag Sales { A = true }";
    let named = |name: &str| values(policies, &format!("{{ pool: pool1.contoso.com, policies: {{ P: {name:?} }} }}"));
    assert_eq!(named("Tag:Sales"), (true, true));
    assert_eq!(named("TAG:sales"), (true, true));
    assert_eq!(named("Sales"), (true, true));
    for none in ["Global", "global", "Tag:Global", "tag: GLOBAL", "Tag:"] {
        assert_eq!(named(none), named(""), "`{none}` grants none, so the site's counts");
    }
    assert_eq!(named("site:REDMOND"), (false, false));
    assert_eq!(named("service:UserServer:Pool2.contoso.com"), (true, true));
    assert_eq!(named(""), (false, false), "blank is inherited: the site's");
    assert_eq!(values(policies, "{ pool: pool1.contoso.com, policies: { P: } }"), (false, false), "so is nothing");
}

#[test]
fn a_named_policy_that_does_not_exist_is_an_error_in_the_directory() {
    for (name, said) in [
        ("Tag:Sale", "there is no `P` called `Tag:Sale`"),
        ("site:Paris", "there is no `P` called `site:Paris`"),
        ("service:Registrar:pool1.contoso.com", "a `P` does not exist there"),
    ] {
        let directory = format!("{PLACES}users: {{ u@contoso.com: {{ policies: {{ P: {name:?} }} }} }}\n");
        let project = given::set(&format!("{CLASS}policy P tag Sales {{ }}"), &directory);
        let found: Vec<_> = project.diagnostics().iter().map(|it| it.message.clone()).collect();
        assert_eq!(found, [said], "{name}");
        let span = project.diagnostics().first().and_then(prescope::language::Diagnostic::span).unwrap();
        assert_eq!(project.sources().slice(span), name, "at the policy's name");
    }
}

#[test]
fn global_grants_none_in_every_kind_of_directory() {
    use prescope::project::Project;
    let policies = "policy P global { A = true, B = true }\npolicy P site Redmond { A = false, B = false }";
    for global in ["Global", "Tag:Global"] {
        for (name, people) in [
            (
                "people.csv",
                format!("user,pool,policies.P,policies.Q\nu@contoso.com,pool1.contoso.com,{global},{global}\n"),
            ),
            (
                "people.ndjson",
                format!(
                    "{{\"user\": \"u@contoso.com\", \"pool\": \"pool1.contoso.com\", \
                     \"policies\": {{\"P\": \"{global}\", \"Q\": \"{global}\"}}}}\n"
                ),
            ),
        ] {
            let project = Project::builder().policy("a.prescope", format!("{CLASS}{policies}"));
            let project = project.directory("places.yaml", PLACES).directory(name, people).build();
            let rules = given::rules(&project, Entries::InForce);
            let question = rules.use_feature("u@contoso.com", "b", Context::default()).unwrap();
            assert!(!decide_use(&rules, question.feature(), question.cast()).available, "{name}: the site's, {global}");
        }
    }
}

#[test]
fn a_tag_cannot_be_called_global() {
    for policy in [
        "policy P tag Global { A = true }",
        "policy P tag \"global\" { }",
        "policy P site Redmond like tag GLOBAL { }",
        "test \"t\" { given policy P tag Global { A = true }, expect u@contoso.com can use a }",
    ] {
        let project = given::set(&format!("{CLASS}{policy}"), &format!("{PLACES}users: {{ u@contoso.com: }}\n"));
        let found: Vec<_> = project.diagnostics().iter().map(|it| it.code.name()).collect();
        assert_eq!(found, ["model::wrong-scope"], "{policy}");
    }
}

#[test]
fn what_a_test_gives_does_not_reach_those_who_are_granted_none() {
    // The test replaces the global object; for a user of the site, granted `Global`, that of the site stays.
    let policies = "
        policy P global { A = false }
        policy P site Redmond { A = true }
        test \"t\" {
            given policy P global { A = false, B = false }
            expect u@contoso.com can use a
            expect u@contoso.com can use b
        }";
    let user = "{ pool: pool1.contoso.com, policies: { P: \"Tag:Global\" } }";
    let project = given::set(&format!("{CLASS}{policies}"), &format!("{PLACES}users: {{ u@contoso.com: {user} }}\n"));
    assert_eq!(values(policies, user), (true, true));
    let ran = project.test(prescope::expect::Options::default()).expect("no errors");
    assert!(ran.outcomes.len() == 1 && ran.outcomes.iter().all(prescope::expect::Outcome::passed));
}

#[test]
fn a_class_that_cannot_be_granted_refuses_a_tag() {
    let directory = format!("{PLACES}users: {{ u@contoso.com: {{ policies: {{ Q: Sales }} }} }}\n");
    let project = given::set(CLASS, &directory);
    assert_eq!(project.diagnostics().first().map(|it| it.code.name()), Some("model::wrong-scope"));
}

#[test]
fn an_outsider_has_unknown_settings_and_somebody_unlisted_the_global_ones() {
    let directory = format!("{PLACES}users: {{ u@contoso.com: }}\n");
    let policies = format!("{CLASS}policy P global {{ A = true }}\npolicy P site Redmond {{ A = false }}");
    let project = given::set(&policies, &directory);
    let rules = given::rules(&project, Entries::InForce);
    let may = |who: &str, feature: &str| {
        let question = rules.use_feature(who, feature, Context::default()).unwrap();
        decide_use(&rules, question.feature(), question.cast()).available
    };
    assert!(may("new@contoso.com", "a"), "nobody lists them, so the global object applies");
    assert!(!may("kim@fabrikam.com", "b"), "an allow on what is not known does not fire");
}

#[test]
fn sampled_values_replace_the_organizers_one_by_one() {
    let directory = format!(
        "{PLACES}users: {{ u@contoso.com: {{ pool: pool1.contoso.com }}, v@contoso.com: }}
meetings:
  plain:   {{ organizer: u@contoso.com, participants: {{ v@contoso.com: attendee }} }}
  sampled: {{ organizer: u@contoso.com, participants: {{ v@contoso.com: attendee }}, in_session: {{ P: {{ A: true }} }} }}
"
    );
    let policies = format!("{CLASS}policy P site Redmond {{ A = false, B = false }}");
    let project = given::set(&policies, &directory);
    let rules = given::rules(&project, Entries::InForce);
    let may = |feature: &str, meeting: &str| {
        let context = Context { meeting: Some(meeting), ..Context::default() };
        let question = rules.use_feature("v@contoso.com", feature, context).unwrap();
        decide_use(&rules, question.feature(), question.cast()).available
    };
    assert_eq!((may("ma", "plain"), may("mb", "plain")), (false, false), "today's policies");
    assert_eq!((may("ma", "sampled"), may("mb", "sampled")), (true, false), "A as sampled, B as today");
}
