//! Features of the example, as people ask about them: each question of `uses.txt` with its explanation, and the tables.

use prescope::project::Project;
use prescope::report::Naming;
use prescope::report::audit::Audit;
use prescope::report::{audit as audit_report, disclosure, usage};
use prescope::resolve::{
    Asked, Assumption, AuditBy, AuditOf, Context, Entries, RuleSet, audit, decide_use, disclosures, explain_use,
    lookup, people, what_uses, who_uses,
};

use crate::given;

fn contoso() -> Project {
    Project::open(given::repository().join("examples/contoso"))
}

/// Words of a question behind the feature: `--in M`, `--as R`, `--with P`, `--of O`.
fn context<'a>(words: &[&'a str]) -> Context<'a> {
    let after = |option: &str| words.iter().position(|word| *word == option).and_then(|at| words.get(at + 1)).copied();
    Context { meeting: after("--in"), role: after("--as"), peer: after("--with"), owner: after("--of") }
}

fn told(project: &Project, rules: &RuleSet, line: &str) -> String {
    let words: Vec<&str> = line.split_whitespace().collect();
    let (Some(subject), Some(feature)) = (words.first(), words.get(2)) else { panic!("{line}") };
    let assumed: Vec<_> = words
        .iter()
        .zip(words.iter().skip(1))
        .filter(|(option, _)| **option == "--assume")
        .map(|(_, text)| Assumption::typed(rules.model(), text).unwrap())
        .collect();
    let rules = if assumed.is_empty() { given::rules(project, Entries::InForce) } else { rules.assuming(&assumed) };
    let question = rules.use_feature(subject, feature, context(&words)).unwrap_or_else(|it| panic!("{line}: {it}"));
    let explanation = explain_use(&rules, &question);
    assert_eq!(explanation.ruling, decide_use(&rules, question.feature(), question.cast()), "{line}");
    usage::explained(rules.model(), project.sources(), &question, &explanation).to_string()
}

#[test]
fn every_question_about_features_is_explained() {
    let project = contoso();
    let rules = given::rules(&project, Entries::InForce);
    let (mut answers, mut comment) = (Vec::new(), String::new());
    for line in given::text_of("examples/contoso/uses.txt").lines().filter(|line| !line.is_empty()) {
        if line.starts_with('#') {
            comment.push_str(&format!("{line}\n"));
            continue;
        }
        let comment = std::mem::take(&mut comment);
        answers.push((line.to_owned(), format!("{comment}$ why {line}\n{}\n", told(&project, &rules, line))));
    }
    assert!(answers.len() >= 25, "{} questions", answers.len());
    given::snapshots!("why", answers);
}

#[test]
fn what_three_people_use_fits_a_screen() {
    let project = contoso();
    let rules = given::rules(&project, Entries::InForce);
    for (who, context) in [
        ("bob", Context::default()),
        ("finn", Context::default()),
        ("kim", Context { meeting: Some("budget_review"), ..Context::default() }),
    ] {
        let named = people::viewer(&rules, who).unwrap();
        let rows = what_uses(&rules, &named, context).unwrap();
        let naming = Naming { model: rules.model(), sources: project.sources() };
        let text = usage::what(naming, &named.name, context, &rows);
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|widest| widest <= 125), "{widest:?} columns");
        let platforms = given::parts(&text, |line| line.starts_with("  managed "));
        let about = |(part, text): (String, String)| (format!("{who} {part}"), text);
        given::snapshots!("what", platforms.into_iter().map(about));
    }
}

#[test]
fn who_uses_a_feature_is_complete() {
    let project = contoso();
    let rules = given::rules(&project, Entries::InForce);
    let mut answers = Vec::new();
    for (name, context) in [
        ("recording", Context { meeting: Some("budget_review"), ..Context::default() }),
        ("recording", Context { meeting: Some("board_call"), role: Some("presenter"), ..Context::default() }),
        ("interrupt", Context { owner: Some("anna"), ..Context::default() }),
        ("p2p_recording", Context { peer: Some("kim"), ..Context::default() }),
        ("emergency_location", Context::default()),
    ] {
        let feature = lookup::feature(rules.model(), name).unwrap();
        let users = who_uses(&rules, feature, context).unwrap();
        let naming = Naming { model: rules.model(), sources: project.sources() };
        let about = format!("{name} {}", context.meeting.unwrap_or_default());
        answers.push((about, usage::who(naming, feature, context, &users).to_string()));
    }
    given::snapshots!("who_uses", answers);
}

#[test]
fn what_leaves_the_organisation_is_listed() {
    let project = contoso();
    let rules = given::rules(&project, Entries::InForce);
    let all = disclosures(&rules, Asked { external: true, ..Asked::default() });
    insta::assert_snapshot!("external", disclosure::text(rules.model(), project.sources(), &all));
    let user = Some(people::viewer(&rules, "finn").unwrap().somebody);
    let of_one = disclosures(&rules, Asked { user, external: true, ..Asked::default() });
    insta::assert_snapshot!("external_of_finn", disclosure::text(rules.model(), project.sources(), &of_one));
}

#[test]
fn audits_count() {
    let project = contoso();
    let rules = given::rules(&project, Entries::InForce);
    let fields = lookup::fields(rules.model(), "contact_card.home_phone").unwrap();
    let outside = ["federated", "public_cloud", "other"].map(|name| lookup::network(name).unwrap()).to_vec();
    let phones = audit(&rules, &AuditOf { fields, ..AuditOf::default() }, AuditBy::Owner);
    let seen: Vec<_> = phones.iter().filter(|(_, counts)| counts.owners > 0).map(|(key, it)| (*key, *it)).collect();
    insta::assert_snapshot!(
        "home_phones_by_owner",
        audit_report::text(Audit { model: rules.model(), rows: &seen.into_iter().collect(), by: "owner" })
    );
    let from_outside = AuditOf { networks: outside, ..AuditOf::default() };
    let by_site = audit(&rules, &from_outside, AuditBy::Site);
    insta::assert_snapshot!(
        "outside_by_site",
        audit_report::text(Audit { model: rules.model(), rows: &by_site, by: "site" })
    );
    let by_container = audit(&rules, &AuditOf::default(), AuditBy::Container);
    let counted = Audit { model: rules.model(), rows: &by_container, by: "container" };
    insta::assert_snapshot!("by_container_csv", audit_report::csv(counted));
    insta::assert_snapshot!("by_container_json", audit_report::json(counted, project.sources(), &[]));
}

/// Counted pair by pair, for everybody the set knows.
#[test]
fn audits_count_what_asking_one_by_one_counts() {
    use prescope::model::Network;
    use prescope::resolve::{Answer, Key, Somebody, decide_field};
    let project = contoso();
    let rules = given::rules(&project, Entries::InForce);
    let model = rules.model();
    let rows = audit(&rules, &AuditOf { networks: vec![Network::Federated], ..AuditOf::default() }, AuditBy::Field);
    for field in model.fields.ids() {
        let mut pairs = 0;
        for owner in model.users.ids() {
            for person in model.people.ids().filter(|person| *person != model.users[owner].person) {
                let viewer = Somebody::known(model, person);
                let sees = || decide_field(&rules, viewer, owner, field).answer == Answer::Visible;
                pairs += usize::from(viewer.network == Network::Federated && sees());
            }
        }
        assert_eq!(rows.get(&Key::Field(field)).map(|it| it.known), Some(pairs), "{}", model.field_name(field));
    }
}
